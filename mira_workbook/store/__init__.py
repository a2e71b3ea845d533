"""The store: the only rooms that speak SQL. Everything goes through the doors of `Store`."""

import copy
from datetime import UTC, datetime
from typing import Self

from mira_workbook import settings
from mira_workbook.judging import HandsOn
from mira_workbook.records import Clock, Note
from mira_workbook.store import migrate as versions
from mira_workbook.store.acts import Acts
from mira_workbook.store.archive import Archive
from mira_workbook.store.carried import Carried
from mira_workbook.store.codes import plain_code, shown_code
from mira_workbook.store.drafts import Drafts
from mira_workbook.store.engine import PATIENCE, Database
from mira_workbook.store.forgetting import Forgetting
from mira_workbook.store.given import Access, Knock, Lasting, NewMember, NewTeam, Opened
from mira_workbook.store.keys import Keys
from mira_workbook.store.meetings import Meetings
from mira_workbook.store.noting import Noting
from mira_workbook.store.presence import Presences
from mira_workbook.store.privacy import Privacy
from mira_workbook.store.responses import Responses
from mira_workbook.store.retaining import Retaining
from mira_workbook.store.snapshots import Snapshots

__all__ = [
    "Access",
    "Knock",
    "Lasting",
    "NewMember",
    "NewTeam",
    "Note",
    "Opened",
    "Store",
    "plain_code",
    "shown_code",
]


def now_in_utc() -> datetime:
    """The time now."""
    return datetime.now(UTC)


class Store(
    Meetings,
    Keys,
    Responses,
    Drafts,
    Acts,
    Snapshots,
    Presences,
    Carried,
    Noting,
    Privacy,
    Forgetting,
    Retaining,
    Archive,
):
    """All doors on one database. Opened when first used; safe in threads and after a fork.

    Args:
        url: `sqlite:///file` or `postgresql://…`; from the settings if not given.
        clock: gives the time, aware; what is written bears it.
        patience: seconds a call waits for other writers.
        hands_on: what a session hands on to the workbooks after it, a rule; without it nothing is handed on. The
            program opens its stores with `opening.open_store`, which knows the rule.
    """

    def __init__(
        self,
        url: str | None = None,
        clock: Clock = now_in_utc,
        *,
        patience: float = PATIENCE,
        hands_on: HandsOn | None = None,
    ) -> None:
        super().__init__(Database(url or settings.database_url(), patience=patience), clock, hands_on)

    @property
    def url(self) -> str:
        """The database's address, its password hidden."""
        return self._db.url.render_as_string(hide_password=True)

    @property
    def clock(self) -> Clock:
        """The clock whose time is written, for callers that must agree with it."""
        return self._clock

    def under(self, clock: Clock) -> Self:
        """The same store under another clock, as a rehearsal needs it whose hour passes in seconds."""
        twin = copy.copy(self)
        twin._clock = clock  # noqa: SLF001 - it is our own
        return twin

    def migrate(self) -> None:
        """Make the tables, or bring them up to date; several processes may call this at once.

        Raises:
            SchemaTooNew: a later version of this program made the store.
        """
        versions.migrate(self._db)

    def check_schema(self) -> None:
        """Compare the version of the tables, changing nothing.

        Raises:
            SchemaTooOld: the store has to be brought up to date first.
            SchemaTooNew: a later version of this program made the store.
        """
        versions.check(self._db)

    def close(self) -> None:
        """Close every connection of this process; the next call opens anew."""
        self._db.close()
