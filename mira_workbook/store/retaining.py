"""What is kept for how long: since when a meeting rests, and forgetting those that have rested long enough."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from mira_workbook.store import schema as t
from mira_workbook.store.door import Door
from mira_workbook.store.given import Lasting

RULE = "retention rule"
"""Who forgets by itself, in the access log."""
FORGOTTEN = "forgotten"


class Retaining(Door):
    """Doors for the retention rule."""

    def held(self) -> int:
        """How many sessions are in the store."""
        with self._db.read() as connection:
            return int(connection.execute(select(func.count()).select_from(t.sessions)).scalar_one())

    def resting(self) -> tuple[Lasting, ...]:
        """Every meeting and imported archive with its last sign of life, the longest at rest first.

        For an ended meeting that is its end; for one that was left open the last answer, act or note in it.
        """
        with self._db.read() as connection:
            found = [*_meetings(connection), *_archives(connection)]
        return tuple(sorted(found, key=lambda one: (one.since, one.code)))


def _meetings(connection: Connection) -> list[Lasting]:
    m, s = t.meetings.c, t.sessions.c
    touched = _latest(connection, t.acts.c.session_id, t.acts.c.at)
    for column, at in ((t.responses.c.session_id, t.responses.c.saved_at), (t.notes.c.session_id, t.notes.c.at)):
        for session_id, when in _latest(connection, column, at).items():
            touched[session_id] = max(when, touched.get(session_id, when))
    query = select(m.id, m.code, m.opened_at, m.ended_at, s.id, t.teams.c.name).select_from(
        t.meetings.join(t.sessions, s.meeting_id == m.id).join(t.teams, t.teams.c.id == s.team_id)
    )
    rows: dict[str, tuple[list[str], list[datetime], datetime | None]] = {}
    for _, code, opened_at, ended_at, session_id, team in connection.execute(query.order_by(m.id, s.id)):
        teams, moments, _end = rows.setdefault(code, ([], [opened_at], ended_at))
        teams.append(team)
        moments.extend([touched[session_id]] if session_id in touched else [])
    return [Lasting(code, end or max(moments), tuple(teams)) for code, (teams, moments, end) in rows.items()]


def _latest(connection: Connection, session: Any, at: Any) -> dict[int, datetime]:
    query = select(session, func.max(at)).where(at.is_not(None)).group_by(session)
    return {row[0]: row[1] for row in connection.execute(query)}


def _archives(connection: Connection) -> list[Lasting]:
    query = select(*t.archives.c["code", "body", "at"])
    return [Lasting(code, at, archived_teams(body), is_archive=True) for code, body, at in connection.execute(query)]


def archived_teams(body: str) -> tuple[str, ...]:
    """Names of the teams in an imported export; none where it cannot be read."""
    try:
        return tuple(str(session["team"]["name"]) for session in json.loads(body)["sessions"])
    except (ValueError, KeyError, TypeError):
        return ()
