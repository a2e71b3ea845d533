"""How far each person is, as a board may show it: never what they write."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Member, Presence, Snapshot
from mira_workbook.rules.pairs import pair_of
from mira_workbook.rules.progress import expected, in_pairs, must_answer, progress
from mira_workbook.rules.stage import Stage

State = Literal["none", "writing", "in", "quiet", "lost", "help", "passed", "excused"]
ORDER: tuple[State, ...] = ("in", "passed", "writing", "quiet", "none", "lost", "help", "excused")
"""The order in which marks stand, so that a mark's place does not tell whose it is."""
LOST = timedelta(seconds=12)
"""Pages say that they are there every five seconds; after two that did not come the connection is taken for lost."""
TYPING = timedelta(seconds=10)
STALE = frozenset({"lost"})
"""What the server says when the last line of a page has closed."""


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of the pages of a session's people.

    Attributes:
        now: the moment.
        presence: member id to what their page last did.
        stirred: member id to when they were last seen typing; kept by the board that looks.
    """

    now: datetime
    presence: Mapping[int, Presence] = field(default_factory=dict)
    stirred: Mapping[int, datetime] = field(default_factory=dict)

    def joined(self, member: Member) -> bool:
        """Whether somebody has come at all."""
        known = self.presence.get(member.id)
        return member.joined_at is not None or (known is not None and known.joined_at is not None)

    def is_lost(self, member: Member) -> bool:
        """Whether somebody came, and the page no longer answers."""
        known = self.presence.get(member.id)
        if not self.joined(member):
            return False
        return known is None or known.seen_at is None or self.now - known.seen_at > LOST or known.state in STALE

    def does(self, member: Member) -> str:
        """What a page last said its person does, "" where none has spoken."""
        known = self.presence.get(member.id)
        return known.state if known else ""


def states(snapshot: Snapshot, stage: Stage, here: Here) -> dict[str, State]:
    """Member key to how far each person is in the step that is open now, roster order."""
    step = snapshot.workbook.step(stage.current) if stage.current else None
    if step is None or not must_answer(step):
        return {m.key: _around(m, here) or ("in" if here.joined(m) else "none") for m in snapshot.members}
    now = Work(snapshot, stage, step, here)
    return {m.key: _around(m, here, is_in=now.has(m)) or now.state_of(m) for m in snapshot.members}


def _around(member: Member, here: Here, *, is_in: bool = False) -> State | None:
    """What holds whatever the step asks: away for today, asking for help, or not to be reached."""
    if member.excused_at is not None:
        return "excused"
    if here.does(member) == "help":
        return "help"
    return "lost" if here.is_lost(member) and not is_in else None


@dataclass(frozen=True)
class Work:
    """A step that people answer alone or in pairs."""

    snapshot: Snapshot
    stage: Stage
    step: Step
    here: Here

    @cached_property
    def _arrived(self) -> frozenset[str]:
        return frozenset(progress(self.snapshot, self.stage, self.step).arrived)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """Who has something to answer: not who came after a step whose rows are personal."""
        return frozenset(m.key for m in expected(self.snapshot, self.stage, self.step))

    def has(self, member: Member) -> bool:
        """Whether somebody's part is in, or left out."""
        return self._unit(member) in self._arrived or self._passes(member)

    def state_of(self, member: Member) -> State:
        """How far somebody is who is here."""
        if self._unit(member) in self._arrived:
            return "in"
        return "passed" if self._passes(member) else self._at_work(member)

    def _unit(self, member: Member) -> str:
        return pair_of(self.snapshot, member.key) if in_pairs(self.step) else member.key

    def _passes(self, member: Member) -> bool:
        if (self.step.key, self.stage.round_of(self.step.key), member.key) in self.stage.passed:
            return True
        return not in_pairs(self.step) and member.excused_at is None and member.key not in self._asked

    def _at_work(self, member: Member) -> State:
        known = self.here.presence.get(member.id)
        if known is None:
            return "none"
        if known.state == "typing" and known.seen_at and self.here.now - known.seen_at <= TYPING:
            return "writing"
        if known.state == "quiet":
            return "quiet"
        return "writing" if self._began(member) else "none"

    def _began(self, member: Member) -> bool:
        """Whether anything of somebody was seen here: typing, a draft, or an earlier step of the same stretch."""
        typed, opened = self.here.stirred.get(member.id), self.stage.opened.get(self.step.key)
        if typed and opened and typed >= opened:
            return True
        drafting = any((member.key, key) in self.snapshot.drafting for key in self.stage.now_open)
        return drafting or member.key in self._earlier

    @cached_property
    def _earlier(self) -> frozenset[str]:
        """Who is in for an earlier step of a stretch that is open at once."""
        steps = [self.snapshot.workbook.step(key) for key in self.stage.now_open[:-1]]
        return frozenset(key for step in steps for key in progress(self.snapshot, self.stage, step).arrived)


def in_order(found: Sequence[State]) -> list[State]:
    """States as marks stand: equal ones together."""
    return sorted(found, key=ORDER.index)


def spelled(found: Sequence[State]) -> str:
    """How many are at what beside being in: “2 writing · 1 not started”."""
    counts = Counter(found)
    rest = [state for state in ORDER if state != "in" and counts[state]]
    return " · ".join(say(f"some_{state}", n=counts[state]) for state in rest)
