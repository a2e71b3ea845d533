"""Handing on: a new version of each carry, in the transaction that changes what it is made of."""

import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from mira_workbook.content.definition import Workbook
from mira_workbook.content.handing import handed_on, source_steps
from mira_workbook.judging import HandsOn, Ledger
from mira_workbook.records import Act, Entry, Session
from mira_workbook.store import schema as t
from mira_workbook.store.authors import SHARED
from mira_workbook.store.building import find_last, wake_others
from mira_workbook.store.snapshots import read_snapshot

log = logging.getLogger(__name__)
CHANGE_WHAT_IS_SHOWN = frozenset(
    {"open", "reveal", "round", "hide", "seal", "skip", "end", "undo", "done", "cover", "private"}
)
"""Acts after which other answers may be on show than before, or the same in other words."""


def concerns(workbook: Workbook, acts: Iterable[Act]) -> bool:
    """Whether any of these acts may change what the session hands on."""
    return bool(handed_on(workbook)) and any(act.kind in CHANGE_WHAT_IS_SHOWN for act in acts)


def concerned_by(ledger: Ledger, entry: Entry) -> bool:
    """Whether a save may change what the session hands on: of a source, and what the team wrote or is on show."""
    if entry.step not in source_steps(ledger.workbook):
        return False
    shown = (act.kind == "end" or (act.kind, act.step) == ("reveal", entry.step) for act in ledger.acts)
    return entry.author_kind in SHARED or any(shown)


def hand_on(connection: Connection, session: Session, hands_on: HandsOn | None, source: tuple[int, datetime]) -> None:
    """Write a new version of what this session hands on other than before; `source` is the write's seq and time.

    What the session no longer gives, because it was hidden or taken back, is written as nothing.
    """
    if hands_on is None:
        return
    snapshot = read_snapshot(connection, session)
    keys = handed_on(snapshot.workbook)
    try:
        now = hands_on(snapshot)
    except Exception:
        # An answer that is on its way in is worth more than what follows from it.
        log.exception("What is handed on could not be worked out")
        return
    last = find_last(connection, session, keys, own=True)
    before = {key: last[key].value if key in last else None for key in keys}
    after = {key: _plain(now.get(key)) for key in keys}
    changed = {key: after[key] for key in keys if after[key] != before[key]}
    if changed:
        _write(connection, session, changed, source)
        wake_others(connection, session)


def _write(
    connection: Connection, session: Session, values: Mapping[str, Any], source: tuple[int | None, datetime]
) -> None:
    seq, at = source
    from_here = {"source_session_id": None if seq is None else session.id, "source_seq": seq, "at": at}
    place = {"team_id": session.team_id, "cycle": session.cycle}
    # Two sessions of one team may hand on at once.
    connection.execute(select(t.teams.c.id).where(t.teams.c.id == session.team_id).with_for_update())
    newest = find_last(connection, session, values, own=False)
    for key, value in values.items():
        version = newest[key].version + 1 if key in newest else 1
        connection.execute(insert(t.carries).values(key=key, version=version, value=value, **place, **from_here))


def hand_on_typed(connection: Connection, session: Session, values: Mapping[str, Any], at: datetime) -> None:
    """Write what was typed in, not worked out in a workbook."""
    _write(connection, session, {key: _plain(value) for key, value in values.items()}, (None, at))
    wake_others(connection, session)


def _plain(value: Any) -> Any:
    """The same value as the database gives it back."""
    return json.loads(json.dumps(value, allow_nan=False))
