"""A whole meeting with scripted people, round by round: everybody gets a turn, and the clock runs ahead."""

import random
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.records import Meeting, Session, Snapshot
from mira_workbook.rehearse.clock import Ahead, Alone
from mira_workbook.rehearse.crew import Chair, Report
from mira_workbook.rehearse.crews import Crews, processes
from mira_workbook.rehearse.faults import Faults
from mira_workbook.rehearse.leader import Leader, set_up
from mira_workbook.rehearse.recount import Rehearsed, recount
from mira_workbook.rehearse.told import Journal, Try, lines, tries
from mira_workbook.rehearse.tricks import TRICKS
from mira_workbook.rehearse.web import ABSENT
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewMember, Store

NAMES = (
    *("Ana", "Ben", "Cleo", "Dee", "Eli", "Fay", "Gus", "Hana"),
    *("Ivo", "Jo", "Kit", "Lea", "Max", "Nia", "Otto", "Pia"),
)
GROUPS = ("administrator", "teacher_k2", "teacher_35", "coach", "assistant", "student_support")
MOST_ROUNDS = 500
ROUNDS_AFTER = 10
"""Rounds after the end at most, in which people leave a word."""
STROKE_S, PASSING_S = 3.0, 12.0
"""What goes by in a round, and where nobody can do anything or a countdown runs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a meeting is rehearsed.

    Attributes:
        people: how many in all, shared out over the meeting's teams.
        seed: chance's start.
        faults: devices, networks and processes fail.
        workers: processes that people sit in; 0 for this one.
        tell: given a line as each step opens.
        url: a running server's address, for pages and kernels of its own; "" for the store's doors.
    """

    people: int = 8
    seed: int = 1
    faults: bool = False
    workers: int = 0
    tell: Callable[[str], None] = lambda _text: None
    url: str = ""


@dataclass(slots=True)
class Play:
    """One rehearsal on its way."""

    store: Store
    clock: Ahead
    meeting: Meeting
    plan: Plan
    faults: Faults
    rehearsed: Rehearsed = field(default_factory=Rehearsed)
    _told: dict[int, int] = field(default_factory=dict)

    def sessions(self) -> tuple[Session, ...]:
        """The meeting's sessions."""
        return self.store.sessions(self.meeting.id)

    def snapshots(self) -> list[Snapshot]:
        """All sessions as they stand."""
        return [self.store.snapshot(session.id) for session in self.sessions()]

    def fresh(self) -> list[Snapshot]:
        """All sessions before anything happens.

        Raises:
            MiraError: one has begun.
        """
        found = self.snapshots()
        if any(fold(s.acts, s.workbook).state != "lobby" for s in found):
            raise MiraError(say("rehearse_begun"))
        return found

    def seat(self) -> list[Chair]:
        """Share the people out over the teams and seat them; whoever comes late is kept with the faults."""
        sessions = self.sessions()
        teams = []
        for n, session in enumerate(sessions):
            share = self.plan.people // len(sessions) + (n < self.plan.people % len(sessions))
            team = seated(self.store, session.id, share, self.faults)
            self.rehearsed.people += len(team)
            self.rehearsed.teams += bool(team)
            teams.append(self.faults.in_time(team))
        # Teams take turns, so that each is spread over the processes.
        return [chair for row in zip_longest(*teams) for chair in row if chair is not None]

    def leader(self, journal: Journal) -> Leader:
        """Whoever leads: sits down in every team, and fills what only a facilitator may fill."""
        browser, sessions = secrets.token_hex(16), self.sessions()
        seats = [self.store.take_seat(browser, session.id, "facilitator") for session in sessions]
        for seat in seats:
            set_up(self.store, seat, self.faults.dice, journal)
        if self.faults.on:
            # Somebody who is on the list and never comes: nobody may wait for that person for ever.
            self.store.add_member(sessions[0].id, NewMember(ABSENT))
        return Leader(self.store, seats[0], tuple(s.id for s in sessions), TRICKS)

    def rounds(self, crews: Crews, leader: Leader | None) -> None:
        """Play until every session has ended, and people have left their word.

        Raises:
            MiraError: it stood still; the text says where.
        """
        over = 0
        for n in range(MOST_ROUNDS):
            crews.sit(self.faults.coming(n))
            crews.go()
            killed = self.faults.kill_in(n)
            killed = killed if killed is not None and crews.kill(killed) else None
            self.rehearsed.did["processes killed"] += killed is not None
            if leader is not None:
                leader.lead()
            reports = crews.reports(killed)
            idle = not any(report.busy for report in reports)
            over += self.look(reports, leader)
            if over and (idle or over > ROUNDS_AFTER):
                return
            self.clock.pass_by(PASSING_S if idle or any(r.closing for r in reports) else STROKE_S)
        stages = [self._stage(session.id) for session in self.sessions()]
        where = ", ".join(sorted({stage.current or stage.state for stage in stages}))
        raise MiraError(say("rehearse_stood_still", where=where))

    def look(self, reports: Sequence[Report], leader: Leader | None) -> bool:
        """Note what was done, tell where the teams are; True when all have ended."""
        self._note(reports, leader)
        stages = [leader.look(s.id).stage if leader else self._stage(s.id) for s in self.sessions()]
        self._tell(stages)
        return all(stage.state == "ended" for stage in stages)

    def _stage(self, session_id: int) -> Stage:
        snapshot = self.store.snapshot(session_id)
        return fold(snapshot.acts, snapshot.workbook)

    def _note(self, reports: Sequence[Report], leader: Leader | None) -> None:
        for report in (*reports, *([leader.report()] if leader else ())):
            self.rehearsed.did.update(report.did)
            self.rehearsed.odd += report.odd
            self.rehearsed.slowest = max(self.rehearsed.slowest, report.slowest)

    def _tell(self, stages: Sequence[Stage]) -> None:
        """A line for each step that opens in a first session, and when all have ended."""
        book = self.store.workbook(self.meeting)
        sitting = {step.key for step in book.sitting}
        ahead = max(stages, key=lambda stage: len(sitting & stage.opened.keys()))
        most = len(sitting & ahead.opened.keys())
        ended = sum(stage.state == "ended" for stage in stages)
        if most > self._told.get(0, 0):
            title = book.step(ahead.current).title if ahead.current else ""
            self.plan.tell(say("rehearse_step", n=most, title=title) if title else say("rehearse_all_in"))
        if ended and ended > self._told.get(1, 0):
            self.plan.tell(say("rehearse_ended", n=ended, of=len(stages)))
        self._told = {0: max(most, self._told.get(0, 0)), 1: max(ended, self._told.get(1, 0))}


def seated(store: Store, session_id: int, count: int, faults: Faults) -> list[Chair]:
    """Scripted people in seats: the roster first, then new names."""
    members = [m for m in store.roster(session_id) if not store.member_is_seated(m.id, session_id)][:count]
    for i in range(len(members), count):
        name = f"{NAMES[i % len(NAMES)]} {i // len(NAMES) + 1}" if i >= len(NAMES) else NAMES[i]
        members.append(store.add_member(session_id, NewMember(name, "", GROUPS[i % len(GROUPS)])))
    chairs = []
    for i, member in enumerate(members):
        seat = store.take_seat(secrets.token_hex(16), session_id, "member", member.id)
        chairs.append(Chair(seat, faults.ways(i), f"{faults.dice.random()}"))
    return chairs


def rehearse_with(store: Store, code: str, plan: Plan) -> Rehearsed:
    """Play a whole meeting with scripted people and recount it from an export and from the store.

    Args:
        store: where the meeting is.
        code: the meeting's code.
        plan: how many people, what goes wrong.

    Raises:
        MiraError: the meeting has ended or has begun, or stood still on the way.
    """
    seconds = processes().Value("d", 0.0) if plan.workers else Alone()
    clock = Ahead.of(store.clock, seconds)
    store = store.under(clock)
    faults = Faults(plan.faults, random.Random(str(plan.seed)))  # noqa: S311 - a script, no secret
    play = Play(store, clock, store.meeting(code), plan, faults)
    before = play.fresh()
    with tempfile.TemporaryDirectory() as name:
        journal = Journal(Path(name) / "leader.jsonl")
        crews = Crews.of(store, clock, Path(name), plan.workers)
        try:
            crews.sit(play.seat())
            play.rounds(crews, play.leader(journal) if play.meeting.pace == "led" else None)
        finally:
            crews.end()
            journal.close()
        recount(play.rehearsed, play.snapshots(), noted(Path(name)), before)
    return play.rehearsed


def noted(folder: Path) -> list[Try]:
    """Every save that any process wrote down."""
    return [one for path in sorted(folder.glob("*.jsonl")) for one in tries(lines(path))]
