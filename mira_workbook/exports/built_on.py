"""The table of what a session builds on: the words, which version of them, and where they are from."""

from mira_workbook.exports.pivot import WHOSE
from mira_workbook.exports.rows import moment
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Column, Table, lead_with
from mira_workbook.rules import needs

COLUMNS = (
    Column("key", "The name under which it is handed on."),
    Column("label", "What the pages call it."),
    Column("text", "The words that this session builds on."),
    Column("version", "Which version of them, counted from 1 in the team's cycle.", "number"),
    Column("newest", "The newest version that says something else; the same number where there is none.", "number"),
    Column("from_workbook", "The workbook they come from; blank if they were typed in, not carried."),
    Column("from_meeting", "The code of its meeting."),
    Column("written_at", "When this version was written, in UTC."),
)


def built_on(seen: Sighted) -> Table | None:
    """One row for each thing the workbook needs and has; None for a workbook that needs nothing."""
    snapshot = seen.snapshot
    if not snapshot.workbook.needs:
        return None
    lines = [
        (
            key,
            need.label,
            "; ".join(needs.lines(carry.value)),
            carry.version,
            snapshot.newer[key].version if key in snapshot.newer else carry.version,
            carry.slug,
            carry.code,
            moment(carry.at),
        )
        for key, need in snapshot.workbook.needs.items()
        if seen.viewer.role != "viewer" and (carry := snapshot.built_on.get(key)) is not None
    ]
    whose = (snapshot.team.slug, snapshot.session.cycle, snapshot.meeting.code, snapshot.session.occasion)
    return lead_with(WHOSE, whose, Table("built_on", COLUMNS, tuple(lines)))
