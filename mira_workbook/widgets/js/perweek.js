// Minutes a week the way people know them: so long, so often.
import { h, setAria, setText } from "./dom.js";
import { t } from "./texts.js";

// The product is what is stored; how it was typed is remembered while the page lives.
const parts = new Map();

const number = (text) => {
  const value = Number(String(text).trim().replace(",", "."));
  return String(text).trim() !== "" && Number.isFinite(value) ? value : null;
};

export function makePerWeek(spec, env) {
  const input = (suffix, name) =>
    h("input", {
      id: env.id + suffix, class: "mira-input mira-short", type: "text", inputMode: "decimal", autocomplete: "off",
      enterKeyHint: "next", readOnly: Boolean(spec.locked), "aria-label": name, on: { input: take },
    });
  const minutes = input("", t("minutes_each_name", { label: spec.label }));
  const times = input("-times", t("times_name", { label: spec.label }));
  const sum = h("p", { class: "mira-below mira-sum", id: `${env.id}-sum`, hidden: true });
  const hint = h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint);
  const el = h(
    "fieldset",
    { class: "mira-perweek" },
    h("legend", { class: "mira-label" }, spec.label),
    hint,
    h("div", { class: "mira-line" }, minutes, h("span", { class: "mira-unit" }, t("minutes_each")), times, h("span", { class: "mira-unit" }, t("times_a_week"))),
    sum,
  );
  for (const part of [minutes, times]) setAria(part, "describedby", env.describe(spec.hint && `${env.id}-hint`, `${env.id}-sum`));

  function value() {
    const [a, b] = [number(minutes.value), number(times.value)];
    if (a !== null && b !== null) return Math.round(a * b * 100) / 100;
    // A word where a number belongs goes to the kernel as it is, which says what it needs.
    return [minutes.value, times.value].map((text) => text.trim()).find((text) => text && number(text) === null) ?? undefined;
  }

  function draw() {
    const product = value();
    setText(sum, typeof product === "number" ? t("a_week", { n: product }) : "");
  }

  function take() {
    parts.set(env.id, [minutes.value, times.value]);
    draw();
    env.changed();
  }

  return {
    el,
    value,
    set(stored) {
      const known = parts.get(env.id) ?? [];
      const fits = number(known[0] ?? "") !== null && number(known[0]) * number(known[1] ?? "") === Number(stored);
      const blank = stored === undefined || stored === null || stored === "";
      [minutes.value, times.value] = fits ? known : blank ? ["", ""] : [String(stored), number(stored) === null ? "" : "1"];
      draw();
    },
    focus: () => minutes.focus(),
    wrong: (flag) => [minutes, times].forEach((part) => setAria(part, "invalid", flag && "true")),
  };
}
