"""A table as files hold it: named columns with a type and a unit, rows of plain cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Cell = str | int | float | bool | None
Kind = Literal["text", "number", "flag", "day", "moment"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: as the first line of a file spells it.
        about: one sentence for the codebook.
        kind: `flag` is TRUE or FALSE; `day` ISO; `moment` ISO in UTC.
        unit: of its numbers, "" for none.
        whole: its numbers have no places behind the point.
        options: (what stands in a cell, what it means) where the definition knows every value; of a scale its named
            places. Programs for statistics number them in this order.
        state: the column that says why a cell here is empty, "" for none.
        floor: no number of it lies below.
    """

    name: str
    about: str
    kind: Kind = "text"
    unit: str = ""
    whole: bool = False
    options: tuple[tuple[str, str], ...] = ()
    state: str = ""
    floor: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; every row has a cell for each column, None where nothing is known."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def records(self) -> list[dict[str, Cell]]:
        """Each row as a mapping, column to cell."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


def lead_with(columns: tuple[Column, ...], cells: tuple[Cell, ...], table: Table) -> Table:
    """Put the same columns and cells in front of every row: whose rows they are."""
    return replace(table, columns=columns + table.columns, rows=tuple(cells + row for row in table.rows))


def stack(tables: Iterable[Table]) -> dict[str, Table]:
    """Join tables of the same name, in the order given.

    Raises:
        ValueError: tables of one name differ in their columns.
    """
    joined: dict[str, Table] = {}
    for table in tables:
        before = joined.get(table.name, replace(table, rows=()))
        if before.columns != table.columns:
            raise ValueError(f"Tables named {table.name} differ in their columns.")
        joined[table.name] = replace(table, rows=before.rows + table.rows)
    return joined
