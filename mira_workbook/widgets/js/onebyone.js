// A table one row at a time: a big title, what is asked of it, and where one is; at the end all rows to look over.
import { button, focusOn, h, holdsFocus, isBlank, keepPlace, setText } from "./dom.js";
import { Card } from "./card.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

// A tap is seen before the next row comes, and a second tap of the same finger does not answer that one.
const SEEN_MS = 350;
const TAP_MS = 1000;

class OneByOne {
  constructor(spec, env) {
    this.spec = spec;
    this.env = env;
    this.columns = spec.columns;
    this.cards = [];
    this.at = 0;
    this.tapped = -Infinity;
    this.where = h("p", { class: "mira-card-count" });
    this.over = h("h2", { class: "mira-head-2", tabIndex: -1 }, t("look_over_head"));
    this.missing = h("p", { class: "mira-missing", hidden: true });
    this.list = h("div", { class: "mira-cards" });
    this.back = button(t("back"), { look: "quiet", on: () => this.turn(this.at - 1, { back: true }), data: { id: "one_back" } });
    this.way = h("div", { class: "mira-buttons mira-way" }, this.back);
    const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint);
    this.el = h("div", { class: "mira-one", id: env.id, role: "group", "aria-label": spec.label, "aria-describedby": env.describe(spec.hint && hint.id) }, hint, this.where, this.over, this.missing, this.list, this.way);
    this.el.addEventListener("pointerup", () => (this.tapped = Date.now()));
    this.el.addEventListener("keydown", (event) => this.#keyed(event));
  }

  // what a card asks of its table

  get count() {
    return this.cards.length;
  }

  number(card) {
    return this.cards.indexOf(card) + 1;
  }

  /** The row's name, large. */
  head({ row }) {
    return h("h2", { class: "mira-head-2 mira-one-head", tabIndex: -1 }, row.label);
  }

  buttonsOf() {
    return [];
  }

  closedButtons(card) {
    const key = card.complete ? "change" : "fill_in";
    const name = card.complete ? t("change_row", { n: this.number(card), label: card.title }) : t("fill_in_row", { label: card.title });
    return [button(t(key), { name, on: () => this.turn(this.cards.indexOf(card)) })];
  }

  keeperOf() {
    return null;
  }

  clear(card) {
    card.row.cells = {};
    card.mode = "";
    card.mended();
    this.draw();
    this.changed(true);
  }

  changed(now) {
    this.env.changed(now);
    if (this.#goesOn && now && Date.now() - this.tapped < TAP_MS && this.current?.complete) this.#later();
  }

  open(card) {
    this.turn(this.cards.indexOf(card));
  }

  // where one is

  get current() {
    return this.spec.locked ? null : (this.cards[this.at] ?? null);
  }

  /** With one choice to make, a tap is all there is to do. */
  get #goesOn() {
    const [only, ...more] = this.columns;
    return only.control === "choice" && ["one", "rate"].includes(only.kind) && only.required && !only.other && more.length === 0;
  }

  #later() {
    clearTimeout(this.soon);
    const { at } = this;
    this.soon = setTimeout(() => this.at === at && this.current?.complete && this.turn(at + 1), SEEN_MS);
  }

  /** A row, or what follows the last one; forward to its title, back to what was chosen. */
  turn(to, { back = false } = {}) {
    clearTimeout(this.soon);
    this.at = Math.max(0, Math.min(to, this.count));
    this.draw();
    this.env.form.turned?.();
    const { current } = this;
    say(current ? `${this.where.textContent}. ${current.title}` : t("look_over_head"));
    if (current && back) current.focus();
    else {
      const head = current ? current.el.querySelector("h2") : this.over;
      const { top } = head.getBoundingClientRect();
      focusOn(head, { top: top < 0 || top > innerHeight / 2 });
    }
    // The same finger, once more, means the row that is gone.
    this.list.classList.add("mira-settling");
    setTimeout(() => this.list.classList.remove("mira-settling"), SEEN_MS);
  }

  #keyed(event) {
    this.tapped = -Infinity;
    if (event.key === "Enter" && event.target.matches("input[type=radio]") && this.current?.complete) {
      event.preventDefault();
      this.turn(this.at + 1);
    }
  }

  get pending() {
    const { current } = this;
    if (!current) return null;
    const next = this.cards[this.at + 1];
    return { label: next ? t("next_named", { label: next.title }) : t("look_over"), go: () => this.turn(this.at + 1) };
  }

  // values

  value() {
    return this.cards.filter((card) => !card.blank).map(({ row }) => ({ row_id: row.row_id, cells: { ...row.cells } }));
  }

  set(value) {
    const known = new Map((value ?? []).map((row) => [row.row_id, row.cells]));
    this.cards = (this.spec.fixed ?? []).map(({ id, label, help }) => new Card(this, { row_id: id, label, help, cells: { ...known.get(id) } }));
    const open = this.cards.findIndex((card) => !card.complete);
    this.at = open < 0 ? this.count : open;
    this.draw();
  }

  /** Which row is open, null after the last; nothing where none can be. */
  stands() {
    return this.spec.locked ? undefined : (this.current?.row.row_id ?? null);
  }

  stand(open) {
    const at = open === null ? this.count : this.cards.findIndex(({ row }) => row.row_id === open);
    if (at < 0) return;
    this.at = at;
    this.draw();
  }

  /** Rows from elsewhere: the row that is open keeps what is being chosen. */
  merge(value) {
    const incoming = new Map((value ?? []).map((row) => [row.row_id, row.cells]));
    for (const card of this.cards) if (incoming.has(card.row.row_id)) card.receive(incoming.get(card.row.row_id));
    const anchor = holdsFocus(this.el) ? document.activeElement : null;
    keepPlace(anchor, () => this.draw());
  }

  draw() {
    const { current } = this;
    const shown = current ? [current] : this.cards;
    for (const card of shown) card.draw(this.spec.locked ? "read" : current ? "open" : "closed");
    for (const card of this.cards) if (!shown.includes(card)) card.mode = "";
    this.list.replaceChildren(...shown.map((card) => card.el));
    const open = this.cards.filter((card) => !card.complete);
    setText(this.where, current ? t("of_all", { n: this.at + 1, of: this.count }) : "");
    setText(this.missing, !current && !this.spec.locked && open.length ? t("not_yet", { labels: open.map((card) => card.title).join(" · ") }) : "");
    this.over.hidden = Boolean(current) || Boolean(this.spec.locked);
    this.way.hidden = this.at === 0 || Boolean(this.spec.locked);
  }

  problem(problem) {
    const card = this.cards.find(({ row }) => row.row_id === problem.row);
    if (!card || this.spec.locked) return null;
    if ((this.held && this.held !== card) || (problem.again && this.current !== card)) {
      // One row is open at a time: another with a problem opens when its link is followed.
      card.problem({ ...problem, column: "" });
      return () => (this.turn(this.cards.indexOf(card)), card.mended(), card.problem(problem)());
    }
    this.held = card;
    this.at = this.cards.indexOf(card);
    this.draw();
    this.env.form.turned?.();
    return card.problem(problem);
  }

  mended() {
    this.held = null;
    for (const card of this.cards) card.mended();
  }

  focus() {
    const { current } = this;
    if (current && !isBlank(current.row.label)) current.focus();
    else this.list.querySelector("button")?.focus();
  }
}

export function makeOneByOne(spec, env) {
  const one = new OneByOne(spec, env);
  return {
    el: one.el,
    value: () => one.value(),
    set: (value) => one.set(value),
    update: (now) => (one.spec = now),
    merge: (value) => one.merge(value),
    stands: () => one.stands(),
    stand: (open) => one.stand(open),
    pending: () => one.pending,
    problem: (problem) => one.problem(problem),
    mended: () => one.mended(),
    focus: () => one.focus(),
  };
}
