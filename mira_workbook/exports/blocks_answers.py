"""The block of answers under a title: what the team wrote in some fields, the rows of a table as a table."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Lists
from mira_workbook.content.block_args import AnswersBlock
from mira_workbook.exports.block import Block
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.reading import field_of, split, team_rows
from mira_workbook.text import say_short_date


def answers(seen: Sighted, args: AnswersBlock) -> Block | None:
    """What the team wrote in these fields; columns that nobody filled in are left out."""
    asked = {name: field_of(seen.snapshot.workbook, name) for name in args.fields if _is_shared(seen, name)}
    tables = [name for name, one in asked.items() if one.type == "table"]
    # One table has columns of its own; several share the room, each on a few lines.
    table = tables[0] if len(tables) == 1 else ""
    told = [(one.label, seen.team_text(name)) for name, one in asked.items() if name != table]
    facts = tuple((label, text) for label, text in told if text)
    shown = [column for column in columns(seen, table) if any(column.cells)] if table else []
    if not facts and not shown:
        return None
    rows = tuple(row for row in zip(*(column.cells for column in shown), strict=True) if any(row[1:] or row))
    numbers, whole = (tuple(n for n, one in enumerate(shown) if one.kind in kinds) for kinds in ({"num"}, SHORT))
    head = tuple(column.label for column in shown)
    if not shown:
        return Block("facts", args.title, facts=facts)
    return Block("wide", args.title, facts=facts, head=head, rows=rows, numbers=numbers, whole=whole)


def _is_shared(seen: Sighted, name: str) -> bool:
    """Whether the team wrote it; what people wrote alone is no part of what the team agreed on."""
    step_key, field, _ = split(name)
    step = seen.snapshot.workbook.step(step_key)
    return step.mode_of(step.field(field)) in {"team", "facilitator"}


SHORT = {"date", "team"}
"""What is read at a glance and never broken: a day, the name of somebody here."""


class Column(NamedTuple):
    """A column on paper; `kind` is the answer type, or `team` for people."""

    label: str
    kind: str
    cells: list[str]


def columns(seen: Sighted, name: str) -> Iterator[Column]:
    """What each row is about, where it is fixed, and every column of a team table."""
    asked, rows = field_of(seen.snapshot.workbook, name), team_rows(seen.snapshot, name)
    lists, names = seen.lists(asked), seen.names()
    label = {option.id: option.label for option in lists.get(asked.rows_from, ())}
    if asked.rows_from:
        yield Column(say("handout_about"), "text", [label.get(row["row_id"], "") for row in rows])
    for column in asked.columns:
        if not seen.labels.may_tell(getattr(column, "list", None) or ""):
            # Its words are not on show, and without them only ids would be left.
            continue
        kind = "team" if getattr(column, "list", None) == "team" else column.type
        cells = [_cell(column, kind, row["cells"].get(column.key), (lists, names)) for row in rows]
        yield Column(column.label, kind, cells)


def _cell(column: Any, kind: str, value: Any, known: tuple[Lists, Mapping[str, str]]) -> str:
    """A cell as people read it: people by the shortest name that is nobody else's, months cut short."""
    lists, names = known
    if kind == "team":
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(key), "") for key in keys if key is not None)
    if kind == "date" and isinstance(value, str):
        return say_short_date(value)
    return str(column.show(value, lists))
