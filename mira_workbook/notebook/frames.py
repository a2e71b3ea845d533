"""A meeting's tables as pandas frames, for whoever goes on with the numbers in a notebook."""

from typing import Any

from mira_workbook.errors import MiraError
from mira_workbook.exports import COACH
from mira_workbook.exports.table import Kind, Table
from mira_workbook.exports.tables import tables
from mira_workbook.opening import open_store

DTYPES: dict[Kind, Any] = {
    "text": "string",
    "number": "Float64",
    "flag": "boolean",
    "day": "datetime64[ns]",
    "moment": "datetime64[ns, UTC]",
}
"""Kind of a column to its dtype in a frame."""


def frames(code: str, team: str = "") -> dict[str, Any]:
    """Give a meeting's tables as a coach may see them; taking them is noted in the log of exports.

    Args:
        code: the meeting's code.
        team: the slug of one team; all teams if not given.

    Raises:
        SessionNotFound: no meeting has the code.
        MiraError: no such team in it.
    """
    store = open_store()
    store.migrate()
    meeting = store.meeting(code)
    every = [store.coachs_snapshot(session.id) for session in store.sessions(meeting.id)]
    found = [snapshot for snapshot in every if team in {"", snapshot.team.slug}]
    if not found:
        known = ", ".join(snapshot.team.slug for snapshot in every)
        raise MiraError(f"No team called {team!r} is in this meeting. Take one of: {known}.")
    made = tables(found, COACH)
    store.log_access("notebook", meeting.code, "frames", sum(len(table.rows) for table in made))
    store.close()
    return {table.name: frame(table) for table in made}


def frame(table: Table) -> Any:
    """One table as a frame: each column in its dtype, a missing cell missing, a blank text a blank text.

    `frame.attrs` has the table's name, and what each column means and its unit.
    """
    import pandas as pd  # noqa: PLC0415 - half a second that only who works with frames pays

    made = {}
    for n, column in enumerate(table.columns):
        cells = pd.Series([row[n] for row in table.rows], dtype="object")
        if column.kind in {"day", "moment"}:
            filled = cells.where(cells != "", None)
            made[column.name] = pd.to_datetime(filled, utc=column.kind == "moment").astype(DTYPES[column.kind])
        else:
            made[column.name] = cells.astype(DTYPES[column.kind])
    found = pd.DataFrame(made)
    found.attrs = {
        "table": table.name,
        "about": {column.name: column.about for column in table.columns},
        "units": {column.name: column.unit for column in table.columns if column.unit},
    }
    return found
