"""One table on sheets of an Excel file: real numbers, days and ticks; text that is never run."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from mira_workbook.exports.letters import letters
from mira_workbook.exports.table import Cell, Column, Kind, Table
from mira_workbook.text import formula_safe

MOST_ROWS = 1_048_576
"""Rows of a sheet, the head included."""
MOST_CHARS = 32_767
"""UTF-16 units of a cell."""
_NARROW, _OF_A_NUMBER, _WIDE, _LOOKED_AT = 8, 12, 60, 200
_SAFE_FROM = "A"
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel's calendar from March 1900 on; days before that stand as text."""
_CALENDAR_IS_RIGHT_FROM = 61
_SECONDS_A_DAY = 86_400

Put = Callable[[Any, int, int, Any], None]
"""Write a value to a sheet at row and column."""
Counted = Callable[[Mapping[str, str], Mapping[str, Cell]], Mapping[str, str]]
"""Cells of a row by column (`$J5`), and what stands in them, to formulas by column."""


class Sheets:
    """The sheets of one table; more rows than a sheet holds go on to the next.

    Attributes:
        names: of the sheets so far.
        columns: of the table.
        rows: written so far, without heads.
    """

    def __init__(self, begin: Callable[[], Any], looks: Mapping[str, Any], columns: Sequence[Column]) -> None:
        self._begin, self._looks, self.columns = begin, looks, tuple(columns)
        self._puts = tuple(_PUTS[column.kind] for column in columns)
        # Sheets stand in the order in which they are begun, also where their rows come late.
        self._sheet = begin()
        self._next = 0
        self.names: list[str] = [self._sheet.get_name()]
        self.rows = 0

    def add(self, table: Table, counted: Counted | None = None) -> None:
        """Write rows below those that are there; `counted` gives formulas for some of their cells."""
        if not self._next:
            self._head(table.rows[:_LOOKED_AT])
        rows = table.rows
        while True:
            room = MOST_ROWS - self._next
            if counted:
                self._count(rows[:room], counted)
            else:
                self._write(rows[:room])
            rows = rows[room:]
            if not rows:
                return
            self.finish()
            self._sheet = self._begin()
            self.names.append(self._sheet.get_name())
            self._head(rows[:_LOOKED_AT])

    def finish(self) -> None:
        """Set filters over all rows of the sheet."""
        if self.columns:
            self._sheet.autofilter(0, 0, max(1, self._next - 1), len(self.columns) - 1)

    def _count(self, rows: Sequence[tuple[Cell, ...]], counted: Counted) -> None:
        """Write rows in which some numbers are formulas; where there is no number there is no formula either."""
        head = tuple(column.name for column in self.columns)
        for at, row in enumerate(rows, start=self._next):
            cells = {name: f"${letters(place)}{at + 1}" for place, name in enumerate(head)}
            formulas = counted(cells, dict(zip(head, row, strict=True)))
            for place, (name, cell) in enumerate(zip(head, row, strict=True)):
                if cell is None or cell == "":
                    continue
                if name in formulas:
                    self._sheet.write_formula(at, place, f"={formulas[name]}", None, cell)
                else:
                    self._puts[place](self._sheet, at, place, cell)
        self._next += len(rows)
        self.rows += len(rows)

    def _write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        sheet, at, each = self._sheet, self._next, tuple(enumerate(self._puts))
        for row in rows:
            for place, put in each:
                cell = row[place]
                if cell is not None and cell != "":
                    put(sheet, at, place, cell)
            at += 1
        self._next = at
        self.rows += len(rows)

    def _head(self, first: Sequence[tuple[Cell, ...]]) -> None:
        sheet = self._sheet
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        for place, column in enumerate(self.columns):
            # A column's look goes for every cell in it without one of its own: nothing is paid for each cell.
            sheet.set_column(place, place, _width(column, [row[place] for row in first]), self._looks[column.kind])
        for place, column in enumerate(self.columns):
            sheet.write_string(0, place, column.name, self._looks["head"])
        self._next = 1


def _width(column: Column, cells: Sequence[Cell]) -> float:
    """Letters that the head and nine of ten of its first cells have room in."""
    if column.kind in {"day", "moment"}:
        return 18 if column.kind == "moment" else 12
    longest = sorted(max(map(len, str(cell).split("\n"))) for cell in cells if cell is not None)
    usual = longest[len(longest) * 9 // 10] if longest else 0
    # A number is shown with as many places as there is room for.
    widest = _OF_A_NUMBER if column.kind == "number" else _WIDE
    # The mark of the filter stands over the end of the head.
    return max(_NARROW, min(widest, usual + 2), min(_WIDE, len(column.name) + 4))


def _text(sheet: Any, row: int, place: int, cell: Any) -> None:
    if cell.__class__ is not str:
        _number(sheet, row, place, cell)
    elif cell >= _SAFE_FROM and cell.isascii():
        sheet.write_string(row, place, cell)
    else:
        sheet.write_string(row, place, plain(cell))


def plain(text: str) -> str:
    """A text as a cell may hold it: nothing that is run, nothing that breaks the file, not more than there is room for.

    Half an emoji has no spelling; a whole one counts twice.
    """
    # XlsxWriter takes what stands in these marks for a rich text of its own, and writes it as it is.
    marked = "'" + text if text.startswith("<r>") and text.endswith("</r>") else formula_safe(text)
    whole = marked.encode("utf-8", errors="replace").decode()
    if len(whole) * 2 <= MOST_CHARS:
        return whole
    return whole.encode("utf-16-le")[: 2 * MOST_CHARS].decode("utf-16-le", errors="ignore")


def _number(sheet: Any, row: int, place: int, cell: Any) -> None:
    if cell.__class__ is bool:
        sheet.write_boolean(row, place, cell)
    elif cell.__class__ is str:
        sheet.write_string(row, place, plain(cell))
    else:
        sheet.write_number(row, place, cell)


def _day(sheet: Any, row: int, place: int, cell: Any) -> None:
    serial = _serial(cell)
    if serial is None:
        sheet.write_string(row, place, plain(str(cell)))
    else:
        sheet.write_number(row, place, serial)


def _serial(iso: str) -> float | None:
    """An ISO day or moment as Excel counts: days since its first, UTC; None for a text that is none."""
    try:
        at = datetime.fromisoformat(iso)
    except (TypeError, ValueError):
        return None
    days = (at.date() - _FIRST_DAY).days
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return days + seconds / _SECONDS_A_DAY if days >= _CALENDAR_IS_RIGHT_FROM else None


_PUTS: Mapping[Kind, Put] = {"text": _text, "number": _number, "flag": _number, "day": _day, "moment": _day}
"""What writes a cell of each kind; a cell that is not of its column's kind is written as what it is."""
