// Views as the kernel makes them, one for each kind of screen.
const bar = (part, time, share, heads = "down") => ({ part, time, share, heads });
const foot = {
  who: "Lena Marsh · Tupelo Branch",
  menu: [
    { id: "menu:not_me", label: "This is not me" },
    { id: "menu:link", label: "Keep my own link" },
    { id: "menu:today", label: "Today: what comes when" },
    { id: "menu:answers", label: "My answers" },
    { id: "menu:help", label: "I need help" },
    { id: "menu:leave", label: "Leave and clear this phone" },
  ],
};
const screen = (key, rest) => ({
  key, store_key: "K7M4QX/1/M3", title: "", do: "", quote: null, pen: null, blocks: [], pages: [], submit: null, after: [], buttons: [], lines: [],
  saved_at: "", announce: "", foot, bar: bar("Part 1 of 5 · Each role", "about 4 min", 0.15), ...rest,
});
const page = (fields, rest = {}) => ({ title: "", do: "", next: "", fields, ...rest });
const field = (name, label, rest) => ({ field: name, label, hint: "", required: true, attribution: null, value: null, error: "", locked: false, unit: "", show_when: null, prefilled: "", special: "", ...rest });
const text = (name, label, rest = {}) => field(name, label, { control: "entry", kind: "text", min: 5, max: 120, max_words: null, starters: [], ...rest });
const long = (name, label, rest = {}) => text(name, label, { kind: "long", max: 400, ...rest });
const choice = (name, label, options, rest = {}) => field(name, label, { control: "choice", kind: "one", layout: "stack", dk: false, other: false, options, ...rest });
const option = (id, label, help = "") => ({ id, label, help });
const submit = (label = "Submit my answer") => ({ label, busy: false });
const NAMED = { text: "Shown with your name." };

export const CANDIDATES = [
  option("C1", "Student attendance"),
  option("C2", "Behavior and belonging"),
  option("C3", "Family partnership"),
  option("C4", "Early reading, grades 1-3"),
  option("C5", "Math fluency, grades 3-5"),
  option("C6", "Life after ESSER"),
  option("C7", "Keeping and supporting our teachers"),
];
const HANDS = ["I would block it", "I have big worries", "I have worries", "I can live with it and will help", "I am for it", "I will help lead it"];
const ACTIONS = [option("stop", "Stop"), option("shrink", "Shrink"), option("hand_over", "Hand over"), option("defer", "Later")];
const NEEDS = [option("no", "No"), option("partly", "Partly"), option("yes", "Yes")];
const IDEAS = [
  option("p1", "Small groups start late"),
  option("p2", "Too many first graders guess words"),
  option("p3", "Families hear from us too late"),
  option("p4", "Groups start late after recess"),
  option("p5", "New teachers are alone with planning"),
];
const ABOUT = ["17 of 36 sessions ran on time", "Decoding screener in February", "Calls come after the third absence", "Clock in the hall", "Three left in a year"];
const TASK_COLUMNS = [
  text("task", "A task that does not need you", { max: 100 }),
  field("min_week", "How long does it take?", { control: "per_week", kind: "num", unit: "min/week", low: 5, high: 1200, step: 5 }),
  choice("needs_me", "Does it need you?", NEEDS, { layout: "row" }),
  choice("action", "What happens to it?", ACTIONS),
  field("released_min", "How many of these come free?", { control: "entry", kind: "num", unit: "min/week", low: 0, high: 1200, step: 5, show_when: { action: "shrink" } }),
];

const SEEN = [option("a1", "Groups begin ten minutes late"), option("a2", "Children wait in the hall"), option("a3", "Reading groups begin late")];
const WHERE = ["Grades 1 to 3", "Main hall", "Room 12"];
const OFTEN = [option("daily", "Daily"), option("weekly", "Weekly"), option("monthly", "Monthly"), option("few", "A few times a year")];
const CAUSES = [option("w1", "The timetable has no minute to walk"), option("w2", "Nobody knows who opens the rooms"), option("w3", "Two bells ring at different times"), option("w4", "The plan is told too late")];
const BONES = [option("time", "Time and schedule"), option("people", "People and skills"), option("talk", "Communication and decisions")];
const BONE = [{ category: "time", from: "whys" }, { category: "talk", from: "whys" }, { category: "time", from: "swot" }, { from: "swot" }];
const PROGRAMS = [option("I1", "Reading block", "Clearly aligned. Hint: keep or grow."), option("I2", "Monday meeting", "A little aligned. Hint: reshape."), option("I3", "Science fair", "Clearly aligned. Hint: keep.")];
const DECISIONS = [option("grow", "Grow"), option("keep", "Keep"), option("reshape", "Reshape"), option("release", "Release")];

export const FRAMES = {
  text: screen("role_priority:1:answer", {
    title: "What comes first in your role?",
    do: "Think of your own job, not the whole school.",
    pages: [page([text("text", "In my role, the one thing to put first is…", { attribution: NAMED }), long("because", "Because…", { min: 20 })])],
    submit: submit(),
  }),
  starters: screen("candidates:1:answer", {
    title: "What might come first for the whole team?",
    do: "Add one thing the whole team might put first. Name the condition to change, not the program to buy.",
    bar: bar("Part 2 of 5 · The list", "about 4 min", 0.3),
    pages: [page([
      text("label", "What might come first", { attribution: { text: "Shown without name or label." }, starters: ["Keeping our teachers", "Making up for lost learning", "Support for new educators", "Engaging students and families"], max: 80 }),
      text("sign", "What tells you?", { max: 140 }),
      text("students", "Who would feel the difference?", { required: false, max: 30 }),
    ])],
    submit: submit(),
  }),
  first: screen("sort:1:answer", {
    title: "Which one comes first, for now?",
    do: "If everything comes first, nothing does.",
    bar: bar("Part 2 of 5 · The list", "about 2 min", 0.4),
    pages: [
      page([field("places", "A place for each", {
        control: "first", options: CANDIDATES, first: "priority", attribution: { text: "Shown as “support staff”. Three of you carry that label." },
        tiers: [option("priority", "Priority", "It comes first, for now."), option("focus", "Focus", "We keep working on it."), option("watch", "Watch", "We look in on it.")],
        columns: [choice("tier", "Place", [])],
      })]),
      page([text("true_if", "{first} should come first if it is true that…", { required: false, max_words: 16 })], { title: "And the others?" }),
    ],
    submit: submit(),
  }),
  order: screen("rank:1:answer", {
    title: "Tap them in order, first to last",
    do: "For our team, for now.",
    bar: bar("Part 3 of 5 · The talk", "about 2 min", 0.5),
    pages: [page([
      field("order", "", { control: "order", options: [...CANDIDATES.slice(4), ...CANDIDATES.slice(0, 4)], attribution: { text: "Shown as “support staff”. Three of you carry that label." } }),
      choice("confidence", "How sure are you?", [1, 2, 3, 4, 5].map((id) => option(id, String(id))), { kind: "rate", layout: "scale", ends: ["not sure", "very sure"], required: false }),
    ])],
    submit: submit("This is my order"),
  }),
  rows: screen("contribute_release:1:answer", {
    title: "One thing to let go",
    bar: bar("Part 5 of 5 · Make room", "about 4 min", 0.8),
    pages: [page([field("release", "", {
      control: "rows", columns: TASK_COLUMNS, fixed: null, min: 1, max: 3, row_word: "task", taken: {}, pen_rows: false,
      attribution: { text: "Shown with your name, on the wall and on the hand-out." },
    })])],
    submit: submit(),
  }),
  closed: screen("contribute_release:1:answer", {
    title: "One thing to let go",
    bar: bar("Part 5 of 5 · Make room", "about 4 min", 0.8),
    pages: [page([field("release", "", {
      control: "rows", columns: TASK_COLUMNS, fixed: null, min: 1, max: 3, row_word: "task", taken: {}, pen_rows: false, attribution: NAMED,
      value: [
        { row_id: "aaaaaaaa", cells: { task: "Copy and file for three teachers", min_week: 150, needs_me: "no", action: "shrink", released_min: 100 } },
        { row_id: "bbbbbbbb", cells: { task: "Hall monitor, reading block", min_week: 100, needs_me: "no", action: "stop" } },
      ],
    })])],
    saved_at: "4:52",
    submit: submit(),
  }),
  fixed: screen("role_reveal:1:answer", {
    title: "How near is it?",
    do: "Read what others expected of you. Mark how near it is.",
    pages: [page([field("match", "", {
      control: "rows", fixed: [option("M4", "Lead small groups", "Tom"), option("M1", "Keep the reading block free of interruptions", "Keisha")], min: 0, max: 40, row_word: "expectation", taken: {}, pen_rows: false,
      columns: [choice("match", "How near is it?", [option(0, "different"), option(1, "partly"), option(2, "same")], { kind: "rate", layout: "row" }), text("note", "A word to them", { required: false })],
    })])],
    submit: submit(),
  }),
  inline: screen("align:1:answer", {
    title: "How much does each help?",
    pages: [page([field("near", "The programs we have", {
      control: "rows", fixed: CANDIDATES.slice(0, 3), min: 0, max: 40, row_word: "row", taken: {}, pen_rows: false,
      columns: [choice("fit", "0 = not at all, 2 = very much", [0, 1, 2].map((id) => option(id, String(id))), { kind: "rate", layout: "scale", dk: true, ends: ["not at all", "very much"] })],
    })])],
    submit: submit(),
  }),
  taken: screen("park:1:together", {
    title: "Who keeps an eye on what?",
    do: "Take one. Say what would bring it back.",
    bar: bar("Part 5 of 5 · Make room", "about 3 min", 0.9, "up"),
    pages: [page([field("parked", "", {
      control: "rows", fixed: [CANDIDATES[0], CANDIDATES[2], CANDIDATES[4]], min: 0, max: 40, row_word: "candidate", pen_rows: true,
      taken: { C1: { by: "Lena Marsh", mine: true }, C5: { by: "Rosa", mine: false } },
      attribution: { text: "Everyone in the team sees this when it is saved." },
      columns: [choice("tier", "Place", [option("focus", "Focus"), option("watch", "Watch")], { layout: "row" }), text("trigger", "Look again when…", { required: false }), choice("keeper", "Who keeps an eye on it", [], { special: "taker" })],
      value: [{ row_id: "C1", cells: { tier: "watch" } }, { row_id: "C3", cells: { tier: "watch" } }, { row_id: "C5", cells: { tier: "watch", trigger: "absence passes 9 % in a month" } }],
    })])],
    submit: submit("We are done with this"),
  }),
  merge: screen("candidates:1:together", {
    title: "What might come first for the whole team?",
    do: "Merge twins until 3 to 9 remain.",
    bar: bar("Part 2 of 5 · The list", "about 8 min", 0.3, "up"),
    pen: { mine: true, text: "You hold the pen.", buttons: [{ id: "pen:pass", label: "Pass it on" }] },
    pages: [page([field("candidates", "Our list", {
      control: "merge", min: 3, max: 9, aside_field: "set_aside", aside: [],
      label_field: "label", merged_field: "merged_from", origin_field: null, group: null, added: null, picked: null,
      proposals: IDEAS.map(({ id, label }, i) => ({ id, label, cells: { label, about: ABOUT[i] } })),
      reasons: [{ id: "not_ours", label: "It is not ours to change" }, { id: "way_not_aim", label: "It is a way to get there, not an aim" }, { id: "under_way", label: "It is well under way" }],
      columns: [text("label", "Wording", { max: 80 }), choice("merged_from", "Made from", IDEAS, { kind: "many" }), long("about", "What it is about", { required: false, max: 240 })],
      value: IDEAS.map(({ id, label }, i) => ({ row_id: `C${i + 1}`, cells: { label, about: ABOUT[i], merged_from: [id] } })),
    })])],
    submit: submit("We are done with this"),
  }),
  symptoms: screen("symptoms:1:together", {
    title: "What can you see or hear?",
    do: "Merge twins until 2 to 8 remain. Then mark the one that matters most.",
    bar: bar("Part 1 of 5 · What we see", "about 5 min", 0.2, "up"),
    pages: [page([field("symptoms", "Our symptoms", {
      control: "merge", min: 2, max: 8, row_word: "symptom", aside_field: "set_aside", aside: [], group: null, added: null, picked: null,
      label_field: "label", merged_field: "merged_from", origin_field: null,
      proposals: SEEN.map(({ id, label }, i) => ({ id, label, cells: { label, where: WHERE[i] } })),
      reasons: [option("a_cause", "It is a cause, not what we see"), option("once", "It happened once")],
      columns: [
        text("label", "Wording", { min: 8, max: 140 }), choice("merged_from", "Made from", SEEN, { kind: "many" }),
        choice("main", "The main symptom", [], { kind: "yes", special: "only_one", required: false }),
        text("where", "Where", { required: false, max: 80 }), choice("how_often", "How often", OFTEN, { required: false }),
      ],
      value: SEEN.map(({ id, label }, i) => ({ row_id: `S${i + 1}`, cells: { label, where: WHERE[i], merged_from: [id], ...(i ? {} : { how_often: "daily" }) } })),
    })])],
    submit: submit("We are done with this"),
  }),
  fishbone: screen("fishbone:1:together", {
    title: "Which causes deserve testing?",
    do: "Merge twins, move what stands wrong, and tick 3 to 8 that deserve testing.",
    bar: bar("Part 3 of 5 · Why it happens", "about 8 min", 0.5, "up"),
    pages: [page([field("causes", "Causes we have named", {
      control: "merge", min: 3, max: 40, row_word: "cause", aside_field: null, aside: [], reasons: [], group: "category",
      added: { from: "new" }, picked: { field: "test", low: 2, high: 3 }, label_field: "cause", merged_field: "merged_from", origin_field: "from",
      proposals: CAUSES.map(({ id, label }, i) => ({ id, label, cells: { cause: label, ...BONE[i] } })),
      columns: [
        text("cause", "Cause", { min: 8, max: 140 }), choice("merged_from", "Made from", CAUSES, { kind: "many" }), choice("category", "Bone", BONES),
        choice("from", "Named in", [option("whys", "Whys"), option("swot", "Four boxes"), option("new", "Here")], { required: false }),
        choice("test", "Test it", [], { kind: "yes", special: "tick", required: false }),
      ],
      value: CAUSES.map(({ id, label }, i) => ({ row_id: `R${i + 1}`, cells: { cause: label, merged_from: [id], ...BONE[i] } })),
    })])],
    submit: submit("These we test"),
  }),
  align: screen("align:1:answer", {
    title: "How directly does it serve our priority?",
    do: "Rate how it runs today, not how it was meant.",
    bar: bar("Part 2 of 5 · What serves the priority", "about 4 min", 0.3),
    pages: [page([field("rows", "One at a time", {
      control: "one_by_one", fixed: PROGRAMS, min: 0, max: 40, row_word: "line", taken: {}, pen_rows: false, attribution: NAMED,
      columns: [choice("align", "How directly does it serve our priority?", ["not", "a little", "clearly", "centrally"].map((word, i) => option(i, word)), { kind: "rate", dk: true })],
    })])],
    submit: submit(),
  }),
  tests: screen("tests:1:answer", {
    title: "How strong is each cause?",
    bar: bar("Part 4 of 5 · Which cause", "about 4 min", 0.6),
    pages: [page([field("ratings", "One cause at a time", {
      control: "one_by_one", fixed: CAUSES.slice(0, 3), min: 0, max: 40, row_word: "cause", taken: {}, pen_rows: false,
      columns: [
        choice("removes", "If this were gone, would the main symptom shrink?", ["not at all", "a little", "much", "almost wholly"].map((word, i) => option(i, word)), { kind: "rate", dk: true }),
        choice("influence", "How much is it in our hands?", [0, 1, 2, 3].map((id) => option(id, String(id))), { kind: "rate", layout: "scale", dk: true, ends: ["not at all", "fully ours"] }),
      ],
    })])],
    submit: submit(),
  }),
  boxes: screen("swot:1:answer", {
    title: "What helps, what hinders?",
    do: "One line a box, about the priority only.",
    bar: bar("Part 2 of 5 · Where we stand", "about 4 min", 0.4),
    pages: [page([field("items", "My lines", {
      control: "boxes", min: 1, max: 8, row_word: "line", fixed: null, taken: {}, pen_rows: false, most_each: 2, attribution: { text: "Shown without name or label." },
      columns: [
        choice("quadrant", "Box", [option("strength", "Strengths", "In our hands, and it helps."), option("weakness", "Weaknesses", "In our hands, and it hinders."), option("threat", "Threats", "From outside, and it hinders.")]),
        text("item", "In one line", { min: 8, max: 120 }), text("fact", "A fact that shows it", { required: false, max: 140 }),
        choice("touches", "Which symptoms it touches", SEEN, { kind: "many", high: 3, required: false }),
      ],
    })])],
    submit: submit(),
  }),
  inventory: screen("inventory:1:together", {
    title: "Is the list whole?",
    do: "Add what is missing.",
    bar: bar("Part 1 of 5 · The whole list", "about 4 min", 0.1, "up"),
    pages: [page([field("rows", "Everything we do", {
      control: "rows", fixed: null, min: 3, max: 40, row_word: "line", taken: {}, pen_rows: false, brief: ["name", "purpose"], import_rows: true,
      suggestions: [{ label: "After-school tutoring", cells: { name: "After-school tutoring", minutes: 240 } }, { label: "Hall passes", cells: { name: "Hall passes" } }], bulk: null,
      columns: [
        text("name", "Name", { max: 80 }), text("purpose", "What it is for, and what it takes", { max: 140 }), choice("kind", "Kind", [option("program", "Program"), option("meeting", "Meeting or routine"), option("building", "Building"), option("event", "Event")]),
        text("lead", "Who leads it", { max: 40 }), field("usd", "Money a year", { control: "entry", kind: "num", unit: "USD/year", low: 0, high: 1e8, step: 1 }),
        field("minutes", "Staff minutes a week", { control: "entry", kind: "num", unit: "min/week", low: 0, high: 2e5, step: 5 }), field("ends", "The money ends on", { control: "entry", kind: "date", required: false }),
      ],
      value: [{ row_id: "I1", cells: { name: "Reading block", purpose: "Grades 1 to 3, two teachers", kind: "program", lead: "Ms. Hart", usd: 12000, minutes: 900 } }, { row_id: "I2", cells: { name: "Monday meeting", purpose: "All staff, 45 minutes" } }],
    })])],
    submit: submit("The list is whole"),
  }),
  decide: screen("decide:1:together", {
    title: "What grows, what goes?",
    do: "Propose one decision a row.",
    bar: bar("Part 4 of 5 · Decide", "about 18 min", 0.7, "up"),
    pages: [page([field("rows", "One decision a row", {
      control: "rows", fixed: PROGRAMS, min: 0, max: 40, row_word: "line", taken: {}, pen_rows: false,
      bulk: { label: "Keep these 2 as they are", rows: { I1: { decision: "keep" }, I3: { decision: "keep" } } },
      columns: [
        choice("decision", "Decision", DECISIONS), text("reason", "Why", { required: false, max: 160, require_when: { decision: ["grow", "release"] } }),
        field("after", "Minutes next year", { control: "entry", kind: "num", unit: "min/week", low: 0, high: 2e5, step: 5, required: false, show_when: { decision: ["grow", "reshape"] } }),
      ],
      value: PROGRAMS.map(({ id }, i) => ({ row_id: id, cells: { after: 100 * (i + 1) } })),
    })])],
    submit: submit("We propose this"),
  }),
  share: screen("week:1:answer", {
    title: "Where does your week go?",
    pages: [page([field("minutes", "Minutes of a usual week", {
      control: "share", total: 2325, unit: "minutes", exact: false, slack: 15,
      parts: [option("teach", "Teaching"), option("plan", "Planning", "alone or together"), option("mail", "Email"), option("duty", "Duties")],
      value: { teach: 1500, plan: 300 },
    })])],
    submit: submit(),
  }),
  kinds: screen("kinds:1:answer", {
    title: "Every kind of field",
    do: "One of each, to look at.",
    pages: [page([
      choice("need", "Does it need you?", NEEDS, { layout: "row", attribution: NAMED }),
      choice("who", "Who decides if we cannot?", CANDIDATES, { layout: "select" }),
      choice("helps", "Would this help others get better?", CANDIDATES.slice(0, 4), { kind: "many", low: 1, high: 2, required: false, other: true }),
      choice("unit", "Unit", [option("percent", "percent of students", "such as 46.2"), option("count", "number of students")], { other: true, required: false }),
      choice("strength", "How strong is the evidence?", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((id) => option(id, String(id))), { kind: "rate", layout: "scale", dk: true, ends: ["weak", "strong"] }),
      choice("missing", "We do not have this figure yet", [], { kind: "yes", required: false }),
      field("baseline", "Today’s figure", { control: "entry", kind: "num", unit: "percent of students", low: 0, high: 100, step: 0.1, show_when: { missing: false } }),
      text("found_by", "Who brings it?", { show_when: { missing: true }, max: 30 }),
      field("counted", "Counted on", { control: "entry", kind: "date", low: null, high: "today", required: false, value: "2024-02-02" }),
      text("filled", "For whom", { value: "All 156 students in grades 1, 2 and 3", prefilled: "from earlier answers" }),
      text("shut", "A field that is closed", { locked: true, value: "This can be read." }),
    ])],
    saved_at: "3:40",
    submit: submit(),
  }),
  hands: screen("consent:1:answer", {
    title: "How far can you stand behind this?",
    bar: bar("Part 4 of 5 · The sentence", "about 1 min", 0.7),
    blocks: [{ kind: "big", text: "More of our grade 1-3 students can decode on level by spring" }],
    pages: [page([
      choice("fist", "My hand", HANDS.map((label, id) => option(id, label)), { kind: "rate", layout: "hands", attribution: { text: "Your facilitator can see your name. The wall shows hands only." } }),
      long("raise", "What one change would move you up a step?", { required: false, show_when: { fist: [0, 1, 2] } }),
    ])],
    submit: submit(),
  }),
  again: screen("consent:2:answer", {
    title: "Once more, after the change",
    bar: bar("Part 4 of 5 · The sentence", "about 1 min", 0.7),
    blocks: [{ kind: "big", text: "More of our grade 1-3 students can decode on level by spring, and the release list starts before any new task" }, { kind: "text", text: "Your first answer: 4, I am for it" }],
    buttons: [{ id: "keep", label: "Keep my 4", main: true }, { id: "again", label: "Change it" }],
  }),
  pen: screen("statement:1:together", {
    title: "The sentence",
    bar: bar("Part 4 of 5 · The sentence", "about 8 min", 0.6, "up"),
    pen: { mine: true, text: "You hold the pen.", buttons: [{ id: "pen:pass", label: "Pass it on" }] },
    pages: [
      page([
        text("sentence", "For now, our one priority is…", { value: "More of our grade 1-3 students can decode on level by spring", max: 160, attribution: { text: "Everyone in the team sees this when it is saved." } }),
        text("for_whom", "For whom", { value: "All 156 students in grades 1, 2 and 3", prefilled: "from earlier answers" }),
        long("why_now", "Why now", { value: "Fewer than half were on level in February." }),
      ], { title: "The sentence" }),
      page([
        text("measure", "Measure"),
        field("baseline", "Today’s figure", { control: "entry", kind: "num", unit: "percent", low: 0, high: 100, step: 0.1 }),
      ], { title: "How we will know" }),
    ],
    saved_at: "4:38",
    submit: submit("This is our sentence"),
  }),
  readers: screen("statement:1:together", {
    title: "The sentence",
    bar: bar("Part 4 of 5 · The sentence", "about 8 min", 0.6, "up"),
    pen: { mine: false, text: "Rosa holds the pen.", buttons: [{ id: "pen:take", label: "Ask for it" }] },
    pages: [page([
      text("sentence", "For now, our one priority is…", { locked: true, value: "More of our grade 1-3 students can decode on level by spring" }),
      text("for_whom", "For whom", { locked: true, value: "All 156 students in grades 1, 2 and 3" }),
      long("why_now", "Why now", { locked: true }),
    ])],
  }),
  waiting: screen("role_priority:1:waiting", {
    title: "5 of 8 in",
    bar: bar("Part 1 of 5 · Each role", "about 2 min", 0.15),
    blocks: [
      { kind: "text", text: "Your answer is in.", mark: "✓" },
      { kind: "text", text: "Rest your eyes. Results come when everyone is in." },
      { kind: "own", label: "Your answer", lines: ["Know my group plan before I walk in"] },
    ],
    buttons: [{ id: "change", label: "Change my answer" }, { id: "menu:missing", label: "Somebody missing?" }],
  }),
  look_up: screen("talk:1:results", {
    title: "Look up",
    bar: bar("Part 3 of 5 · The talk", "", 0.45, "up"),
    blocks: [{ kind: "big", text: "Marcus speaks for Behavior and belonging." }, { kind: "text", text: "You may only ask." }],
    buttons: [{ id: "ask", label: "I want to ask" }],
  }),
  talk: screen("talk:1:together", {
    title: "One voice at a time",
    bar: bar("Part 3 of 5 · The talk", "", 0.45, "up"),
    blocks: [
      { kind: "heading", text: "You put this first:" },
      { kind: "big", text: "Student attendance" },
      { kind: "text", text: "Would you speak for it, one minute?" },
      { kind: "buttons", buttons: [{ id: "speak:yes", label: "Yes, I will" }, { id: "speak:no", label: "Someone else, please" }] },
      { kind: "text", text: "Only the facilitator sees this." },
    ],
  }),
  led: screen("role_priority:1:answer", {
    title: "What comes first in your role?",
    bar: bar("Part 1 of 5 · Each role", "paused", 0.15),
    lines: [
      { id: "paused", mark: "~", title: "Paused. Look up.", text: "Your words stay as they are.", buttons: [] },
      { id: "nudge", mark: "?", text: "The facilitator asks: do you need a hand?", buttons: [{ id: "nudge:thinking", label: "Still thinking" }, { id: "nudge:help", label: "I need help" }, { id: "nudge:pass", label: "Skip this one" }] },
      { id: "late:open", mark: "~", text: "“Opening” closed at 4:12. You can still send yours; it is marked late.", buttons: [{ id: "late:open", label: "Send" }] },
    ],
    pages: [page([text("text", "In my role, the one thing to put first is…", { attribution: NAMED }), long("because", "Because…")])],
    submit: submit(),
  }),
  two_pens: screen("statement:1:together", {
    title: "The sentence",
    bar: bar("Part 4 of 5 · The sentence", "", 0.6, "up"),
    pages: [
      page([text("sentence", "For now, our one priority is…")], { title: "The sentence", next: "Next: How we will know", pen: { mine: true, text: "You hold the pen.", buttons: [{ id: "pen:pass:1", label: "Pass it on" }] } }),
      page([text("measure", "Measure", { locked: true, value: "students at benchmark" })], { title: "How we will know", pen: { mine: false, text: "Rosa holds the pen.", buttons: [{ id: "pen:take:2", label: "Ask for it" }] } }),
    ],
    submit: submit("This is our sentence"),
  }),
  calendar: screen("ended", {
    title: "Our one priority",
    blocks: [
      { kind: "big", text: "More of our grade 1-3 students can decode on level by spring" },
      { kind: "file", label: "Add the date to my calendar", name: "K7M4QX.ics", type: "text/calendar", text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
      { kind: "list", items: ["Part 2 of 5 · The list · here\nAdd and merge · First, focus, watch"] },
    ],
  }),
  results: screen("sort:1:results", {
    title: "First, focus, watch",
    bar: bar("Part 2 of 5 · The list", "", 0.4, "up"),
    lines: [{ id: "undo", mark: "", text: "Results are shown.", buttons: [{ id: "undo", label: "Undo" }] }],
    blocks: [
      { kind: "sentence", text: "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same." },
      { kind: "own", label: "You put first", lines: ["Behavior and belonging"] },
      { kind: "table", caption: "Places", head: ["", "First", "Focus", "Watch"], rows: [["Early reading, grades 1-3", "3", "5", "0"], ["Behavior and belonging", "2", "4", "2"], ["Student attendance", "1", "3", "4"]] },
      { kind: "picture", alt: "Early reading leads", on_request: true, src: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 120'%3E%3Crect width='200' height='40' fill='%230F5C6E'/%3E%3C/svg%3E", head: ["", "First"], rows: [["Early reading", "3"]] },
      { kind: "cards", cards: [{ title: "Grade 1 teacher", text: "Know my group plan before I walk in", by: "Lena Marsh" }] },
    ],
    buttons: [{ id: "go", label: "Next: Speak for it", main: true }],
  }),
  folded: screen("rank:1:answer", {
    title: "Tap them in order, first to last",
    bar: bar("Part 3 of 5 · The talk", "about 2 min", 0.5),
    folds: [
      { kind: "fold", title: "Your role", line: "Know my group plan before I walk in", lines: ["You: Know my group plan before I walk in", "Submitted 4:01. Closed since 4:03."] },
      { kind: "fold", title: "First, focus, watch", line: "Behavior and belonging", lines: ["You: Behavior and belonging"] },
    ],
    pages: [page([field("order", "", { control: "order", options: CANDIDATES })])],
    submit: submit("This is my order"),
  }),
  lines: screen("role_priority:1:answer", {
    title: "What comes first in your role?",
    do: "Think of your own job, not the whole school.",
    lines: [
      { id: "closing", mark: "~", text: "Finishing in 10 s. What you have typed is kept.", buttons: [{ id: "wait", label: "Wait, please" }] },
      { id: "knock:1", mark: "?", text: "Dana wants in on a second device.", buttons: [{ id: "admit:1", label: "Let in" }] },
      { id: "note", mark: "i", text: "We went back one step. Your answer is still here.", buttons: [] },
    ],
    pages: [page([text("text", "In my role, the one thing to put first is…", { attribution: NAMED })])],
    submit: submit(),
  }),
  end: screen("ended", {
    title: "Our one priority",
    bar: bar("One Priority", "done", 1),
    blocks: [
      { kind: "big", text: "More of our grade 1-3 students can decode on level by spring" },
      { kind: "text", text: "Your idea “Small groups start late” is in it. 7 of 8 people’s are.", mark: "✓" },
      { kind: "own", label: "Your part", lines: ["I will run two groups and keep the plan where all can see it."] },
      { kind: "own", label: "You let go", lines: ["Copy and file for three teachers: 100 min/week"] },
      { kind: "list", items: ["Part 1 of 5 · Each role · done", "Part 2 of 5 · The list · here"] },
      { kind: "check", id: "guess_ok", label: "I know my answer may be guessed", value: false },
      { kind: "link", text: "https://example.org/join/K7M-4QX" },
    ],
    buttons: [{ id: "menu:answers", label: "My answers" }],
  }),
};
