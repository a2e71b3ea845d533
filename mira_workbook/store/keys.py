"""Keys: links that lead facilitators, coaches and those who look on to their seats, and that can be withdrawn."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, Select, and_, func, select, update

from mira_workbook.errors import RightError, SeatError
from mira_workbook.records import Meeting, Role, Seat
from mira_workbook.store import schema as t
from mira_workbook.store.codes import hashed
from mira_workbook.store.door import find_meeting, find_session
from mira_workbook.store.meetings import by_code, sessions_of
from mira_workbook.store.seats import Seats, key_behind


class Keys(Seats):
    """Doors to keys and the seats that come from them. A key is handed out once and kept only as its hash."""

    def key_role(self, secret: str) -> tuple[Meeting, Role]:
        """Say which meeting and role a key opens.

        Raises:
            SeatError: none, or it was withdrawn.
        """
        with self._db.read() as connection:
            key = _key(connection, secret)
            return find_meeting(connection, key.meeting_id), key.role

    def enter(self, browser: str, secret: str) -> tuple[Seat, ...]:
        """Give a browser the seats of a key's role, one in every session of its meeting.

        Raises:
            SeatError: the key opens nothing, or no longer.
        """
        with self._db.write() as connection:
            key = _key(connection, secret)
            known = [find_session(connection, s.id, lock=True) for s in sessions_of(connection, key.meeting_id)]
            # Once more, behind the lock: somebody may just be withdrawing it.
            key = _key(connection, secret)
            wanted = [Seat(0, session.id, key.meeting_id, key.role) for session in known]
            return tuple(self._bind(connection, hashed(browser), seat, key_id=key.id) for seat in wanted)

    def take_over(self, browser: str, secret: str) -> tuple[Seat, ...]:
        """Give one more browser the seats that a `hand` link was made for, in every session; the link is used up.

        The new seats end with the key that the giver's came from.

        Raises:
            SeatError: unknown, used up, too late, or the giver's seat was given up.
        """
        with self._db.write() as connection:
            giver = self._redeemed(connection, secret, "hand")
            known = [find_session(connection, s.id, lock=True) for s in sessions_of(connection, giver.meeting_id)]
            wanted = [Seat(0, session.id, giver.meeting_id, giver.role) for session in known]
            key_id = key_behind(connection, giver)
            return tuple(self._bind(connection, hashed(browser), seat, key_id=key_id) for seat in wanted)

    def later_keys(self, secret: str) -> int:
        """How many good keys of the same role and meeting were made after this one: those it may withdraw.

        Raises:
            SeatError: the key opens nothing, or no longer.
        """
        with self._db.read() as connection:
            query = _later(_key(connection, secret)).with_only_columns(func.count())
            return int(connection.execute(query).scalar_one())

    def withdraw_later(self, secret: str) -> tuple[int, ...]:
        """Make the keys that were made after this one worthless and end their seats; gives the seats' numbers.

        Only later ones, so that whoever was handed a key cannot shut out the person who gave it.

        Raises:
            SeatError: the key opens nothing, or no longer.
            RightError: it is no facilitator's key.
        """
        with self._db.write() as connection:
            key = _key(connection, secret)
            if key.role != "facilitator":
                raise RightError("Only a facilitator can withdraw links.")
            for session in sessions_of(connection, key.meeting_id):
                find_session(connection, session.id, lock=True)
            return self._withdraw(connection, [row.id for row in connection.execute(_later(key))])

    def revoke_keys(self, code: str, role: Role) -> None:
        """Make every key of a role worthless, and end the role's seats."""
        with self._db.write() as connection:
            meeting = by_code(connection, code)
            for session in sessions_of(connection, meeting.id):
                find_session(connection, session.id, lock=True)
            here = and_(t.keys.c.meeting_id == meeting.id, t.keys.c.role == role, t.keys.c.revoked_at.is_(None))
            self._withdraw(connection, connection.execute(select(t.keys.c.id).where(here)).scalars().all())
            ids = select(t.sessions.c.id).where(t.sessions.c.meeting_id == meeting.id)
            # Seats of a time when it was not noted which key they came from.
            unknown = (t.seats.c.session_id.in_(ids), t.seats.c.role == role, t.seats.c.key_id.is_(None))
            connection.execute(update(t.seats).where(*unknown).values(revoked_at=self._clock()))

    def _withdraw(self, connection: Connection, ids: Iterable[int]) -> tuple[int, ...]:
        gone, now = list(ids), self._clock()
        held = and_(t.seats.c.key_id.in_(gone), t.seats.c.revoked_at.is_(None))
        ended = connection.execute(select(t.seats.c.id).where(held)).scalars().all()
        connection.execute(update(t.seats).where(held).values(revoked_at=now))
        connection.execute(update(t.keys).where(t.keys.c.id.in_(gone)).values(revoked_at=now))
        return tuple(ended)


def _key(connection: Connection, secret: str) -> Row[tuple[int, int, Role]]:
    query = select(*t.keys.c["id", "meeting_id", "role"])
    row = connection.execute(query.where(t.keys.c.key_hash == hashed(secret), t.keys.c.revoked_at.is_(None))).first()
    if row is None:
        raise SeatError("This link is not good, or no longer. Whoever set up the session can make a new one.")
    return row


def _later(key: Row[tuple[int, int, Role]]) -> Select[tuple[int]]:
    same = (t.keys.c.meeting_id == key.meeting_id, t.keys.c.role == key.role, t.keys.c.revoked_at.is_(None))
    return select(t.keys.c.id).where(*same, t.keys.c.id > key.id)
