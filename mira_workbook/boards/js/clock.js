// The clock is the server's: the page counts along between two views and never by its own watch.
import { t } from "../../widgets/js/texts.js";

const KEPT = 20;
const SOON_S = 120;

export class Clock {
  #offsets = [];

  /** Takes the server's time of a view; the view that travelled fastest tells the offset best. */
  hear(now, at = Date.now()) {
    const offset = Date.parse(now) - at;
    if (Number.isFinite(offset)) this.#offsets = [...this.#offsets.slice(1 - KEPT), offset];
  }

  get offset() {
    return this.#offsets.length ? Math.max(...this.#offsets) : 0;
  }

  /** Seconds left, negative when over; null where nothing runs. */
  left(clock) {
    if (!clock?.until || clock.paused) return null;
    return Math.round((Date.parse(clock.until) - Date.now() - this.offset) / 1000);
  }

  /** Minutes and seconds, for who leads. */
  exact(clock) {
    const left = this.left(clock);
    if (left === null) return clock?.text ?? "";
    return left < 0 ? t("over_by", { time: spell(-left) }) : spell(left);
  }

  /** Whole minutes, for the wall; seconds only where the view asks for them. */
  plain(clock) {
    const left = this.left(clock);
    if (left === null) return clock?.plain ?? clock?.text ?? "";
    if (clock.seconds && left >= 0) return spell(left);
    if (left <= 0) return t("a_moment");
    return left > SOON_S ? t("about_min", { n: Math.round(left / 60) }) : t("about_one");
  }
}

const spell = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
