// One line that says where the words are: saved, on this phone only, not saved. Never silence, never a lie.
import { button, h, mark } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

/** Puts words on the clipboard; plain http has no clipboard object, so an old way stays behind the new one. */
export async function copyWords(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const area = h("textarea", { value: words, class: "mira-unseen", "aria-hidden": "true", tabIndex: -1 });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    focused?.focus?.({ preventScroll: true });
  }
  say(t("copied"));
}

export class SaveLine {
  #shape = "";
  #refused = "";
  #firstOf = new Set();

  constructor(box) {
    this.box = box;
    this.el = h("div", { class: "mira-save", "aria-live": "off" });
  }

  /** Draws how things stand; runs each second while something waits. */
  draw(view) {
    const state = this.box.state;
    const shown = this.#words(state, view);
    const shape = JSON.stringify(shown);
    if (shape === this.#shape) return;
    const focused = this.el.contains(document.activeElement) ? document.activeElement.dataset.id : "";
    this.#shape = shape;
    this.el.dataset.state = state.kind;
    const buttons = shown.buttons.map((id) => button(t(id), { data: { id }, on: () => this.#press(id) }));
    this.el.replaceChildren(h("p", null, shown.mark ? mark(shown.mark) : null, h("span", null, shown.text)), buttons.length ? h("div", { class: "mira-buttons" }, buttons) : "");
    if (focused) this.el.querySelector(`[data-id="${focused}"]`)?.focus({ preventScroll: true });
    if (state.kind === "refused" && this.#refused !== state.error) say(state.error, true);
    this.#refused = state.kind === "refused" ? state.error : "";
  }

  /** The first save of a step is spoken, later ones are not. */
  saved(key, time) {
    if (this.#firstOf.has(key)) return;
    this.#firstOf.add(key);
    say(t("saved", { time }));
  }

  #words(state, view) {
    if (state.kind === "refused") return { mark: "!", text: state.error, buttons: ["try_again", "copy_words"] };
    if (state.kind === "phone") {
      const text = state.seconds === null ? t("phone_only") : t("phone_only_in", { n: state.seconds });
      return { mark: "~", text, buttons: ["try_now"] };
    }
    if (state.kind === "saving") return { mark: "", text: t(this.box.submitting(view.key) ? "sending" : "saving"), buttons: [] };
    if (view.saved_at) return { mark: "✓", text: t("saved", { time: view.saved_at }), buttons: [] };
    return { mark: "", text: t("nothing_saved"), buttons: [] };
  }

  #press(id) {
    if (id === "copy_words") return copyWords(this.box.words);
    if (id === "try_now") window.mira?.tryNow?.();
    return this.box.retry();
  }
}
