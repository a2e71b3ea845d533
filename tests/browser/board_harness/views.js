// Views as the kernel makes them, one for each kind of screen.
const press = (id, label, more = {}) => ({ id, label, main: false, kind: "", hint: "", items: [], dialog: null, off: false, why: "", href: "", ...more });
const step = (id, title, state, minutes, more = {}) => ({ id, title, state, minutes, count: "", share: null, buttons: [], ...more });

const CUTS = {
  id: "cuts", title: "Make up 4 minutes", text: "Nothing changes before you say so.", fields: [],
  options: [
    { id: "turns", label: "Two more minutes from the talk: turns of 1:40", help: "We end at 5:02" },
    { id: "park", label: "Park by review date", help: "We end at 5:00" },
    { id: "later", label: "End at 5:04", help: "We end at 5:04" },
  ],
  buttons: [press("cut", "Do this", { main: true }), press("close", "Leave it")],
};
const ANYWAY = {
  id: "anyway", title: "Reveal before enough are in?", text: "2 of 8 have answered. The others can still send, marked late.",
  fields: [{ id: "reason", kind: "text", label: "Why now?", value: "", options: [], hint: "Kept in the log." }], options: [],
  buttons: [press("reveal_anyway", "Reveal anyway", { main: true }), press("close", "Wait")],
};
const END = { id: "end", title: "End the session?", text: "Everybody keeps reading. Two people have drafts: they have until midnight to send them.", fields: [], options: [], buttons: [press("end", "End the session", { main: true }), press("close", "Go on")] };
const SOMEONE = {
  id: "excuse", title: "Who left for today?", text: "Nobody waits for them any more.",
  fields: [{ id: "member", kind: "person", label: "Name", value: "", options: [{ id: "M3", label: "Lena Marsh" }, { id: "M7", label: "Tom Avery" }] }, { id: "back", kind: "tick", label: "They come back later today", value: false, options: [] }], options: [],
  buttons: [press("excuse", "Excuse for today", { main: true }), press("close", "Never mind")],
};
const PHONE = { id: "remote", title: "My phone as remote", text: "Point your phone at this. The link works once.", fields: [], options: [], image: { src: "/tests/browser/board_harness/qr.svg", alt: "QR code of your own link" }, link: "http://192.168.1.20:8866/f/7hq2", buttons: [press("close", "Close")] };

const head = (more = {}) => ({
  title: "Tupelo Branch", sub: "One Priority", ends: "We end at 5:04 · 4 min over", over: true, code: "K7M-4QX", teams: [],
  buttons: [press("cuts", "Make up 4 minutes", { dialog: CUTS }), press("present", "Projector view", { href: "?frame=present", new: true })], ...more,
});
const TEAMS = [{ id: "team:", label: "All teams", here: false }, { id: "team:tupelo", label: "Tupelo Branch", here: true }, { id: "team:lincoln", label: "Lincoln", here: false }];

const agenda = (now = "sort") => {
  const order = ["open", "role", "view", "add", "merge", "sort", "talk", "order"];
  const at = order.indexOf(now);
  const state = (id) => (order.indexOf(id) < at ? "done" : order.indexOf(id) === at ? "here" : "ahead");
  const make = (id, title, minutes, used) => step(id, title, state(id), state(id) === "done" ? `${used}/${minutes}` : `${minutes}`, state(id) === "here" ? { count: "5 of 8 in", share: 0.62 } : state(id) === "done" ? { buttons: [press(`reopen:${id}`, "Open again"), press(`show:${id}`, "Look at it")] } : { buttons: [press(`skip:${id}`, "Leave out")] });
  return [
    { title: "1 Each role", steps: [make("open", "Opening", 2, 3), { ...make("role", "Your role", "", ""), minutes: "warm-up" }, make("view", "What they see in you", 8, 7)] },
    { title: "2 The list", steps: [make("add", "Add", 4, 4), make("merge", "Merge", 8, 9), make("sort", "First, focus, watch", 4, 4)] },
    { title: "3 The talk", steps: [make("talk", "Speak for it", 12, 12), make("order", "Order", 4, 4)] },
    { title: "4 The sentence", steps: [step("statement", "One sentence", "ahead", "12"), step("consent", "All hands", "ahead", "4")] },
    { title: "5 Make room", steps: [step("release", "What we let go", "ahead", "8"), step("park", "Look back", "skipped", "–")] },
  ];
};

const MORE = press("more", "More…", {
  kind: "menu",
  items: [press("here", "Bring all here"), press("skip", "Skip this step"), press("round", "Open round 2"), press("hand_over", "Hand the lead to…"), press("left", "Someone left for today", { dialog: SOMEONE }), press("merge", "Merge two people"), press("end", "End the session", { dialog: END })],
});
const GRIP = [press("plus", "+1"), press("minus", "-1"), press("pause", "Pause all"), MORE];
const marks = (text) => [...text].map((sign) => ({ state: { i: "in", w: "writing", n: "none", q: "quiet", l: "lost", h: "help", e: "excused" }[sign], label: "" }));
const ROWS = [["Early reading", "3", "2", "0"], ["Teachers", "1", "5", "2"], ["Behavior and belonging", "2", "4", "2"], ["Math fluency", "1", "3", "4"], ["Life after ESSER", "1", "1", "6"]];
const PICTURE = {
  src: "/tests/browser/board_harness/chart.svg", dark_src: "/tests/browser/board_harness/chart-dark.svg",
  alt: "Bars: Early reading has most first picks.", title: "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same.",
  head: ["", "first", "focus", "watch"], rows: ROWS, table: false, buttons: [press("table", "As a table"), press("picture:2", "Next picture: agreement")],
};
const centre = (more = {}) => ({ title: "First, focus, watch", do: "", clock: null, count: null, names: null, blocks: [], picture: null, entries: [], buttons: [], hint: "", ...more });
const side = (more = {}) => ({ say: "", watch: "", ask: "", cards: [], pins: [], notes: { value: "", saved: "", label: "" }, ...more });
const FOOT = { left: "Priority: not chosen yet", right: "✓ Everything saved 4:06" };
const view = (key, more) => ({ key, wall: false, viewer: false, now: new Date().toISOString(), head: head(), lines: [], agenda: [], centre: null, side: null, grid: null, lobby: null, dialog: null, keys: {}, foot: FOOT, announce: "", ...more });
const soon = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const clock = (seconds, more = {}) => ({ until: soon(seconds), paused: false, text: "1:20", plain: "about 1 min", ...more });

const DOWN = centre({
  do: "On phones. Each picks one first, then the others.", clock: clock(80),
  count: { text: "5 of 8 in · 2 writing · 1 not started", marks: marks("iiiiiwwn") },
  buttons: [press("reveal", "Reveal", { main: true }), ...GRIP, press("names", "Show names for 10 seconds", { kind: "quiet" }), press("nudge", "Ask all: need help?", { kind: "quiet" })],
  hint: "You can reveal now: 5 of 8 is enough. The other three get ten seconds to finish.",
});
const BESIDE = side({ say: "“Exactly one is first. Everything else keeps a place.”", watch: "Do not read points before the talk.", cards: [{ title: "", text: "“then we have no priority at all”", by: "as stated by Mira Education" }] });
const SHOWN = centre({
  picture: PICTURE, clock: null,
  buttons: [press("next", "Next: Speak for it", { main: true }), press("hide", "Hide again"), press("round", "Round 2"), MORE],
});
const UNDO = { id: "undo", mark: "i", text: "Results are shown.", buttons: [press("undo", "Undo")] };
const ENTRIES = [
  { id: "a1", text: "Small groups start late", who: "", covered: false, pinned: true, buttons: [press("unpin:a1", "Let go"), press("cover:a1", "Hide")] },
  { id: "a2", text: "Too many first graders guess words instead of reading them, and nobody sees it before February", who: "Rosa Delgado", covered: false, pinned: false, buttons: [press("pin:a2", "Keep"), press("cover:a2", "Hide")] },
  { id: "a3", text: "Somebody is named here", who: "", covered: true, pinned: false, buttons: [press("uncover:a3", "Show again")] },
];
const STATES = { none: "not started", writing: "writing", in: "in", quiet: "quiet 2 min", lost: "no connection", help: "needs help", excused: "excused" };
const person = (team, name, state) => ({
  id: `${team}-${name}`, state, name: "", label: `${name}, ${STATES[state]}, step First, focus, watch`,
  menu: [press(`more:${name}`, "Give 1 more minute"), press(`nudge:${name}`, "Ask “need a hand?”"), press(`excuse:${name}`, "Excuse"), press(`admit:${name}`, "Let in on a second device")],
});
const NAMES = ["Amelia", "Dana", "Keisha", "Lena", "Marcus", "Rosa", "Grace", "Tom"];
const row = (id, team, signs, count, time, state, buttons) => ({ id, team, count, time, state, buttons, people: marks(signs).map(({ state: one }, i) => person(id, NAMES[i], one)) });
const KEYS = { ArrowRight: "next", ArrowLeft: "undo", " ": "reveal", "+": "plus", "-": "minus", p: "pause", t: "table" };
const wall = (key, more) => view(key, { wall: true, keys: KEYS, head: { title: "Part 2 of 5 · The list", sub: "", ends: "", over: false, code: "K7M-4QX", buttons: [], teams: [] }, foot: { left: "On your phone", right: "" }, ...more });
const LOBBY = { join_link: "http://192.168.1.20:8866/join/K7M-4QX", qr: "/tests/browser/board_harness/qr.svg", code: "K7M-4QX", count: "6 of 8 here", here: NAMES.slice(0, 6), missing: ["Grace", "Tom"], knocks: [], empty: "Nobody here yet. Point a phone at the code.", buttons: [] };

export const VIEWS = () => ({
  lobby: view("lobby:tupelo", {
    head: head({ ends: "starts 3:30", over: false, code: "", buttons: [press("present", "Open projector view", { href: "?frame=wall_lobby", new: true }), press("phone", "My phone as remote", { dialog: PHONE })] }),
    lobby: {
      ...LOBBY, knocks: [{ id: "knock:1", text: "Dana wants in on a second device", buttons: [press("admit:1", "Let in")] }],
      warm: { text: "Warm-up: 5 of 8 done.", buttons: [press("warm", "Give the room 6 minutes for it"), press("warm_on", "Go on")] },
      buttons: [press("start", "Start: Opening", { main: true }), press("copy", "Copy the link"), press("packet", "Print the packet", { href: "#" })],
    },
  }),
  nobody: view("lobby:tupelo", { head: head({ ends: "starts 3:30", over: false, buttons: [] }), lobby: { ...LOBBY, count: "", here: [], buttons: [press("start", "Start: Opening", { main: true, off: true, why: "Nobody is here yet." })] } }),
  run: view("run:tupelo:sort:1:down", { agenda: agenda(), centre: DOWN, side: BESIDE }),
  few: view("run:tupelo:sort:1:down", {
    agenda: agenda(), side: BESIDE,
    centre: centre({ ...DOWN, count: { text: "2 of 8 in · 4 writing · 2 not started", marks: marks("iiwwwwnn") }, buttons: [press("reveal", "Reveal", { main: true, off: true, why: "Reveal needs 4 answers; 2 are in." }), press("anyway", "Reveal anyway…", { dialog: ANYWAY }), ...GRIP], hint: "" }),
    lines: [{ id: "help:M5", mark: "?", text: "Marcus asks for help.", buttons: [press("helped:M5", "I am there")] }],
  }),
  shown: view("run:tupelo:sort:1:up", { agenda: agenda(), centre: SHOWN, side: side({ ask: "“Whose pick is alone? We hear it first.”", pins: [{ id: "a1", text: "Small groups start late", buttons: [press("unpin:a1", "Let go")] }] }), lines: [UNDO], announce: "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same." }),
  entries: view("run:tupelo:add:1:up", { agenda: agenda("add"), centre: centre({ title: "Add", entries: ENTRIES, buttons: [press("next", "Next: Merge", { main: true }), press("hide", "Hide again"), MORE] }), side: side() }),
  ended: view("ended:tupelo", { head: head({ ends: "Ended 5:02", over: false, buttons: [] }), centre: centre({ title: "Done for today", blocks: [{ kind: "big", text: "“More of our grade 1-3 students can decode on level by spring”" }, { kind: "text", text: "7 of 8 people’s ideas are in this sentence." }], buttons: [press("undo", "Open again"), press("files", "Download the files", { href: "#" })] }), foot: { left: "Priority: early reading", right: "✓ Everything saved 5:02" } }),
  grid: view("grid:all", {
    head: head({ title: "Room K7M-4QX", sub: "10 teams · 58 of 60 here", ends: "We end at 5:00", over: false, code: "", buttons: [press("next", "Next for all", { main: true, kind: "guard", again: "Tap again to go on" }), press("pause", "Pause all")] }),
    grid: {
      head: "First, focus, watch", columns: ["Team", "in", "people", "time", "state", ""],
      rows: [
        row("tupelo", "Tupelo Branch", "iiiiiwwn", "5 of 8", "1:20", "can reveal", [press("reveal:tupelo", "Reveal")]),
        row("lincoln", "Lincoln", "iiiiii", "6 of 6", "done", "all in", [press("reveal:lincoln", "Reveal")]),
        row("north", "North Fork", "iilhw", "2 of 5", "1:20", "1 needs help", [press("goto:north", "Go to")]),
        row("east", "Eastside Academy of the Arts", "iqqwe", "1 of 4", "1:20", "", [press("goto:east", "Go to")]),
        ...["Harbor", "Mill Road", "Oak Hill", "Pine Street", "Riverside", "Sunnyvale"].map((name) => row(name, name, "iiiwwn", "3 of 6", "1:20", "", [press(`goto:${name}`, "Go to")])),
      ],
      filters: [{ id: "filter:all", label: "All", here: true }, { id: "filter:not", label: "Not ready", here: false }, { id: "filter:help", label: "Needs help", here: false }], empty: "No team here yet. The code on the wall brings them in.",
    },
  }),
  nowhere: view("grid:all", { head: head({ title: "Room K7M-4QX", sub: "", ends: "", over: false, buttons: [] }), grid: { head: "Before the start", columns: ["Team", "in", "people", "time", "state", ""], rows: [], filters: [], empty: "No team here yet. The code on the wall brings them in." } }),
  remote: view("remote:tupelo:sort:1:down", {
    head: head({ sub: "", ends: "ends 5:04", over: false, buttons: [], teams: TEAMS }),
    centre: centre({ clock: clock(80), count: { text: "5 of 8 in · 1 needs help", marks: [] }, buttons: [press("reveal", "Reveal", { main: true }), press("minus", "- 1 min"), press("plus", "+ 1 min"), press("pause", "Pause all"), press("undo", "Undo"), press("next", "Next: Speak for it", { kind: "guard", again: "Tap again to go on" })] }),
    side: side({ say: "“Exactly one is first.”", notes: null }),
  }),
  present: wall("present:tupelo:sort:1:down", { centre: centre({ title: "Which one comes first, for now?", do: "Pick one. Then give each of the others a place: focus or watch.", clock: clock(80), count: { text: "5 of 8 in", marks: [] } }) }),
  turn: wall("present:tupelo:talk:1:up", { head: { title: "Part 3 of 5 · The talk", sub: "", ends: "", buttons: [], teams: [] }, foot: { left: "Look up", right: "" }, centre: centre({ title: "Behavior and belonging", do: "Marcus speaks. Others may only ask.", clock: clock(75, { seconds: true }), count: { text: "voice 2 of 5", marks: [] } }) }),
  wall_shown: wall("present:tupelo:sort:1:up", { foot: { left: "Look up", right: "" }, centre: centre({ title: "First, focus, watch", picture: PICTURE }) }),
  wall_table: wall("present:tupelo:sort:1:table", { foot: { left: "Look up", right: "" }, centre: centre({ title: "First, focus, watch", picture: { ...PICTURE, table: true, rows: [...ROWS, ...ROWS, ...ROWS].map(([name, ...rest], i) => [`${name} ${i}`, ...rest]) } }) }),
  wall_lobby: wall("present:tupelo:lobby", { head: { title: "Tupelo Branch · One Priority", sub: "", ends: "We end at 5:00.", buttons: [], teams: [] }, foot: { left: "", right: "" }, lobby: LOBBY }),
  wall_end: wall("present:tupelo:end", { head: { title: "Tupelo Branch · One Priority", sub: "", ends: "", buttons: [], teams: [] }, foot: { left: "", right: "" }, centre: centre({ title: "Our one priority", blocks: [{ kind: "big", text: "“More of our grade 1-3 students can decode on level by spring”" }, { kind: "text", text: "7 of 8 people’s ideas are in this sentence." }] }) }),
  table: view("table:tupelo", { head: head({ buttons: [press("run", "Back to the board", { main: true })] }) }),
  wall_words: wall("present:tupelo:worry:1:up", { foot: { left: "Look up", right: "" }, centre: centre({ title: "Answer each worry", do: "Answer each worry: change the sentence, add a condition, or say why not.", clock: clock(660), blocks: [{ kind: "big", text: "More of our grade 1-3 students can decode on level by spring" }, { kind: "own", label: "The worries", lines: Array.from({ length: 8 }, (_, i) => `${i + 1}. Families hear from us too late, and then the calls come in the middle of a lesson: we add a condition and say who calls when`) }] }) }),
  viewer: wall("wall:tupelo:sort:1:up", { viewer: true, keys: {}, foot: { left: "", right: "" }, centre: centre({ title: "First, focus, watch", blocks: [{ kind: "sentence", text: "Pick any two of us: about 1 time in 7 they chose the same." }, { kind: "table", caption: "", head: ["Measure", "Value"], rows: [["Agreement", "0.14"], ["Answers", "8"]] }] }) }),
});
export const DIALOGS = { END, ANYWAY };
