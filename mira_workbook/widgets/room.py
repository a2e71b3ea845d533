"""One member's view of a session at one moment, from which every screen is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from mira_workbook.content.answers.base import Context
from mira_workbook.content.definition import Step
from mira_workbook.records import Measure, Member, Snapshot
from mira_workbook.rules.context import context_for, local, today
from mira_workbook.rules.pairs import pair_of
from mira_workbook.rules.progress import (
    Progress,
    expected,
    in_pairs,
    is_anonymous,
    must_answer,
    own_fields,
    progress,
    team_fields,
)
from mira_workbook.rules.reading import standing
from mira_workbook.rules.sight import Viewer, shown, view
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.text import say_time

Phase = Literal["answer", "waiting", "together", "results"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the page: where it is ("" where the table is the picture), its name, its words, its table."""

    src: str
    title: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Knocking:
    """Somebody who wants in on a second device."""

    id: int
    name: str


@dataclass(slots=True)
class Choices:
    """What this person has chosen to look at; lives with the page, not in the store."""

    screen: Literal["", "today", "answers", "link", "missing"] = ""
    changing: set[tuple[str, int]] = field(default_factory=set)
    sending_late: set[tuple[str, int]] = field(default_factory=set)
    note: str = ""
    link: str = ""


@dataclass(frozen=True)
class Room:
    """A session as one member sees it now.

    Attributes:
        snapshot: the whole session; only `seen` may reach a widget.
        me: the member.
        now: the moment, aware.
        drafts: (step, round, field) to text on its way, own, the pair's and the team's.
        own_authors: (step, round) to the author under which this member's anonymous answers stand.
        choices: what this person looks at.
        pictures: the charts of a step as places on the page; none where nothing is on show.
        numbers: the measures of a step on show.
        knocking: people at the door.
    """

    snapshot: Snapshot
    me: Member
    now: datetime
    drafts: Mapping[tuple[str, int, str], Any] = field(default_factory=dict)
    own_authors: Mapping[tuple[str, int], str] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    pictures: Callable[[str], Sequence[Shown]] = lambda _step: ()
    numbers: Callable[[str], Sequence[Measure]] = lambda _step: ()
    knocking: Sequence[Knocking] = ()

    @cached_property
    def stage(self) -> Stage:
        """Where the session stands."""
        return fold(self.snapshot.acts, self.snapshot.workbook)

    @cached_property
    def seen(self) -> Snapshot:
        """What this member may see."""
        return view(self.snapshot, self.stage, Viewer("member", self.me.key))

    @cached_property
    def shown(self) -> Snapshot:
        """The answers on show, with their authors: for numbers and starts, never for a screen."""
        return shown(self.snapshot, self.stage)

    @cached_property
    def context(self) -> Context:
        """What this member's answers are checked against."""
        return context_for(self.snapshot, self.stage, self.me.key, today(self.snapshot.meeting, self.now))

    @property
    def draft_context(self) -> Context:
        """The same for text on its way."""
        return replace(self.context, draft=True)

    @property
    def alone(self) -> bool:
        """Whether this is a team of one."""
        return len(self.snapshot.present()) <= 1

    def round_of(self, step: Step) -> int:
        """The round a step is in."""
        return self.stage.round_of(step.key)

    def progress(self, step: Step) -> Progress:
        """Who is in."""
        return progress(self.snapshot, self.stage, step)

    def clock(self, moment: datetime) -> str:
        """A moment as the room's clock says it."""
        return say_time(local(self.snapshot.meeting, moment))

    def name(self, key: str) -> str:
        """A member's name by key."""
        return next((m.name for m in self.snapshot.members if m.key == key), key)

    @cached_property
    def pair(self) -> str:
        """The name of my pair, "" before there are pairs."""
        return pair_of(self.snapshot, self.me.key)

    def mine(self, step: Step, round_: int) -> dict[str, Any]:
        """My submitted values of a step's round by field, and my pair's."""
        return {
            f.key: r.value
            for f in own_fields(step)
            for r in standing(self.snapshot, step.key, f.key, round_)
            if r.author == self._author(step, f, round_)
        }

    def _author(self, step: Step, asked: Any, round_: int) -> str:
        """The author under which my answer to a field stands."""
        if step.mode_of(asked) == "pair":
            return self.pair
        if step.attribution_of(asked) == "anonymous":
            return self.own_authors.get((step.key, round_), "")
        return self.me.key

    def _is_in(self, step: Step, round_: int) -> bool:
        """Whether I have answered: what a partner sent for both of us is not yet what I am asked alone."""
        mine = self.mine(step, round_)
        return bool(mine) if in_pairs(step) else any(f.key in mine for f in step.asks("individual"))

    def asked_of_me(self, step: Step) -> bool:
        """Whether the step asks this member anything: not where its rows are personal and there are none."""
        if in_pairs(step):
            return bool(self.pair)
        return any(m.key == self.me.key for m in expected(self.snapshot, self.stage, step))

    def revealed(self, step: Step) -> bool:
        """Whether the answers of the step's round have been shown."""
        return (step.key, self.round_of(step)) in self.stage.revealed

    def required_alone(self, step: Step) -> bool:
        """Whether everybody has to answer something before the answers are shown, alone or with a partner."""
        return must_answer(step)

    def takes_late(self, step: Step) -> bool:
        """Whether who has not answered may still do so after the answers are shown."""
        return self.required_alone(step) and not in_pairs(step) and not is_anonymous(step)

    def phase(self, step: Step) -> Phase:
        """What this member does in a step now."""
        key = (step.key, self.round_of(step))
        is_in = self._is_in(step, key[1]) and key not in self.choices.changing
        owes = self.required_alone(step) and self.asked_of_me(step) and not is_in
        if owes and (not self.revealed(step) or key in self.choices.sending_late):
            return "answer"
        if self.required_alone(step) and not self.revealed(step):
            return "waiting"
        if team_fields(self.snapshot, self.stage, step) and key not in self.stage.done:
            return "together"
        return "results"

    def my_step(self) -> Step | None:
        """The step on my page: in a warm-up stretch the first that still waits for me, else the one open last."""
        steps = [self.snapshot.workbook.step(key) for key in self.stage.now_open]
        for step in steps:
            if self.phase(step) == "answer":
                return step
        return steps[-1] if steps else None
