"""Writing rows: insert, insert where new, change where known; the same on both databases."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Compiled, Connection, Dialect, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def _insert(dialect: Dialect, table: Table) -> Any:
    return (sqlite if dialect.name == "sqlite" else postgresql).insert(table)


def insert_id(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and give its number."""
    return int(connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row unless one with this primary key stands."""
    connection.execute(_insert(connection.dialect, table).values(row).on_conflict_do_nothing())


def upsert(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or change the one with this primary key."""
    compiled: Any = _upserting(connection.dialect, table, tuple(row))
    connection.execute(compiled, dict(row))


@lru_cache(maxsize=64)
def _upserting(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Compiled:
    """Compiled here: SQLAlchemy keeps no statement that says what a conflict does, and would compile each anew."""
    keys = [column.name for column in table.primary_key]
    new = _insert(dialect, table)
    rest = {name: new.excluded[name] for name in names if name not in keys}
    statement = new.on_conflict_do_update(index_elements=keys, set_=rest)
    compiled: Compiled = statement.compile(dialect=dialect, column_keys=[*names])
    return compiled
