"""Desks of simple pages: without a kernel the server itself keeps what a member's page is made of, for a few minutes.

Nothing here is worth keeping: answers and drafts stand in the store, and a page whose desk is gone gets a new one.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any

from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Seat
from mira_workbook.store import Store
from mira_workbook.widgets.desk import Desk, Reply
from mira_workbook.widgets.folded import folds
from mira_workbook.widgets.form import Form
from mira_workbook.widgets.signs import SIGNS

QUIET_S = 300.0
"""Seconds without a look after which a desk is put away."""
SEEN_S = 30.0
"""Seconds since the last look in which a page counts as open; a page out of sight looks every twenty."""
MOST = 400
"""Desks at once; the one that looked longest ago makes room."""
REDRAW_S = 20.0
"""Seconds after which the page is made anew though nothing changed: the minutes on it go on."""
Name = tuple[int, str]
"""A seat's number, and the name that one opened page has given itself."""


@dataclass(slots=True)
class SimpleDesk:
    """The desk of one opened page.

    Attributes:
        doors: the store's doors for its seat.
        clock: seconds that only grow.
        heard: when its page looked last.
    """

    doors: StoreDoors
    clock: Callable[[], float] = time.monotonic
    heard: float = 0.0
    _desk: Desk = field(init=False)
    _page: dict[str, Any] = field(default_factory=dict)
    _mark: str = ""
    _drawn: float = 0.0
    _revisions: tuple[int, int] = (-1, -1)
    _lock: Any = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self._desk = Desk(self.doors)

    def take(self, message: Mapping[str, Any], since: str) -> dict[str, Any]:
        """Take one message of the page, and give the answers to it with what has changed."""
        with self._lock:
            replies = Form.answers(self._answered, message)
            return self._told(since) | {"replies": replies}

    def look(self, sign: str, since: str) -> dict[str, Any]:
        """Note a sign of life, and give what has changed since the page with this mark."""
        with self._lock:
            if sign in SIGNS:
                self.doors.beat(sign)
            if self._is_behind():
                self._draw()
            return self._told(since)

    def _answered(self, message: Mapping[str, Any]) -> list[Reply]:
        replies = self._desk.take(message)
        # The desk has read everything anew after these.
        self._draw(resting=message.get("field") in {"$submit", "$press"})
        return replies

    def _is_behind(self) -> bool:
        old = self.clock() - self._drawn > REDRAW_S
        behind = not self._page or old or self._desk.closing_is_due() or self._revisions != self._revisions_now()
        return behind or self._desk.watch.has_moved(written=True)

    def _revisions_now(self) -> tuple[int, int]:
        rev, stage_rev = self.doors.store.revisions(self.doors.seat.session_id)
        return rev, stage_rev

    def _draw(self, *, resting: bool = False) -> None:
        """Bring the page to how the session stands; `resting`: to how it stood when it was read last."""
        self.doors.resting = resting
        try:
            room = self._desk.refresh()
        finally:
            self.doors.resting = False
        self._revisions = (room.snapshot.session.rev, room.snapshot.session.stage_rev)
        self._drawn = self.clock()
        self._page = {"view": self._desk.view, "folds": folds(room)}
        self._mark = hashlib.sha256(json.dumps(self._page, sort_keys=True).encode()).hexdigest()[:24]

    def _told(self, since: str) -> dict[str, Any]:
        """The page under its mark; nothing of it where the browser has just this one."""
        return {"mark": self._mark} | ({} if since == self._mark else self._page)


@dataclass(slots=True)
class SimpleDesks:
    """The desks of this server.

    Attributes:
        store: the store.
        pages: address below which our server answers.
        note: is told that a seat's page is there (`idle`) or gone (`lost`).
        most: how many there may be.
        clock: seconds that only grow.
    """

    store: Store
    pages: str
    note: Callable[[Seat, str], None]
    most: int = MOST
    clock: Callable[[], float] = time.monotonic
    _desks: dict[Name, SimpleDesk] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self._desks)

    def at(self, seat: Seat, page: str, public: str) -> SimpleDesk:
        """The desk of a page, made where there is none; those nobody looks at any more are put away."""
        now = self.clock()
        with self._lock:
            self._put_away(now)
            # Taken out and put in again, so that who looked longest ago comes first.
            found = self._desks.pop((seat.id, page), None)
            if found is None:
                self.note(seat, "idle")
                doors = StoreDoors(self.store, seat, seat.member_key, pages=self.pages, public=public)
                found = SimpleDesk(doors, self.clock)
            found.heard = now
            self._desks[seat.id, page] = found
            while len(self._desks) > self.most:
                del self._desks[next(iter(self._desks))]
        return found

    def leave(self, seat: Seat, page: str) -> bool:
        """Put a page's desk away; whether its person has no other simple page open."""
        with self._lock:
            self._desks.pop((seat.id, page), None)
            who = (seat.session_id, seat.member_id)
            return not any(
                self.clock() - one.heard < SEEN_S and (one.doors.seat.session_id, one.doors.seat.member_id) == who
                for one in self._desks.values()
            )

    def _put_away(self, now: float) -> None:
        for name in [name for name, one in self._desks.items() if now - one.heard > QUIET_S]:
            del self._desks[name]
