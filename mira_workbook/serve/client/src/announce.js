// The page's two live regions. One message at a time, at least three seconds apart, the newest wins.
const APART_MS = 3000;
// A reader speaks a text again only when the region was empty in between.
const SETTLE_MS = 60;

let last = -Infinity;
let timer = 0;

function speak(text, assertive) {
  last = performance.now();
  const polite = document.getElementById("mira-polite");
  const alert = document.getElementById("mira-alert");
  polite.textContent = alert.textContent = "";
  setTimeout(() => ((assertive ? alert : polite).textContent = text), SETTLE_MS);
}

/** Speaks `text` through the polite region, or the alert region; a message still waiting gives way to it. */
export function say(text, assertive = false) {
  clearTimeout(timer);
  const wait = Math.max(0, last + APART_MS - performance.now());
  timer = setTimeout(speak, wait, text, assertive);
}
