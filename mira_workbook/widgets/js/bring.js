// Rows from a spreadsheet: pasted, or read from a file; what cannot be taken stays here to be mended.
import { button, h, mark } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

const LONGEST = 400_000;

/** The words of a file: UTF-8, else as old spreadsheets write on Windows. */
function decode(buffer) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
  } catch {
    return new TextDecoder("windows-1252").decode(buffer);
  }
}

function read(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(decode(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(file);
  });
}

/** The folded part of a table; `table` as a card knows it. */
export function makeBring(table) {
  const { env, spec } = table;
  const id = `${env.id}-bring`;
  const area = h("textarea", { id, class: "mira-input mira-bring-words", rows: 3, autocomplete: "off", spellcheck: false, "aria-describedby": `${id}-hint` });
  const file = h("input", { id: `${id}-file`, class: "mira-input mira-file", type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain", on: { change: () => chosen() } });
  const told = h("div", { class: "mira-brought", tabIndex: -1, hidden: true });
  const go = button(t("bring_go"), { on: () => send() });

  async function chosen() {
    const [one] = file.files;
    if (!one) return;
    if (one.size > LONGEST * 4) return tell([], t("bring_long"));
    area.value = await read(one);
    file.value = "";
    tell([], "");
    go.focus();
    return undefined;
  }

  function send() {
    if (!area.value.trim()) return tell([], t("bring_blank")), area.focus();
    if (area.value.length > LONGEST) return tell([], t("bring_long"));
    go.disabled = true;
    tell([], t("bringing"));
    env.form.left(spec.field);
    env.form.ask("$rows", { field: spec.field, text: area.value }, answered);
    return undefined;
  }

  function answered(reply) {
    go.disabled = false;
    if (!reply) tell([], t("bring_silent"));
    else if (reply.error) tell([], reply.error);
    else {
      const { added = 0, updated = 0, problems = [] } = reply;
      const came = [added ? t("brought", { n: added }) : "", updated ? t("brought_changed", { n: updated }) : ""].filter(Boolean).join(" ");
      area.value = reply.left ?? "";
      tell(problems, came || t("brought_nothing"), Boolean(came));
    }
    told.focus({ preventScroll: true });
    say(told.firstElementChild?.textContent ?? "");
  }

  function tell(problems, sentence, good = false) {
    told.hidden = !sentence;
    const lines = problems.filter(({ line }) => line).length;
    const list = problems.length ? h("ul", null, problems.map(({ text }) => h("li", null, text))) : null;
    const head = lines ? h("p", { class: "mira-label" }, t("bring_mend", { n: lines })) : null;
    told.replaceChildren(...[sentence && h("p", null, good ? mark("✓") : null, h("span", null, sentence)), head, list].filter(Boolean));
  }

  return h(
    "details",
    { class: "mira-fold mira-bring" },
    h("summary", null, h("span", null, t("bring"))),
    h("label", { class: "mira-label", htmlFor: id }, t("bring_words")),
    h("p", { class: "mira-hint", id: `${id}-hint` }, `${t("bring_hint")} ${spec.columns.map(({ label }) => label).join(", ")}`),
    area,
    h("label", { class: "mira-label", htmlFor: file.id }, t("bring_file")),
    file,
    h("div", { class: "mira-buttons" }, go),
    told,
  );
}
