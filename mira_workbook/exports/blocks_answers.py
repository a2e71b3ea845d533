"""The block of answers under a title: what the team wrote in some fields, the rows of a table as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.block_args import AnswersBlock
from mira_workbook.exports.block import Block
from mira_workbook.exports.sighted import Sighted
from mira_workbook.rules.reading import field_of, split, team_rows


def answers(seen: Sighted, args: AnswersBlock) -> Block | None:
    """What the team wrote in these fields; columns that nobody filled in are left out."""
    asked = {name: field_of(seen.snapshot.workbook, name) for name in args.fields if _is_shared(seen, name)}
    tables = [name for name, one in asked.items() if one.type == "table"]
    # One table has columns of its own; several share the room, each on a few lines.
    table = tables[0] if len(tables) == 1 else ""
    told = [(one.label, seen.team_text(name)) for name, one in asked.items() if name != table]
    facts = tuple((label, text) for label, text in told if text)
    head, rows, numbers = _table(seen, table) if table else ((), (), ())
    if not facts and not rows:
        return None
    kind = "wide" if rows else "facts"
    return Block(kind, args.title, facts=facts, head=head, rows=rows, numbers=numbers)  # type: ignore[arg-type]


def _is_shared(seen: Sighted, name: str) -> bool:
    """Whether the team wrote it; what people wrote alone is no part of what the team agreed on."""
    step_key, field, _ = split(name)
    step = seen.snapshot.workbook.step(step_key)
    return step.mode_of(step.field(field)) in {"team", "facilitator"}


Rows = tuple[tuple[str, ...], ...]


def _table(seen: Sighted, name: str) -> tuple[tuple[str, ...], Rows, tuple[int, ...]]:
    """Head, rows and the places of numbers of a team table, without columns that stayed blank."""
    asked, given = field_of(seen.snapshot.workbook, name), team_rows(seen.snapshot, name)
    lists, names = seen.lists(asked), seen.names()
    label = {option.id: option.label for option in lists.get(asked.rows_from, ())}
    every: list[tuple[str, bool, list[str]]] = []
    if asked.rows_from:
        every.append((say("handout_about"), False, [label.get(row["row_id"], "") for row in given]))
    for column in asked.columns:
        cells = [_cell(column, row["cells"].get(column.key), lists, names) for row in given]
        every.append((column.label, column.type == "num", cells))
    filled = [n for n, row in enumerate(given) if any(row["cells"].values())]
    kept = [(head, number, cells) for head, number, cells in every if any(cells)]
    rows = tuple(tuple(cells[n] for _, _, cells in kept) for n in filled)
    return tuple(head for head, _, _ in kept), rows, tuple(n for n, (_, number, _) in enumerate(kept) if number)


def _cell(column: Any, value: Any, lists: Mapping[str, Sequence[Any]], names: Mapping[str, str]) -> str:
    """A cell as people read it, people by the shortest name that is nobody else's."""
    if getattr(column, "list", None) == "team":
        keys = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(key), "") for key in keys if key is not None)
    return str(column.show(value, lists))
