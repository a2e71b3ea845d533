// The page's two live regions. Our page brings them and speaks for us; elsewhere the form makes them, once for all forms.
const APART_MS = 3000;
// A reader speaks a text again only when the region was empty in between.
const SETTLE_MS = 60;

let last = -Infinity;
let timer = 0;

function region(id, role) {
  const found = document.getElementById(id);
  if (found) return found;
  const made = document.createElement("div");
  made.id = id;
  made.className = "mira-live";
  made.setAttribute("role", role);
  made.setAttribute("aria-live", role === "alert" ? "assertive" : "polite");
  document.body.append(made);
  return made;
}

/** Makes the regions before they are needed: a reader hears only what changes in a region it already knows. */
export function prepareSpeech() {
  region("mira-polite", "status");
  region("mira-alert", "alert");
}

/** Speaks a text, politely or at once; messages stand three seconds apart and the newest wins. */
export function say(text, assertive = false) {
  if (!text) return;
  if (window.mira?.say) return window.mira.say(text, assertive);
  clearTimeout(timer);
  timer = setTimeout(() => {
    last = performance.now();
    const polite = region("mira-polite", "status");
    const alert = region("mira-alert", "alert");
    polite.textContent = alert.textContent = "";
    setTimeout(() => ((assertive ? alert : polite).textContent = text), SETTLE_MS);
  }, Math.max(0, last + APART_MS - performance.now()));
}

function clear(text) {
  for (const id of ["mira-polite", "mira-alert"]) {
    const at = document.getElementById(id);
    if (at?.textContent === text) at.textContent = "";
  }
}

/** Takes a text back that holds no more, so that nobody who reads on finds a room paused that has gone on. */
export function unsay(text) {
  clear(text);
  // It may still wait for its turn.
  setTimeout(clear, APART_MS + 2 * SETTLE_MS, text);
}
