"""Sealing anonymous steps, and ending a meeting."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import PERSONAL_LISTS
from mira_workbook.records import NewAct, Response, Session
from mira_workbook.store import schema as t
from mira_workbook.store.acts import write_acts
from mira_workbook.store.anonymous import find_secrets, is_sealed
from mira_workbook.store.codes import anonymous_author
from mira_workbook.store.door import Door, find_meeting, find_session
from mira_workbook.store.meetings import by_code, sessions_of
from mira_workbook.store.snapshots import find_responses
from mira_workbook.store.tightening import find_effective


class Privacy(Door):
    """Doors that cut answers off from their authors, and that end."""

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
                find_session(connection, known.id, lock=True)
                for where in find_secrets(connection, known.id):
                    _seal(connection, find_session(connection, known.id), where, now)
            connection.execute(update(t.meetings).where(t.meetings.c.id == meeting.id).values(ended_at=now))
        self._db.scrub()


def _seal(connection: Connection, session: Session, where: tuple[str, int], now: datetime) -> None:
    step, round_ = where
    if is_sealed(connection, session.id, step, round_):
        return
    hidden = _hashes(connection, session, where)
    standing = [
        r
        for r in find_responses(connection, session.id, ())
        if (r.step, r.round) == where and r.author in hidden and r.state == "submitted"
    ]
    workbook = find_effective(connection, session.id, find_meeting(connection, session.meeting_id).definition_hash)
    names = {author: f"anon_{n:02d}" for n, author in enumerate(sorted({r.author for r in standing}), start=1)}
    _delete_hidden(connection, session, where, hidden)
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
            "value": _impersonal(workbook, r),
            "late": False,
        }
        for n, r in enumerate(sorted(standing, key=lambda r: (names[r.author], r.field, r.item)), start=1)
    ]
    if rows:
        connection.execute(insert(t.responses), rows)
    write_acts(connection, replace(session, rev=session.rev + len(rows)), [NewAct("seal", step, round_)], (None, now))


def _impersonal(workbook: Workbook, response: Response) -> Any:
    """A value as it may stand beside no name: rows about people of one's own list would tell whose list it is."""
    asked = workbook.step(response.step).field(response.field)
    use = workbook.lists.get(getattr(asked, "rows_from", None) or "")
    if use is None or use.use not in PERSONAL_LISTS:
        return response.value
    return [{**row, "row_id": f"r{n}"} for n, row in enumerate(response.value or (), start=1)]


def _hashes(connection: Connection, session: Session, where: tuple[str, int]) -> frozenset[str]:
    """The names under which anybody of the team may have answered this step and round."""
    secret = find_secrets(connection, session.id).get(where)
    team = select(t.members.c.key).where(t.members.c.team_id == session.team_id)
    keys = connection.execute(team).scalars().all() if secret else ()
    return frozenset(anonymous_author(secret or "", key) for key in keys)


def _delete_hidden(connection: Connection, session: Session, where: tuple[str, int], hidden: frozenset[str]) -> None:
    """Delete the answers and drafts that stand under hashes, and the secret that made these."""
    for table in (t.responses, t.drafts):
        c = table.c
        here = (c.session_id == session.id, c.step == where[0], c.round == where[1])
        connection.execute(delete(table).where(*here, c.author.in_(hidden)))
    a = t.anon_secrets.c
    connection.execute(
        delete(t.anon_secrets).where(a.session_id == session.id, a.step == where[0], a.round == where[1])
    )
