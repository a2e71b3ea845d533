"""Tables of what was answered as it stands: rows of a table, what each person said, chains of why, one step on a line.

Whatever carries an author comes from the signed long table, so that only steps that show names are joined by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mira_workbook.content.output_args import ByPersonTable, ChainsTable, OneRowTable, RowsTable
from mira_workbook.exports.pivot import AUTHOR, by_row, cell_of, column_of, columns_of, plain, table_cell
from mira_workbook.exports.rows import ROUND, Row, natural
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.rules.reading import field_of, split

_ALONE = {"individual", "pair"}


def rows(seen: Sighted, args: RowsTable) -> Table:
    """One row for each row of a table that holds anything; who wrote it where people or pairs did."""
    step_key, _, _ = split(args.rows)
    step, asked = seen.snapshot.workbook.step(step_key), field_of(seen.snapshot.workbook, args.rows)
    alone, twice = step.mode_of(asked) in _ALONE, step.rounds > 1
    lead = (*([AUTHOR] if alone else []), *([ROUND] if alone and twice else []), Column("row_id", "The row's id."))
    if asked.rows_from:
        lead = (*lead, Column("about", "What the row is about, in words."))
    lines = [
        (
            *([author] if alone else []),
            *([round_] if alone and twice else []),
            row_id,
            *([_about(seen, asked.rows_from, author, row_id)] if asked.rows_from else []),
            *(cell_of(column, found.get(f"{asked.key}.{column.key}", [])) for column in asked.columns),
        )
        for round_, given in _by_round(seen.of(args.rows), last_only=not alone)
        for (author, row_id), found in by_row(given).items()
    ]
    return Table("rows", (*lead, *columns_of(asked.columns, lead)), tuple(lines))


def _by_round(found: Iterable[Row], *, last_only: bool) -> Iterator[tuple[int, list[Row]]]:
    """Rows of each round; a team goes on with one record, so that its last round stands for all."""
    rounds: dict[int, list[Row]] = {}
    for row in found:
        rounds.setdefault(row.round, []).append(row)
    yield from sorted(rounds.items())[-1 if last_only else 0 :]


def _about(seen: Sighted, listed: str, author: str, row_id: str) -> str:
    """The label of a fixed row: what its author was asked about."""
    return next((option.label for option in seen.labels.listed(listed, author) if option.id == row_id), "")


def by_person(seen: Sighted, args: ByPersonTable) -> Table:
    """One row for each person where names are on show; elsewhere one for each person and step.

    Numbers and role labels are given anew in every step and for every way of signing, so they join nothing.
    """
    workbook = seen.snapshot.workbook
    asked = {name: field_of(workbook, name) for name in args.fields}
    found: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    for name in args.fields:
        given = list(seen.of(name))
        last = max((row.round for row in given), default=1)
        for row in given:
            if row.round == last and row.author not in {"TEAM", "FACIL"}:
                found.setdefault(_whose(seen, name, row.author), {}).setdefault(name, []).append(row)
    lead = (AUTHOR, Column("step", "The step, where its numbers join nothing else; blank for a person with a name."))
    columns = _named_apart(args.fields, asked, lead)
    lines = [
        (key[0], key[1], *(_one_cell(asked[name], cells.get(name, [])) for name in args.fields))
        for key, cells in sorted(found.items(), key=lambda one: _place(seen, one[0], args.fields))
    ]
    return Table("by_person", (*lead, *columns), tuple(lines))


def _whose(seen: Sighted, name: str, author: str) -> tuple[str, ...]:
    """Author and step, and the way of signing; for a name only the name."""
    if any(member.key == author for member in seen.snapshot.members):
        return author, "", ""
    step_key, field, _ = split(name)
    step = seen.snapshot.workbook.step(step_key)
    return author, step_key, step.attribution_of(step.field(field))


def _place(seen: Sighted, key: tuple[str, ...], names: Sequence[str]) -> tuple[object, ...]:
    """People with names first, in roster order; the others step by step, by label and number."""
    author, step, how = key
    roster = [member.key for member in seen.snapshot.members]
    steps = [split(name)[0] for name in names]
    return (steps.index(step) + 1, how, natural(author)) if step else (0, "", ("", roster.index(author)))


def _named_apart(names: Sequence[str], asked: Mapping[str, Any], lead: Sequence[Column]) -> tuple[Column, ...]:
    """A column a field, by its key; by step and key where two steps, or a column in front, have the same."""
    keys = [split(name)[1] for name in names] + [column.name for column in lead]
    apart = [name.replace(".", "_") if keys.count(split(name)[1]) > 1 else "" for name in names]
    return tuple(column_of(asked[name], other) for name, other in zip(names, apart, strict=True))


def _one_cell(asked: Any, given: list[Row]) -> Cell:
    return table_cell(given) if asked.type == "table" else cell_of(asked, given)


def chains(seen: Sighted, args: ChainsTable) -> Table:
    """One row for each link, numbered from what is seen down to the last why; how a chain ends stands in each."""
    workbook = seen.snapshot.workbook
    asked, stop, ends = (field_of(workbook, name) for name in (args.links, args.stop, args.ends))
    after = {name: _by_author(seen, name) for name in (args.stop, args.ends)}
    lead = (AUTHOR, Column("n", "Which why it is, 1 is next to what is seen.", "number"))
    counts: dict[str, int] = {}
    lines = []
    for (author, _), found in by_row(seen.of(args.links)).items():
        counts[author] = counts.get(author, 0) + 1
        cells = (cell_of(column, found.get(f"{asked.key}.{column.key}", [])) for column in asked.columns)
        last = (cell_of(one, after[name].get(author, [])) for one, name in ((stop, args.stop), (ends, args.ends)))
        lines.append((author, counts[author], *cells, *last))
    columns = (*lead, *columns_of(asked.columns, lead), column_of(stop), column_of(ends))
    return Table("chains", columns, tuple(lines))


def _by_author(seen: Sighted, name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in seen.of(name):
        found.setdefault(row.author, []).append(row)
    return found


def one_row(seen: Sighted, args: OneRowTable) -> Table:
    """One row: every field of a step that the team wrote; the rows of a table in one cell."""
    step = seen.snapshot.workbook.step(args.step)
    asked = [one for one in step.fields if step.mode_of(one) not in _ALONE]
    values = {one.key: seen.snapshot.team_answer(step.key, one.key) for one in asked}
    line = tuple(
        (seen.team_text(f"{step.key}.{one.key}") or None) if one.type == "table" else plain(values[one.key])
        for one in asked
    )
    there = any(value not in (None, []) for value in values.values())
    return Table("one_row", columns_of(asked), (line,) if there else ())
