// Every idea is already on the list: tick twins and merge them, set one aside with a reason, change a wording, move a row
// to another group, mark the main one or those that go on.
import { button, h, holdsFocus, isBlank, keepPlace, randomKey, setText } from "./dom.js";
import { sideBySide } from "./alike.js";
import { drawAside, drawCard, drawFault } from "./mergecard.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const ROW_KEY = 8;
const UNDO_MS = 10000;

export class Merge {
  constructor(spec, env) {
    this.spec = spec;
    this.env = env;
    this.label = spec.label_field ?? "label";
    this.from = spec.merged_field ?? "merged_from";
    this.aside = spec.aside_field;
    this.columns = spec.columns ?? [];
    this.main = this.#special("only_one");
    this.picks = this.#special("tick");
    this.group = this.columns.find(({ field }) => field === spec.group);
    const own = [this.from, this.main?.field, this.picks?.field, spec.group, spec.origin_field];
    /** What is changed on an opened card; of these, and of where a row was named, a closed card shows what it holds. */
    this.words = this.columns.filter(({ field }) => !own.includes(field));
    this.quiet = this.columns.filter((column) => column.field !== this.label && (this.words.includes(column) || column.field === spec.origin_field));
    this.ideas = new Map(spec.proposals.map((proposal) => [proposal.id, proposal]));
    this.ticked = new Set();
    this.faults = new Map();
    this.fields = new Map();
    this.state = { rows: [], aside: [] };
    this.open = null;
    this.count = h("p", { class: "mira-hint", id: `${env.id}-count` });
    this.tally = h("p", { class: "mira-picked", id: `${env.id}-tally`, hidden: true });
    this.list = h("div", { class: this.group ? "mira-groups" : "mira-cards" });
    this.act = h("div", { class: "mira-buttons mira-merge-act" });
    this.told = h("p", { class: "mira-picked", hidden: true });
    this.off = h("div", { class: "mira-off" });
    const hint = spec.hint || (spec.locked ? "" : t("merge_tick"));
    this.el = h(
      "fieldset",
      { class: "mira-merge", id: env.id, "aria-describedby": env.describe(this.count.id, this.picks && this.tally.id) },
      h("legend", { class: "mira-label" }, spec.label),
      h("p", { class: "mira-hint", hidden: !hint }, hint),
      this.count,
      this.tally,
      this.list,
      this.act,
      this.told,
      this.off,
    );
  }

  #special(name) {
    return this.columns.find(({ special }) => special === name);
  }

  set(value) {
    const rows = Array.isArray(value) ? value : (value?.rows ?? []);
    const aside = value?.aside ?? this.spec.aside ?? [];
    const placed = new Set([...rows.flatMap((row) => row.cells[this.from] ?? []), ...aside.map((row) => row.cells.proposal)]);
    const missing = this.spec.proposals.filter(({ id }) => !placed.has(id));
    // An idea that stands nowhere yet is a row of its own.
    const own = missing.map(({ id }) => ({ row_id: randomKey(ROW_KEY), cells: this.#own(id) }));
    this.state = structuredClone({ rows: [...rows, ...own], aside });
    this.order = this.#groups().flatMap(({ rows: of }) => sideBySide(of.map((row) => ({ id: row.row_id, text: row.cells[this.label] }))));
    this.ticked.clear();
    this.open = null;
    this.draw();
  }

  /** Which card is open and what is ticked; nothing where nothing can be. */
  stands() {
    return this.spec.locked ? undefined : { open: this.open && { row: this.open.row.row_id, what: this.open.what }, ticked: [...this.ticked] };
  }

  stand({ open, ticked }) {
    const rows = new Map(this.state.rows.map((row) => [row.row_id, row]));
    this.open = open && rows.has(open.row) ? { row: rows.get(open.row), what: open.what } : null;
    this.ticked = new Set(ticked.filter((row) => rows.has(row)));
    this.draw();
  }

  /** The cells of a row made of one idea. */
  #own(id) {
    const { label = id, cells = {} } = this.ideas.get(id) ?? {};
    return { [this.label]: label, ...structuredClone(cells), [this.from]: [id] };
  }

  /** The rows by the value of their group, in the order of its options; those that have none yet come first. */
  #groups() {
    const { rows } = this.state;
    if (!this.group) return [{ rows }];
    const at = (row) => row.cells[this.group.field];
    const known = new Set(this.group.options.map(({ id }) => id));
    const unplaced = rows.filter((row) => !known.has(at(row)));
    const groups = this.group.options.map((option) => ({ option, rows: rows.filter((row) => at(row) === option.id) }));
    return unplaced.length ? [{ option: { id: "", label: t("no_group_yet") }, rows: unplaced }, ...groups] : groups;
  }

  get room() {
    return this.spec.added && !this.spec.locked && this.state.rows.length < (this.spec.max ?? Infinity);
  }

  draw() {
    const { rows, aside } = this.state;
    const n = rows.length;
    setText(this.count, t(this.spec.min && this.spec.max ? "on_the_list" : "on_the_list_alone", { n, min: this.spec.min, max: this.spec.max }));
    const ranks = new Map(this.order.map(({ id }, i) => [id, i]));
    const rank = (row) => ranks.get(row.row_id) ?? this.order.length;
    const groups = this.#groups().map((group) => ({ ...group, rows: [...group.rows].sort((a, b) => rank(a) - rank(b)) }));
    this.shown = groups.flatMap((group) => group.rows);
    this.fields.clear();
    this.list.replaceChildren(...groups.flatMap((group) => (group.option ? [this.#drawGroup(group)] : this.#cards(group))));
    this.off.replaceChildren(...(aside.length ? [h("h3", { class: "mira-head-3" }, t("set_aside_list")), ...aside.map((row) => drawAside(this, row))] : []));
    this.#drawAct();
    this.#drawPicked();
  }

  #drawGroup(group) {
    const { option, rows } = group;
    const head = h("h3", { class: "mira-head-3" }, option.label, h("span", { class: "mira-optional" }, ` · ${rows.length}`));
    const nothing = rows.length ? null : h("p", { class: "mira-hint" }, t("row_empty"));
    return h("section", { class: "mira-group", data: { group: option.id } }, head, nothing, h("div", { class: "mira-cards" }, this.#cards(group)));
  }

  #cards({ option, rows }) {
    const cards = rows.map((row) => drawCard(this, row));
    const gone = this.gone && (!option || (this.gone.row.cells[this.group.field] ?? "") === option.id) ? [this.gone.el] : [];
    const word = this.spec.row_word || "row";
    const label = t(rows.length && !option ? "add_another" : "add_first", { word });
    const add = this.room && option?.id !== "" ? [button(label, { look: option ? "quiet" : "plain", name: option && `${label}: ${option.label}`, on: () => this.add(option), data: { act: "add" } })] : [];
    return [...cards, ...gone, ...add];
  }

  #drawAct() {
    this.act.hidden = Boolean(this.spec.locked);
    const n = this.ticked.size;
    const label = n > 1 ? t("merge_these", { n }) : t("merge_none");
    this.act.replaceChildren(button(label, { disabled: n < 2, on: () => this.merge(), data: { id: "merge" } }));
  }

  get picked() {
    return this.state.rows.filter((row) => row.cells[this.picks?.field] === true).length;
  }

  #drawPicked() {
    if (!this.picks) return;
    const { low, high } = this.spec.picked ?? {};
    const n = this.picked;
    // The list is long: how many are ticked stands above it and below it.
    for (const told of [this.tally, this.told]) {
      setText(told, t(high ? "ticked_of" : "ticked_n", { n, min: low, max: high }));
      told.classList.toggle("mira-over", Boolean(high && n > high));
    }
  }

  cardOf(row) {
    return this.list.querySelector(`[data-row="${CSS.escape(row.row_id)}"]`);
  }

  /** New rows have their ids: their cards stay as they are. */
  renumber(numbers) {
    for (const row of [...this.state.rows, ...(this.gone ? [this.gone.row] : [])]) {
      const [from, to] = [row.row_id, numbers[row.row_id]];
      if (!to) continue;
      const card = this.cardOf(row);
      row.row_id = to;
      if (card) card.dataset.row = to;
      if (this.ticked.delete(from)) this.ticked.add(to);
      for (const one of this.order) if (one.id === from) one.id = to;
    }
  }

  /** A cell was changed on its card; the name of a row is never blank. */
  word(row, key, value, now) {
    if (!isBlank(value)) row.cells[key] = value;
    else if (key !== this.label || this.spec.added) delete row.cells[key];
    this.faults.delete(row.row_id);
    this.env.changed(now);
  }

  tick(row, on) {
    if (on) this.ticked.add(row.row_id);
    else this.ticked.delete(row.row_id);
    this.#drawAct();
  }

  /** Marks a row, or takes its mark away; of the main one there is exactly one. */
  mark(row, column, on) {
    if (column === this.main) for (const other of this.state.rows) delete other.cells[column.field];
    if (on) row.cells[column.field] = true;
    else delete row.cells[column.field];
    this.#drawPicked();
    if (column === this.picks && this.spec.picked && this.picked >= this.spec.picked.high) say(this.told.textContent);
    this.env.changed(true);
  }

  unfold(row, what) {
    this.#dropBlank(row);
    this.open = { row, what };
    keepPlace(this.cardOf(row), () => this.draw());
    this.cardOf(row).querySelector(".mira-unfolded :is(input,textarea,select,button)").focus({ preventScroll: true });
  }

  fold(act) {
    const { row } = this.open;
    this.open = null;
    this.#dropBlank();
    keepPlace(this.cardOf(row), () => this.draw());
    const back = this.cardOf(row)?.querySelector(`[data-act="${act}"]`) ?? this.list.querySelector('[data-act="add"]');
    back?.focus({ preventScroll: true });
  }

  /** A row that was added and left without a name is no row. */
  #dropBlank(next) {
    this.state.rows = this.state.rows.filter((row) => row === next || !isBlank(row.cells[this.label]) || row.cells[this.from]?.length);
  }

  /** The first one keeps its name and its group; what the others hold besides fills what it lacks. */
  merge() {
    const [first, ...more] = this.shown.filter((row) => this.ticked.has(row.row_id));
    for (const { field, kind } of this.columns) {
      const held = [first, ...more].map((row) => row.cells[field]).filter((cell) => !isBlank(cell));
      if (field === this.from) first.cells[field] = held.flat();
      else if (held.length) first.cells[field] = kind === "long" ? [...new Set(held)].join(" · ") : held[0];
    }
    this.state.rows = this.state.rows.filter((row) => !more.includes(row));
    this.ticked.clear();
    this.#done(first, t("merged", { label: first.cells[this.label], n: first.cells[this.from]?.length ?? 0 }));
  }

  split(row) {
    const [first, ...more] = row.cells[this.from];
    const stays = [this.label, this.main?.field, this.picks?.field, this.group?.field].filter((key) => key && key in row.cells);
    row.cells = { ...this.#own(first), ...Object.fromEntries(stays.map((key) => [key, row.cells[key]])) };
    const group = this.group && row.cells[this.group.field] ? { [this.group.field]: row.cells[this.group.field] } : {};
    const rows = more.map((id) => ({ row_id: randomKey(ROW_KEY), cells: { ...group, ...this.#own(id) } }));
    this.state.rows.splice(this.state.rows.indexOf(row) + 1, 0, ...rows);
    const at = this.order.findIndex(({ id }) => id === row.row_id) + 1;
    this.order.splice(at, 0, ...rows.map(({ row_id }) => ({ id: row_id, alike: true })));
    this.#done(row, t("taken_apart"));
  }

  /** To another group. Who moves it by keys goes with it; under a thumb the page stays where it is. */
  move(row, group, { follow = false } = {}) {
    const at = this.shown.indexOf(row);
    const near = this.shown[at + 1] ?? this.shown[at - 1];
    row.cells[this.group.field] = group;
    this.order = [...this.order.filter(({ id }) => id !== row.row_id), { id: row.row_id, alike: false }];
    this.faults.delete(row.row_id);
    const top = near && this.cardOf(near).getBoundingClientRect().top;
    this.draw();
    const select = this.cardOf(row).querySelector("select");
    select.focus({ preventScroll: !follow });
    if (!follow && near && this.shown.indexOf(near) > this.shown.indexOf(row)) {
      window.scrollBy({ top: this.cardOf(near).getBoundingClientRect().top - top, behavior: "instant" });
    }
    say(t("moved_to", { label: row.cells[this.label], group: this.group.options.find(({ id }) => id === group)?.label ?? "" }));
    this.env.changed(true);
  }

  put(row, why) {
    this.open = null;
    const { [this.label]: label, [this.from]: from = [] } = row.cells;
    this.state.rows = this.state.rows.filter((other) => other !== row);
    this.ticked.delete(row.row_id);
    for (const proposal of from) this.state.aside.push({ row_id: randomKey(ROW_KEY), cells: { proposal, why } });
    const next = this.shown[this.shown.indexOf(row) + 1] ?? this.shown[this.shown.indexOf(row) - 1];
    this.#done(next, t("set_aside_done", { label }));
  }

  putBack(row, label) {
    this.state.aside = this.state.aside.filter((other) => other !== row);
    const back = { row_id: randomKey(ROW_KEY), cells: { ...this.#own(row.cells.proposal), [this.label]: label } };
    this.state.rows.push(back);
    this.order.push({ id: back.row_id, alike: false });
    this.#done(back, t("put_back_done", { label }));
  }

  /** A row that nobody brought. */
  add(option) {
    this.#dropBlank();
    const row = { row_id: randomKey(ROW_KEY), cells: { ...this.spec.added, ...(option ? { [this.group.field]: option.id } : {}) } };
    this.state.rows.push(row);
    this.order.push({ id: row.row_id, alike: false });
    this.unfold(row, "wording");
  }

  remove(row) {
    clearTimeout(this.gone?.timer);
    this.open = null;
    const at = this.state.rows.indexOf(row);
    this.state.rows.splice(at, 1);
    this.ticked.delete(row.row_id);
    const undo = button(t("undo"), { on: () => this.restore(row, at) });
    const el = h("div", { class: "mira-undo" }, h("span", null, t("row_removed")), undo);
    this.gone = { row, el, timer: setTimeout(() => this.#forget(), UNDO_MS) };
    this.draw();
    undo.focus({ preventScroll: true });
    say(`${t("row_removed")} ${t("undo")}`);
    this.env.changed(true);
  }

  #forget() {
    const { el } = this.gone;
    const had = holdsFocus(el);
    const next = had ? (el.nextElementSibling ?? el.previousElementSibling)?.querySelector("input,button") : null;
    this.gone = null;
    el.remove();
    next?.focus({ preventScroll: true });
  }

  restore(row, at) {
    clearTimeout(this.gone.timer);
    this.gone = null;
    this.state.rows.splice(at, 0, row);
    this.#done(row, t("undone"));
  }

  #done(row, sentence) {
    this.faults.clear();
    this.draw();
    if (row) this.cardOf(row)?.querySelector("input,button")?.focus();
    say(sentence);
    this.env.changed(true);
  }

  /** What is wrong with a row stands on its card, and at its field where the card is open. */
  problem(problem) {
    const row = this.state.rows.find(({ row_id }) => row_id === problem.row);
    if (!row) return null;
    const inside = this.words.some(({ field }) => field === problem.column);
    if (inside && !this.open && !this.spec.locked && !problem.again) {
      this.open = { row, what: "wording" };
      this.draw();
    }
    if (inside && this.open?.row === row) return this.fields.get(problem.column).problem(problem);
    this.faults.set(row.row_id, problem.text);
    drawFault(this, row, this.cardOf(row).querySelector(".mira-error"));
    return () => this.cardOf(row).querySelector(inside ? "[data-act]" : "select,input,button")?.focus();
  }

  mended() {
    if (this.faults.size) this.faults.clear(), this.draw();
    for (const field of this.fields.values()) field.mended();
  }
}

export function makeMerge(spec, env) {
  const merge = new Merge(spec, env);
  let now = spec;
  return {
    el: merge.el,
    value: () => merge.state.rows,
    values: () => ({ [spec.field]: merge.state.rows, ...(merge.aside ? { [merge.aside]: merge.state.aside } : {}) }),
    set: (value) => merge.set({ rows: value ?? [], aside: now.aside }),
    update: (next) => (now = next),
    renumber: (numbers) => merge.renumber(numbers),
    restore: (kept) => merge.set({ rows: kept[spec.field] ?? merge.state.rows, aside: kept[merge.aside] ?? merge.state.aside }),
    stands: () => merge.stands(),
    stand: (where) => merge.stand(where),
    problem: (problem) => merge.problem(problem),
    mended: () => merge.mended(),
    focus: () => merge.list.querySelector("input,button")?.focus(),
  };
}
