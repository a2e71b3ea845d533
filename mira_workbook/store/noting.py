"""Notes on a session, and the log of what was taken out of the store."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from mira_workbook.errors import RightError, StoreError
from mira_workbook.records import Note, Seat, Snapshot
from mira_workbook.store import schema as t
from mira_workbook.store.codes import plain_code
from mira_workbook.store.door import Door, find_session, sure_of
from mira_workbook.store.given import Access
from mira_workbook.store.rows import insert_id
from mira_workbook.store.snapshots import find_notes, read_snapshot

COACH = "coach"
"""Under whom coaches' notes are kept: whoever holds a coach's link of the meeting reads the private ones too."""
LONGEST = 4000
"""Letters of a note that are kept."""


class Noting(Door):
    """Doors for notes and for the access log."""

    def put_note(self, session_id: int, author: str, body: str, *, shared: bool = False) -> int:
        """Keep a note."""
        row = {"session_id": session_id, "author": author, "body": body, "shared": shared, "at": self._clock()}
        with self._db.write() as connection:
            return insert_id(connection, t.notes, row)

    def notes(self, session_id: int, author: str = "") -> tuple[Note, ...]:
        """The shared notes of a session and those of one author, oldest first."""
        with self._db.read() as connection:
            return find_notes(connection, session_id, author)

    def coachs_snapshot(self, session_id: int) -> Snapshot:
        """A session with the notes of its coaches, private ones too: for a coach's own board and files only.

        Raises:
            SessionNotFound: it is not here, or no longer.
        """
        with self._db.read() as connection:
            return read_snapshot(connection, find_session(connection, session_id), notes_of=COACH)

    def write_note(self, seat: Seat | None, session_id: int, body: str, *, shared: bool = False) -> int:
        """Keep a coach's note.

        Args:
            seat: a coach's seat in the session's meeting; None for the program itself.
            session_id: what it is on.
            body: the words; what is longer than 4,000 letters is cut.
            shared: whether it goes into the team's files and hand-out.

        Raises:
            SeatError: the seat was given up.
            RightError: it is no coach's, or of another meeting.
            StoreError: there are no words.
        """
        words = body.strip()[:LONGEST]
        if not words:
            raise StoreError("Write a few words first.")
        row = {"session_id": session_id, "author": COACH, "body": words, "shared": shared, "at": self._clock()}
        with self._db.write() as connection:
            _may_note(connection, seat, session_id)
            return insert_id(connection, t.notes, row)

    def share_note(self, seat: Seat | None, session_id: int, note_id: int, *, shared: bool) -> None:
        """Let a coach's note into the team's files, or take it out of later ones.

        Raises:
            SeatError: the seat was given up.
            RightError: it is no coach's, or of another meeting.
        """
        with self._db.write() as connection:
            _may_note(connection, seat, session_id)
            connection.execute(update(t.notes).where(*_own(session_id, note_id)).values(shared=shared))

    def drop_note(self, seat: Seat | None, session_id: int, note_id: int) -> None:
        """Delete a coach's note, also from the file's free pages.

        Raises:
            SeatError: the seat was given up.
            RightError: it is no coach's, or of another meeting.
        """
        with self._db.write() as connection:
            _may_note(connection, seat, session_id)
            connection.execute(delete(t.notes).where(*_own(session_id, note_id)))
        self._db.scrub()

    def log_access(self, key: str, what: str, format: str, rows: int) -> None:  # noqa: A002 - the column's name
        """Note who took what out."""
        row = {"at": self._clock(), "key": key, "what": what, "format": format, "rows": rows}
        with self._db.write() as connection:
            connection.execute(insert(t.access_log).values(row))

    def accesses(self, code: str = "") -> tuple[Access, ...]:
        """Who took what out, oldest first; of one meeting if its code is given, also of one that was forgotten."""
        a = t.access_log.c
        query = select(a.at, a.key, a.what, a.format, a.rows).order_by(a.id)
        with self._db.read() as connection:
            found = [Access(*row) for row in connection.execute(query)]
        return tuple(one for one in found if not code or plain_code(one.what) == plain_code(code))


def _own(session_id: int, note_id: int) -> tuple[ColumnElement[bool], ...]:
    """A coach's note of a session: nobody else's."""
    n = t.notes.c
    return n.id == note_id, n.session_id == session_id, n.author == COACH


def _may_note(connection: Connection, seat: Seat | None, session_id: int) -> None:
    session = find_session(connection, session_id)
    if seat is None:
        return
    sure = sure_of(connection, seat)
    if sure.role != "coach" or sure.meeting_id != session.meeting_id:
        raise RightError("Only a coach of this meeting writes notes here.")
