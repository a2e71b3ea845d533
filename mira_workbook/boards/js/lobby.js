// Before the start: who has come, how others come in, and what the wall shows.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { title } from "./centre.js";
import { div, make, words } from "./make.js";

const qr = (lobby) => (lobby.qr ? h("img", { class: "mira-b-qr", src: lobby.qr, alt: t("qr") }) : null);

/** An address as one types it, broken only after its slashes. */
const typed = (address) => String(address ?? "").replace(/^https?:\/\//, "").split(/(?<=\/)/).flatMap((part) => [h("span", { class: "mira-keep" }, part), h("wbr")]);

const knock = (board, one) => make("div", { class: "mira-banner", key: one.id }, h("p", { class: "mira-banner-text" }, one.text), drawButtons(board, one.buttons, { path: one.id }));

function people(board, lobby) {
  const { here = [], missing = [] } = lobby;
  if (!here.length) return make("p", { class: "mira-b-empty", key: "empty" }, lobby.empty);
  return make(
    "div",
    { key: "people", class: "mira-b-people" },
    h("ul", { class: "mira-b-arrived", "aria-label": t("here_list") }, here.map((name) => make("li", { key: name }, name))),
    missing.length ? h("p", { class: "mira-hint" }, lobby.missing_text || t("not_yet", { names: missing.join(", ") })) : null,
  );
}

const mainFirst = (buttons) => [...buttons.filter(({ main }) => main), ...buttons.filter(({ main }) => !main)];

export function drawLobby(board, { lobby, centre, head }) {
  const heading = lobby.count || centre?.title || t("before");
  return make(
    "div",
    { class: "mira-b-lobby", key: "lobby" },
    make(
      "section",
      { class: "mira-b-centre", key: "centre", "aria-label": heading },
      title(heading),
      words("mira-do", centre?.do),
      people(board, lobby),
      (lobby.knocks ?? []).map((one) => knock(board, one)),
      lobby.warm ? make("div", { class: "mira-b-warm", key: "warm" }, h("p", null, lobby.warm.text), drawButtons(board, lobby.warm.buttons, { path: "warm" })) : null,
      drawButtons(board, mainFirst([...(lobby.buttons ?? []), ...(centre?.buttons ?? [])]), { path: "lobby" }),
      words("mira-help", centre?.hint),
    ),
    make(
      "section",
      { class: "mira-b-preview", key: "preview", "aria-label": t("on_the_wall") },
      h("p", { class: "mira-b-label" }, t("on_the_wall")),
      h("p", { class: "mira-b-join" }, typed(lobby.join_link)),
      qr(lobby),
      h("p", { class: "mira-b-big-code" }, lobby.code),
      words("mira-b-sub", lobby.ends || head.ends),
    ),
  );
}

/** The same on the wall: the way in as large as it goes. */
export function drawWallLobby(lobby, ends) {
  return make(
    "div",
    { class: "mira-w-lobby", key: "lobby" },
    div("mira-w-in", h("h1", null, t("join")), h("p", { class: "mira-w-link" }, typed(lobby.join_link)), h("p", { class: "mira-w-word" }, t("code_word")), h("p", { class: "mira-w-code" }, lobby.code), words("mira-w-count", lobby.count || (lobby.here?.length ? "" : lobby.empty)), words("mira-w-sub", lobby.ends || ends)),
    qr(lobby),
  );
}
