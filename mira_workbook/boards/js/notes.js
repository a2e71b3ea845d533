// The facilitator's own notes: sent 700 ms after the last key, kept in this browser until they are in.
import { h, setText } from "../../widgets/js/dom.js";
import { DraftBox } from "../../widgets/js/draftbox.js";
import { SaveLine } from "../../widgets/js/saveline.js";
import { t } from "../../widgets/js/texts.js";

const SCREEN = "board";
const FIELD = "note";

const now = () => new Date().toLocaleTimeString(document.documentElement.lang || "en", { hour: "numeric", minute: "2-digit" }).replace(/\s[AP]M$/, "");

export class Notes {
  /** @param send hands a message to the kernel */
  constructor(send) {
    this.box = new DraftBox(({ value, save_key }) => send({ press: FIELD, value, save_key }), () => this.tick());
    this.save = new SaveLine(this.box);
    this.field = h("textarea", { class: "mira-input", id: "mira-b-notes", rows: 3, data: { id: "$notes" }, on: { input: () => this.#typed(), blur: () => this.box.flush() } });
    this.label = h("label", { class: "mira-b-label", htmlFor: "mira-b-notes" });
    this.el = h("div", { class: "mira-b-notes" }, this.label, this.field, this.save.el);
    this.el.stays = true;
  }

  #typed() {
    this.box.note(SCREEN, FIELD, this.field.value);
  }

  /** Takes the kernel's words where nobody is writing and nothing waits. */
  set(notes, store) {
    this.box.open(store);
    this.saved = notes.saved || this.saved;
    setText(this.label, notes.label || t("notes"));
    const kept = this.box.kept(SCREEN)[FIELD];
    const wanted = kept ?? notes.value ?? "";
    if (document.activeElement !== this.field && this.field.value !== wanted) this.field.value = wanted;
    this.tick();
  }

  tick() {
    if (!this.save) return;
    this.save.draw({ key: SCREEN, saved_at: this.saved });
    this.save.el.hidden = this.box.state.kind === "clear" && !this.saved;
  }

  answer(message) {
    const entry = this.box.answer(message);
    if (entry && message.ok) this.saved = message.saved_at ?? now();
    if (entry) this.tick();
    return entry;
  }
}
