import "./client.css";
import { say } from "./announce.js";
import { Connection } from "./connection.js";
import { Manager } from "./manager.js";
import { followHint } from "./return.js";
import { TEXTS } from "./texts.js";

const RESEND_MS = 3000;

async function show(manager, place) {
  try {
    await manager.show(place.dataset.model, place);
  } catch (error) {
    console.warn(error);
    place.textContent = TEXTS.partMissing;
  }
}

async function open() {
  const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const connection = new Connection(config);
  const manager = new Manager(connection.kernel, config.baseUrl);
  // What widgets may ask of the page; elsewhere (JupyterLab) there is no `mira`, so they ask with `window.mira?.`:
  //   connection             "ok", "lost" from the first moment (the line for people comes after four seconds) or "gone"
  //   onConnection(listener) runs listener(state) at each change, returns the way to stop it; at "ok" send again what has no answer
  //   tryNow()               tries the connection at once
  //   ownLines               set by a widget that says itself that the connection is lost and back
  //   say(text, assertive)   speaks through the page's live regions
  //   base                   the path before all addresses, with slashes around
  window.mira = {
    get connection() {
      return connection.state;
    },
    onConnection: (listener) => connection.onChange(listener),
    tryNow: () => connection.tryNow(),
    ownLines: false,
    say,
    base: config.baseUrl,
  };
  let resend = 0;
  connection.onChange((state) => {
    clearTimeout(resend);
    if (state === "ok") resend = setTimeout(() => manager.resend(), RESEND_MS);
  });
  await manager.load();
  await Promise.all([...document.querySelectorAll("[data-model]")].map((place) => show(manager, place)));
  document.getElementById("mira-wait")?.remove();
  document.documentElement.dataset.ready = "yes";
  performance.mark("mira-ready");
  followHint();
}

function start() {
  open().catch((error) => {
    console.warn(error);
    const wait = document.getElementById("mira-wait");
    if (wait) wait.textContent = TEXTS.partMissing;
  });
}

// The script comes before the cells have run: it connects only now, so that it hears nothing of what they print.
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
