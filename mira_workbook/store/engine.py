"""Connections and transactions on SQLite and PostgreSQL, and their failures put into sentences.

SQLite runs in WAL with `synchronous=FULL`, so that an acknowledged save survives a power cut, and every write begins
with `BEGIN IMMEDIATE`: a deferred transaction that reads before it writes is refused at once when another process
writes, whatever the busy timeout. Connections are pooled because opening the file costs more than a commit.
"""

import json
import os
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakSet

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mira_workbook.errors import ConfigError, MissingExtra
from mira_workbook.store import schema as t
from mira_workbook.store.faults import in_words, is_locked

MIGRATING, NAMING_TEAMS = 0x6D697261, 0x6D697262
"""“mira” and the next: the locks of `take_turns`."""
PATIENCE = 10.0
"""Seconds a call waits for other writers before it says that the store is busy."""

LOOK_AGAIN_S = (0.001, 0.004)
"""Seconds, from and to, after which who waits to write looks again; a write holds the others up for about that long."""

_HASTY = "mira_hasty"
"""Noted on a connection to SQLite that does not wait by itself; see `_wait_to_write`."""
_sqlite: list[Dialect] = []
_compiled: dict[object, object] = {}
"""The one dialect of all SQLite engines, and what was compiled for it: a few statements for each call of the store."""
_carried_over: list[object] = []
"""Engines of a parent process. Using or even closing them after a fork would spoil the file's locks
(https://www.sqlite.org/howtocorrupt.html, section 2.6), so they are kept and left alone."""
_databases: "WeakSet[Database]" = WeakSet()


def _after_fork() -> None:
    for database in _databases:
        database.leave_behind()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class _Engines(NamedTuple):
    """An engine for writing, and one for reading: they share a pool, and on SQLite they are the same."""

    plain: Engine
    reading: Engine


class Database:
    """One database, opened when first used, and again in each process: safe in threads and after a fork.

    Attributes:
        is_sqlite: this is a SQLite file (else PostgreSQL).
        beside: where stands what need not last: a second file beside a SQLite store, else this same database.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE, lasting: bool = True) -> None:
        self.url = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.patience = patience
        self.lasting = lasting
        apart = lasting and self.is_sqlite
        self.beside = Database(_beside(self.url), patience=patience, lasting=False) if apart else self
        self._lock = threading.Lock()
        self._engines: _Engines | None = None
        self._watch: sqlite3.Connection | None = None
        self._seen: int | None = None
        _databases.add(self)

    def leave_behind(self) -> None:
        """Start over in a child process, with a lock that nobody holds and no connection."""
        _carried_over.extend((self._engines, self._watch))
        self._lock = threading.Lock()
        self._engines = self._watch = self._seen = None

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(str(self.url.database))

    @property
    def engine(self) -> Engine:
        """This process's engine."""
        return self._open().plain

    def _open(self) -> "_Engines":
        with self._lock:
            if self._engines is None:
                plain = _engine(self.url, self.patience, lasting=self.lasting)
                # Options of its own would cost each of SQLite's transactions a fifth more.
                reading = plain if self.is_sqlite else plain.execution_options(isolation_level="REPEATABLE READ")
                self._engines = _Engines(plain, reading)
            return self._engines

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees the database as it is at one moment."""
        with in_words(self.url), self._open().reading.begin() as connection:
            if self.is_sqlite:
                _begin_to_read(connection, self.patience)
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a write transaction: committed at the end, rolled back when anything is raised."""
        with in_words(self.url), self._open().plain.begin() as connection:
            if self.is_sqlite:
                _begin_to_write(connection, self.patience)
            yield connection

    def changed(self) -> bool:
        """Whether anybody has written since the last call; always True on PostgreSQL and the first time.

        Asks `PRAGMA data_version` on a connection kept for this alone: on a fresh one the number never changes.
        """
        if not self.is_sqlite:
            return True
        _ = self.engine
        with in_words(self.url), self._lock:
            if self._watch is None:
                self._watch = sqlite3.connect(self.path, timeout=self.patience, check_same_thread=False)
            (now,) = self._watch.execute("PRAGMA data_version").fetchone()
            seen, self._seen = self._seen, now
        return bool(seen != now)

    def scrub(self) -> None:
        """Clear away what was deleted, beyond the tables: SQLite's log is written back and emptied.

        A reader that is still busy leaves it to the next time. PostgreSQL frees the space; its own log and its
        backups are the administrator's.
        """
        with in_words(self.url):
            if self.is_sqlite:
                # Bare, because our transactions begin by themselves and a checkpoint must stand outside one.
                with closing(self.engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
                    raw.info.pop(_HASTY, None)
                    cursor.execute(f"PRAGMA busy_timeout={int(1000 * self.patience)}")
                    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            with self.engine.connect() as connection:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                alone.exec_driver_sql("VACUUM (SKIP_LOCKED) responses, drafts, anon_secrets, members")

    def close(self) -> None:
        """Close every connection of this process; the next call opens anew."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
            if self._engines is not None:
                self._engines.plain.dispose()
            self._engines = self._watch = self._seen = None
        if self.beside is not self:
            self.beside.close()


def _beside(url: URL) -> str:
    path = Path(str(url.database))
    return str(url.set(database=str(path.with_name(f"{path.stem}-here{path.suffix}"))))


def _parse(url: str) -> URL:
    """Read the address, and name the driver that PostgreSQL is reached by."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        # Not quoted: a password may stand in it.
        raise ConfigError("The database address cannot be read. Write sqlite:///file or postgresql://…") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or parsed.database in {None, "", ":memory:"}:
        raise ConfigError(f"{parsed.render_as_string()!r} cannot be used. Write sqlite:///file or postgresql://…")
    return parsed


def _engine(url: URL, patience: float, *, lasting: bool) -> Engine:
    shared: dict[str, Any] = {"json_serializer": _dumps, "json_deserializer": _loads, "pool_timeout": patience}
    if url.get_backend_name() == "sqlite":
        engine = _compiled_once(create_engine(url, connect_args={"timeout": patience}, **shared))
        event.listen(engine, "connect", _set_up_sqlite if lasting else _set_up_passing)
        return engine
    try:
        import psycopg  # noqa: F401, PLC0415 - an extra, needed only for this kind of address
    except ImportError as error:
        raise MissingExtra("A PostgreSQL address needs one more part: pip install 'mira-workbook[postgres]'") from error
    wait = f"-c lock_timeout={int(patience * 1000)}"
    return create_engine(
        url, pool_pre_ping=True, connect_args={"options": wait, "connect_timeout": max(2, int(patience))}, **shared
    )


def _compiled_once(engine: Engine) -> Engine:
    """The same engine, which compiles no statement that another one of this process has compiled: nor of its parent.

    What is compiled is kept by dialect, and each engine has one of its own; a kernel forked from a process that has
    drawn a page would compile everything anew.
    """
    if not _sqlite:
        _sqlite.append(engine.dialect)
    compiled: Any = _compiled
    return Engine(engine.pool, _sqlite[0], engine.url, execution_options={"compiled_cache": compiled})


def take_turns(connection: Connection, what: int) -> None:
    """Hold a lock until the transaction ends; who asks for the same waits. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(what)))


def _dumps(value: object) -> str:
    # Escaped to ASCII: half of an emoji, which a draft may hold, has no UTF-8 spelling.
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


# Known since Python 2.6, and told to type checkers by nobody.
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def _loads(text: str | bytes) -> Any:
    # What `_dumps` wrote has nothing around it, so that most of what `json.loads` does first can be left out.
    return _scan(text, 0)[0] if isinstance(text, str) else json.loads(text)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, and late; `read` and `write` do it instead.
    connection.isolation_level = None
    _retry_while_locked(connection, "PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")


def _set_up_passing(connection: sqlite3.Connection, _record: object) -> None:
    """Make ready the file beside the store: its commits wait for no disk, and a power cut leaves it older but whole."""
    connection.isolation_level = None
    _retry_while_locked(connection, "PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    _retry_while_locked(connection, t.BESIDE)


def _retry_while_locked(connection: sqlite3.Connection, sql: str, patience: float = PATIENCE) -> None:
    """Run a statement to which SQLite does not apply its busy timeout: the switch to WAL on a new file."""
    give_up = time.monotonic() + patience
    while True:
        try:
            connection.execute(sql)
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_to_read(connection: Connection, patience: float) -> None:
    raw = _driver(connection)
    if connection.info.pop(_HASTY, False):
        _be_patient(raw, patience)
    raw.execute("BEGIN")


def _begin_to_write(connection: Connection, patience: float) -> None:
    raw = _driver(connection)
    # It stays so until the next read, since many a transaction that writes is followed by another.
    if not connection.info.get(_HASTY):
        raw.execute("PRAGMA busy_timeout=0")
        connection.info[_HASTY] = True
    _wait_to_write(raw, patience)
    if not raw.in_transaction:
        _be_patient(raw, patience)
        connection.info[_HASTY] = False
        raw.execute("BEGIN IMMEDIATE")


def _driver(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("A SQLite engine gave another kind of connection.")
    return raw


def _be_patient(raw: sqlite3.Connection, patience: float) -> None:
    """Let SQLite itself wait for others, as it does for whoever reads."""
    raw.execute(f"PRAGMA busy_timeout={int(1000 * patience)}")


def _wait_to_write(raw: sqlite3.Connection, patience: float) -> None:
    """Begin to write when the other writers have done, or give up.

    SQLite looks again ever more seldom, at last ten times a second: when a room saves at once, whoever came first waits
    for seconds while others go by. Everybody who looks again within some milliseconds has the same chance.
    """
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                return
            time.sleep(random.uniform(*LOOK_AGAIN_S))  # noqa: S311 - spreads load, keeps no secret
        else:
            return
