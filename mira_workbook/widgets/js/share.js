// A total shared out among parts. Nothing is ever taken from another part to make it fit.
import { button, h, setAria } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const APART_MS = 2000;
const TEN = 10;

const number = (text) => {
  const cleaned = String(text).trim().replaceAll(",", "");
  return cleaned !== "" && Number.isFinite(Number(cleaned)) ? Number(cleaned) : null;
};

export function makeShare(spec, env) {
  const step = spec.step ?? (spec.total > 200 ? 5 : 1);
  let timer = 0;
  const left = h("p", { class: "mira-left", id: `${env.id}-left` });
  const inputs = new Map();

  function part({ id, label, help }) {
    const input = h("input", {
      id: `${env.id}-${id}`, class: "mira-input mira-short", type: "text", inputMode: "numeric", autocomplete: "off", enterKeyHint: "next",
      readOnly: Boolean(spec.locked), on: { input: changed, keydown: (event) => keys(event, input) },
    });
    setAria(input, "describedby", env.describe(left.id, help && `${input.id}-help`));
    inputs.set(id, input);
    const less = button("−", { look: "step", name: t("less", { label }), on: () => add(input, -step), disabled: Boolean(spec.locked) });
    const more = button("+", { look: "step", name: t("more", { label }), on: () => add(input, step), disabled: Boolean(spec.locked) });
    return h(
      "div",
      { class: "mira-part" },
      h("label", { class: "mira-part-label", htmlFor: input.id }, label, help ? h("span", { class: "mira-help", id: `${input.id}-help` }, help) : null),
      h("div", { class: "mira-line" }, less, input, more),
    );
  }

  const bar = h("div", { class: "mira-share-bar", aria: { hidden: "true" } }, h("span"));
  const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint);
  const el = h("fieldset", { class: "mira-share", id: env.id }, h("legend", { class: "mira-label" }, spec.label), hint, bar, left, spec.parts.map(part));
  setAria(el, "describedby", env.describe(spec.hint && hint.id));

  function add(input, by) {
    input.value = String(Math.max(0, (number(input.value) ?? 0) + by));
    changed();
  }

  function keys(event, input) {
    const by = { ArrowUp: step, ArrowDown: -step, PageUp: step * TEN, PageDown: -step * TEN }[event.key];
    if (!by || spec.locked) return;
    event.preventDefault();
    add(input, by);
  }

  function draw() {
    const placed = [...inputs.values()].reduce((sum, input) => sum + (number(input.value) ?? 0), 0);
    const open = spec.total - placed;
    const fits = Math.abs(open) <= (spec.exact === false ? Math.max(open, 0) : (spec.slack ?? 0));
    const sentence = open === 0 ? t("all_placed") : open > 0 ? t("left_to_place", { n: open, unit: spec.unit }) : t("over_placed", { n: -open, unit: spec.unit });
    left.textContent = sentence;
    left.classList.toggle("mira-over", open < 0 && !fits);
    bar.firstChild.style.width = `${Math.min(100, (100 * placed) / (spec.total || 1))}%`;
    return sentence;
  }

  function changed() {
    const sentence = draw();
    clearTimeout(timer);
    timer = setTimeout(() => say(sentence), APART_MS);
    env.changed();
  }

  return {
    el,
    value() {
      const typed = [...inputs].filter(([, input]) => input.value.trim() !== "");
      return typed.length ? Object.fromEntries(typed.map(([id, input]) => [id, number(input.value) ?? input.value])) : undefined;
    },
    set(stored) {
      for (const [id, input] of inputs) input.value = stored?.[id] ?? "";
      draw();
    },
    focus: () => el.querySelector("input").focus(),
    wrong: (flag) => inputs.forEach((input) => setAria(input, "invalid", flag && "true")),
  };
}
