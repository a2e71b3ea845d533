// Pick the one that comes first, then give each of the others a place. Two screens of the form, one table stored.
import { h, setText } from "./dom.js";
import { makeChoice } from "./choice.js";
import { inWords, t } from "./texts.js";

export function makeFirst(spec, env) {
  const first = spec.first ?? spec.tiers[0].id;
  const others = spec.tiers.filter(({ id }) => id !== first);
  const column = spec.columns?.[0]?.field ?? "tier";
  const tiers = new Map();
  let phase = "pick";
  const picks = makeChoice(
    { field: spec.field, kind: "one", layout: "stack", required: true, label: spec.label, hint: spec.hint, bare: true, options: spec.options, locked: spec.locked },
    { ...env, changed: (now) => pick(picks.value(), now) },
  );
  const places = h("div", { class: "mira-places", hidden: true });
  const el = h("div", { class: "mira-first" }, picks.el, places);
  const asks = new Map();

  const chosen = () => [...tiers].find(([, tier]) => tier === first)?.[0];

  function pick(id, now) {
    for (const [other, tier] of [...tiers]) if (tier === first && other !== id) tiers.delete(other);
    if (id !== undefined) tiers.set(id, first);
    env.changed(now);
  }

  function ask(option) {
    const place = makeChoice(
      { field: spec.field, kind: "one", layout: "row", required: true, label: option.label, options: others, locked: spec.locked },
      {
        ...env,
        id: `${env.id}-${option.id}`,
        describe: (...own) => own.filter(Boolean).join(" "),
        changed(now) {
          const tier = place.value();
          if (tier === undefined) tiers.delete(option.id);
          else tiers.set(option.id, tier);
          mend(option.id);
          env.changed(now);
        },
      },
    );
    place.error = h("p", { class: "mira-error", hidden: true });
    place.set(tiers.get(option.id));
    return place;
  }

  const mend = (id) => setText(asks.get(id)?.error ?? h("p"), "");

  function draw() {
    picks.el.hidden = phase !== "pick";
    places.hidden = phase === "pick";
    if (phase === "pick") return;
    asks.clear();
    for (const option of spec.options.filter(({ id }) => id !== chosen())) asks.set(option.id, ask(option));
    places.replaceChildren(...[...asks.values()].flatMap((place) => [place.el, place.error]));
  }

  return {
    el,
    phases: ["pick", "place"],
    /** Shows one of the two screens. */
    turn(to) {
      phase = to;
      draw();
    },
    stands: () => phase,
    stand(to) {
      this.turn(to);
    },
    /** The words that other fields may use of the pick. */
    get label() {
      return spec.options.find(({ id }) => id === chosen())?.label ?? "";
    },
    next: () => t("next_others", { n: spec.options.length - 1, words: inWords(spec.options.length - 1) }),
    value: () => spec.options.filter(({ id }) => tiers.has(id)).map(({ id }) => ({ row_id: id, cells: { [column]: tiers.get(id) } })),
    set(stored) {
      tiers.clear();
      for (const { row_id, cells } of stored ?? []) if (cells?.[column]) tiers.set(row_id, cells[column]);
      picks.set(chosen());
      draw();
    },
    pending: () => (phase === "pick" && chosen() === undefined ? { label: null, go: () => (env.form.fault(spec.field, t("pick_first")), picks.focus()) } : null),
    problem({ row, text }) {
      if (phase === "pick" || !asks.has(row)) return null;
      setText(asks.get(row).error, text);
      return () => asks.get(row).focus();
    },
    mended: () => asks.forEach((place) => setText(place.error, "")),
    focus: () => (phase === "pick" ? picks : (asks.values().next().value ?? picks)).focus(),
  };
}
