// A picture that changes while people look at it: the last one holds its place until the next one is there.
import { h } from "./dom.js";

/** What stands for a picture on the page, and goes on when its place is drawn anew; `places` knows them by key. */
export function placeOf(places, key) {
  const place = places?.get(key) ?? { image: h("img", { decoding: "async" }), next: null };
  places?.set(key, place);
  return place;
}

/** Shows another picture at a place. An element that is moved while its picture comes would show none, so two take turns. */
export function turnTo(place, src) {
  if ((place.next ?? place.image).getAttribute("src") === src) return;
  place.next = null;
  if (!place.image.naturalWidth) {
    place.image.src = src;
    return;
  }
  const next = h("img", { decoding: "async", src });
  const come = () => {
    if (place.next !== next) return;
    next.alt = place.image.alt;
    place.image.replaceWith(next);
    Object.assign(place, { image: next, next: null });
  };
  place.next = next;
  for (const event of ["load", "error"]) next.addEventListener(event, come, { once: true });
}
