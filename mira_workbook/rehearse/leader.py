"""One who leads a rehearsal: goes on when people are done, does everything a facilitator can, and looks what it cost.

Each team is led by a script of its own that does one thing a round and then lets the others go on. Around each act
the team's answers are compared: whatever was in before must be in after.
"""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError, StepLocked
from mira_workbook.records import Entry, Seat, Snapshot
from mira_workbook.rehearse.answers import answer_to
from mira_workbook.rehearse.crew import Report
from mira_workbook.rehearse.pages import Counting
from mira_workbook.rehearse.told import Journal
from mira_workbook.rules import led
from mira_workbook.rules.context import context_for, today
from mira_workbook.rules.moves import Judge
from mira_workbook.rules.progress import is_anonymous, is_set_up, next_move, own_fields, ready_to_move
from mira_workbook.rules.stage import FACILITATOR, Stage, fold
from mira_workbook.store import Store
from mira_workbook.widgets.controls import Held, control

PATIENCE = 12
"""Rounds that one who leads waits for the last answers before going on without them."""
NUDGE_AFTER = 4
WORD = "The bus leaves in ten minutes"
Script = Iterator[None]


@dataclass(frozen=True, slots=True)
class Look:
    """A team as it stands."""

    snapshot: Snapshot
    stage: Stage
    now: datetime

    @property
    def step(self) -> Step:
        """The step that is open."""
        return self.snapshot.workbook.step(self.stage.current)

    @property
    def place(self) -> tuple[str, int]:
        """The open step and its round."""
        return self.stage.current, self.stage.round_of(self.stage.current)

    @property
    def asks_alone(self) -> bool:
        """Whether people answer the open step by themselves now, and nothing is shown yet."""
        return bool(self.stage.current) and bool(own_fields(self.step)) and self.place not in self.stage.revealed


@dataclass(slots=True)
class Leader:
    """Who leads all teams of a meeting.

    Attributes:
        store: the store.
        seat: a facilitator's seat in the meeting.
        sessions: the teams' sessions.
        tricks: by name, what is done once on the way beside what is needed, and when it fits.
        did: what was done, counted by name; `odd`: what an act must not do, in sentences.
    """

    store: Store
    seat: Seat
    sessions: tuple[int, ...]
    tricks: Mapping[str, "Trick"] = field(default_factory=dict)
    did: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    _scripts: dict[int, Script] = field(default_factory=dict)
    _seen: dict[int, tuple[tuple[int, int], Snapshot, Stage]] = field(default_factory=dict)
    _left: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = list(self.tricks)
        self._left = {session: names[n :: len(self.sessions)] for n, session in enumerate(self.sessions)}
        self._scripts = {session: self._team(session) for session in self.sessions}

    def lead(self) -> None:
        """Do what is due in every team."""
        for script in self._scripts.values():
            next(script, None)

    def report(self) -> Report:
        """What was done since the last report, and what it must not have done."""
        told = Report(did=dict(self.did), odd=tuple(self.odd))
        self.did.clear()
        self.odd.clear()
        return told

    def look(self, session: int) -> Look:
        """A team as it stands now; read anew only where its revision moved."""
        seen = self.store.revisions(session)
        if session not in self._seen or self._seen[session][0] != seen:
            snapshot = self.store.snapshot(session)
            revisions = (snapshot.session.rev, snapshot.session.stage_rev)
            self._seen[session] = (revisions, snapshot, fold(snapshot.acts, snapshot.workbook))
        _, snapshot, stage = self._seen[session]
        return Look(snapshot, stage, self.store.clock())

    def act(self, session: int, judge: Judge, name: str) -> Look:
        """Act on one team; what was in before has to be in after.

        Raises:
            StepLocked: the rules refuse it.
        """
        before = self.look(session).snapshot
        if self.store.act(self.seat, judge, session):
            self.did[name] += 1
        after = self.look(session)
        self._compare(before, after.snapshot, name)
        return after

    def act_everywhere(self, judge: Judge, name: str) -> None:
        """Act on all teams at once."""
        before = {session: self.look(session).snapshot for session in self.sessions}
        if any(self.store.act_everywhere(self.seat, led.wherever(judge), before[self.sessions[0]].meeting.id)):
            self.did[name] += 1
        for session, then in before.items():
            self._compare(then, self.look(session).snapshot, name)

    def _compare(self, before: Snapshot, after: Snapshot, name: str) -> None:
        """Note every answer that an act destroyed: it is gone, or taken back by nobody."""
        now = {(r.step, r.round, r.item, r.field, r.author): r for r in after.responses}
        for r in before.responses:
            kept = now.get((r.step, r.round, r.item, r.field, r.author))
            same = kept is not None and kept.version == r.version
            gone = kept is None or kept.version < r.version or (same and kept != r)
            # Sealing cuts anonymous answers off from their authors: they stand under other names.
            if gone and not is_anonymous(before.workbook.step(r.step)):
                self.odd.append(f"{name}: {r.author}'s answer to {r.step}.{r.field} was not there afterwards.")

    # one team's way

    def _team(self, session: int) -> Script:
        """Lead one team from the first step to the end."""
        yield
        self.act(session, led.next_step(), "opened a step")
        while True:
            yield
            look = self.look(session)
            if look.stage.state == "ended":
                yield from self._words(session)
                return
            yield from self._trick(session, look)
            yield from self._wait_for_people(session)
            yield from self.move(session)

    def _words(self, session: int) -> Script:
        """Show what people leave with as soon as it may be shown and nobody can be waited for any more."""
        for _ in range(NUDGE_AFTER):
            yield
        look = self.look(session)
        if next_move(look.snapshot, look.stage) == "words":
            yield from self.countdown(session, self.act(session, led.words(), "showed the words of the end"))

    def _wait_for_people(self, session: int) -> Script:
        """Until everybody's part of the open step is done, or patience ends; who is silent is asked once."""
        for n in range(PATIENCE):
            look = self.look(session)
            if look.stage.state != "open" or ready_to_move(look.snapshot, look.stage):
                return
            if n == NUDGE_AFTER:
                self._excuse(session)
                self.act(session, led.nudge(), "nudged")
            yield

    def _excuse(self, session: int) -> None:
        """Leave out whoever never came, so that nobody waits."""
        for member in self.store.roster(session):
            if member.joined_at is None and member.excused_at is None:
                self.act(session, led.excuse(member.key), "excused somebody absent")

    def move(self, session: int) -> Script:
        """Show, open a second round, or go on; a countdown is waited for."""
        look = self.look(session)
        to = next_move(look.snapshot, look.stage)
        if to == "show":
            yield from self._show(session)
        elif to == "again":
            yield from self._again(session)
        elif to is not None:
            name = "ended" if to == "end" else "opened a step"
            after = self.act(session, led.next_step(), name)
            yield from self.countdown(session, after)

    def _show(self, session: int) -> Script:
        try:
            after = self.act(session, led.show(), "showed answers")
        except StepLocked:
            yield from self._show_anyway(session)
        else:
            yield from self.countdown(session, after)

    def _show_anyway(self, session: int) -> Script:
        """Too few are in: whoever never came is left out, and if that is not enough there is a reason."""
        self._excuse(session)
        yield
        for judge, name in ((led.show(), "showed answers"), (led.show(WORD), "showed answers before enough were in")):
            try:
                yield from self.countdown(session, self.act(session, judge, name))
            except StepLocked:
                continue
            return
        self.act(session, led.next_step(), "went on without answers")

    def _again(self, session: int) -> Script:
        try:
            self.act(session, led.again(), "opened round 2")
        except StepLocked:
            yield from self.countdown(session, self.act(session, led.next_step(), "opened a step"))

    def countdown(self, session: int, look: Look) -> Script:
        """Wait while people finish what they type."""
        for _ in range(PATIENCE):
            if look.stage.closing is None:
                return
            yield
            look = self.look(session)
        self.act(session, led.now(), "cut a countdown short")

    # what is done once on the way

    def _trick(self, session: int, look: Look) -> Script:
        """Do the first thing left that fits here."""
        name = next((one for one in self._left[session] if self.tricks[one].fits(look)), "")
        if name:
            self._left[session].remove(name)
            try:
                yield from self.tricks[name].play(self, session)
            except MiraError as error:
                self.odd.append(f"{name} was refused: {error}")

    def expect(self, *, sure: bool, otherwise: str) -> None:
        """Note what is not as it must be."""
        if not sure:
            self.odd.append(otherwise)


@dataclass(frozen=True, slots=True)
class Trick:
    """Something that one who leads can do, and when it fits."""

    fits: Callable[[Look], bool]
    play: Callable[[Leader, int], Script]


def set_up(store: Store, seat: Seat, dice: random.Random, journal: Journal) -> None:
    """Fill what only one who leads may fill, where nobody did at the set-up."""
    snapshot = store.snapshot(seat.session_id)
    stage, now = fold(snapshot.acts, snapshot.workbook), store.clock()
    context = context_for(snapshot, stage, "", today(snapshot.meeting, now))
    doors = Counting(store, seat, FACILITATOR, "rehearsal/", journal=journal)
    for step in snapshot.workbook.steps:
        asked = [] if is_set_up(snapshot, step) else [f for f in step.fields if f.setup]
        checked = {f.key: f.check(answer_to(control(f, context, Held()), dice), context) for f in asked}
        values = {key: one.value for key, one in checked.items() if one.value is not None and not one.stops}
        if values:
            doors.record(Entry(step.key, 1, secrets.token_hex(6), values, "facilitator", FACILITATOR))
