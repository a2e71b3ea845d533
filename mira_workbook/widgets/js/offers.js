// What a table offers with one tap: rows from earlier work, and rows that may be filled all at once.
import { button, h, isBlank } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const UNDO_MS = 10000;
const plain = (text) => String(text ?? "").trim().toLowerCase();

/** Rows that may be added as they are; what the table holds by now is no longer offered. */
export function drawSuggestions(table) {
  const [first] = table.columns;
  const held = new Set(table.cards.map((card) => plain(card.row.cells[first.field])));
  const open = table.free && table.count < (table.spec.max ?? Infinity) ? (table.spec.suggestions ?? []).filter(({ label }) => !held.has(plain(label))) : [];
  const shape = JSON.stringify(open);
  if (table.suggested.dataset.shape === shape) return;
  table.suggested.dataset.shape = shape;
  table.suggested.hidden = open.length === 0;
  const buttons = open.map((one) => button(t("suggestion", { label: one.label }), { look: "chip", on: () => table.take(one) }));
  const id = `${table.env.id}-suggested`;
  table.suggested.replaceChildren(...(open.length ? [h("p", { class: "mira-hint", id }, t("suggestions")), h("div", { class: "mira-buttons", role: "group", "aria-labelledby": id }, buttons)] : []));
}

/** One button for rows that nobody has decided yet; afterwards, for a while, the way back. */
export function drawBulk(table) {
  const { bulk, locked } = table.spec;
  const undecided = ([row_id, cells]) => {
    const card = table.cards.find((one) => one.row.row_id === row_id);
    return card && Object.keys(cells).every((key) => isBlank(card.row.cells[key]));
  };
  const rows = bulk && !locked ? Object.fromEntries(Object.entries(bulk.rows).filter(undecided)) : {};
  const n = Object.keys(rows).length;
  const shape = table.filled ? "undo" : n ? `${bulk.label}${n}` : "";
  if (table.offer.dataset.shape === shape) return;
  table.offer.dataset.shape = shape;
  table.offer.hidden = !shape;
  table.offer.replaceChildren(...(table.filled ? [drawUndo(table)] : n ? [button(bulk.label, { on: () => fill(table, rows), data: { id: "bulk" } })] : []));
}

function fill(table, rows) {
  const n = Object.keys(rows).length;
  clearTimeout(table.filled?.timer);
  table.filled = { n, before: {}, timer: setTimeout(() => forget(table), UNDO_MS) };
  table.filled.before = table.fill(rows);
  table.offer.querySelector("button")?.focus({ preventScroll: true });
  say(`${t("filled", { n })} ${t("undo")}`);
}

function drawUndo(table) {
  return h("div", { class: "mira-undo" }, h("span", null, t("filled", { n: table.filled.n })), button(t("undo"), { on: () => back(table), data: { id: "bulk_undo" } }));
}

function back(table) {
  const { before, timer } = table.filled;
  clearTimeout(timer);
  table.filled = null;
  table.fill(before);
  table.offer.querySelector("button")?.focus({ preventScroll: true });
  say(t("unfilled"));
}

function forget(table) {
  const had = table.offer.contains(document.activeElement);
  table.filled = null;
  table.draw();
  if (had) table.list.querySelector("button,input")?.focus({ preventScroll: true });
}
