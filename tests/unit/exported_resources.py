"""The demo of the Resource Map as its tables, and with one cell said otherwise."""

import functools
from typing import Any

from format_cases import derived_of
from played_cases import changed, played

from mira_workbook.exports.table import Cell
from mira_workbook.records import Snapshot

SLUG = "resource_mapping"
Records = list[dict[str, Cell]]


@functools.cache
def demo() -> dict[str, Records]:
    return derived_of(played(SLUG))


def column(name: str, places: int = 3) -> list[Cell]:
    return [round(cell, places) if isinstance(cell := row[name], float) else cell for row in demo()["initiatives"]]


def cells_of(step: str, field: str, row_id: str, **cells: Any) -> Snapshot:
    """The demo's session with other cells in one row of a team table; None takes a cell away."""
    rows = [dict(row) for row in next(r.value for r in played(SLUG).responses if (r.step, r.field) == (step, field))]
    for row in rows:
        if row["row_id"] == row_id:
            row["cells"] = {key: value for key, value in {**row["cells"], **cells}.items() if value is not None}
    return changed(played(SLUG), step, field, rows)
