"""What a scripted person sits at: a page that shows something and takes messages; here a desk at the store's doors."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from mira_workbook.errors import MiraError
from mira_workbook.notebook.doors import TEAM, StoreDoors
from mira_workbook.records import Entry, Saved, Seat
from mira_workbook.rehearse.told import Journal
from mira_workbook.store import Store
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.desk import Desk

Message = dict[str, Any]
REDRAW = timedelta(seconds=20)
"""A page is made anew after this time though nothing changed, as a kernel's is."""


class Page(Protocol):
    """One page of one person."""

    @property
    def view(self) -> Doc:
        """What it shows."""
        ...

    def refresh(self) -> bool:
        """Look whether anything changed; True if the page was made anew."""
        ...

    def take(self, message: Mapping[str, Any]) -> list[Message]:
        """Send a message and give the answers to it; none where the connection broke."""
        ...

    def renew(self) -> None:
        """Load the page again: a new kernel, the same person."""
        ...

    def close(self) -> None:
        """Leave it."""
        ...


@dataclass(slots=True)
class Counting(StoreDoors):
    """The store's doors, with every save written down before it is tried and after it is acknowledged."""

    journal: Journal | None = None

    def record(self, entry: Entry) -> Saved:
        """Save, and note what the acknowledgement promised."""
        if self.journal is None:
            return StoreDoors.record(self, entry)
        author = {"team": TEAM, "pair": entry.author}.get(entry.author_kind, self.member)
        n = self.journal.trying(self.seat.session_id, author, entry)
        try:
            saved = StoreDoors.record(self, entry)
        except MiraError:
            self.journal.refused(n)
            raise
        self.journal.saved(n, saved.merged, saved)
        return saved


@dataclass(slots=True)
class DeskPage:
    """A desk at the store's doors, looked at as a kernel does: only when something changed."""

    store: Store
    seat: Seat
    journal: Journal | None = None
    desk: Desk = field(init=False)
    _seen: tuple[int, int] = (-1, -1)
    _drawn: datetime | None = None

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Sit down at a new desk of the same person."""
        self.desk = Desk(Counting(self.store, self.seat, self.seat.member_key, "rehearsal/", journal=self.journal))
        self._seen, self._drawn = (-1, -1), None

    @property
    def view(self) -> Doc:
        """What the desk shows."""
        return self.desk.view

    def refresh(self) -> bool:
        """Make the page anew if the session moved, a countdown is over, or its minutes have grown old."""
        now = self.store.clock()
        stale = self._drawn is None or now - self._drawn > REDRAW
        revisions = self.store.revisions(self.seat.session_id)
        if not stale and revisions == self._seen and not self.desk.closing_is_due():
            return False
        self._seen, self._drawn = revisions, now
        self.desk.refresh()
        return True

    def take(self, message: Mapping[str, Any]) -> list[Message]:
        """Hand a message to the desk, as the page's kernel does, and look at the page that follows from it."""
        replies = self.desk.take(message)
        self._drawn = None
        self.refresh()
        return replies

    def close(self) -> None:
        """Nothing is left of a desk that nobody sits at."""


@dataclass(slots=True)
class Stopwatch:
    """How long acknowledgements took, in seconds."""

    slowest: float = 0.0

    def take(self, page: Page, message: Mapping[str, Any]) -> list[Message]:
        """Send a message and look at the time."""
        start = time.perf_counter()
        replies = page.take(message)
        if any("saved_at" in one for one in replies):
            self.slowest = max(self.slowest, time.perf_counter() - start)
        return replies
