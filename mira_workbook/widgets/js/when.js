// Conditions are flat equality tables: every name equals its value, or one of a list of values.

/** Whether an answer is asked for here: always, or because of another one. */
export const demanded = ({ required, require_when: when }, values) => Boolean(required || (when && applies(when, values)));

/** Whether a condition holds; no condition always does. */
export function applies(when, values) {
  if (!when) return true;
  return Object.entries(when).every(([name, wanted]) => {
    const held = values[name] ?? false;
    const plain = typeof held === "object" ? (held.id ?? held.dk) : held;
    return [wanted].flat().some((one) => String(one) === String(plain));
  });
}
