// What another person's pen writes: read as text, not as a field that cannot be used.
import { h } from "./dom.js";
import { show } from "./show.js";

export function makePlain(spec, { id }) {
  let held;
  const text = h("p", { class: "mira-plain-value", id, tabIndex: -1 });
  const el = h("div", { class: "mira-plain-field" }, h("p", { class: "mira-plain-label" }, spec.label), text);
  return {
    el,
    value: () => held,
    set(value) {
      held = value;
      text.textContent = show(spec, value) || "…";
    },
    focus: () => text.focus(),
  };
}
