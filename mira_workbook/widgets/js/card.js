// One row of a table: open with live fields, or closed in one line.
import { button, h, isBlank, mark } from "./dom.js";
import { applies, demanded } from "./when.js";
import { show } from "./show.js";
import { t } from "./texts.js";

const NARROW = matchMedia("(max-width: 699px)");

export class Card {
  /**
   * @param table what the card may ask of its table: `spec`, `env`, `changed(card)`, `open(card)`, `close(card)`, …
   * @param row {row_id, cells, label?, help?}
   */
  constructor(table, row) {
    this.table = table;
    this.row = row;
    this.fields = new Map();
    this.mode = "";
    this.error = h("div", { class: "mira-row-error", hidden: true });
    this.el = h("div", { class: "mira-card", role: "group", data: { row: row.row_id } });
  }

  get title() {
    if (this.row.label) return this.row.label;
    const [first] = this.table.columns;
    return show(first, this.row.cells[first.field]);
  }

  get rest() {
    // A short “no” or “partly” says nothing without its label.
    const columns = this.row.label ? this.table.columns : this.table.columns.slice(1).filter((column) => column.layout !== "row");
    const shown = columns.filter((column) => applies(column.show_when, this.row.cells) && this.#asked(column));
    return shown.map((column) => show(column, this.row.cells[column.field])).filter(Boolean).join(" · ");
  }

  /** A phone asks the few columns that anybody can answer; one tap brings the others. */
  #asked({ field }) {
    const { brief } = this.table.spec;
    return !brief?.length || this.whole || !NARROW.matches || brief.includes(field);
  }

  get blank() {
    return Object.values(this.row.cells).every(isBlank);
  }

  get complete() {
    const { cells } = this.row;
    const asked = this.table.columns.filter((column) => demanded(column, cells) && applies(column.show_when, cells));
    return !this.blank && asked.every((column) => !isBlank(this.row.cells[column.field]));
  }

  /** Draws the row in a mode: "open", "closed" or "read"; an open row is left alone while it stays open. */
  draw(mode) {
    const name = this.title ? t("row_name", { n: this.number, label: this.title }) : t("row_name_bare", { n: this.number });
    this.el.setAttribute("aria-label", this.row.label ?? name);
    this.el.classList.toggle("mira-card-open", mode === "open");
    if (mode === "open" && this.mode === "open") return this.#drawButtons();
    this.mode = mode;
    if (mode === "open") return this.#drawOpen();
    this.fields.clear();
    return this.#drawClosed(mode);
  }

  get number() {
    return this.table.number(this);
  }

  #drawOpen() {
    for (const column of this.table.columns) this.fields.set(column.field, this.#cell(column));
    const count = this.table.count > 1 && !this.row.label ? h("p", { class: "mira-card-count" }, t("row_of", { n: this.number, of: this.table.count })) : null;
    const head = this.row.label ? (this.table.head?.(this) ?? h("h3", { class: "mira-head-3" }, this.row.label)) : count;
    const help = this.row.help ? h("p", { class: "mira-hint" }, this.row.help) : null;
    this.more = button(t("all_fields"), { look: "quiet", on: () => this.#ask() });
    this.buttons = h("div", { class: "mira-buttons" });
    this.el.replaceChildren(...[head, help, ...[...this.fields.values()].map((field) => field.el), this.more, this.error, this.buttons].filter(Boolean));
    this.#showWhen();
    this.#drawButtons();
  }

  /** Asks everything, and goes on with the first that was not asked before. */
  #ask() {
    const before = new Set([...this.fields.values()].filter((field) => !field.el.hidden));
    this.whole = true;
    this.#showWhen();
    [...this.fields.values()].find((field) => !field.el.hidden && !before.has(field))?.focus();
  }

  #cell(column) {
    const { env, spec } = this.table;
    const field = env.field(
      { ...column, value: this.row.cells[column.field], locked: column.locked || spec.locked, attribution: null },
      {
        ...env.form,
        id: (name) => `${env.id}-${this.row.row_id}-${name}`,
        changed: (name, value, now) => this.#set(name, value, now),
        took: (name) => this.#set(name, this.fields.get(name).value ?? null, true),
        left: () => env.form.left(spec.field),
        waits: () => false,
        fault: (name, text) => this.fields.get(name)?.problem({ text, level: "stop" }),
      },
    );
    return field;
  }

  #set(name, value, now) {
    if (isBlank(value)) delete this.row.cells[name];
    else this.row.cells[name] = value;
    this.#showWhen();
    this.#clear();
    this.table.reconsider?.(this, name);
    this.table.changed(now);
    this.#drawButtons();
  }

  #showWhen() {
    for (const [name, field] of this.fields) {
      const column = this.table.columns.find((one) => one.field === name);
      field.el.hidden = !applies(column.show_when, this.row.cells) || !this.#asked(column);
      field.demand(demanded(column, this.row.cells));
    }
    this.more.hidden = this.table.columns.every((column) => this.#asked(column));
  }

  #drawButtons() {
    const made = this.table.buttonsOf(this);
    const shape = made.map(({ key, label }) => `${key}:${label}`).join("|");
    if (this.buttons.dataset.shape === shape) return;
    this.buttons.dataset.shape = shape;
    this.buttons.replaceChildren(...made.map(({ label, ...rest }) => button(label, rest)));
    this.buttons.hidden = made.length === 0;
  }

  #drawClosed(mode) {
    const words = h(
      "div",
      { class: "mira-card-words" },
      h("p", { class: "mira-card-title" }, this.row.label ? null : h("span", { class: "mira-place" }, String(this.number)), this.title || t("row_empty")),
      this.row.help ? h("p", { class: "mira-card-rest" }, this.row.help) : null,
      this.rest ? h("p", { class: this.row.help ? "mira-card-answer" : "mira-card-rest" }, this.rest) : null,
      this.table.keeperOf(this),
    );
    this.el.replaceChildren(...[words, ...(mode === "closed" ? this.table.closedButtons(this) : []), this.error].filter(Boolean));
  }

  /** New cells from elsewhere: closed rows take them, fields of an open row decide for themselves. */
  receive(cells) {
    if (this.mode !== "open") {
      this.row.cells = { ...cells };
      return;
    }
    for (const [name, field] of this.fields) field.update({ ...field.spec, value: cells[name] });
    for (const [name, field] of this.fields) {
      if (isBlank(field.value)) delete this.row.cells[name];
      else this.row.cells[name] = field.value;
    }
    this.#showWhen();
  }

  problem(problem) {
    const field = this.fields.get(problem.column);
    if (field) {
      this.whole ||= !this.#asked({ field: problem.column });
      this.#showWhen();
      return field.problem(problem);
    }
    const clear = button(t("clear_row"), { on: () => this.table.clear(this) });
    this.error.replaceChildren(h("p", { class: "mira-error" }, mark("!"), h("span", null, problem.text)), problem.code === "E10" && !this.table.spec.locked ? clear : "");
    this.error.hidden = false;
    return () => this.focus();
  }

  /** What cannot stay as it is: beside its cell where the row is open, else below the row. */
  refuse(problems) {
    const told = JSON.stringify([this.mode, problems]);
    if (told === this.told) return;
    const before = this.refused;
    this.told = told;
    this.refused = problems.length > 0;
    if (this.mode === "open") {
      for (const [name, field] of this.fields) {
        const error = problems.find(({ column }) => column === name)?.text ?? "";
        if ((field.spec.error ?? "") !== error) field.update({ ...field.spec, error });
      }
    } else if (problems.length) {
      this.error.replaceChildren(...problems.map(({ text }) => h("p", { class: "mira-error" }, mark("!"), h("span", null, text))));
      this.error.hidden = false;
    } else if (before) this.#clear();
  }

  mended() {
    this.#clear();
    for (const field of this.fields.values()) field.mended();
  }

  #clear() {
    this.error.replaceChildren();
    this.error.hidden = true;
  }

  /** To the field of a column, or to the row. */
  lead(column) {
    (this.fields.get(column) ?? this).focus();
  }

  focus() {
    const [first] = [...this.fields.values()].filter((field) => !field.el.hidden);
    (first ?? this.el.querySelector("button"))?.focus();
  }
}
