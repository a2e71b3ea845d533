// What the page itself says. The server may lay a translation over it (script#mira-texts).
const given = document.getElementById("mira-texts");

export const TEXTS = {
  lost: "No connection. Keep writing. Your words are kept on this phone and go in by themselves when you are back.",
  blocked: "This network blocks live pages. Your words stay on this phone.",
  useSimple: "Use the simple page",
  sameSteps: "Same steps, same answers. Results come every few seconds.",
  back: "You are back. Nothing was lost.",
  returning: "Bringing your page back… your words stay.",
  stuck: "This page did not come back by itself. Your words stay on this phone.",
  tryNow: "Try now",
  notPressed: "No connection. Tap again in a moment.",
  partMissing: "This part of the page did not open. Reload the page: your words come back.",
  ...(given ? JSON.parse(given.textContent) : {}),
};
