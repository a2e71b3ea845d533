"""One team that goes from workbook to workbook on a real store: for tests of what is handed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from chain import FIRST, book
from sqlalchemy import select
from tiny import people

from mira_workbook.records import Entry, Saved, Seat, Session, Snapshot
from mira_workbook.rules import moves
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewTeam, Store
from mira_workbook.store.schema import carries

NAMES = ("Ana", "Ben", "Cyd", "Dot")
Rows = list[dict[str, Any]]


@dataclass(slots=True)
class At:
    """The team in one session: a seat for everybody and one for who leads."""

    store: Store
    session: Session
    code: str
    seats: dict[str, Seat] = field(default_factory=dict)
    keys: Any = field(default_factory=lambda: count(1))

    @property
    def snapshot(self) -> Snapshot:
        return self.store.snapshot(self.session.id)

    @property
    def stage(self) -> Stage:
        return fold(self.snapshot.acts, self.snapshot.workbook)

    @property
    def leader(self) -> Seat:
        return self.store.take_seat("leads", self.session.id, "facilitator")

    def act(self, judge: moves.Judge) -> None:
        self.store.act(self.leader, judge, self.session.id)

    def to(self, step: str) -> None:
        """Go on until a step is open."""
        while step not in self.stage.opened:
            self.act(moves.lead("go"))

    def team(self, step: str, values: Mapping[str, Any]) -> Saved:
        """The team saves, built on what stands."""
        stands = {(r.step, r.field): r.version for r in self.snapshot.responses if r.author_kind == "team"}
        base = {key: stands.get((step, key), 0) for key in values}
        entry = Entry(step, 1, f"k{next(self.keys)}", values, "team", base=base)
        return self.store.record(self.seats["M1"], entry, may_record)

    def member(self, key: str, step: str, values: Mapping[str, Any]) -> None:
        self.store.record(self.seats[key], Entry(step, 1, f"k{next(self.keys)}", values), may_record)

    def versions(self, key: str) -> list[Any]:
        """Every version of a carry in this team's cycle, oldest first."""
        c = carries.c
        here = (c.team_id == self.session.team_id, c.cycle == self.session.cycle, c.key == key)
        with self.store._db.read() as connection:
            return list(connection.execute(select(c.value).where(*here).order_by(c.version)).scalars())


def open_for(store: Store, raw: dict[str, Any], before: At | None = None, *, pace: Literal["own", "led"] = "led") -> At:
    """Open a workbook for a new team of four, or for the one of an earlier session."""
    known = NewTeam("Tupelo", team_id=before.session.team_id) if before else NewTeam("Tupelo", members=people(*NAMES))
    opened = store.open_meeting(book(raw), [known], pace=pace)
    session = opened.sessions[0]
    at = At(store, session, opened.meeting.code)
    for member in store.roster(session.id):
        at.seats[member.key] = store.take_seat(f"{member.key}-{session.id}", session.id, "member", member.id)
    return at


def rows(prefix: str, *cells: dict[str, Any]) -> Rows:
    """Rows of a table, numbered."""
    return [{"row_id": f"{prefix}{n}", "cells": one} for n, one in enumerate(cells, 1)]


SENTENCE = "More of our students can decode on level"


def first_done(store: Store) -> At:
    """A team that has chosen its priority."""
    at = open_for(store, FIRST)
    at.to("sentence")
    at.team("sentence", {"text": SENTENCE, "for_whom": "Grades 1 to 3"})
    return at
