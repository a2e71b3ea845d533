// Changes what stands on the page into what should stand there, element by element, so that focus, open menus, scroll
// places and half-typed words outlive every refresh.

// What the browser or the person changes, and the view does not know of.
const OWN = new Set(["open"]);

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? (node.dataset.key ?? null) : null);
const alike = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

/** Stands in a new tree for an element that lives on: it is put in place and never changed. */
export function live(element) {
  const place = document.createElement("div");
  place.live = element;
  return place;
}

/** An element whose inside is made once for its data, by code that puts listeners and states of its own into it. */
export function island(element, data, build) {
  element.island = JSON.stringify(data ?? null);
  element.build = () => build().flat().filter(Boolean);
  return element;
}

function settle(node) {
  if (node.live) return node.live;
  if (node.build) node.replaceChildren(...node.build());
  else
    for (const child of [...node.childNodes]) {
      const made = settle(child);
      if (made !== child) child.replaceWith(made);
    }
  return node;
}

/** Makes `old` look like `now`; both have the same name and key. */
export function patch(old, now) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== now.data) old.data = now.data;
    return;
  }
  patchAttributes(old, now);
  old.act = now.act;
  old.tell = now.tell;
  if (now.build) patchIsland(old, now);
  else patchChildren(old, now);
  patchChoice(old, now);
}

/** What a list stands at: set where the view says something new, else it is as somebody left it. */
function patchChoice(old, now) {
  if (now.wants === undefined || old.wants === now.wants) return;
  old.wants = now.wants;
  old.value = now.wants;
}

function patchAttributes(old, now) {
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (!now.hasAttribute(name) && !OWN.has(name)) old.removeAttribute(name);
}

function patchIsland(old, now) {
  if (old.island === now.island) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  old.island = now.island;
  old.replaceChildren(...now.build());
  if (focused) old.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function patchChildren(old, now) {
  const keyed = new Map([...old.childNodes].filter((child) => keyOf(child) !== null).map((child) => [keyOf(child), child]));
  let at = 0;
  for (const want of [...now.childNodes]) {
    const found = want.live ?? match(old, want, keyed, at);
    if (found) place(old, found, at);
    else old.insertBefore(settle(want), old.childNodes[at] ?? null);
    if (found && !want.live) patch(found, want);
    at += 1;
  }
  while (old.childNodes.length > at) old.lastChild.remove();
}

function match(old, want, keyed, at) {
  const found = keyOf(want) === null ? old.childNodes[at] : keyed.get(keyOf(want));
  return found && !found.stays && alike(found, want) ? found : null;
}

/** An element that is moved loses the focus, so the others move around the one that has it. */
function place(parent, element, at) {
  if (parent.childNodes[at] === element) return;
  if (element.parentNode === parent && element.contains(document.activeElement)) while (parent.childNodes[at] !== element) parent.append(parent.childNodes[at]);
  else parent.insertBefore(element, parent.childNodes[at] ?? null);
}
