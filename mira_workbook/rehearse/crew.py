"""A crew: the scripted people of one process, who get their turns when the rehearsal says so."""

import os
import random
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mira_workbook.opening import open_store
from mira_workbook.records import Seat
from mira_workbook.rehearse.clock import Ahead, Number
from mira_workbook.rehearse.pages import DeskPage
from mira_workbook.rehearse.people import Person
from mira_workbook.rehearse.told import Journal, lines
from mira_workbook.store import Store

PATIENCE = 30.0
"""Seconds a save of a rehearsal waits for other writers: sixty people share a laptop with whatever else it does."""


@dataclass(frozen=True, slots=True)
class Chair:
    """Where a scripted person sits, and who it is."""

    seat: Seat
    ways: frozenset[str] = frozenset()
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a crew tells after its turns.

    Attributes:
        busy: how many people had something to do.
        closing: whether somebody's page shows a countdown.
        did: what happened, counted by name.
        odd: what must not happen, in sentences.
        slowest: seconds of the slowest acknowledgement so far.
    """

    busy: int = 0
    closing: bool = False
    did: Mapping[str, int] = field(default_factory=dict)
    odd: Sequence[str] = ()
    slowest: float = 0.0


@dataclass(slots=True)
class Crew:
    """People in one process."""

    store: Store
    journal: Journal
    people: list[Person] = field(default_factory=list)

    def sit(self, chairs: Sequence[Chair], waiting: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Let people in; `waiting` holds, by member's page, what an earlier page sent and heard nothing of."""
        for chair in chairs:
            person = Person(
                page=(page := self._page(chair.seat)),
                open_tab=lambda seat=chair.seat: self._page(seat),  # type: ignore[misc]
                dice=random.Random(chair.seed),  # noqa: S311 - a script, no secret
                journal=self.journal,
                ways=chair.ways,
            )
            page.refresh()
            person.outbox.extend(dict(one) for one in waiting.get(page.view.get("store_key", ""), ()))
            self.people.append(person)

    def _page(self, seat: Seat) -> DeskPage:
        return DeskPage(self.store, seat, self.journal)

    def turns(self) -> Report:
        """Give everybody a turn."""
        busy = sum(self._turn(person) for person in self.people)
        did: Counter[str] = Counter()
        odd: list[str] = []
        for person in self.people:
            did.update(person.did)
            odd += person.odd
            person.did.clear()
            person.odd.clear()
        closing = any(one["id"] == "closing" for person in self.people for one in person.page.view.get("lines", ()))
        return Report(busy, closing, dict(did), odd, max((p.watch.slowest for p in self.people), default=0.0))

    def _turn(self, person: Person) -> bool:
        try:
            return person.turn()
        except Exception as error:  # noqa: BLE001 - whatever breaks a page is what a rehearsal looks for
            last = traceback.extract_tb(error.__traceback__)[-1]
            person.odd.append(
                f"A page broke: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
            )
            return True


@dataclass(frozen=True, slots=True)
class Start:
    """What a crew's process is given."""

    url: str
    ahead: Number
    journal: Path


def work(orders: Connection, start: Start) -> None:
    """A crew's process: sits people down and gives them turns as it is told, until the line is closed."""
    journal = Journal(start.journal)
    crew = Crew(open_store(start.url, Ahead(start.ahead), patience=PATIENCE), journal)
    try:
        while True:
            chairs, waiting = orders.recv()
            crew.sit(chairs, waiting)
            orders.send(crew.turns())
    except (EOFError, KeyboardInterrupt):
        pass
    finally:
        journal.close()
        crew.store.close()


def unheard(journal: Path) -> dict[str, list[dict[str, Any]]]:
    """By member's page, the messages of a journal that were sent and never answered."""
    noted = lines(journal)
    heard = {line["save_key"] for line in noted if line["kind"] == "heard"}
    found: dict[str, list[dict[str, Any]]] = {}
    for line in noted:
        if line["kind"] == "out" and line["message"]["save_key"] not in heard:
            found.setdefault(line["who"], []).append(line["message"])
    return found


def is_saving(journal: Path) -> bool:
    """Whether the last that a process wrote down is that a save is on its way."""
    with journal.open("rb") as file:
        file.seek(0, os.SEEK_END)
        size = file.tell()
        file.seek(max(0, size - 16000))
        tail = file.read().decode("utf-8", "replace").rstrip("\n").rpartition("\n")[2]
    return tail.startswith('{"kind": "try"')
