"""What a table offers to be filled with one tap: rows from earlier work, and rows that may stay as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook import text
from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Use
from mira_workbook.content.start_args import AsTheyAre, CarriedRows
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room

Rows = Sequence[Mapping[str, Any]]


def suggestions(room: Room, asked: Any, rows: Rows) -> list[Doc]:
    """Rows that another workbook handed on, as `{label, cells}`; those whose name the table holds are left out.

    Args:
        room: whose session has the rows carried in.
        asked: the table.
        rows: what stands in it.
    """
    use: Use | None = getattr(asked, "suggest", None)
    if use is None:
        return []
    args = CarriedRows.model_validate(use.arguments)
    name = asked.unique or asked.columns[0].key
    known = {text.fold(str(row["cells"].get(name, ""))) for row in rows}
    offered = []
    for carried in _carried(room, args.key):
        cells = {here: carried[there] for here, there in args.into.items() if carried.get(there) not in (None, "")}
        label = str(cells.get(name, ""))
        if text.fold(label) and text.fold(label) not in known:
            known.add(text.fold(label))
            offered.append({"label": label, "cells": cells})
    return offered


def _carried(room: Room, key: str) -> list[Mapping[str, Any]]:
    """Rows that were handed on under a key; none where nothing was, or something else."""
    carry = room.snapshot.carries.get(key)
    value = getattr(carry, "value", carry)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def bulk(room: Room, asked: Any, rows: Rows, hints: Mapping[str, str]) -> Doc | None:
    """Rows of an undecided list that may be filled all at once, as `{label, rows: {row_id: cells}}`; None if none may.

    Args:
        room: whose lists hold the options.
        asked: the table.
        rows: what stands in it: a row in which one of the cells holds anything is decided.
        hints: option to what is hinted at for it.
    """
    use: Use | None = getattr(asked, "bulk", None)
    if use is None or not asked.rows_from:
        return None
    args = AsTheyAre.model_validate(use.arguments)
    decided = {row["row_id"] for row in rows if any(row["cells"].get(key) is not None for key in args.cells)}
    options = room.context.lists.get(asked.rows_from, ())
    open_ones = [o.id for o in options if o.id not in decided and hints.get(o.id) in args.hint]
    if not open_ones:
        return None
    cells = dict(args.cells)
    return {"label": say("bulk_as_they_are", n=len(open_ones)), "rows": dict.fromkeys(open_ones, cells)}
