"""Writing rows: insert, insert where new, change where known; the same on both databases."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: Connection, table: Table) -> Any:
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


def insert_id(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert a row and give its number."""
    return int(connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row unless one with this primary key stands."""
    connection.execute(_insert(connection, table).values(row).on_conflict_do_nothing())


def upsert(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or change the one with this primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    connection.execute(_insert(connection, table).values(row).on_conflict_do_update(index_elements=keys, set_=rest))
