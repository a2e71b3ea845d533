// What was typed and is not acknowledged yet. It lies in this browser until the kernel says that it is in.
import { randomKey } from "./dom.js";

const WAIT_MS = 700;
const SILENT_MS = 4000;
const RETRY_S = [2, 4, 8, 16, 30];
const KEEP_MS = 14 * 24 * 3600 * 1000;
export const SUBMIT = "$submit";

const connected = () => !window.mira || window.mira.connection === "ok" || window.mira.connection === undefined;

/** Local storage, which private windows may refuse: the words then live as long as the page. */
export const storage = {
  get(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Nothing to do: the entry is still in memory and goes out from there.
    }
  },
  remove(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // The same.
    }
  },
  keys() {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  },
};

export class DraftBox {
  #entries = new Map();
  #send;
  #changed;
  #space = "";
  /** The screen that the kernel shows now. */
  current = "";
  #stopListening;

  /**
   * @param send hands `{field, value, save_key}` to the kernel
   * @param changed runs after each change of what waits
   */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
    this.#stopListening = window.mira?.onConnection?.((state) => state === "ok" && this.retry());
  }

  /**
   * Names whose drafts these are and takes in what an earlier page left behind.
   *
   * Who writes for somebody else has two such spaces, one after the other: what lies in the one not open waits.
   */
  open(storeKey) {
    const space = `mira:${storeKey}:`;
    if (space === this.#space) return;
    this.#space = space;
    for (const name of storage.keys().filter((key) => key.startsWith(space))) {
      const entry = this.#read(name);
      if (!entry || Date.now() - entry.at > KEEP_MS) storage.remove(name);
      else this.#entries.set(name, entry);
    }
    for (const [name] of this.#here()) this.#go(name);
  }

  #here() {
    return [...this.#entries].filter(([name]) => name.startsWith(this.#space));
  }

  #read(name) {
    try {
      const { screen, field, value, save_key, at } = JSON.parse(storage.get(name));
      return { screen, field, value, save_key, at, tries: 0 };
    } catch {
      return null;
    }
  }

  /** Keeps a value at once and sends it 700 ms after the last change. */
  note(screen, field, value, base) {
    const name = this.#name(screen, field);
    const entry = this.#put(name, { screen, field, value, base });
    entry.timer = setTimeout(() => this.#go(name), WAIT_MS);
    this.#changed();
  }

  /** Sends at once what waits for its 700 ms, of one field or of all. */
  flush(screen, field) {
    for (const [name, entry] of this.#here()) {
      const mine = screen === undefined || (entry.screen === screen && (field === undefined || entry.field === field));
      if (mine && entry.tries === 0 && !entry.sent) this.#go(name);
    }
  }

  /** Sends a whole step; the drafts of its fields travel inside it. Returns the save key. */
  submit(screen, value) {
    for (const [name, entry] of this.#here()) {
      if (entry.screen === screen && entry.field !== SUBMIT) clearTimeout(entry.timer);
      if (entry.screen === screen && entry.field === SUBMIT) this.#drop(name);
    }
    const name = this.#name(screen, SUBMIT);
    const entry = this.#put(name, { screen, field: SUBMIT, value });
    this.#go(name);
    return entry.save_key;
  }

  /** Takes the kernel's answer; returns the entry it was for, or null. */
  answer({ save_key, error, final, moved, problems }) {
    const found = [...this.#entries].find(([, entry]) => entry.save_key === save_key);
    if (!found) return null;
    const [name, entry] = found;
    clearTimeout(entry.timer);
    clearTimeout(entry.silence);
    entry.late = false;
    if (moved) {
      this.#unsubmit(name, entry);
    } else if (error) {
      entry.error = error;
      entry.final = Boolean(final);
      if (!final) this.#later(name);
    } else {
      this.#drop(name);
      // Problems mean that the values were seen but not taken: what was still on its way stays a draft.
      if (entry.field === SUBMIT) this.#settle(entry, Boolean(problems));
    }
    this.#changed();
    return entry;
  }

  /** What lies here for a screen, by field; a submit that has not gone in counts with its values. */
  kept(screen) {
    const values = {};
    for (const [, entry] of this.#here()) {
      if (entry.screen !== screen) continue;
      if (entry.field === SUBMIT) Object.assign(values, entry.value.values);
    }
    for (const [, entry] of this.#here()) {
      if (entry.screen === screen && entry.field !== SUBMIT) values[entry.field] = entry.value;
    }
    return values;
  }

  /** Whether this field, or the submit of its screen, waits for an acknowledgement. */
  waits(screen, field) {
    return this.#entries.has(this.#name(screen, field)) || this.#entries.has(this.#name(screen, SUBMIT));
  }

  submitting(screen) {
    const entry = this.#entries.get(this.#name(screen, SUBMIT));
    return Boolean(entry && !entry.final);
  }

  /** Somebody presses once more: a submit that waits for its next try goes now, one just sent is let be. */
  hurry(screen) {
    const name = this.#name(screen, SUBMIT);
    const { late, error } = this.#entries.get(name);
    if (!late && !error) return;
    if (!connected()) window.mira.tryNow?.();
    this.#go(name);
    this.#changed();
  }

  get size() {
    return this.#entries.size;
  }

  /** How things stand: {kind: "clear" | "saving" | "phone" | "refused", seconds, error}. */
  get state() {
    const entries = [...this.#entries.values()];
    const refused = entries.find((entry) => entry.error && !entry.final);
    if (refused) return { kind: "refused", error: refused.error };
    const late = entries.filter((entry) => entry.late);
    if (late.length) {
      const due = Math.min(...late.map((entry) => entry.due ?? Infinity));
      const seconds = connected() && due < Infinity ? Math.max(1, Math.ceil((due - Date.now()) / 1000)) : null;
      return { kind: "phone", seconds };
    }
    return { kind: entries.some((entry) => !entry.final) ? "saving" : "clear" };
  }

  /** The words that wait, for the clipboard. */
  get words() {
    const spell = (value) => (typeof value === "string" ? value : JSON.stringify(value));
    return [...this.#entries.values()].map((entry) => spell(entry.value)).join("\n\n");
  }

  /** Tries everything again now, under the same save keys. */
  retry() {
    for (const [name, entry] of this.#here()) if (!entry.final) this.#go(name);
    this.#changed();
  }

  /** Forgets everything of this seat in this browser. */
  clear() {
    for (const name of [...this.#entries.keys()]) this.#drop(name);
    for (const name of storage.keys().filter((key) => key.startsWith(this.#space))) storage.remove(name);
    this.#changed();
  }

  close() {
    this.#stopListening?.();
    this.flush();
    for (const entry of this.#entries.values()) {
      clearTimeout(entry.timer);
      clearTimeout(entry.silence);
    }
  }

  #name(screen, field) {
    return `${this.#space}${screen}:${field}`;
  }

  #put(name, entry) {
    const old = this.#entries.get(name);
    if (old) clearTimeout(old.timer), clearTimeout(old.silence);
    // The key tells the kernel on which screen it was typed: a step may have moved on in between.
    Object.assign(entry, { save_key: `${entry.screen}/${randomKey(12)}`, at: Date.now(), tries: 0, late: old?.late });
    this.#entries.set(name, entry);
    this.#store(name, entry);
    return entry;
  }

  #store(name, { screen, field, value, base, save_key, at }) {
    storage.set(name, JSON.stringify({ screen, field, value, base, save_key, at }));
  }

  #go(name) {
    const entry = this.#entries.get(name);
    clearTimeout(entry.timer);
    clearTimeout(entry.silence);
    if (!name.startsWith(this.#space)) return;
    entry.due = undefined;
    entry.sent = true;
    const { value, base, save_key } = entry;
    if (connected()) this.#send({ field: this.address(entry), value, save_key, ...(base === undefined ? null : { base }) });
    entry.silence = setTimeout(() => {
      entry.late = true;
      this.#later(name);
      this.#changed();
    }, SILENT_MS);
  }

  /** A field of another step than the open one is named in full. */
  address({ screen, field }) {
    const [step, ...more] = screen.split(":");
    const elsewhere = this.current && more.length && step !== this.current.split(":")[0];
    return elsewhere && !field.startsWith("$") && !field.includes(".") ? `${step}.${field}` : field;
  }

  /** The step takes no answer any more: what was sent stays as drafts. */
  #unsubmit(name, { screen, value }) {
    this.#drop(name);
    for (const [field, held] of Object.entries(value.values)) {
      const draft = this.#name(screen, field);
      // The submit stopped the clocks of the drafts that travelled inside it.
      if (this.#entries.has(draft)) this.#go(draft);
      else this.note(screen, field, held);
    }
  }

  #later(name) {
    const entry = this.#entries.get(name);
    const seconds = RETRY_S[Math.min(entry.tries, RETRY_S.length - 1)];
    entry.tries += 1;
    entry.due = Date.now() + seconds * 1000;
    entry.timer = setTimeout(() => this.#go(name), seconds * 1000);
  }

  #drop(name) {
    const entry = this.#entries.get(name);
    if (entry) clearTimeout(entry.timer), clearTimeout(entry.silence);
    this.#entries.delete(name);
    storage.remove(name);
  }

  #settle(submitted, refused) {
    for (const [name, entry] of this.#here()) {
      if (entry.screen !== submitted.screen || entry.at > submitted.at) continue;
      if (refused) this.#go(name);
      else this.#drop(name);
    }
  }
}
