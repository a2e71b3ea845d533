// The page owns its connection: it sees that it is lost, says so, comes back, and reloads the page when its kernel is gone.
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import { say } from "./announce.js";
import { hideLine, showLine } from "./lines.js";
import { backOff, Patience, quickFetch } from "./network.js";
import { leaveHint, recentReturns } from "./return.js";
import { TEXTS } from "./texts.js";

const SILENT_MS = 4000;
const BACK_MS = 6000;
const DOUBT_MS = 2500;
const PROBE_MS = 2000;
const IDLE_MS = 20000;
const RETRY_MS = 5000;
const AWAY_MS = 5000;
const BLOCKED_AFTER = 2;
const HANGING = 0.5;
const RETURNS_A_MINUTE = 4;
const ENDED = new Set(["dead", "restarting", "autorestarting", "terminating"]);

/** Where the same seat has its simple page, "" on a page without a code. */
function simpleAddress(baseUrl) {
  const asked = new URLSearchParams(location.search);
  const team = asked.get("team");
  return asked.get("m") ? `${baseUrl}simple/${encodeURIComponent(asked.get("m"))}${team ? `?${new URLSearchParams({ team })}` : ""}` : "";
}

export class Connection {
  /** "ok", "lost" (trying again) or "gone" (the page is coming back by itself). */
  state = "ok";

  #kernel;
  #address;
  #patience = new Patience();
  #listeners = new Set();
  #lostAt = 0;
  #visibleAt = -Infinity;
  #hiddenAt = 0;
  #shown = false;
  #announce = 0;
  #fold = 0;
  #retry = 0;
  #attempt = 0;
  #doubt = 0;
  #doubtAt = 0;
  #heardAt = 0;
  #answersAlone = 0;
  #simple;

  constructor({ baseUrl, kernelId, simple }) {
    this.#simple = simple ? simpleAddress(baseUrl) : "";
    this.#address = new URL(`api/kernels/${kernelId}`, new URL(baseUrl, location.href)).href;
    this.#kernel = new KernelConnection({
      model: { id: kernelId, name: "python3" },
      // Sub-shells would run widget callbacks in other threads of the kernel, and the server does not let them through.
      commsOverSubshells: "disabled",
      serverSettings: ServerConnection.makeSettings({
        baseUrl: new URL(baseUrl, location.href).href,
        // After a broken socket the connection asks whether its kernel lives; the answer may take until the network is back.
        fetch: (request) => this.#askInTime(request),
      }),
    });
    this.#kernel.connectionStatusChanged.connect((_, status) => this.#follow(status));
    this.#kernel.statusChanged.connect((_, status) => ENDED.has(status) && this.#gone());
    this.#kernel.anyMessage.connect((_, { direction }) => this.#traffic(direction));
    this.#watchPage();
    if (this.#kernel.connectionStatus !== "connected") this.#down();
  }

  get kernel() {
    return this.#kernel;
  }

  /** Runs `listener(state)` at each change; returns the way to stop it. */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tries at once instead of waiting for the next try. */
  tryNow() {
    if (this.state === "gone" || this.#patience.waiting) this.#patience.wake();
    else if (this.#kernel.connectionStatus !== "connected") this.#reconnect();
  }

  #set(state) {
    if (state === this.state) return;
    this.state = state;
    for (const listener of [...this.#listeners]) {
      try {
        listener(state);
      } catch (error) {
        console.error(error);
      }
    }
  }

  #follow(status) {
    if (this.state === "gone") return;
    if (status === "connected") this.#up();
    else this.#down(status === "disconnected");
  }

  #up() {
    clearTimeout(this.#announce);
    clearTimeout(this.#retry);
    this.#attempt = this.#lostAt = 0;
    this.#answersAlone = -Infinity;
    this.#set("ok");
    if (!this.#shown) return;
    this.#shown = false;
    if (window.mira?.ownLines) return;
    showLine(TEXTS.back, "done");
    say(TEXTS.back);
    this.#fold = setTimeout(hideLine, BACK_MS);
  }

  #down(ended = false) {
    if (!this.#lostAt) {
      this.#lostAt = performance.now();
      this.#tellInTime();
    }
    this.#set("lost");
    clearTimeout(this.#retry);
    // A socket that hangs while it opens is given up, and one that was closed for good is opened again.
    this.#retry = setTimeout(() => this.#again(), ended ? backOff(this.#attempt++) : RETRY_MS);
  }

  #again() {
    if (this.state !== "lost") return;
    if (this.#patience.waiting) {
      this.#retry = setTimeout(() => this.#again(), RETRY_MS);
      return;
    }
    this.#reconnect();
    // A handshake that hangs says nothing by itself; a busy server's may hang for a while too.
    if (this.#answersAlone >= 0) this.#ask().then((model) => model && this.state === "lost" && this.#answered(HANGING));
  }

  #reconnect() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#again(), RETRY_MS);
    this.#kernel.reconnect().catch(() => {});
  }

  /** Four seconds of silence, counted anew when the page comes back from a locked screen. */
  #tellInTime() {
    clearTimeout(this.#announce);
    if (!this.#lostAt || this.#shown || this.state === "gone") return;
    const due = Math.max(this.#lostAt, this.#visibleAt) + SILENT_MS - performance.now();
    this.#announce = setTimeout(() => {
      if (document.hidden) return;
      this.#shown = true;
      this.#tell();
    }, due);
  }

  #tell() {
    if (window.mira?.ownLines) return;
    clearTimeout(this.#fold);
    const blocked = this.#answersAlone >= BLOCKED_AFTER;
    const text = blocked ? TEXTS.blocked : TEXTS.lost;
    showLine(text, "care", () => this.tryNow(), blocked ? this.#simple : "");
    say(blocked && this.#simple ? `${text} ${TEXTS.useSimple}` : text, true);
  }

  /** An answer without a socket that ever opened: some networks let pages through and nothing that stays open. */
  #answered(weight = 1) {
    const known = this.#answersAlone >= BLOCKED_AFTER;
    this.#answersAlone += weight;
    if (!known && this.#answersAlone >= BLOCKED_AFTER && this.#shown && this.state === "lost") this.#tell();
  }

  /** A message sent and nothing heard: the socket may be deaf although nobody closed it. */
  #traffic(direction) {
    if (direction === "recv") {
      this.#heardAt = performance.now();
      clearTimeout(this.#doubt);
      this.#doubt = 0;
    } else if (!this.#doubt) {
      this.#suspect(DOUBT_MS);
    }
  }

  #suspect(ms) {
    clearTimeout(this.#doubt);
    this.#doubtAt = performance.now();
    this.#doubt = setTimeout(async () => {
      this.#doubt = 0;
      const model = await this.#ask();
      if (this.state !== "ok" || this.#heardAt > this.#doubtAt) return;
      // A busy kernel answers later; a deaf socket never.
      if (model?.execution_state === "busy") this.#suspect(ms);
      else this.#giveUp();
    }, ms);
  }

  /** The kernel as the server sees it, or null when the server is out of reach; ends the page when there is none. */
  async #ask() {
    const response = await quickFetch(this.#address).catch(() => null);
    if (response?.status === 404) this.#gone();
    return response?.ok ? response.json().catch(() => null) : null;
  }

  async #askInTime(request) {
    const response = await this.#patience.fetch(request);
    if (response.status === 404) this.#gone();
    if (response.ok) this.#answered();
    return response;
  }

  /** Opens a new socket in place of one that has been silent since the doubt began. */
  #giveUp() {
    this.#lostAt = this.#doubtAt;
    this.#tellInTime();
    this.#reconnect();
  }

  #probe() {
    if (this.state === "gone") return;
    if (this.#kernel.connectionStatus !== "connected") return this.tryNow();
    this.#suspect(PROBE_MS);
    this.#kernel.requestCommInfo({ target_name: "mira.probe" }).catch(() => {});
  }

  /** Nobody tells a page whose kernel was ended while it lay idle, nor one whose network went away without a word. */
  async #idle() {
    if (document.hidden || this.state !== "ok" || performance.now() - this.#heardAt < IDLE_MS) return;
    const asked = performance.now();
    const model = await this.#ask();
    if (model || this.state !== "ok" || this.#heardAt > asked) return;
    this.#doubtAt = asked;
    this.#giveUp();
  }

  #watchPage() {
    setInterval(() => this.#idle(), IDLE_MS);
    addEventListener("online", () => this.#probe());
    addEventListener("offline", () => this.#probe());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        this.#hiddenAt = performance.now();
        return;
      }
      this.#visibleAt = performance.now();
      this.#tellInTime();
      if (this.#visibleAt - this.#hiddenAt > AWAY_MS) this.#probe();
      else this.tryNow();
    });
    // A page out of the browser's back-forward store has lost its kernel's messages.
    addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      leaveHint();
      location.reload();
    });
  }

  async #gone() {
    if (this.state === "gone") return;
    clearTimeout(this.#announce);
    clearTimeout(this.#retry);
    clearTimeout(this.#fold);
    this.#set("gone");
    if (recentReturns() >= RETURNS_A_MINUTE) {
      return showLine(TEXTS.stuck, "care", () => location.reload());
    }
    showLine(TEXTS.returning, "care");
    say(TEXTS.returning);
    await new Promise((resolve) => setTimeout(resolve, 300 + 1700 * Math.random()));
    // HEAD starts no kernel; any answer says that the server is there, so the reload will not end on the browser's own page.
    await this.#patience.fetch(location.href, { method: "HEAD" });
    if (document.hidden) {
      await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
    }
    leaveHint();
    location.reload();
  }
}
