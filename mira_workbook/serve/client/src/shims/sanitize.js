// Cleans the small HTML of widget descriptions, in the calling form of sanitize-html.
// The text is parsed in a document that never runs scripts nor loads pictures, and only what is allowed is copied out.
const DROPPED = new Set(["script", "style", "textarea", "option", "noscript", "template", "iframe", "title"]);
const XHTML = "http://www.w3.org/1999/xhtml";
const SAFE_URL = /^(?:https?:|mailto:|tel:|ftp:|data:image\/(?:png|jpe?g|gif|webp);|[^a-z]|[a-z.+-]+(?:[^a-z.+\-:]|$))/i;

const allows = (patterns, name) =>
  patterns.some((pattern) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name));

const safeUrl = (value) => SAFE_URL.test(value.replace(/[\u0000-\u0020]+/g, ""));

function copyAttributes(from, to, patterns) {
  for (const { name, value } of from.attributes) {
    if (!allows(patterns, name)) continue;
    if ((name === "href" || name === "src") && !safeUrl(value)) continue;
    to.setAttribute(name, value);
  }
}

function copyChildren(from, to, allowed, page) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(page.createTextNode(node.data));
    } else if (node.nodeType === Node.ELEMENT_NODE && node.namespaceURI === XHTML && !DROPPED.has(node.localName)) {
      let target = to;
      if (allowed.tags.includes(node.localName)) {
        target = page.createElement(node.localName);
        copyAttributes(node, target, [...(allowed.attributes["*"] ?? []), ...(allowed.attributes[node.localName] ?? [])]);
        to.append(target);
      }
      copyChildren(node, target, allowed, page);
    }
  }
}

/** Returns `html` with the allowed tags and attributes only; text of other tags stays. */
export default function sanitize(html, { allowedTags = [], allowedAttributes = {} } = {}) {
  const page = new DOMParser().parseFromString(String(html), "text/html");
  const clean = document.implementation.createHTMLDocument("");
  copyChildren(page.body, clean.body, { tags: allowedTags, attributes: allowedAttributes }, clean);
  return clean.body.innerHTML;
}
