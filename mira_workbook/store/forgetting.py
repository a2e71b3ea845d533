"""Forgetting people, teams and meetings. Beside sealing and sent drafts, the only deletes there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select, update

from mira_workbook.content.entries import LISTS_OF_WORDS, entries_in, entry_id, texts_in
from mira_workbook.errors import StoreError
from mira_workbook.records import Meeting, Session
from mira_workbook.store import schema as t
from mira_workbook.store.anonymous import find_secrets
from mira_workbook.store.codes import anonymous_author, plain_code
from mira_workbook.store.door import Door, find_acts, find_meeting, find_session, find_team, find_workbook
from mira_workbook.store.meetings import by_code, sessions_of
from mira_workbook.store.merge import is_table
from mira_workbook.store.presence import forget_presence
from mira_workbook.store.retaining import archived_teams


class Forgetting(Door):
    """Doors that delete. Backups made before are the coach's to delete."""

    def forget_member(self, code: str, key: str, team: str = "") -> None:
        """Delete a person's answers, drafts, seats and name from a meeting's team, and what was handed on of them.

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
            _forget_carried(connection, known.team_id, key)
            _forget_person(connection, int(member_id), self._clock())
        forget_presence(self._db, members=[int(member_id)])
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
            ids = _sessions_of_team(connection, int(team_id))
            _forget_sessions(connection, ids)
            _forget_teams(connection, [int(team_id)])
            _forget_empty_meetings(connection)
        forget_presence(self._db, sessions=ids)
        self._db.scrub()

    def forget_meeting(self, code: str) -> None:
        """Delete a meeting with its answers, and its teams where they have no other; or an imported archive.

        Raises:
            SessionNotFound: no meeting and no archive has this code.
        """
        with self._db.write() as connection:
            archived = connection.execute(delete(t.archives).where(t.archives.c.code == plain_code(code)))
            if archived.rowcount:
                known: tuple[Session, ...] = ()
            else:
                known = _forget_meeting(connection, by_code(connection, code))
        forget_presence(self._db, sessions=[session.id for session in known])
        self._db.scrub()

    def still_told_of(self, team: str) -> tuple[str, ...]:
        """Codes of imported archives that hold a team of this name: they are forgotten by their own codes."""
        with self._db.read() as connection:
            rows = connection.execute(select(t.archives.c.code, t.archives.c.body).order_by(t.archives.c.code))
            return tuple(code for code, body in rows if team in archived_teams(body))


def _forget_meeting(connection: Connection, meeting: Meeting) -> tuple[Session, ...]:
    """Delete a meeting with its sessions, and its teams where they have no other; the sessions that are gone."""
    known = sessions_of(connection, meeting.id)
    _forget_sessions(connection, [session.id for session in known])
    _forget_teams(connection, [s.team_id for s in known if not _sessions_of_team(connection, s.team_id)])
    _forget_empty_meetings(connection)
    return known


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
    """Delete a person's answers and drafts, and what acts pinned of them: a list holds names and texts."""
    names = [key, *(anonymous_author(secret, key) for secret in find_secrets(connection, session.id).values())]
    r, d, a = t.responses.c, t.drafts.c, t.acts.c
    mine = (r.session_id == session.id, r.author_kind == "member", r.author.in_(names))
    gone = _gone(connection, session, key, connection.execute(select(r.step, r.round, r.field, r.value).where(*mine)))
    for act in find_acts(connection, session.id):
        payload = blanked(act.payload, gone)
        if payload != act.payload:
            connection.execute(
                update(t.acts).where(a.session_id == session.id, a.seq == act.seq).values(payload=payload)
            )
    connection.execute(delete(t.responses).where(*mine))
    typed = (r.session_id == session.id, r.entered_by == key)
    connection.execute(update(t.responses).where(*typed).values(entered_by=""))
    typing = select(t.seats.c.id).join(t.members, t.members.c.id == t.seats.c.member_id)
    typing = typing.where(t.seats.c.session_id == session.id, t.members.c.key == key)
    theirs = or_(d.author.in_(names), d.seat_id.in_(typing))
    connection.execute(delete(t.drafts).where(d.session_id == session.id, theirs))
    bump = {"rev": session.rev + 1, "stage_rev": session.stage_rev + 1}
    connection.execute(update(t.sessions).where(t.sessions.c.id == session.id).values(bump))


@dataclass(slots=True)
class Gone:
    """What of a person may stand in acts.

    Attributes:
        ids: the person's key, and the rows the person added; rows that stand for an item of a list are everybody's.
        texts: what the person wrote.
        lists: names of the lists that are made of what people wrote alone.
        entries: names under which entries of the person were put aside, or kept beside the room's picture.
    """

    ids: set[str]
    texts: set[str] = field(default_factory=set)
    lists: frozenset[str] = frozenset()
    entries: set[str] = field(default_factory=set)


def _gone(connection: Connection, session: Session, key: str, answers: Iterable[Row[Any]]) -> Gone:
    workbook = find_workbook(connection, find_meeting(connection, session.meeting_id).definition_hash)
    gone = Gone({key}, lists=frozenset(name for name, use in workbook.lists.items() if use.use in LISTS_OF_WORDS))
    for step, round_, name, value in answers:
        asked = workbook.step(step).field(name)
        gone.texts.update(texts_in(asked, value))
        gone.entries.update(entry_id(session.id, step, round_, name, entry) for entry, _ in entries_in(asked, value))
        if is_table(value) and not getattr(asked, "rows_from", None):
            gone.ids.update(row["row_id"] for row in value)
    return gone


def blanked(payload: Mapping[str, Any], gone: Gone) -> dict[str, Any]:
    """Empty what an act holds of a person: pinned options, lists of the person's own, lines kept, names of entries."""
    lists = {name: _blank(rows, gone, name) for name, rows in payload.get("lists", {}).items()}
    own = {
        name: {key: _blank(rows, gone, name) for key, rows in by_member.items() if key not in gone.ids}
        for name, by_member in payload.get("own_lists", {}).items()
    }
    pinned: dict[str, Any] = {"lists": lists, "own_lists": own}
    if payload.get("entry") in gone.entries:
        pinned |= {"entry": "", "text": ""}
    return {**payload, **{name: value for name, value in pinned.items() if name in payload}}


def _blank(options: Iterable[Sequence[str]], gone: Gone, name: str) -> list[list[str]]:
    """Options stand as `[id, label]` or `[id, label, help]`."""
    texts = gone.texts if name in gone.lists else ()
    return [
        [option[0], *("" for _ in option[1:])] if option[0] in gone.ids or option[1] in texts else list(option)
        for option in options
    ]


def _forget_carried(connection: Connection, team_id: int, key: str) -> None:
    """Take out of everything handed on what is of one person; versions stay, so that what was built on them does."""
    c = t.carries.c
    for row in connection.execute(select(t.carries).where(c.team_id == team_id)).all():
        value = without_person(row.value, key)
        if value != row.value:
            here = (c.team_id == team_id, c.cycle == row.cycle, c.key == row.key, c.version == row.version)
            connection.execute(update(t.carries).where(*here).values(value=value or None))


def without_person(value: Any, key: str) -> Any:
    """A value without the rows of one person, and without what names the person: who keeps an eye on it, who asks."""
    if isinstance(value, list):
        return [without_person(row, key) for row in value if not (isinstance(row, dict) and row.get("member") == key)]
    if isinstance(value, dict):
        return {name: cell for name, cell in value.items() if name not in _PEOPLE or cell != key}
    return value


_PEOPLE = frozenset({"keeper", "found_by"})
"""Parts of a carry that hold a member's key."""


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
