"""What a table's own way of asking needs beside its columns: ideas to merge, what is set aside, how many to pick."""

from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.content.answers.choices import Many, One
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.answers.words import Long, Text
from mira_workbook.content.check_args import CHECK_ARGS, AtMostEach, CheckArgs, CountPicked
from mira_workbook.content.definition import Step
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room

SET_ASIDE = "set_aside"
"""The table of a merging step for ideas that are no longer on the list."""
NEW = "new"
"""What a column that says where a row was named says of a row that is added here."""
Rows = Sequence[Mapping[str, Any]]


def merging(room: Room, step: Step, asked: TableField, started: Rows, aside: Rows) -> Doc:
    """The ideas that a merging control works on, without who brought them, and what was set aside.

    Args:
        room: whose pinned lists hold the ideas.
        step: where the table stands.
        asked: the table; its first choice of several names the ideas a row is made from.
        started: a row for each idea, as the table starts.
        aside: what stands in the table of ideas set aside.
    """
    merged = next(c for c in asked.columns if isinstance(c, Many))
    label = next(c for c in asked.columns if isinstance(c, Text | Long))
    cells = {idea: _own(row, merged.key) for row in started for idea in row["cells"].get(merged.key, ())}
    ideas = room.context.lists.get(merged.list or "", ())
    return {
        "proposals": [{"id": o.id, "label": o.label, "cells": cells.get(o.id, {})} for o in ideas],
        "label_field": label.key,
        "merged_field": merged.key,
        "origin_field": _origin(asked),
        "group": asked.group,
        "added": _added(room, asked, merged),
        "picked": picked(step, asked),
    } | _aside(step, aside)


def _own(row: Mapping[str, Any], merged: str) -> Doc:
    """What an idea brings to a row besides its name among the sources."""
    return {key: value for key, value in row["cells"].items() if key != merged}


def _origin(asked: TableField) -> str | None:
    """The column that says in which step a row was named; nobody fills it in."""
    return str(asked.rows_prefill.arguments["origin"]) if _is_gathered(asked) and asked.rows_prefill else None


def _is_gathered(asked: TableField) -> bool:
    return asked.rows_prefill is not None and "origin" in asked.rows_prefill.arguments


def _added(room: Room, asked: TableField, merged: Many) -> Doc | None:
    """The cells a row starts with that is added here; None where rows are made from everyone's own rows alone."""
    declared = room.snapshot.workbook.lists.get(merged.list or "")
    if declared is None or "field" in declared.arguments:
        return None
    origin = next((c for c in asked.columns if c.key == _origin(asked) and isinstance(c, One)), None)
    return {origin.key: NEW} if origin and any(o.id == NEW for o in origin.options) else {}


def _aside(step: Step, aside: Rows) -> Doc:
    field = next((f for f in step.fields if f.key == SET_ASIDE), None)
    if not isinstance(field, TableField):
        return {"aside_field": None, "aside": [], "reasons": []}
    reasons = getattr(field.columns[1], "options", ())
    return {"aside_field": field.key, "aside": aside, "reasons": [{"id": o.id, "label": o.label} for o in reasons]}


def picked(step: Step, asked: TableField) -> Doc | None:
    """How many rows are to be ticked: `{field, low, high}`; None where no check counts them."""
    for args in _checks(step, asked):
        if isinstance(args, CountPicked):
            return {"field": args.on.partition(".")[2], "low": args.low, "high": args.high}
    return None


def most_each(step: Step, asked: TableField) -> int | None:
    """How many rows may have the same value in the first column; None where no check counts them."""
    on = f"{asked.key}.{asked.columns[0].key}"
    return next((args.most for args in _checks(step, asked) if isinstance(args, AtMostEach) and args.on == on), None)


def _checks(step: Step, asked: TableField) -> list[CheckArgs]:
    """The step's checks of one table."""
    read = [CHECK_ARGS[use.use].model_validate(use.arguments) for use in step.checks]
    return [args for args in read if args.field == asked.key]
