"""Records that several people write: their versions, and merging."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, Select, select

from mira_workbook.catalogue import say
from mira_workbook.errors import VersionClash
from mira_workbook.judging import Ledger
from mira_workbook.records import Entry
from mira_workbook.store import schema as t
from mira_workbook.store.authors import FACILITATOR, Author
from mira_workbook.store.merge import Clash, merge
from mira_workbook.text import say_time


def versions_of(ledger: Ledger, entry: Entry, field: str, author: Author) -> Select[Any]:
    """All versions of one answer, newest first."""
    r = t.responses.c
    return (
        select(r.version, r.value, r.entered_by, r.saved_at)
        .where(
            r.session_id == ledger.session.id,
            r.step == entry.step,
            r.round == entry.round,
            r.item == "",
            r.field == field,
            r.author_kind == author.kind,
            r.author == author.name,
        )
        .order_by(r.version.desc())
    )


def merged(connection: Connection, ledger: Ledger, query: Select[Any], base_version: int, mine: Any) -> Any:
    """Merge a shared record with what stands; `query` gives its versions, newest first.

    Raises:
        VersionClash: one cell was changed in two ways.
    """
    head = connection.execute(query.limit(1)).first()
    if head is None or base_version == head.version:
        return mine
    base = based_on(connection, query, base_version)
    try:
        return merge(base, head.value, mine)
    except Clash as clash:
        raise _clash(ledger, head) from clash


def based_on(connection: Connection, query: Select[Any], base_version: int) -> Any:
    """What a save was built on, None for nothing."""
    base = connection.execute(query.where(t.responses.c.version == base_version)).first()
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
