// Where the form stands. On our page it is the last thing of the main part, below all folded steps, and stays there while
// the kernel moves its view from box to box; elsewhere it goes with its view.
import { holdsFocus } from "./dom.js";

const MOVING_MS = 1000;
// JupyterLab goes to its last cell when it has run all; we come back from there, unless somebody moves first.
const COMING_MS = [300, 1000, 2500];

export class Place {
  #views = new Set();
  #last = null;
  #away = 0;
  #offset = 0;
  #watch;
  #coming;

  constructor(root, alone) {
    this.root = root;
    this.main = alone ? null : document.getElementById("step");
    if (!this.main) return this.#remember();
    this.#watch = new MutationObserver(() => this.#hold());
    this.#watch.observe(this.main, { childList: true, subtree: true });
  }

  /** Where the form goes with its view, the view has left the page before the next one comes: who had the focus is kept. */
  #remember() {
    this.root.addEventListener("focusin", ({ target }) => (this.#last = target));
    this.root.addEventListener("focusout", () => setTimeout(() => this.root.isConnected && !holdsFocus(this.root) && (this.#last = null)));
  }

  settle(view) {
    clearTimeout(this.#away);
    this.#views.add(view);
    const home = this.main ?? view;
    if (this.root.parentElement !== home) this.#move(home);
    this.#offset = this.#below();
  }

  /** A view is gone; if no other comes soon, so is the form. */
  leave(view, gone) {
    this.#views.delete(view);
    clearTimeout(this.#away);
    this.#away = setTimeout(() => {
      if (this.#views.size) return;
      this.root.remove();
      gone();
    }, MOVING_MS);
  }

  /** On a page that is not ours the form is where one goes on: it is brought into sight. */
  come() {
    if (this.main) return;
    this.#coming = new AbortController();
    const { signal } = this.#coming;
    const own = () => this.#coming.abort();
    for (const name of ["wheel", "pointerdown", "keydown"]) addEventListener(name, own, { capture: true, signal });
    for (const wait of COMING_MS) setTimeout(() => signal.aborted || this.root.scrollIntoView({ block: "start", behavior: "instant" }), wait);
    setTimeout(own, Math.max(...COMING_MS) + 1);
  }

  stop() {
    clearTimeout(this.#away);
    this.#coming?.abort();
    this.#watch?.disconnect();
    this.root.remove();
  }

  /** A move takes the focus away: it comes back with its caret, and the page does not jump. */
  #move(home) {
    const focused = holdsFocus(this.root) ? document.activeElement : document.activeElement === document.body ? this.#last : null;
    const caret = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
    const top = holdsFocus(this.root) ? focused.getBoundingClientRect().top : null;
    home.append(this.root);
    if (!focused) return;
    focused.focus({ preventScroll: true });
    if (caret && caret[0] !== null) focused.setSelectionRange(...caret);
    if (!this.main) (focused.matches("h1") ? this.root : focused).scrollIntoView({ block: focused.matches("h1") ? "start" : "nearest", behavior: "instant" });
    else if (top !== null) window.scrollBy({ top: focused.getBoundingClientRect().top - top, behavior: "instant" });
  }

  #below() {
    return this.main ? this.root.getBoundingClientRect().top - this.main.getBoundingClientRect().top : 0;
  }

  /** Something above grew or shrank, as a step folded: what one is at stays where it is. */
  #hold() {
    const offset = this.#below();
    if (offset !== this.#offset && holdsFocus(this.root)) window.scrollBy({ top: offset - this.#offset, behavior: "instant" });
    this.#offset = offset;
  }
}
