"""Rooms made by hand: one member's view of a session, for the tests of screens."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from export_cases import START, demo

from mira_workbook.measures.table import of_step
from mira_workbook.records import Act, Snapshot
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import fold
from mira_workbook.widgets.room import Room


def acted(now: Snapshot, kind: str, step: str = "", round_: int = 1, **payload: Any) -> Snapshot:
    """One more act, a minute after the last."""
    seq = max((a.seq for a in now.acts), default=0) + 1
    return replace(now, acts=(*now.acts, Act(seq, START + timedelta(minutes=seq), kind, step, round_, payload)))


def here(now: Snapshot) -> Snapshot:
    """Everybody has come."""
    return replace(now, members=tuple(replace(m, joined_at=START) for m in now.members))


def room(now: Snapshot, me: str = "M1", *, seconds: float = 1, **other: Any) -> Room:
    """The session as this member sees it some seconds after the last act."""
    moment = (now.acts[-1].at if now.acts else START) + timedelta(seconds=seconds)
    stage = fold(now.acts, now.workbook)
    numbers = other.pop("numbers", lambda step: of_step(shown(now, stage), stage, now.workbook.step(step)))
    return Room(now, now.member(me), moment, numbers=numbers, **other)


def upto(step: str, *, shown_too: bool = True) -> Snapshot:
    """The demo team at a step, all in; shown or not."""
    now = demo(steps=[s.key for s in demo().workbook.steps].index(step) + 1)
    kept = tuple(a for a in now.acts if shown_too or a.kind == "open" or a.step != step)
    return here(replace(now, acts=tuple(a for a in kept if a.kind != "end")))
