"""A rehearsal over real sockets: a running server, a page and a kernel for everybody, the store behind them."""

import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.rehearse.clock import Ahead, Alone
from mira_workbook.rehearse.faults import Faults
from mira_workbook.rehearse.leader import Leader
from mira_workbook.rehearse.people import Person
from mira_workbook.rehearse.play import NAMES, Plan, Play, noted
from mira_workbook.rehearse.recount import Rehearsed, recount
from mira_workbook.rehearse.sockets import SocketPage
from mira_workbook.rehearse.told import Journal
from mira_workbook.rehearse.web import Browser, join, teams
from mira_workbook.store import Store

AT_ONCE = 4
"""Pages that open at the same time: each starts a kernel."""
BETWEEN_S = (0.2, 0.8)
"""How long somebody rests between two things."""
LATE_S = (15.0, 40.0)
LOOK_S = 1.0
LONGEST_S = 3600.0


@dataclass(slots=True)
class Room:
    """The people of a rehearsal over a network, each in a thread with a browser of one's own.

    Attributes:
        root: the server's address with a slash at its end.
        code: the meeting's code.
        plan: who comes and what goes wrong.
        folder: where saves are written down.
    """

    root: str
    code: str
    plan: Plan
    folder: Path
    rehearsed: Rehearsed = field(default_factory=Rehearsed)
    over: threading.Event = field(default_factory=threading.Event)
    _gate: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def fill(self) -> None:
        """Send everybody to the door; whoever is late stands outside for a while."""
        slugs = teams(Browser(self.root), self.code)
        faults = Faults(self.plan.faults, random.Random(str(self.plan.seed)))  # noqa: S311 - a script, no secret
        self.rehearsed.people, self.rehearsed.teams = self.plan.people, len(slugs)
        for n in range(self.plan.people):
            place = n // len(slugs)
            late = self.plan.faults and place > 1 and n == self.plan.people - 1
            wait = faults.dice.uniform(*LATE_S) if late else 0.0
            name = NAMES[place % len(NAMES)] + (f" {place // len(NAMES) + 1}" if place >= len(NAMES) else "")
            who = Who(slugs[n % len(slugs)], name, faults.ways(place), f"{faults.dice.random()}", wait)
            thread = threading.Thread(target=self._live, args=(n, who), daemon=True)
            thread.start()
            self._threads.append(thread)

    def empty(self) -> None:
        """Wait until everybody has left."""
        self.over.set()
        for thread in self._threads:
            thread.join(60)

    def _live(self, n: int, who: "Who") -> None:
        """One person's way from the door to the end."""
        self.over.wait(who.wait)
        journal = Journal(self.folder / f"person-{n}.jsonl")
        dice = random.Random(who.seed)  # noqa: S311 - a script, no secret
        person: Person | None = None
        try:
            person = self._arrive(who, journal, dice)
            while not self.over.is_set():
                if not person.turn():
                    self.over.wait(BETWEEN_S[1])
                self.over.wait(dice.uniform(*BETWEEN_S))
        except MiraError as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - whatever breaks a page is what a rehearsal looks for
            self._tell(f"A page broke: {type(error).__name__}: {error}")
        finally:
            if person is not None:
                self._leave(person)
            journal.close()

    def _arrive(self, who: "Who", journal: Journal, dice: random.Random) -> Person:
        with self._gate:
            browser = Browser(self.root)
            url = join(browser, self.code, who.team, who.name)
            page = SocketPage(browser, url, journal, dice if self.plan.faults else None)
            return Person(
                page=page,
                open_tab=lambda: SocketPage(browser, url, journal, screens=page.screens),
                dice=dice,
                journal=journal,
                ways=who.ways,
            )

    def _leave(self, person: Person) -> None:
        with self._lock:
            self.rehearsed.did.update(person.did)
            self.rehearsed.odd += person.odd
            self.rehearsed.slowest = max(self.rehearsed.slowest, person.watch.slowest)
            for page in (person.page, person.tab):
                if isinstance(page, SocketPage):
                    self.rehearsed.did.update(page.mishaps)
                    page.close()

    def _tell(self, sentence: str) -> None:
        with self._lock:
            self.rehearsed.odd.append(sentence)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody at the door."""

    team: str
    name: str
    ways: frozenset[str]
    seed: str
    wait: float


def rehearse_at(store: Store, code: str, plan: Plan) -> Rehearsed:
    """Let people come to a running server by its code, go through the meeting, and recount it.

    Args:
        store: the server's own; whoever leads works at its doors, and the recount reads it.
        code: the meeting's code.
        plan: who comes, what goes wrong, and the server's address.

    Raises:
        MiraError: there is no such server or meeting, it has begun, or it never came to an end.
    """
    faults = Faults(plan.faults, random.Random(str(plan.seed)))  # noqa: S311 - a script, no secret
    play = Play(store, Ahead.of(store.clock, Alone()), store.meeting(code), plan, faults)
    before = play.fresh()
    with tempfile.TemporaryDirectory() as name:
        journal = Journal(Path(name) / "leader.jsonl")
        room = Room(plan.url.rstrip("/") + "/", code, plan, Path(name), play.rehearsed)
        leader = play.leader(journal) if play.meeting.pace == "led" else None
        room.fill()
        try:
            _until_the_end(play, leader)
        finally:
            room.empty()
            journal.close()
        recount(play.rehearsed, play.snapshots(), noted(Path(name)), before, loosely=True)
    return play.rehearsed


def _until_the_end(play: Play, leader: Leader | None) -> None:
    give_up = time.monotonic() + LONGEST_S
    while not play.look((), leader):
        if time.monotonic() > give_up:
            raise MiraError(say("rehearse_stood_still", where=play.meeting.code))
        time.sleep(LOOK_S)
        if leader is not None:
            leader.lead()
