// What people wrote, once it is shown: kept, covered, and never with more of a name than the view gives.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { div, make, words } from "./make.js";

function drawEntry(board, entry) {
  const said = [h("p", { class: "mira-b-said" }, entry.text), words("mira-by", entry.who)];
  // The board may be on the wall: what is hidden from the room stays folded there too.
  const inside = entry.covered ? [make("details", { class: "mira-b-covered" }, h("summary", null, t("covered")), said)] : said;
  const tag = entry.pinned ? h("span", { class: "mira-tag" }, t("pinned")) : null;
  const buttons = board.view.wall ? null : drawButtons(board, entry.buttons, { path: `entry-${entry.id}` });
  return make("li", { key: entry.id, class: "mira-b-entry" }, div("mira-b-entry-words", inside, tag), buttons);
}

export function drawEntries(board, entries) {
  const shown = (entries ?? []).filter((entry) => !(board.view.wall && entry.covered));
  if (!shown.length) return null;
  return make("ul", { class: "mira-b-entries", key: "entries", "aria-label": t("entries") }, shown.map((entry) => drawEntry(board, entry)));
}
