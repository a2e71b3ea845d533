"""Carrying out the retention rule: for the server, which does it by itself, and for the command."""

import logging
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta

from mira_workbook import settings
from mira_workbook.errors import MiraError
from mira_workbook.rules.retention import due
from mira_workbook.store import Lasting, Store
from mira_workbook.store.retaining import FORGOTTEN, RULE

log = logging.getLogger(__name__)
GRACE = timedelta(minutes=10)
"""How long a server that has just started says what it will forget before it does."""
EVERY = timedelta(hours=1)


def due_now(store: Store, keep_days: int) -> list[Lasting]:
    """The meetings and archives that have rested for longer than they are kept."""
    return due(store.resting(), store.clock(), keep_days)


def forget(store: Store, found: Sequence[Lasting]) -> list[str]:
    """Forget meetings and archives, each noted in the log of exports; the codes of those that went."""
    gone = []
    for one in found:
        try:
            store.forget_meeting(one.code)
        except MiraError as error:
            log.warning("A meeting that is due was not forgotten: %s", error)
            continue
        forget_files(one.code)
        store.log_access(RULE, one.code, FORGOTTEN, 0)
        gone.append(one.code)
    return gone


def forget_files(code: str) -> None:
    """Delete what a board in JupyterLab wrote of a meeting beside the store."""
    shutil.rmtree(settings.home() / "files" / code, ignore_errors=True)


class Retention:
    """The server's own turn at it: says once what is due, waits, and then looks every hour.

    Args:
        store: the clock's own.
        keep_days: days a meeting is kept after its end; 0 does nothing.
    """

    def __init__(self, store: Store, keep_days: int) -> None:
        self._store, self._days = store, keep_days
        self._next: datetime | None = None

    def turn(self) -> list[str]:
        """Do what is due, if it is time; the codes of what was forgotten."""
        if not self._days:
            return []
        now = self._store.clock()
        if self._next is None:
            self._next = now + GRACE
            self._announce()
            return []
        if now < self._next:
            return []
        self._next = now + EVERY
        gone = forget(self._store, due_now(self._store, self._days))
        if gone:
            log.warning("Forgotten by the retention rule: %s.", ", ".join(gone))
        return gone

    def _announce(self) -> None:
        n = len(due_now(self._store, self._days))
        log.warning(
            "Meetings are kept for %d days after their end. Due now: %d, to be forgotten in %d minutes.",
            self._days,
            n,
            GRACE // timedelta(minutes=1),
        )
