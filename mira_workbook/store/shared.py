"""Records that several people write: their versions, and merging."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, bindparam, select

from mira_workbook.catalogue import say
from mira_workbook.errors import VersionClash
from mira_workbook.judging import Ledger
from mira_workbook.records import Entry
from mira_workbook.store import schema as t
from mira_workbook.store.authors import FACILITATOR, Author
from mira_workbook.store.merge import Clash, merge
from mira_workbook.text import say_time

_R = t.responses.c
# Made once: every save asks them while all others wait.
_VERSIONS = (
    select(_R.version, _R.value, _R.entered_by, _R.saved_at)
    .where(
        _R.session_id == bindparam("session"),
        _R.step == bindparam("step"),
        _R.round == bindparam("round"),
        _R.item == "",
        _R.field == bindparam("field"),
        _R.author_kind == bindparam("kind"),
        _R.author == bindparam("name"),
    )
    .order_by(_R.version.desc())
)
_NEWEST = _VERSIONS.limit(1)
_BASE = _VERSIONS.where(_R.version == bindparam("base"))
Which = Mapping[str, Any]
"""Which answer is meant: session, step, round, field, and its author's kind and name."""


def which(ledger: Ledger, entry: Entry, field: str, author: Author) -> Which:
    """Say which answer a field of an entry is."""
    place = {"session": ledger.session.id, "step": entry.step, "round": entry.round, "field": field}
    return {**place, "kind": author.kind, "name": author.name}


def newest(connection: Connection, answer: Which) -> Row[Any] | None:
    """The version of an answer that was saved last."""
    return connection.execute(_NEWEST, answer).first()


def merged(connection: Connection, ledger: Ledger, answer: Which, base_version: int, mine: Any) -> Any:
    """Merge a shared record with what stands.

    Raises:
        VersionClash: one cell was changed in two ways.
    """
    head = newest(connection, answer)
    if head is None or base_version == head.version:
        return mine
    base = based_on(connection, answer, base_version)
    try:
        return merge(base, head.value, mine)
    except Clash as clash:
        raise _clash(ledger, head) from clash


def based_on(connection: Connection, answer: Which, base_version: int) -> Any:
    """What a save was built on, None for nothing."""
    base = connection.execute(_BASE, {**answer, "base": base_version}).first()
    return base.value if base else None


def _clash(ledger: Ledger, head: Row[Any]) -> VersionClash:
    names = {member.key: member.name for member in ledger.members}
    name = names.get(head.entered_by, "The facilitator" if head.entered_by == FACILITATOR else "A teammate")
    at = _local_time(head.saved_at, ledger.meeting.timezone)
    return VersionClash(say("E15", name=name, time=at), head=head.value, version=head.version, name=name, at=at)


def _local_time(moment: datetime, timezone: str) -> str:
    """Spell a moment by the room's clock: “3:42”."""
    try:
        return say_time(moment.astimezone(ZoneInfo(timezone)))
    except (ZoneInfoNotFoundError, ValueError):
        return say_time(moment)
