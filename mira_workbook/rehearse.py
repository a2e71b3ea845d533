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
from datetime import timedelta
from typing import Any

from mira_workbook import exports
from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Entry, Saved
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
WORDS = "We keep the reading block free of calls and duties so that groups can start on time each day".split()
Key = tuple[str, str, int, str, str]
"""Team, step, round, field and value as canonical JSON: what a saved answer is recounted by."""


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
class Counting(StoreDoors):
    """The store's doors, with a note of everything that was acknowledged, and a clock that runs faster."""

    standing: dict[tuple[str, int, str, str], str | None] = field(default_factory=dict)
    ahead: timedelta = timedelta()
    ack: int = 0

    def record(self, entry: Entry) -> Saved:
        """Save, and note what the acknowledgement promised."""
        saved = StoreDoors.record(self, entry)
        author = "TEAM" if entry.author_kind == "team" else self.member
        for key, value in entry.values.items():
            kept = saved.merged.get(key, value)
            gone = entry.state == "withdrawn" or kept is None
            self.standing[entry.step, entry.round, key, author] = None if gone else _canonical(kept)
        self.ack += 0 if saved.replayed else 1
        return saved


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@dataclass(slots=True)
class Person:
    """One scripted person."""

    desk: Desk
    dice: random.Random
    slow: bool = False

    def turn(self) -> bool:
        """Do one thing that the page offers; True if there was something to do."""
        self.desk.refresh()
        view = self.desk.view
        buttons = {b["id"] for b in view["buttons"]}
        pen = view["pen"]
        if self.slow and self.dice.random() < 0.7:
            return True
        if view["pages"] and view["submit"]:
            return self._answer(view)
        if "keep" in buttons:
            self._press("keep" if self.dice.random() < 0.7 else "again")
            return True
        if pen and not pen["mine"] and any(b["id"] == "pen:take" for b in pen["buttons"]):
            self._press("pen:take")
            return True
        if "late" in buttons and self.slow:
            self._press("late")
            return True
        if "go" in buttons:
            self._press("go")
            return True
        return False

    def _press(self, key: str) -> None:
        self.desk.take({"field": "$press", "value": {"id": key}, "save_key": secrets.token_hex(6)})

    def _answer(self, view: Doc) -> bool:
        """Fill the page: first badly, sometimes; then well; sometimes sent twice."""
        fields = [f for page in view["pages"] for f in page["fields"]]
        if self.dice.random() < 0.2:
            self._send({f["field"]: "x" for f in fields})
        values = {f["field"]: _answer_to(f, self.dice) for f in fields}
        if self.dice.random() < 0.3:
            first = next(iter(values))
            self.desk.take({"field": first, "value": values[first], "save_key": secrets.token_hex(6)})
        message = self._send(values)
        if self.dice.random() < 0.2:
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
    if kind in {"merge"}:
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
        return low + step * dice.randint(0, max(0, min(20, int((high - low) / step))))
    if kind == "date":
        return control.get("value")
    if kind == "many":
        return [o["id"] for o in control["options"][: dice.randint(0, 2)]]
    if kind == "yes":
        return control.get("value")
    options = control.get("options") or [{"id": None}]
    return control.get("value") or dice.choice(options)["id"]


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
    meeting = store.meeting(code)
    sessions = store.sessions(meeting.id)
    if meeting.pace == "led":
        raise MiraError("This meeting is led. Rehearse one at own pace, or open one with --pace own.")
    promised: Counter[Key] = Counter()
    total = Rehearsed()
    for n, session in enumerate(sessions):
        share = people // len(sessions) + (n < people % len(sessions))
        team = _seated(store, session.id, share, random.Random(f"{seed}-{n}"))  # noqa: S311 - a script, no secret
        if not team:
            continue
        turns = _play(team)
        slug = store.team(session.team_id).slug
        for person in team:
            doors = person.desk.doors
            if isinstance(doors, Counting):
                total.acknowledged += doors.ack
                promised.update(_promises(doors, slug))
        tell(f"{slug}: {len(team)} people, {turns} turns, stage {_stage(store, session.id)}")
    return _recount(store, code, promised, total)


def _promises(doors: Counting, team: str) -> Counter[Key]:
    own = {k: v for k, v in doors.standing.items() if k[3] != "TEAM" and v is not None}
    return Counter((team, step, round_, name, str(value)) for (step, round_, name, _), value in own.items())


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
    for i, member in enumerate(members):
        seat = store.take_seat(secrets.token_hex(16), session_id, "member", member.id)
        doors = Counting(store, seat, member.key, pages="rehearsal/")
        people.append(Person(Desk(doors), random.Random(dice.random()), slow=i % 5 == 4))  # noqa: S311 - a script
    return people


def _play(team: Sequence[Person]) -> int:
    """Give everyone turns until the session has ended; where nobody can do anything, time passes."""
    for turn in range(MOST_TURNS):
        busy = [person.turn() for person in team]
        if team[0].desk.view["key"] == "ended":
            return turn
        closing = any(one["id"] == "closing" for one in team[0].desk.view["lines"])
        if closing or not any(busy):
            _pass_time(team)
    raise MiraError(f"The rehearsal stood still at {team[0].desk.view['key']}.")


def _pass_time(team: Sequence[Person]) -> None:
    """Twelve seconds go by for the scripted people, without waiting for them."""
    for person in team:
        if isinstance(person.desk.doors, Counting):
            person.desk.doors.ahead += timedelta(seconds=12)


def _recount(store: Store, code: str, promised: Counter[Key], total: Rehearsed) -> Rehearsed:
    """Compare what was promised with what an export of the meeting holds."""
    meeting = store.meeting(code)
    files = exports.EXPORTS["json"].write([store.snapshot(s.id) for s in store.sessions(meeting.id)], exports.COACH)
    held = Counter(_held(next(iter(files.values()))))
    total.lost = sum((promised - held).values())
    total.duplicated = sum((Counter({k: n for k, n in held.items() if k in promised}) - promised).values())
    total.found = total.acknowledged - total.lost
    return total


def _held(bundle: bytes) -> list[Key]:
    """Every individual answer of an export."""
    found: list[Key] = []
    for session in json.loads(bundle)["sessions"]:
        slug = session["team"]["slug"]
        for r in session["responses"]:
            if r["author_kind"] == "member" and r["state"] == "submitted":
                found.append((slug, r["step"], r["round"], r["field"], _canonical(r["value"])))
    return found
