"""What a session builds on: the versions it uses of what its team's other sessions handed on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Carry, Session
from mira_workbook.store import schema as t
from mira_workbook.store.door import find_workbook
from mira_workbook.store.rows import insert_new


@dataclass(frozen=True, slots=True)
class Built:
    """What a session builds on, key by key: the values, where they are from, and what came since."""

    values: Mapping[str, Any] = field(default_factory=dict)
    on: Mapping[str, Carry] = field(default_factory=dict)
    newer: Mapping[str, Carry] = field(default_factory=dict)


def find_built(connection: Connection, session: Session) -> Built:
    """Read what a session builds on: of each key the version it has used, else the newest; what is gone is left out."""
    known = find_carries(connection, session)
    if not known:
        return Built()
    newest = {key: versions[-1] for key, versions in known.items()}
    used = {key: next((v for v in versions if v.version == v.used), newest[key]) for key, versions in known.items()}
    on = {key: carry for key, carry in used.items() if carry.value is not None}
    newer = {
        key: newest[key]
        for key, carry in on.items()
        if newest[key].version > carry.version and newest[key].value not in (None, carry.value)
    }
    return Built({key: carry.value for key, carry in on.items()}, on, newer)


def find_carries(connection: Connection, session: Session) -> dict[str, list[Carry]]:
    """Of everything handed on in the session's team and cycle the version it has used and the newest, in this order."""
    newest = _newest(connection, session)
    if not newest:
        return {}
    used = dict(connection.execute(_USED, {"session": session.id}).tuples().all())
    wanted = {(key, version) for versions in (newest, used) for key, version in versions.items()}
    rows = _rows(connection, session, wanted)
    sources = _sources(connection, {row.source_session_id for row in rows} - {None})
    found: dict[str, list[Carry]] = {}
    for row in rows:
        told = (row.key, row.version, row.value, row.at, row.source_session_id, used.get(row.key))
        found.setdefault(row.key, []).append(Carry(*told, *sources.get(row.source_session_id, ())))
    return found


_C, _U = t.carries.c, t.carry_uses.c
# Made once: every look of every page asks the first, and where a team has something the others.
_NEWEST = (
    select(_C.key, func.max(_C.version))
    .where(_C.team_id == bindparam("team"), _C.cycle == bindparam("cycle"))
    .group_by(_C.key)
)
_USED = select(_U.key, func.max(_U.version)).where(_U.session_id == bindparam("session")).group_by(_U.key)
_ROWS = (
    select(t.carries)
    .where(
        _C.team_id == bindparam("team"),
        _C.cycle == bindparam("cycle"),
        _C.key.in_(bindparam("keys", expanding=True)),
        _C.version.in_(bindparam("versions", expanding=True)),
    )
    .order_by(_C.key, _C.version)
)
_SOURCES = (
    select(t.sessions.c.id, t.meetings.c.code, t.meetings.c.definition_hash)
    .join_from(t.sessions, t.meetings, t.meetings.c.id == t.sessions.c.meeting_id)
    .where(t.sessions.c.id.in_(bindparam("ids", expanding=True)))
)


def _newest(connection: Connection, session: Session, *conditions: Any) -> dict[str, int]:
    """Key to the newest version in the session's team and cycle."""
    query = _NEWEST.where(*conditions) if conditions else _NEWEST
    return dict(connection.execute(query, {"team": session.team_id, "cycle": session.cycle}).tuples().all())


def _rows(connection: Connection, session: Session, wanted: Collection[tuple[str, int]]) -> Sequence[Row[Any]]:
    """These versions, by key, oldest first."""
    keys, versions = ({one[n] for one in wanted} for n in range(2))
    told = {"team": session.team_id, "cycle": session.cycle, "keys": list(keys), "versions": list(versions)}
    return [row for row in connection.execute(_ROWS, told) if (row.key, row.version) in wanted]


def _sources(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Session to the slug and title of its workbook, and the code of its meeting."""
    found = {}
    for session_id, code, pinned in connection.execute(_SOURCES, {"ids": list(ids)}) if ids else ():
        workbook = find_workbook(connection, pinned)
        found[session_id] = (workbook.slug, workbook.title, code)
    return found


def use_newest(connection: Connection, session: Session, workbook: Workbook, at: datetime) -> None:
    """Let a session build from now on upon the newest of what it needs; what it has used before stays."""
    if not workbook.needs:
        return
    for key, versions in find_carries(connection, session).items():
        newest = versions[-1]
        if key in workbook.needs and newest.used is None and newest.value is not None:
            note_use(connection, session, {key: newest.version}, at)


def note_use(connection: Connection, session: Session, versions: Mapping[str, int], at: datetime) -> None:
    """Note which versions a session builds on; a second time changes nothing."""
    for key, version in versions.items():
        insert_new(connection, t.carry_uses, {"session_id": session.id, "key": key, "version": version, "at": at})


def find_last(connection: Connection, session: Session, keys: Iterable[str], *, own: bool) -> dict[str, Row[Any]]:
    """Key to the newest row in the session's team and cycle; with `own`, to the newest that this session wrote."""
    c = t.carries.c
    conditions = (c.key.in_(list(keys)), *((c.source_session_id == session.id,) if own else ()))
    newest = _newest(connection, session, *conditions)
    return {row.key: row for row in _rows(connection, session, newest.items())} if newest else {}


def wake_others(connection: Connection, session: Session) -> None:
    """Let the pages of the team's other sessions look anew.

    A session that is being written at this moment is left out, since two that wait for each other would wait for ever;
    its own write moves its pages.
    """
    s = t.sessions.c
    others = (s.team_id == session.team_id, s.cycle == session.cycle, s.id != session.id)
    free = select(s.id).where(*others).with_for_update(skip_locked=True)
    bump = {"rev": s.rev + 1, "stage_rev": s.stage_rev + 1}
    connection.execute(update(t.sessions).where(s.id.in_(connection.execute(free).scalars().all())).values(bump))
