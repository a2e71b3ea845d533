// What the form takes for its model: each message is one request, and every few seconds the page looks what has changed.
import { say } from "./announce.js";
import { hideLine, showLine } from "./lines.js";
import { backOff, quickFetch } from "./network.js";
import { leaveHint, recentReturns } from "./return.js";
import { TEXTS } from "./texts.js";

const LOOK_MS = 3000;
const HIDDEN_MS = 20000;
const LIMIT_MS = 10000;
const SILENT_MS = 4000;
const BACK_MS = 6000;
const RETURNS_A_MINUTE = 4;
/** What a browser still sends for a page that goes away. */
const KEPT_ALIVE = 60000;
const NAME_BYTES = 8;
const REFUSED = new Set([400, 403, 404]);

const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(NAME_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const spread = (ms) => ms * (0.8 + 0.4 * Math.random());

export class Talk {
  /** "ok", "lost" (trying again) or "gone" (the page is coming back by itself), as on the live page. */
  state = "ok";

  #page = newName();
  #held;
  #mark = "";
  #sign = "";
  #says = 0;
  #waiting = [];
  #sending = false;
  #looking = false;
  #timer = 0;
  #attempt = 0;
  #told = 0;
  #fold = 0;
  #shown = false;
  #changed = new Set();
  #listeners = new Map();
  #config;
  #drawFolds;

  /** @param drawFolds draws the steps that are done, `{key: html}` */
  constructor(config, drawFolds) {
    this.#config = config;
    this.#held = { view: {}, texts: config.texts };
    this.#drawFolds = drawFolds;
  }

  // what the form asks of its model

  get(name) {
    return this.#held[name];
  }

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  off(name, listener) {
    this.#listeners.set(name, (this.#listeners.get(name) ?? []).filter((one) => one !== listener));
  }

  send(message) {
    if (message.field !== "$here") {
      this.#waiting.push(message);
      this.#drain();
      return;
    }
    // A sign of life goes along with the next look; that the page went out of sight is told at once.
    this.#sign = message.value;
    if (message.value === "away") this.#look();
  }

  // what the page asks

  onChange(listener) {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  tryNow() {
    this.#look();
  }

  /** Gets the first view, however long it takes, and looks on from then. */
  async begin() {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#plan() : this.#look()));
    addEventListener("online", () => this.#look());
    addEventListener("pagehide", (event) => this.#leave(event));
    // A page out of the browser's back-forward store may be hours old.
    addEventListener("pageshow", (event) => event.persisted && this.#reload());
    const there = new Promise((resolve) => (this.#begun = resolve));
    this.#look();
    await there;
  }

  #begun = null;

  // to and fro

  async #look() {
    clearTimeout(this.#timer);
    if (this.#looking || this.state === "gone") return;
    this.#looking = true;
    const sign = this.#sign;
    this.#sign = "";
    const says = this.#says;
    const asked = new URLSearchParams({ page: this.#page, since: this.#mark, here: sign, team: this.#config.team });
    const told = await this.#call(`look?${asked}`);
    this.#looking = false;
    // An answer to a message that came meanwhile is newer.
    if (told && says === this.#says) this.#take(told);
    if (!told) this.#sign ||= sign;
    this.#plan();
  }

  #plan() {
    clearTimeout(this.#timer);
    if (this.state === "gone") return;
    const calm = spread(document.hidden ? HIDDEN_MS : LOOK_MS);
    this.#timer = setTimeout(() => this.#look(), this.state === "lost" ? backOff(this.#attempt++) : calm);
  }

  /** One message after the other: a submit must not overtake the drafts before it. */
  async #drain() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#waiting.length) {
      const message = this.#waiting.shift();
      const body = this.#body(message, { since: this.#mark });
      this.#says += 1;
      const told = await this.#call("say", { method: "POST", body, keepalive: document.hidden && String(body).length < KEPT_ALIVE });
      this.#says += 1;
      if (told) this.#take(told);
      // The form itself sends answers again; a button would stay silent.
      else if (message.field === "$press") this.#emit("msg:custom", { field: "$press", save_key: message.save_key, error: TEXTS.notPressed });
    }
    this.#sending = false;
  }

  #body(message, more = {}) {
    return new URLSearchParams({ token: this.#config.token, team: this.#config.team, page: this.#page, message: JSON.stringify(message), ...more });
  }

  async #call(where, init) {
    const response = await quickFetch(`${this.#config.address}/${where}`, init, LIMIT_MS).catch(() => null);
    const told = response?.ok ? await response.json().catch(() => null) : null;
    if (REFUSED.has(response?.status)) this.#gone();
    else if (told) this.#up();
    else this.#down();
    return told;
  }

  /** The page first, then the answers, as a kernel sends them. */
  #take({ mark, view, folds, replies = [] }) {
    this.#mark = mark;
    if (folds) this.#drawFolds(folds);
    if (view) {
      this.#held.view = view;
      this.#emit("change:view");
    }
    for (const reply of replies) this.#emit("msg:custom", reply);
    this.#begun?.();
    this.#begun = null;
  }

  #emit(name, ...told) {
    for (const listener of this.#listeners.get(name) ?? []) listener(...told);
  }

  // the connection

  #set(state) {
    if (state === this.state) return;
    this.state = state;
    for (const listener of [...this.#changed]) listener(state);
  }

  #up() {
    clearTimeout(this.#told);
    this.#told = this.#attempt = 0;
    if (this.state !== "lost") return;
    this.#set("ok");
    if (!this.#shown) return;
    this.#shown = false;
    showLine(TEXTS.back, "done");
    say(TEXTS.back);
    this.#fold = setTimeout(hideLine, BACK_MS);
  }

  #down() {
    if (this.state !== "ok") return;
    this.#set("lost");
    this.#plan();
    this.#told = setTimeout(() => {
      this.#shown = true;
      clearTimeout(this.#fold);
      showLine(TEXTS.lost, "care", () => this.tryNow());
      say(TEXTS.lost, true);
    }, SILENT_MS);
  }

  /** The seat is not ours any more, or the page is too old: loaded anew, it shows the right door. */
  #gone() {
    if (this.state === "gone") return;
    clearTimeout(this.#told);
    this.#set("gone");
    if (recentReturns() >= RETURNS_A_MINUTE) {
      showLine(TEXTS.stuck, "care", () => location.reload());
      return;
    }
    showLine(TEXTS.returning, "care");
    say(TEXTS.returning);
    setTimeout(() => this.#reload(), spread(1000));
  }

  #reload() {
    leaveHint();
    location.reload();
  }

  #leave({ persisted }) {
    clearTimeout(this.#timer);
    if (this.state === "gone" || persisted) return;
    this.state = "gone";
    navigator.sendBeacon?.(`${this.#config.address}/say`, this.#body({ field: "$left" }));
  }
}
