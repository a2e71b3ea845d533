// The projector: light, one thing at a time, nothing to scroll, nothing to tap.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawBlocksOf } from "./centre.js";
import { drawEntries } from "./entries.js";
import { drawWallLobby } from "./lobby.js";
import { div, make, words } from "./make.js";
import { drawPicture } from "./picture.js";

function middle(board, { centre, lobby, head }) {
  if (lobby) return [drawWallLobby(lobby, head?.ends)];
  if (!centre) return [];
  const shown = centre.picture || centre.entries?.length || centre.blocks?.some(({ kind }) => kind !== "text");
  return [
    h("h1", { class: shown ? "mira-w-small" : "" }, centre.title),
    words("mira-w-do", centre.do),
    drawBlocksOf(board, centre.blocks),
    drawPicture(board, centre.picture),
    drawEntries(board, centre.entries),
  ];
}

const line = (one) => h("p", { class: "mira-w-line" }, one.text);

export function drawWall(board, view, lines) {
  const { head, centre, foot } = view;
  const told = view.viewer ? [] : lines;
  const inside = make("div", { class: `mira-w-middle${centre?.picture && !centre.picture.table ? " mira-w-pictured" : ""}`, key: "middle" }, middle(board, view));
  const clock = centre?.clock ? make("span", { class: "mira-w-clock", key: "clock", data: centre.clock.seconds ? { seconds: "" } : {}, role: "timer", "aria-live": "off" }, board.clock.plain(centre.clock)) : null;
  const keys = view.viewer || !Object.keys(view.keys ?? {}).length ? null : make("button", { type: "button", class: "mira-button mira-w-open-keys", key: "keys", act: () => board.keys.show() }, t("keys"));
  return make(
    "div",
    { class: "mira-b-wall", key: "wall" },
    make("div", { class: "mira-w-top", key: "top" }, h("p", null, [head?.title, head?.sub].filter(Boolean).join(" · ")), h("p", null, centre?.count?.text ?? "")),
    inside,
    make("div", { class: "mira-w-lines", key: "lines", hidden: !told.length }, told.map(line)),
    div("mira-w-foot", h("p", null, foot?.left ?? ""), h("p", null, foot?.right ?? "", clock)),
    keys,
  );
}
