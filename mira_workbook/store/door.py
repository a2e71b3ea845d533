"""What every door of the store shares: the database, the clock, and rows read as records."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, Table, bindparam, select

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import SeatError, SessionClosed, SessionNotFound, StoreError
from mira_workbook.judging import HandsOn
from mira_workbook.records import Act, Clock, Meeting, Member, Response, Seat, Session, Team
from mira_workbook.store import schema as t
from mira_workbook.store.engine import Database


class Door:
    """A part of the store. Every door opens its own transaction and closes it before it returns."""

    def __init__(self, database: Database, clock: Clock, hands_on: HandsOn | None = None) -> None:
        self._db = database
        self._clock = clock
        self._hands_on = hands_on


def choose(kind: type[Any], *tables: Table) -> Select[Any]:
    """Select what a record is made of, in the order of its attributes: `Act(*row)` reads a row.

    By position, because a save reads every act of its session and a board every answer.
    """
    return select(*(next(table.c[f.name] for table in tables if f.name in table.c) for f in fields(kind)))


ACTS = choose(Act, t.acts)
MEETINGS = choose(Meeting, t.meetings)
RESPONSES = choose(Response, t.responses)
SESSIONS = choose(Session, t.sessions)
TEAMS = choose(Team, t.teams)
_ROSTER = (
    choose(Member, t.attendance, t.members)
    .join_from(t.attendance, t.members, t.members.c.id == t.attendance.c.member_id)
    .where(t.attendance.c.session_id == bindparam("session"))
    .order_by(t.attendance.c.position, t.members.c.id)
)
# Made once, because every look of every page asks them, and making a statement costs more than SQLite's answer.
_SESSION = SESSIONS.where(t.sessions.c.id == bindparam("id"))
_SESSION_HELD = _SESSION.with_for_update()
_MEETING = MEETINGS.where(t.meetings.c.id == bindparam("id"))
_TEAM = TEAMS.where(t.teams.c.id == bindparam("id"))
_CLOSED = select(t.cycles.c.n).where(
    t.cycles.c.team_id == bindparam("team"), t.cycles.c.n == bindparam("cycle"), t.cycles.c.closed_at.is_not(None)
)
_ACTS = ACTS.where(t.acts.c.session_id == bindparam("session")).order_by(t.acts.c.seq)


def find_session(connection: Connection, session_id: int, *, lock: bool = False) -> Session:
    """Read a session; with `lock`, hold its row until the transaction ends (PostgreSQL; SQLite has one writer anyway).

    Raises:
        SessionNotFound: there is none, or it was forgotten.
    """
    row = connection.execute(_SESSION_HELD if lock else _SESSION, {"id": session_id}).first()
    if row is None:
        raise SessionNotFound("This session is not here, or no longer. Ask for the meeting's code.")
    return Session(*row)


def find_meeting(connection: Connection, meeting_id: int) -> Meeting:
    """Read a session's meeting."""
    return Meeting(*connection.execute(_MEETING, {"id": meeting_id}).one())


def cycle_is_closed(connection: Connection, session: Session) -> bool:
    """Whether the session's cycle is frozen."""
    return connection.execute(_CLOSED, {"team": session.team_id, "cycle": session.cycle}).first() is not None


def writable(connection: Connection, session: Session, meeting: Meeting) -> None:
    """Refuse what is over.

    Raises:
        SessionClosed: the meeting has ended or the team's cycle is closed.
    """
    if meeting.ended_at is not None:
        raise SessionClosed("This meeting has ended, so nothing more is taken. What was saved is kept.")
    if cycle_is_closed(connection, session):
        raise SessionClosed(
            "This team's cycle is closed, so its answers stay as they are. A new meeting begins the next."
        )


def find_team(connection: Connection, team_id: int) -> Team:
    """Read a team.

    Raises:
        StoreError: there is none with this number.
    """
    row = connection.execute(_TEAM, {"id": team_id}).first()
    if row is None:
        raise StoreError(f"No team has the number {team_id}. See mira-workbook session list.")
    return Team(*row)


def find_roster(connection: Connection, session_id: int) -> tuple[Member, ...]:
    """Read who attends a session, in roster order."""
    return tuple(Member(*row) for row in connection.execute(_ROSTER, {"session": session_id}))


def find_acts(connection: Connection, session_id: int) -> tuple[Act, ...]:
    """Read all acts of a session, oldest first."""
    return tuple(Act(*row) for row in connection.execute(_ACTS, {"session": session_id}))


def find_workbook(connection: Connection, definition_hash: str) -> Workbook:
    """Read a pinned definition; parsed once in a process, since it never changes."""
    if definition_hash not in _parsed:
        query = select(t.definitions.c.body).where(t.definitions.c.hash == definition_hash)
        _parsed[definition_hash] = _parse(connection.execute(query).scalar_one())
    return _parsed[definition_hash]


_parsed: dict[str, Workbook] = {}
"""By hash. A process meets a handful of definitions, each some tens of kilobytes, so none is ever let go."""


def _parse(body: str) -> Workbook:
    try:
        return Workbook.model_validate_json(body)
    except ValidationError as error:
        raise StoreError(
            "This meeting's workbook was made by another version and cannot be read by this one. Update mira-workbook."
        ) from error


_SEATS = select(
    *t.seats.c["id", "session_id", "role", "member_id", "revoked_at"],
    t.sessions.c.meeting_id,
    t.members.c.key.label("member_key"),
).select_from(
    t.seats.join(t.sessions, t.sessions.c.id == t.seats.c.session_id).outerjoin(
        t.members, t.members.c.id == t.seats.c.member_id
    )
)


_SURE = _SEATS.where(t.seats.c.id == bindparam("seat"), t.seats.c.revoked_at.is_(None))


def find_seats(connection: Connection, *conditions: Any, released: bool = False) -> tuple[Seat, ...]:
    """Read seats, those that were released only when asked for."""
    query = _SEATS.where(*conditions).order_by(t.seats.c.id)
    if not released:
        query = query.where(t.seats.c.revoked_at.is_(None))
    return tuple(_seat_of(row._mapping) for row in connection.execute(query))  # noqa: SLF001 - public in SQLAlchemy


def _seat_of(row: Mapping[Any, Any]) -> Seat:
    names = ("id", "session_id", "meeting_id", "role", "member_id")
    return Seat(**{name: row[name] for name in names}, member_key=row["member_key"] or "")


def sure_of(connection: Connection, seat: Seat) -> Seat:
    """Read a seat again: what a caller holds may be old, or made up.

    Raises:
        SeatError: it was released, or is not as the caller says.
    """
    row = connection.execute(_SURE, {"seat": seat.id}).first()
    found = _seat_of(row._mapping) if row is not None else None  # noqa: SLF001 - public in SQLAlchemy
    if found is None or found != seat:
        raise SeatError("This browser's seat was given up. Open your personal link, or join with the code again.")
    return found
