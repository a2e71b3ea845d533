// Tap in order: nothing is placed at the start, a tap places the next, the last one places itself.
import { button, focusOn, h, keepPlace, setText } from "./dom.js";
import { say } from "./speak.js";
import { t } from "./texts.js";

export function makeOrder(spec, env) {
  const labels = new Map(spec.options.map(({ id, label }) => [id, label]));
  const of = spec.options.length;
  let placed = [];
  let open = null;

  const mine = h("ol", { class: "mira-placed", "aria-labelledby": `${env.id}-mine` });
  const none = h("p", { class: "mira-hint" }, `(${t("nothing_placed")})`);
  const left = h("ul", { class: "mira-unplaced", "aria-labelledby": `${env.id}-left` });
  const leftHead = h("h3", { class: "mira-head-3", id: `${env.id}-left`, tabIndex: -1 });
  const moves = h("div", { class: "mira-buttons mira-moves" });
  const el = h(
    "fieldset",
    { class: "mira-order", id: env.id, "aria-describedby": env.describe(spec.hint && `${env.id}-hint`) },
    h("legend", { class: spec.label ? "mira-label" : "mira-unseen" }, spec.label || t("my_order")),
    h("p", { class: "mira-hint", id: `${env.id}-hint`, hidden: !spec.hint }, spec.hint),
    h("h3", { class: "mira-head-3", id: `${env.id}-mine` }, t("my_order")),
    none,
    mine,
    h("div", { class: "mira-still" }, leftHead, left),
  );

  const rest = () => spec.options.map(({ id }) => id).filter((id) => !placed.includes(id));
  const entry = (id) => el.querySelector(`[data-entry="${CSS.escape(id)}"]`);
  const at = (id) => placed.indexOf(id) + 1;

  function placedEntry(id) {
    const row = button(labels.get(id), {
      look: "entry",
      on: () => openMoves(open === id ? null : id),
      name: t("placed_at", { label: labels.get(id), n: at(id), of }),
      data: { entry: id },
      disabled: Boolean(spec.locked),
    });
    row.setAttribute("aria-expanded", String(open === id));
    row.prepend(h("span", { class: "mira-place", aria: { hidden: "true" } }, String(at(id))));
    return h("li", { class: open === id ? "mira-open" : "" }, row, open === id ? moves : null);
  }

  function draw() {
    const unplaced = rest();
    drawMoves();
    mine.replaceChildren(...placed.map(placedEntry));
    left.replaceChildren(
      ...unplaced.map((id) => h("li", null, button(labels.get(id), { look: "entry", on: () => place(id), data: { entry: id }, disabled: Boolean(spec.locked) }))),
    );
    none.hidden = placed.length > 0;
    setText(leftHead, unplaced.length ? t("still_to_place", { n: unplaced.length }) : "");
  }

  function drawMoves() {
    const n = at(open);
    moves.replaceChildren(
      button(t("up"), { on: () => move(-1), name: `${t("up")}: ${labels.get(open)}`, disabled: n <= 1, data: { move: "up" } }),
      button(t("down"), { on: () => move(1), name: `${t("down")}: ${labels.get(open)}`, disabled: n >= placed.length, data: { move: "down" } }),
      button(t("take_out"), { on: takeOut, name: `${t("take_out")}: ${labels.get(open)}` }),
    );
  }

  function place(id) {
    placed = [...placed, id];
    open = null;
    let words = `${t("placed_at", { label: labels.get(id), n: at(id), of })}. ${t("placed_left", { n: rest().length })}`;
    const [last, ...more] = rest();
    if (last && more.length === 0) {
      placed = [...placed, last];
      words = t("placed_last", { label: labels.get(last), n: of, of });
    }
    // The next thing to tap stays where it is although the list above grows.
    keepPlace(rest().length ? leftHead : null, draw);
    entry(id).focus({ preventScroll: true });
    say(words);
    env.changed(true);
  }

  function openMoves(id) {
    const old = open;
    open = id;
    draw();
    entry(id ?? old).focus({ preventScroll: true });
  }

  function move(by) {
    const i = placed.indexOf(open);
    const id = open;
    placed.splice(i + by, 0, ...placed.splice(i, 1));
    keepPlace(moves, draw);
    const again = moves.querySelector(`[data-move="${by < 0 ? "up" : "down"}"]:not(:disabled)`);
    (again ?? entry(id)).focus({ preventScroll: true });
    say(t(by < 0 ? "moved_up" : "moved_down", { n: at(id) }));
    env.changed(true);
  }

  function takeOut() {
    const id = open;
    placed = placed.filter((other) => other !== id);
    open = null;
    draw();
    entry(id).focus({ preventScroll: true });
    say(`${t("taken_out", { label: labels.get(id) })}. ${t("placed_left", { n: rest().length })}`);
    env.changed(true);
  }

  function remind() {
    const n = rest().length;
    focusOn(leftHead);
    leftHead.scrollIntoView({ block: "center", behavior: "instant" });
    const sentence = t("place_every", { n, items: rest().map((id) => labels.get(id)).join(", ") });
    say(sentence, true);
    env.form.fault?.(spec.field, sentence);
  }

  return {
    el,
    value: () => [...placed],
    set(stored) {
      placed = (Array.isArray(stored) ? stored : []).filter((id) => labels.has(id));
      open = placed.includes(open) ? open : null;
      draw();
    },
    focus: () => (el.querySelector(".mira-unplaced button") ?? mine.querySelector("button"))?.focus(),
    pending: () => (rest().length ? { label: t("place_more", { n: rest().length }), go: remind } : null),
  };
}
