// The left column: parts and steps with planned and used minutes, and who is in.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButton } from "./buttons.js";
import { div, make, unseen, words } from "./make.js";

const SIGNS = { done: "✓", here: "›", ahead: "", skipped: "–", warm_up: "" };

function bar(share) {
  const inside = h("span");
  inside.style.width = `${Math.round(100 * share)}%`;
  return h("div", { class: "mira-b-share", "aria-hidden": "true" }, inside);
}

function drawStep(board, step) {
  const here = step.state === "here";
  const minutes = step.minutes || (step.state === "warm_up" ? t("warm_up") : "");
  // Words in place of minutes stand below, so that they take no room from the title.
  const inWords = minutes !== "" && !/\d/.test(minutes) && minutes.length > 1;
  const more = step.buttons?.length ? { id: `more:${step.id}`, kind: "menu", label: "⋯", name: t("more_of", { title: step.title }), items: step.buttons } : null;
  return make(
    "li",
    { key: step.id, class: `mira-b-step mira-b-${step.state}`, "aria-current": here ? "step" : null },
    h("span", { class: "mira-b-sign", "aria-hidden": "true" }, SIGNS[step.state] ?? ""),
    div("mira-b-step-words", h("span", null, step.title), unseen(`, ${t(step.state)}`), words("mira-b-step-count", [inWords ? minutes : "", step.count].filter(Boolean).join(" · ")), here && step.share !== undefined && step.share !== null ? bar(step.share) : null),
    h("span", { class: "mira-b-minutes" }, inWords ? "" : minutes),
    more ? drawButton(board, more, "agenda") : null,
  );
}

export function drawAgenda(board, parts) {
  if (!parts?.length) return null;
  const drawn = parts.map(({ title, steps }, i) =>
    make("div", { key: `part-${i}`, class: "mira-b-part" }, title ? h("h2", { class: "mira-b-label" }, title) : null, h("ol", { class: "mira-b-steps" }, steps.map((step) => drawStep(board, step)))),
  );
  return make("section", { class: "mira-b-agenda", key: "agenda", "aria-label": t("agenda") }, drawn);
}
