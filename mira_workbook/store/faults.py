"""What a database says when it cannot, put into sentences that say what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mira_workbook.errors import SchemaTooOld, StoreBusy, StoreError

BUSY = "The store is busy with other saves. Try again in a moment; nothing was lost."
FULL = "The disk is full, so this was not saved. Free some space, then save again."
READ_ONLY = "The store can be read but not written. Give this account the right to write to {place} and its folder."
FORBIDDEN = "The database at {place} refuses this account. Give it the right to create and change tables there."
ABSENT = "The store at {place} cannot be opened. Check that the folder exists and may be written."
AWAY = "The database at {place} does not answer. Check that it runs and that the address and password are right."
BROKEN = "The file {place} is damaged or no store of ours. Put a backup in its place: mira-workbook restore."
UNREADY = "The store at {place} is not set up for this version. Start mira-workbook serve once, or any other command."
ODD = "The store refused this ({why}). Nothing was saved. This is a fault of ours: please report it."

_SQLITE = {
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": FULL,
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_PERM": READ_ONLY,
    "SQLITE_CANTOPEN": ABSENT,
    "SQLITE_CORRUPT": BROKEN,
    "SQLITE_NOTADB": BROKEN,
}
_POSTGRESQL = {
    "55P03": BUSY,  # lock not available
    "40P01": BUSY,  # deadlock
    "40001": BUSY,  # serialization
    "57014": BUSY,  # cancelled by a timeout
    "53300": BUSY,  # too many connections
    "53100": FULL,
    "25006": READ_ONLY,
    "42501": FORBIDDEN,
    "42P01": UNREADY,
    "42703": UNREADY,
}


@contextmanager
def in_words(url: URL) -> Iterator[None]:
    """Turn every failure of the database into one of ours.

    Raises:
        StoreBusy: other writers took too long; the same call may go through in a moment.
        SchemaTooOld: the tables are not there, or not as this version needs them.
        StoreError: anything else; the text says what to do.
    """
    try:
        yield
    except PoolTimeout as error:
        raise StoreBusy(BUSY) from error
    except DBAPIError as error:
        raise _said(_sentence(error.orig), url, error.orig) from error
    except sqlite3.Error as error:
        raise _said(_sentence(error), url, error) from error
    except SQLAlchemyError as error:
        raise StoreError(ODD.format(why=type(error).__name__)) from error


def is_locked(error: BaseException) -> bool:
    """Whether SQLite gave up because somebody else holds the file."""
    return _sentence(error) == BUSY


def _said(sentence: str, url: URL, cause: BaseException | None) -> StoreError:
    place = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    kind = {BUSY: StoreBusy, UNREADY: SchemaTooOld}.get(sentence, StoreError)
    return kind(sentence.format(place=place, why=type(cause).__name__))


def _sentence(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        return _sqlite_sentence(error)
    state = getattr(error, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    # No state: the connection was never made or broke; 08 connection, 28 password, 3D database, 57P shutdown.
    away = state is None or state.startswith(("08", "28", "3D", "57P"))
    return AWAY if away and type(error).__name__ in _AWAY_ERRORS else ODD


_AWAY_ERRORS = {
    "OperationalError",
    "ConnectionTimeout",
    "AdminShutdown",
    "CrashShutdown",
    "CannotConnectNow",
    "ConnectionFailure",
    "InvalidPassword",
    "InvalidCatalogName",
}


def _sqlite_sentence(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    if "no such table" in str(error) or "no such column" in str(error) or "has no column" in str(error):
        return UNREADY
    for start, sentence in _SQLITE.items():
        if name.startswith(start):
            return sentence
    return ODD
