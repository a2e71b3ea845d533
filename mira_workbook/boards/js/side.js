// The right column: what to say, what to watch for, a card, kept lines, own notes.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { make, words } from "./make.js";
import { live } from "./patch.js";

const part = (key, label, ...children) => make("div", { class: `mira-b-aside mira-b-aside-${key}`, key }, h("h2", { class: "mira-b-label" }, label), children);
const told = (key, label, text) => (text ? part(key, label, h("p", null, text)) : null);

const drawCard = ({ title, text, by }) => h("div", { class: "mira-quote-card" }, words("mira-card-title", title), h("p", null, text), words("mira-by", by));

const drawPin = (board, pin) => make("li", { key: pin.id, class: "mira-b-pin" }, h("p", null, pin.text), drawButtons(board, pin.buttons, { path: `pin-${pin.id}` }));

export function drawSide(board, side) {
  if (!side) return null;
  return make(
    "section",
    { class: "mira-b-side", key: "side", "aria-label": t("beside") },
    told("say", t("say"), side.say),
    told("ask", t("ask"), side.ask),
    told("watch", t("watch"), side.watch),
    side.cards?.length ? part("cards", t("card"), side.cards.map(drawCard)) : null,
    side.pins?.length ? part("pins", t("kept"), h("ul", { class: "mira-b-pins" }, side.pins.map((pin) => drawPin(board, pin)))) : null,
    side.notes ? live(board.notes.el) : null,
  );
}
