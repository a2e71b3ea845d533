// Elements of a board: what they do when pressed travels with the tree, so a patched element does what the newest view says.
import { h } from "../../widgets/js/dom.js";

/** As `h`; `act` runs at a press, `key` names the element among its siblings. */
export function make(tag, { act, key, ...props } = {}, ...children) {
  const element = h(tag, props, ...children.flat(3));
  if (key !== undefined) element.dataset.key = key;
  element.act = act;
  return element;
}

export const div = (name, ...children) => h("div", { class: name }, ...children.flat(3));

/** A paragraph, or nothing without words. */
export const words = (name, text) => (text ? h("p", { class: name }, text) : null);

export const unseen = (text) => h("span", { class: "mira-unseen" }, text);
