"""A led session in memory: the judges, acts and answers of a meeting without a store."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tiny import TINY

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import change_of, more_private
from mira_workbook.errors import MiraError
from mira_workbook.records import Act, Meeting, Member, NewAct, Response, Session, Snapshot, Team
from mira_workbook.rules.moving import Judge
from mira_workbook.rules.stage import Stage, fold

BOOK = Workbook.model_validate(TINY)
WORDS = "words"
START = datetime(2025, 5, 2, 15, tzinfo=UTC)


@dataclass
class LedRoom:
    """A session somebody leads. `facts` are the team's, such as day, starts, ends."""

    people: int = 6
    book: Workbook = BOOK
    pace: Any = "led"
    now: datetime = START
    timezone: str = "UTC"
    facts: Mapping[str, Any] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    answers: dict[tuple[str, int, str, str], Response] = field(default_factory=dict)
    drafts: set[tuple[str, str]] = field(default_factory=set)
    away: set[str] = field(default_factory=set)
    ticks: set[str] = field(default_factory=set)
    joined: dict[str, datetime | None] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [f"M{i}" for i in range(1, self.people + 1)]

    @property
    def effective(self) -> Workbook:
        changes = [change_of(a.step, a.payload) for a in self.acts if a.kind == "private"]
        return more_private(self.book, tuple(c for c in changes if c))

    @property
    def snapshot(self) -> Snapshot:
        members = tuple(
            Member(
                i,
                key,
                f"Person {i}",
                joined_at=self.joined.get(key, START),
                excused_at=START if key in self.away else None,
                guess_ok_at=START if key in self.ticks else None,
            )
            for i, key in enumerate(self.keys, 1)
        )
        return Snapshot(
            workbook=self.effective,
            meeting=Meeting(1, "K7M4QX", "0" * 64, self.pace, self.timezone, START),
            session=Session(1, 1, 1, rev=len(self.acts) + len(self.answers)),
            team=Team(1, "t", "T", self.facts),
            members=members,
            acts=tuple(self.acts),
            responses=tuple(self.answers.values()),
            drafting=frozenset(self.drafts),
        )

    @property
    def stage(self) -> Stage:
        return fold(self.acts, self.book)

    def act(self, judge: Judge) -> list[str]:
        """Let a judge act; the kinds written, each with its step."""
        made = judge(self.snapshot, self.now)
        for act in made:
            self.add(act)
        return [f"{act.kind} {act.step}".strip() for act in made]

    def attempt(self, judge: Judge) -> str:
        """Let a judge act, or say what it says."""
        try:
            self.act(judge)
        except MiraError as error:
            return str(error)
        return ""

    def add(self, act: NewAct) -> None:
        seq = len(self.acts) + 1
        self.acts.append(
            Act(seq, self.now, act.kind, act.step, act.round, dict(act.payload), None, act.reason, act.undoes)
        )
        if act.kind == "excuse":
            self.away.add(act.payload["member"])
        if act.kind == "back":
            self.away.discard(act.payload["member"])

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def then(self, *judges: Judge) -> "LedRoom":
        """One judge after the other, a second apart."""
        for judge in judges:
            self.act(judge)
            self.wait(1)
        return self

    def answer(self, who: str, value: Any = WORDS, *, step: str = "", key: str = "", back: bool = False) -> None:
        """A person answers the first individual field of the open step, or takes it back."""
        place = step or self.stage.current
        asked = self.book.step(place).asks("individual")
        name = key or asked[0].key
        if value == WORDS and self.book.step(place).field(name).type == "table":
            value = [{"row_id": f"row{who}", "cells": {"what": "words"}}]
        state: Any = "withdrawn" if back else "submitted"
        round_ = self.stage.round_of(place)
        self.answers[place, round_, name, who] = Response(
            len(self.answers) + 1, place, round_, "", name, "member", who, 1, state, None if back else value
        )
        self.drafts.discard((who, place))

    def team(self, step: str, key: str, value: Any) -> None:
        """The team's answer to a field."""
        given = Response(1, step, 1, "", key, "team", "TEAM", 1, "submitted", value)
        self.answers[step, 1, key, "TEAM"] = given

    def all_answer(self, count: int | None = None) -> None:
        for key in self.keys[:count]:
            self.answer(key)

    def still(self) -> Stage:
        """The stage without what a tap starts and an undo ends."""
        return replace(self.stage, ready=set(), closing=None)
