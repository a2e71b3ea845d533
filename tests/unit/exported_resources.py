"""The demo of the Resource Map as its tables, and with one cell said otherwise."""

import functools
from typing import Any

from played_cases import changed, played

from mira_workbook.exports import COACH
from mira_workbook.exports.outputs import derived
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.table import Cell
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer

SLUG = "resource_mapping"
Records = list[dict[str, Cell]]


def made(snapshot: Snapshot, viewer: Viewer = COACH) -> dict[str, Records]:
    """Derived tables by name, without whose they are."""
    return {
        table.name.removeprefix(f"{SLUG}_"): [dict(list(row.items())[4:]) for row in table.records()]
        for table in derived(sighted(snapshot, viewer))
    }


@functools.cache
def demo() -> dict[str, Records]:
    return made(played(SLUG))


def column(name: str, places: int = 3) -> list[Cell]:
    return [round(cell, places) if isinstance(cell := row[name], float) else cell for row in demo()["initiatives"]]


def cells_of(step: str, field: str, row_id: str, **cells: Any) -> Snapshot:
    """The demo's session with other cells in one row of a team table; None takes a cell away."""
    rows = [dict(row) for row in next(r.value for r in played(SLUG).responses if (r.step, r.field) == (step, field))]
    for row in rows:
        if row["row_id"] == row_id:
            row["cells"] = {key: value for key, value in {**row["cells"], **cells}.items() if value is not None}
    return changed(played(SLUG), step, field, rows)
