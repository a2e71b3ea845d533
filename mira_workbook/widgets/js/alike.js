// Which proposals may be twins: those that share words that carry meaning.
const SHORTEST = 4;
const COMMON = new Set("that this with from they them their have more most less when what which there than then also into about every each other some only need needs work much many such very been were will would could should students student school schools teachers teacher children team para pero como más los las una unos".split(" "));

function stems(text) {
  const words = text.toLocaleLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.filter((word) => word.length >= SHORTEST && !COMMON.has(word)).map((word) => word.replace(/(?:ing|ed|es|s)$/u, "")));
}

/** Shared stems, as a share of the shorter wording. */
function nearness(a, b) {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared && (shared >= 2 || shared / Math.min(a.size, b.size) >= 1 / 2) ? shared / Math.min(a.size, b.size) : 0;
}

/**
 * Puts likely twins next to each other and otherwise keeps the order.
 *
 * Takes [{id, text}], gives [{id, alike}], `alike` for those that stand beside a likely twin.
 */
export function sideBySide(items) {
  const rest = items.map(({ id, text }) => ({ id, stems: stems(text ?? ""), alike: false }));
  const sorted = [];
  while (rest.length) {
    const group = [rest.shift()];
    for (const item of [...rest]) {
      if (!group.some((other) => nearness(item.stems, other.stems) > 0)) continue;
      rest.splice(rest.indexOf(item), 1);
      group.push(item);
    }
    for (const item of group) item.alike = group.length > 1;
    sorted.push(...group);
  }
  return sorted.map(({ id, alike }) => ({ id, alike }));
}
