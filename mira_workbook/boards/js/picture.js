// One picture at a time, with its sentence as heading and its table beside or in place of it.
import { h } from "../../widgets/js/dom.js";
import { drawBlocks } from "../../widgets/js/blocks.js";
import { drawButtons } from "./buttons.js";
import { make } from "./make.js";
import { island } from "./patch.js";

const NARROW = 700;

/** The picture's address in the colours of the page; the wall is always light. A coach may read on a phone. */
function address(board, { src, dark_src: dark }) {
  const found = !board.view.wall && board.dark && dark ? dark : src;
  const narrow = board.view.coach && document.documentElement.clientWidth < NARROW;
  return narrow ? found.replace("size=board", "size=phone") : found;
}

const table = ({ head, rows }) => drawBlocks([{ kind: "table", head, rows }], {});

export function drawPicture(board, picture) {
  if (!picture) return null;
  // An address ends with what is in the picture: the element goes on, and holds its place until the new picture is there.
  const asTable = Boolean((picture.table || !picture.src) && picture.rows?.length);
  const inside = asTable
    ? island(make("div", { key: "table", class: "mira-b-table" }), picture, () => table(picture))
    : make("div", { key: "image", class: "mira-b-frame" }, make("img", { key: picture.src.split(/[?,]/)[0], src: address(board, picture), alt: picture.alt ?? "" }));
  return make(
    "figure",
    { class: "mira-b-picture", key: "picture" },
    picture.title ? h("figcaption", { class: "mira-sentence" }, picture.title) : null,
    inside,
    board.view.wall ? null : drawButtons(board, picture.buttons, { path: "picture" }),
  );
}
