// One thing asked: attribution, the control, what is wrong with it, and what somebody else changed meanwhile.
import { button, h, holdsFocus, isBlank, keepPlace, mark, same, setAria } from "./dom.js";
import { makeControl } from "./control.js";
import { t } from "./texts.js";

// A finger on its way to a button must find it where it was: what a field shows about others goes only after the tap.
const AFTER_TAP_MS = 400;

/** A value without what the kernel may spell in its own way: spaces, a number's commas, the order of rows and keys. */
function loose(value) {
  const plain = (part) => {
    if (Array.isArray(part)) {
      const parts = part.map(plain);
      return part.every((one) => one?.row_id) ? parts.sort() : parts;
    }
    if (part && typeof part === "object") return JSON.stringify(Object.keys(part).sort().map((key) => [key, plain(part[key])]));
    const text = String(part).trim();
    return /^-?[\d,]+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  };
  return JSON.stringify(plain(value ?? null));
}

const PASSES = { W_two_aims: "it_is_one" };

/** The name under which a second look is passed. */
const lookOf = ({ field, row = "", code }) => `${field}|${row}|${code}`;

export class Field {
  #spec;
  #form;
  #base;
  #sent = new Map();
  #incoming;
  #version;
  #coming;
  #shape;
  #told = [];
  #demanded;

  /**
   * @param spec the field as the kernel describes it
   * @param form what the field may ask of its surroundings: `id`, `changed(field, value)`, `left(field)`, `waits(field)`,
   *   `pass(look)` and `passed(look)`, `plain` (locked values read as text), `labels(field)`
   */
  constructor(spec, form) {
    this.#form = form;
    this.id = form.id(spec.field);
    this.note = h("div", { class: "mira-note-place" });
    this.place = h("div", { class: "mira-control" });
    this.error = h("p", { class: "mira-error", id: `${this.id}-error`, hidden: true });
    this.care = h("div", { class: "mira-care", hidden: true });
    this.news = h("div", { class: "mira-news", hidden: true });
    this.el = h("div", { class: "mira-field", data: { field: spec.field } }, this.note, this.place, this.news, this.error, this.care);
    this.el.addEventListener("focusout", (event) => this.#left(event));
    this.#base = spec.value;
    this.#version = this.#coming = spec.version;
    this.#build(spec, spec.value);
    this.#draw(spec);
  }

  /** The version of a shared record that stands in the control: what is typed on it is built on that. */
  get version() {
    return this.#version;
  }

  get spec() {
    return this.#spec;
  }

  get name() {
    return this.#spec.field;
  }

  get locked() {
    return Boolean(this.#spec.locked);
  }

  /** The answer as it stands, undefined if blank. */
  get value() {
    const value = this.control.value();
    return isBlank(value) ? undefined : value;
  }

  /** Values by field: a control may answer two fields at once. */
  get values() {
    return this.control.values?.() ?? { [this.name]: this.value };
  }

  /** Something that has to be done before a submit makes sense: {label, go} or null. */
  get pending() {
    return this.el.hidden || this.locked ? null : (this.control.pending?.() ?? null);
  }

  focus() {
    this.control.focus();
  }

  /** Says whether an answer is asked for, where that hangs on another one. */
  demand(flag) {
    this.#demanded = flag;
    if (this.#spec.require_when) this.control.demand?.(Boolean(flag));
  }

  /** Puts in what an earlier page kept, or what a parent holds; `kept` is by field. */
  restore(kept) {
    if (this.control.restore) this.control.restore(kept);
    else if (this.name in kept) this.control.set(kept[this.name]);
  }

  update(spec) {
    const value = this.control.value();
    const shape = this.#shapeOf(spec);
    // A control is rebuilt only when what is asked changed, and never under somebody's fingers.
    if (shape !== this.#shape && !holdsFocus(this.place)) {
      this.#build(spec, same(spec.value, this.#base) ? value : spec.value);
    } else {
      this.#spec = spec;
      this.control.update?.(spec);
    }
    this.#number(spec.numbers);
    this.#draw(spec);
    this.#receive(spec);
  }

  /**
   * A change of this field has been acknowledged.
   *
   * `numbers`: what new rows were called here, to the ids they have; `refused`: cells that cannot stay.
   */
  acknowledged({ value: merged, version, numbers, refused }) {
    this.#number(numbers);
    if (version !== undefined && this.#incoming === undefined) this.#version = this.#coming = version;
    if (merged !== undefined) this.#receive({ ...this.#spec, value: merged });
    if (this.#incoming !== undefined) this.#weigh(this.#incoming);
    if (refused) this.control.refuse?.(refused);
  }

  /** Shows what is wrong; returns what a link to it should focus. */
  problem(problem) {
    const told = { problem, on: this.#spelled(problem), go: this.#tell(problem) };
    this.#told.push(told);
    return () => told.go();
  }

  #tell(problem) {
    const inside = this.control.problem?.(problem);
    if (inside) return inside;
    if (problem.level === "care") this.#drawCare(problem);
    else this.#drawError(problem.text);
    return () => this.focus();
  }

  /** The row that a problem is about, or the whole answer, as it stands. */
  #spelled({ row }) {
    const value = this.control.value();
    return JSON.stringify((row ? value?.find?.(({ row_id }) => row_id === row)?.cells : value) ?? null);
  }

  mended() {
    this.#told = [];
    this.#drawError(this.#spec.error);
    this.care.hidden = true;
    this.care.replaceChildren();
    this.control.mended?.();
  }

  #shapeOf({ value: _value, prefilled: _prefilled, version: _version, error: _error, attribution: _attribution, changed_by: _by, taken: _taken, aside: _aside, suggestions: _offered, bulk: _bulk, numbers: _numbers, refused: _refused, show_when: _when, ...rest }) {
    return JSON.stringify(rest) + this.#form.plain;
  }

  #build(spec, value) {
    const stood = this.control?.stands?.();
    this.#spec = spec;
    this.#shape = this.#shapeOf(spec);
    this.control = makeControl(spec, {
      id: this.id,
      plain: this.#form.plain,
      describe: (...own) => [...own, `${this.id}-error`].filter(Boolean).join(" "),
      changed: (now) => this.#changed(now),
      field: (inner, form) => new Field(inner, form),
      form: this.#form,
    });
    this.control.set(value);
    this.demand(this.#demanded);
    if (stood !== undefined) this.control.stand?.(stood);
    this.place.replaceChildren(this.control.el);
    // What was found wrong and is as it was stands there again; what has been changed since is for the next check.
    this.#told = this.#told.filter(({ problem, on }) => on === this.#spelled(problem) && !this.#form.passed?.(lookOf(problem)));
    for (const told of this.#told) told.go = this.#tell({ ...told.problem, again: true });
  }

  #changed(now) {
    if (!this.#spec.error) this.#drawError("");
    this.#clearNews();
    const values = this.control.values?.() ?? { [this.name]: this.control.value() };
    this.#sent.set(loose(this.control.value()), JSON.stringify(this.control.value() ?? null));
    for (const [field, value] of Object.entries(values)) {
      this.#form.changed(field, value ?? null, now, field === this.name ? this.#version : undefined);
    }
  }

  #left(event) {
    if (this.el.contains(event.relatedTarget)) return;
    for (const field of Object.keys(this.values)) this.#form.left(field);
    setTimeout(() => holdsFocus(this.el) || this.#catchUp(), AFTER_TAP_MS);
  }

  /** What waited while somebody stood in the field. */
  #catchUp() {
    if (this.#incoming !== undefined) this.#weigh(this.#incoming);
    if (this.#shape !== this.#shapeOf(this.#spec)) this.#build(this.#spec, this.control.value());
  }

  /** New rows have their ids: they are the same rows, and their echo under the new ids is still our own. */
  #number(numbers) {
    const known = Object.entries(numbers ?? {});
    if (!known.length) return;
    this.control.renumber?.(numbers);
    for (const spelled of [...this.#sent.values()]) {
      const now = known.reduce((text, [from, to]) => text.replaceAll(`"row_id":"${from}"`, `"row_id":"${to}"`), spelled);
      if (now !== spelled) this.#sent.set(loose(JSON.parse(now)), now);
    }
  }

  /** A new value from the kernel: our own echo, or somebody else's change. */
  #receive(spec) {
    this.#coming = spec.version;
    if (same(spec.value, this.#base)) {
      if (this.#incoming === undefined) this.#version = spec.version;
      return;
    }
    this.#base = spec.value;
    this.#weigh(spec.value);
  }

  #weigh(value) {
    const ours = this.control.value();
    const ownEcho = this.#sent.has(loose(value)) && !isBlank(ours);
    if (loose(value) === loose(ours) || ownEcho || this.control.merge) this.#version = this.#coming;
    if (loose(value) === loose(ours)) return this.#clearNews();
    if (ownEcho) return undefined;
    if (this.control.merge) return this.control.merge(value);
    this.#incoming = value ?? null;
    if (this.#form.waits(this.name)) return undefined;
    if (holdsFocus(this.place)) return this.#drawNews();
    return this.#take();
  }

  #take() {
    const value = this.#incoming;
    this.#version = this.#coming;
    this.#clearNews();
    keepPlace(document.activeElement === document.body ? null : document.activeElement, () => this.control.set(value));
    this.#form.took?.(this.name);
  }

  #clearNews() {
    this.#incoming = undefined;
    this.news.hidden = true;
    this.news.replaceChildren();
  }

  #drawNews() {
    const by = this.#spec.changed_by;
    this.news.replaceChildren(
      h("span", null, by ? t("changed_by", { name: by }) : t("changed")),
      button(t("show"), { look: "quiet", on: () => (this.#take(), this.focus()) }),
    );
    this.news.hidden = false;
  }

  #draw(spec) {
    const note = spec.attribution?.text ?? "";
    if (this.note.textContent !== note) this.note.replaceChildren(...(note ? [h("p", { class: "mira-attribution" }, mark("i"), h("span", null, note))] : []));
    if (spec.error || !this.error.dataset.local) this.#drawError(spec.error);
    if (spec.locked) this.#drawError("");
  }

  #drawError(text) {
    this.error.dataset.local = text && text !== this.#spec?.error ? "yes" : "";
    this.error.replaceChildren(...(text ? [mark("!"), h("span", null, text)] : []));
    this.error.hidden = !text;
    this.el.classList.toggle("mira-wrong", Boolean(text));
    this.control?.wrong?.(Boolean(text));
  }

  #drawCare(problem) {
    const gone = (after) => {
      this.care.hidden = true;
      this.care.replaceChildren();
      after();
    };
    this.care.replaceChildren(
      h("p", { id: `${this.id}-care` }, mark("?"), h("span", null, problem.text)),
      h(
        "div",
        { class: "mira-buttons" },
        button(t("change_it"), { look: "plain", on: () => gone(() => this.focus()) }),
        button(problem.pass_label || t(PASSES[problem.code] ?? "it_is_fine"), {
          look: "plain",
          on: () => gone(() => this.#form.pass(lookOf(problem))),
        }),
      ),
    );
    this.care.hidden = false;
    setAria(this.care, "label", problem.text);
    this.care.setAttribute("role", "group");
  }
}
