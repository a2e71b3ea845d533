"""Records that several people write: row numbers and merging."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Row, Select, select

from mira_workbook.catalogue import say
from mira_workbook.errors import VersionClash
from mira_workbook.records import Entry, Ledger
from mira_workbook.store import schema as t
from mira_workbook.store.authors import FACILITATOR, Author
from mira_workbook.store.merge import Clash, merge, number_rows
from mira_workbook.store.rows import upsert
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


def numbered(connection: Connection, ledger: Ledger, entry: Entry, field: str) -> Any:
    """Give new rows of a team list their ids; a number is never used twice, also after its row is gone."""
    value = entry.values[field]
    prefix = getattr(ledger.workbook.step(entry.step).field(field), "prefix", "")
    if not prefix or not isinstance(value, list):
        return value
    place = {"session_id": ledger.session.id, "step": entry.step, "field": field}
    here = [t.row_numbers.c[name] == key for name, key in place.items()]
    last = connection.execute(select(t.row_numbers.c.last).where(*here)).scalar() or 0
    rows, now_last = number_rows(value, prefix, last)
    if now_last != last:
        upsert(connection, t.row_numbers, {**place, "last": now_last})
    return rows


def merged(connection: Connection, ledger: Ledger, query: Select[Any], base_version: int, mine: Any) -> Any:
    """Merge a shared record with what stands; `query` gives its versions, newest first.

    Raises:
        VersionClash: one cell was changed in two ways.
    """
    head = connection.execute(query.limit(1)).first()
    if head is None or base_version == head.version:
        return mine
    base = connection.execute(query.where(t.responses.c.version == base_version)).first()
    try:
        return merge(base.value if base else None, head.value, mine)
    except Clash as clash:
        raise _clash(ledger, head) from clash


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
