// How a page of ours begins: what widgets may ask of it, and what is said where it did not open.
import { say } from "./announce.js";
import { followHint } from "./return.js";
import { TEXTS } from "./texts.js";

/**
 * What widgets may ask of the page; elsewhere (JupyterLab) there is no `mira`, so they ask with `window.mira?.`:
 *   connection             "ok", "lost" from the first moment (the line for people comes after four seconds) or "gone"
 *   onConnection(listener) runs listener(state) at each change, returns the way to stop it; at "ok" send again what has no answer
 *   tryNow()               tries the connection at once
 *   ownLines               set by a widget that says itself that the connection is lost and back
 *   say(text, assertive)   speaks through the page's live regions
 *   base                   the path before all addresses, with slashes around
 *
 * @param line the connection: `state`, `onChange(listener)`, `tryNow()`
 */
export function offer(line, base) {
  window.mira = {
    get connection() {
      return line.state;
    },
    onConnection: (listener) => line.onChange(listener),
    tryNow: () => line.tryNow(),
    ownLines: false,
    say,
    base,
  };
}

/** The page can be used: what stood in its place meanwhile goes. */
export function ready() {
  document.getElementById("mira-wait")?.remove();
  document.documentElement.dataset.ready = "yes";
  performance.mark("mira-ready");
  followHint();
}

/** Opens the page once the document is read: the script comes before the cells have run. */
export function begin(open) {
  const start = () =>
    open().catch((error) => {
      console.warn(error);
      const wait = document.getElementById("mira-wait");
      if (wait) wait.textContent = TEXTS.partMissing;
    });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
