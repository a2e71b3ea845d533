// What only this page knows: which menu is open, which guard waits for its second tap, how long names stay.
const GUARD_MS = 3000;
const NAMES_MS = 10000;

const secondsTo = (until) => Math.max(0, Math.ceil((until - Date.now()) / 1000));

export class Ui {
  /** The open menu's name, "" for none. */
  menu = "";
  /** The grid's cell that Tab comes to. */
  cell = "";
  /** What a coach's list of teams is filtered by: words, and the choice of each list. */
  filter = {};
  #guard = { id: "", until: 0 };
  #names = { text: "", until: 0 };

  /** Seconds that a guarded button still waits for its second tap; 0 when it does not. */
  guarded(id) {
    return this.#guard.id === id ? secondsTo(this.#guard.until) : 0;
  }

  /** A tap on a guarded button; true when it was the second. */
  tap(id) {
    const second = this.guarded(id) > 0;
    this.#guard = second ? { id: "", until: 0 } : { id, until: Date.now() + GUARD_MS };
    return second;
  }

  unguard() {
    this.#guard = { id: "", until: 0 };
  }

  /** Names that came with a view: ten seconds from when they came, or were asked for again. */
  hear(names, asked) {
    if (!names?.text) this.#names = { text: "", until: 0 };
    else if (!this.#names.text || asked) this.#names = { text: names.text, until: Date.now() + NAMES_MS };
  }

  namesLeft() {
    return secondsTo(this.#names.until);
  }

  /** Whether something here changes with the seconds. */
  get ticking() {
    return this.#guard.until > Date.now() - 2000 || this.#names.until > Date.now() - 2000;
  }
}
