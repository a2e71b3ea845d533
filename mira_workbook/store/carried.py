"""What one workbook hands to the next, and a coach's notes, and who is there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update

from mira_workbook.records import Presence
from mira_workbook.store import schema as t
from mira_workbook.store.door import Door, find_session
from mira_workbook.store.given import Access, Carry, Note
from mira_workbook.store.rows import insert_id, insert_new, upsert

HELP = "help"
"""What a page says whose person asks for help."""


class Carried(Door):
    """Doors for carries, notes, presence and the access log."""

    def carries(self, session_id: int) -> Mapping[str, Carry]:
        """The newest version of everything carried in the session's team and cycle, by key."""
        c, u = t.carries.c, t.carry_uses.c
        with self._db.read() as connection:
            session = find_session(connection, session_id)
            here = (c.team_id == session.team_id, c.cycle == session.cycle)
            rows = connection.execute(select(t.carries).where(*here).order_by(c.version)).all()
            uses = select(u.key, func.max(u.version)).where(u.session_id == session_id).group_by(u.key)
            used = dict(connection.execute(uses).tuples().all())
        return {
            row.key: Carry(row.key, row.version, row.value, row.at, row.source_session_id, used.get(row.key))
            for row in rows
        }

    def type_carry(self, session_id: int, key: str, value: Any) -> int:
        """Hand on something that was typed in, not worked out in a workbook; give its version."""
        c = t.carries.c
        with self._db.write() as connection:
            session = find_session(connection, session_id, lock=True)
            place = {"team_id": session.team_id, "cycle": session.cycle, "key": key}
            here = [c[name] == held for name, held in place.items()]
            version = int(connection.execute(select(func.max(c.version)).where(*here)).scalar() or 0) + 1
            connection.execute(insert(t.carries).values(version=version, value=value, at=self._clock(), **place))
            return version

    def use_carry(self, session_id: int, key: str, version: int) -> None:
        """Note that a session has built on this version of a carry."""
        row = {"session_id": session_id, "key": key, "version": version, "at": self._clock()}
        with self._db.write() as connection:
            insert_new(connection, t.carry_uses, row)

    def put_note(self, session_id: int, author: str, body: str, *, shared: bool = False) -> int:
        """Keep a coach's note."""
        row = {"session_id": session_id, "author": author, "body": body, "shared": shared, "at": self._clock()}
        with self._db.write() as connection:
            return insert_id(connection, t.notes, row)

    def notes(self, session_id: int, author: str = "") -> tuple[Note, ...]:
        """The shared notes of a session and those of one author, oldest first."""
        n = t.notes.c
        seen = or_(n.shared.is_(True), n.author == author)
        query = select(t.notes).where(n.session_id == session_id, seen).order_by(n.id)
        with self._db.read() as connection:
            return tuple(Note(**row) for row in connection.execute(query).mappings())

    def beat(self, session_id: int, member_id: int, state: str) -> None:
        """Note that a member's page is alive and what it does: typing or idle."""
        self.beats({(session_id, member_id): state})

    def beats(self, states: Mapping[tuple[int, int], str]) -> None:
        """Note many pages at once, by (session, member). Who asked for help keeps asking until it was given."""
        now, p = self._clock(), t.presence.c
        with self._db.write() as connection:
            for (session_id, member_id), state in sorted(states.items()):
                asks = (p.session_id == session_id, p.member_id == member_id, p.state == HELP)
                if connection.execute(update(t.presence).where(*asks).values(seen_at=now)).rowcount:
                    continue
                row = {"session_id": session_id, "member_id": member_id, "state": state, "seen_at": now}
                upsert(connection, t.presence, row)

    def helped(self, session_id: int, member_id: int) -> None:
        """Note that somebody who asked for help has got it."""
        p = t.presence.c
        asks = (p.session_id == session_id, p.member_id == member_id, p.state == HELP)
        with self._db.write() as connection:
            connection.execute(update(t.presence).where(*asks).values(state="idle"))

    def presence(self, session_id: int) -> Mapping[int, tuple[str, datetime]]:
        """Member to what their page last did, and when."""
        p = t.presence.c
        query = select(p.member_id, p.state, p.seen_at).where(p.session_id == session_id)
        with self._db.read() as connection:
            return {member_id: (state, at) for member_id, state, at in connection.execute(query)}

    def presences(self, meeting_id: int) -> tuple[Presence, ...]:
        """Everybody on the lists of a meeting's sessions, with what their page last did; one query for all teams."""
        a, p, s = t.attendance.c, t.presence.c, t.sessions.c
        same = and_(p.session_id == a.session_id, p.member_id == a.member_id)
        query = (
            select(a.session_id, a.member_id, a.joined_at, func.coalesce(p.state, ""), p.seen_at)
            .select_from(t.attendance.join(t.sessions, s.id == a.session_id).outerjoin(t.presence, same))
            .where(s.meeting_id == meeting_id)
            .order_by(a.session_id, a.position, a.member_id)
        )
        with self._db.read() as connection:
            return tuple(Presence(*row) for row in connection.execute(query))

    def log_access(self, key: str, what: str, format: str, rows: int) -> None:  # noqa: A002 - the column's name
        """Note who took what out."""
        row = {"at": self._clock(), "key": key, "what": what, "format": format, "rows": rows}
        with self._db.write() as connection:
            connection.execute(insert(t.access_log).values(row))

    def accesses(self) -> tuple[Access, ...]:
        """Who took what out, oldest first."""
        a = t.access_log.c
        query = select(a.at, a.key, a.what, a.format, a.rows).order_by(a.id)
        with self._db.read() as connection:
            return tuple(Access(*row) for row in connection.execute(query))
