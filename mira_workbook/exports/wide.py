"""Answers as programs for statistics want them: a table for each step, a row for each author, a column for each field.

Columns come from the definition alone, so that the files of two sessions can be put under each other whoever answered.
Beside every column stands another that says why a cell is empty: blank, skipped, “don't know yet”, withdrawn, draft.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mira_workbook.content.answers.base import Option
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import SHARED
from mira_workbook.exports.pivot import WHOSE, column_of
from mira_workbook.exports.rows import ROUND, STATES, Row
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table, lead_with

NAME = "wide"
_LEAD = (
    ROUND,
    Column("author", "Who answered, as in the long table. Numbers are given anew in every step, so they join nothing."),
    Column("author_role_group", "The member's role group; blank where the step does not show who answered."),
    Column("late", "Whether any of it came after the results were shown.", "flag"),
    Column("submitted_at", "The minute it was saved, UTC; blank where the step does not show who answered.", "moment"),
)
_ROW = (Column("row_id", "The row of the table; numbered where the row's id would tell who answered."),)
_ABOUT = Column("about", "What the row is about, in words.")
_ITEM = (Column("item_id", "The item's id."), Column("item", "The item, in words."))
_BY_ITEM = {"rank": ("place", "Its place; 1 is first."), "alloc": ("share", "Its share.")}
_SHARED_BY_ROOM = ("TEAM", "FACIL")

Given = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Spread:
    """How one field is spread over columns.

    Attributes:
        field: as the long table spells it.
        columns: of its values.
        state: the column that says how it was answered.
        cells: its rows of one author to the cells of its columns.
    """

    field: str
    columns: tuple[Column, ...]
    state: Column
    cells: Callable[[Given], tuple[Cell, ...]]


def wide(seen: Sighted) -> list[Table]:
    """Give the wide tables of a session: one for each step, and one for each table, order and share in it."""
    said: dict[str, list[Row]] = {}
    for row in seen.rows:
        said.setdefault(row.step, []).append(row)
    snapshot = seen.snapshot
    whose = (snapshot.team.slug, snapshot.session.cycle, snapshot.meeting.code, snapshot.session.occasion)
    made = (table for step in snapshot.workbook.steps for table in _of_step(seen, step, said.get(step.key, [])))
    return [lead_with(WHOSE, whose, table) for table in made]


def _of_step(seen: Sighted, step: Step, said: Given) -> Iterator[Table]:
    plain = [asked for asked in step.fields if asked.type not in {"table", *_BY_ITEM}]
    if plain:
        spreads = _spreads(plain, (*WHOSE, *_LEAD))
        yield _table(f"{NAME}_{step.key}", (), lambda _rows: (), spreads, _grouped(seen, step, said, spreads))
    for asked in step.fields:
        if asked not in plain:
            yield _rows_of(seen, step, asked, said)


def _rows_of(seen: Sighted, step: Step, asked: Any, said: Given) -> Table:
    """A row for each row of a table, or each item of an order or share."""
    name = f"{NAME}_{step.key}_{asked.key}"
    lead: tuple[Column, ...] = _ITEM
    spreads: tuple[Spread, ...] = ()
    if asked.type in _BY_ITEM:
        spreads = (_by_item(asked),)
    else:
        lead = (*_ROW, *([_ABOUT] if asked.rows_from else []))
        spreads = _spreads(asked.columns, (*WHOSE, *_LEAD, *lead), f"{asked.key}.")
    return _table(name, lead, partial(_what, seen, step, lead), spreads, _grouped(seen, step, said, spreads))


Place = tuple[int, str, str, str]
"""Round, author, way of signing, table row or item."""
Said = dict[str, list[Row]]
"""Field to its rows, of one place."""
What = Callable[[Said], Iterable[Cell]]
"""Rows of a place to the cells between who answered and what."""


def _grouped(seen: Sighted, step: Step, said: Given, spreads: Sequence[Spread]) -> dict[Place, Said]:
    """Rows of these fields by where they stand.

    Numbers and role labels are given for every way of signing, so that fields signed in two ways stand in two rows.
    """
    names = {member.key for member in seen.snapshot.members}.union(_SHARED_BY_ROOM)
    wanted = {spread.field: _signing(step, spread.field) for spread in spreads}
    found: dict[Place, Said] = {}
    for row in said:
        if row.field in wanted:
            how = "" if row.author in names or row.author.startswith("PAIR") else wanted[row.field]
            found.setdefault((row.round, row.author, how, row.row_id or row.item_id), {}).setdefault(
                row.field, []
            ).append(row)
    return found


def _signing(step: Step, field: str) -> str:
    return step.attribution_of(step.field(field.partition(".")[0]))


def _table(
    name: str, lead: tuple[Column, ...], what: What, spreads: Sequence[Spread], found: dict[Place, Said]
) -> Table:
    columns = [column for spread in spreads for column in spread.columns]
    states = [spread.state for spread in spreads]
    lines = [(*_front(rows), *what(rows), *_values(spreads, rows), *_states(spreads, rows)) for rows in found.values()]
    return Table(name, (*_LEAD, *lead, *columns, *states), tuple(lines))


def _front(rows: Said) -> tuple[Cell, ...]:
    every = [row for given in rows.values() for row in given]
    first = every[0]
    saved = max(row.submitted_at for row in every)
    return first.round, first.author, first.author_role_group, any(row.late for row in every), saved


def _what(seen: Sighted, step: Step, lead: Sequence[Column], rows: Said) -> Iterator[Cell]:
    """The cells between who answered and what: row and its words, or item and its label."""
    first = next(iter(rows.values()))[0]
    if lead[:1] == _ITEM[:1]:
        yield from (first.item_id, first.value_text)
    elif lead:
        yield first.row_id
        if _ABOUT in lead:
            listed = step.field(first.field.partition(".")[0]).rows_from
            yield next((o.label for o in seen.labels.listed(listed, first.author) if o.id == first.row_id), "")


def _values(spreads: Iterable[Spread], rows: Said) -> Iterator[Cell]:
    for spread in spreads:
        given = rows.get(spread.field, [])
        answered = bool(given) and given[0].status == "submitted"
        yield from spread.cells(given) if answered else [None] * len(spread.columns)


def _states(spreads: Iterable[Spread], rows: Said) -> Iterator[Cell]:
    """How each field was answered; None where it is not asked of this author."""
    return (rows[spread.field][0].status if spread.field in rows else None for spread in spreads)


def _spreads(every: Iterable[Any], front: Iterable[Column], before: str = "") -> tuple[Spread, ...]:
    """Spread fields over columns; a name that is taken gets marks behind it."""
    taken = {column.name for column in front}

    def free(name: str) -> str:
        while name in taken:
            name += "_"
        taken.add(name)
        return name

    made = []
    for asked in every:
        columns, cells = _columns(asked)
        state = Column(free(f"{asked.key}_status"), f"How “{asked.label}” was answered.", options=STATES)
        named = tuple(replace(column, name=free(column.name), state=state.name) for column in columns)
        made.append(Spread(f"{before}{asked.key}", named, state, cells))
    return tuple(made)


def _by_item(asked: Any) -> Spread:
    name, about = _BY_ITEM[asked.type]
    state = Column(f"{name}_status", f"How “{asked.label}” was answered.", options=STATES)
    column = Column(name, f"{asked.label}: {about}", "number", asked.unit, whole=asked.type == "rank", state=state.name)
    return Spread(asked.key, (column,), state, _number)


def _columns(asked: Any) -> tuple[tuple[Column, ...], Callable[[Given], tuple[Cell, ...]]]:
    """The columns of one field, and what puts its answer under them."""
    known = known_options(asked)
    if asked.type == "many" and known:
        return _each_option(asked, known)
    if asked.type == "many":
        return (Column(asked.key, f"{asked.label} (ids, joined by “;”)"),), _ids
    if asked.type == "one":
        return _choice(asked, known)
    return (column_of(asked),), {"num": _number, "rate": _number, "yes": _tick}.get(asked.type, _words)


def known_options(asked: Any) -> tuple[Option, ...]:
    """The options that the definition knows, own words last; none where the room makes the list."""
    known = tuple(asked.options) or SHARED.get(asked.list or "", ()) if asked.type in {"one", "many"} else ()
    own = Option("other", "own words")
    return (*known, own) if known and asked.other and own.id not in {option.id for option in known} else known


def _choice(asked: Any, known: Sequence[Option]) -> tuple[tuple[Column, ...], Callable[[Given], tuple[Cell, ...]]]:
    options = tuple((option.id, option.label) for option in known)
    lead = Column(asked.key, asked.label, options=options)
    if not known:
        label = Column(f"{asked.key}_label", f"{asked.label} (in words)")
        return (lead, label), lambda given: (given[0].value_id, given[0].value_text)
    if not asked.other:
        return (lead,), lambda given: (given[0].value_id,)
    words = Column(f"{asked.key}_other", f"{asked.label} (own words)")
    return (lead, words), lambda given: (given[0].value_id, _own_words(given))


def _each_option(asked: Any, known: Sequence[Option]) -> tuple[tuple[Column, ...], Callable[[Given], tuple[Cell, ...]]]:
    flags = tuple(Column(f"{asked.key}_{one.id}", f"{asked.label}: {one.label}", "flag") for one in known)
    words = (Column(f"{asked.key}_other_words", f"{asked.label} (own words)"),) if asked.other else ()

    def cells(given: Given) -> tuple[Cell, ...]:
        chosen = {row.value_id for row in given}
        return (*(option.id in chosen for option in known), *([_own_words(given)] if words else []))

    return (*flags, *words), cells


def _own_words(given: Given) -> Cell:
    return next((row.value_text for row in given if row.value_id == "other"), None)


def _ids(given: Given) -> tuple[Cell, ...]:
    return (";".join(row.value_id for row in given),)


def _words(given: Given) -> tuple[Cell, ...]:
    return (given[0].value_text,)


def _number(given: Given) -> tuple[Cell, ...]:
    return (given[0].value_num,)


def _tick(given: Given) -> tuple[Cell, ...]:
    return (bool(given[0].value_num),)
