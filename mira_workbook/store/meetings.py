"""Meetings, teams, rosters and cycles."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from mira_workbook import text
from mira_workbook.content.definition import Workbook
from mira_workbook.errors import SessionNotFound, StoreError
from mira_workbook.records import Meeting, Member, Role, Session, Team
from mira_workbook.store import schema as t
from mira_workbook.store.codes import hashed, new_code, new_secret, plain_code, shown_code
from mira_workbook.store.door import (
    MEETINGS,
    SESSIONS,
    TEAMS,
    Door,
    cycle_is_closed,
    find_meeting,
    find_roster,
    find_session,
    find_team,
    find_workbook,
    writable,
)
from mira_workbook.store.engine import NAMING_TEAMS, take_turns
from mira_workbook.store.given import NewMember, NewTeam, Opened
from mira_workbook.store.rows import insert_id, insert_new

KEYED: tuple[Role, ...] = ("facilitator", "coach", "viewer")
"""The roles that are entered by a key; members come in by the code."""


class Meetings(Door):
    """Doors to meetings and to who is in them."""

    def open_meeting(
        self,
        workbook: Workbook,
        teams: Sequence[NewTeam],
        *,
        pace: Literal["own", "led"] = "own",
        timezone: str = "UTC",
        occasion: str = "",
    ) -> Opened:
        """Open a meeting: pin the workbook, seat every team, draw the code and the keys.

        Args:
            workbook: kept with the meeting; its file is not read again.
            teams: one session each.
            pace: who moves the session on, its members or a facilitator.
            timezone: IANA name of the room's clock.
            occasion: before, after, check-in 3 …

        Raises:
            StoreError: no team, a team twice, or a team_id that is not there.
        """
        if not teams:
            raise StoreError("A meeting needs at least one team.")
        now = self._clock()
        with self._db.write() as connection:
            pinned = _pin(connection, workbook, now)
            meeting = _new_meeting(connection, Meeting(0, "", pinned, pace, timezone, now))
            sessions = tuple(_new_session(connection, meeting, team, occasion) for team in teams)
            secrets = {role: _new_key(connection, meeting.id, role, now) for role in KEYED}
        return Opened(meeting, sessions, secrets)

    def meeting(self, code: str) -> Meeting:
        """Find a meeting by its code, in any case, with or without dash.

        Raises:
            SessionNotFound: no meeting has this code.
        """
        with self._db.read() as connection:
            return by_code(connection, code)

    def meeting_by_id(self, meeting_id: int) -> Meeting:
        """Find the meeting that a seat or a session belongs to."""
        with self._db.read() as connection:
            return find_meeting(connection, meeting_id)

    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, newest first."""
        with self._db.read() as connection:
            rows = connection.execute(MEETINGS.order_by(t.meetings.c.id.desc()))
            return tuple(Meeting(*row) for row in rows)

    def sessions(self, meeting_id: int) -> tuple[Session, ...]:
        """The sessions of a meeting, in the order their teams were named."""
        with self._db.read() as connection:
            return sessions_of(connection, meeting_id)

    def sessions_with(self, ids: Collection[int]) -> tuple[Session, ...]:
        """The sessions with these numbers that are still here, the oldest first."""
        with self._db.read() as connection:
            query = SESSIONS.where(t.sessions.c.id.in_(ids)).order_by(t.sessions.c.id)
            return tuple(Session(*row) for row in connection.execute(query))

    def session(self, session_id: int) -> Session:
        """Find a session.

        Raises:
            SessionNotFound: it is not here, or no longer.
        """
        with self._db.read() as connection:
            return find_session(connection, session_id)

    def team(self, team_id: int) -> Team:
        """Find a team by its number.

        Raises:
            StoreError: there is none.
        """
        with self._db.read() as connection:
            return find_team(connection, team_id)

    def teams(self) -> tuple[Team, ...]:
        """All teams, by name."""
        with self._db.read() as connection:
            return tuple(Team(*row) for row in connection.execute(TEAMS.order_by(t.teams.c.name)))

    def members(self, team_id: int) -> tuple[Member, ...]:
        """Everybody in a team, in order; who has left or was forgotten is not."""
        names = ("id", "key", "name", "role", "role_group", "contract_min", "position")
        here = (t.members.c.team_id == team_id, t.members.c.left_at.is_(None))
        query = select(*t.members.c[names]).where(*here).order_by(t.members.c.position)
        with self._db.read() as connection:
            return tuple(Member(*row) for row in connection.execute(query))

    def workbook(self, meeting: Meeting) -> Workbook:
        """The definition that was pinned when the meeting opened."""
        with self._db.read() as connection:
            return find_workbook(connection, meeting.definition_hash)

    def roster(self, session_id: int) -> tuple[Member, ...]:
        """Who attends a session, in order; excused ones too."""
        with self._db.read() as connection:
            return find_roster(connection, session_id)

    def add_member(self, session_id: int, person: NewMember) -> Member:
        """Let somebody new into a session's roster; two may share a name.

        Raises:
            SessionClosed: the meeting has ended or the cycle is closed.
        """
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            writable(connection, session, find_meeting(connection, session.meeting_id))
            member_id = _new_member(connection, session.team_id, person)
            _attend(connection, session.id, member_id)
            # The roster belongs to what every page of the session watches.
            bump = {"rev": t.sessions.c.rev + 1, "stage_rev": t.sessions.c.stage_rev + 1}
            connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(bump))
            return next(m for m in find_roster(connection, session.id) if m.id == member_id)

    def new_key(self, code: str, role: Role) -> str:
        """Draw one more key for a role; those already given keep working."""
        with self._db.write() as connection:
            return _new_key(connection, by_code(connection, code).id, role, self._clock())

    def open_cycle(self, team_id: int) -> int:
        """Begin a team's next cycle and close the one before; give its number."""
        now = self._clock()
        with self._db.write() as connection:
            # Its row is held: two who begin the next cycle at once begin one.
            connection.execute(select(t.teams.c.id).where(t.teams.c.id == team_id).with_for_update())
            n = _cycle(connection, team_id, now)
            close = update(t.cycles).where(t.cycles.c.team_id == team_id, t.cycles.c.closed_at.is_(None))
            connection.execute(close.values(closed_at=now))
            connection.execute(insert(t.cycles).values(team_id=team_id, n=n + 1, opened_at=now))
            _wake_all(connection, team_id)
            return n + 1

    def cycle_is_over(self, session_id: int) -> bool:
        """Whether the cycle of a session is closed, so that it can only be read."""
        with self._db.read() as connection:
            return cycle_is_closed(connection, find_session(connection, session_id))

    def turn_cycle(self, session_id: int) -> int:
        """Close the cycle of a session, so that it can only be read, and begin its team's next; give the newest number.

        A second time changes nothing, and neither does a session of a cycle that is over.
        """
        with self._db.read() as connection:
            session = find_session(connection, session_id)
            over = cycle_is_closed(connection, session)
        return self.open_cycle(session.team_id) if not over else self._newest_cycle(session.team_id)

    def _newest_cycle(self, team_id: int) -> int:
        with self._db.read() as connection:
            newest = select(func.max(t.cycles.c.n)).where(t.cycles.c.team_id == team_id)
            return int(connection.execute(newest).scalar_one())

    def close_cycle(self, team_id: int, n: int) -> None:
        """Freeze a cycle: nothing more is written in its sessions."""
        with self._db.write() as connection:
            this = (t.cycles.c.team_id == team_id, t.cycles.c.n == n, t.cycles.c.closed_at.is_(None))
            connection.execute(update(t.cycles).where(*this).values(closed_at=self._clock()))
            _wake_all(connection, team_id)


def _wake_all(connection: Connection, team_id: int) -> None:
    """Let the pages of all sessions of a team look anew."""
    bump = {"rev": t.sessions.c.rev + 1, "stage_rev": t.sessions.c.stage_rev + 1}
    connection.execute(update(t.sessions).where(t.sessions.c.team_id == team_id).values(bump))


def by_code(connection: Connection, code: str) -> Meeting:
    """Find a meeting by its code.

    Raises:
        SessionNotFound: no meeting has this code.
    """
    row = connection.execute(MEETINGS.where(t.meetings.c.code == plain_code(code))).first()
    if row is None:
        raise SessionNotFound(
            f"No meeting has the code {shown_code(code)}. Check each letter with the person who gave it."
        )
    return Meeting(*row)


def sessions_of(connection: Connection, meeting_id: int) -> tuple[Session, ...]:
    """The sessions of a meeting, in the order their teams were named."""
    query = SESSIONS.where(t.sessions.c.meeting_id == meeting_id).order_by(t.sessions.c.id)
    return tuple(Session(*row) for row in connection.execute(query))


def _pin(connection: Connection, workbook: Workbook, now: datetime) -> str:
    body, name = workbook.pinned(), workbook.hash()
    row = {"hash": name, "slug": workbook.slug, "format": workbook.format, "body": body, "at": now}
    insert_new(connection, t.definitions, row)
    return name


def _new_meeting(connection: Connection, meeting: Meeting) -> Meeting:
    """Write a meeting under a code that no other has."""
    row = {
        "definition_hash": meeting.definition_hash,
        "pace": meeting.pace,
        "timezone": meeting.timezone,
        "opened_at": meeting.opened_at,
    }
    for _ in range(20):
        try:
            with connection.begin_nested():
                connection.execute(insert(t.meetings).values(code=(code := new_code()), **row))
        except IntegrityError:
            continue
        return by_code(connection, code)
    raise StoreError("No free code was found. Try again.")


def _new_session(connection: Connection, meeting: Meeting, team: NewTeam, occasion: str) -> Session:
    now = meeting.opened_at
    team_id = team.team_id if team.team_id is not None else _new_team(connection, team)
    _change_facts(connection, find_team(connection, team_id), team.facts)
    taken = (t.sessions.c.meeting_id == meeting.id, t.sessions.c.team_id == team_id)
    if connection.execute(select(t.sessions.c.id).where(*taken)).first():
        raise StoreError(f"{team.name} is named twice for this meeting. Name each team once.")
    row = {
        "meeting_id": meeting.id,
        "team_id": team_id,
        "cycle": _cycle(connection, team_id, now),
        "occasion": occasion,
    }
    session_id = insert_id(connection, t.sessions, row)
    for member_id in _roster_of(connection, team_id, team):
        _attend(connection, session_id, member_id)
    return find_session(connection, session_id)


def _change_facts(connection: Connection, known: Team, facts: Mapping[str, Any]) -> None:
    """Put what is known anew beside what was known of a team before; None takes a fact away."""
    changed = {name: value for name, value in {**known.facts, **facts}.items() if value is not None}
    if changed != dict(known.facts):
        connection.execute(update(t.teams).where(t.teams.c.id == known.id).values(facts=changed))


def _new_team(connection: Connection, team: NewTeam) -> int:
    """Write a team under its slug, or the slug with -2, -3 …: it never joins an old one by accident."""
    take_turns(connection, NAMING_TEAMS)
    wanted = text.slug(team.slug or team.name)
    used = set(
        connection.execute(select(t.teams.c.slug).where(t.teams.c.slug.startswith(wanted, autoescape=True))).scalars()
    )
    free = next(s for s in (wanted, *(f"{wanted}-{n}" for n in range(2, len(used) + 3))) if s not in used)
    row = {"slug": free, "name": team.name, "facts": dict(team.facts)}
    return insert_id(connection, t.teams, row)


def _cycle(connection: Connection, team_id: int, now: datetime) -> int:
    """The team's newest cycle; the next one is opened if it has none, or that one is closed."""
    c = t.cycles.c
    query = select(c.n, c.closed_at).where(c.team_id == team_id).order_by(c.n.desc()).limit(1)
    newest = connection.execute(query).first()
    if newest is not None and newest.closed_at is None:
        return int(newest.n)
    n = newest.n + 1 if newest is not None else 1
    connection.execute(insert(t.cycles).values(team_id=team_id, n=n, opened_at=now))
    return int(n)


def _roster_of(connection: Connection, team_id: int, team: NewTeam) -> list[int]:
    """The members who attend: all who are in the team, then the new ones; a known key means the person is known."""
    query = select(*t.members.c["id", "key"]).where(t.members.c.team_id == team_id, t.members.c.left_at.is_(None))
    known = {key: member_id for member_id, key in connection.execute(query.order_by(t.members.c.position))}
    new = [_new_member(connection, team_id, person) for person in team.members if person.key not in known]
    return [*known.values(), *new]


def _new_member(connection: Connection, team_id: int, person: NewMember) -> int:
    keys = connection.execute(select(t.members.c.key).where(t.members.c.team_id == team_id)).scalars().all()
    numbers = [int(key[1:]) for key in keys if key[:1] == "M" and key[1:].isdecimal()]
    row = {
        "team_id": team_id,
        "key": person.key or f"M{max(numbers, default=0) + 1}",
        "name": person.name,
        "role": person.role,
        "role_group": person.role_group,
        "contract_min": person.contract_min,
        "position": len(keys) + 1,
    }
    return insert_id(connection, t.members, row)


def _attend(connection: Connection, session_id: int, member_id: int) -> None:
    """Put somebody on the list of a session; they have joined once they take a seat."""
    last = select(func.coalesce(func.max(t.attendance.c.position), 0)).where(t.attendance.c.session_id == session_id)
    row = {"session_id": session_id, "member_id": member_id}
    connection.execute(insert(t.attendance).values(position=last.scalar_subquery() + 1, **row))


def _new_key(connection: Connection, meeting_id: int, role: Role, now: datetime) -> str:
    secret = new_secret()
    row = {"meeting_id": meeting_id, "role": role, "key_hash": hashed(secret), "made_at": now}
    connection.execute(insert(t.keys).values(row))
    return secret
