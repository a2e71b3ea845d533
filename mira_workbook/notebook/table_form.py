"""A table's form on a board: there who leads writes for a team, or for somebody without a device."""

import time
from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any

from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Seat
from mira_workbook.rules.stage import FACILITATOR
from mira_workbook.store import Store
from mira_workbook.widgets.desk import Desk
from mira_workbook.widgets.form import Form

REDRAW_S = 20
"""Seconds after which the form is made anew though nothing changed: the minutes on it go on."""


class TableForm:
    """The form of one team's table.

    Args:
        store: the store.
        seat: of who leads, in the team's session.
        lock: held while the page is worked on.
        heard: called at each sign of the page.
    """

    def __init__(self, store: Store, seat: Seat, lock: RLock, heard: Callable[[], None]) -> None:
        self._desk = Desk(StoreDoors(store, seat, FACILITATOR))
        self._lock, self._heard = lock, heard
        self._drawn = 0.0
        self.form = Form(self._take)

    def draw(self, *, written: bool = True) -> None:
        """Bring the form to how the session stands."""
        if not (written or self._desk.closing_is_due() or time.monotonic() - self._drawn > REDRAW_S):
            return
        self._desk.refresh()
        self._drawn = time.monotonic()
        self.form.draw(self._desk.view)

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
            replies = self._desk.take(message)
            self.draw()
        self._heard()
        return replies
