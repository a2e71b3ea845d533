"""Rows of typed columns: free, fixed, or ordered."""

import base64
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, cast

from pydantic import Field, PrivateAttr

from mira_workbook import text
from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import (
    Asked,
    Checked,
    Context,
    Lists,
    Option,
    Placed,
    Problem,
    Use,
    options_of,
    quoted,
)
from mira_workbook.content.answers.choices import Many, One, Rate, Yes
from mira_workbook.content.answers.conditions import demanded, matches, shown
from mira_workbook.content.answers.numbers import Date, Num
from mira_workbook.content.answers.words import Long, Text

Column = Annotated[Text | Long | One | Many | Rate | Num | Date | Yes, Field(discriminator="type")]
_ROW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:|-]{0,59}")
_MOST_ROWS = 2000
_NAMED = 4
"""Of more missing columns only the first are named, one fewer than these."""
"""Rows beyond which nobody typed or pasted them."""


def new_row_id() -> str:
    """A row id nobody has: eight base32 characters."""
    return base64.b32encode(secrets.token_bytes(5)).decode()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as read: its place among the rows sent (from 1), its checked cells, its problems."""

    id: str
    place: int
    cells: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


class TableField(Asked, Placed):
    """Rows `{"row_id": …, "cells": {column: value}}`.

    Free rows carry ids of their own; with `rows_from` there is one row per item of that list and row_id = item id.
    A blank row is dropped; a half-filled row is a problem (E10).
    """

    type: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=1)
    min_rows: int = Field(0, ge=0)
    max_rows: int = Field(40, ge=1, le=400)
    rows_from: str | None = None
    ordered: bool = False
    prefix: str = Field("", max_length=4, description="row ids of a team table: this and a number, never used again")
    digits: int = Field(1, ge=1, le=4, description="the least digits of that number: with 2 the first is 01")
    unique: str | None = Field(None, description="column whose wording may stand only once (E11)")
    row_word: str = Field("row", description="what one row is called on buttons: “Add another task”")
    rows_prefill: Use | None = None
    group: str | None = Field(None, description="column under whose values the rows stand in groups")
    brief: tuple[str, ...] = Field((), description="columns a phone asks; the others are filled in on a wide screen")
    import_rows: bool = Field(default=False, description="rows may be pasted, or read from a CSV file")
    suggest: Use | None = Field(None, description="rows that are offered, to be added with one tap")
    bulk: Use | None = Field(None, description="rows that may be filled all at once, with one tap")
    min_filled: int | None = Field(
        None, ge=0, description="rows of a fixed table that must be filled; all if not set and required"
    )

    _left_out: tuple[Asked, ...] = PrivateAttr(())

    @property
    def left_out(self) -> tuple[Asked, ...]:
        """Columns of the definition that this session does not ask; see `tailoring`."""
        return self._left_out

    def with_columns(self, columns: tuple[Any, ...], brief: tuple[str, ...]) -> "TableField":
        """The same table with other columns; those that are gone are remembered as left out."""
        keys = {column.key for column in columns}
        made = self.model_copy(update={"columns": columns, "brief": brief})
        made._left_out = tuple(c for c in self.columns if c.key not in keys)  # noqa: SLF001 - it is our own
        return made

    def read(self, raw: Any, context: Context) -> Checked:
        """Read the rows: blank ones dropped, half-filled ones named, counts and doubles looked at."""
        sent = self._sent(raw)
        if sent is None:
            return self.misshapen()
        if len(sent) > _MOST_ROWS:
            return Checked(None, (self.problem("E13_cut", max=self.max_rows, n=len(sent) - self.max_rows),))
        if self.rows_from is not None:
            return self._read_fixed(sent, context)
        rows = [self._read_row(row, place, context) for place, row in enumerate(_with_ids(sent), 1)]
        filled = [row for row in rows if _is_filled(row.cells)]
        problems = [problem for row in rows for problem in row.problems]
        counted = sum(_is_filled(row.cells) or bool(row.problems) for row in rows)
        return Checked(_plain(filled), (*problems, *self._doubles(filled, context), *self._size(counted, context)))

    def check(self, raw: Any, context: Context) -> Checked:
        """Check the rows; a table with a least number of rows, or with rows of its own, says what is still missing."""
        wants = self.rows_from is not None or self.min_rows > 0
        return super().check([] if wants and (raw is None or raw == "") else raw, context)

    def _sent(self, raw: Any) -> list[Mapping[str, Any]] | None:
        """The rows as they came; None if it is no list of rows."""
        if not isinstance(raw, list) or len(raw) > 10 * _MOST_ROWS:
            return None
        return raw if all(isinstance(row, dict) and isinstance(row.get("cells"), dict) for row in raw) else None

    def _read_fixed(self, sent: Sequence[Mapping[str, Any]], context: Context) -> Checked:
        items = options_of(self.rows_from, (), context.lists)
        given = {str(row.get("row_id")): row for row in reversed(sent) if isinstance(row.get("row_id"), str | int)}
        gone = [row for row in sent if not any(row.get("row_id") == item.id for item in items)]
        problems = [
            self.problem("E14", x=quoted(row.get("row_id") or "")) for row in gone if any(row["cells"].values())
        ]
        rows = [
            self._read_row({"row_id": item.id, "cells": given.get(item.id, {}).get("cells", {})}, place, context, item)
            for place, item in enumerate(items, 1)
        ]
        filled = [row for row in rows if row.cells or row.problems]
        problems += [problem for row in filled for problem in row.problems]
        problems += self._unfilled(rows, context) + self._doubles(filled, context)
        return Checked(_plain(filled), tuple(problems))

    def _unfilled(self, rows: Sequence[_Row], context: Context) -> list[Problem]:
        """What a fixed table still wants: every row when required, or the least number of them."""
        blank = [row for row in rows if not row.cells and not row.problems]
        if context.draft or context.partial or not blank:
            return []
        if self.min_filled is None:
            first = next((column.key for column in self.columns if column.required), "")
            names = {item.id: item.label for item in options_of(self.rows_from, (), context.lists)}
            told = [(row.id, self.problem("E01_item", item=names.get(row.id, ""))) for row in blank if self.required]
            return [replace(problem, row=row, column=first) for row, problem in told]
        wanted = min(self.min_filled, len(rows)) - (len(rows) - len(blank))
        return [self.problem("E13_fill", n=wanted, min=self.min_filled)] if wanted > 0 else []

    def _read_row(self, row: Mapping[str, Any], place: int, context: Context, item: Option | None = None) -> _Row:
        facts = context.items.get(row["row_id"], {})
        raw = row["cells"]
        given = [column for column in self.columns if raw.get(column.key) not in (None, "")]
        read = {column.key: column.read(raw[column.key], context) for column in given}
        values = {key: checked.value for key, checked in read.items() if checked.value is not None}
        seen = shown(self.columns, values, facts)
        cells = {key: value for key, value in values.items() if key in seen}
        problems = [
            replace(problem, field=self.key, row=row["row_id"], column=key)
            for key, checked in read.items()
            if key in seen
            for problem in checked.problems
            if problem.code != "E01"  # a box to be ticked counts once the row holds anything else
        ]
        if _is_filled(cells) and not context.draft and not context.partial:
            wanted = [column for column in self.columns if column.key in seen and _wants(column, cells, facts)]
            filled = {key for key in seen if self._filled(key, cells, context, facts)}
            told = {problem.column for problem in problems} | filled
            missing = [column for column in wanted if column.key not in told]
            name = item.label if item else self._name(cells)
            problems += self._missing(missing, row["row_id"], place, name) if missing else []
        return _Row(row["row_id"], place, cells, tuple(problems))

    def _filled(self, key: str, cells: Mapping[str, Any], context: Context, facts: Mapping[str, Any]) -> bool:
        """Whether a check of the step fills a blank cell in."""
        return any(matches(when, cells, facts) for when in context.fills.get(f"{self.key}.{key}", ()))

    def _name(self, cells: Mapping[str, Any]) -> str:
        """What a merged row is called: its rows have no numbers, and none of them can be cleared."""
        return str(cells.get(self.columns[0].key, "")) if self.control == "merge" else ""

    def _missing(self, columns: Sequence[Asked], row_id: str, place: int, name: str) -> list[Problem]:
        """The half-filled row (E10), naming what is missing by its labels."""
        cols = [text.inside_sentence(column.label) for column in columns]
        if len(cols) > _NAMED:
            cols = [*cols[: _NAMED - 1], say("E10_more", n=len(cols) - _NAMED + 1)]
        problem = self.problem("E10_item" if name else "E10", r=place, cols=text.join_words(cols), item=name)
        return [replace(problem, row=row_id, column=columns[0].key)]

    def _doubles(self, rows: Sequence[_Row], context: Context) -> list[Problem]:
        """Rows whose `unique` column says what an earlier row says (E11)."""
        column = next((column for column in self.columns if column.key == self.unique), None)
        first: dict[str, int] = {}
        problems = []
        for row in rows if column else ():
            words = cast("Asked", column).show(row.cells.get(self.unique or ""), context.lists)
            if not (folded := text.fold(words)):
                continue
            earlier = first.setdefault(folded, row.place)
            if earlier != row.place:
                problem = self.problem("E11", x=quoted(words), r=earlier)
                problems.append(replace(problem, row=row.id, column=self.unique or ""))
        return problems

    def _size(self, n: int, context: Context) -> list[Problem]:
        if n > self.max_rows:
            return [self.problem("E13_cut", max=self.max_rows, n=n - self.max_rows)]
        if n < self.min_rows and not context.draft and not context.partial:
            return [self.problem("E13_add", min=self.min_rows, n=self.min_rows - n)]
        return []

    def row_id(self, number: int) -> str:
        """Spell the id of a numbered row: prefix I and two digits give I07."""
        return f"{self.prefix}{number:0{self.digits}}"

    def number_of(self, row_id: str) -> int:
        """The number in a row's id, 0 if it is not one that this table gives."""
        tail = row_id.removeprefix(self.prefix)
        number = int(tail) if tail.isascii() and tail.isdecimal() else 0
        return number if number and self.row_id(number) == row_id else 0

    def demands(self, context: Context) -> bool:
        """Rows of a list that is empty need no answer."""
        return self.required and (self.rows_from is None or bool(options_of(self.rows_from, (), context.lists)))

    def show(self, value: Any, lists: Lists) -> str:
        """Spell the rows on one line: cells joined by “ · ”, rows by “; ”, a fixed row led by its label."""
        labels = {item.id: item.label for item in options_of(self.rows_from, (), lists)} if self.rows_from else {}
        return "; ".join(self._show_row(row, labels.get(row.get("row_id", ""), ""), lists) for row in value or ())

    def _show_row(self, row: Mapping[str, Any], label: str, lists: Lists) -> str:
        cells = [column.show(row["cells"].get(column.key), lists) for column in self.columns]
        told = " · ".join(cell for cell in cells if cell)
        return f"{label}: {told}" if label else told


def _wants(column: Asked, cells: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    if isinstance(column, Yes):
        return column.must and not cells.get(column.key)
    return column.key not in cells and demanded(column, cells, facts)


def _with_ids(sent: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Free rows, each with an id of its own: a good one is kept, a missing, odd or repeated one replaced."""
    known: set[str] = set()
    rows: list[Mapping[str, Any]] = []
    for row in sent:
        given = row.get("row_id")
        good = isinstance(given, str) and _ROW_ID.fullmatch(given) and given not in known
        row_id = str(given) if good else new_row_id()
        known.add(row_id)
        rows.append({"row_id": row_id, "cells": row["cells"]})
    return rows


def _is_filled(cells: Mapping[str, Any]) -> bool:
    """Whether anybody said anything; a box left unticked says nothing by itself."""
    return any(value is not False for value in cells.values())


def _plain(rows: Sequence[_Row]) -> list[dict[str, Any]] | None:
    """The JSON value; None where there is nothing."""
    return [{"row_id": row.id, "cells": dict(row.cells)} for row in rows if row.cells] or None
