// Text size and colours: this browser's own settings, kept here and never sent.
import { h } from "./dom.js";
import { storage } from "./draftbox.js";
import { t } from "./texts.js";

const SIZES = ["1", "1.2", "1.4"];
const THEMES = ["light", "dark", "auto"];

/** The element that carries the settings: the page, or the form itself where the page is not ours. */
let carrier = document.documentElement;

const inLab = () => document.body.dataset.jpThemeLight !== undefined;

function read(name, allowed, otherwise) {
  const held = storage.get(`mira-${name}`);
  return allowed.includes(held) ? held : otherwise;
}

function apply() {
  carrier.dataset.size = read("size", SIZES, "1");
  if (inLab()) carrier.dataset.theme = document.body.dataset.jpThemeLight === "false" ? "dark" : "light";
  else carrier.dataset.theme = read("theme", THEMES, "auto");
}

/** Puts the settings on the page; on a strange page on the form, where the theme follows JupyterLab's. */
export function applySettings(form, alone) {
  carrier = alone ? form : document.documentElement;
  apply();
  if (!alone || !inLab()) return () => {};
  const watch = new MutationObserver(apply);
  watch.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => watch.disconnect();
}

function radios(name, legend, values, spell, names) {
  const held = read(name, values, name === "size" ? "1" : "auto");
  const options = values.map((value, i) => {
    const input = h("input", { type: "radio", name: `mira-set-${name}`, value, checked: value === held, "aria-label": names?.[i] && `${spell[i]}, ${names[i]}` });
    const label = h("label", { class: `mira-option${value === held ? " mira-chosen" : ""}` }, input, h("span", { class: "mira-option-words" }, spell[i]));
    return { input, label };
  });
  const el = h("fieldset", { class: "mira-choice mira-setting" }, h("legend", { class: "mira-label" }, legend), h("div", { class: "mira-options mira-row" }, options.map(({ label }) => label)));
  el.addEventListener("change", (event) => {
    storage.set(`mira-${name}`, event.target.value);
    for (const { input, label } of options) label.classList.toggle("mira-chosen", input.checked);
    apply();
  });
  return el;
}

/** The two settings as they stand in the menu; JupyterLab chooses its own colours. */
export function drawSettings() {
  const size = radios("size", t("text_size"), SIZES, [t("size_1"), t("size_2"), t("size_3")], [t("size_1_name"), t("size_2_name"), t("size_3_name")]);
  const theme = inLab() ? null : radios("theme", t("colours"), THEMES, [t("light"), t("dark"), t("as_my_phone")]);
  return [size, theme];
}
