"""The processes of a rehearsal: who works where, whose turn it is, and a kill in the middle of a save."""

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mira_workbook.errors import MiraError
from mira_workbook.rehearse.clock import Ahead
from mira_workbook.rehearse.crew import Chair, Crew, Report, Start, is_saving, unheard, work
from mira_workbook.rehearse.told import Journal
from mira_workbook.store import Store

SAVING_S = 1.0
"""How long to wait for a crew to be in the middle of a save before it is killed anyway."""


def processes() -> Any:
    """How processes are started here: from a clean server where there is one, since a fork copies threads' locks."""
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    if "forkserver" in ways:
        context.set_forkserver_preload(["mira_workbook.rehearse.crew"])
    return context


@dataclass(slots=True)
class Hand:
    """One crew and the process it is in."""

    context: Any
    start: Start
    folder: Path
    chairs: list[Chair] = field(default_factory=list)
    coming: list[Chair] = field(default_factory=list)
    waiting: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _process: Any = None
    _orders: Connection | None = None
    _lives: Any = field(default_factory=lambda: count(1))

    def begin(self) -> None:
        """Start the process; its journal is a new file in each life."""
        journal = self.folder / f"{id(self)}-{next(self._lives)}.jsonl"
        self.start = Start(self.start.url, self.start.ahead, journal)
        self._orders, theirs = self.context.Pipe()
        self._process = self.context.Process(target=work, args=(theirs, self.start), daemon=True)
        self._process.start()
        theirs.close()

    def go(self) -> None:
        """Let newcomers sit down and give everybody a turn."""
        if self._orders is None:
            raise MiraError("This crew was not started.")
        self._orders.send((self.coming, self.waiting))
        self.chairs += self.coming
        self.coming, self.waiting = [], {}

    def report(self) -> Report:
        """Wait for the end of the turn.

        Raises:
            MiraError: the process is gone, which only a kill of ours may do.
        """
        try:
            report: Report = self._orders.recv()  # type: ignore[union-attr]
        except (EOFError, OSError) as error:
            raise MiraError("A process of the rehearsal ended by itself. Look at its last lines above.") from error
        return report

    def kill(self) -> None:
        """End the process while it saves, without a word, and let the same people begin again in a new one."""
        give_up = time.monotonic() + SAVING_S
        while time.monotonic() < give_up and not is_saving(self.start.journal):
            time.sleep(0.001)
        self._process.kill()
        self.end()
        self.waiting = unheard(self.start.journal)
        self.coming, self.chairs = [*self.chairs, *self.coming], []
        self.begin()

    def end(self) -> None:
        """Close the line; the process ends with it."""
        if self._orders is not None:
            self._orders.close()
            self._process.join()


@dataclass(slots=True)
class Crews:
    """All people of a rehearsal, shared out over processes; with none, they sit in this one."""

    hands: list[Hand] = field(default_factory=list)
    here: Crew | None = None
    _next: int = 0

    @classmethod
    def of(cls, store: Store, clock: Ahead, folder: Path, many: int) -> "Crews":
        """Start this many processes at a store's doors."""
        if many == 0:
            return cls(here=Crew(store, Journal(folder / "here.jsonl")))
        context = processes()
        shared = clock.seconds
        hands = [Hand(context, Start(address(store), shared, folder), folder) for _ in range(many)]
        for hand in hands:
            hand.begin()
        return cls(hands)

    def sit(self, chairs: Sequence[Chair]) -> None:
        """Let people in at the next turn: neighbours sit in different processes, so that teams meet across them."""
        for chair in chairs:
            if self.here is not None:
                self.here.sit([chair], {})
            else:
                self.hands[self._next % len(self.hands)].coming.append(chair)
                self._next += 1

    def go(self) -> None:
        """Begin a turn in every process."""
        for hand in self.hands:
            hand.go()

    def kill(self, which: int) -> bool:
        """Kill one process in the middle of its turn, and start it anew; it then has no report for this turn."""
        if not self.hands:
            return False
        self.hands[which % len(self.hands)].kill()
        return True

    def reports(self, killed: int | None = None) -> list[Report]:
        """What everybody tells after the turn."""
        if self.here is not None:
            return [self.here.turns()]
        gone = None if killed is None else killed % len(self.hands)
        return [hand.report() for n, hand in enumerate(self.hands) if n != gone]

    def end(self) -> None:
        """Send everybody home."""
        for hand in self.hands:
            hand.end()
        if self.here is not None:
            self.here.journal.close()


def address(store: Store) -> str:
    """The store's address for another process, its password and all."""
    return str(store._db.url.render_as_string(hide_password=False))  # noqa: SLF001 - only another process is told
