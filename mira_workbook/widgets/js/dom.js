// Elements without a framework. Text goes in as text nodes only, so nothing a person typed can become markup.

/**
 * Makes an element.
 *
 * `props`: `class`, `on` ({event: listener}), `data` and `aria` ({name: value}); a key the element owns is set as a
 * property, any other as an attribute; null, undefined and false are left out. Children: elements, strings, null.
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "on") Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "aria") Object.entries(value).forEach(([name, text]) => setAria(element, name, text));
    else if (key in element && key !== "list" && key !== "role") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Sets or, without a text, removes an ARIA attribute. */
export function setAria(element, name, text) {
  if (text === null || text === undefined || text === "" || text === false) element.removeAttribute(`aria-${name}`);
  else element.setAttribute(`aria-${name}`, text);
}

/** Sets the text only if it changed, so that readers and selections are left alone. */
export function setText(element, text) {
  if (element.textContent !== (text ?? "")) element.textContent = text ?? "";
  element.hidden = !text;
}

/** A button of ours: `look` is "main", "plain" or "quiet". */
export function button(label, { look = "plain", on, id, name, data, ...props } = {}) {
  return h(
    "button",
    { type: "button", class: `mira-button mira-${look}`, id, data, "aria-label": name, on: { click: on }, ...props },
    label,
  );
}

/** A mark beside words; the words say it, so readers leave the mark out. */
export const mark = (sign) => h("span", { class: "mira-mark", data: { sign }, aria: { hidden: "true" } }, sign);

const KEYS = "abcdefghijklmnopqrstuvwxyz234567";

/** Random letters that fit names of rows and saves; school networks are plain http, where `crypto.randomUUID` is missing. */
export function randomKey(length) {
  const bytes = new Uint8Array(length);
  if (globalThis.crypto?.getRandomValues) crypto.getRandomValues(bytes);
  else bytes.forEach((_, i) => (bytes[i] = Math.random() * 256));
  return [...bytes].map((byte) => KEYS[byte & 31]).join("");
}

/** Two JSON values are the same. */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Nothing was answered: no value, only spaces, an empty list or table. */
export function isBlank(value) {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return false;
}

/** Runs a change and then puts `anchor` back where it stood in the window: nothing moves under a thumb. */
export function keepPlace(anchor, change) {
  const before = anchor?.isConnected ? anchor.getBoundingClientRect().top : null;
  change();
  if (before === null || !anchor.isConnected) return;
  const moved = anchor.getBoundingClientRect().top - before;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
}

/** Focuses without smooth scrolling; elements that are no controls become focusable for this once. */
export function focusOn(element, { top = false } = {}) {
  if (!element) return;
  if (!element.matches("a[href],button,input,textarea,select,summary,[tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: top });
  if (top) element.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Whether a control holds its place now, so that it must not be rebuilt. */
export const holdsFocus = (element) => element.contains(document.activeElement);

/** A region that is drawn anew only when its data changed, and gives the focus back to the same named thing. */
export class Region {
  #data;

  constructor(element, draw) {
    this.el = element;
    this.draw = draw;
  }

  set(data) {
    const now = JSON.stringify(data ?? null);
    if (now === this.#data) return;
    this.#data = now;
    const focused = holdsFocus(this.el) ? document.activeElement.dataset.id : null;
    const children = [this.draw(data)].flat().filter(Boolean);
    this.el.replaceChildren(...children);
    this.el.hidden = children.length === 0;
    if (focused) this.el.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}
