"""Rows that come into a team's table from a pasted sheet or a file: read, joined with what stands, told by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mira_workbook import text
from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Lists
from mira_workbook.content.answers.table import TableField, new_row_id
from mira_workbook.content.csv_rows import Unread, read_csv_rows
from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError
from mira_workbook.rules.progress import pen_page
from mira_workbook.widgets.answering import may_write
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.starts import start_value

ROWS = "$rows"
"""The message that brings rows: `{field, text}`."""
_MOST_TOLD = 30
"""Lines that are told one by one."""
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a sheet: the table's rows with the new ones, how many are new or changed, and what was left."""

    rows: list[dict[str, Any]]
    added: int = 0
    updated: int = 0
    problems: tuple[Unread, ...] = ()
    left: str = ""

    def told(self) -> Doc:
        """The same as the page is told it; `left` is the text that is still to be mended."""
        problems = [{"line": one.line, "text": one.text} for one in self.problems[:_MOST_TOLD]]
        if more := len(self.problems) - _MOST_TOLD:
            problems += [{"line": 0, "text": say("rows_more", n=more)}] if more > 0 else []
        return {"problems": problems, "added": self.added, "updated": self.updated, "left": self.left}


def bring_rows(room: Room, step: Step, asked: Any, pasted: Any) -> Brought:
    """Read a sheet for a team's table and join its rows with those that stand.

    Raises:
        MiraError: the table takes no sheet, or this person may not write in it now.
    """
    if not _may(room, step, asked) or not isinstance(pasted, str):
        raise MiraError(say("rows_not_here"))
    standing = start_value(room, step, asked, team=True).value or []
    rows, problems = read_csv_rows(asked, pasted, room.context.lists, room.context)
    brought = joined(asked, standing, rows, room.context.lists)
    if (n := len(brought.rows)) > asked.max_rows and rows:
        over = say("rows_too_many", n=n, max=asked.max_rows, over=n - asked.max_rows)
        return Brought(list(standing), problems=(Unread(0, over),), left=pasted)
    left = _left(pasted, problems, all_of_it=not rows)
    return Brought(brought.rows, brought.added, brought.updated, tuple(problems), left)


def _may(room: Room, step: Step, asked: Any) -> bool:
    """Whether this person fills this table now; the store's guards judge the save once more."""
    takes = isinstance(asked, TableField) and asked.import_rows and asked.rows_from is None
    here = room.phase(step) == "together" and any(f.key == asked.key for f in room.writes(step))
    return takes and here and (step.pen != "one" or may_write(room, step, pen_page(step, asked)))


def joined(table: TableField, standing: Rows, brought: Rows, lists: Lists) -> Brought:
    """Join rows with those that stand: one whose `unique` cell says what a standing row says changes that row.

    A cell that a brought row leaves out stays as it is.
    """
    rows: list[dict[str, Any]] = [dict(row) for row in standing]
    places = {name: i for i, row in enumerate(rows) if (name := _name(table, row, lists))}
    added = updated = 0
    for row in brought:
        at = places.get(_name(table, row, lists))
        if at is None:
            rows.append({"row_id": new_row_id(), "cells": dict(row["cells"])})
            added += 1
            continue
        cells = {**rows[at]["cells"], **row["cells"]}
        updated += cells != rows[at]["cells"]
        rows[at] = {**rows[at], "cells": cells}
    return Brought(rows, added, updated)


def _name(table: TableField, row: Mapping[str, Any], lists: Lists) -> str:
    """What a row is told apart by, comparable; "" where the table tells none apart."""
    column = next((c for c in table.columns if c.key == table.unique), None)
    return text.fold(column.show(row["cells"].get(column.key), lists)) if column else ""


def _left(pasted: str, problems: Sequence[Unread], *, all_of_it: bool) -> str:
    """The first line with the lines that were not taken; the whole text where nothing was."""
    if all_of_it:
        return pasted if problems else ""
    lines = dict.fromkeys(one.raw for one in problems if one.raw)
    first = pasted.lstrip("\ufeff").splitlines()[:1]
    return "\n".join([*first, *lines]) if lines else ""
