// What was pressed and is not answered yet. Nobody who leads may be unsure whether “Reveal” went: each press is answered,
// goes once when the line is back, or is said not to have gone.
import { randomKey } from "../../widgets/js/dom.js";

const SILENT_MS = 4000;
const AGAIN_MS = 600;
const OLD_MS = 60000;
const STORE = "mira-board-presses";

export const connected = () => (window.mira?.connection ?? "ok") === "ok";

export class Presses {
  /** Presses by save key: {id, value, label, key, save_key, at, sent, late}. */
  waiting = new Map();
  /** What is told about presses until somebody says “Good”: [{id, text}]. */
  told = [];

  /**
   * @param send hands a message to the kernel
   * @param changed runs after each change of what waits
   * @param seen gives the key of the screen that is shown
   */
  constructor(send, changed, seen) {
    this.send = send;
    this.changed = changed;
    this.seen = seen;
    this.#readBack();
  }

  /** Whether this button was pressed and is not answered; a second press of it does nothing. */
  has(id) {
    return [...this.waiting.values()].some((entry) => entry.id === id);
  }

  /** Sends a press, or keeps it while the line is broken; returns its save key. */
  press(id, value, label) {
    const entry = { id, value, label, key: this.seen(), save_key: randomKey(12), at: Date.now(), sent: false, late: false };
    this.waiting.set(entry.save_key, entry);
    this.told = [];
    this.#go(entry);
    this.#keep();
    this.changed();
    return entry.save_key;
  }

  #go(entry) {
    clearTimeout(entry.timer);
    const { id, value, key, save_key } = entry;
    if (connected()) {
      entry.sent = true;
      this.send({ press: id, value, save_key, key });
    }
    entry.timer = setTimeout(() => this.#wonder(entry), SILENT_MS);
  }

  /** No answer in time: an old press that never left is given up, any other is asked for again under its own key. */
  #wonder(entry) {
    entry.late = true;
    if (!entry.sent && Date.now() - entry.at > OLD_MS) this.#giveUp(entry, "press_old");
    else this.#go(entry);
    this.changed();
  }

  /** The line is back: what waits goes, unless the screen it was meant for is gone. */
  back() {
    setTimeout(() => {
      if (!connected()) return;
      for (const entry of [...this.waiting.values()]) {
        if (entry.sent) this.#go(entry);
        else if (entry.key !== this.seen()) this.#giveUp(entry, "press_moved");
        else if (Date.now() - entry.at > OLD_MS) this.#giveUp(entry, "press_old");
        else this.#go(entry);
      }
      this.changed();
    }, AGAIN_MS);
  }

  #giveUp(entry, text) {
    this.drop(entry.save_key);
    this.told.push({ id: entry.save_key, text, label: entry.label });
  }

  /** Takes the kernel's answer; returns the press it was for, or null. */
  answer({ save_key }) {
    const entry = this.waiting.get(save_key) ?? null;
    if (entry) this.drop(save_key);
    return entry;
  }

  drop(save_key) {
    clearTimeout(this.waiting.get(save_key)?.timer);
    this.waiting.delete(save_key);
    this.#keep();
    this.changed();
  }

  heard(id) {
    this.told = this.told.filter((one) => one.id !== id);
    this.changed();
  }

  stop() {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
  }

  #keep() {
    try {
      const kept = [...this.waiting.values()].map(({ label, sent }) => ({ label, sent }));
      if (kept.length) sessionStorage.setItem(STORE, JSON.stringify(kept));
      else sessionStorage.removeItem(STORE);
    } catch {
      // A private window may refuse; then a page that closes takes the knowledge with it.
    }
  }

  /** What an earlier page of this window left unanswered. */
  #readBack() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
      this.told = kept.map(({ label, sent }) => ({ id: randomKey(6), text: sent ? "press_unsure" : "press_lost", label }));
      sessionStorage.removeItem(STORE);
    } catch {
      this.told = [];
    }
  }
}
