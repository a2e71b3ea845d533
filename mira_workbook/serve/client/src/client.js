import "./client.css";
import { begin, offer, ready } from "./begin.js";
import { Connection } from "./connection.js";
import { Manager } from "./manager.js";
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
  offer(connection, config.baseUrl);
  let resend = 0;
  connection.onChange((state) => {
    clearTimeout(resend);
    if (state === "ok") resend = setTimeout(() => manager.resend(), RESEND_MS);
  });
  await manager.load();
  await Promise.all([...document.querySelectorAll("[data-model]")].map((place) => show(manager, place)));
  ready();
}

// It connects only once the cells have run, so that it hears nothing of what they print.
begin(open);
