// Lines that tell something and may carry buttons: messages of the meeting, the connection, what a press came to.
import { h, mark } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons } from "./buttons.js";
import { make } from "./make.js";

const KINDS = { "~": "care", "?": "care", "!": "stop", "✓": "done" };

function drawLine(board, line) {
  return make(
    "div",
    { class: `mira-banner mira-banner-${KINDS[line.mark] ?? "note"}`, key: line.id },
    line.mark ? mark(line.mark) : null,
    h("p", { class: "mira-banner-text" }, line.text),
    drawButtons(board, line.buttons, { path: line.id }),
  );
}

/** Lines of the page itself: presses on their way, presses that did not go, and what could not be done. */
export function ownLines(board) {
  const { presses } = board;
  const lines = [...board.lost.lines()];
  for (const entry of presses.waiting.values()) {
    const id = `$press-${entry.save_key}`;
    const drop = { id: `${id}-drop`, label: t("dont_send"), kind: "quiet", run: () => presses.drop(entry.save_key) };
    if (!entry.sent) lines.push({ id, mark: "~", text: t("press_waits", entry), buttons: [drop] });
    else if (entry.late) lines.push({ id, mark: "~", text: t("press_unheard", entry) });
  }
  for (const { id, text, label } of presses.told) {
    lines.push({ id: `$told-${id}`, mark: "!", text: t(text, { label }), buttons: [{ id: `$good-${id}`, label: t("good"), kind: "quiet", run: () => presses.heard(id) }] });
  }
  if (board.fault) lines.push({ id: "$fault", mark: "!", text: board.fault, buttons: [{ id: "$fault-good", label: t("good"), kind: "quiet", run: () => board.clearFault() }] });
  return lines;
}

/** The lines above the columns; always there, so that what comes and goes in it is one region. */
export function drawLines(board, lines) {
  return make("section", { class: "mira-b-lines", key: "lines", "aria-label": t("messages"), hidden: lines.length === 0 }, lines.map((line) => drawLine(board, line)));
}
