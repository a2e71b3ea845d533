// Conditions are flat equality tables: every name equals its value, or one of a list of values.

/** Whether a condition holds; no condition always does. */
export function applies(when, values) {
  if (!when) return true;
  return Object.entries(when).every(([name, wanted]) => {
    const held = values[name] ?? false;
    const plain = typeof held === "object" ? (held.id ?? held.dk) : held;
    return [wanted].flat().some((one) => String(one) === String(plain));
  });
}
