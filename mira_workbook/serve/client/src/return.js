// Coming back after a reload: the field that had the focus, the caret and the place on the page.
const KEY = "mira-return";
const LATE_MS = 8000;
const FRESH_MS = 10 * 60 * 1000;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write(hint) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(hint));
  } catch {
    // Private windows may refuse storage; the page then comes back at its top.
  }
}

function caretOf(element) {
  try {
    return element.selectionStart ?? null;
  } catch {
    return null;
  }
}

/** Keeps where the person is, and when the page came back before, for the next load. */
export function leaveHint() {
  const field = document.activeElement;
  const inStep = field && document.getElementById("step")?.contains(field);
  const now = Date.now();
  write({
    field: inStep && field.id ? field.id : null,
    caret: inStep ? caretOf(field) : null,
    scroll: window.scrollY,
    at: now,
    returns: [...(read().returns ?? []), now].slice(-8),
  });
}

/** How often the page has come back by itself in the last minute. */
export function recentReturns() {
  return (read().returns ?? []).filter((at) => Date.now() - at < 60000).length;
}

function place(hint) {
  const field = document.getElementById(hint.field);
  if (!field) return false;
  field.focus({ preventScroll: true });
  try {
    if (hint.caret !== null) field.setSelectionRange(field.value.length, field.value.length);
  } catch {
    // Number and date fields have no caret to set.
  }
  window.scrollTo({ top: hint.scroll, behavior: "instant" });
  return true;
}

/** Puts focus, caret (at the end) and place back once the field is drawn; leaves a person who went elsewhere alone. */
export function followHint() {
  const hint = read();
  write({ returns: hint.returns });
  if (!hint.at || Date.now() - hint.at > FRESH_MS) return;
  if (!hint.field) return window.scrollTo({ top: hint.scroll, behavior: "instant" });
  const untouched = () => document.activeElement === document.body;
  if (!untouched() || place(hint)) return;
  const watch = new MutationObserver(() => (!untouched() || place(hint)) && watch.disconnect());
  watch.observe(document.getElementById("step"), { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), LATE_MS);
}
