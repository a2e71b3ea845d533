// The wall does not scroll: type grows smaller to a floor, and then the ends of lists stand aside with their number.
import { h } from "../../widgets/js/dom.js";
import { t } from "../../widgets/js/texts.js";

const FLOOR = 0.6;
const STEP = 0.05;
const LISTED = "li, tbody tr, .mira-quote-card, .mira-own > p:not(.mira-own-label), .mira-blocks > .mira-words";

const over = (box) => box.scrollHeight > box.clientHeight + 1;

/** Fits what stands in `box` into its height. */
export function fit(box) {
  box.querySelector(".mira-w-more")?.remove();
  for (const one of box.querySelectorAll("[data-aside]")) delete one.dataset.aside;
  let size = 1;
  const set = () => box.style.setProperty("--fit", size.toFixed(2));
  for (set(); over(box) && size > FLOOR; set()) size -= STEP;
  if (over(box)) setAside(box);
}

function setAside(box) {
  const listed = [...box.querySelectorAll(LISTED)];
  if (listed.length < 2) return;
  const more = h("p", { class: "mira-w-more" });
  box.append(more);
  let n = 0;
  while (listed.length > 1 && over(box)) {
    listed.pop().dataset.aside = "";
    n += 1;
    more.textContent = t("and_more", { n });
  }
}
