"""Coaches' notes in files: shared ones in everybody's, private ones only in a coach's own tables."""

from mira_workbook.catalogue import say
from mira_workbook.exports.block import Block
from mira_workbook.exports.pivot import WHOSE
from mira_workbook.exports.rows import moment
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Column, Table, lead_with
from mira_workbook.records import Snapshot
from mira_workbook.rules.noted import stamp
from mira_workbook.rules.sight import to_the_minute

COLUMNS = (
    Column("written_at", "The minute it was written, UTC.", "moment"),
    Column("step", "The step that was open then; blank before the first and after the end."),
    Column("turn", "Whose turn of talk it was in that step, counted from 1; 0 for none.", "number"),
    Column("shared", "Whether the team has it too; others stand in a coach's own files only.", "flag"),
    Column("text", "The note."),
)


def notes(seen: Sighted, snapshot: Snapshot) -> Table | None:
    """One row a note, oldest first; None where the viewer has none to read.

    Which notes the snapshot holds decides whose files they are in: private ones are there only for a coach.

    Args:
        seen: the session as its reader sees it.
        snapshot: the same with its acts, which tell what was going on when a note was written.
    """
    found = snapshot.notes if seen.viewer.role != "viewer" else ()
    if not found:
        return None
    lines = []
    for note in found:
        at = stamp(snapshot, note.at)
        lines.append((moment(to_the_minute(note.at)), at.step, at.turn, note.shared, note.body))
    whose = (snapshot.team.slug, snapshot.session.cycle, snapshot.meeting.code, snapshot.session.occasion)
    return lead_with(WHOSE, whose, Table("notes", COLUMNS, tuple(lines)))


def from_coach(seen: Sighted) -> Block | None:
    """What a coach has shared, for the hand-out; never a private note, whoever takes it."""
    shared = tuple(note.body for note in seen.snapshot.notes if note.shared) if seen.viewer.role != "viewer" else ()
    return Block("lines", title=say("handout_coach"), lines=shared) if shared else None
