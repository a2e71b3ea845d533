"""Cells of a team's table that cannot stay as they are: told while they stand, and counted nowhere."""

from typing import Any

from mira_workbook.content.answers.base import Context, Problem
from mira_workbook.content.check_args import CHECK_ARGS
from mira_workbook.content.checks import CHECKS
from mira_workbook.content.definition import Step
from mira_workbook.records import Snapshot
from mira_workbook.rules.items import items_of
from mira_workbook.rules.reading import split, team_rows

_FORBIDS = "forbid_when"
"""The check whose finding cannot stay: a team's table is saved while it is written, such a cell all the same."""


def refused(snapshot: Snapshot, step: Step, key: str, rows: Any) -> tuple[Problem, ...]:
    """What cannot stay in a table, such as the release of what the law asks for; each problem names row and column.

    Args:
        snapshot: gives what is known of the table's items.
        step: where the table stands; its checks say what is forbidden.
        key: the table.
        rows: its rows as they are, or are about to be.
    """
    read = [CHECK_ARGS[use.use].model_validate(use.arguments) for use in step.checks if use.use == _FORBIDS]
    mine = [args for args in read if args.field == key]
    if not mine or not rows:
        return ()
    context = Context(items=items_of(snapshot))
    found = [problem for args in mine for problem in CHECKS[_FORBIDS]({key: rows}, context, args)]
    return tuple(problem for problem in found if problem.level == "stop" and problem.row)


def allowed_rows(snapshot: Snapshot, name: str) -> list[dict[str, Any]]:
    """Rows of a team table `step.field` without the cells that cannot stay; for whatever counts or lists them."""
    step, key, _ = split(name)
    rows = team_rows(snapshot, name)
    out = {(problem.row, problem.column) for problem in refused(snapshot, snapshot.workbook.step(step), key, rows)}
    if not out:
        return rows
    return [
        {**row, "cells": {column: cell for column, cell in row["cells"].items() if (row["row_id"], column) not in out}}
        for row in rows
    ]
