"""The store's doors for a coach: every session whose coach's key this browser holds, or this computer's own store."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from mira_workbook import exports, settings
from mira_workbook.boards.coaching import COACH, Taken
from mira_workbook.boards.doors import Drawn
from mira_workbook.errors import RightError, SeatError
from mira_workbook.exports.source import Source
from mira_workbook.measures.table import measures
from mira_workbook.notebook.board_doors import StoreBoardDoors
from mira_workbook.records import Measure, Note, Seat, Session, Snapshot
from mira_workbook.rules.sight import of_measure
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store, shown_code
from mira_workbook.store.noting import COACH as AUTHOR


@dataclass(slots=True)
class StoreCoachDoors:
    """One coach's page.

    Attributes:
        store: the store.
        seat: the seat that this page was opened from; None in JupyterLab, where a person has the store anyway.
        pages: address below which our server answers, "" where there is none.
    """

    store: Store
    seat: Seat | None
    pages: str = field(default_factory=lambda: os.environ.get("MIRA_PAGES", ""))
    _seats: dict[int, Seat] = field(default_factory=dict)
    _pictures: dict[int, StoreBoardDoors] = field(default_factory=dict)

    @property
    def keep_days(self) -> int:
        """Days a meeting is kept after its end; 0 keeps everything."""
        return settings.settings().keep_days

    def now(self) -> datetime:
        """The time, aware."""
        return self.store.clock()

    def sessions(self) -> Sequence[Session]:
        """The sessions with their revisions, the oldest first."""
        if self.seat is None:
            every = [session for meeting in self.store.meetings() for session in self.store.sessions(meeting.id)]
            return sorted(every, key=lambda session: session.id)
        self._seats = {seat.session_id: seat for seat in self._beside(self.seat)}
        return self.store.sessions_with(self._seats)

    def _beside(self, opened: Seat) -> Sequence[Seat]:
        """The seats that are still good: where one was withdrawn or its team forgotten, the others stay."""
        for seat in (opened, *self._seats.values()):
            with suppress(SeatError):
                return self.store.beside(seat)
        return ()

    def snapshot(self, session: Session) -> Snapshot:
        """A session as it stands, with its coaches' notes."""
        self._held(session.id)
        return self.store.coachs_snapshot(session.id)

    def numbers(self, snapshot: Snapshot) -> Sequence[Measure]:
        """Its measures on show, without what belongs to one person where the step does not name people."""
        return [of_measure(m, COACH, snapshot) for m in measures(snapshot, fold(snapshot.acts, snapshot.workbook))]

    def pictures(self, snapshot: Snapshot, step: str) -> Sequence[Drawn]:
        """The pictures of a step on show: by address where our server draws them, else drawn here when looked at."""
        session = snapshot.session
        if session.id not in self._pictures:
            seat = self._held(session.id) or Seat(0, session.id, session.meeting_id, "coach")
            self._pictures[session.id] = StoreBoardDoors(self.store, seat, snapshot.meeting.code, self.pages)
        return self._pictures[session.id].pictures(snapshot, step, "board")

    def notes(self, session_id: int) -> Sequence[Note]:
        """The coaches' notes on a session, oldest first."""
        self._held(session_id)
        return self.store.notes(session_id, AUTHOR)

    def note(self, session_id: int, text: str, *, shared: bool) -> None:
        """Keep a note."""
        self.store.write_note(self._held(session_id), session_id, text, shared=shared)

    def share(self, session_id: int, note_id: int, *, shared: bool) -> None:
        """Share a note with the team, or keep it to coaches again."""
        self.store.share_note(self._held(session_id), session_id, note_id, shared=shared)

    def drop(self, session_id: int, note_id: int) -> None:
        """Delete a note."""
        self.store.drop_note(self._held(session_id), session_id, note_id)

    def file(self, snapshot: Snapshot, name: str, team: str) -> str:
        """The address of a meeting's file in a format, of one team or of all; "" where pages have no address."""
        if not self.pages:
            return ""
        of = f"?team={quote(team)}" if team else ""
        return f"{self.pages}export/{shown_code(snapshot.meeting.code)}/{name}{of}"

    def write(self, snapshots: Sequence[Snapshot], name: str) -> str:
        """Write files into a folder beside the store; where that is. A file that is cut short stays nowhere."""
        folder = settings.home() / "files" / snapshots[0].meeting.code
        folder.mkdir(parents=True, exist_ok=True)
        taken = exports.export(name, Source.of(snapshots), COACH, folder)
        self.note_taken(snapshots[:1], name, taken.lines)
        return str(folder)

    def log(self, snapshot: Snapshot) -> Sequence[Taken]:
        """Who took what out of a meeting, the latest first."""
        self._held(snapshot.session.id)
        found = self.store.accesses(snapshot.meeting.code)
        return [Taken(one.at, one.key, one.format, one.rows) for one in reversed(found)]

    def note_taken(self, snapshots: Sequence[Snapshot], name: str, rows: int) -> None:
        """Note in the log of each meeting that something was taken from this page."""
        who = f"coach, seat {self.seat.id}" if self.seat else "notebook"
        for code in dict.fromkeys(one.meeting.code for one in snapshots):
            self.store.log_access(who, code, name, rows)

    def _held(self, session_id: int) -> Seat | None:
        """The seat through which a session is this coach's.

        Raises:
            RightError: it is none of theirs.
        """
        if self.seat is None:
            return None
        if session_id not in self._seats:
            raise RightError("This session is not on your board. Open it with its own coach's link.")
        return self._seats[session_id]
