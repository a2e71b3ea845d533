// The board's widget: draws `view`, tells the kernel what was pressed, and keeps its hands off what somebody is at.
import { h, holdsFocus, randomKey } from "../../widgets/js/dom.js";
import { copyWords } from "../../widgets/js/saveline.js";
import { applySettings } from "../../widgets/js/settings.js";
import { prepareSpeech, say } from "../../widgets/js/speak.js";
import { steadyPresses } from "../../widgets/js/steady.js";
import { setTexts, t } from "../../widgets/js/texts.js";
import { Clock } from "./clock.js";
import { DialogBox } from "./dialog.js";
import { fit } from "./fit.js";
import { neighbour } from "./grid.js";
import { Keys } from "./keys.js";
import { ownLines } from "./lines.js";
import { Lost } from "./lost.js";
import { Notes } from "./notes.js";
import { patch } from "./patch.js";
import { Presses } from "./presses.js";
import { drawScreen, kindOf } from "./screens.js";
import { BOARD_TEXTS } from "./texts.js";
import { Ui } from "./ui.js";

const BEAT_MS = 10000;
// A second click of a double click must not press what has come to stand under it.
const APART_MS = 600;
const JUMP_MS = 300;
const JUMP_PX = 8;
const EDGE_PX = 8;
const NAMES = "names";
const COPY = "copy";
// Nobody taps a fault away on a projector.
const WALL_FAULT_MS = 8000;

class Board {
  view = null;
  fault = "";
  /** The latest press. */
  last = { id: "", moves: false, at: -Infinity };

  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.ui = new Ui();
    this.clock = new Clock();
    this.alone = !document.getElementById("mira-lines");
    root.classList.add("mira", "mira-board");
    root.classList.toggle("mira-alone", this.alone);
    root.append(h("div"));
    setTexts({ ...BOARD_TEXTS, ...model.get("texts") });
    prepareSpeech();
    steadyPresses(this.alone);
    this.presses = new Presses((message) => model.send(message), () => this.redraw(), () => this.view?.key ?? "");
    this.lost = new Lost(() => this.redraw(), () => this.presses.back());
    this.notes = new Notes((message) => model.send({ ...message, key: this.view?.key ?? "" }));
    this.dialog = new DialogBox(this);
    this.keys = new Keys(this);
    root.append(this.dialog.el, this.keys.el);
    this.stopSettings = applySettings(root, this.alone);
  }

  start() {
    this.onView = () => this.update(this.model.get("view") ?? {});
    this.onMessage = (message) => this.receive(message);
    this.model.on("change:view", this.onView);
    this.model.on("msg:custom", this.onMessage);
    this.root.addEventListener("click", (event) => this.#click(event));
    this.root.addEventListener("change", (event) => this.#chosen(event));
    this.root.addEventListener("input", ({ target }) => target.type === "search" && target.tell?.(target.value));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.onOutside = (event) => this.ui.menu && !event.target.closest?.(".mira-b-holder") && this.turnMenu("");
    document.addEventListener("pointerdown", this.onOutside);
    this.onHide = () => (document.hidden ? this.notes.box.flush() : this.redraw());
    document.addEventListener("visibilitychange", this.onHide);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.onLook = () => this.redraw();
    this.scheme.addEventListener("change", this.onLook);
    addEventListener("resize", this.onLook);
    this.beat = setInterval(() => this.here(), BEAT_MS);
    this.second = setInterval(() => this.tick(), 1000);
    this.here();
    this.onView();
  }

  stop() {
    this.model.off("change:view", this.onView);
    this.model.off("msg:custom", this.onMessage);
    document.removeEventListener("pointerdown", this.onOutside);
    document.removeEventListener("visibilitychange", this.onHide);
    this.scheme.removeEventListener("change", this.onLook);
    removeEventListener("resize", this.onLook);
    clearInterval(this.beat);
    clearInterval(this.second);
    for (const part of [this.lost, this.presses, this.keys]) part.stop();
    this.notes.box.close();
    this.stopSettings();
    this.root.remove();
  }

  here() {
    if (!document.hidden) this.model.send({ here: true });
  }

  tick() {
    if (!this.view?.key) return;
    this.lost.tick();
    this.notes.tick();
    const left = this.clock.left(this.view.centre?.clock);
    if (left === 60 && !this.view.viewer) say(t("one_minute"));
    const runs = left !== null || this.view.grid?.rows.some(({ until }) => until);
    if (runs || this.ui.ticking || this.lost.lines().length || this.presses.waiting.size) this.redraw();
  }

  /** The page's colours now. */
  get dark() {
    const { theme } = (this.alone ? this.root : document.documentElement).dataset;
    return theme === "dark" || (theme !== "light" && Boolean(this.scheme?.matches));
  }

  // what the kernel shows

  update(view) {
    if (!view.key) return;
    const before = this.view;
    const moved = before && before.key !== view.key;
    this.view = view;
    this.clock.hear(view.now);
    this.ui.hear(view.centre?.names, this.namesAsked);
    if (view.centre?.names) this.namesAsked = false;
    if (moved) this.#leave(view);
    if (view.side?.notes) this.notes.set(view.side.notes, `board/${view.head?.code ?? ""}/${view.head?.title ?? ""}`);
    this.#keepPlace(() => this.redraw());
    this.dialog.follow(view.dialog);
    if (moved && kindOf(before) !== kindOf(view)) this.#enter();
    if (view.announce && view.announce !== before?.announce) say(view.announce);
  }

  /** A screen of another kind starts at its top, with its head in sight. */
  #enter() {
    window.scrollTo({ top: 0, behavior: "instant" });
    this.root.querySelector("h1")?.focus({ preventScroll: true });
  }

  /** Another screen: what was open on the one before is closed, and said where somebody was about to press. */
  #leave() {
    this.ui.menu = "";
    this.ui.unguard();
    this.fault = "";
    if (!this.dialog.shown || !this.dialog.ours) return;
    const waits = this.presses.waiting.size > 0;
    this.dialog.close();
    if (!waits) this.refused(t("moved_on"));
  }

  redraw() {
    const { view } = this;
    if (!view?.key) return;
    this.root.dataset.screen = kindOf(view);
    this.#light(view.wall);
    const lines = [...ownLines(this), ...(view.lines ?? [])];
    const tree = drawScreen(this, view, lines);
    const focused = holdsFocus(this.root) ? document.activeElement : null;
    const screen = this.root.firstChild;
    if (screen.dataset.key === tree.dataset.key) patch(screen, tree);
    else {
      const fresh = tree.cloneNode(false);
      screen.replaceWith(fresh);
      patch(fresh, tree);
    }
    this.#refocus(focused);
    this.dialog.draw();
    this.#settleMenu();
    const middle = this.root.querySelector(".mira-w-middle");
    if (middle) this.#fit(middle);
  }

  /** The projector is light whatever the laptop is. */
  #light(wall) {
    const carrier = this.alone ? this.root : document.documentElement;
    if (wall && carrier.dataset.theme !== "light") {
      this.themed = carrier.dataset.theme;
      carrier.dataset.theme = "light";
    } else if (!wall && this.themed) {
      carrier.dataset.theme = this.themed;
      this.themed = "";
    }
  }

  #fit(middle) {
    fit(middle);
    for (const image of middle.querySelectorAll("img")) if (!image.complete) image.addEventListener("load", () => fit(middle), { once: true });
  }

  /** A focused button that has gone gives the focus to its namesake, or to the heading; nothing is pressed by that. */
  #refocus(focused) {
    if (!focused || (focused.isConnected && focused.offsetParent !== null) || this.dialog.el.open || this.keys.el.open) return;
    const { id } = focused.dataset;
    const same = id && this.root.querySelector(`[data-id="${CSS.escape(id)}"]`);
    (same ?? this.root.querySelector("h1"))?.focus({ preventScroll: true });
  }

  /** A message above pushes what is below: the page goes along, and a finger on its way is given a moment. */
  #keepPlace(change) {
    const anchor = () => (holdsFocus(this.root) ? document.activeElement : this.root.querySelector(".mira-b-actions, .mira-b-thumbs, h1"));
    const before = anchor();
    const top = before?.getBoundingClientRect().top;
    change();
    if (!before?.isConnected || before !== anchor()) return;
    const by = before.getBoundingClientRect().top - top;
    if (by && window.scrollY > 0) window.scrollBy({ top: by, behavior: "instant" });
    if (Math.abs(before.getBoundingClientRect().top - top) > JUMP_PX) this.jumped = Date.now();
  }

  // what the page tells

  /** Somebody pressed a button of the view. */
  pressed(one) {
    if (one.run) return one.run();
    if (one.id === COPY && this.view.lobby) return copyWords(this.view.lobby.join_link);
    if (one.off) return one.why ? say(one.why) : undefined;
    if (one.main && Date.now() - (this.jumped ?? 0) < JUMP_MS) return undefined;
    if (one.kind === "guard" && !this.ui.tap(one.id)) {
      say(one.again ?? t("tap_again", { label: one.label, n: 3 }));
      return this.redraw();
    }
    if (this.ui.menu) this.#closeMenu();
    if (one.dialog) return this.dialog.open(one.dialog, { opener: this.opener ?? document.activeElement });
    return this.send(one);
  }

  /** Hands a press on, unless the same is on its way, or it and the one a moment ago are two halves of a double click. */
  send({ id, value, label, main, kind }) {
    const moves = Boolean(main) || kind === "guard";
    const { last } = this;
    const twice = Date.now() - last.at < APART_MS && (last.id === id || (last.moves && moves));
    if (this.presses.has(id) || twice) return undefined;
    this.last = { id, moves, at: Date.now() };
    this.fault = "";
    if (id === NAMES) this.namesAsked = true;
    return this.presses.press(id, value ?? true, label ?? id);
  }

  receive(message) {
    if (this.notes.answer(message)) return undefined;
    const entry = this.presses.answer(message);
    const inDialog = this.dialog.answer(message);
    if (entry && message.error && !inDialog) this.refused(message.error);
    else if (entry) this.redraw();
    return undefined;
  }

  refused(text) {
    this.fault = text;
    if (this.view.wall) setTimeout(() => this.clearFault(), WALL_FAULT_MS);
    this.redraw();
    say(text, true);
  }

  clearFault() {
    this.fault = "";
    this.redraw();
  }

  // pointer, keys and menus

  #click(event) {
    for (let at = event.target; at && at !== this.root; at = at.parentElement) {
      if (!at.act) continue;
      this.opener = at.closest(".mira-b-menu")?.previousElementSibling ?? at;
      at.act();
      return;
    }
  }

  /** Something of a list was chosen, on the page or in a dialog. */
  #chosen({ target }) {
    if (target.tagName === "SELECT") target.tell?.(target.value);
    this.dialog.draw();
  }

  #key(event) {
    const { target, key } = event;
    if (key === "Escape" && this.ui.menu) return this.turnMenu("");
    const menu = target.closest?.(".mira-b-menu");
    if (menu && (key === "ArrowDown" || key === "ArrowUp")) {
      event.preventDefault();
      const buttons = [...menu.querySelectorAll("button,a")];
      return buttons.at((buttons.indexOf(target) + (key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
    }
    if (!target.dataset?.cell || menu) return undefined;
    const next = neighbour(target, key);
    if (!next) return undefined;
    event.preventDefault();
    this.ui.cell = next.dataset.cell;
    if (this.ui.menu) this.ui.menu = "";
    this.redraw();
    return next.focus();
  }

  /** Opens a menu, closes it when it is open; "" closes whichever is. */
  turnMenu(id) {
    if (!id || this.ui.menu === id) return this.#closeMenu();
    this.ui.menu = id;
    if (id.startsWith("cell/")) this.ui.cell = id;
    this.redraw();
    const first = this.root.querySelector(`[data-menu="${CSS.escape(id)}"] :is(button,a)`);
    first?.closest(".mira-b-menu").scrollIntoView({ block: "nearest", behavior: "instant" });
    return first?.focus({ preventScroll: true });
  }

  #closeMenu() {
    const opener = this.root.querySelector(`[data-opens="${CSS.escape(this.ui.menu)}"]`);
    const inside = opener?.parentElement.contains(document.activeElement) || document.activeElement === document.body;
    this.ui.menu = "";
    if (inside) opener?.focus({ preventScroll: true });
    this.redraw();
  }

  /** A menu near the right edge opens to the left, one near the lower edge upwards. */
  #settleMenu() {
    const menu = this.root.querySelector(".mira-b-menu");
    if (!menu) return;
    delete menu.dataset.side;
    delete menu.dataset.up;
    const { clientWidth, clientHeight } = document.documentElement;
    const { right, bottom, height } = menu.getBoundingClientRect();
    if (right > clientWidth - EDGE_PX) menu.dataset.side = "left";
    if (bottom > clientHeight - EDGE_PX && menu.parentElement.getBoundingClientRect().top > height + EDGE_PX) menu.dataset.up = "";
  }

  focusBack(opener) {
    const { id } = opener?.dataset ?? {};
    const back = opener?.isConnected && opener.offsetParent !== null ? opener : id ? this.root.querySelector(`[data-id="${CSS.escape(id)}"]`) : null;
    (back ?? this.root.querySelector("h1"))?.focus({ preventScroll: true });
  }
}

/** anywidget's door: one board for each model, which outlives its views. */
export default () => {
  let board;
  return {
    initialize({ model }) {
      board = new Board(model, h("div", { id: `mira-board-${randomKey(4)}` }));
      board.start();
      return () => board.stop();
    },
    render({ el }) {
      el.append(board.root);
      board.redraw();
      return () => el.contains(board.root) && board.root.remove();
    },
  };
};
