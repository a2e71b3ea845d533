// The page's own line among the session lines: no connection, back again, coming back.
import { TEXTS } from "./texts.js";

const ID = "mira-connection";

/** Runs a change of the page so that nothing moves under a thumb. */
function keepPlace(change) {
  const step = document.getElementById("step");
  const focused = document.activeElement;
  const anchor = step.contains(focused) && focused !== step ? focused : window.scrollY > 0 ? step : null;
  const before = anchor?.getBoundingClientRect().top;
  change();
  if (anchor?.isConnected) window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
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
 * `kind` is "care" or "done" and gives the mark beside the words; `tryNow`, when given, is run by a button.
 */
export function showLine(text, kind, tryNow) {
  const line = part("div", `mira-banner mira-banner-${kind}`, "");
  line.id = ID;
  const mark = part("span", "mira-mark", kind === "done" ? "✓" : "~");
  mark.setAttribute("aria-hidden", "true");
  line.append(mark, part("p", "mira-banner-text", text));
  if (tryNow) {
    const button = part("button", "mira-button", TEXTS.tryNow);
    button.type = "button";
    button.addEventListener("click", tryNow);
    line.append(button);
  }
  keepPlace(() => {
    document.getElementById(ID)?.remove();
    document.getElementById("mira-lines").prepend(line);
  });
}
