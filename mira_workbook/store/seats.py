"""Who sits where: seats, links that open them again, and letting somebody in."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from mira_workbook.errors import RightError, SeatError
from mira_workbook.records import Role, Seat
from mira_workbook.store import schema as t
from mira_workbook.store.codes import hashed, new_secret
from mira_workbook.store.door import Door, find_seats, find_session, sure_of
from mira_workbook.store.given import Knock
from mira_workbook.store.rows import insert_id

TokenKind = Literal["return", "grant", "hand"]
ONCE: tuple[TokenKind, ...] = ("grant", "hand")
"""Kinds of secrets that are worth nothing after their first use."""
GRANT_SECONDS = 120
KNOCK_LASTS = timedelta(minutes=15)
_K = t.knocks.c
_WAITING = (
    select(_K.id, _K.session_id, _K.member_id, t.members.c.name, _K.at)
    .join_from(t.knocks, t.members, t.members.c.id == _K.member_id)
    .where(_K.admitted_at.is_(None), _K.at > bindparam("since"))
    .order_by(_K.id)
)
_KNOCKS = _WAITING.where(_K.session_id == bindparam("where"))
_KNOCKS_OF_ALL = _WAITING.where(
    _K.session_id.in_(select(t.sessions.c.id).where(t.sessions.c.meeting_id == bindparam("where")))
)


class Seats(Door):
    """Doors to seats. Secrets are handed out once and kept only as hashes."""

    def take_seat(self, browser: str, session_id: int, role: Role, member_id: int | None = None) -> Seat:
        """Bind a browser to a role in a session, and to a member where the role is member.

        Args:
            browser: the random token of the browser; kept as a hash.
            session_id: the session.
            role: the seat's role; whoever calls has checked its key.
            member_id: the person; somebody on the roster who has no seat in another browser.

        Raises:
            SeatError: the person already has a seat elsewhere, or the browser sits here as somebody else.
            RightError: the person is not on the roster.
        """
        with self._db.write() as connection:
            find_session(connection, session_id, lock=True)
            if role == "member":
                _may_sit(connection, hashed(browser), session_id, member_id)
            return self._bind(connection, hashed(browser), Seat(0, session_id, 0, role, member_id))

    def seats_of(self, browser: str) -> tuple[Seat, ...]:
        """All seats a browser holds."""
        with self._db.read() as connection:
            return find_seats(connection, t.seats.c.browser_hash == hashed(browser))

    def seat(self, browser: str, session_id: int, role: Role) -> Seat | None:
        """The seat a browser holds in a session under a role."""
        return next((s for s in self.seats_of(browser) if s.session_id == session_id and s.role == role), None)

    def beside(self, seat: Seat) -> tuple[Seat, ...]:
        """All seats that a seat's browser holds in the same role, in every meeting, this one with them.

        Raises:
            SeatError: the seat was given up.
        """
        with self._db.read() as connection:
            sure_of(connection, seat)
            browser = select(t.seats.c.browser_hash).where(t.seats.c.id == seat.id).scalar_subquery()
            return find_seats(connection, t.seats.c.browser_hash == browser, t.seats.c.role == seat.role)

    def seat_by_id(self, seat_id: int) -> Seat:
        """Read a seat again.

        Raises:
            SeatError: it was given up.
        """
        with self._db.read() as connection:
            found = find_seats(connection, t.seats.c.id == seat_id)
        if not found:
            raise SeatError("This browser's seat was given up. Open your personal link, or join with the code again.")
        return found[0]

    def release_seat(self, seat: Seat) -> None:
        """Give a seat up (“Not Ana?”); the person's answers and personal link stay good."""
        with self._db.write() as connection:
            connection.execute(update(t.seats).where(t.seats.c.id == seat.id).values(revoked_at=self._clock()))

    def ended(self, seat_ids: Collection[int]) -> tuple[int, ...]:
        """Which of these seats were given up, withdrawn or forgotten."""
        if not seat_ids:
            return ()
        query = select(t.seats.c.id).where(t.seats.c.id.in_(seat_ids), t.seats.c.revoked_at.is_(None))
        with self._db.read() as connection:
            return tuple(sorted({*seat_ids} - set(connection.execute(query).scalars())))

    def member_is_seated(self, member_id: int, session_id: int) -> bool:
        """Whether any browser holds a seat for this person in this session."""
        with self._db.read() as connection:
            return bool(_seats_for(connection, session_id, member_id))

    def guess_ok(self, seat: Seat, *, ok: bool = True) -> None:
        """Note that the seat's person knows that an answer may be guessed in a small team."""
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            find_session(connection, sure.session_id, lock=True)
            here = (t.attendance.c.session_id == sure.session_id, t.attendance.c.member_id == sure.member_id)
            stamp = self._clock() if ok else None
            connection.execute(update(t.attendance).where(*here).values(guess_ok_at=stamp))
            bump = {"rev": t.sessions.c.rev + 1, "stage_rev": t.sessions.c.stage_rev + 1}
            connection.execute(update(t.sessions).where(t.sessions.c.id == sure.session_id).values(bump))

    def make_token(self, seat: Seat, kind: TokenKind, *, seconds: float | None = None) -> str:
        """Draw a secret that leads to a seat.

        Args:
            seat: the seat.
            kind: `return`, a personal link for any browser, good until the meeting is forgotten unless `seconds`
                says less; `grant`, for one kernel, once; `hand`, for one more browser, once. The last two are good
                for two minutes unless `seconds` says otherwise.
            seconds: how long it is good.

        Raises:
            SeatError: the seat was given up.
        """
        now, secret = self._clock(), new_secret()
        lasts = seconds if seconds is not None else GRANT_SECONDS if kind in ONCE else None
        row = {
            "token_hash": hashed(secret),
            "kind": kind,
            "made_at": now,
            "expires_at": None if lasts is None else now + timedelta(seconds=lasts),
        }
        old = (t.tokens.c.kind.in_(ONCE), t.tokens.c.expires_at < now)
        with self._db.write() as connection:
            connection.execute(delete(t.tokens).where(*old))
            connection.execute(insert(t.tokens).values(seat_id=sure_of(connection, seat).id, **row))
        return secret

    def redeem(self, secret: str, kind: TokenKind, *, browser: str = "") -> Seat:
        """Follow a secret to its seat.

        Args:
            secret: from `make_token`.
            kind: what it must be.
            browser: with a `return` link, the browser that gets a seat of its own for the same person.

        Raises:
            SeatError: unknown, used up, too late, or (for a grant or hand) the seat was given up.
        """
        with self._db.write() as connection:
            found = self._redeemed(connection, secret, kind)
            if not browser:
                return found
            find_session(connection, found.session_id, lock=True)
            return self._bind(connection, hashed(browser), found, key_id=key_behind(connection, found))

    def peek(self, secret: str, kind: TokenKind) -> Seat:
        """Say which seat a secret leads to, and leave it unused: pages that only tell look here.

        Raises:
            SeatError: as `redeem`.
        """
        with self._db.read() as connection:
            return self._led_to(connection, secret, kind, lock=False)

    def knock(self, browser: str, session_id: int, member_id: int) -> int:
        """Ask to be let in under a name that already has a seat; asking again keeps one knock."""
        row = {"browser_hash": hashed(browser), "session_id": session_id, "member_id": member_id}
        with self._db.write() as connection:
            find_session(connection, session_id, lock=True)
            _on_roster(connection, session_id, member_id)
            same = [t.knocks.c[name] == value for name, value in row.items()]
            waiting = (*same, t.knocks.c.admitted_at.is_(None))
            known = connection.execute(select(t.knocks.c.id).where(*waiting)).scalar()
            if known is None:
                _roster_moved(connection, session_id)
                return insert_id(connection, t.knocks, {**row, "at": self._clock()})
            connection.execute(update(t.knocks).where(t.knocks.c.id == known).values(at=self._clock()))
            return int(known)

    def knocks(self, session_id: int) -> tuple[Knock, ...]:
        """Who waits to be let in; a knock is forgotten after a quarter of an hour."""
        return self._knocks(_KNOCKS, session_id)

    def knocks_of(self, meeting_id: int) -> tuple[Knock, ...]:
        """The same for all sessions of a meeting at once."""
        return self._knocks(_KNOCKS_OF_ALL, meeting_id)

    def _knocks(self, query: Select[Any], where: int) -> tuple[Knock, ...]:
        now = {"where": where, "since": self._clock() - KNOCK_LASTS}
        with self._db.read() as connection:
            return tuple(Knock(*row) for row in connection.execute(query, now))

    def admit(self, seat: Seat, knock_id: int) -> Seat:
        """Let a knocking browser in; gives its new seat.

        Args:
            seat: a teammate's in the same session, or one of who leads in the same meeting.
            knock_id: from `knocks`.

        Raises:
            RightError: the seat is of another session, or only looks on.
            SeatError: nobody knocks under this number any more.
        """
        with self._db.write() as connection:
            sure = sure_of(connection, seat)
            find_session(connection, sure.session_id, lock=True)
            knock = connection.execute(select(t.knocks).where(t.knocks.c.id == knock_id)).first()
            if knock is None or knock.admitted_at or knock.at <= self._clock() - KNOCK_LASTS:
                raise SeatError("Nobody waits at this door any more. Ask them to try once more.")
            if not self._may_admit(connection, sure, knock.session_id):
                raise RightError("Only this team or its facilitator can let somebody in.")
            connection.execute(update(t.knocks).where(t.knocks.c.id == knock_id).values(admitted_at=self._clock()))
            _roster_moved(connection, knock.session_id)
            wanted = Seat(0, knock.session_id, 0, "member", knock.member_id)
            return self._bind(connection, knock.browser_hash, wanted)

    def _may_admit(self, connection: Connection, sure: Seat, session_id: int) -> bool:
        """Whether a seat may let somebody in: a teammate's, or one of who leads any team of this meeting."""
        if sure.role == "facilitator":
            return sure.meeting_id == find_session(connection, session_id).meeting_id
        return sure.role == "member" and sure.session_id == session_id

    def _redeemed(self, connection: Connection, secret: str, kind: TokenKind) -> Seat:
        found = self._led_to(connection, secret, kind, lock=True)
        used = update(t.tokens).where(t.tokens.c.token_hash == hashed(secret))
        connection.execute(used.values(used_at=self._clock()))
        return found

    def _led_to(self, connection: Connection, secret: str, kind: TokenKind, *, lock: bool) -> Seat:
        query = select(t.tokens).where(t.tokens.c.token_hash == hashed(secret), t.tokens.c.kind == kind)
        token = connection.execute(query.with_for_update() if lock else query).first()
        late = token is not None and token.expires_at is not None and token.expires_at < self._clock()
        if token is None or late or (kind in ONCE and token.used_at is not None):
            raise SeatError("This link was used already or is too old. Reload the page, or ask for a new link.")
        found = find_seats(connection, t.seats.c.id == token.seat_id, released=kind == "return")
        if not found:
            raise SeatError("This seat was given up. Join with the code again.")
        return found[0]

    def _bind(self, connection: Connection, browser_hash: str, wanted: Seat, *, key_id: int | None = None) -> Seat:
        """Give a browser a seat like the wanted one; the seat it had under this role here becomes this one."""
        place = {"browser_hash": browser_hash, "session_id": wanted.session_id, "role": wanted.role}
        same = [t.seats.c[name] == value for name, value in place.items()]
        held = connection.execute(select(t.seats.c.id).where(*same)).scalar()
        row = {"member_id": wanted.member_id, "made_at": self._clock(), "revoked_at": None, "key_id": key_id}
        if held is None:
            held = insert_id(connection, t.seats, {**place, **row})
        else:
            connection.execute(update(t.seats).where(t.seats.c.id == held).values(row))
        if wanted.member_id is not None:
            self._join(connection, wanted)
        return find_seats(connection, t.seats.c.id == held)[0]

    def _join(self, connection: Connection, seat: Seat) -> None:
        """Note that a person has come, once."""
        a = t.attendance.c
        new = (a.session_id == seat.session_id, a.member_id == seat.member_id, a.joined_at.is_(None))
        if connection.execute(update(t.attendance).where(*new).values(joined_at=self._clock())).rowcount:
            _roster_moved(connection, seat.session_id)


def _roster_moved(connection: Connection, session_id: int) -> None:
    """Let pages look again: somebody came, knocks, or was let in. No answer and no act is numbered by it."""
    s = t.sessions.c
    connection.execute(update(t.sessions).where(s.id == session_id).values(stage_rev=s.stage_rev + 1))


def key_behind(connection: Connection, seat: Seat) -> int | None:
    """The number of the key a seat came from; None for members', and for those of a time when it was not noted."""
    return connection.execute(select(t.seats.c.key_id).where(t.seats.c.id == seat.id)).scalar()


def _seats_for(connection: Connection, session_id: int, member_id: int | None) -> tuple[Seat, ...]:
    here = (t.seats.c.session_id == session_id, t.seats.c.member_id == member_id, t.seats.c.role == "member")
    return find_seats(connection, *here)


def _may_sit(connection: Connection, browser_hash: str, session_id: int, member_id: int | None) -> None:
    _on_roster(connection, session_id, member_id)
    in_this_browser = (t.seats.c.browser_hash == browser_hash, t.seats.c.session_id == session_id)
    mine = find_seats(connection, *in_this_browser, t.seats.c.role == "member")
    if mine and mine[0].member_id != member_id:
        raise SeatError("This browser already sits here under another name. Give that seat up first.")
    if not mine and _seats_for(connection, session_id, member_id):
        raise SeatError("This name already has a seat. Open your personal link, or ask to be let in.")


def _on_roster(connection: Connection, session_id: int, member_id: int | None) -> None:
    here = (t.attendance.c.session_id == session_id, t.attendance.c.member_id == member_id)
    if connection.execute(select(t.attendance.c.member_id).where(*here)).first() is None:
        raise RightError("This name is not on the team's list. Pick your name, or type a new one.")
