// Every proposal is already on the list: tick twins and merge them, set one aside with a reason, change a wording.
import { button, h, keepPlace, randomKey } from "./dom.js";
import { makeEntry } from "./entry.js";
import { sideBySide } from "./alike.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const ROW_KEY = 8;
const OWN_REASONS = ["set_aside_1", "set_aside_2", "set_aside_3"];

class Merge {
  constructor(spec, env) {
    this.spec = spec;
    this.env = env;
    this.aside = spec.aside_field ?? "set_aside";
    this.ideas = new Map(spec.proposals.map((proposal) => [proposal.id, proposal]));
    this.ticked = new Set();
    this.state = { rows: [], aside: [] };
    this.open = null;
    this.count = h("p", { class: "mira-hint", id: `${env.id}-count` });
    this.list = h("div", { class: "mira-cards" });
    this.act = h("div", { class: "mira-buttons mira-merge-act" });
    this.off = h("div", { class: "mira-off" });
    const hint = spec.hint || (spec.locked ? "" : t("merge_tick"));
    this.el = h(
      "fieldset",
      { class: "mira-merge", id: env.id, "aria-describedby": env.describe(this.count.id) },
      h("legend", { class: "mira-label" }, spec.label),
      h("p", { class: "mira-hint", hidden: !hint }, hint),
      this.count,
      this.list,
      this.act,
      this.off,
    );
  }

  set(value) {
    const rows = Array.isArray(value) ? value : (value?.rows ?? []);
    const aside = value?.aside ?? this.spec.aside ?? [];
    const placed = new Set([...rows.flatMap((row) => row.cells.merged_from ?? []), ...aside.map((row) => row.cells.proposal)]);
    const missing = this.spec.proposals.filter(({ id }) => !placed.has(id));
    // A proposal that stands nowhere yet is a candidate of its own.
    const own = missing.map(({ id, label, about }) => ({ row_id: randomKey(ROW_KEY), cells: { label, ...(about ? { about } : {}), merged_from: [id] } }));
    this.state = structuredClone({ rows: [...rows, ...own], aside });
    this.order = sideBySide(this.state.rows.map((row) => ({ id: row.row_id, text: row.cells.label })));
    this.ticked.clear();
    this.draw();
  }

  draw() {
    const { rows, aside } = this.state;
    const n = rows.length;
    this.count.textContent = t(this.spec.min && this.spec.max ? "on_the_list" : "on_the_list_alone", { n, min: this.spec.min, max: this.spec.max });
    const ranks = new Map(this.order.map(({ id }, i) => [id, i]));
    const rank = (row) => ranks.get(row.row_id) ?? this.order.length;
    this.shown = [...rows].sort((a, b) => rank(a) - rank(b));
    this.list.replaceChildren(...this.shown.map((row) => this.#card(row)));
    this.off.replaceChildren(...(aside.length ? [h("h3", { class: "mira-head-3" }, t("set_aside_list")), ...aside.map((row) => this.#asideCard(row))] : []));
    this.#drawAct();
  }

  #drawAct() {
    this.act.hidden = Boolean(this.spec.locked);
    const n = this.ticked.size;
    const label = n > 1 ? t("merge_these", { n }) : t("merge_none");
    this.act.replaceChildren(button(label, { disabled: n < 2, on: () => this.merge(), data: { id: "merge" } }));
  }

  #card(row) {
    const { label, about, merged_from: from = [] } = row.cells;
    const id = `${this.env.id}-${row.row_id}`;
    const tick = h("input", { type: "checkbox", id, checked: this.ticked.has(row.row_id), on: { change: (event) => this.tick(row, event.target.checked) } });
    const twin = this.order.find((one) => one.id === row.row_id)?.alike && this.state.rows.length > 1;
    const words = h(
      "span",
      { class: "mira-option-words" },
      h("span", { class: "mira-card-title" }, label),
      about ? h("span", { class: "mira-help", id: `${id}-about` }, about) : null,
      from.length > 1 ? h("span", { class: "mira-tag" }, t("from_ideas", { n: from.length })) : null,
      twin && from.length === 1 ? h("span", { class: "mira-tag mira-alike" }, t("alike")) : null,
    );
    const head = this.spec.locked ? h("div", { class: "mira-option" }, words) : h("label", { class: "mira-option", htmlFor: id }, tick, words);
    return h(
      "div",
      { class: "mira-card mira-merge-card", role: "group", "aria-label": label, data: { row: row.row_id } },
      head,
      this.spec.locked ? null : this.open?.row === row ? this.#opened(row) : this.#buttons(row),
    );
  }

  #buttons(row) {
    const { label, merged_from: from = [] } = row.cells;
    return h(
      "div",
      { class: "mira-buttons mira-small" },
      button(t("change_wording"), { look: "quiet", name: t("change_wording_name", { label }), on: () => this.unfold(row, "wording"), data: { act: "wording" } }),
      from.length > 1 ? button(t("take_apart"), { look: "quiet", name: t("take_apart_name", { label }), on: () => this.split(row) }) : null,
      button(t("set_aside"), { look: "quiet", name: t("set_aside_name", { label }), on: () => this.unfold(row, "aside"), data: { act: "aside" } }),
    );
  }

  #opened(row) {
    return this.open.what === "wording" ? this.#wording(row) : this.#reasons(row);
  }

  #entry(row, key, spec) {
    const entry = makeEntry({ field: key, required: key === "label", ...spec }, { ...this.env, id: `${this.env.id}-${row.row_id}-${key}`, describe: (...ids) => ids.filter(Boolean).join(" "), changed: () => this.#word(row, key, entry.value()) });
    entry.set(row.cells[key]);
    return entry;
  }

  #word(row, key, text) {
    if (text.trim()) row.cells[key] = text;
    else if (key !== "label") delete row.cells[key];
    this.env.changed();
  }

  #wording(row) {
    const column = (key, fallback) => this.spec.columns?.find(({ field }) => field === key) ?? fallback;
    const label = this.#entry(row, "label", column("label", { kind: "text", label: t("change_wording"), max: 80 }));
    const about = column("about") ? this.#entry(row, "about", column("about")) : null;
    return h("div", { class: "mira-unfolded" }, label.el, about?.el, h("div", { class: "mira-buttons" }, button(t("keep_wording"), { on: () => this.fold("wording") })));
  }

  #reasons(row) {
    const own = makeEntry(
      { field: "why", kind: "text", label: t("set_aside_other"), max: 120, required: true },
      { ...this.env, id: `${this.env.id}-${row.row_id}-why`, describe: (...ids) => ids.filter(Boolean).join(" "), changed: () => (go.disabled = !own.value().trim()) },
    );
    const go = button(t("set_aside"), { disabled: true, on: () => this.put(row, this.spec.reasons ? { id: "other", other_text: own.value().trim() } : own.value().trim()) });
    return h(
      "div",
      { class: "mira-unfolded", role: "group", "aria-label": t("set_aside_why") },
      h("p", { class: "mira-label" }, t("set_aside_why")),
      h("div", { class: "mira-buttons mira-reasons" }, this.#ready.map(({ id, label }) => button(label, { on: () => this.put(row, id) }))),
      own.el,
      h("div", { class: "mira-buttons" }, go, button(t("cancel"), { look: "quiet", on: () => this.fold("aside") })),
    );
  }

  /** Ready reasons: the workbook's own, else ours. */
  get #ready() {
    return this.spec.reasons ?? OWN_REASONS.map((key) => ({ id: t(key), label: t(key) }));
  }

  #reason(why) {
    return why?.other_text ?? this.#ready.find(({ id }) => id === why)?.label ?? String(why ?? "");
  }

  #asideCard(row) {
    const label = this.ideas.get(row.cells.proposal)?.label ?? row.cells.proposal;
    const back = this.spec.locked ? null : button(t("put_back"), { name: t("put_back_name", { label }), on: () => this.putBack(row, label) });
    return h("div", { class: "mira-card", role: "group", "aria-label": label }, h("div", { class: "mira-card-words" }, h("p", { class: "mira-card-title" }, label), h("p", { class: "mira-card-rest" }, this.#reason(row.cells.why))), back);
  }

  #cardOf(row) {
    return this.list.querySelector(`[data-row="${CSS.escape(row.row_id)}"]`);
  }

  tick(row, on) {
    if (on) this.ticked.add(row.row_id);
    else this.ticked.delete(row.row_id);
    this.#drawAct();
  }

  unfold(row, what) {
    this.open = { row, what };
    keepPlace(this.#cardOf(row), () => this.draw());
    this.#cardOf(row).querySelector(".mira-unfolded :is(input,textarea,button)").focus({ preventScroll: true });
  }

  fold(act) {
    const { row } = this.open;
    this.open = null;
    keepPlace(this.#cardOf(row), () => this.draw());
    this.#cardOf(row).querySelector(`[data-act="${act}"]`).focus({ preventScroll: true });
  }

  merge() {
    const [first, ...more] = this.shown.filter((row) => this.ticked.has(row.row_id));
    const abouts = [first, ...more].map((row) => row.cells.about).filter(Boolean);
    first.cells.merged_from = [first, ...more].flatMap((row) => row.cells.merged_from ?? []);
    if (abouts.length) first.cells.about = [...new Set(abouts)].join(" · ");
    this.state.rows = this.state.rows.filter((row) => !more.includes(row));
    this.ticked.clear();
    this.#done(first, t("merged", { label: first.cells.label, n: first.cells.merged_from.length }));
  }

  split(row) {
    const [first, ...more] = row.cells.merged_from;
    const own = (id) => ({ label: this.ideas.get(id)?.label ?? id, ...(this.ideas.get(id)?.about ? { about: this.ideas.get(id).about } : {}), merged_from: [id] });
    row.cells = { ...own(first), label: row.cells.label };
    const rows = more.map((id) => ({ row_id: randomKey(ROW_KEY), cells: own(id) }));
    this.state.rows.splice(this.state.rows.indexOf(row) + 1, 0, ...rows);
    const at = this.order.findIndex(({ id }) => id === row.row_id) + 1;
    this.order.splice(at, 0, ...rows.map(({ row_id }) => ({ id: row_id, alike: true })));
    this.#done(row, t("taken_apart"));
  }

  put(row, why) {
    this.open = null;
    const { label, merged_from: from = [] } = row.cells;
    this.state.rows = this.state.rows.filter((other) => other !== row);
    this.ticked.delete(row.row_id);
    for (const proposal of from) this.state.aside.push({ row_id: randomKey(ROW_KEY), cells: { proposal, why } });
    const next = this.shown[this.shown.indexOf(row) + 1] ?? this.shown[this.shown.indexOf(row) - 1];
    this.#done(next, t("set_aside_done", { label }));
  }

  putBack(row, label) {
    const idea = this.ideas.get(row.cells.proposal);
    this.state.aside = this.state.aside.filter((other) => other !== row);
    const back = { row_id: randomKey(ROW_KEY), cells: { label, ...(idea?.about ? { about: idea.about } : {}), merged_from: [row.cells.proposal] } };
    this.state.rows.push(back);
    this.order.push({ id: back.row_id, alike: false });
    this.#done(back, t("put_back_done", { label }));
  }

  #done(row, sentence) {
    this.draw();
    if (row) this.#cardOf(row)?.querySelector("input,button")?.focus();
    say(sentence);
    this.env.changed(true);
  }
}

export function makeMerge(spec, env) {
  const merge = new Merge(spec, env);
  let now = spec;
  return {
    el: merge.el,
    value: () => merge.state.rows,
    values: () => ({ [spec.field]: merge.state.rows, [merge.aside]: merge.state.aside }),
    set: (value) => merge.set({ rows: value ?? [], aside: now.aside }),
    update: (next) => (now = next),
    restore: (kept) => merge.set({ rows: kept[spec.field] ?? merge.state.rows, aside: kept[merge.aside] ?? merge.state.aside }),
    focus: () => merge.list.querySelector("input,button")?.focus(),
  };
}
