// A press goes to what was under the finger when it came down, also where the page has moved before it is up again.
// Browsers give such a click to whatever lies there by then, or to nothing.
const PRESSABLE = "button, a[href], summary, label, input[type=radio], input[type=checkbox]";
// A finger that slides further than this means something else, or has thought better of it.
const SLIDE_PX = 12;
// The click of a finger comes this soon after it is up.
const CLICK_MS = 400;
const KEPT = Symbol.for("mira.steady");

const thing = (node) => {
  const found = node?.closest?.(PRESSABLE) ?? null;
  return found?.closest("label") ?? found;
};

/** What a thing that was drawn anew is called on the page. */
const nameOf = (element) => [element.tagName, element.dataset.id ?? "", element.getAttribute("aria-label") ?? element.textContent.trim()].join("|");

class Steady {
  #held = null;
  #stray = null;

  /** @param ours what a thing must lie in to be ours: on a page of others we touch nothing of theirs */
  constructor(ours) {
    this.ours = ours;
    for (const name of ["pointerdown", "pointerup", "pointercancel", "mousedown", "click"]) {
      document.addEventListener(name, (event) => this[name](event), { capture: true });
    }
  }

  pointerdown(event) {
    if (!event.isPrimary) return;
    const element = event.button === 0 && event.target.closest?.(this.ours) ? thing(event.target) : null;
    this.#stray = null;
    this.#held = element && { element, name: nameOf(element), x: event.clientX, y: event.clientY };
  }

  pointercancel() {
    this.#held = null;
  }

  pointerup({ isPrimary, clientX, clientY, pointerType }) {
    const held = this.#held;
    this.#held = null;
    if (!isPrimary || !held || Math.hypot(clientX - held.x, clientY - held.y) > SLIDE_PX) return;
    const element = held.element.isConnected ? held.element : this.#twin(held);
    const meets = thing(document.elementFromPoint(clientX, clientY));
    if (meets === held.element || (!meets && !element)) return;
    const stray = { element };
    this.#stray = stray;
    // Where the thing that a mouse pressed is gone, no click follows at all.
    const alone = pointerType === "mouse" && !held.element.isConnected;
    setTimeout(() => {
      if (this.#stray !== stray) return;
      this.#stray = null;
      if (alone) this.#press(element);
    }, alone ? 0 : CLICK_MS);
  }

  /** A finger's mousedown comes after it is up, and would take the focus to what lies there now. */
  mousedown(event) {
    if (this.#stray) this.#stop(event);
  }

  click(event) {
    if (!this.#stray || !event.isTrusted) return;
    const { element } = this.#stray;
    this.#stray = null;
    this.#stop(event);
    this.#press(element);
  }

  #stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #press(element) {
    const modal = document.querySelector("dialog:modal");
    // What has been hidden since, or lies behind a question, is not pressed by a finger that cannot see it.
    if (!element?.getClientRects().length || (modal && !modal.contains(element))) return;
    (element.control ?? element).focus({ preventScroll: true });
    element.click();
  }

  /** The one thing that was drawn in the place of one that is gone. */
  #twin({ element, name }) {
    const alike = [...document.querySelectorAll(element.tagName)].filter((other) => other.closest(this.ours) && nameOf(other) === name);
    return alike.length === 1 ? alike[0] : null;
  }
}

/** Steadies the presses of a page, once, however many forms and boards stand on it. */
export function steadyPresses(alone) {
  document[KEPT] ??= new Steady(alone ? ".mira" : "body");
}
