// Dialogs: the title says what will happen, the main button repeats it, Esc cancels, the focus returns to the opener.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { copyWords } from "../../widgets/js/saveline.js";
import { div, make, words } from "./make.js";
import { drawButton } from "./buttons.js";
import { patch } from "./patch.js";

export const CLOSE = "close";

const listed = (options) => (options ?? []).map((one) => (typeof one === "object" ? one : { id: one, label: String(one) }));

function entry(id, field) {
  if (field.kind === "text") return h("textarea", { class: "mira-input", id, rows: 2, value: field.value ?? "", name: field.id });
  const options = listed(field.options).map((one) => h("option", { value: one.id }, one.label));
  const select = h("select", { class: "mira-input", id, name: field.id }, h("option", { value: "" }, field.kind === "person" ? t("choose_person") : t("choose")), options);
  select.value = field.value ?? "";
  return h("div", { class: "mira-select" }, select);
}

function drawField(field) {
  const id = `mira-d-${field.id}`;
  const hint = field.hint ? h("p", { class: "mira-hint" }, field.hint) : null;
  if (field.kind === "tick") {
    const input = h("input", { type: "checkbox", id, name: field.id, checked: Boolean(field.value) });
    return make("label", { class: "mira-option", key: field.id, htmlFor: id }, input, h("span", { class: "mira-option-words" }, field.label, hint));
  }
  return make("div", { key: field.id, class: "mira-b-field" }, h("label", { class: "mira-label", htmlFor: id }, field.label), hint, entry(id, field));
}

function drawOption(option, chosen) {
  const input = h("input", { type: "radio", name: "option", value: option.id, checked: option.id === chosen });
  const help = option.help ? h("span", { class: "mira-help" }, option.help) : null;
  return make("label", { class: "mira-option", key: `option-${option.id}` }, input, h("span", { class: "mira-option-words" }, option.label, help));
}

export class DialogBox {
  /** What is shown now; null while closed. */
  shown = null;
  #opener = null;
  #error = "";
  #save_key = "";

  constructor(board) {
    this.board = board;
    this.el = h("dialog", { class: "mira-b-dialog", "aria-labelledby": "mira-b-dialog-title" });
    this.el.append(div("mira-b-dialog-in"));
    this.el.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.dismiss();
    });
  }

  /** Opens a dialog; `ours` is one that the kernel does not know of. */
  open(dialog, { ours = true, opener = document.activeElement } = {}) {
    this.#opener = opener;
    this.#error = this.#save_key = "";
    this.ours = ours;
    this.shown = dialog;
    this.el.firstChild.replaceChildren();
    this.draw();
    if (!this.el.open) this.el.showModal();
    this.#least()?.focus();
  }

  /** The view's own dialog: opened, patched or closed as the view says. */
  follow(dialog) {
    if (dialog && this.shown?.id === dialog.id && !this.ours) {
      this.shown = dialog;
      this.draw();
    } else if (dialog && dialog.id !== this.left) this.open(dialog, { ours: false });
    else if (!dialog && this.shown && !this.ours) this.close();
    if (!dialog) this.left = "";
  }

  #least() {
    const buttons = [...this.el.querySelectorAll(".mira-b-dialog-buttons button")];
    return buttons.find((one) => one.dataset.id === CLOSE) ?? buttons.find((one) => !one.classList.contains("mira-main")) ?? buttons[0];
  }

  draw() {
    if (!this.shown) return;
    patch(this.el.firstChild, this.#tree(this.shown));
    for (const label of this.el.querySelectorAll(".mira-option")) label.classList.toggle("mira-chosen", label.querySelector("input").checked);
  }

  #tree(dialog) {
    const given = dialog.buttons ?? [];
    const buttons = given.some(({ id, main }) => id === CLOSE || !main) ? given : [...given, { id: CLOSE, label: t("cancel") }];
    const drawn = buttons.map((one) => {
      const made = drawButton(this.board, one, "dialog");
      made.act = () => this.#press(one);
      return made;
    });
    const options = dialog.options?.length
      ? h("div", { class: "mira-options", role: "radiogroup", "aria-labelledby": "mira-b-dialog-title" }, dialog.options.map((one) => drawOption(one, dialog.option)))
      : null;
    return div(
      "mira-b-dialog-in",
      h("h2", { id: "mira-b-dialog-title" }, dialog.title),
      words("mira-b-dialog-text", dialog.text),
      (dialog.lines ?? []).map((line) => h("p", null, line)),
      dialog.image ? h("img", { class: "mira-b-qr", src: dialog.image.src, alt: dialog.image.alt ?? "" }) : null,
      dialog.link ? div("mira-b-copy", h("code", null, dialog.link), make("button", { type: "button", class: "mira-button", act: () => copyWords(dialog.link) }, t("copy_link"))) : null,
      (dialog.fields ?? []).map(drawField),
      options,
      h("p", { class: "mira-error", role: "alert", hidden: !this.#error }, this.#error),
      div("mira-buttons mira-b-dialog-buttons", drawn),
    );
  }

  /** What was filled in, by field, with the option that was chosen. */
  get values() {
    const values = {};
    for (const field of this.el.querySelectorAll("textarea,select,input[type=checkbox],input[type=radio]:checked")) {
      values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    return values;
  }

  #press(one) {
    if (one.id === CLOSE) return this.dismiss();
    if (one.off) return undefined;
    const { fields, options } = this.shown;
    const value = fields?.length || options?.length ? { ...(one.value && typeof one.value === "object" ? one.value : null), ...this.values } : one.value;
    this.#error = "";
    this.#save_key = this.board.send({ ...one, value }) ?? this.#save_key;
    return this.draw();
  }

  /** Esc, or the button that only closes. */
  dismiss() {
    const { id } = this.shown;
    if (!this.ours) {
      this.left = id;
      this.board.send({ id: CLOSE, value: id, label: t("cancel") });
    }
    this.close();
  }

  close() {
    if (!this.shown) return;
    this.shown = null;
    this.el.close();
    const opener = this.#opener;
    this.board.focusBack(opener);
  }

  /** An answer to a press of this dialog: done, or a sentence why not. */
  answer({ save_key, error }) {
    if (!this.shown || save_key !== this.#save_key) return false;
    if (!error) this.close();
    this.#error = error ?? "";
    this.draw();
    return true;
  }
}
