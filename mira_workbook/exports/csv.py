"""A table as a CSV file that opens in Excel as well as in R: UTF-8 with BOM, no formulas, line breaks kept."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from mira_workbook.exports.about import About
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Cell, Table
from mira_workbook.text import formula_safe

MEDIA_TYPE = "text/csv; charset=utf-8"
_SAFE_FROM = "A"
"""A text that is not below this letter starts with no mark that a spreadsheet would take for a formula."""


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
            page = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
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


def _spelled(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[Cell]]:
    """Rows as the csv module takes them: it spells whole numbers and nothing as we do, and most texts are safe."""
    text, blank, whole, none = str, "", int, None
    return (
        [
            cell
            if cell is none
            or cell is blank
            or ((kind := cell.__class__) is text and cell >= _SAFE_FROM)  # type: ignore[operator]
            or kind is whole
            else spell(cell)
            for cell in row
        ]
        for row in rows
    )


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
