// A model that stands for the kernel: tests show views, read what was pressed and decide what is answered.
import board from "/mira_workbook/boards/board.js";
import { DIALOGS, VIEWS } from "./views.js";

const listeners = {};
const state = { view: {}, texts: {} };

export const kernel = {
  /** Every message of the page, in order. */
  sent: [],
  /** "ok" answers, "silent" says nothing, anything else is the sentence of a refusal. */
  mode: "ok",
  /** What the board shows after a press, by its id: the name of a view. */
  moves: {},
  names: Object.keys(VIEWS()),
  dialogs: DIALOGS,
  get view() {
    return structuredClone(state.view);
  },
  /** Shows a view as it is, with the time it tells. */
  give(view) {
    state.view = view;
    listeners["change:view"]?.();
  },
  show(view) {
    kernel.give({ ...view, now: new Date().toISOString() });
  },
  frame(name, more = {}) {
    kernel.show({ ...VIEWS()[name], ...more });
  },
  /** Shows the present view again with some of it changed. */
  change(more) {
    kernel.show({ ...structuredClone(state.view), ...more });
  },
  /** The same for its middle. */
  centre(more) {
    kernel.change({ centre: { ...structuredClone(state.view.centre), ...more } });
  },
  answer(message) {
    listeners["msg:custom"]?.(message);
  },
  /** Presses alone. */
  get pressed() {
    return kernel.sent.filter(({ press }) => press);
  },
};

function reply({ press, save_key }) {
  if (!press) return;
  if (kernel.mode === "ok") {
    kernel.answer({ save_key, ok: true, ...(press === "note" ? { saved_at: "4:07" } : null) });
    if (kernel.moves[press]) kernel.frame(kernel.moves[press]);
  } else kernel.answer({ save_key, error: kernel.mode });
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
kernel.tries = 0;
const page = {
  connection: "ok",
  onConnection: (run) => (watchers.add(run), () => watchers.delete(run)),
  tryNow: () => (kernel.tries += 1),
  base: "/",
  say(text, assertive) {
    kernel.spoken.push(assertive ? `! ${text}` : text);
    document.getElementById(assertive ? "mira-alert" : "mira-polite").textContent = text;
  },
};
if (document.getElementById("mira-lines")) window.mira = page;
kernel.spoken = [];
kernel.connect = (now) => {
  page.connection = now;
  for (const run of watchers) run(now);
};
window.kernel = kernel;

const named = new URLSearchParams(location.search).get("frame");
if (named) state.view = VIEWS()[named];
const widget = await board();
kernel.stop = widget.initialize({ model });
widget.render({ el: document.getElementById("board") });
document.documentElement.dataset.ready = "yes";
