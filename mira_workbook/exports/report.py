"""The report of a session: its hand-out, and everything the team saw after it, as one document for people to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.exports.actions import actions
from mira_workbook.exports.pieces import Document, Grid, Heading, Lines, Piece, Words
from mira_workbook.exports.report_about import about, built_on, still_open
from mira_workbook.exports.report_blocks import first_page
from mira_workbook.exports.report_numbers import how_computed
from mira_workbook.exports.report_steps import parts
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.records import Meeting, Snapshot
from mira_workbook.rules.context import local
from mira_workbook.rules.sight import Viewer
from mira_workbook.text import say_date

_LETTER = ("America/", "US/", "Canada/", "Pacific/Honolulu")
"""Where a meeting's clock stands, its printers hold Letter."""
_SHORT = 20
"""Letters of a name that stands on one line of a column."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the coach that was marked as shared; `about` says when or of what it is, "" for nothing."""

    text: str
    about: str = ""


def report(snapshot: Snapshot, viewer: Viewer, notes: Sequence[Note] = ()) -> Document:
    """Make the report of a session as its reader may see it.

    Args:
        snapshot: everything known of the session.
        viewer: for whom; sight decides what is told and who is named.
        notes: the coach's shared notes, in order.
    """
    seen = sighted(snapshot, viewer)
    return _document(seen, snapshot, tuple(_rest(seen, snapshot, notes)))


def one_page(snapshot: Snapshot, viewer: Viewer) -> Document:
    """Make the hand-out alone."""
    return _document(sighted(snapshot, viewer), snapshot, ())


def _document(seen: Sighted, snapshot: Snapshot, rest: tuple[Piece, ...]) -> Document:
    meeting = snapshot.meeting
    return Document(
        team=snapshot.team.name,
        workbook=snapshot.workbook.title,
        day=say_date(local(meeting, meeting.opened_at).date()),
        at=meeting.opened_at,
        first=first_page(seen),
        rest=rest,
        letter=_is_letter(meeting),
    )


def _is_letter(meeting: Meeting) -> bool:
    return meeting.timezone.startswith(_LETTER)


def _rest(seen: Sighted, snapshot: Snapshot, notes: Sequence[Note]) -> Iterator[Piece]:
    yield from about(seen, snapshot)
    yield from built_on(seen)
    yield from _actions(seen)
    yield from still_open(seen, snapshot)
    yield from parts(seen, snapshot)
    yield from _notes(notes)
    yield from how_computed(seen, snapshot)


def _actions(seen: Sighted) -> Iterator[Piece]:
    found = actions(seen)
    if found:
        yield Heading(say("report_actions"))
        head = tuple(say(f"report_{name}") for name in ("what", "who", "when"))
        rows = tuple((one.what, one.who, one.when) for one in found)
        # Names and days stay on one line; whoever is asked outside may have a long title.
        whole = tuple(n for n in (1, 2) if all(len(row[n]) <= _SHORT for row in rows))
        yield Grid(rows, head, whole=whole, caption=say("report_actions"))


def _notes(notes: Sequence[Note]) -> Iterator[Piece]:
    if notes:
        yield Heading(say("report_notes"))
        yield Words(say("report_notes_text"), "small")
        yield Lines(tuple(f"{note.about}: {note.text}" if note.about else note.text for note in notes))
