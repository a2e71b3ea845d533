"""Sealing anonymous steps, ending a meeting, and forgetting: the only doors that delete."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from mira_workbook.errors import StoreError
from mira_workbook.records import NewAct, Session
from mira_workbook.store import schema as t
from mira_workbook.store.acts import write_acts
from mira_workbook.store.anonymous import find_secrets, is_sealed
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import Door, find_session, find_team
from mira_workbook.store.meetings import by_code, sessions_of
from mira_workbook.store.snapshots import find_responses


class Privacy(Door):
    """Doors that end and delete."""

    def seal(self, session_id: int, step: str, round_: int = 1) -> None:
        """Cut the tie between anonymous answers and their authors, for good; once, later calls change nothing.

        The answers that stand are copied in the order of their hashes as `anon_01` …, version 1, without time, save
        key or scribe; the originals, the drafts and the secret are deleted, also from the file's free pages and log.
        """
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            _seal(connection, session, (step, round_), self._clock())
        self._db.scrub()

    def close_meeting(self, code: str) -> None:
        """End a meeting: seal every anonymous step, then take nothing more. A second time changes nothing."""
        now = self._clock()
        with self._db.write() as connection:
            meeting = by_code(connection, code)
            if meeting.ended_at is not None:
                return
            for known in sessions_of(connection, meeting.id):
                for where in find_secrets(connection, known.id):
                    _seal(connection, find_session(connection, known.id, lock=True), where, now)
            connection.execute(update(t.meetings).where(t.meetings.c.id == meeting.id).values(ended_at=now))
        self._db.scrub()

    def forget_member(self, code: str, key: str, team: str = "") -> None:
        """Delete a person's answers, drafts, seats and name from a meeting's team.

        What the team wrote together stays, without saying who typed it. Sealed anonymous answers cannot be found any
        more, by anybody.

        Args:
            code: the meeting's code.
            key: the member's public key, such as M3.
            team: the team's slug, where the meeting has several.

        Raises:
            StoreError: nobody has this key, or several teams could be meant.
        """
        with self._db.write() as connection:
            known = _one_session(connection, sessions_of(connection, by_code(connection, code).id), team)
            who = select(t.members.c.id).where(t.members.c.team_id == known.team_id, t.members.c.key == key)
            member_id = connection.execute(who).scalar()
            if member_id is None:
                raise StoreError(f"Nobody in this team has the key {key}. See mira-workbook session list.")
            for session_id in _sessions_of_team(connection, known.team_id):
                _forget_answers(connection, find_session(connection, session_id, lock=True), key)
            _forget_person(connection, int(member_id), self._clock())
        self._db.scrub()

    def forget_team(self, slug: str) -> None:
        """Delete a team with its people, sessions, answers and carries; meetings of this team alone go with it.

        Raises:
            StoreError: no team has this slug.
        """
        with self._db.write() as connection:
            team_id = connection.execute(select(t.teams.c.id).where(t.teams.c.slug == slug)).scalar()
            if team_id is None:
                raise StoreError(f"No team is called {slug}. See mira-workbook session list.")
            _forget_sessions(connection, _sessions_of_team(connection, int(team_id)))
            _forget_teams(connection, [int(team_id)])
            _forget_empty_meetings(connection)
        self._db.scrub()

    def forget_meeting(self, code: str) -> None:
        """Delete a meeting with its answers, and its teams where they have no other.

        Raises:
            SessionNotFound: no meeting has this code.
        """
        with self._db.write() as connection:
            meeting = by_code(connection, code)
            known = sessions_of(connection, meeting.id)
            _forget_sessions(connection, [session.id for session in known])
            alone = [s.team_id for s in known if not _sessions_of_team(connection, s.team_id)]
            _forget_teams(connection, alone)
            _forget_empty_meetings(connection)
            connection.execute(delete(t.archives).where(t.archives.c.code == meeting.code))
        self._db.scrub()


def _seal(connection: Connection, session: Session, where: tuple[str, int], now: datetime) -> None:
    step, round_ = where
    if is_sealed(connection, session.id, step, round_):
        return
    standing = [
        r
        for r in find_responses(connection, session.id, ())
        if (r.step, r.round, r.author_kind) == (step, round_, "anon") and r.state == "submitted"
    ]
    names = {author: f"anon_{n:02d}" for n, author in enumerate(sorted({r.author for r in standing}), start=1)}
    secret = find_secrets(connection, session.id).get(where)
    _delete_hidden(connection, session, where, secret)
    rows = [
        {
            "session_id": session.id,
            "seq": session.rev + n,
            "step": step,
            "round": round_,
            "item": r.item,
            "field": r.field,
            "author_kind": "anon",
            "author": names[r.author],
            "version": 1,
            "state": "submitted",
            "value": r.value,
            "late": False,
        }
        for n, r in enumerate(sorted(standing, key=lambda r: (names[r.author], r.field, r.item)), start=1)
    ]
    if rows:
        connection.execute(insert(t.responses), rows)
    write_acts(connection, replace(session, rev=session.rev + len(rows)), [NewAct("seal", step, round_)], (None, now))


def _delete_hidden(connection: Connection, session: Session, where: tuple[str, int], secret: str | None) -> None:
    """Delete the answers and drafts that stand under hashes, and the secret that made these."""
    step, round_ = where
    r, d, a = t.responses.c, t.drafts.c, t.anon_secrets.c
    here = (r.session_id == session.id, r.step == step, r.round == round_)
    connection.execute(delete(t.responses).where(*here, r.author_kind == "anon"))
    if secret:
        team = select(t.members.c.key).where(t.members.c.team_id == session.team_id)
        names = [anonymous_author(secret, key) for key in connection.execute(team).scalars()]
        mine = (d.session_id == session.id, d.step == step, d.round == round_, d.author.in_(names))
        connection.execute(delete(t.drafts).where(*mine))
    connection.execute(delete(t.anon_secrets).where(a.session_id == session.id, a.step == step, a.round == round_))


def _one_session(connection: Connection, known: Sequence[Session], team: str) -> Session:
    """Pick a meeting's session by its team's slug, or the only one.

    Raises:
        StoreError: none fits, or several do.
    """
    slugs = {find_team(connection, session.team_id).slug: session for session in known}
    if not team and len(slugs) == 1:
        return known[0]
    if team not in slugs:
        raise StoreError(f"Say which team is meant, with --team: {', '.join(sorted(slugs))}.")
    return slugs[team]


def _sessions_of_team(connection: Connection, team_id: int) -> list[int]:
    return list(connection.execute(select(t.sessions.c.id).where(t.sessions.c.team_id == team_id)).scalars())


def _forget_answers(connection: Connection, session: Session, key: str) -> None:
    names = [key, *(anonymous_author(secret, key) for secret in find_secrets(connection, session.id).values())]
    r, d = t.responses.c, t.drafts.c
    mine = r.author_kind.in_(["member", "anon"])
    connection.execute(delete(t.responses).where(r.session_id == session.id, mine, r.author.in_(names)))
    connection.execute(update(t.responses).where(r.session_id == session.id, r.entered_by == key).values(entered_by=""))
    connection.execute(delete(t.drafts).where(d.session_id == session.id, d.author.in_(names)))
    bump = {"rev": session.rev + 1, "stage_rev": session.stage_rev + 1}
    connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(bump))


def _forget_person(connection: Connection, member_id: int, now: datetime) -> None:
    """Delete a person's seats and places; an empty row keeps the key from being given to somebody else."""
    seats = select(t.seats.c.id).where(t.seats.c.member_id == member_id)
    connection.execute(delete(t.tokens).where(t.tokens.c.seat_id.in_(seats)))
    for table in (t.seats, t.knocks, t.presence, t.pairs, t.attendance):
        connection.execute(delete(table).where(table.c.member_id == member_id))
    empty = {"name": "", "role": "", "role_group": "other", "contract_min": None}
    connection.execute(update(t.members).where(t.members.c.id == member_id).values(left_at=now, **empty))


def _forget_sessions(connection: Connection, ids: Sequence[int]) -> None:
    """Delete sessions with all that belongs to them."""
    seats = select(t.seats.c.id).where(t.seats.c.session_id.in_(ids))
    connection.execute(delete(t.tokens).where(t.tokens.c.seat_id.in_(seats)))
    connection.execute(delete(t.carries).where(t.carries.c.source_session_id.in_(ids)))
    for table in reversed(t.metadata.sorted_tables):
        if "session_id" in table.c:
            connection.execute(delete(table).where(table.c.session_id.in_(ids)))
    connection.execute(delete(t.sessions).where(t.sessions.c.id.in_(ids)))


def _forget_teams(connection: Connection, ids: Sequence[int]) -> None:
    for table in (t.carries, t.members, t.cycles):
        connection.execute(delete(table).where(table.c.team_id.in_(ids)))
    connection.execute(delete(t.teams).where(t.teams.c.id.in_(ids)))


def _forget_empty_meetings(connection: Connection) -> None:
    """Delete meetings that have no session left, with their keys."""
    full = select(t.sessions.c.meeting_id)
    connection.execute(delete(t.keys).where(t.keys.c.meeting_id.not_in(full)))
    connection.execute(delete(t.meetings).where(t.meetings.c.id.not_in(full)))
