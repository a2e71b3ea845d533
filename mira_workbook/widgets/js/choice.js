// One of several, several of many, a rating, a tick: real radios and boxes in a fieldset.
import { button, h, setAria, setText } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const LONG_LIST = 6;
const OTHER = "other";
const DK = "dk";

const isOther = (value) => value !== null && typeof value === "object" && value.id === OTHER;

/** All choices in order, with the two that are not in the list. */
function choices(spec) {
  const options = (spec.options ?? []).map((option) => ({ ...option, value: option.id }));
  if (spec.other) options.push({ value: OTHER, label: t("something_else") });
  if (spec.dk) options.push({ value: DK, label: t("dont_know") });
  return options;
}

/** A rating's value may be no more than its number. */
const worded = ({ id, label }) => Boolean(label) && label !== String(id);

/** “3, I can live with it”: number and word, the visible words first. */
function spell(option, layout) {
  if (!["scale", "hands"].includes(layout) || option.value === DK || option.value === OTHER) return option.label;
  return worded(option) ? `${option.id}, ${option.label}` : String(option.id);
}

/** The name of a number at an end of the scale says what the end means. */
function named(option, { spec, layout }) {
  const at = spec.ends?.length && !worded(option) ? { 0: spec.ends[0], [spec.options.length - 1]: spec.ends[spec.ends.length - 1] }[spec.options.findIndex(({ id }) => id === option.id)] : "";
  return at ? `${option.id}, ${at}` : spell(option, layout);
}

function drawOption(option, i, { spec, env, layout, type }) {
  const id = `${env.id}-${i}`;
  const input = h("input", { type, id, name: env.id, disabled: Boolean(spec.locked), data: { i: String(i) } });
  const numbered = ["scale", "hands"].includes(layout) && ![DK, OTHER].includes(option.value);
  const help = option.help ? h("span", { class: "mira-help", id: `${id}-help` }, option.help) : null;
  if (help) setAria(input, "describedby", help.id);
  if (numbered) setAria(input, "label", named(option, { spec, layout }));
  const words = h("span", { class: "mira-option-words" }, layout === "scale" && numbered ? null : option.label, help);
  const label = h(
    "label",
    { class: "mira-option", htmlFor: id },
    input,
    numbered ? h("span", { class: "mira-digit" }, String(option.id)) : null,
    words,
  );
  return { option, input, label };
}

/** The least room in which the layout still can be read: segments hold up to three short words, the rest stands in a column. */
function layoutOf(spec) {
  const asked = spec.layout ?? "stack";
  if (spec.kind === "yes") return "tick";
  if (asked === "select" || (!spec.layout && spec.kind === "one" && (spec.options ?? []).length > LONG_LIST)) return "select";
  const short = (spec.options ?? []).length <= 3 && (spec.options ?? []).every((option) => option.label.length <= 11);
  return asked === "row" && !short ? "pairs" : asked;
}

function range(spec) {
  if (spec.kind !== "many" || !spec.high || spec.high >= (spec.options ?? []).length) return "";
  return spec.low ? t("choose_range", { min: spec.low, max: spec.high }) : t("choose_up_to", { max: spec.high });
}

export function makeChoice(spec, env) {
  const layout = layoutOf(spec);
  if (layout === "select") return makeSelect(spec, env);
  const many = spec.kind === "many";
  const type = many || spec.kind === "yes" ? "checkbox" : "radio";
  const options = spec.kind === "yes" ? [{ value: true, label: spec.label }] : choices(spec);
  const drawn = options.map((option, i) => drawOption(option, i, { spec, env, layout, type }));
  const hint = h("p", { class: "mira-hint", id: `${env.id}-hint` }, [range(spec), spec.hint].filter(Boolean).join(". "));
  hint.hidden = !hint.textContent;
  const told = h("p", { class: "mira-told", id: `${env.id}-told`, hidden: true });
  const other = spec.other ? otherText(env, () => changed()) : null;
  const clear = button(t("clear"), { look: "clear", name: t("clear_name", { label: spec.label }), on: unset });
  const list = h("div", { class: `mira-options mira-${layout}` }, drawn.filter((one) => one.option.value !== DK).map((one) => one.label));
  if (layout === "scale") list.style.setProperty("--columns", columns(spec.options.length));
  const optional = spec.kind === "yes" || spec.required || spec.show_when ? null : h("span", { class: "mira-optional" }, ` (${t("optional")})`);
  const head = h("legend", { class: spec.kind === "yes" || spec.bare ? "mira-unseen" : "mira-label" }, spec.label, optional);
  const apart = drawn.filter((one) => one.option.value === DK).map((one) => one.label);
  const ends = layout === "scale" ? scaleEnds(spec) : null;
  const el = h("fieldset", { class: "mira-choice", id: env.id, tabIndex: -1 }, head, hint, list, ends, told, other?.el, apart.length ? h("div", { class: "mira-options mira-apart" }, apart) : null, type === "radio" && !spec.required ? clear : null);
  setAria(el, "describedby", env.describe(!hint.hidden && hint.id));
  el.addEventListener("change", (event) => event.target.type === type && changed(true));
  if (type === "radio") el.addEventListener("keydown", digits);

  const ticked = () => drawn.filter((one) => one.input.checked).map((one) => one.option);
  const stored = (option) => (option.value === OTHER ? { id: OTHER, other_text: other.input.value.trim() } : option.value === DK ? { dk: true } : option.value);

  function value() {
    if (spec.kind === "yes") return drawn[0].input.checked ? true : touched ? false : undefined;
    const chosen = ticked().map(stored);
    return many ? chosen : chosen[0];
  }
  let touched = false;

  function draw() {
    for (const { input, label } of drawn) label.classList.toggle("mira-chosen", input.checked);
    const chosen = ticked();
    if (other) other.el.hidden = !chosen.some((option) => option.value === OTHER);
    clear.classList.toggle("mira-away", chosen.length === 0);
    clear.tabIndex = chosen.length === 0 ? -1 : 0;
    if (layout === "scale") setText(told, chosen[0] && chosen[0].value !== DK && worded(chosen[0]) ? spell(chosen[0], layout).replace(", ", " · ") : "");
    if (many) tellMany(chosen.length);
  }

  function tellMany(n) {
    const over = spec.high && n > spec.high;
    setText(told, over ? t("chosen_over", { min: spec.low ?? 0, max: spec.high, n }) : "");
    told.classList.toggle("mira-over", Boolean(over));
  }

  function changed(speak = false) {
    touched = true;
    draw();
    const n = ticked().length;
    if (speak && many && spec.high && n >= spec.high) say(n > spec.high ? told.textContent : t("chosen_of", { n, max: spec.high }));
    if (speak && layout === "scale" && told.textContent) say(told.textContent);
    if (speak && other && ticked().some((option) => option.value === OTHER) && !other.input.value) other.input.focus();
    env.changed(speak);
  }

  function unset() {
    for (const { input } of drawn) input.checked = false;
    draw();
    env.changed(true);
    drawn[0].input.focus();
  }

  function digits(event) {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.target.type !== "radio") return;
    const hit = drawn.find((one) => String(one.option.id) === event.key);
    if (!hit || spec.locked) return;
    event.preventDefault();
    hit.input.checked = true;
    hit.input.focus();
    changed(true);
  }

  return {
    el,
    value,
    set(stored) {
      const held = (Array.isArray(stored) ? stored : [stored]).filter((one) => one !== null && one !== undefined);
      touched = held.length > 0;
      for (const { option, input } of drawn) {
        input.checked = held.some((one) => (isOther(one) ? option.value === OTHER : one?.dk ? option.value === DK : String(one) === String(option.value)));
      }
      const own = held.find(isOther);
      if (other && document.activeElement !== other.input) other.input.value = own?.other_text ?? "";
      draw();
    },
    focus: () => (drawn.find((one) => one.input.checked) ?? drawn[0]).input.focus(),
    demand: (flag) => optional && (optional.hidden = flag),
  };
}

const columns = (n) => (n <= 6 ? n : Math.ceil(n / 2));

function scaleEnds({ options, ends }) {
  const [low, high] = [options[0], options[options.length - 1]];
  const [first, last] = ends?.length ? [ends[0], ends[ends.length - 1]] : [low, high].map((option) => (worded(option) ? option.label : ""));
  if (!first && !last) return null;
  return h("p", { class: "mira-ends", aria: { hidden: "true" } }, h("span", null, first), h("span", null, last));
}

function otherText(env, changed) {
  const id = `${env.id}-other`;
  const input = h("input", { id, class: "mira-input", type: "text", autocomplete: "off", on: { input: () => changed() } });
  return { input, el: h("div", { class: "mira-other", hidden: true }, h("label", { class: "mira-label", htmlFor: id }, t("something_else_label")), input) };
}

function makeSelect(spec, env) {
  const options = choices(spec);
  const select = h(
    "select",
    { id: env.id, class: "mira-input", disabled: Boolean(spec.locked) },
    h("option", { value: "" }, t("choose")),
    options.map((option, i) => h("option", { value: String(i) }, option.label)),
  );
  const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint);
  const other = spec.other ? otherText(env, () => env.changed()) : null;
  const optional = spec.required || spec.show_when ? null : h("span", { class: "mira-optional" }, ` (${t("optional")})`);
  const el = h("div", { class: "mira-entry" }, h("label", { class: "mira-label", htmlFor: env.id }, spec.label, optional), hint, h("div", { class: "mira-line mira-select" }, select), other?.el);
  setAria(select, "describedby", env.describe(spec.hint && hint.id));
  const chosen = () => options[Number(select.value)];
  const draw = () => other && (other.el.hidden = select.value === "" || chosen().value !== OTHER);
  select.addEventListener("change", () => (draw(), env.changed(true)));
  return {
    el,
    value() {
      if (select.value === "") return undefined;
      const { value } = chosen();
      return value === OTHER ? { id: OTHER, other_text: other.input.value.trim() } : value === DK ? { dk: true } : value;
    },
    set(stored) {
      const at = options.findIndex(({ value }) => (isOther(stored) ? value === OTHER : stored?.dk ? value === DK : String(value) === String(stored)));
      select.value = at < 0 ? "" : String(at);
      if (other) other.input.value = stored?.other_text ?? "";
      draw();
    },
    focus: () => select.focus(),
    wrong: (flag) => setAria(select, "invalid", flag && "true"),
    demand(flag) {
      setAria(select, "required", flag && "true");
      if (optional) optional.hidden = flag;
    },
  };
}
