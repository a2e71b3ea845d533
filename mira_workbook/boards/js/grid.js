// The room: teams and their people. A cell opens a small menu and never shows what somebody wrote.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { drawButtons, popup } from "./buttons.js";
import { title } from "./centre.js";
import { div, make } from "./make.js";
import { sign, SIGNS } from "./marks.js";

function drawPerson(board, row, person, { first }) {
  const id = `cell/${row.id}/${person.id}`;
  const open = board.ui.menu === id;
  const tab = board.ui.cell === id || (first && !board.ui.cell) ? 0 : -1;
  const props = { type: "button", class: "mira-b-cell", key: "opener", tabIndex: tab, "aria-label": person.label, "aria-expanded": String(open), data: { cell: id, opens: id, id } };
  const opener = make("button", { ...props, act: () => board.turnMenu(id) }, sign(person.state), person.name ? h("span", { class: "mira-b-name" }, person.name) : null);
  return make("li", { class: "mira-b-holder", key: person.id }, opener, popup(board, id, person.menu ?? [], person.label));
}

function drawRow(board, row, first) {
  const people = row.people.map((person, i) => drawPerson(board, row, person, { first: first && i === 0 }));
  return make(
    "tr",
    { key: row.id },
    h("th", { scope: "row" }, row.team),
    h("td", { class: "mira-b-in" }, row.count ?? ""),
    h("td", null, h("ul", { class: "mira-b-cells", "aria-label": t("people_of", { team: row.team }) }, people)),
    h("td", { class: "mira-b-time" }, row.until ? board.clock.exact({ until: row.until, text: row.time }) : (row.time ?? "")),
    h("td", null, row.state ?? ""),
    h("td", { class: "mira-b-acts" }, drawButtons(board, row.buttons, { path: `row-${row.id}` })),
  );
}

const legend = () =>
  h("div", { class: "mira-b-legend", role: "group", "aria-label": t("signs") }, Object.keys(SIGNS).map((state) => h("span", null, sign(state), t(`state_${state}`))));

function drawFilters(board, filters) {
  if (!filters?.length) return null;
  const buttons = filters.map(({ id, label, here }) => ({ id, label, pressed: Boolean(here) }));
  return make("div", { class: "mira-b-filters", key: "filters", role: "group", "aria-label": t("show_only") }, drawButtons(board, buttons, { path: "filters" }));
}

export function drawGrid(board, grid) {
  const known = grid.rows.some((row) => row.people.some((person) => `cell/${row.id}/${person.id}` === board.ui.cell));
  if (!known) board.ui.cell = "";
  const columns = [...grid.columns, ...Array(Math.max(0, 6 - grid.columns.length)).fill("")];
  const head = h("thead", null, h("tr", null, columns.map((text) => (text ? h("th", { scope: "col" }, text) : h("td")))));
  const from = grid.rows.findIndex((row) => row.people.length);
  const table = make("table", { class: "mira-b-grid", key: "table" }, head, h("tbody", null, grid.rows.map((row, i) => drawRow(board, row, i === from))));
  return make(
    "section",
    { class: "mira-b-room", key: "room", "aria-label": grid.head },
    make("div", { class: "mira-b-asked", key: "asked" }, title(grid.head)),
    drawFilters(board, grid.filters),
    grid.rows.length ? table : make("p", { class: "mira-b-empty", key: "empty" }, grid.empty),
    grid.rows.length ? div("", legend()) : null,
  );
}

/** Where an arrow leads from a cell: along its row, or to the nearest in the row above or below. */
export function neighbour(cell, key) {
  const rows = [...cell.closest("table").querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(".mira-b-cell")]).filter((row) => row.length);
  const y = rows.findIndex((row) => row.includes(cell));
  const x = rows[y].indexOf(cell);
  const near = (row) => row?.[Math.min(x, row.length - 1)];
  if (key === "ArrowRight") return rows[y][x + 1];
  if (key === "ArrowLeft") return rows[y][x - 1];
  if (key === "ArrowDown") return near(rows[y + 1]);
  if (key === "ArrowUp") return near(rows[y - 1]);
  if (key === "Home") return rows[y][0];
  return key === "End" ? rows[y].at(-1) : undefined;
}
