// The top of the board: whose meeting, when it ends, the code, and what leads elsewhere.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButton, drawButtons } from "./buttons.js";
import { div, make, words } from "./make.js";

function teams(board, { teams: all }) {
  if (!all || all.length < 2) return null;
  const here = all.find((team) => team.here);
  const items = all.map(({ id, label, here: shown }) => ({ id, label, kind: "quiet", pressed: Boolean(shown) }));
  return drawButton(board, { id: "teams", kind: "menu", label: here?.label ?? "…", name: t("team", { team: here?.label ?? "…" }), items }, "head");
}

/** `title` makes the name of the meeting the page's first heading, where the screen has no other. */
export function drawHead(board, head, { title = false } = {}) {
  if (!head) return null;
  const name = h(title ? "h1" : "p", { class: "mira-b-title" }, head.title);
  return make(
    "div",
    { class: "mira-b-head", key: "head" },
    div("mira-b-names", name, words("mira-b-sub", head.sub)),
    teams(board, head),
    words(`mira-b-ends${head.over ? " mira-b-over" : ""}`, head.ends),
    head.code ? h("p", { class: "mira-b-code" }, t("code", { code: head.code })) : null,
    drawButtons(board, head.buttons, { path: "head" }),
  );
}
