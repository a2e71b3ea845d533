// The middle: what is asked, how far the room is, what is shown, and the one main button.
import { h } from "../../widgets/js/dom.js";
import { drawBlocks } from "../../widgets/js/blocks.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { drawEntries } from "./entries.js";
import { make, words } from "./make.js";
import { drawMarks } from "./marks.js";
import { drawPicture } from "./picture.js";
import { island } from "./patch.js";

// Who is in, looked at more closely; these stand with the count.
const LOOKS = new Set(["names", "nudge"]);

export const title = (text) => make("h1", { key: "h1", class: "mira-b-h1", tabIndex: -1, data: { id: "$h1" } }, text);

export function drawClock(board, clock) {
  if (!clock) return null;
  return make("p", { class: "mira-b-clock", key: "clock", role: "timer", "aria-live": "off" }, board.clock.exact(clock));
}

/** Names of people who are not in stand there for ten seconds and go by themselves. */
function drawNames(board, names) {
  const left = board.ui.namesLeft();
  if (!names?.text || !left) return null;
  return make("div", { class: "mira-b-who", key: "names" }, h("p", null, names.text), h("p", { class: "mira-hint" }, t("hides_in", { n: left })));
}

export function drawBlocksOf(board, blocks, key = "blocks") {
  if (!blocks?.length) return null;
  const how = { press: (id, value) => board.pressed({ id, value, label: id }), eager: true };
  return island(make("div", { class: "mira-blocks", key }), blocks, () => drawBlocks(blocks, how));
}

export function drawCentre(board, centre, lines = null) {
  if (!centre) return null;
  const looks = centre.buttons.filter(({ id }) => LOOKS.has(id));
  const moves = centre.buttons.filter(({ id }) => !LOOKS.has(id));
  return make(
    "section",
    { class: "mira-b-centre", key: "centre", "aria-label": centre.title },
    make("div", { class: "mira-b-asked", key: "asked" }, title(centre.title), drawClock(board, centre.clock)),
    words("mira-do", centre.do),
    drawMarks(centre.count),
    looks.length ? make("div", { class: "mira-b-looks", key: "looks" }, drawButtons(board, looks, { path: "looks" })) : null,
    drawBlocksOf(board, centre.blocks),
    drawPicture(board, centre.picture),
    drawBlocksOf(board, centre.after, "after"),
    drawEntries(board, centre.entries),
    moves.length || lines ? make("div", { class: "mira-b-actions", key: "actions" }, drawButtons(board, moves, { path: "centre" }), lines) : null,
    centre.hint ? make("p", { class: "mira-b-hint", key: "hint" }, centre.hint) : null,
    // Last, so that names which come and go move nothing.
    drawNames(board, centre.names),
  );
}
