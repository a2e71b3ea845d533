"""What one workbook hands to the next."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, update

from mira_workbook.records import Carry, Seat, Session, Snapshot
from mira_workbook.store import schema as t
from mira_workbook.store.acts import may_act
from mira_workbook.store.building import find_carries, note_use
from mira_workbook.store.door import Door, find_session
from mira_workbook.store.handing import hand_on_typed
from mira_workbook.store.snapshots import read_snapshot

Judge = Callable[[Snapshot], Mapping[str, Any]]


class Carried(Door):
    """Doors for carries."""

    def carries(self, session_id: int) -> Mapping[str, Carry]:
        """The newest version of everything carried in the session's team and cycle, by key."""
        with self._db.read() as connection:
            session = find_session(connection, session_id)
            return {key: versions[-1] for key, versions in find_carries(connection, session).items()}

    def type_carries(self, seat: Seat | None, judge: Judge, session_id: int) -> tuple[str, ...]:
        """Hand on what was typed in, not worked out in a workbook.

        Args:
            seat: whose words they are; None for the program itself.
            judge: given the whole snapshot; raises, or gives the values by key.
            session_id: the session; for a facilitator, any of the seat's meeting.

        Returns:
            The keys that were written.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat is of another session, or does what only a facilitator may.
            SessionClosed: the meeting has ended or the cycle is closed.
        """
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            may_act(connection, seat, session, judge)
            values = judge(read_snapshot(connection, session))
            if values:
                hand_on_typed(connection, session, values, self._clock())
                _move(connection, session)
            return tuple(values)

    def use_carries(self, seat: Seat | None, judge: Judge, session_id: int) -> None:
        """Let a session build on other versions from now on; no answer is changed by it.

        Args:
            seat: who decides it; None for the program itself.
            judge: given the whole snapshot; raises, or gives the versions by key.
            session_id: the session; for a facilitator, any of the seat's meeting.

        Raises:
            SeatError: the seat was given up.
            RightError: the seat is of another session, or does what only a facilitator may.
            SessionClosed: the meeting has ended or the cycle is closed.
        """
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            may_act(connection, seat, session, judge)
            versions = judge(read_snapshot(connection, session))
            if versions:
                note_use(connection, session, versions, self._clock())
                _move(connection, session)


def _move(connection: Connection, session: Session) -> None:
    """Let every page of the session look anew."""
    bump = {"rev": t.sessions.c.rev + 1, "stage_rev": t.sessions.c.stage_rev + 1}
    connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(bump))
