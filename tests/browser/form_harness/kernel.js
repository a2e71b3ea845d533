// A model that stands for the kernel: tests show views, read what was sent and decide what is answered.
import form from "/mira_workbook/widgets/form.js";
import { FRAMES } from "./frames.js";

const listeners = {};
const state = { view: {}, texts: {} };

export const kernel = {
  /** Every message of the page, in order. */
  sent: [],
  /** "ok" acknowledges, "silent" says nothing, "refuse" cannot save, "clash" refuses for good, "moved" takes no more of a step. */
  mode: "ok",
  /** What the next submits are answered with, each a list of problems. */
  problems: [],
  time: "3:42",
  frames: FRAMES,
  show(view) {
    state.view = view;
    listeners["change:view"]?.();
  },
  frame(name, more = {}) {
    kernel.show({ ...structuredClone(FRAMES[name]), ...more });
  },
  /** Shows the present view again with some of it changed. */
  change(more) {
    kernel.show({ ...structuredClone(state.view), ...more });
  },
  /** Changes one field of the present view. */
  field(name, more) {
    const view = structuredClone(state.view);
    for (const page of view.pages) for (const spec of page.fields) if (spec.field === name) Object.assign(spec, more);
    kernel.show(view);
  },
  answer(message) {
    listeners["msg:custom"]?.(message);
  },
  /** Messages that are not heartbeats. */
  get said() {
    return kernel.sent.filter(({ field }) => !["$here", "$hello"].includes(field));
  },
};

function reply(message) {
  const head = { field: message.field, save_key: message.save_key };
  if (message.field.startsWith("$") && message.field !== "$submit") return;
  if (kernel.mode === "refuse") kernel.answer({ ...head, error: "Not saved: the session’s computer has no space left. Your words stay on this phone. Tell the facilitator." });
  else if (kernel.mode === "clash") kernel.answer({ ...head, error: "Rosa saved a newer version at 4:39. Yours is kept as a draft. Compare and save again.", final: true });
  else if (kernel.mode === "moved" && message.field === "$submit") kernel.answer({ ...head, error: "We have moved on since. What you typed is kept as a draft.", final: true, moved: true });
  else if (message.field === "$submit" && kernel.problems.length) kernel.answer({ ...head, problems: kernel.problems.shift() });
  else {
    kernel.answer({ ...head, saved_at: kernel.time, draft: message.field !== "$submit" });
    const here = message.save_key.split("/")[0] === state.view.key;
    if (message.field === "$submit" && here) kernel.frame("waiting");
  }
}

const model = {
  get: (name) => state[name],
  on: (event, listener) => (listeners[event] = listener),
  off: (event) => delete listeners[event],
  send(message) {
    kernel.sent.push(structuredClone(message));
    if (kernel.mode !== "silent") setTimeout(() => reply(message), 20);
  },
};

// The page client's part: whether the page is connected, and how it speaks.
const watchers = new Set();
const page = { connection: "ok", onConnection: (run) => (watchers.add(run), () => watchers.delete(run)), tryNow() {}, base: "/" };
kernel.connect = (now) => {
  page.connection = now;
  kernel.mode = now === "ok" ? "ok" : "silent";
  for (const run of watchers) run(now);
};
kernel.spoken = [];
if (document.getElementById("mira-lines")) {
  page.say = (text, assertive) => {
    kernel.spoken.push(assertive ? `! ${text}` : text);
    document.getElementById(assertive ? "mira-alert" : "mira-polite").textContent = text;
  };
  window.mira = page;
}
window.kernel = kernel;

const named = new URLSearchParams(location.search).get("frame");
if (named) state.view = structuredClone(FRAMES[named]);
const widget = await form();
widget.initialize({ model });
const box = () => document.body.querySelector("main").appendChild(document.createElement("div"));
let leave = widget.render({ el: document.getElementById("form") });
kernel.stop = () => leave();
/** Moves the widget to another box, as the kernel does when a step opens: the old view goes, a new one comes. */
kernel.move = async () => {
  document.querySelectorAll("main > div:not(.mira-form)").forEach((view) => view.remove());
  leave();
  await new Promise((resolve) => setTimeout(resolve, 30));
  leave = widget.render({ el: box() });
};
document.documentElement.dataset.ready = "yes";
