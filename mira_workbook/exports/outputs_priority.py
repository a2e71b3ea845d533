"""Tables of choosing one priority: candidates, pairs, the sentence, what is parked, hands, roles, minutes, lineage.

Counts come from the answers on show; whatever carries an author comes from the signed long table.
"""

from mira_workbook.content.output_args import (
    CandidatesTable,
    ConsentTable,
    LineageTable,
    PairwiseTable,
    ParkedTable,
    PriorityTable,
    ReleaseTable,
    RolesTable,
)
from mira_workbook.exports.pivot import MEMBER, by_row, cell_of, column_of, plain
from mira_workbook.exports.rows import Row
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.measures.clarity import clarity_received
from mira_workbook.measures.ranking import first_picks, head_to_head, last_picks, mean_ranks, points
from mira_workbook.rules.lineage import lineage
from mira_workbook.rules.reading import by_author, cells, field_of, split, team_rows


def candidates(seen: Sighted, args: CandidatesTable) -> Table:
    """One row a candidate: wording, ideas in it, people by place, points, first and last places, mean rank."""
    tier = field_of(seen.snapshot.workbook, args.tiers)
    merged = split(args.merged)[2]
    label = field_of(seen.snapshot.workbook, args.rows).columns[0].key
    placed = [(row, value) for _, row, value in cells(seen.snapshot, args.tiers)]
    orders = _order_numbers(seen, args.order)
    columns = (
        Column("candidate_id", "The candidate's id."),
        Column("label", "Its wording."),
        Column("proposals_n", "Ideas merged into it.", "number"),
        *(Column(f"{o.id[:1].upper()}_n", f"People who placed it under “{o.label}”.", "number") for o in tier.options),
        Column("borda_points", "M05: one point for every candidate placed under it, by every person.", "number"),
        Column("first_n", "People who put it first.", "number"),
        Column("last_n", "People who put it last.", "number"),
        Column("mean_rank", "Mean place, 1 is first.", "number"),
    )
    lines = [
        (
            row["row_id"],
            str(row["cells"].get(label, "")),
            len(row["cells"].get(merged) or ()),
            *(placed.count((row["row_id"], option.id)) for option in tier.options),
            *orders.get(row["row_id"], (None, None, None, None)),
        )
        for row in team_rows(seen.snapshot, args.rows)
    ]
    return Table("candidates", columns, tuple(lines))


def _order_numbers(seen: Sighted, order: str) -> dict[str, tuple[Cell, Cell, Cell, Cell]]:
    """Item to points, first places, last places and mean place; empty without an order."""
    items, orders = _orders(seen, order)
    if not orders:
        return {}
    totals, means = points(orders, items) or {}, mean_ranks(orders, items) or {}
    first, last = first_picks(orders, items), last_picks(orders, items)
    return {item: (totals.get(item), first[item], last[item], means.get(item)) for item in items}


def _orders(seen: Sighted, order: str) -> tuple[list[str], list[list[str]]]:
    """The pinned items and everyone's order of them; an order of other items is left out."""
    asked = field_of(seen.snapshot.workbook, order)
    items = [option.id for option in (asked.options or seen.stage.options(asked.list))]
    every = [list(value) for value in by_author(seen.snapshot, order).values()]
    return items, [one for one in every if sorted(one) == sorted(items)]


def pairwise(seen: Sighted, args: PairwiseTable) -> Table:
    """One row for each two candidates in each order: how many people put the first before the second (M06)."""
    items, orders = _orders(seen, args.order)
    found = head_to_head(orders, items) if orders else None
    columns = (
        Column("a", "A candidate's id."),
        Column("b", "Another candidate's id."),
        Column("prefer_a_n", "M06: people who put a before b.", "number"),
    )
    return Table("pairwise", columns, tuple((a, b, n) for a, row in (found or {}).items() for b, n in row.items()))


def priority(seen: Sighted, args: PriorityTable) -> Table:
    """One row: every field of the step with the sentence, and the changed sentence where there is one."""
    step = seen.snapshot.workbook.step(args.step)
    asked = [one for one in step.fields if one.type != "table"]
    values = [seen.snapshot.team_answer(step.key, one.key) for one in asked]
    columns = [column_of(one) for one in asked]
    if args.revised:
        columns.append(Column("revised", "The sentence as it was changed to answer worries."))
    revised = seen.team_text(args.revised)
    line = (*(plain(value) for value in values), *([revised or None] if args.revised else []))
    return Table("priority", tuple(columns), (line,) if any(value is not None for value in values) else ())


def parked(seen: Sighted, args: ParkedTable) -> Table:
    """One row for each candidate that keeps its place: where, its sign to look again, who keeps an eye on it."""
    asked = field_of(seen.snapshot.workbook, args.rows)
    label = {option.id: option.label for option in seen.labels.listed(asked.rows_from, "")}
    columns = (
        Column("candidate_id", "The candidate's id."),
        Column("label", "Its wording."),
        *map(column_of, asked.columns),
    )
    found = by_row(seen.of(args.rows))
    lines = [
        (row_id, label.get(row_id, ""), *(cell_of(c, row.get(f"{asked.key}.{c.key}", [])) for c in asked.columns))
        for (_, row_id), row in found.items()
    ]
    return Table("parked", columns, tuple(lines))


def release(seen: Sighted, args: ReleaseTable) -> Table:
    """One row for each task that somebody lets go."""
    asked = field_of(seen.snapshot.workbook, args.rows)
    found = by_row(seen.of(args.rows))
    lines = [
        (author, *(cell_of(c, row.get(f"{asked.key}.{c.key}", [])) for c in asked.columns))
        for (author, _), row in found.items()
    ]
    return Table("release", (MEMBER, *map(column_of, asked.columns)), tuple(lines))


def consent(seen: Sighted, args: ConsentTable) -> Table:
    """One row for each hand and round; members are numbered where names stay with the facilitator."""
    hand, comment = (field_of(seen.snapshot.workbook, name) for name in (args.rating, args.comment))
    found: dict[tuple[int, str], list[Cell]] = {}
    for row in seen.of(args.rating):
        found[row.round, row.author] = [row.value_num, None]
    for row in seen.of(args.comment):
        found.setdefault((row.round, row.author), [None, None])[1] = row.value_text
    columns = (Column("round", "1, or 2 for the second vote.", "number"), MEMBER, column_of(hand), column_of(comment))
    return Table("consent", columns, tuple((*who, *cells_) for who, cells_ in found.items()))


def roles(seen: Sighted, args: RolesTable) -> Table:
    """One row a member: role priority, contribution, how near they are; role clarity for the facilitator only."""
    names = (args.text, args.contribution, args.fit)
    asked = [field_of(seen.snapshot.workbook, name) for name in names]
    # Numbers of different steps join nothing, so only steps that show names make a row.
    found: dict[str, dict[str, list[Row]]] = {m.key: {} for m in seen.snapshot.members}
    for name in names:
        for row in seen.of(name):
            if row.author in found:
                found[row.author].setdefault(name, []).append(row)
    # A number on how well a person reads others stays with the person and the facilitator.
    with_clarity = bool(args.clarity) and seen.viewer.role == "facilitator"
    clarity = _clarity(seen, args.clarity) if with_clarity else {}
    columns = [MEMBER, *map(column_of, asked)]
    if with_clarity:
        columns.append(Column("clarity_received", "M12 of one person: how near others' expectations were.", "number"))
    lines = [
        (
            member,
            *(cell_of(one, rows.get(name, [])) for one, name in zip(asked, names, strict=True)),
            *([clarity.get(member)] if with_clarity else []),
        )
        for member, rows in found.items()
        if rows
    ]
    return Table("roles", tuple(columns), tuple(lines))


def _clarity(seen: Sighted, match: str | None) -> dict[str, float | None]:
    given: dict[str, list[int]] = {}
    for row in seen.of(match) if match else ():
        given.setdefault(row.author, []).append(int(row.value_num or 0))
    return clarity_received(given)


def origin(seen: Sighted, args: LineageTable) -> Table:
    """One row: how many ideas came in, and how many people have one in the list and in the sentence. Without names."""
    label = field_of(seen.snapshot.workbook, args.proposals).columns[0].key
    found = lineage(seen.snapshot, f"{args.proposals}.{label}", args.merged, args.chosen)
    columns = (
        Column("proposals_n", "Ideas brought in.", "number"),
        Column("candidates_n", "Candidates in the merged list.", "number"),
        Column("people_n", "People who brought an idea.", "number"),
        Column("in_list_n", "How many of them have an idea in the list.", "number"),
        Column("in_chosen_n", "How many of them have an idea in the priority.", "number"),
    )
    line = (found.proposals, found.candidates, found.people, found.in_list, found.in_chosen)
    return Table("lineage", columns, (line,) if found.proposals else ())
