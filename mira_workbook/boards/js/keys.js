// The keys of the projector's window. They act in this window only and can be switched off.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { div } from "./make.js";

const STORE = "mira-board-keys";
// What presenters' clickers send.
const SAME = { PageDown: "ArrowRight", PageUp: "ArrowLeft", "=": "+", Add: "+", Subtract: "-", Spacebar: " " };
const NAMES = [
  ["ArrowRight", "→", "key_next"],
  ["ArrowLeft", "←", "key_undo"],
  ["Space", "", "key_reveal"],
  ["+", "+", "key_plus"],
  ["-", "-", "key_minus"],
  ["P", "P", "key_pause"],
  ["T", "T", "key_table"],
];

/** The name that the view's keys have for an event's key. */
function nameOf(event) {
  const key = SAME[event.key] ?? event.key;
  if (key === " ") return "Space";
  return key.length === 1 ? key.toUpperCase() : key;
}

export class Keys {
  constructor(board) {
    this.board = board;
    this.on = sessionStorage.getItem(STORE) !== "off";
    this.el = h("dialog", { class: "mira-b-dialog mira-w-keys", "aria-labelledby": "mira-w-keys-title" });
    this.el.addEventListener("close", () => this.board.focusBack(this.opener));
    this.down = (event) => this.#down(event);
    document.addEventListener("keydown", this.down);
  }

  stop() {
    document.removeEventListener("keydown", this.down);
    this.el.remove();
  }

  get #bound() {
    const { view } = this.board;
    return view?.wall && !view.viewer ? (view.keys ?? {}) : null;
  }

  #down(event) {
    const bound = this.#bound;
    if (!bound || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.("input,textarea,select,dialog")) return;
    // A focused button keeps its own Space.
    if (event.key === " " && event.target.closest?.("button,a")) return;
    const name = nameOf(event);
    const act = this.on ? this.#actOf(name, bound) : null;
    if (!act) return;
    event.preventDefault();
    act();
  }

  #actOf(name, bound) {
    if (name === "?") return () => this.show();
    if (name === "F") return () => this.#fill();
    const id = bound[name] ?? bound[name === "Space" ? " " : name.toLowerCase()];
    const [, , label] = NAMES.find(([key]) => key === name) ?? [];
    return id ? () => this.board.pressed({ id, label: label ? t(label) : name }) : null;
  }

  #fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  /** Lists the keys, with the switch. */
  show() {
    this.opener = document.activeElement;
    const rows = [...NAMES.filter(([name]) => this.#bound[name] ?? this.#bound[name === "Space" ? " " : name.toLowerCase()]), ["F", "F", "key_screen"], ["?", "?", "key_help"]];
    const list = rows.map(([name, spelt, text]) => h("tr", null, h("th", { scope: "row" }, h("kbd", null, spelt || t("key_space"))), h("td", { data: { key: name } }, t(text))));
    const input = h("input", { type: "checkbox", id: "mira-w-on", checked: this.on, on: { change: () => this.#turn(input.checked) } });
    const close = h("button", { type: "button", class: "mira-button", on: { click: () => this.el.close() } }, t("keys_close"));
    const inside = div("mira-b-dialog-in", h("h2", { id: "mira-w-keys-title" }, t("keys_of")), h("table", null, h("tbody", null, list)), h("label", { class: "mira-option", htmlFor: "mira-w-on" }, input, h("span", { class: "mira-option-words" }, t("keys_on"))), div("mira-buttons", close));
    this.el.replaceChildren(inside);
    this.el.showModal();
    close.focus();
  }

  #turn(on) {
    this.on = on;
    sessionStorage.setItem(STORE, on ? "on" : "off");
  }
}
