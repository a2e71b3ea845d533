// Text, several lines, numbers and dates.
import { button, h, setAria, setText } from "./dom.js";
import { showDate } from "./show.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const NEAR = 0.8;
// Below this many characters people see for themselves how much fits.
const SHORT = 10;
// Longer answers wrap on a phone, so they get a field that grows instead of one that scrolls sideways.
const ONE_LINE = 40;

const countWords = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

/** Moves on to the next field, as Enter in a line of text does; never submits. */
function nextField(from) {
  const root = from.closest(".mira-screen") ?? document;
  const stops = [...root.querySelectorAll("input,textarea,select,button")].filter(
    (element) => !element.disabled && element.offsetParent !== null && element.tabIndex >= 0,
  );
  stops[stops.indexOf(from) + 1]?.focus();
}

function makeInput(spec, id) {
  const shared = { id, class: "mira-input", autocomplete: "off", readOnly: Boolean(spec.locked) };
  if (spec.kind === "long") return h("textarea", { ...shared, rows: 3 });
  if (spec.kind === "date") return h("input", { ...shared, type: "date", min: spec.min ?? "", max: spec.max ?? "" });
  if (spec.kind === "num") return h("input", { ...shared, type: "text", inputMode: "decimal", enterKeyHint: "next" });
  if ((spec.max ?? 200) > ONE_LINE) return h("textarea", { ...shared, rows: 1, enterKeyHint: "next" });
  return h("input", { ...shared, type: "text", enterKeyHint: "next" });
}

/** Grows a field with its words where the browser does not do it by itself. */
function grow(input) {
  if (input.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  input.style.height = "auto";
  if (input.scrollHeight) input.style.height = `${input.scrollHeight + 3}px`;
}

/** Tells how much room is left, from four fifths of the limit on. */
function counter(spec, el) {
  let shown = false;
  let full = false;
  return (text) => {
    const words = Boolean(spec.max_words);
    const max = spec.max_words || (["text", "long"].includes(spec.kind) ? spec.max : 0);
    if (!max) return;
    const used = words ? countWords(text) : [...text].length;
    const left = max - used;
    const near = used > max || ((words || max >= SHORT) && used >= max * NEAR);
    const unit = words ? "words" : "chars";
    const sentence = t(left < 0 ? `${unit}_over` : `${unit}_left`, { n: Math.abs(left) });
    setText(el, near ? sentence : "");
    el.classList.toggle("mira-over", left < 0);
    if (near && (!shown || (left <= 0 && !full))) say(sentence);
    shown = near;
    full = left <= 0;
  };
}

export function makeEntry(spec, env) {
  const input = makeInput(spec, env.id);
  const ids = { hint: `${env.id}-hint`, count: `${env.id}-count`, unit: `${env.id}-unit` };
  const hint = h("p", { class: "mira-hint", id: ids.hint, hidden: !spec.hint }, spec.hint);
  const count = h("p", { class: "mira-count", id: ids.count, hidden: true });
  const below = h("p", { class: "mira-below", hidden: true });
  const tellCount = counter(spec, count);
  const optional = spec.required || spec.locked || spec.show_when ? null : h("span", { class: "mira-optional" }, ` (${t("optional")})`);
  const unit = spec.unit ? h("span", { class: "mira-unit", id: ids.unit }, spec.unit) : null;
  const el = h(
    "div",
    { class: `mira-entry mira-entry-${spec.kind}` },
    h("label", { class: "mira-label", htmlFor: env.id }, spec.label, optional),
    hint,
    h("div", { class: "mira-line" }, input, unit),
    below,
    count,
    spec.starters?.length && !spec.locked ? starters(spec, input, take) : null,
  );
  setAria(input, "describedby", env.describe(spec.hint && ids.hint, unit && ids.unit, ids.count));
  if (spec.required) setAria(input, "required", "true");

  function decorate() {
    grow(input);
    tellCount(input.value);
    const date = spec.kind === "date" && input.value ? showDate(input.value) : "";
    setText(below, date || (prefilled && input.value === untouched ? prefilled : ""));
  }
  let { prefilled } = spec;
  let untouched = null;

  function take() {
    if (spec.kind === "text" && /\n/.test(input.value)) input.value = input.value.replace(/\s*\n\s*/g, " ");
    decorate();
    env.changed();
  }

  input.addEventListener("input", take);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || spec.kind === "long" || event.isComposing) return;
    event.preventDefault();
    nextField(input);
  });
  return {
    el,
    value: () => input.value,
    set(value) {
      input.value = value ?? "";
      untouched ??= input.value;
      decorate();
      // Its height is known only once it stands on the page.
      requestAnimationFrame(() => grow(input));
    },
    focus: () => input.focus(),
    // The pen may pass on while somebody stands in the field: it closes at once and is redrawn when it is left.
    update(now) {
      input.readOnly = Boolean(now.locked);
      if (now.prefilled === prefilled) return;
      prefilled = now.prefilled;
      decorate();
    },
    wrong: (flag) => setAria(input, "invalid", flag && "true"),
    demand(flag) {
      setAria(input, "required", (flag || spec.required) && "true");
      if (optional) optional.hidden = flag;
    },
  };
}

function starters(spec, input, take) {
  const chips = spec.starters.map((words) =>
    button(words, {
      look: "chip",
      on() {
        const typed = input.value.trim();
        // Words already there are kept behind the new start; a tap never throws them away.
        input.value = !typed || spec.starters.includes(typed) ? words : `${words} ${typed}`;
        take();
        input.focus();
        input.setSelectionRange(input.value.length, input.value.length);
      },
    }),
  );
  return h("div", { class: "mira-starters", role: "group", "aria-label": t("starters") }, chips);
}
