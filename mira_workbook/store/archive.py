"""Backups of the whole store, and exports of other stores kept as they came."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from sqlalchemy import Connection, Table, func, insert, select, text

from mira_workbook.errors import SchemaTooNew, SessionNotFound, StoreError
from mira_workbook.store import schema as t
from mira_workbook.store.codes import plain_code, shown_code
from mira_workbook.store.door import Door
from mira_workbook.store.engine import Database
from mira_workbook.store.faults import in_words
from mira_workbook.store.migrate import migrate

SQLITE_HEAD = b"SQLite format 3\0"
BATCH = 500


class Archive(Door):
    """Doors for backups and archives."""

    def backup(self, path: Path) -> None:
        """Copy the whole store, identities included, as it is at one moment; people may go on writing.

        Args:
            path: a new file: a SQLite file from SQLite, lines of JSON from PostgreSQL. Both go into either.

        Raises:
            StoreError: the file is there already or cannot be written.
        """
        path = Path(path)
        if path.exists():
            raise StoreError(f"{path} is there already. Choose another name for the backup.")
        part = path.with_name(path.name + ".part")
        try:
            with in_words(self._db.url):
                _copy_sqlite(self._db, part) if self._db.is_sqlite else _dump(self._db, part)
            part.replace(path)
        except OSError as error:
            raise StoreError(f"The backup cannot be written to {path}: {error.strerror or error}.") from error
        finally:
            part.unlink(missing_ok=True)

    def restore(self, path: Path) -> None:
        """Fill an empty store from a backup, whichever database it was made from.

        Raises:
            StoreError: the store has meetings, or the file is no backup; the text says what to do.
        """
        path = Path(path)
        migrate(self._db)
        with _backup_rows(path) as rows, self._db.write() as connection:
            if connection.execute(select(t.meetings.c.id).limit(1)).first():
                raise StoreError(
                    "This store has meetings, and restoring would mix them with the backup's. Restore into an empty "
                    "store: set MIRA_HOME to a new folder, or move the store's files away first."
                )
            for table in reversed(t.metadata.sorted_tables):
                connection.execute(table.delete())
            for table, some in rows:
                connection.execute(insert(table), some)
            _count_on(connection)

    def put_archive(self, code: str, json_text: str) -> None:
        """Keep an imported export under its code, byte for byte.

        Raises:
            StoreError: a meeting or an archive has this code.
        """
        plain = plain_code(code)
        with self._db.write() as connection:
            taken = (select(table.c.code).where(table.c.code == plain) for table in (t.archives, t.meetings))
            if any(connection.execute(query).first() for query in taken):
                raise StoreError(f"{shown_code(plain)} is in this store already. Forget it first, or import elsewhere.")
            connection.execute(insert(t.archives).values(code=plain, body=json_text, at=self._clock()))

    def archive(self, code: str) -> str:
        """The imported export under a code, byte for byte.

        Raises:
            SessionNotFound: there is none.
        """
        with self._db.read() as connection:
            query = select(t.archives.c.body).where(t.archives.c.code == plain_code(code))
            body = connection.execute(query).scalar()
        if body is None:
            raise SessionNotFound(f"No imported meeting has the code {shown_code(code)}.")
        return str(body)

    def archives(self) -> tuple[str, ...]:
        """The codes of all imported exports."""
        with self._db.read() as connection:
            return tuple(connection.execute(select(t.archives.c.code).order_by(t.archives.c.code)).scalars())


def _copy_sqlite(database: Database, part: Path) -> None:
    """Copy page by page in one go: in WAL mode a reader, even a long one, keeps nobody from writing."""
    source = sqlite3.connect(database.path, timeout=database.patience)
    with closing(source), closing(sqlite3.connect(part)) as target:
        source.backup(target)
        # One file, without a log beside it, travels better.
        target.execute("PRAGMA journal_mode=DELETE")


def _dump(database: Database, part: Path) -> None:
    with database.read() as connection, part.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps({"mira_backup": t.VERSIONS[-1]}) + "\n")
        for table in t.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                out.write(json.dumps({"table": table.name, "row": dict(row)}, default=_spell) + "\n")


def _spell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


@contextmanager
def _backup_rows(path: Path) -> Iterator[Iterator[tuple[Table, list[dict[str, Any]]]]]:
    """Open a backup and give its rows in batches, in an order in which they can be inserted.

    Raises:
        StoreError: the file cannot be read or is no backup.
    """
    try:
        with path.open("rb") as file:
            is_sqlite = file.read(len(SQLITE_HEAD)) == SQLITE_HEAD
        if not is_sqlite:
            with path.open(encoding="utf-8") as lines:
                yield _rows_of_lines(lines, path)
            return
    except OSError as error:
        raise StoreError(f"The backup {path} cannot be read: {error.strerror or error}.") from error
    with TemporaryDirectory() as folder:
        # A copy, because an older backup is brought up to date before it is read.
        copy = Database(f"sqlite:///{Path(folder) / 'backup.sqlite'}")
        with in_words(copy.url):
            source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            with closing(source), closing(sqlite3.connect(copy.path)) as target:
                source.backup(target)
        try:
            migrate(copy)
            with copy.read() as connection:
                yield _rows_of_tables(connection)
        finally:
            copy.close()


def _rows_of_tables(connection: Connection) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    for table in t.metadata.sorted_tables:
        for some in connection.execute(select(table)).mappings().partitions(BATCH):
            yield table, [dict(row) for row in some]


def _rows_of_lines(lines: TextIO, path: Path) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Read a dump line by line; a row needs no look-ahead, since tables stand in order.

    Raises:
        SchemaTooNew: made by another version.
        StoreError: no dump of ours.
    """
    try:
        made_by = json.loads(next(lines, ""))["mira_backup"]
        if made_by != t.VERSIONS[-1]:
            raise SchemaTooNew(f"{path} was made with version {made_by}, this program reads {t.VERSIONS[-1]}.")
        for line in lines:
            entry = json.loads(line)
            table = t.metadata.tables[entry["table"]]
            yield table, [{name: _read(table, name, value) for name, value in entry["row"].items()}]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is no backup of ours, or not all of it. Choose another file.") from error


def _read(table: Table, name: str, value: Any) -> Any:
    moment = isinstance(table.c[name].type, t.Moment) and value is not None
    return datetime.fromisoformat(value) if moment else value


def _count_on(connection: Connection) -> None:
    """PostgreSQL numbers rows from a counter of its own: set it behind the restored ones."""
    if connection.dialect.name != "postgresql":
        return
    for table in t.metadata.sorted_tables:
        if "id" in table.c:
            last = connection.execute(select(func.max(table.c.id))).scalar()
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last, :called)"),
                {"name": table.name, "last": last or 1, "called": last is not None},
            )
