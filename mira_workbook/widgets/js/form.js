// The widget: draws the open step from `view`, sends what is typed, and keeps the promises about focus.
import { holdsFocus, randomKey } from "./dom.js";
import { Place } from "./place.js";
import { Chrome } from "./chrome.js";
import { DraftBox, SUBMIT } from "./draftbox.js";
import { SaveLine } from "./saveline.js";
import { Screen } from "./screen.js";
import { applySettings } from "./settings.js";
import { prepareSpeech, say, unsay } from "./speak.js";
import { steadyPresses } from "./steady.js";
import { setTexts, t } from "./texts.js";

const BEAT_MS = 5000;
const TYPING_MS = 10000;
const STILL_MS = 120000;
// Safari gives no focus to a tapped radio or button, so a fresh touch counts as being there.
const TOUCH_MS = 5000;
const QUIET_MS = 10000;
const ANSWER_MS = 20000;
const STOPPED = new Set(["dead", "restarting", "autorestarting", "terminating"]);
/** Buttons that leave the page where it is: what opens meanwhile still waits for who types. */
const STAYING = new Set(["wait", "guess", "nudge:thinking", "nudge:help", "ask:on", "ask:off"]);
const REOPENING = new Set(["change", "again", "late"]);

class Form {
  constructor(model, el) {
    this.model = model;
    this.root = el;
    this.touched = -Infinity;
    this.typed = -Infinity;
    this.moved = "";
    this.asked = new Map();
    this.inLab = Boolean(document.querySelector(".jp-LabShell, .jp-Notebook"));
    this.hasArrows = Boolean(document.querySelector(".jp-LabShell"));
    this.eager = this.inLab;
    el.classList.add("mira", "mira-form");
    setTexts(model.get("texts"));
    prepareSpeech();
    this.box = new DraftBox((message) => model.send(message), () => this.redrawSave());
    this.save = new SaveLine(this.box);
    this.chrome = new Chrome(this, el);
    el.classList.toggle("mira-alone", this.chrome.alone);
    steadyPresses(this.chrome.alone);
    this.place = new Place(el, this.chrome.alone);
    this.stopSettings = applySettings(el, this.chrome.alone);
  }

  start() {
    this.onView = () => this.update(this.model.get("view") ?? {});
    this.onTexts = () => setTexts(this.model.get("texts"));
    this.onMessage = (message) => this.receive(message);
    this.model.on("change:view", this.onView);
    this.model.on("change:texts", this.onTexts);
    this.model.on("msg:custom", this.onMessage);
    this.session = this.hasArrows ? this.model.widget_manager?.context?.sessionContext : null;
    this.onKernel = (_, now) => (STOPPED.has(now) || now?.newValue === null) && this.screen && this.refused(t("stopped"));
    this.session?.statusChanged.connect(this.onKernel);
    this.session?.kernelChanged.connect(this.onKernel);
    this.root.addEventListener("focusin", (event) => this.screen?.noteFocus(event.target));
    this.root.addEventListener("input", () => (this.typed = this.touched = Date.now()));
    this.onHide = () => {
      if (document.hidden) this.box.flush();
      this.here();
    };
    document.addEventListener("visibilitychange", this.onHide);
    this.stopLine = window.mira?.onConnection?.((state) => state === "ok" && this.here());
    this.beat = setInterval(() => !document.hidden && this.here(), BEAT_MS);
    this.second = setInterval(() => this.tick(), 1000);
    this.tell("$hello", null);
  }

  /** The kernel shows the form in a box, or moves it to another. */
  settle(el) {
    this.place.settle(el);
    if (this.view === undefined) this.onView();
    else if (this.screen) this.chrome.attach(this.screen.el);
    if (!this.came && (this.hasArrows || this.view?.key !== "start")) this.place.come();
    this.came = true;
  }

  leave(el) {
    this.place.leave(el, () => this.chrome.detach());
  }

  stop() {
    this.model.off("change:view", this.onView);
    this.model.off("change:texts", this.onTexts);
    this.model.off("msg:custom", this.onMessage);
    this.session?.statusChanged.disconnect(this.onKernel);
    this.session?.kernelChanged.disconnect(this.onKernel);
    document.removeEventListener("visibilitychange", this.onHide);
    this.stopLine?.();
    clearInterval(this.beat);
    clearInterval(this.second);
    this.box.close();
    this.chrome.detach();
    this.place.stop();
    this.stopSettings();
  }

  tell(field, value) {
    this.model.send({ field, value, save_key: randomKey(12) });
  }

  /** Tells something that is answered at once; `done` gets the answer, or null where none comes. */
  ask(field, value, done) {
    const save_key = randomKey(12);
    const silence = setTimeout(() => this.#answered({ save_key }, null), ANSWER_MS);
    this.asked.set(save_key, { done, silence });
    this.box.flush();
    this.model.send({ field, value, save_key });
  }

  #answered({ save_key }, message) {
    const { done, silence } = this.asked.get(save_key);
    clearTimeout(silence);
    this.asked.delete(save_key);
    done(message);
  }

  /** A sign of life. None while the line is down: they would all go out at once when it is back. */
  here() {
    const cut = window.mira && window.mira.connection !== "ok";
    if (this.view?.key && !cut) this.tell("$here", document.hidden ? "away" : this.doing());
  }

  doing() {
    if (Date.now() - this.typed < TYPING_MS) return "typing";
    return Date.now() - Math.max(this.touched, this.shownAt ?? 0) > STILL_MS ? "quiet" : "idle";
  }

  tick() {
    if (this.box.state.kind !== "clear") this.redrawSave();
    const quiet = this.view?.bar?.heads === "up" && !this.inLab && Date.now() - Math.max(this.touched, this.shownAt ?? 0) > QUIET_MS;
    this.root.classList.toggle("mira-dim", Boolean(quiet));
  }

  redrawSave() {
    if (this.screen) this.save.draw({ ...this.screen.view, saved_at: this.savedAt ?? this.screen.view.saved_at });
  }

  // what the kernel shows

  update(view) {
    if (!view.key) return this.empty();
    const told = this.view?.announce;
    this.view = view;
    this.box.current = view.key;
    this.fault = "";
    if (view.store_key) this.box.open(view.store_key);
    if (!this.screen) this.show(view, { first: true });
    else if (view.key === this.screen.key) this.same(view);
    else if (this.moved || !this.busy()) this.show(view);
    else this.held = view;
    this.drawChrome();
    this.redrawSave();
    if (view.announce && view.announce !== told) say(view.announce);
    else if (told && !view.announce) unsay(told);
    return undefined;
  }

  empty() {
    this.view = this.screen = this.held = null;
    this.chrome.detach();
    this.root.replaceChildren();
  }

  same(view) {
    this.held = null;
    if (view.saved_at) this.savedAt = view.saved_at;
    this.screen.update(view);
    // “Change it” may open the fields on the same screen.
    if (REOPENING.has(this.moved) && this.screen.fields.size) {
      this.screen.enter({ after: "change" });
      this.moved = "";
    }
  }

  /** Somebody is at a field: nothing may open or close under that hand. */
  busy() {
    const field = document.activeElement?.closest?.(".mira-field");
    const there = field && this.screen.el.contains(field);
    return this.screen.fields.size > 0 && (there || Date.now() - this.touched < TOUCH_MS);
  }

  show(view, { first = false, go = false } = {}) {
    this.box.flush();
    const old = this.screen;
    const lost = old && holdsFocus(old.el);
    const sameStep = old && stepOf(old.key) === stepOf(view.key);
    this.held = null;
    this.savedAt = view.saved_at || undefined;
    this.screen = new Screen(view, this);
    this.shownAt = Date.now();
    this.root.classList.toggle("mira-up", view.bar?.heads === "up");
    if (old) old.el.replaceWith(this.screen.el);
    else this.root.append(this.screen.el);
    this.chrome.attach(this.screen.el);
    const after = this.moved;
    this.moved = "";
    this.entered = go || Boolean(after) || Boolean(old && !sameStep);
    if (this.entered) this.screen.enter({ after });
    else if (lost) this.screen.title.focus({ preventScroll: true });
    else if (first) this.restored();
  }

  /** A page that opens for the first time takes no focus, unless nobody else has it and there is nothing to come back to. */
  restored() {
    this.redrawSave();
  }

  drawChrome() {
    const shown = this.held ? { ...this.view, bar: this.screen.view.bar } : this.view;
    // A page that waits for a tap says where the others are: the line about it would say so twice.
    const lines = (this.view.lines ?? []).filter(({ id }) => !(this.held && id === "called"));
    if (this.fault) lines.unshift({ id: "$fault", mark: "!", text: this.fault });
    if (this.held) {
      const next = stepOf(this.held.key) !== stepOf(this.screen.key);
      const text = this.held.come || (next ? t("next_step_open") : this.held.announce || t("page_moved"));
      const go = { id: "$go", run: () => this.goThere() };
      lines.unshift({ id: "$go", mark: "i", text, buttons: [{ id: "$go", label: t("go_there") }], go });
      if (this.heldTold !== this.held.key) say(`${text} ${t("go_there")}`);
      this.heldTold = this.held.key;
    }
    this.chrome.draw(shown, lines);
    if (this.entered) this.chrome.peek(this.screen.title);
    this.entered = false;
  }

  goThere() {
    const view = this.held;
    if (!view) return;
    this.show(view, { go: true });
    this.drawChrome();
    this.redrawSave();
  }

  // what the page tells

  note(screen, field, value, { now, base } = {}) {
    this.typed = this.touched = Date.now();
    this.box.note(screen, field, value, base);
    if (now) this.box.flush(screen, field);
  }

  left(screen, field) {
    this.box.flush(screen, field);
  }

  submit(screen, value) {
    this.moved = "submit";
    this.box.submit(screen, value);
    this.redrawSave();
  }

  press(id, value) {
    if (!STAYING.has(id)) {
      this.moved = id;
      setTimeout(() => this.moved === id && (this.moved = ""), TOUCH_MS);
    }
    this.box.flush();
    this.tell("$press", { id, value: value ?? true });
  }

  waiting() {
    return this.box.size;
  }

  retry() {
    this.box.retry();
  }

  clear() {
    this.box.clear();
  }

  receive(message) {
    if (message.field === "$goto" && message.url?.startsWith("/")) return location.assign(message.url);
    if (message.field === "$say") return say(message.text, Boolean(message.assertive));
    if (message.field === "$press" && message.error) return this.refused(message.error);
    if (this.asked.has(message.save_key)) return this.#answered(message, message);
    const entry = this.box.answer(message);
    if (!entry) return undefined;
    const mine = this.screen && entry.screen === this.screen.key;
    if (message.saved_at && mine) {
      this.savedAt = message.saved_at;
      this.save.saved(entry.screen, message.saved_at);
    }
    if (mine && entry.field === SUBMIT) this.settled(message);
    else if (mine && message.error && message.final) this.screen.fields.get(entry.field)?.problem({ text: message.error, level: "stop" });
    else if (mine) this.screen.fields.get(entry.field)?.acknowledged(message);
    return this.redrawSave();
  }

  /** A button could not do its work: a line says why until the next view. */
  refused(text) {
    this.moved = "";
    this.fault = text;
    this.drawChrome();
    say(text, true);
  }

  /** The submit was answered: what has to be mended is shown; otherwise the next view moves the page. */
  settled(message) {
    if (message.problems || message.error) this.moved = "";
    if (message.problems) return this.screen.problems(message.problems);
    if (message.error) return message.final ? this.refused(message.error) : undefined;
    this.screen.update(this.screen.view);
    if (this.held) this.goThere();
    return undefined;
  }
}

/** `step:round` of a screen's key. */
const stepOf = (key) => key.split(":").slice(0, 2).join(":");

/**
 * anywidget's door: one form for each model.
 *
 * The kernel moves the widget from box to box as the steps go on. The form outlives its views, so that words, caret and
 * the next step that waits for a tap survive the move.
 */
export default () => {
  let form;
  return {
    initialize({ model }) {
      form = new Form(model, document.createElement("div"));
      form.start();
      return () => form.stop();
    },
    render({ el }) {
      form.settle(el);
      return () => form.leave(el);
    },
  };
};
