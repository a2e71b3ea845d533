"""Rows of the long table turned back into tables: one cell a field or column, one line a row that people filled in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mira_workbook.content.lists import SHARED
from mira_workbook.exports.parts import unit_of
from mira_workbook.exports.rows import Row
from mira_workbook.exports.table import Cell, Column, Kind
from mira_workbook.text import say_number

WHOSE = (
    Column("team_id", "The team's short name."),
    Column("cycle", "The team's priority this belongs to, counted from 1.", "number", whole=True),
    Column("meeting", "The meeting's code."),
    Column("occasion", "Which time, where a workbook is used several times."),
)
"""The columns in front of every derived table."""
MEMBER = Column("member", "Who answered, as in the long table.")
AUTHOR = Column("author", "Who answered, as in the long table: a member's key, a pair, a role label or a number.")


def plain(value: Any) -> Cell:
    """A value as one cell: an id for a choice, several joined; None for blank and for “I don't know yet”."""
    if isinstance(value, Mapping):
        return str(value["other_text"]) if "other_text" in value else None
    if isinstance(value, list):
        return ";".join(str(plain(one)) for one in value)
    return None if value is None else value if isinstance(value, bool | int | float) else str(value)


_KINDS: Mapping[str, Kind] = {"num": "number", "rate": "number", "yes": "flag", "date": "day"}


def column_of(asked: Any, name: str = "") -> Column:
    """The column of a field or of a table's column; `name` where its key is not what it is called."""
    kind = _KINDS.get(asked.type, "text")
    whole, floor = _grid_of(asked)
    unit = unit_of(asked) if kind == "number" else ""
    return Column(name or asked.key, asked.label, kind, unit, whole, options_of(asked), floor=floor)


def _grid_of(asked: Any) -> tuple[bool, float]:
    """Whether an answer's numbers are whole, and the least of them."""
    if asked.type == "rate":
        return True, asked.low
    if asked.type != "num":
        return False, 0
    floor = asked.low if isinstance(asked.low, int | float) else 0
    return asked.step % 1 == 0 and floor % 1 == 0, floor


def options_of(asked: Any) -> tuple[tuple[str, str], ...]:
    """Every value that the definition knows, and what it means; none where people may write what they like."""
    if asked.type == "rate" and asked.ends:
        named = len(asked.ends) == asked.high - asked.low + 1
        places = range(asked.low, asked.high + 1) if named else (asked.low, asked.high)
        return tuple((str(place), word) for place, word in zip(places, asked.ends, strict=False))
    if asked.type != "one" or asked.other:
        return ()
    return tuple((option.id, option.label) for option in asked.options or SHARED.get(asked.list or "", ()))


def columns_of(every: Sequence[Any], lead: Sequence[Column] = ()) -> tuple[Column, ...]:
    """A column for each thing asked; one that is called like a column in front of it gets a mark behind its name."""
    taken = {column.name for column in (*WHOSE, *lead)}
    return tuple(column_of(one, f"{one.key}_" if one.key in taken else "") for one in every)


def cell_of(asked: Any, rows: list[Row]) -> Cell:
    """One cell of a pivot: ids of choices, several joined by semicolons; words and numbers as they are."""
    if not rows:
        return None
    if asked.type in {"one", "many"}:
        return ";".join(row.value_text if row.value_id == "other" else row.value_id for row in rows)
    if asked.type == "yes":
        return bool(rows[0].value_num)
    return rows[0].value_num if asked.type in {"num", "rate"} else rows[0].value_text


def by_row(rows: Iterable[Row]) -> dict[tuple[str, str], dict[str, list[Row]]]:
    """(author, table row) to column to its parts."""
    found: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in rows:
        found.setdefault((row.author, row.row_id), {}).setdefault(row.field, []).append(row)
    return found


def table_cell(rows: Iterable[Row]) -> Cell:
    """Rows of a table in one cell, words and numbers in reading order: “a, 3; b, 5”; None for none."""
    found: dict[str, list[str]] = {}
    for row in rows:
        said = row.value_text or ("" if row.value_num is None else say_number(row.value_num))
        found.setdefault(row.row_id, []).append(said)
    return "; ".join(", ".join(filter(None, cells)) for cells in found.values()) or None
