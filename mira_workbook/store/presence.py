"""Who is there: the last thing each page did. Nothing here has to outlive a power cut.

On SQLite it stands in a file beside the store. Sixty pages that say every five seconds that they are there would
otherwise wake every page that looks whether anything was written, and queue up with the answers for the one writer.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from mira_workbook.records import Presence
from mira_workbook.store import schema as t
from mira_workbook.store.door import Door
from mira_workbook.store.engine import Database
from mira_workbook.store.rows import upsert

HELP, LOST = "help", "lost"
"""States a page does not take back by going on: help is asked for until it came, and what is lost was seen before."""

_A, _P, _S = t.attendance.c, t.presence.c, t.sessions.c
_PEOPLE = (
    select(_A.session_id, _A.member_id, _A.joined_at)
    .join_from(t.attendance, t.sessions, _S.id == _A.session_id)
    .where(_S.meeting_id == bindparam("meeting"))
    .order_by(_A.session_id, _A.position, _A.member_id)
)
_SEEN = select(t.presence).where(_P.session_id.in_(bindparam("sessions", expanding=True)))
_ONE = (_P.session_id == bindparam("session"), _P.member_id == bindparam("member"))
_STILL_ASKS = update(t.presence).where(*_ONE, _P.state == HELP).values(seen_at=bindparam("at"))
_IS_LOST = update(t.presence).where(*_ONE, _P.state != HELP).values(state=LOST)
_HELPED = update(t.presence).where(*_ONE, _P.state == HELP).values(state="idle")


class Presences(Door):
    """Doors for presence."""

    def beat(self, session_id: int, member_id: int, state: str) -> None:
        """Note that a member's page is there, and what it does: typing, idle, quiet, away, or asking for help."""
        self.beats({(session_id, member_id): state})

    def beats(self, states: Mapping[tuple[int, int], str]) -> None:
        """Note many pages at once, by (session, member).

        Who asked for help keeps asking until `helped`. A page noted as lost keeps the moment it was last seen.
        """
        now = self._clock()
        with self._passing() as connection:
            for place, state in sorted(states.items()):
                _note(connection, place, state, now)

    def helped(self, session_id: int, member_id: int) -> None:
        """Note that somebody who asked for help has got it."""
        with self._passing() as connection:
            connection.execute(_HELPED, {"session": session_id, "member": member_id})

    def presence(self, session_id: int) -> Mapping[int, tuple[str, datetime]]:
        """Member to what their page last did, and when."""
        return {row.member_id: (row.state, row.seen_at) for row in self._seen([session_id])}

    def presences(self, meeting_id: int) -> tuple[Presence, ...]:
        """Everybody on the lists of a meeting's sessions, with what their page last did; one look for all teams."""
        with self._db.read() as connection:
            people = connection.execute(_PEOPLE, {"meeting": meeting_id}).all()
        seen = {(row.session_id, row.member_id): row for row in self._seen({row.session_id for row in people})}
        known = ((row, seen.get((row.session_id, row.member_id))) for row in people)
        return tuple(Presence(*row, *((last.state, last.seen_at) if last else ())) for row, last in known)

    def _seen(self, session_ids: set[int] | Sequence[int]) -> Sequence[Any]:
        with self._db.beside.read() as connection:
            return connection.execute(_SEEN, {"sessions": sorted(session_ids)}).all()

    @contextmanager
    def _passing(self) -> Iterator[Connection]:
        """Open a write transaction whose commit waits for no disk."""
        with self._db.beside.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection


def _note(connection: Connection, place: tuple[int, int], state: str, now: datetime) -> None:
    session_id, member_id = place
    here = {"session": session_id, "member": member_id}
    if state == LOST:
        connection.execute(_IS_LOST, here)
    elif state == HELP or not connection.execute(_STILL_ASKS, {**here, "at": now}).rowcount:
        row = {"session_id": session_id, "member_id": member_id, "state": state, "seen_at": now}
        upsert(connection, t.presence, row)


def forget_presence(database: Database, *, sessions: Sequence[int] = (), members: Sequence[int] = ()) -> None:
    """Delete what is known beside the store of sessions or people that are forgotten: their numbers may come again."""
    with database.beside.write() as connection:
        gone = _P.session_id.in_(sessions) | _P.member_id.in_(members)
        connection.execute(delete(t.presence).where(gone))
