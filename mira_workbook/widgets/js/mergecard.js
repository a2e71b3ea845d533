// One row of a list that is being merged: what it says, what may be done with it, and the opened parts of it.
import { button, h, mark } from "./dom.js";
import { makeEntry } from "./entry.js";
import { show } from "./show.js";
import { t } from "./texts.js";

const OWN_REASONS = ["set_aside_1", "set_aside_2", "set_aside_3"];

export function drawCard(merge, row) {
  const label = row.cells[merge.label] ?? "";
  const { locked } = merge.spec;
  const id = `${merge.env.id}-${row.row_id}`;
  const tick = h("input", { type: "checkbox", id, checked: merge.ticked.has(row.row_id), on: { change: (event) => merge.tick(row, event.target.checked) } });
  const words = drawWords(merge, row, id);
  const head = locked ? h("div", { class: "mira-option" }, words) : h("label", { class: "mira-option", htmlFor: id }, tick, words);
  const fault = h("p", { class: "mira-error" });
  drawFault(merge, row, fault);
  return h(
    "div",
    { class: "mira-card mira-merge-card", role: "group", "aria-label": label || t("row_name_bare", { n: merge.state.rows.indexOf(row) + 1 }), data: { row: row.row_id } },
    head,
    fault,
    locked ? null : drawMarks(merge, row, id),
    locked ? null : merge.open?.row === row ? drawOpened(merge, row) : drawButtons(merge, row),
  );
}

/** What is wrong with a row. */
export function drawFault(merge, row, el) {
  const text = merge.faults.get(row.row_id);
  el.hidden = !text;
  el.replaceChildren(...(text ? [mark("!"), h("span", null, text)] : []));
}

function drawWords(merge, row, id) {
  const { [merge.label]: label, [merge.from]: from = [] } = row.cells;
  const quiet = merge.quiet.map((column) => show(column, row.cells[column.field])).filter(Boolean).join(" · ");
  const twin = merge.order.find((one) => one.id === row.row_id)?.alike && merge.state.rows.length > 1;
  const marked = merge.spec.locked ? [merge.main, merge.picks].filter((column) => column && row.cells[column.field] === true) : [];
  return h(
    "span",
    { class: "mira-option-words" },
    h("span", { class: "mira-card-title" }, label || t("row_empty")),
    quiet ? h("span", { class: "mira-help", id: `${id}-about` }, quiet) : null,
    from.length > 1 ? h("span", { class: "mira-tag" }, t("from_ideas", { n: from.length })) : null,
    twin && from.length === 1 ? h("span", { class: "mira-tag mira-alike" }, t("alike")) : null,
    marked.map((column) => h("span", { class: "mira-tag" }, mark("✓"), column.label)),
  );
}

/** What a row is marked as, and in which group it stands. */
function drawMarks(merge, row, id) {
  const label = row.cells[merge.label] ?? "";
  const marks = [
    merge.main ? drawMark(merge, row, merge.main, { type: "radio", id: `${id}-main`, name: `${merge.env.id}-main` }) : null,
    merge.picks ? drawMark(merge, row, merge.picks, { type: "checkbox", id: `${id}-pick` }) : null,
    merge.group ? drawMove(merge, row, { id: `${id}-group`, label }) : null,
  ].filter(Boolean);
  return marks.length ? h("div", { class: "mira-marks" }, marks) : null;
}

function drawMark(merge, row, column, props) {
  const input = h("input", { ...props, checked: row.cells[column.field] === true, "aria-label": `${column.label}: ${row.cells[merge.label] ?? ""}`, on: { change: (event) => merge.mark(row, column, event.target.checked) } });
  return h("label", { class: "mira-marked", htmlFor: props.id }, input, h("span", null, column.label));
}

function drawMove(merge, row, { id, label }) {
  const { options, field } = merge.group;
  let keyed = false;
  const at = row.cells[field] ?? "";
  const none = options.some((option) => option.id === at) ? null : h("option", { value: "" }, t("choose"));
  const select = h(
    "select",
    { id, class: "mira-input", "aria-label": `${t("move_to")} ${label}`, on: { keydown: () => (keyed = true), pointerdown: () => (keyed = false), change: () => select.value && merge.move(row, select.value, { follow: keyed }) } },
    none,
    options.map((option) => h("option", { value: option.id }, option.label)),
  );
  select.value = none ? "" : at;
  return h("div", { class: "mira-move" }, h("label", { htmlFor: id }, t("move_to")), h("div", { class: "mira-line mira-select" }, select));
}

/** Where only wording is changed the button says so. */
const wordsOnly = (merge) => merge.words.every(({ field, kind }) => field === merge.label || kind === "long");

function drawButtons(merge, row) {
  const { [merge.label]: label, [merge.from]: from = [] } = row.cells;
  const [words, name] = wordsOnly(merge) ? [t("change_wording"), t("change_wording_name", { label })] : [t("change"), t("change_name", { label })];
  return h(
    "div",
    { class: "mira-buttons mira-small" },
    button(words, { look: "quiet", name, on: () => merge.unfold(row, "wording"), data: { act: "wording" } }),
    from.length > 1 ? button(t("take_apart"), { look: "quiet", name: t("take_apart_name", { label }), on: () => merge.split(row) }) : null,
    merge.aside && from.length ? button(t("set_aside"), { look: "quiet", name: t("set_aside_name", { label }), on: () => merge.unfold(row, "aside"), data: { act: "aside" } }) : null,
    from.length ? null : button(t("remove"), { look: "quiet", name: t("remove_name", { label }), on: () => merge.remove(row) }),
  );
}

function drawOpened(merge, row) {
  return merge.open.what === "wording" ? drawFields(merge, row) : drawReasons(merge, row);
}

function drawFields(merge, row) {
  const { env, spec } = merge;
  for (const column of merge.words) {
    const field = env.field(
      { ...column, value: row.cells[column.field], attribution: null },
      {
        ...env.form,
        id: (name) => `${env.id}-${row.row_id}-${name}`,
        changed: (name, value, now) => merge.word(row, name, value, now),
        took: (name) => merge.word(row, name, merge.fields.get(name).value, true),
        left: () => env.form.left(spec.field),
        waits: () => false,
        fault: (name, text) => merge.fields.get(name)?.problem({ text, level: "stop" }),
      },
    );
    merge.fields.set(column.field, field);
  }
  const done = button(t(wordsOnly(merge) ? "keep_wording" : "row_done"), { on: () => merge.fold("wording") });
  return h("div", { class: "mira-unfolded" }, [...merge.fields.values()].map((field) => field.el), h("div", { class: "mira-buttons" }, done));
}

function drawReasons(merge, row) {
  const own = makeEntry(
    { field: "why", kind: "text", label: t("set_aside_other"), max: 120, required: true },
    { ...merge.env, id: `${merge.env.id}-${row.row_id}-why`, describe: (...ids) => ids.filter(Boolean).join(" "), changed: () => (go.disabled = !own.value().trim()) },
  );
  const go = button(t("set_aside"), { disabled: true, on: () => merge.put(row, merge.spec.reasons ? { id: "other", other_text: own.value().trim() } : own.value().trim()) });
  return h(
    "div",
    { class: "mira-unfolded", role: "group", "aria-label": t("set_aside_why") },
    h("p", { class: "mira-label" }, t("set_aside_why")),
    h("div", { class: "mira-buttons mira-reasons" }, ready(merge).map(({ id, label }) => button(label, { on: () => merge.put(row, id) }))),
    own.el,
    h("div", { class: "mira-buttons" }, go, button(t("cancel"), { look: "quiet", on: () => merge.fold("aside") })),
  );
}

/** Ready reasons: the workbook's own, else ours. */
const ready = (merge) => merge.spec.reasons ?? OWN_REASONS.map((key) => ({ id: t(key), label: t(key) }));

const reasonOf = (merge, why) => why?.other_text ?? ready(merge).find(({ id }) => id === why)?.label ?? String(why ?? "");

export function drawAside(merge, row) {
  const label = merge.ideas.get(row.cells.proposal)?.label ?? row.cells.proposal;
  const back = merge.spec.locked ? null : button(t("put_back"), { name: t("put_back_name", { label }), on: () => merge.putBack(row, label) });
  return h("div", { class: "mira-card", role: "group", "aria-label": label }, h("div", { class: "mira-card-words" }, h("p", { class: "mira-card-title" }, label), h("p", { class: "mira-card-rest" }, reasonOf(merge, row.cells.why))), back);
}
