"""Rows pasted from a spreadsheet, brought into the shape a table reads."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook import text
from mira_workbook.content.answers.base import Asked, Lists, options_of
from mira_workbook.content.answers.choices import Many, One, Rate, Yes
from mira_workbook.content.answers.table import TableField

_LONGEST = 400_000
"""Characters of a paste that are read; a full table of long texts is a tenth of it."""
_YES = frozenset({"yes", "y", "true", "x", "1"})
_DK = frozenset({"dk", "don t know", "i don t know", "i don t know yet"})


def rows_from_text(table: TableField, pasted: str, lists: Lists | None = None) -> list[dict[str, Any]]:
    """Read tab-separated rows, as a spreadsheet copies them; what cannot be read is told when the rows are checked.

    A first line that repeats the columns' labels is skipped. Choices may be pasted by label or id, several of them
    separated by “;”. In a table with fixed rows a first cell that names an item's label or id says which row is meant;
    otherwise the rows are taken in order.

    Args:
        table: the table they are for.
        pasted: the text on the clipboard; a quoted cell may hold line breaks.
        lists: the pinned lists.

    Returns:
        Raw rows for `table.check`.
    """
    lines = [line for line in _lines(pasted[:_LONGEST]) if any(cell.strip() for cell in line)]
    if lines and _is_header(table, lines[0]):
        lines = lines[1:]
    known = lists or {}
    if table.rows_from is None:
        return [{"cells": _cells(table, line, known)} for line in lines]
    return _fixed(table, lines, known)


def _lines(pasted: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(pasted, newline=""), dialect="excel-tab"))
    except csv.Error:  # one cell beyond the reader's limit, mostly a stray quote
        return [line.split("\t") for line in pasted.splitlines()]


def _is_header(table: TableField, line: Sequence[str]) -> bool:
    labels = [text.fold(column.label) for column in table.columns]
    cells = [text.fold(cell) for cell in line]
    return cells[: len(labels)] == labels or (table.rows_from is not None and cells[1 : len(labels) + 1] == labels)


def _fixed(table: TableField, lines: Sequence[Sequence[str]], lists: Lists) -> list[dict[str, Any]]:
    items = options_of(table.rows_from, (), lists)
    named = {text.fold(name): item.id for item in items for name in (item.label, item.id)}
    rows = []
    for line, item in zip(lines, [*items, *[None] * len(lines)], strict=False):
        row_id = named.get(text.fold(line[0]))
        cells = _cells(table, line if row_id is None else line[1:], lists)
        rows.append({"row_id": row_id or (item.id if item else text.clean(line[0])[:60]), "cells": cells})
    return rows


def _cells(table: TableField, line: Sequence[str], lists: Lists) -> dict[str, Any]:
    pairs = zip(table.columns, line, strict=False)
    return {column.key: value_of(column, cell.strip(), lists) for column, cell in pairs if cell.strip()}


def value_of(column: Asked, cell: str, lists: Lists) -> Any:
    """The raw value a pasted cell stands for."""
    if isinstance(column, One):
        return _pick(cell, _ids(column, lists), other=column.other)
    if isinstance(column, Many):
        picks = [part.strip() for part in cell.split(";") if part.strip()]
        return [_pick(part, _ids(column, lists), other=column.other) for part in picks]
    if isinstance(column, Yes):
        return text.fold(cell) in _YES or cell == "✓"
    if isinstance(column, Rate) and column.dk and (text.fold(cell) in _DK or cell == "?"):
        return {"dk": True}
    return cell


def _ids(column: One | Many, lists: Lists) -> Mapping[str, str]:
    options = options_of(column.list, column.options, lists)
    return {text.fold(name): option.id for option in options for name in (option.id, option.label)}


def _pick(cell: str, ids: Mapping[str, str], *, other: bool) -> Any:
    known = ids.get(text.fold(cell))
    return known or ({"id": "other", "other_text": cell} if other else cell)
