// The remote: the same meeting on a phone, with the buttons where a thumb is.
import { h, mark } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { drawClock, title } from "./centre.js";
import { drawHead } from "./head.js";
import { drawLines } from "./lines.js";
import { make, words } from "./make.js";

export function drawRemote(board, { head, centre, side }, lines) {
  const say = side?.say || side?.ask;
  return [
    drawHead(board, { ...head, code: "" }),
    drawLines(board, lines),
    make(
      "section",
      { class: "mira-b-centre", key: "centre", "aria-label": centre.title },
      make("div", { class: "mira-b-asked", key: "asked" }, title(centre.title), drawClock(board, centre.clock)),
      words("mira-b-sub", centre.count?.text),
      say ? make("p", { class: "mira-b-cue", key: "cue" }, mark("i"), h("span", null, `${t(side.say ? "say" : "ask")}: ${say}`)) : null,
      words("mira-do", centre.hint),
      make("div", { class: "mira-b-thumbs", key: "thumbs" }, drawButtons(board, centre.buttons, { path: "centre", name: "mira-b-thumb" })),
    ),
  ];
}
