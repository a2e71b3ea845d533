"""Scripted people who go through a whole session: they answer, some badly, some late, some twice, and nothing is lost.

Each sits at a desk as a person's page does, reads the controls on it and answers them; what was acknowledged is then
recounted from an export.
"""

import json
import random
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from mira_workbook import exports
from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Clock, Entry, Saved
from mira_workbook.rules.stage import fold
from mira_workbook.store import NewMember, Store
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.desk import Desk

NAMES = (
    "Ana",
    "Ben",
    "Cleo",
    "Dee",
    "Eli",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jo",
    "Kit",
    "Lea",
    "Max",
    "Nia",
    "Otto",
    "Pia",
)
GROUPS = ("administrator", "teacher_k2", "teacher_35", "coach", "assistant", "student_support")
MOST_TURNS = 400
PASSING = timedelta(seconds=12)
"""What goes by, without waiting for it, where nobody can do anything or a countdown runs."""
HABITS = {"slow": 0.7, "keeps": 0.7, "badly": 0.2, "drafts": 0.3, "twice": 0.2}
"""How often, of 1: a slow one does nothing; a first answer is kept; a page is sent badly, with a draft, or twice."""
SLOW_ONE_OF = 5
WORDS = ("We", "keep", "the", "reading", "block", "free", "of", "calls", "so", "that", "groups", "start", "on", "time")
Key = tuple[str, str, int, str, str]
"""Team, step, round, field and value as canonical JSON: what a saved answer is recounted by."""


Promised = dict[tuple[str, int, str, str], str | None]
"""Step, round, field and author to the value acknowledged last, None where it was taken back."""


@dataclass(slots=True)
class Rehearsed:
    """What was acknowledged to the scripted people, and what an export holds of it."""

    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    duplicated: int = 0

    def counts(self) -> dict[str, int]:
        """The four numbers."""
        return {
            "acknowledged": self.acknowledged,
            "found": self.found,
            "lost": self.lost,
            "duplicated": self.duplicated,
        }


@dataclass(slots=True)
class Ahead:
    """A clock that runs on by itself and can be moved on: one for the store and everybody in the rehearsal."""

    base: Clock
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        """The time on it."""
        return self.base() + self.ahead


@dataclass(slots=True)
class Counting(StoreDoors):
    """The store's doors, with a note of everything that was acknowledged."""

    promised: Promised = field(default_factory=dict)

    def record(self, entry: Entry) -> Saved:
        """Save, and note what the acknowledgement promised."""
        saved = StoreDoors.record(self, entry)
        author = "TEAM" if entry.author_kind == "team" else self.member
        # A page that sends twice is told again what it was told first.
        for key, value in () if saved.replayed else entry.values.items():
            kept = saved.merged.get(key, value)
            gone = entry.state == "withdrawn" or kept is None
            self.promised[entry.step, entry.round, key, author] = None if gone else _canonical(kept)
        return saved


def _canonical(value: Any) -> str:
    return json.dumps(_bare(value), ensure_ascii=False, sort_keys=True)


def _bare(value: Any) -> Any:
    """A value without what an export may change: ids of rows that would tell whom they are about, 1.0 for 1."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items() if key != "row_id"}
    return int(value) if isinstance(value, float) and value.is_integer() else value


@dataclass(slots=True)
class Person:
    """One scripted person."""

    desk: Desk
    dice: random.Random
    promised: Promised
    slow: bool = False

    def turn(self) -> bool:
        """Do one thing that the page offers; True if there was something to do."""
        self.desk.refresh()
        view = self.desk.view
        if self.slow and self._does("slow"):
            return True
        if view["pages"] and view["submit"]:
            return self._answer(view)
        key = self._button(view)
        if key:
            self._press(key)
        return bool(key)

    def _does(self, habit: str) -> bool:
        return self.dice.random() < HABITS[habit]

    def _button(self, view: Doc) -> str:
        """The button this person presses now, "" for none."""
        offered = {b["id"] for b in (*view["buttons"], *(view["pen"] or {"buttons": ()})["buttons"])}
        if "keep" in offered:
            return "keep" if self._does("keeps") else "again"
        wanted = ("pen:take", *(("late",) if self.slow else ()), "go")
        return next((key for key in wanted if key in offered), "")

    def _press(self, key: str) -> None:
        self.desk.take({"field": "$press", "value": {"id": key}, "save_key": secrets.token_hex(6)})

    def _answer(self, view: Doc) -> bool:
        """Fill the page: first badly, sometimes; then well; sometimes sent twice."""
        fields = [f for page in view["pages"] for f in page["fields"]]
        if self._does("badly"):
            self._send({f["field"]: "x" for f in fields})
        values = {f["field"]: _answer_to(f, self.dice) for f in fields}
        if self._does("drafts"):
            first = next(iter(values))
            self.desk.take({"field": first, "value": values[first], "save_key": secrets.token_hex(6)})
        message = self._send(values)
        if self._does("twice"):
            self.desk.take(message)
        return True

    def _send(self, values: Mapping[str, Any]) -> dict[str, Any]:
        passed: list[str] = []
        message: dict[str, Any] = {}
        for _ in range(3):
            value = {"values": values, "passed": passed}
            message = {"field": "$submit", "value": value, "save_key": secrets.token_hex(6)}
            replies = self.desk.take(message)
            problems = [p for r in replies for p in r.get("problems", ())]
            if not problems or any(p["level"] == "stop" for p in problems):
                return message
            passed = [f"{p['field']}|{p['row']}|{p['code']}" for p in problems]
        return message


def _answer_to(control: Doc, dice: random.Random) -> Any:
    """A fitting answer to a control, read off the control as a person would."""
    kind = control["control"]
    if kind == "merge":
        return control["value"]
    if kind == "first":
        return _places(control, dice)
    if kind == "rows":
        return _table(control, dice)
    if kind == "order":
        ids = [o["id"] for o in control["options"]]
        return dice.sample(ids, len(ids))
    return _plain(control, dice)


def _plain(control: Doc, dice: random.Random) -> Any:
    kind = control.get("kind")
    if kind in {"text", "long"}:
        return control.get("value") or _words(control, dice)
    if kind == "num":
        low, high = control.get("low") or 0, control.get("high") or 100
        step = control.get("step") or 1
        return round(low + step * dice.randint(0, max(0, min(20, int((high - low) / step)))), 6)
    if kind == "date":
        return control.get("value") or _day(control)
    if kind == "many":
        return [o["id"] for o in control["options"][: dice.randint(0, 2)]]
    if kind == "yes":
        return control.get("value")
    options = control.get("options") or [{"id": None}]
    return control.get("value") or dice.choice(options)["id"]


def _day(control: Doc) -> str:
    """A day that fits: the last or the first that the field offers, else tomorrow."""
    offered = control.get("max") or control.get("min")
    return str(offered or (datetime.now(UTC) + timedelta(days=1)).date().isoformat())


def _words(control: Doc, dice: random.Random) -> str:
    limit = int(control.get("max") or 80)
    most = control.get("max_words") or 100
    words = [dice.choice(WORDS) for _ in range(min(most, max(3, limit // 12)))]
    text = " ".join(words)[:limit].strip()
    return text.ljust(int(control.get("min") or 0), "e")


def _places(control: Doc, dice: random.Random) -> list[Doc]:
    ids = [o["id"] for o in control["options"]]
    first = dice.choice(ids)
    others = [t["id"] for t in control["tiers"] if t["id"] != control["first"]]
    return [{"row_id": i, "cells": {"tier": control["first"] if i == first else dice.choice(others)}} for i in ids]


def _table(control: Doc, dice: random.Random) -> list[Doc]:
    saved = {row["row_id"]: row["cells"] for row in control["value"] or () if isinstance(row, dict)}
    ids = [o["id"] for o in control["fixed"]] if control["fixed"] is not None else [""] * max(1, control["min"])
    rows = []
    for key in ids:
        cells = {c["field"]: _cell(c, dice) for c in control["columns"]} | saved.get(key, {})
        _agree(cells)
        rows.append({"row_id": key, "cells": cells} if key else {"cells": cells})
    return rows if control["required"] or control["fixed"] is not None else []


def _cell(column: Doc, dice: random.Random) -> Any:
    return _plain(column, dice)


def _agree(cells: Doc) -> None:
    """Minutes that come free never exceed the minutes there are; stopping frees them all."""
    if "released_min" in cells and "min_week" in cells:
        cells["released_min"] = cells["min_week"]


def rehearse(
    store: Store, code: str, people: int, seed: int = 1, tell: Callable[[str], None] = lambda _text: None
) -> Rehearsed:
    """Play a whole meeting with scripted people and recount it from an export.

    Args:
        store: where the meeting is.
        code: the meeting's code.
        people: how many in all, shared out over the meeting's teams.
        seed: chance's start.
        tell: given a line for each session as it ends.

    Raises:
        MiraError: the meeting is led, has ended or has begun: people go through a fresh one at their own pace.
    """
    clock = Ahead(store.clock)
    store = store.under(clock)
    meeting = store.meeting(code)
    sessions = store.sessions(meeting.id)
    if meeting.pace == "led":
        raise MiraError("This meeting is led. Rehearse one at own pace, or open one with --pace own.")
    promised: Counter[Key] = Counter()
    for n, session in enumerate(sessions):
        share = people // len(sessions) + (n < people % len(sessions))
        team = _seated(store, session.id, share, random.Random(f"{seed}-{n}"))  # noqa: S311 - a script, no secret
        if not team:
            continue
        turns = _play(team, clock)
        slug = store.team(session.team_id).slug
        promised.update(_promises(team, slug))
        tell(f"{slug}: {len(team)} people, {turns} turns, stage {_stage(store, session.id)}")
    return _recount(store, code, promised)


def _promises(people: Sequence[Person], team: str) -> Counter[Key]:
    """Every answer that stands by what its people were told; they share one note of what was promised."""
    standing = ((key, value) for key, value in people[0].promised.items() if value is not None)
    return Counter((team, step, round_, name, value) for (step, round_, name, _), value in standing)


def _stage(store: Store, session_id: int) -> str:
    snapshot = store.snapshot(session_id)
    return fold(snapshot.acts, snapshot.workbook).state


def _seated(store: Store, session_id: int, count: int, dice: random.Random) -> list[Person]:
    """Scripted people in seats: the roster first, then new names."""
    members = [m for m in store.roster(session_id) if not store.member_is_seated(m.id, session_id)][:count]
    for i in range(len(members), count):
        name = f"{NAMES[i % len(NAMES)]} {i // len(NAMES) + 1}" if i >= len(NAMES) else NAMES[i]
        members.append(store.add_member(session_id, NewMember(name, "", GROUPS[i % len(GROUPS)])))
    people = []
    promised: Promised = {}
    for i, member in enumerate(members):
        seat = store.take_seat(secrets.token_hex(16), session_id, "member", member.id)
        doors = Counting(store, seat, member.key, pages="rehearsal/", promised=promised)
        people.append(Person(Desk(doors), random.Random(dice.random()), promised, slow=(i + 1) % SLOW_ONE_OF == 0))  # noqa: S311 - a script
    return people


def _play(team: Sequence[Person], clock: Ahead) -> int:
    """Give everyone turns until the session has ended; where nobody can do anything, time passes."""
    for turn in range(MOST_TURNS):
        busy = [person.turn() for person in team]
        if team[0].desk.view["key"] == "ended":
            return turn
        closing = any(one["id"] == "closing" for one in team[0].desk.view["lines"])
        if closing or not any(busy):
            clock.ahead += PASSING
    raise MiraError(f"The rehearsal stood still at {team[0].desk.view['key']}.")


def _recount(store: Store, code: str, promised: Counter[Key]) -> Rehearsed:
    """Compare what was promised with what an export of the meeting holds."""
    meeting = store.meeting(code)
    files = exports.EXPORTS["json"].write([store.snapshot(s.id) for s in store.sessions(meeting.id)], exports.COACH)
    held = Counter(_held(next(iter(files.values()))))
    total = Rehearsed()
    total.acknowledged = promised.total()
    total.found = (promised & held).total()
    total.lost = (promised - held).total()
    total.duplicated = (Counter({k: n for k, n in held.items() if k in promised}) - promised).total()
    return total


def _held(bundle: bytes) -> list[Key]:
    """Every answer of an export."""
    return [
        (session["team"]["slug"], r["step"], r["round"], r["field"], _canonical(r["value"]))
        for session in json.loads(bundle)["sessions"]
        for r in session["responses"]
        if r["state"] == "submitted"
    ]
