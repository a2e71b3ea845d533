"""A definition as one session has it: columns that depend on another step's answer are there, or are not."""

from collections.abc import Callable, Sequence
from typing import Any

from mira_workbook.content.answers.base import Flat
from mira_workbook.content.answers.conditions import is_outer, matches
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.definition import Step, Workbook

Told = Callable[[str, str], Any]
"""(step, field) to what the team or whoever set up has answered there; None for nothing."""


def tailored(workbook: Workbook, told: Told) -> Workbook:
    """Leave out the columns that this session does not ask, such as money where nobody knows the cost.

    A column's `show_when` may name `step.field` of an earlier step. As long as that has no answer the column is asked.
    """
    steps = tuple(_step(step, told) for step in workbook.steps)
    return workbook if _same(steps, workbook.steps) else workbook.model_copy(update={"steps": steps})


def _step(step: Step, told: Told) -> Step:
    fields = tuple(_field(asked, told) for asked in step.fields)
    return step if _same(fields, step.fields) else step.model_copy(update={"fields": fields})


def _same(new: Sequence[Any], old: Sequence[Any]) -> bool:
    return all(a is b for a, b in zip(new, old, strict=True))


def _field(asked: Any, told: Told) -> Any:
    if not isinstance(asked, TableField) or not any(_outer(column) for column in asked.columns):
        return asked
    kept = tuple(_inner(column) for column in asked.columns if _is_asked(_outer(column), told))
    keys = {column.key for column in kept}
    return asked.with_columns(kept, tuple(key for key in asked.brief if key in keys))


def _outer(column: Any) -> Flat:
    return {key: value for key, value in (column.show_when or {}).items() if is_outer(key)}


def _is_asked(condition: Flat, told: Told) -> bool:
    given = ((wanted, told(*key.split(".", 1))) for key, wanted in condition.items())
    return all(value is None or matches({"it": wanted}, {"it": value}) for wanted, value in given)


def _inner(column: Any) -> Any:
    """The column with what is left of its condition."""
    rest = {key: value for key, value in (column.show_when or {}).items() if not is_outer(key)}
    return column.model_copy(update={"show_when": rest or None}) if _outer(column) else column
