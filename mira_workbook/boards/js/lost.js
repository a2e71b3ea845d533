// The line about a lost server, with a count that is true: at its end the connection is tried at once.
import { say } from "../../widgets/js/speak.js";
import { t } from "../../widgets/js/texts.js";
import { connected } from "./presses.js";

const QUIET_MS = 1000;
const SPOKEN_MS = 4000;
const WAIT_S = 3;
const OPENING_S = 5;
const BACK_MS = 6000;

export class Lost {
  #since = 0;
  #turn = 0;
  #spoken = false;
  #backUntil = 0;

  /** Follows the connection; `back` runs when it stands again. */
  constructor(changed, back) {
    // The board says itself how the connection stands, in words for who leads.
    if (window.mira) window.mira.ownLines = true;
    this.stop = window.mira?.onConnection?.((state) => {
      if (state === "ok" && this.#since) this.#end(back);
      else if (state !== "ok" && !this.#since) this.#since = this.#turn = Date.now();
      changed();
    }) ?? (() => {});
    if (!connected()) this.#since = this.#turn = Date.now();
  }

  #end(back) {
    if (this.shown) this.#backUntil = Date.now() + BACK_MS;
    if (this.#spoken) say(t("server_back"));
    this.#since = 0;
    this.#spoken = false;
    back();
  }

  get shown() {
    return this.#since > 0 && Date.now() - this.#since >= QUIET_MS && window.mira?.connection !== "gone";
  }

  /** Runs each second. */
  tick() {
    if (!this.#since || window.mira?.connection === "gone") return;
    if (!this.#spoken && Date.now() - this.#since >= SPOKEN_MS) {
      this.#spoken = true;
      say(t("lost_now"), true);
    }
    const passed = (Date.now() - this.#turn) / 1000;
    if (passed >= WAIT_S && !this.trying) this.try();
    else if (passed >= WAIT_S + OPENING_S) this.#turn = Date.now(), (this.trying = false);
  }

  try() {
    this.trying = true;
    this.#turn = Date.now() - WAIT_S * 1000;
    window.mira?.tryNow?.();
  }

  /** The lines to show, none or one. */
  lines() {
    if (this.shown) {
      const left = Math.max(1, Math.ceil(WAIT_S - (Date.now() - this.#turn) / 1000));
      const text = this.trying ? t("lost_now") : t("lost_in", { n: left });
      return [{ id: "$lost", mark: "~", text, buttons: [{ id: "$try", label: t("try_now"), run: () => this.try() }] }];
    }
    return Date.now() < this.#backUntil ? [{ id: "$lost", mark: "✓", text: t("server_back") }] : [];
  }
}
