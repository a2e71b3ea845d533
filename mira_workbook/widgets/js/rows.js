// A table on a phone: a list of cards of which one is open. Rows are free, fixed, or taken by different people.
import { button, h, holdsFocus, isBlank, keepPlace, randomKey, same } from "./dom.js";
import { Card } from "./card.js";
import { makeBring } from "./bring.js";
import { makeInline } from "./inline.js";
import { drawBulk, drawSuggestions } from "./offers.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const UNDO_MS = 10000;
const ROW_KEY = 8;
// Where there is room, more columns than this stand side by side.
const DENSE = 5;

export class Rows {
  constructor(spec, env) {
    this.spec = spec;
    this.env = env;
    // Who takes a row is said by taking it, not by a field.
    this.columns = spec.columns.filter((column) => !(spec.pen_rows && column.special === "taker"));
    this.cards = [];
    this.opened = null;
    this.list = h("div", { class: "mira-cards" });
    this.offer = h("div", { class: "mira-buttons mira-offer" });
    this.tail = h("div", { class: "mira-buttons mira-tail" });
    this.suggested = h("div", { class: "mira-suggested" });
    this.bring = spec.import_rows && !spec.locked ? makeBring(this) : null;
    const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint);
    const label = spec.label ? h("h2", { class: "mira-head-2", id: `${env.id}-label` }, spec.label) : null;
    const dense = spec.columns.length > DENSE ? " mira-dense" : "";
    this.el = h("div", { class: `mira-rows${dense}`, id: env.id, role: "group", "aria-labelledby": label?.id, "aria-describedby": env.describe(spec.hint && hint.id) }, label, hint, this.offer, this.list, this.suggested, this.tail, this.bring);
  }

  get count() {
    return this.cards.length;
  }

  get free() {
    return !this.spec.fixed && !this.spec.locked;
  }

  number(card) {
    return this.cards.indexOf(card) + 1;
  }

  value() {
    return this.cards.filter((card) => !card.blank).map(({ row }) => ({ row_id: row.row_id, cells: { ...row.cells } }));
  }

  set(value) {
    const known = new Map((value ?? []).map((row) => [row.row_id, row.cells]));
    const rows = this.spec.fixed
      ? this.spec.fixed.map(({ id, label, help }) => ({ row_id: id, label, help, cells: { ...known.get(id) } }))
      : (value ?? []).map(({ row_id, cells }) => ({ row_id, cells: { ...cells } }));
    this.cards = rows.map((row) => this.cards.find((card) => card.row.row_id === row.row_id && card.mode !== "open") ?? new Card(this, row));
    this.cards.forEach((card, i) => Object.assign(card, { row: rows[i], mode: "" }));
    if (!this.cards.includes(this.opened)) this.opened = this.#firstToOpen();
    this.draw();
  }

  /** Which row stands open; nothing where none can. */
  stands() {
    return this.spec.locked ? undefined : { open: this.opened?.row.row_id ?? null, whole: Boolean(this.opened?.whole) };
  }

  stand({ open, whole }) {
    const card = this.cards.find(({ row }) => row.row_id === open) ?? null;
    if (open && !card) return;
    this.opened = card;
    if (card) card.whole = whole;
    this.draw();
  }

  #firstToOpen() {
    if (this.spec.locked) return null;
    if (this.spec.pen_rows) return this.cards.find((card) => this.#taken(card)?.mine && !card.complete) ?? null;
    if (this.spec.fixed) return this.cards.find((card) => !card.complete) ?? null;
    if (this.count === 0 && (this.spec.min ?? 0) > 0) return this.#append();
    return this.count === 1 && !this.cards[0].complete ? this.cards[0] : null;
  }

  #append(cells = {}) {
    const card = new Card(this, { row_id: randomKey(ROW_KEY), cells });
    this.cards.push(card);
    return card;
  }

  #taken(card) {
    return this.spec.taken?.[card.row.row_id];
  }

  update(spec) {
    const before = this.spec.taken ?? {};
    this.spec = spec;
    const gained = this.cards.find((card) => this.#taken(card)?.mine && !before[card.row.row_id]?.mine);
    if (gained && this.asked === gained.row.row_id) {
      this.asked = null;
      this.open(gained);
    } else this.draw();
  }

  /** Rows from elsewhere: the open row keeps what is being typed, the others take what came. */
  merge(value) {
    const incoming = new Map((value ?? []).map((row) => [row.row_id, row.cells]));
    const anchor = holdsFocus(this.el) ? document.activeElement : null;
    keepPlace(anchor, () => {
      this.#adopt(incoming);
      this.cards = this.cards.filter((card) => this.spec.fixed || incoming.has(card.row.row_id) || card === this.opened);
      for (const card of this.cards) if (incoming.has(card.row.row_id)) card.receive(incoming.get(card.row.row_id));
      const here = new Set(this.cards.map((card) => card.row.row_id));
      if (!this.spec.fixed) {
        for (const [row_id, cells] of incoming) if (!here.has(row_id)) this.cards.push(new Card(this, { row_id, cells: { ...cells } }));
      }
      this.draw();
    });
  }

  /** What cannot stay as it is; what is new among it is also said aloud. */
  refuse(refused) {
    if (same(this.spec.refused ?? [], refused)) return;
    const known = new Set((this.spec.refused ?? []).map(({ row, text }) => row + text));
    this.spec = { ...this.spec, refused };
    // Nothing else is drawn: a finger may be on its way to a button of another row.
    keepPlace(this.opened?.el, () => this.#tellRefused());
    for (const { row, text } of refused) if (!known.has(row + text)) say(text, true);
  }

  #tellRefused() {
    for (const card of this.cards) card.refuse((this.spec.refused ?? []).filter(({ row }) => row === card.row.row_id));
  }

  /** A cell was changed: what was said of it waits for the kernel. What was said of others stays, so that nothing moves. */
  reconsider(card, name) {
    const before = this.spec.refused ?? [];
    const refused = before.filter(({ row, column }) => row !== card.row.row_id || (column && column !== name));
    if (refused.length === before.length) return;
    this.spec = { ...this.spec, refused };
    card.refuse(refused.filter(({ row }) => row === card.row.row_id));
  }

  /** New rows have their ids: the cards stay as they are, and so do the focus and what is being typed. */
  renumber(numbers) {
    const before = this.cards;
    for (const card of [...before, ...(this.gone ? [this.gone.card] : [])]) {
      const to = numbers[card.row.row_id];
      if (!to) continue;
      // The row may have come in once more from the kernel, before the page knew that it is this one.
      const twin = this.cards.find((other) => other.row.row_id === to);
      if (twin) this.cards = this.cards.filter((other) => other !== (twin === this.opened ? card : twin));
      card.row.row_id = card.el.dataset.row = to;
    }
    if (this.cards !== before) keepPlace(this.opened?.el, () => this.draw());
  }

  /** A new row may come back under another id: it is still ours. */
  #adopt(incoming) {
    const known = new Set(this.cards.map((card) => card.row.row_id));
    for (const [row_id, cells] of incoming) {
      if (known.has(row_id) || this.spec.fixed) continue;
      const mine = this.cards.find((card) => !incoming.has(card.row.row_id) && JSON.stringify(card.row.cells) === JSON.stringify(cells));
      if (mine) mine.row.row_id = row_id;
    }
  }

  draw() {
    for (const card of this.cards) card.draw(this.#modeOf(card));
    this.#tellRefused();
    const wanted = this.cards.map((card) => card.el);
    if (this.gone) wanted.splice(Math.min(this.gone.at, wanted.length), 0, this.gone.el);
    for (const child of [...this.list.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((child, i) => this.list.children[i] !== child && this.list.insertBefore(child, this.list.children[i] ?? null));
    drawBulk(this);
    drawSuggestions(this);
    this.#drawTail();
  }

  #modeOf(card) {
    if (this.spec.locked) return "read";
    if (this.spec.pen_rows && !this.#taken(card)?.mine) return this.#taken(card) ? "read" : "closed";
    return card === this.opened ? "open" : "closed";
  }

  #drawTail() {
    const room = this.free && this.count < (this.spec.max ?? Infinity);
    const shape = room ? (this.count ? "add_another" : "add_first") : "";
    if (this.tail.dataset.shape === shape) return;
    this.tail.dataset.shape = shape;
    this.tail.replaceChildren(...(room ? [button(t(shape, { word: this.spec.row_word || "row" }), { on: () => this.add(), data: { id: "add" } })] : []));
    this.tail.hidden = !room;
  }

  /** The buttons of an open row, each with a key, so that they are redrawn only when they change. */
  buttonsOf(card) {
    const n = this.number(card);
    const made = [];
    if (this.spec.pen_rows) {
      made.push({ key: "save", label: t("row_save"), on: () => (this.env.form.left(this.spec.field), this.close(card)) });
      made.push({ key: "release", label: t("not_me"), look: "quiet", on: () => this.#press("row:leave", card) });
      return made;
    }
    const next = this.spec.fixed && this.cards.find((other) => other !== card && !other.complete);
    if (next) made.push({ key: next.row.row_id, label: t("row_next", { label: next.title }), on: () => this.open(next) });
    else if (this.count > 1 || this.spec.fixed) made.push({ key: "done", label: t("row_done"), name: `${t("row_done")}: ${card.row.label ?? t("row_name_bare", { n })}`, on: () => this.close(card) });
    if (this.spec.ordered && n > 1) made.push({ key: "up", label: t("up"), name: `${t("up")}: ${t("row_up", { n })}`, on: () => this.shift(card, -1) });
    if (this.spec.ordered && n < this.count) made.push({ key: "down", label: t("down"), name: `${t("down")}: ${t("row_down", { n })}`, on: () => this.shift(card, 1) });
    if (this.free && (this.count > 1 || ((this.spec.min ?? 0) === 0 && !card.blank))) made.push({ key: "remove", label: t("remove"), look: "quiet", name: t("remove_row", { n }), on: () => this.remove(card) });
    return made;
  }

  closedButtons(card) {
    if (this.spec.pen_rows && !this.#taken(card)) {
      const take = () => {
        this.asked = card.row.row_id;
        this.#press("row:take", card);
      };
      return [button(t("i_will"), { name: t("i_will_name", { label: card.title }), on: take, data: { id: `take-${card.row.row_id}` } })];
    }
    const n = this.number(card);
    const empty = card.row.label && !card.rest;
    const name = empty ? t("fill_in_row", { label: card.title }) : card.title ? t("change_row", { n, label: card.title }) : t("change_row_bare", { n });
    return [button(t(empty ? "fill_in" : "change"), { name, on: () => this.open(card) })];
  }

  keeperOf(card) {
    if (!this.spec.pen_rows) return null;
    const taken = this.#taken(card);
    return h("p", { class: "mira-keeper" }, !taken ? t("nobody_yet") : taken.mine ? t("you_keep_it") : t("keeps_it", { name: taken.by }));
  }

  #press(id, card) {
    this.env.form.press(id, card.row.row_id);
  }

  changed(now) {
    this.env.changed(now);
    keepPlace(this.opened?.el, () => drawBulk(this));
  }

  open(card) {
    this.#drop(this.opened, card);
    this.opened = card;
    keepPlace(card.el, () => this.draw());
    card.focus();
  }

  close(card) {
    this.opened = null;
    this.#drop(card);
    this.draw();
    (card.el.isConnected ? card.el.querySelector("button") : this.tail.querySelector("button"))?.focus();
  }

  /** A row that was opened and left blank is no row. */
  #drop(card, next) {
    if (card && card !== next && !this.spec.fixed && card.blank) this.cards = this.cards.filter((other) => other !== card);
  }

  add() {
    this.#drop(this.opened);
    this.opened = this.#append();
    this.draw();
    this.opened.focus();
    say(t("row_added", { n: this.count, max: this.spec.max ?? this.count }));
  }

  /** A row that was offered comes in closed: the next offer stays where it was. */
  take({ label, cells }) {
    this.#drop(this.opened);
    if (!this.cards.includes(this.opened)) this.opened = null;
    this.#append({ ...cells });
    keepPlace(this.suggested, () => this.draw());
    (this.suggested.querySelector("button") ?? this.tail.querySelector("button"))?.focus({ preventScroll: true });
    say(t("suggestion_added", { label, n: this.count }));
    this.changed(true);
  }

  /** Several rows at once, and back again: `cells` by row; a cell that is undefined goes. */
  fill(cells) {
    const before = {};
    for (const card of this.cards.filter(({ row }) => cells[row.row_id])) {
      const { row } = card;
      before[row.row_id] = Object.fromEntries(Object.keys(cells[row.row_id]).map((key) => [key, row.cells[key]]));
      row.cells = Object.fromEntries(Object.entries({ ...row.cells, ...cells[row.row_id] }).filter(([, cell]) => cell !== undefined));
      card.mode = "";
    }
    if (this.opened?.complete) this.opened = this.#firstToOpen();
    keepPlace(this.offer, () => this.draw());
    this.changed(true);
    return before;
  }

  shift(card, by) {
    const i = this.cards.indexOf(card);
    this.cards.splice(i + by, 0, ...this.cards.splice(i, 1));
    keepPlace(card.el, () => this.draw());
    card.focus();
    say(t(by < 0 ? "moved_up" : "moved_down", { n: this.number(card) }));
    this.changed(true);
  }

  clear(card) {
    if (this.spec.fixed || this.count === 1) {
      card.row.cells = {};
      card.mode = "";
      card.mended();
      this.draw();
      card.focus();
      this.changed(true);
    } else this.remove(card);
  }

  remove(card) {
    const at = this.cards.indexOf(card);
    this.cards.splice(at, 1);
    if (this.opened === card) this.opened = null;
    clearTimeout(this.gone?.timer);
    const undo = button(t("undo"), { on: () => this.restore(card, at) });
    const el = h("div", { class: "mira-undo" }, h("span", null, t("row_removed")), undo);
    this.gone = { at, el, card, timer: setTimeout(() => this.#forget(), UNDO_MS) };
    if (this.count === 0 && (this.spec.min ?? 0) > 0) this.opened = this.#append();
    this.draw();
    const next = this.cards[at];
    if (next) next.el.querySelector(".mira-button, .mira-input")?.focus();
    else (this.tail.querySelector("button") ?? undo).focus();
    say(`${t("row_removed")} ${t("undo")}`);
    this.changed(true);
  }

  #forget() {
    const hadFocus = this.gone && holdsFocus(this.gone.el);
    this.gone = null;
    this.draw();
    if (hadFocus) this.tail.querySelector("button")?.focus();
  }

  restore(card, at) {
    clearTimeout(this.gone.timer);
    this.gone = null;
    this.cards = this.cards.filter((other) => !other.blank);
    if (!this.cards.includes(this.opened)) this.opened = null;
    card.mode = "";
    this.cards.splice(at, 0, card);
    this.draw();
    card.el.querySelector("button")?.focus();
    say(t("undone"));
    this.changed(true);
  }

  problem(problem) {
    const card = this.cards.find(({ row }) => row.row_id === problem.row);
    if (!card) return null;
    if (this.opened !== card && !this.spec.pen_rows) {
      // Only one card is open: a second row with a problem keeps its sentence and opens when its link is followed. So
      // does one that somebody has closed since.
      if (this.held || problem.again) {
        card.problem({ ...problem, column: "" });
        return () => (this.open(card), card.mended(), card.problem(problem)());
      }
      this.opened = card;
      this.draw();
    }
    this.held = card;
    card.problem(problem);
    return () => {
      if (this.opened !== card && !this.spec.pen_rows) this.open(card);
      card.lead(problem.column);
    };
  }

  mended() {
    this.held = null;
    for (const card of this.cards) card.mended();
  }

  focus() {
    const target = this.opened ?? this.cards[0];
    if (target && !isBlank(target.el.innerText)) target.focus();
    else this.tail.querySelector("button")?.focus();
  }
}

export function makeRows(spec, env) {
  if (spec.fixed && spec.columns.length === 1 && !spec.pen_rows) return makeInline(spec, env);
  const rows = new Rows(spec, env);
  return {
    el: rows.el,
    value: () => rows.value(),
    set: (value) => rows.set(value),
    update: (now) => rows.update(now),
    merge: (value) => rows.merge(value),
    renumber: (numbers) => rows.renumber(numbers),
    refuse: (refused) => rows.refuse(refused),
    stands: () => rows.stands(),
    stand: (where) => rows.stand(where),
    problem: (problem) => rows.problem(problem),
    mended: () => rows.mended(),
    focus: () => rows.focus(),
  };
}
