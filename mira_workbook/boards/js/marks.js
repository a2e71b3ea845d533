// How far people are, as shapes: shape first, then a letter, then colour. Words stand beside them.
import { h } from "../../widgets/js/dom.js";
import { make } from "./make.js";

export const SIGNS = { none: "", writing: "~", in: "✓", quiet: "z", lost: "×", help: "?", excused: "–", passed: "»" };

/** One shape; the words around it say the same. */
export const sign = (state) => h("span", { class: "mira-b-state", data: { state, sign: SIGNS[state] ?? "" }, "aria-hidden": "true" });

/** Everybody's shape without a name. */
export function drawMarks(count) {
  if (!count) return null;
  const marks = (count.marks ?? []).map(({ state }, i) => make("span", { key: `${i}` }, sign(state)));
  return make("div", { class: "mira-b-count", key: "count" }, h("p", null, count.text), marks.length ? h("div", { class: "mira-b-marks", "aria-hidden": "true" }, marks) : null);
}
