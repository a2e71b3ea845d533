// Values as people read them, on one line.
import { isBlank } from "./dom.js";
import { t } from "./texts.js";

/** “May 30, 2025” in the page's language; other text as it is. */
export function showDate(text) {
  const [year, month, day] = String(text).split("-").map(Number);
  if (!year || !month || !day) return String(text);
  const language = document.documentElement.lang || "en-US";
  const locale = language === "en" ? "en-US" : language;
  return new Date(year, month - 1, day).toLocaleDateString(locale, { year: "numeric", month: "long", day: "numeric" });
}

function labelOf(spec, id) {
  if (id && typeof id === "object") return id.dk ? t("dont_know") : (id.other_text ?? "");
  return (spec.options ?? []).find((option) => same(option.id, id))?.label || String(id);
}

const same = (a, b) => String(a) === String(b);

/** “42,000”; what is no number yet as it was typed. */
function grouped(value) {
  const number = Number(value);
  return Number.isFinite(number) ? number.toLocaleString("en-US", { maximumFractionDigits: 6 }) : String(value);
}

/** Spells a field's or a cell's value; "" for blank. */
export function show(spec, value) {
  if (isBlank(value)) return "";
  if (Array.isArray(value)) return value.map((id) => labelOf(spec, id)).join(", ");
  if (value === true) return spec.label || t("yes");
  if (value === false) return "";
  if (spec.options || typeof value === "object") return labelOf(spec, value);
  if (spec.kind === "date") return showDate(value);
  if (spec.kind === "num" || spec.control === "per_week") return spec.unit ? `${grouped(value)} ${spec.unit}` : String(value);
  return String(value);
}
