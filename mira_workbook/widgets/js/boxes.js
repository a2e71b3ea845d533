// Lines under headings, one heading at a time: the first column is the heading, the next one the line.
import { button, focusOn, h, isBlank, randomKey, setText } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const ROW_KEY = 8;

class Boxes {
  constructor(spec, env) {
    this.spec = spec;
    this.env = env;
    [this.box, ...this.columns] = spec.columns;
    this.most = spec.most_each ?? Infinity;
    this.rows = [];
    this.fields = new Map();
    this.more = new Set();
    this.at = 0;
    this.where = h("p", { class: "mira-card-count" });
    this.head = h("h2", { class: "mira-head-2", tabIndex: -1, id: `${env.id}-head` });
    this.help = h("p", { class: "mira-hint", id: `${env.id}-help` });
    this.lines = h("div", { class: "mira-cards" });
    this.add = button("", { on: () => this.#add(), data: { id: "add" } });
    this.back = button(t("back"), { look: "quiet", on: () => this.turn(this.at - 1), data: { id: "box_back" } });
    this.way = h("div", { class: "mira-buttons mira-way" }, this.add, this.back);
    const hint = spec.hint ? h("p", { class: "mira-hint" }, spec.hint) : null;
    this.el = h("div", { class: "mira-boxes", id: env.id, role: "group", "aria-label": spec.label, "aria-describedby": env.describe(this.help.id) }, hint, this.where, this.head, this.help, this.lines, this.way);
  }

  get option() {
    return this.box.options[this.at];
  }

  #in(option) {
    return this.rows.filter((row) => row.cells[this.box.field] === option.id);
  }

  #written(row) {
    return this.columns.some(({ field }) => !isBlank(row.cells[field]));
  }

  value() {
    return this.box.options.flatMap((option) => this.#in(option).filter((row) => this.#written(row))).map(({ row_id, cells }) => ({ row_id, cells: { ...cells } }));
  }

  set(value) {
    this.rows = (value ?? []).map(({ row_id, cells }) => ({ row_id, cells: { ...cells } }));
    this.draw();
  }

  #new() {
    const row = { row_id: randomKey(ROW_KEY), cells: { [this.box.field]: this.option.id } };
    this.rows.push(row);
    return row;
  }

  draw() {
    const { spec, option } = this;
    if (spec.locked) return this.#drawPlain();
    const rows = this.#in(option);
    if (!rows.length) rows.push(this.#new());
    setText(this.where, t("of_all", { n: this.at + 1, of: this.box.options.length }));
    setText(this.head, option.label);
    setText(this.help, option.help);
    this.fields.clear();
    this.lines.replaceChildren(...rows.map((row, i) => this.#line(row, i, rows.length)));
    this.#drawWay();
    return undefined;
  }

  #drawWay() {
    const rows = this.#in(this.option);
    const room = rows.length < this.most && this.rows.filter((row) => this.#written(row)).length < (this.spec.max ?? Infinity);
    setText(this.add, t(rows.length === 1 ? "add_second" : "add_line"));
    this.add.hidden = !room || !rows.every((row) => this.#written(row));
    this.back.hidden = this.at === 0;
    this.way.hidden = this.add.hidden && this.back.hidden;
  }

  #drawPlain() {
    const boxes = this.box.options.map((option) => h("section", { class: "mira-group" }, h("h3", { class: "mira-head-3" }, option.label), h("ul", { class: "mira-list" }, this.#in(option).map((row) => h("li", null, row.cells[this.columns[0].field] ?? "")))));
    for (const part of [this.where, this.head, this.help, this.way]) part.hidden = true;
    this.lines.replaceChildren(...boxes);
  }

  #line(row, i, of) {
    const fields = this.columns.map((column) => this.#field(row, column, of > 1 ? i + 1 : 0));
    const asked = ({ control, required, field }) => control === "entry" || required || this.more.has(`${row.row_id} ${field}`) || !isBlank(row.cells[field]);
    const more = this.columns.filter((column) => !asked(column)).map((column) => button(t("add_column", { label: column.label }), { look: "quiet", on: (event) => this.#reveal(row, column, event.target) }));
    this.columns.forEach((column, at) => (fields[at].el.hidden = !asked(column)));
    fields.forEach((field, at) => field.el.classList.toggle("mira-lesser", !this.columns[at].required));
    const remove = of > 1 ? button(t("remove"), { look: "quiet", name: t("remove_name", { label: t("line_name", { label: this.option.label, n: i + 1 }) }), on: () => this.#remove(row) }) : null;
    const name = t("line_name", { label: this.option.label, n: i + 1 });
    return h("div", { class: "mira-card mira-card-open", role: "group", "aria-label": name, data: { row: row.row_id } }, fields.map((field) => field.el), more.length || remove ? h("div", { class: "mira-buttons" }, more, remove) : null);
  }

  #field(row, column, n) {
    const { env, spec } = this;
    const label = n ? t("line_name", { label: column.label, n }) : column.label;
    const field = env.field(
      { ...column, label, value: row.cells[column.field], attribution: null },
      {
        ...env.form,
        id: (name) => `${env.id}-${row.row_id}-${name}`,
        changed: (name, value, now) => this.#set(row, name, value, now),
        took: (name) => this.#set(row, name, this.fields.get(`${row.row_id} ${name}`).value, true),
        left: () => env.form.left(spec.field),
        waits: () => false,
      },
    );
    this.fields.set(`${row.row_id} ${column.field}`, field);
    return field;
  }

  #set(row, name, value, now) {
    if (isBlank(value)) delete row.cells[name];
    else row.cells[name] = value;
    this.#drawWay();
    this.env.changed(now);
  }

  #reveal(row, column, pressed) {
    this.more.add(`${row.row_id} ${column.field}`);
    const field = this.fields.get(`${row.row_id} ${column.field}`);
    field.el.hidden = false;
    pressed.remove();
    field.focus();
  }

  #add() {
    const row = this.#new();
    this.draw();
    this.fields.get(`${row.row_id} ${this.columns[0].field}`).focus();
  }

  #remove(row) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.draw();
    const undo = button(t("undo"), { on: () => (this.rows.splice(at, 0, row), this.draw(), this.#focusLine(row), say(t("undone")), this.env.changed(true)) });
    this.lines.append(h("div", { class: "mira-undo" }, h("span", null, t("row_removed")), undo));
    undo.focus({ preventScroll: true });
    say(`${t("row_removed")} ${t("undo")}`);
    this.env.changed(true);
  }

  #focusLine(row) {
    this.fields.get(`${row.row_id} ${this.columns[0].field}`)?.focus();
  }

  /** Another box: forward to its heading, back to its first line. */
  turn(to) {
    const back = to < this.at;
    this.at = to;
    this.draw();
    this.env.form.turned?.();
    say(`${this.where.textContent}. ${this.option.label}`);
    if (back) return this.focus();
    return focusOn(this.head, { top: true });
  }

  /** The heading that was open before is open again. */
  stand(open) {
    const at = this.box.options.findIndex(({ id }) => id === open);
    if (at < 0) return;
    this.at = at;
    this.draw();
  }

  get pending() {
    const next = this.spec.locked ? null : this.box.options[this.at + 1];
    return next ? { label: t("next_named", { label: next.label }), go: () => this.turn(this.at + 1) } : null;
  }

  problem(problem) {
    const row = this.rows.find(({ row_id }) => row_id === problem.row);
    if (!row || this.spec.locked) return null;
    const to = () => {
      const at = this.box.options.findIndex(({ id }) => id === row.cells[this.box.field]);
      if (at === this.at || at < 0) return false;
      this.at = at;
      this.draw();
      this.env.form.turned?.();
      return true;
    };
    const tell = () => (this.fields.get(`${row.row_id} ${problem.column}`) ?? this.fields.get(`${row.row_id} ${this.columns[0].field}`))?.problem(problem);
    if (!this.held && !problem.again) to();
    this.held = row;
    const go = tell();
    return () => (to() ? tell() : go)?.();
  }

  mended() {
    this.held = null;
    for (const field of this.fields.values()) field.mended();
  }

  focus() {
    const [row] = this.#in(this.option);
    if (row) this.#focusLine(row);
  }
}

export function makeBoxes(spec, env) {
  const boxes = new Boxes(spec, env);
  return {
    el: boxes.el,
    value: () => boxes.value(),
    set: (value) => boxes.set(value),
    stands: () => (boxes.spec.locked ? undefined : boxes.option.id),
    stand: (open) => boxes.stand(open),
    pending: () => boxes.pending,
    problem: (problem) => boxes.problem(problem),
    mended: () => boxes.mended(),
    focus: () => boxes.focus(),
  };
}
