"""A team at its desks on a real store, with a clock that is moved by hand: for tests that walk through a session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from tiny import Ticking

from mira_workbook import settings
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Session, Snapshot
from mira_workbook.rules.moving import Judge
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.text import say_time
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.desk import Desk

NAMES = ("Ana", "Ben", "Cyd", "Dot", "Eli", "Fay", "Gus", "Hal")
ROLES = ("administrator", "teacher_k2", "coach", "teacher_35", "assistant", "student_support", "teacher_k2", "coach")
Values = Mapping[str, Any]


def priority_setting() -> Workbook:
    return load(settings.shipped("workbooks") / "priority_setting.toml")


@dataclass(slots=True)
class Sitting:
    """One session with a desk for every member."""

    store: Store
    clock: Ticking
    session: Session
    desks: list[Desk] = field(default_factory=list, repr=False)
    keys: Any = field(default_factory=lambda: count(1))

    @property
    def snapshot(self) -> Snapshot:
        return self.store.snapshot(self.session.id)

    @property
    def stage(self) -> Stage:
        return fold(self.snapshot.acts, self.snapshot.workbook)

    def send(self, who: int, name: str, value: Any, **more: Any) -> list[dict[str, Any]]:
        """One message of one page, built on what the page shows."""
        message = {"field": name, "value": value, "save_key": f"k{next(self.keys)}", **more}
        return self.desks[who].take(message)

    def press(self, who: int, button: str, value: Any = None) -> list[dict[str, Any]]:
        return self.send(who, "$press", {"id": button, "value": value})

    def submit(self, who: int, values: Values, passed: Sequence[str] = ()) -> dict[str, Any]:
        (reply,) = self.send(who, "$submit", {"values": values, "passed": list(passed)})
        return reply

    def look(self, who: int) -> Doc:
        self.desks[who].refresh()
        return self.desks[who].view

    def buttons(self, who: int) -> list[str]:
        return [b["id"] for b in self.look(who)["buttons"]]

    def fields(self, who: int) -> dict[str, Doc]:
        return {f["field"]: f for page in self.look(who)["pages"] for f in page["fields"]}

    def words(self, who: int) -> str:
        return str(self.look(who))

    def lead(self, judge: Judge) -> None:
        """The one who leads makes a move."""
        seat = self.store.take_seat("leads", self.session.id, "facilitator")
        self.store.act(seat, judge, self.session.id)

    def lines(self, who: int) -> list[str]:
        """What stands under the top bar of a page: each line's words, and the buttons on it."""
        told = []
        for one in self.look(who)["lines"]:
            words = " ".join(part for part in (one["title"], one["text"]) if part)
            told.append(" ".join([words, *(f"[{b['label']}]" for b in one["buttons"])]))
        return told

    def clock_words(self) -> str:
        """What the room's clock says."""
        return say_time(self.clock())

    def wait(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)

    def go(self) -> None:
        """Everybody who may taps on, and ten seconds pass."""
        for who in range(len(self.desks)):
            if "go" in self.buttons(who):
                self.press(who, "go")
        self.wait(11)
        for who in range(len(self.desks)):
            self.look(who)

    def everyone(self, values: Any) -> None:
        """All send: the same values, or what a function of the number and the fields gives."""
        for who in range(len(self.desks)):
            given = values(who, self.fields(who)) if callable(values) else values
            reply = self.submit(who, given)
            assert "saved_at" in reply, reply

    def join(self, name: str) -> int:
        """A latecomer sits down."""
        member = self.store.add_member(self.session.id, NewMember(name))
        return self._sit(member.id, member.key)

    def reload(self, who: int) -> int:
        """The same person opens the page anew: a new kernel, the same seat."""
        doors = self.desks[who].doors
        assert isinstance(doors, StoreDoors)
        self.desks.append(Desk(StoreDoors(self.store, doors.seat, doors.member, pages="/")))
        self.desks[-1].refresh()
        return len(self.desks) - 1

    def _sit(self, member_id: int, key: str) -> int:
        seat = self.store.take_seat(f"browser-{self.session.id}-{key}", self.session.id, "member", member_id)
        self.desks.append(Desk(StoreDoors(self.store, seat, key, pages="/")))
        self.desks[-1].refresh()
        return len(self.desks) - 1


def sit_down(  # noqa: PLR0913 - a room is described by as much
    store: Store,
    clock: Ticking,
    people: int,
    workbook: Workbook | None = None,
    *,
    pace: Literal["own", "led"] = "own",
    away: int = 0,
    day: str = "",
) -> Sitting:
    """A team at its desks; `away` more stand on the roster without a device; `day` is set for the meeting."""
    people += away
    members = tuple(NewMember(NAMES[i], "", ROLES[i]) for i in range(people))
    team = NewTeam("Tupelo", members=members, facts={"day": day, "starts": "15:30"} if day else {})
    opened = store.open_meeting(workbook or priority_setting(), [team], pace=pace)
    sitting = Sitting(store, clock, opened.sessions[0])
    for member in store.roster(sitting.session.id)[: people - away]:
        sitting._sit(member.id, member.key)
    return sitting


def to_role_priority(sitting: Sitting) -> None:
    """Through the opening."""
    sitting.go()
    sitting.submit(0, {})
    sitting.go()


def to_candidates(sitting: Sitting) -> None:
    """Through the warm-up and what colleagues expected."""
    to_role_priority(sitting)
    sitting.everyone({"text": "Know my group plan early", "why": "I get told at the door every day"})
    sitting.everyone(
        lambda _who, fields: {"expectations": _rows(fields["expectations"], expect="Lead groups well", sure=2)}
    )
    sitting.go()
    sitting.everyone(lambda _who, fields: {"match": _rows(fields["match"], match=1)})
    sitting.go()
    sitting.go()


def to_merging(sitting: Sitting) -> None:
    """Everybody's idea is in and shown, and the first holds the pen."""
    to_candidates(sitting)
    sitting.everyone(
        lambda who, _fields: {"proposals": [{"cells": {"label": f"Idea {who} of us", "sign": "We see it every day"}}]}
    )
    sitting.go()
    sitting.press(0, "pen:take")


def to_sort(sitting: Sitting) -> None:
    to_merging(sitting)
    sitting.submit(0, {"candidates": sitting.fields(0)["candidates"]["value"], "set_aside": []})
    sitting.go()


def to_rank(sitting: Sitting) -> None:
    to_sort(sitting)
    sitting.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    sitting.go()
    sitting.go()
    sitting.press(0, "pen:take")
    sitting.submit(0, {"picks": [{"row_id": "C1", "cells": {"would_need_to_be_true": "late news means late help"}}]})
    sitting.go()


def to_consent(sitting: Sitting) -> None:
    to_rank(sitting)
    sitting.everyone(lambda _who, fields: {"order": sorted(o["id"] for o in fields["order"]["options"])})
    sitting.go()
    sitting.go()
    sitting.press(0, "pen:take")
    reply = sitting.submit(0, SENTENCE, passed=["text||W_two_aims"])
    assert "saved_at" in reply, reply
    sitting.go()


SENTENCE: Values = {
    "candidate_id": "C1",
    "text": "More of our students can decode by spring",
    "for_whom": "All 156 students",
    "why_now": "Fewer than half were on level this winter",
    "measure": "students at benchmark",
    "unit": "percent_students",
    "baseline": "46.2",
    "baseline_date": "2025-02-02",
    "baseline_n": 156,
    "target": "60.3",
    "done_test": "We call it tackled when 94 of 156 are there",
    "direction": "up",
}


def _rows(control: Doc, **cells: Any) -> list[Doc]:
    return [{"row_id": o["id"], "cells": cells} for o in control["fixed"]]


def places(control: Doc, first: str) -> list[Doc]:
    """One candidate first, one to watch, the others in focus."""
    ids = sorted(o["id"] for o in control["options"])
    watch = next(i for i in reversed(ids) if i != first)
    tiers = {first: "priority", watch: "watch"}
    return [{"row_id": i, "cells": {"tier": tiers.get(i, "focus")}} for i in ids]
