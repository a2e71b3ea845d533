// A coach's screens: teams with filters, one session to read, comparisons, files.
import { h } from "../../widgets/js/dom.js";
import { drawButton, drawButtons } from "./buttons.js";
import { drawBlocksOf, title } from "./centre.js";
import { make, words } from "./make.js";
import { drawPicture } from "./picture.js";

// ---------------------------------------------------------------------------------------------------------------- teams

/** What the list is filtered by now: as somebody chose it, else the first of each list. */
const chosen = (board, pick) => board.ui.filter[pick.id] ?? pick.options[0].id;

function fits(board, teams, row) {
  const [book, visit] = teams.picks.map((pick) => chosen(board, pick));
  const search = (board.ui.filter.search ?? "").trim().toLowerCase();
  return (!book || row.workbook === book) && (visit !== "last" || row.last) && search.split(/\s+/).every((word) => row.words.includes(word));
}

function filter(board, id, value) {
  board.ui.filter = { ...board.ui.filter, [id]: value };
  board.redraw();
}

/** A list to choose from; what was chosen is told by `tell`. */
function drawPick(pick, value, tell) {
  const id = `mira-c-${pick.id}`;
  const select = make("select", { class: "mira-input", id, key: "select", data: { id: `$${pick.id}` } }, pick.options.map((one) => h("option", { value: one.id, selected: one.id === value }, one.label)));
  select.tell = tell;
  select.wants = value;
  return make("div", { class: "mira-c-pick", key: pick.id }, h("label", { class: "mira-b-label", htmlFor: id }, pick.label), h("div", { class: "mira-select" }, select));
}

function drawFilters(board, teams) {
  const search = make("input", { class: "mira-input", id: "mira-c-search", key: "search", type: "search", autocomplete: "off", data: { id: "$search" } });
  search.tell = (value) => filter(board, "search", value);
  return make(
    "div",
    { class: "mira-c-filters", key: "filters", role: "search" },
    make("div", { class: "mira-c-pick mira-c-search", key: "search" }, h("label", { class: "mira-b-label", htmlFor: "mira-c-search" }, teams.search), search),
    teams.picks.map((pick) => drawPick(pick, chosen(board, pick), (value) => filter(board, pick.id, value))),
  );
}

function drawRow(board, teams, row) {
  const last = row.cells.length - 1;
  const cells = row.cells.map((text, i) => make("td", { key: `c${i}`, data: { head: teams.head[i + 1] } }, h("span", null, text), i === last && row.late ? h("span", { class: "mira-tag mira-c-late" }, row.late_words) : null));
  return make("tr", { key: row.id }, make("th", { scope: "row", key: "open" }, drawButton(board, row.open, "row")), cells);
}

export function drawTeams(board, teams) {
  const rows = teams.rows.filter((row) => fits(board, teams, row));
  const [one, many] = teams.count;
  const count = (teams.rows.length === 1 ? one : many).replace("{n}", rows.length).replace("{of}", teams.rows.length);
  const clear = { id: "$clear", label: teams.clear, run: () => clearFilters(board) };
  const table = make("table", { class: "mira-c-teams", key: "table" }, h("thead", null, h("tr", null, teams.head.map((text) => h("th", { scope: "col" }, text)))), make("tbody", { key: "rows" }, rows.map((row) => drawRow(board, teams, row))));
  return make(
    "section",
    { class: "mira-c-list", key: "teams", "aria-label": teams.title },
    title(teams.title),
    teams.rows.length ? drawFilters(board, teams) : null,
    teams.rows.length ? make("p", { class: "mira-hint", key: "count", role: "status" }, count) : null,
    rows.length ? table : null,
    !teams.rows.length ? words("mira-b-empty", teams.empty) : null,
    teams.rows.length && !rows.length ? make("div", { class: "mira-c-none", key: "none" }, h("p", null, teams.none), drawButton(board, clear, "none")) : null,
  );
}

function clearFilters(board) {
  board.ui.filter = { workbook: "", visit: "" };
  const search = board.root.querySelector("#mira-c-search");
  if (search) search.value = "";
  board.redraw();
  search?.focus();
}

// -------------------------------------------------------------------------------------------------------------- reading

function drawStep(board, step) {
  const name = [step.label, step.state].filter(Boolean).join(", ");
  const props = { type: "button", class: "mira-c-step", key: step.id, "aria-label": name, "aria-current": step.here ? "true" : null, data: { id: step.id }, act: () => board.pressed({ id: step.id, label: step.label }) };
  return make("li", { key: step.id }, make("button", props, h("span", { class: "mira-b-sign", "aria-hidden": "true" }, step.sign), h("span", null, step.label)));
}

function drawNote(board, note) {
  const head = make("p", { class: "mira-c-when", key: "when" }, h("span", null, note.when), h("span", { class: "mira-tag" }, note.tag));
  return make("li", { class: "mira-c-note", key: note.id }, head, h("p", { class: "mira-b-said" }, note.text), drawButtons(board, note.buttons, { path: `note-${note.id}` }));
}

function drawNotes(board, notes) {
  return make(
    "section",
    { class: "mira-b-side mira-c-notes", key: "notes", "aria-label": notes.label },
    h("h2", { class: "mira-b-label" }, notes.label),
    drawButtons(board, notes.buttons, { path: "notes" }),
    notes.rows.length ? make("ul", { class: "mira-c-noted", key: "list" }, notes.rows.map((note) => drawNote(board, note))) : words("mira-hint", notes.empty),
    words("mira-hint", notes.hint),
  );
}

/** Steps to choose from, the one that is read, and notes beside it; on a phone the steps are a list to open. */
export function drawReading(board, reading) {
  const here = reading.steps.find((step) => step.here);
  const list = (name) => make("ol", { class: "mira-c-steps", key: "list", "aria-label": name }, reading.steps.map((step) => drawStep(board, step)));
  const pick = { id: "step", label: reading.steps_label, options: reading.steps.map(({ id, label, state }) => ({ id, label: [label, state].filter(Boolean).join(", ") })) };
  return make(
    "div",
    { class: "mira-b-columns mira-c-reading", key: "columns", data: { shape: "centre side agenda" } },
    make(
      "section",
      { class: "mira-b-centre", key: "centre", "aria-label": reading.title },
      make("div", { class: "mira-c-small", key: "small" }, drawPick(pick, here?.id, (id) => board.pressed({ id, label: id }))),
      title(reading.title),
      words("mira-do", reading.do),
      drawBlocksOf(board, reading.blocks),
      drawPicture(board, reading.picture),
      drawBlocksOf(board, reading.after, "after"),
    ),
    drawNotes(board, reading.notes),
    make("section", { class: "mira-b-agenda", key: "agenda", "aria-label": reading.steps_label }, h("h2", { class: "mira-b-label" }, reading.steps_label), list(reading.steps_label)),
  );
}

// ----------------------------------------------------------------------------------------------------- compare and take

/** Choices of which one holds, and lists to choose from. */
function drawChoices(board, { choices, picks }) {
  if (!choices.length && !picks.length) return null;
  const told = (pick) => (value) => board.pressed({ id: `${pick.id}:${value}`, label: pick.label });
  return make(
    "div",
    { class: "mira-c-filters", key: "choices" },
    choices.length ? make("div", { class: "mira-c-choices", key: "by", role: "group" }, drawButtons(board, choices, { path: "choices" })) : null,
    picks.map((pick) => drawPick(pick, pick.value, told(pick))),
  );
}

export function drawCompare(board, compare) {
  return make(
    "section",
    { class: "mira-c-compare", key: "compare", "aria-label": compare.title },
    title(compare.title),
    drawChoices(board, compare),
    drawBlocksOf(board, compare.blocks),
    drawPicture(board, compare.picture),
    drawBlocksOf(board, compare.after, "after"),
  );
}

function drawFile(board, one) {
  return make("li", { class: "mira-c-file", key: one.id }, drawButton(board, one, "file"));
}

export function drawTake(board, take) {
  return make(
    "section",
    { class: "mira-c-take", key: "take", "aria-label": take.title },
    title(take.title),
    words("mira-do", take.text),
    drawChoices(board, take),
    take.groups.map((group, i) => (group.files.length ? make("div", { key: `group-${i}`, class: "mira-c-group" }, h("h2", { class: "mira-head-2" }, group.label), make("ul", { class: "mira-c-files", key: "files" }, group.files.map((one) => drawFile(board, one)))) : null)),
    drawBlocksOf(board, take.after, "after"),
  );
}
