"""What one workbook hands to the next, a coach's notes, and who took what out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, or_, select

from mira_workbook.store import schema as t
from mira_workbook.store.door import Door, find_session
from mira_workbook.store.given import Access, Carry, Note
from mira_workbook.store.rows import insert_id, insert_new


class Carried(Door):
    """Doors for carries, notes and the access log."""

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
