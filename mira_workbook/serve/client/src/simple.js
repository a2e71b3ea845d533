// The simple page: the same form as on the live page, over plain requests in place of a kernel.
import { begin, offer, ready } from "./begin.js";
import { Talk } from "./talk.js";

/** Steps that are done, one line each; only what changed is drawn, so that a line somebody opened stays open. */
function drawFolds(folds, drawn) {
  const place = document.getElementById("mira-folded");
  for (const [key, html] of Object.entries(folds)) {
    if (!drawn.has(key)) drawn.set(key, { html: "", box: place.appendChild(document.createElement("div")) });
    const fold = drawn.get(key);
    // Made by our server, with every word of a person escaped.
    if (fold.html !== html) fold.box.innerHTML = fold.html = html;
  }
}

async function open() {
  const config = JSON.parse(document.getElementById("mira-simple").textContent);
  const drawn = new Map();
  const talk = new Talk(config, (folds) => drawFolds(folds, drawn));
  offer(talk, config.baseUrl);
  const form = await import(config.form);
  await talk.begin();
  const widget = form.default();
  const place = document.getElementById("step");
  widget.initialize({ model: talk });
  widget.render({ model: talk, el: place.appendChild(document.createElement("div")) });
  ready();
}

begin(open);
