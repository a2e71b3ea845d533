"""What is known of the items of a list: the team's own rows, by row id."""

from typing import Any

from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import team_rows


def items_of(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    """Row id to cells of every team table that a list of the workbook is made of."""
    tables = {str(use.arguments["field"]) for use in snapshot.workbook.lists.values() if use.use == "rows_of"}
    return {row["row_id"]: dict(row["cells"]) for name in sorted(tables) for row in team_rows(snapshot, name)}
