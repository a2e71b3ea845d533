// The page's own line among the session lines: no connection, back again, coming back.
import { TEXTS } from "./texts.js";

const ID = "mira-connection";
const GAP_PX = 16;

const scrollBy = (top) => window.scrollBy({ top, behavior: "instant" });

/** Runs a change of the page so that nothing moves under a thumb, unless the line would lie over the field in use. */
function keepPlace(change) {
  const step = document.getElementById("step");
  const focused = document.activeElement;
  const field = step.contains(focused) && focused !== step ? focused : null;
  const anchor = field ?? (window.scrollY > 0 ? step : null);
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (!anchor?.isConnected) return;
  scrollBy(anchor.getBoundingClientRect().top - before);
  const covered = (document.getElementById(ID)?.getBoundingClientRect().bottom ?? 0) + GAP_PX - before;
  if (field && before > 0 && covered > 0) scrollBy(-covered);
}

function part(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Takes the page's line away. */
export function hideLine() {
  const line = document.getElementById(ID);
  if (line) keepPlace(() => line.remove());
}

/**
 * Shows the page's one line, in place of the line before.
 *
 * `kind` is "care" or "done" and gives the mark beside the words; `tryNow`, when given, is run by a button. `simple`, when
 * given, is the address of the simple page, which is offered.
 */
export function showLine(text, kind, tryNow, simple = "") {
  const line = part("div", `mira-banner mira-banner-${kind}`, "");
  line.id = ID;
  line.style.setProperty("--mira-top-height", `${document.querySelector("body > header").offsetHeight}px`);
  const mark = part("span", "mira-mark", kind === "done" ? "✓" : "~");
  mark.setAttribute("aria-hidden", "true");
  line.append(mark, part("p", "mira-banner-text", text));
  if (simple) {
    const link = part("a", "mira-button", TEXTS.useSimple);
    link.href = simple;
    line.append(link);
  }
  if (tryNow) {
    const button = part("button", "mira-button", TEXTS.tryNow);
    button.type = "button";
    button.addEventListener("click", tryNow);
    line.append(button);
  }
  if (simple) line.append(part("p", "mira-banner-more", TEXTS.sameSteps));
  keepPlace(() => {
    document.getElementById(ID)?.remove();
    document.getElementById("mira-lines").prepend(line);
  });
}
