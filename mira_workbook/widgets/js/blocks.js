// What is read, not asked: sentences, own answer, tables, pictures, cards.
import { button, h, mark, setAria } from "./dom.js";
import { placeOf, turnTo } from "./picture.js";
import { t } from "./texts.js";

// Figures stand under one another at the right; words begin at the left.
const FIGURE = /^[−–+$€£-]?\s?\.?\d[^]{0,11}$/;

function ofFigures(rows, at) {
  const filled = rows.map((row) => String(row[at] ?? "").trim()).filter((text) => /[\p{L}\d]/u.test(text));
  return at > 0 && filled.length > 0 && filled.every((text) => FIGURE.test(text));
}

// Cells with whole sentences: beside each other they would stand one word a line on a phone, so rows become cards there.
const WORDY = 40;
const isWordy = (rows) => rows.some((row) => row.slice(1).some((cell) => String(cell ?? "").length > WORDY));

function table({ caption, head = [], rows = [] }) {
  const figures = (rows[0] ?? []).map((_, at) => (ofFigures(rows, at) ? "mira-number" : undefined));
  // As a card a row is no table row to the browser any more; the roles keep it one for who hears the page.
  const wordy = isWordy(rows);
  const role = (name) => (wordy ? { role: name } : {});
  const cell = (text, i) =>
    i
      ? h("td", { class: figures[i], data: { label: String(head[i] ?? "") }, ...role("cell") }, String(text ?? ""))
      : h("th", { scope: "row", ...role("rowheader") }, String(text ?? ""));
  const title = (text, i) => (text === "" ? h("td", role("cell")) : h("th", { scope: "col", class: figures[i], ...role("columnheader") }, String(text)));
  return h(
    "div",
    { class: "mira-scroll", tabIndex: 0, role: "region", "aria-label": caption || t("as_a_table") },
    h(
      "table",
      { class: wordy ? "mira-table mira-wordy" : "mira-table", ...role("table") },
      caption ? h("caption", null, caption) : null,
      head.length ? h("thead", role("rowgroup"), h("tr", role("row"), head.map(title))) : null,
      h("tbody", role("rowgroup"), rows.map((row) => h("tr", role("row"), row.map(cell)))),
    ),
  );
}

/**
 * A button that shows and hides what stands after it; what somebody opened is open when it is drawn anew.
 *
 * `of` says to who hears the page which of several things it shows: they go from button to button.
 */
function toggle(label, id, target, { opened }, { hide = label, of = "" } = {}) {
  if (opened?.has(id)) target.hidden = false;
  const tell = () => {
    opener.textContent = target.hidden ? label : hide;
    opener.setAttribute("aria-expanded", String(!target.hidden));
    setAria(opener, "label", of && opener.textContent !== of ? `${opener.textContent}: ${of}` : "");
  };
  const opener = button(label, {
    data: { id },
    on() {
      target.hidden = !target.hidden;
      if (target.hidden) opened?.delete(id);
      else opened?.add(id);
      tell();
    },
  });
  tell();
  return opener;
}

/** Our server draws a picture for the page's width and colours; one that travels in the page is as it is. */
function address(src) {
  if (!src?.startsWith("/")) return src;
  const { theme } = document.documentElement.dataset;
  const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const wide = document.documentElement.clientWidth >= 700;
  return src + (dark ? "&theme=dark" : "") + (wide ? "&size=board" : "");
}

/** Which picture it is, whatever it shows at the moment: an address ends with what is in the picture. */
const keyOf = ({ src }, nth) => `${nth} ${src.split(/[?,]/)[0]}`;

function picture(block, how, nth) {
  const later = block.on_request && !how.eager;
  const key = keyOf(block, nth);
  const place = placeOf(how.places, key);
  place.image.alt = block.alt;
  const frame = h("div", { class: "mira-frame", hidden: later }, place.image);
  const data = block.rows?.length ? h("div", { hidden: true }, table({ ...block, caption: block.title })) : null;
  const of = how.pictures > 1 ? block.title : "";
  const opener = later ? toggle(block.title || t("show_chart"), `chart-${key}`, frame, how, { hide: t("hide_chart"), of }) : null;
  const asTable = data ? toggle(t("as_a_table"), `table-${key}`, data, how, { of }) : null;
  const show = () => frame.hidden || turnTo(place, address(block.src));
  show();
  opener?.addEventListener("click", show);
  return h("figure", { class: "mira-figure" }, frame, h("div", { class: "mira-buttons" }, opener, asTable), data);
}

function check(block, { press }) {
  const id = `mira-check-${block.id}`;
  const input = h("input", { type: "checkbox", id, checked: Boolean(block.value), data: { id: block.id }, on: { change: () => press(block.id, input.checked) } });
  const label = h("label", { class: `mira-option${block.value ? " mira-chosen" : ""}`, htmlFor: id }, input, h("span", { class: "mira-option-words" }, block.label));
  input.addEventListener("change", () => label.classList.toggle("mira-chosen", input.checked));
  return h("div", { class: "mira-options mira-tick" }, label);
}

/** A small file made here: plain http lets a page give one away just so. */
function file({ label, name, type, text }) {
  const give = () => {
    const href = URL.createObjectURL(new Blob([text], { type }));
    const link = h("a", { href, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  };
  return h("div", { class: "mira-buttons mira-acts" }, button(label, { data: { id: `file-${name}` }, on: give }));
}

function fold(block) {
  const summary = h("summary", null, h("span", null, `✓ ${block.title}`), block.line ? h("span", { class: "mira-fold-line" }, block.line) : null);
  return h("details", { class: "mira-fold", data: { id: `fold-${block.title}` } }, summary, (block.lines ?? []).map((line) => h("p", null, line)));
}

/** Keeps “1-3” on one line in large type. */
const whole = (text) => String(text ?? "").split(/(\d+-\d+)/).map((part, i) => (i % 2 ? h("span", { class: "mira-keep" }, part) : part));

const KINDS = {
  heading: ({ text }) => h("h2", { class: "mira-head-2" }, text),
  sentence: ({ text, mark: sign }) => h("p", { class: "mira-sentence" }, sign ? mark(sign) : null, h("span", null, text)),
  text: ({ text, mark: sign }) => h("p", { class: "mira-words" }, sign ? mark(sign) : null, h("span", null, text)),
  big: ({ text }) => h("p", { class: "mira-big" }, whole(text)),
  own: ({ label, lines }) => h("div", { class: "mira-own" }, h("p", { class: "mira-own-label" }, label || t("you")), lines.map((line) => h("p", null, line))),
  table,
  picture,
  cards: ({ cards }) => h("div", { class: "mira-quotes" }, cards.map(({ title, text, by }) => h("div", { class: "mira-quote-card" }, title ? h("p", { class: "mira-card-title" }, title) : null, h("p", null, text), by ? h("p", { class: "mira-by" }, by) : null))),
  list: ({ items }) => h("ul", { class: "mira-list" }, items.map((item) => h("li", null, item.split("\n").map((text, i) => (i ? h("span", { class: "mira-list-more" }, text) : text))))),
  buttons: ({ buttons }, { press }) => h("div", { class: "mira-buttons mira-acts" }, drawButtons(buttons, press)),
  check,
  file,
  fold,
  link: ({ text }) => h("p", { class: "mira-words" }, /^https?:\/\//.test(text ?? "") ? h("a", { href: text }, text) : text),
};

/**
 * Draws blocks; `how` gives `press(id, value)` and `eager` (pictures at once), and where blocks are drawn again and again
 * in one place `places` (a map) and `opened` (a set), which stay. A kind that is not known draws nothing.
 */
export function drawBlocks(blocks, how) {
  const pictures = (blocks ?? []).filter(({ kind }) => kind === "picture");
  return (blocks ?? []).map((block) => {
    const element = KINDS[block.kind]?.(block, { ...how, pictures: pictures.length }, pictures.indexOf(block));
    if (element && block.lang) element.lang = block.lang;
    return element;
  });
}

/** Draws buttons that are told to the kernel when pressed. */
export function drawButtons(buttons, press) {
  return (buttons ?? []).map((one) => {
    const hint = one.hint ? h("span", { class: "mira-help", id: `mira-hint-${one.id}` }, one.hint) : null;
    const made = button(one.label, { look: one.main ? "main" : "plain", data: { id: one.id }, on: () => press(one.id, one.value ?? true) });
    if (hint) setAria(made, "describedby", hint.id);
    return hint ? h("div", { class: "mira-hinted" }, made, hint) : made;
  });
}
