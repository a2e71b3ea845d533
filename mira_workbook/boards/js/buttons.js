// Buttons of the view: plain ones, menus, links, and guarded ones that want a second tap.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";
import { make } from "./make.js";

// What leads out of the board leaves the board open.
const AWAY = new Set(["projector", "packet"]);

const lookOf = ({ main }) => (main ? "main" : "plain");
const classOf = (one, extra = "") => `mira-button mira-${lookOf(one)} ${extra}`.trim();

/** A guarded button says what the second tap does, and for how long it is awaited. */
function labelOf(board, one) {
  const n = board.ui.guarded(one.id);
  if (!n) return one.label;
  return one.again ? t("again_in", { text: one.again, n }) : t("tap_again", { label: one.label, n });
}

function link(one) {
  const away = one.new || AWAY.has(one.id) ? { target: "_blank", rel: "noopener" } : {};
  const kept = one.download ? { download: one.download === true ? "" : one.download } : {};
  const told = one.hint ? { aria: { describedby: `mira-hint-${one.id}` } } : {};
  return make("a", { class: classOf(one), href: one.href, data: { id: one.id }, "aria-label": one.name, ...away, ...kept, ...told }, one.label);
}

/** The list that a menu button opens; it stands after its button, so Tab goes into it. */
export function popup(board, id, items, head) {
  if (board.ui.menu !== id) return null;
  return make(
    "div",
    { class: "mira-b-menu", key: "menu", data: { menu: id }, role: "group", "aria-label": head || null },
    head ? h("p", { class: "mira-b-menu-head" }, head) : null,
    items.map((item) => drawButton(board, item)),
  );
}

function menu(board, one, path) {
  const id = `${path}/${one.id}`;
  const open = board.ui.menu === id;
  const props = { type: "button", class: classOf(one, "mira-b-opens"), data: { id: one.id, opens: id }, "aria-expanded": String(open), "aria-label": one.name };
  const opener = make("button", { ...props, key: "opener", act: () => board.turnMenu(id) }, one.label);
  return make("span", { class: "mira-b-holder", key: one.id }, opener, popup(board, id, one.items ?? []));
}

function plain(board, one) {
  const busy = board.presses.has(one.id);
  const why = one.off && one.why ? `mira-why-${one.id}` : null;
  const props = {
    type: "button",
    "aria-label": one.name,
    class: classOf(one, [busy && "mira-b-busy", one.kind === "guard" && "mira-b-guard"].filter(Boolean).join(" ")),
    data: { id: one.id },
    aria: { disabled: one.off && "true", describedby: why ?? (one.hint ? `mira-hint-${one.id}` : null), pressed: one.pressed === undefined ? null : String(one.pressed), haspopup: one.dialog && "dialog" },
    act: () => board.pressed(one),
  };
  return make("button", props, labelOf(board, one));
}

/** Draws one button; `path` tells apart menus of the same name in different places. */
export function drawButton(board, one, path = "") {
  if (one.kind === "menu" || one.items?.length) return menu(board, one, path);
  const made = one.href ? link(one) : plain(board, one);
  const told = one.off ? one.why : one.hint;
  if (!told) {
    made.dataset.key = one.id;
    return made;
  }
  const id = one.off ? `mira-why-${one.id}` : `mira-hint-${one.id}`;
  return make("div", { class: "mira-hinted", key: one.id }, made, h("span", { class: "mira-help", id }, told));
}

/** A row of buttons, or nothing. */
export function drawButtons(board, buttons, { path = "", name = "mira-buttons" } = {}) {
  if (!buttons?.length) return null;
  return make("div", { class: name, key: `buttons-${path}` }, buttons.map((one) => drawButton(board, one, path)));
}
