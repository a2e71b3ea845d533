// One screen of a step: heading, what to do, fields on one or more pages, save line, main button, what follows.
import { button, focusOn, h, holdsFocus, isBlank, mark, Region, setText } from "./dom.js";
import { drawBlocks, drawButtons } from "./blocks.js";
import { Field } from "./field.js";
import { say } from "./speak.js";
import { applies, demanded } from "./when.js";
import { t } from "./texts.js";

export class Screen {
  /** @param host what the screen asks of the form: `box`, `save`, `press`, `submit`, `note`, `left`, `eager` */
  constructor(view, host) {
    this.host = host;
    this.key = view.key;
    this.fields = new Map();
    this.passed = new Set();
    this.page = 0;
    this.left = [];
    const how = { press: (id, value) => host.press(id, value), eager: host.eager };
    const drawing = () => {
      const kept = { ...how, places: new Map(), opened: new Set() };
      return (blocks) => drawBlocks(blocks, kept);
    };
    this.summary = h("div", { class: "mira-summary", tabIndex: -1, hidden: true });
    this.folds = new Region(h("div", { class: "mira-folds" }), (blocks) => drawBlocks(blocks, how));
    this.done = h("p", { class: "mira-done", hidden: true });
    this.title = h("h1", { class: "mira-head-1", tabIndex: -1 });
    this.do = h("p", { class: "mira-do" });
    this.quote = new Region(h("div"), (quote) => quote && h("blockquote", { class: "mira-quote" }, h("p", null, quote.text), quote.by ? h("p", { class: "mira-by" }, quote.by) : null));
    this.pen = new Region(h("div", { class: "mira-pen", id: "mira-pen" }), (pen) => pen && [h("p", null, pen.text), ...drawButtons(pen.buttons, how.press)]);
    this.blocks = new Region(h("div", { class: "mira-blocks" }), drawing());
    this.asks = h("div", { class: "mira-asks" });
    this.nav = h("div", { class: "mira-nav" });
    this.after = new Region(h("div", { class: "mira-blocks mira-after" }), drawing());
    this.buttons = new Region(h("div", { class: "mira-buttons mira-more" }), (buttons) => drawButtons(buttons, how.press));
    this.el = h(
      "section",
      { class: "mira-screen" },
      this.folds.el, this.done, this.summary, this.title, this.do, this.quote.el, this.pen.el, this.blocks.el, this.asks, host.save.el, this.nav, this.after.el, this.buttons.el,
    );
    this.el.addEventListener("keydown", () => (host.touched = Date.now()));
    this.el.addEventListener("pointerdown", (event) => event.target.closest(".mira-field") && (host.touched = Date.now()));
    this.update(view);
    this.#restore();
  }

  update(view) {
    this.view = view;
    this.pages = this.#split(view.pages?.length ? view.pages : [{ fields: [] }]);
    // What another person's pen writes is read as text; each page may have a pen of its own.
    const theirs = (page) => [page.pen ?? view.pen].some((pen) => pen && !pen.mine);
    this.plain = new Set(this.pages.filter(theirs).flatMap((page) => page.fields.map((spec) => spec.field)));
    this.page = Math.min(this.page, this.pages.length - 1);
    this.folds.set(view.folds ?? []);
    const [lead] = view.blocks ?? [];
    // “Your answer is in.” stands above the count, so that it is what a submit leads to.
    const done = view.done || (lead?.mark === "✓" && lead.kind === "text" ? lead.text : "");
    this.lifted = Boolean(done && !view.done);
    if (done !== this.doneText) {
      this.doneText = done;
      this.done.replaceChildren(...(done ? [mark("✓"), h("span", null, done)] : []));
      this.done.hidden = !done;
    }
    this.quote.set(view.quote);
    this.#drawFields();
    this.#drawPage();
    this.after.set(view.after ?? []);
    this.buttons.set(view.buttons ?? []);
  }

  /** A field that picks one first takes two pages: the pick, and the places of the others. */
  #split(pages) {
    return pages.flatMap((page, i) => {
      if (pages[i - 1]?.fields.some((spec) => spec.control === "first")) return [];
      const at = page.fields.findIndex((spec) => spec.control === "first");
      if (at < 0) return [{ ...page, phase: null }];
      const [before, spec, after] = [page.fields.slice(0, at), page.fields[at], page.fields.slice(at + 1)];
      const others = spec.tiers.filter(({ id }) => id !== (spec.first ?? spec.tiers[0].id));
      const told = others.map(({ label, help }) => (help ? `${label}: ${help}` : "")).filter(Boolean);
      const second = pages[i + 1] ?? { fields: [] };
      return [
        { ...page, fields: [...before, spec], phase: "pick", first: spec.field },
        { title: second.title || t("and_the_others"), do: second.do || told.join(" "), fields: [spec, ...after, ...second.fields], phase: "place", first: spec.field },
      ];
    });
  }

  get #specs() {
    return this.pages.flatMap((page) => page.fields.filter((spec) => !(page.phase === "place" && spec.field === page.first)));
  }

  #drawFields() {
    const specs = this.#specs;
    const names = new Set(specs.map((spec) => spec.field));
    for (const [name, field] of this.fields) {
      if (names.has(name) || holdsFocus(field.el)) continue;
      field.el.remove();
      this.fields.delete(name);
    }
    for (const spec of specs) {
      const field = this.fields.get(spec.field);
      if (field) field.update(spec);
      else this.fields.set(spec.field, this.#field(spec));
    }
    specs.forEach(({ field: name }, i) => {
      const { el } = this.fields.get(name);
      if (this.asks.children[i] !== el) this.asks.insertBefore(el, this.asks.children[i] ?? null);
    });
    this.#showWhen();
  }

  #field(spec) {
    const { host } = this;
    const screen = this;
    const field = new Field(spec, {
      id: (name) => `mira-f-${name}`,
      get plain() {
        return screen.plain.has(spec.field);
      },
      changed: (name, value, now, base) => this.#changed(name, value, { now, base }),
      left: (name) => host.left(this.key, name),
      waits: (name) => host.box.waits(this.key, name),
      took: () => this.#showWhen(),
      press: (id, value) => host.press(id, value),
      ask: (message, name, value, done) => host.ask(message, { field: host.box.address({ screen: this.key, field: name }), ...value }, done),
      turned: () => this.#drawNav(),
      fault: (name, text) => this.fields.get(name)?.problem({ text, level: "stop" }),
      pass: (name) => this.#pass(name),
      passed: (name) => this.passed.has(name),
    });
    return field;
  }

  #changed(name, value, how) {
    this.host.note(this.key, name, value, how);
    this.#showWhen();
    this.#drawNav();
  }

  #restore() {
    const kept = this.host.box.kept(this.key);
    for (const field of this.fields.values()) field.restore(kept);
    this.#showWhen();
    this.#drawPage();
  }

  #showWhen() {
    const values = Object.fromEntries([...this.fields].map(([name, field]) => [name, field.value]));
    const here = new Set((this.pages[this.page]?.fields ?? []).map((spec) => spec.field));
    for (const [name, field] of this.fields) {
      const applied = applies(field.spec.show_when, values);
      field.applied = applied;
      field.demand(demanded(field.spec, values));
      field.el.hidden = !applied || !here.has(name);
    }
    this.#fillLabels();
  }

  /** “{first} should come first if…”: a label may name what was picked. */
  #fillLabels() {
    const first = [...this.fields.values()].find((field) => field.control.phases);
    for (const field of this.fields.values()) {
      if (!field.spec.label?.includes("{first}")) continue;
      const label = field.el.querySelector(".mira-label")?.firstChild;
      const words = field.spec.label.replace("{first}", first?.control.label || "…");
      if (label && label.textContent !== words) label.textContent = words;
    }
  }

  #drawPage() {
    const { view } = this;
    const page = this.pages[this.page];
    const first = this.page === 0;
    const last = this.page === this.pages.length - 1;
    setText(this.title, page.title || view.title);
    this.pen.set(page.pen ?? view.pen);
    setText(this.do, page.do || (first || !page.title ? view.do : ""));
    this.blocks.set(first ? (view.blocks ?? []).slice(this.lifted ? 1 : 0) : []);
    this.after.el.classList.toggle("mira-away", !last);
    for (const field of this.fields.values()) if (field.control.phases && page.phase && field.turned !== page.phase) field.control.turn((field.turned = page.phase));
    this.#showWhen();
    this.asks.hidden = page.fields.length === 0;
    this.host.save.el.hidden = this.#specs.every((spec) => spec.locked) || !page.fields.length || page.phase === "pick";
    this.#drawNav();
  }

  #drawNav() {
    const page = this.pages[this.page];
    const last = this.page === this.pages.length - 1;
    const pending = this.#here.map((field) => field.pending).find(Boolean);
    const first = this.fields.get(page.first)?.control;
    const nextLabel = page.next || (page.phase === "pick" ? first.next() : t("next"));
    const made = [];
    if (!last) made.push({ id: "next", label: nextLabel, look: "main" });
    else if (pending?.label) made.push({ id: "pending", label: pending.label, look: "plain" });
    else if (this.view.submit) made.push({ id: "submit", label: this.view.submit.label, look: "main" });
    if (this.page > 0) made.push({ id: "back", label: this.pages[this.page - 1].phase === "pick" ? t("back_first") : t("back"), look: "plain" });
    const shape = JSON.stringify(made);
    if (this.nav.dataset.shape === shape) return;
    const focused = holdsFocus(this.nav) ? document.activeElement.dataset.id : "";
    this.nav.dataset.shape = shape;
    this.nav.replaceChildren(...made.map(({ id, label, look }) => button(label, { look, data: { id }, on: () => this.#go(id) })));
    this.nav.hidden = made.length === 0;
    if (focused) (this.nav.querySelector(`[data-id="${focused}"]`) ?? this.nav.querySelector("button"))?.focus({ preventScroll: true });
  }

  get #here() {
    const names = new Set(this.pages[this.page].fields.map((spec) => spec.field));
    return [...this.fields.values()].filter((field) => names.has(field.name));
  }

  #go(id) {
    if (id === "submit") return this.submit();
    if (id === "back") return this.#turn(this.page - 1);
    const pending = this.#here.map((field) => field.pending).find(Boolean);
    if (pending) return pending.go();
    return this.#turn(this.page + 1);
  }

  /** Another page of the step: forward to its heading, back to the control that was left. */
  #turn(to) {
    const back = to < this.page;
    this.left[this.page] = this.lastField;
    this.page = to;
    this.summary.hidden = true;
    this.#drawPage();
    this.host.save.draw(this.view);
    const came = this.left[to];
    if (back && came?.isConnected && came.offsetParent !== null) focusOn(came);
    else if (back && this.#here.length) this.#here[0].focus();
    else focusOn(this.title, { top: true });
  }

  /** Called as the focus moves, to know which control a page was left from. */
  noteFocus(element) {
    if (element.closest?.(".mira-field")) this.lastField = element;
  }

  get values() {
    const values = {};
    for (const field of this.fields.values()) {
      if (!field.applied || field.locked) continue;
      for (const [name, value] of Object.entries(field.values)) if (!isBlank(value)) values[name] = value;
    }
    return values;
  }

  /** The versions of shared records that the fields stand on. */
  get #bases() {
    const known = [...this.fields.values()].filter(({ version }) => version !== undefined);
    return known.length ? { bases: Object.fromEntries(known.map(({ name, version }) => [name, version])) } : null;
  }

  submit() {
    if (this.host.box.submitting(this.key)) return this.host.box.hurry(this.key);
    for (const field of this.fields.values()) field.mended();
    this.summary.hidden = true;
    this.host.submit(this.key, { values: this.values, passed: [...this.passed], ...this.#bases });
    this.#drawNav();
  }

  #pass(name) {
    this.passed.add(name);
    const care = this.el.querySelector(".mira-care:not([hidden]) button");
    (care ?? this.nav.querySelector("button"))?.focus();
  }

  /** Shows what the kernel found: a summary with links for what has to be mended, cares under their fields. */
  problems(problems) {
    const stops = problems.filter(({ level }) => level === "stop" || !level);
    const cares = problems.filter(({ level }) => level && level !== "stop").map((care) => ({ ...care, level: "care" }));
    this.#drawNav();
    const shown = (stops.length ? stops : cares).map((problem) => ({ problem, go: this.#place(problem) }));
    if (!stops.length) return shown[0]?.go && this.#toCare(shown[0]);
    const links = shown.map(({ problem, go }) => h("li", null, go ? button(this.#nameOf(problem), { look: "link", on: () => this.#follow(problem, go) }) : problem.text));
    const heading = t("things_to_fix", { n: stops.length });
    this.summary.replaceChildren(h("h2", { class: "mira-head-2" }, mark("!"), h("span", null, heading)), h("ul", null, links));
    this.summary.setAttribute("role", "group");
    this.summary.setAttribute("aria-label", heading);
    this.summary.hidden = false;
    focusOn(this.summary);
    return undefined;
  }

  #toCare({ problem }) {
    this.#toPage(problem.field);
    const care = this.el.querySelector(".mira-care:not([hidden])");
    care?.scrollIntoView({ block: "center", behavior: "instant" });
    care?.querySelector("button")?.focus({ preventScroll: true });
    say(problem.text);
  }

  #place(problem) {
    const field = this.fields.get(problem.field) ?? [...this.fields.values()].find((one) => problem.field in one.values);
    return field ? field.problem(problem) : null;
  }

  #nameOf({ field: name, text, row }) {
    const field = this.fields.get(name);
    const label = field?.el.querySelector(".mira-label, .mira-head-2")?.firstChild?.textContent;
    return row || !label ? text : label;
  }

  #follow(problem, go) {
    this.#toPage(problem.field);
    go?.();
  }

  #toPage(name) {
    const page = this.pages.findLastIndex(({ fields }) => fields.some((spec) => spec.field === name));
    if (page < 0 || page === this.page) return;
    this.page = page;
    this.#drawPage();
  }

  /** Where the focus goes when this screen opens: after a submit to “Your answer is in.”, to a field, or to its heading. */
  enter({ after = "" } = {}) {
    if (["change", "again", "late"].includes(after) && this.fields.size) return this.#here.find((field) => !field.locked)?.focus();
    if (after === "submit" && !this.done.hidden) return focusOn(this.done, { top: true });
    return focusOn(this.title, { top: true });
  }
}
