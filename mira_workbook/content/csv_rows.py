"""Rows of a CSV file or a pasted sheet whose first line names the columns: good rows are read, bad lines are named."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mira_workbook import text
from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Asked, Context, Lists, Problem, options_of, quoted
from mira_workbook.content.answers.choices import Many, One
from mira_workbook.content.answers.numbers import Date
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.answers.words import Long, Text
from mira_workbook.content.paste import value_of

_LONGEST = 400_000
"""Characters that are read; a full table of long texts is a tenth of it."""
_DELIMITERS = "\t;,"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be taken.

    Attributes:
        line: the line in the text, from 1; 0 where it is about the whole text.
        text: the sentence to show.
        raw: the words of the line, to be mended.
    """

    line: int
    text: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class _Record:
    """One row of the sheet: the line it begins in, its cells, its words; no cells where it could not be read."""

    line: int
    cells: tuple[str, ...] | None
    raw: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line.

    Attributes:
        columns: for each of its cells, None for one without a name and for one that is not asked here.
        names: how each is written there.
        not_asked: names of columns that the workbook has and this session does not ask.
    """

    columns: tuple[Asked | None, ...]
    names: tuple[str, ...]
    not_asked: tuple[str, ...] = ()


def read_csv_rows(
    table: TableField, pasted: str, lists: Lists, context: Context | None = None
) -> tuple[list[dict[str, Any]], list[Unread]]:
    """Read rows whose first line names the columns by key or label, in any order.

    Commas, semicolons or tabs may stand between the cells, and a quoted cell may hold line breaks. A cell is judged as
    if it had been typed; a cell that is left out may be filled in later.

    Args:
        table: the table they are for.
        pasted: the text of the file or of the clipboard.
        lists: the pinned lists.
        context: what the cells are checked against; the lists alone if not given.

    Returns:
        The rows that can be taken, as `{"cells": {…}}` with checked cells, and what cannot, by line. Where the first
        line cannot be understood, no row is taken. A column that this session does not ask is left out, and that is
        said.
    """
    words = pasted.replace("\0", "").lstrip(_BYTE_ORDER_MARK)
    if len(words) > _LONGEST:
        return [], [Unread(0, say("rows_too_long", max=table.max_rows), words)]
    records = _records(table, words)
    if not records:
        return [], [Unread(0, say("rows_no_header", columns=_labels(table)))]
    head = _head(table, records[0])
    if problems := _of_head(table, records[0], head):
        return [], problems
    if len(records) == 1:
        return [], [Unread(0, say("rows_nothing"), records[0].raw)]
    rows, problems = _rows(table, head, records[1:], context or Context(lists=lists))
    return rows, [*(Unread(0, say("rows_not_asked", name=quoted(name))) for name in head.not_asked), *problems]


def _records(table: TableField, words: str) -> list[_Record]:
    """The rows of the sheet, cut where its first line names the most columns."""
    known = _names(table)

    def found(delimiter: str) -> tuple[int, int]:
        first = next(_cut(words, delimiter), None)
        cells = first.cells if first and first.cells else ()
        return sum(text.fold(cell) in known for cell in cells), len(cells)

    return list(_cut(words, max(_DELIMITERS, key=found)))


def _cut(words: str, delimiter: str) -> Iterator[_Record]:
    """Rows that hold anything, each with the line it begins in."""
    lines = list(io.StringIO(words, newline=""))
    reader = csv.reader(iter(lines), delimiter=delimiter)
    while (start := reader.line_num) < len(lines):
        try:
            cells: tuple[str, ...] | None = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error:  # one cell beyond the reader's limit, mostly a stray quote
            cells = None
        if cells is None or any(cells):
            yield _Record(start + 1, cells, "".join(lines[start : reader.line_num]).rstrip("\r\n"))


def _names(table: TableField) -> dict[str, Asked]:
    """Columns by what the first line may call them."""
    return {text.fold(name): column for column in table.columns for name in (column.label, column.key)}


def _labels(table: TableField) -> str:
    return text.join_labels([column.label for column in table.columns])


def _head(table: TableField, record: _Record) -> _Head:
    known, names = _names(table), record.cells or ()
    elsewhere = {text.fold(name) for column in table.left_out for name in (column.label, column.key)} - {*known}
    not_asked = tuple(name for name in names if text.fold(name) in elsewhere)
    return _Head(tuple(known.get(text.fold(name)) for name in names), names, not_asked)


def _of_head(table: TableField, record: _Record, head: _Head) -> list[Unread]:
    """What is wrong with the first line."""
    if not any(head.columns):
        return [Unread(1, say("rows_no_header", columns=_labels(table)), record.raw)]
    named = [name for name, column in zip(head.names, head.columns, strict=True) if name and not column]
    told = [_unknown(table, name) for name in named if name not in head.not_asked]
    seen: set[str] = set()
    for name, column in zip(head.names, head.columns, strict=True):
        if column and column.key in seen:
            told.append(say("rows_double", name=quoted(name)))
        seen.add(column.key if column else "")
    naming = _naming(table)
    if naming and naming.key not in seen:
        told.append(say("rows_without", name=naming.label))
    return [Unread(record.line, sentence, record.raw) for sentence in told]


def _unknown(table: TableField, name: str) -> str:
    near = _nearest(name, [word for column in table.columns for word in (column.label, column.key)])
    return say("rows_unknown_near" if near else "rows_unknown", name=quoted(name), near=near)


def _nearest(word: str, words: Sequence[str]) -> str:
    """The word that is spelled almost so, "" if none is."""
    folded = {text.fold(one): one for one in words}
    found = get_close_matches(text.fold(word[:80]), list(folded), n=1)
    return folded[found[0]] if found else ""


def _naming(table: TableField) -> Asked | None:
    """The column that names a row: the one that stands only once, else the first text that is required."""
    texts = [column for column in table.columns if isinstance(column, Text | Long) and column.required]
    return next((column for column in table.columns if column.key == table.unique), texts[0] if texts else None)


def _rows(
    table: TableField, head: _Head, records: Sequence[_Record], context: Context
) -> tuple[list[dict[str, Any]], list[Unread]]:
    rows: list[dict[str, Any]] = []
    problems: list[Unread] = []
    first: dict[str, int] = {}
    for record in records:
        cells, told = _row(head, record, context)
        told = told or _of_name(table, record, cells, first, context)
        problems += [Unread(record.line, sentence, record.raw) for sentence in told]
        if not told and cells:
            rows.append({"cells": cells})
    return rows, problems


def _row(head: _Head, record: _Record, context: Context) -> tuple[dict[str, Any], list[str]]:
    """The checked cells of a row, and what stops it."""
    if record.cells is None:
        return {}, [say("rows_unreadable", line=record.line)]
    if any(record.cells[len(head.names) :]):
        return {}, [say("rows_wide", line=record.line)]
    cells: dict[str, Any] = {}
    told = []
    for name, column, cell in zip(head.names, head.columns, record.cells, strict=False):
        if not cell or column is None:
            continue
        checked = column.check(value_of(column, cell, context.lists), context)
        told += [_sentence(record.line, (name, column, cell), problem, context) for problem in checked.stops[:1]]
        if checked.value is not None:
            cells[column.key] = checked.value
    return cells, told


def _sentence(line: int, at: tuple[str, Asked, str], problem: Problem, context: Context) -> str:
    """Why a cell cannot be taken, with its line, and its column as the first line calls it."""
    column, asked, cell = at
    slots = {"line": line, "column": column, "value": quoted(cell)}
    if problem.code == "E04":
        return say("rows_day" if isinstance(asked, Date) else "rows_number", **slots)
    if problem.code == "E14" and isinstance(asked, One | Many):
        options = options_of(asked.list, asked.options, context.lists)
        near = _nearest(cell, [option.label for option in options])
        return say("rows_choice_near" if near else "rows_choice", near=near, **slots)
    return say("rows_cell", why=problem.text, **slots)


def _of_name(
    table: TableField, record: _Record, cells: Mapping[str, Any], first: dict[str, int], context: Context
) -> list[str]:
    """Whether a row says what it is about, and no earlier one the same; notes it for the later ones."""
    column = _naming(table)
    if column is None:
        return []
    words = column.show(cells.get(column.key), context.lists)
    if not words:
        return [say("rows_nameless", line=record.line, column=column.label)]
    earlier = first.setdefault(text.fold(words), record.line) if table.unique else record.line
    told = say("rows_twice", line=record.line, value=quoted(words), earlier=earlier)
    return [told] if earlier != record.line else []
