// What stands around the step: top bar, session lines, foot with the menu. On our page they have places of their own.
import { button, focusOn, h, holdsFocus, keepPlace, mark, Region } from "./dom.js";
import { drawButtons } from "./blocks.js";
import { drawSettings } from "./settings.js";
import { t } from "./texts.js";

const CLEAR = "menu:leave";
/** Lines that somebody has to see who has scrolled down to a field: they stay under the top bar. */
const PRESSING = new Set(["$go", "$fault", "paused", "closing", "nudge", "scribe", "called", "went_back", "reopened", "writing"]);
/** Lines above a heading are brought into sight with it where they leave it this much of the window. */
const PEEK = 0.5;
const BAR_PX = 64;
const GAP_PX = 8;

export class Chrome {
  /**
   * @param host `press(id, value)`, `waiting()` (answers that have not gone in), `clear()` (empty this browser), `inLab`
   * @param root the form's own element, where the page has no places for us
   */
  constructor(host, root) {
    this.host = host;
    this.alone = !document.getElementById("mira-lines");
    this.bar = new Region(h("div", { class: "mira-bar" }), (bar) => this.#drawBar(bar));
    this.lines = new Region(h("div", { class: "mira-form-lines" }), (lines) => lines.map((line) => this.#drawLine(line)));
    this.pressing = new Region(h("div", { class: "mira-form-lines mira-pressing" }), (lines) => lines.map((line) => this.#drawLine(line)));
    this.foot = new Region(h("div", { class: "mira-foot" }), (foot) => foot && this.#drawFoot(foot));
    this.places = [
      [this.bar.el, "mira-top", "before"],
      [this.pressing.el, "mira-lines", "before"],
      [this.lines.el, "mira-lines", "before"],
      [this.foot.el, "mira-foot", "after"],
    ];
    this.root = root;
  }

  /** Takes the places; a form without a view leaves them to another. */
  attach(screen) {
    for (const [element, id, side] of this.places) {
      if (element.isConnected) continue;
      const place = document.getElementById(id);
      if (place) place.append(element);
      else if (side === "before") screen.before(element);
      else this.root.append(element);
    }
  }

  detach() {
    for (const [element] of this.places) element.remove();
  }

  draw(view, lines) {
    this.bar.set(this.host.inLab ? null : view.bar);
    const anchor = holdsFocus(this.root) ? document.activeElement : this.root.querySelector("h1");
    keepPlace(window.scrollY > 0 || holdsFocus(this.root) ? anchor : null, () => {
      this.pressing.set(lines.filter(({ id }) => PRESSING.has(id)));
      this.lines.set(lines.filter(({ id }) => !PRESSING.has(id)));
    });
    this.#uncover();
    this.foot.set(view.foot);
  }

  /** A screen has opened at its heading: the lines above come into sight too, where there is room. */
  peek(heading) {
    if (this.alone) return;
    const { top } = heading.getBoundingClientRect();
    const gap = this.lines.el.hidden ? 0 : top - this.lines.el.getBoundingClientRect().top;
    const under = Math.max(0, this.pressing.el.getBoundingClientRect().bottom + GAP_PX - top);
    const back = (gap > 0 && gap < PEEK * innerHeight ? gap : 0) + under;
    if (back) window.scrollBy({ top: -back, behavior: "instant" });
  }

  /** A line that stays on top must not lie on the field somebody is at, nor on a heading that is gone to. */
  #uncover() {
    const at = document.activeElement;
    const height = this.alone ? 0 : this.pressing.el.offsetHeight;
    document.documentElement.style.scrollPaddingTop = height ? `${height + BAR_PX}px` : "";
    if (this.alone || this.pressing.el.hidden || !this.root.contains(at)) return;
    const over = this.pressing.el.getBoundingClientRect().bottom - at.getBoundingClientRect().top;
    if (over > 0 && at.getBoundingClientRect().bottom > 0) window.scrollBy({ top: -over - GAP_PX, behavior: "instant" });
  }

  #drawBar(bar) {
    if (!bar) return [];
    const time = bar.heads === "up" ? t("look_up") : bar.time;
    const share = h("div", { class: "mira-progress", aria: { hidden: "true" } }, h("span"));
    share.firstChild.style.width = `${Math.round(100 * (bar.share ?? 0))}%`;
    const words = h("div", { class: "mira-bar-words" }, h("span", { class: "mira-bar-part" }, bar.part), h("span", { class: "mira-time", role: "timer", "aria-live": "off" }, time));
    return [words, share];
  }

  #drawLine(line) {
    const kind = { "~": "care", "?": "care", "!": "stop", "✓": "done" }[line.mark] ?? "note";
    const press = (id, value) => (line.go && id === line.go.id ? line.go.run() : this.host.press(id, value));
    return h(
      "div",
      { class: `mira-banner mira-banner-${kind} mira-session-line`, data: { line: line.id } },
      line.mark ? mark(line.mark) : null,
      h("p", { class: "mira-banner-text", tabIndex: -1 }, line.title ? h("strong", { class: "mira-banner-title" }, line.title) : null, line.text),
      line.buttons?.length ? h("div", { class: "mira-buttons" }, drawButtons(line.buttons, press)) : null,
    );
  }

  #drawFoot(foot) {
    this.menu = h("div", { class: "mira-menu", id: "mira-menu", hidden: true });
    this.opener = button(t("menu"), { look: "quiet", on: () => this.#turn(this.menu.hidden), data: { id: "menu" } });
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.setAttribute("aria-controls", "mira-menu");
    this.menu.append(...[h("p", { class: "mira-menu-who" }, t("you_are", { who: foot.who })), ...this.#entries(foot)].filter(Boolean));
    const outer = h("div", { class: "mira-foot-words" }, h("span", { class: "mira-who" }, foot.who), this.opener);
    const both = [outer, this.menu];
    for (const element of both) element.addEventListener("keydown", (event) => event.key === "Escape" && !this.menu.hidden && this.#turn(false));
    return both;
  }

  #entries(foot) {
    const press = (id, value) => {
      if (id === CLEAR && this.host.waiting() > 0) return this.#warn();
      this.#turn(false);
      if (id === CLEAR) this.host.clear();
      return this.host.press(id, value);
    };
    this.warning = h("div", { class: "mira-warning", hidden: true });
    return [...drawButtons(foot.menu, press), ...drawSettings(), this.warning];
  }

  #turn(open) {
    this.menu.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button,input")?.focus();
    else focusOn(this.opener);
  }

  /** Something typed is not in yet: leaving would lose it, so we ask once. */
  #warn() {
    const close = () => {
      this.warning.hidden = true;
      this.#turn(false);
    };
    const go = () => {
      close();
      this.host.clear();
      this.host.press(CLEAR, true);
    };
    this.warning.replaceChildren(
      h("p", { tabIndex: -1 }, mark("!"), h("span", null, t("unsent", { n: this.host.waiting() }))),
      h("div", { class: "mira-buttons" }, button(t("wait_and_send"), { on: () => (this.host.retry(), close()) }), button(t("clear_anyway"), { look: "quiet", on: go })),
    );
    this.warning.hidden = false;
    focusOn(this.warning.firstChild);
  }
}
