"""Ids of new rows in tables that several people write: the table's prefix and the next number, never used twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from mira_workbook.content.answers.choices import Many
from mira_workbook.content.answers.table import TableField
from mira_workbook.judging import Ledger
from mira_workbook.records import Entry
from mira_workbook.store import schema as t
from mira_workbook.store.rows import upsert

Row = Mapping[str, Any]
MOST = 9999
"""The highest number that a page may bring along; whatever is higher counts as an id for the time being."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a table has given so far.

    Attributes:
        last: the highest number ever used.
        given: an id that a page gave a new row for the time being, to the row's own. It is kept, since a page that
            has not heard of the number yet sends the row under its first id once more.
    """

    last: int = 0
    given: Mapping[str, str] | None = None


def numbered(
    connection: Connection, ledger: Ledger, entry: Entry, field: str, standing: Iterable[Any]
) -> tuple[Any, dict[str, str]]:
    """Give the new rows of a table their ids, inside the transaction that saves them.

    Args:
        connection: of that transaction.
        ledger: the session, with its workbook and acts.
        entry: what is saved.
        field: the table.
        standing: values of this record that the save meets; their rows keep their ids.

    Returns:
        The value with final ids, and of the ids in it that were for the time being the final ones.
    """
    value, asked = entry.values[field], ledger.workbook.step(entry.step).field(field)
    if not takes_numbers(asked) or not isinstance(value, list):
        return value, {}
    known = {row["row_id"] for rows in standing for row in rows or () if isinstance(row, dict) and row.get("row_id")}
    before = _found(connection, ledger, entry.step, field) or Numbers(_start(ledger, asked))
    rows, now = number_rows(value, asked, before, known)
    if now != before:
        place = {"session_id": ledger.session.id, "step": entry.step, "field": field}
        upsert(connection, t.row_numbers, {**place, "last": now.last, "given": dict(now.given or {})})
    return rows, _used(value, now)


def numbers_of(connection: Connection, session_id: int, entry: Entry) -> dict[str, dict[str, str]]:
    """The final ids of rows that an entry brought under others, by field: for a save that came through before."""
    n = t.row_numbers.c
    here = (n.session_id == session_id, n.step == entry.step, n.field.in_(list(entry.values)))
    found = connection.execute(select(n.field, n.last, n.given).where(*here)).all()
    used = {field: _used(entry.values[field], Numbers(last, given)) for field, last, given in found}
    return {field: ids for field, ids in used.items() if ids}


def under_numbers(entry: Entry, numbers: Mapping[str, Mapping[str, str]]) -> Entry:
    """The entry with the final ids of rows that have one."""
    values = {
        field: [{**row, "row_id": ids.get(row.get("row_id"), row.get("row_id"))} for row in entry.values[field]]
        for field, ids in numbers.items()
    }
    return replace(entry, values={**entry.values, **values})


def takes_numbers(asked: Any) -> bool:
    """Whether the rows of a field are numbered: a table of free rows with a prefix."""
    return isinstance(asked, TableField) and bool(asked.prefix) and asked.rows_from is None


def number_rows(
    rows: Sequence[Row], table: TableField, before: Numbers, known: frozenset[str] | set[str] = frozenset()
) -> tuple[list[dict[str, Any]], Numbers]:
    """Give every row an id of the table's own.

    Args:
        rows: as the page sent them.
        table: gives prefix and digits.
        before: what the table has given so far.
        known: ids of rows that stand already; they stay, whatever they look like.

    Returns:
        The rows, each id once, and what the table has given now.
    """
    given = dict(before.given or {})
    ids = [str(row.get("row_id") or "") for row in rows]
    last = max([before.last, *(table.number_of(id_) for id_ in ids if table.number_of(id_) <= MOST)])
    final: dict[str, dict[str, Any]] = {}
    for id_, row in zip(ids, rows, strict=True):
        own = id_ in known or 0 < table.number_of(id_) <= MOST
        to = id_ if own else given.get(id_, "")
        if not to:
            last += 1
            to = table.row_id(last)
            if id_:
                given[id_] = to
        # A page may show one row twice, under both its ids: the words under its own first id are the newer ones.
        if not (own and to in final):
            final[to] = {**row, "row_id": to}
    return list(final.values()), Numbers(last, given)


def _found(connection: Connection, ledger: Ledger, step: str, field: str) -> Numbers | None:
    n = t.row_numbers.c
    here = (n.session_id == ledger.session.id, n.step == step, n.field == field)
    row = connection.execute(select(n.last, n.given).where(*here)).first()
    return Numbers(row.last, row.given) if row else None


def _start(ledger: Ledger, table: TableField) -> int:
    """The numbers that a table uses up before its first save: it starts with a row for every entry of a pinned list.

    Some of these may be merged away by then, and pages of others still show them.
    """
    if table.rows_prefill is None:
        return 0
    names = {column.list for column in table.columns if isinstance(column, Many)}
    pinned = [act.payload.get("lists", {}) for act in ledger.acts]
    return max((len(rows) for lists in pinned for name, rows in lists.items() if name in names), default=0)


def _used(value: Any, numbers: Numbers) -> dict[str, str]:
    """The final ids of the rows in a value that came under others."""
    given = numbers.given or {}
    sent = [str(row.get("row_id") or "") for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return {id_: given[id_] for id_ in sent if id_ in given}
