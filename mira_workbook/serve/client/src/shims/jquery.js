// `view.$el` for the widgets: they draw with the DOM and only wrap their element.
class Wrapped {
  constructor(element) {
    this[0] = element;
    this.length = element ? 1 : 0;
  }
  each(act) {
    if (this[0]) act(this[0]);
    return this;
  }
  empty() {
    return this.each((el) => el.replaceChildren());
  }
  remove() {
    return this.each((el) => el.remove());
  }
  append(child) {
    return this.each((el) => el.append(child instanceof Wrapped ? child[0] : child));
  }
  text(value) {
    return this.each((el) => (el.textContent = value));
  }
  attr(values) {
    return this.each((el) => Object.entries(values).forEach(([name, value]) => el.setAttribute(name, value)));
  }
  addClass(names) {
    return this.each((el) => el.classList.add(...names.split(/\s+/).filter(Boolean)));
  }
  removeClass(names) {
    return this.each((el) => el.classList.remove(...names.split(/\s+/).filter(Boolean)));
  }
  find(selector) {
    return new Wrapped(this[0]?.querySelector(selector));
  }
  on(name, act) {
    return this.each((el) => el.addEventListener(name, act));
  }
  off(name, act) {
    return this.each((el) => el.removeEventListener(name, act));
  }
}

/** Wraps one element, or the first that a selector finds. */
function $(element) {
  if (element instanceof Wrapped) return element;
  return new Wrapped(typeof element === "string" ? document.querySelector(element) : element);
}
// `value instanceof $` must hold for wrapped elements.
$.prototype = Wrapped.prototype;

export default $;
