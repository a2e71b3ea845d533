"""A table as a CSV file that opens in Excel as well as in R: UTF-8 with BOM, no formulas, line breaks kept."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from mira_workbook.exports.about import About
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Cell, Table
from mira_workbook.text import formula_safe

MEDIA_TYPE = "text/csv; charset=utf-8"


class Writer:
    """CSV files, one a table, written row by row."""

    def __init__(self, folder: Path) -> None:
        self._staged = Staged(folder)
        self._pages: dict[str, tuple[IO[str], Any]] = {}

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one."""
        if table.name not in self._pages:
            # Half an emoji has no UTF-8 spelling; it must not cost the team the file.
            path = self._staged.path(f"{table.name}.csv")
            page = path.open("w", encoding="utf-8", errors="replace", newline="")
            # Not by the encoding of that name: it is written in Python and asked anew for each line.
            page.write("\ufeff")
            lines = csv.writer(page, lineterminator="\r\n")
            lines.writerow(table.head)
            self._pages[table.name] = page, lines
        self._pages[table.name][1].writerows(_spelled(table.rows))

    def close(self) -> None:
        """Finish the files."""
        for page, _ in self._pages.values():
            page.close()
        self._staged.land()


def open_(folder: Path, about: About) -> Writer:  # noqa: ARG001 - every format is opened alike
    """Begin CSV files in a folder."""
    return Writer(folder)


def write(table: Table) -> bytes:
    r"""Spell a table as CSV.

    Lines end with ``\r\n``; a line break inside a text stays ``\n`` within its quotes. Text that a spreadsheet would
    read as a formula gets a quote in front; numbers stand plain, with a decimal point and without exponents.
    """
    page = io.StringIO(newline="")
    lines = csv.writer(page, lineterminator="\r\n")
    lines.writerow(table.head)
    lines.writerows(_spelled(table.rows))
    return page.getvalue().encode("utf-8-sig", errors="replace")


def _spelled(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows as the csv module takes them.

    They are spelled column by column, each different cell once: in most columns there are few.
    """
    for start in range(0, len(rows), _AT_ONCE):
        yield from zip(*map(_column, zip(*rows[start : start + _AT_ONCE], strict=True)), strict=True)


def _column(cells: tuple[Cell, ...]) -> Sequence[Cell]:
    first = cells[0]
    if first.__class__ is str and cells.count(first) == len(cells):
        return (spell(first),) * len(cells)
    kinds = set(map(type, cells))
    if kinds <= _AS_THEY_ARE:
        return cells
    if bool in kinds and kinds & _EQUAL_TO_FLAGS:
        # True equals 1, so that one would be spelled as the other.
        return [spell(cell) for cell in cells]
    spelled = {cell: spell(cell) for cell in set(cells)}
    return [spelled[cell] for cell in cells]


_AT_ONCE = 4096
_AS_THEY_ARE = frozenset({int, type(None)})
"""Whole numbers and nothing the csv module spells as we do."""
_EQUAL_TO_FLAGS = frozenset({int, float})


def spell(cell: Cell) -> str:
    """Spell one cell: "" for nothing, TRUE or FALSE for a flag."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, str):
        return formula_safe(cell)
    plain = repr(cell)
    if "e" in plain:
        plain = f"{Decimal(plain):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
