"""All tables of a meeting: the long table, the derived ones, the measures, the roster and the codebook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import strictest
from mira_workbook.exports import codebook, rows
from mira_workbook.exports.built_on import built_on
from mira_workbook.exports.notes import notes
from mira_workbook.exports.outputs import derived, members
from mira_workbook.exports.pivot import WHOSE
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.exports.table import Cell, Column, Table, lead_with, stack
from mira_workbook.exports.wide import wide
from mira_workbook.measures.table import measures
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.sight import Viewer

MEASURES = (
    Column("id", "The measure's number."),
    Column("step", "The step it belongs to."),
    Column("of", "What it is of, where a step has the same measure twice."),
    rows.ROUND,
    Column("name", "The measure's name."),
    Column("part", "A part of the value: an item's id, two of them joined by a dot, or a name such as mean."),
    Column("value", "The number; blank with too few answers. 1 is yes, 0 is no.", "number"),
    Column("value_id", "What the value is where it is no number: the id of an item."),
    Column("n", "Answers it is computed from.", "number", whole=True),
    Column("unit", "The unit of value."),
    Column("band", "The name of the range it lies in."),
    Column("sentence", "What is said about it."),
)


def one_meeting(snapshots: Sequence[Snapshot]) -> list[Snapshot]:
    """Put the sessions of one meeting in order of their teams.

    Raises:
        ValueError: there is none, or they are of different meetings; a fault of the program.
    """
    if len({snapshot.meeting.code for snapshot in snapshots}) != 1:
        raise ValueError("A file holds the sessions of one meeting.")
    return sorted(snapshots, key=lambda s: (s.team.slug, s.session.occasion, s.session.id))


def tables(snapshots: Sequence[Snapshot], viewer: Viewer, *, with_wide: bool = False) -> list[Table]:
    """Give every table of a meeting as a viewer may see it; sessions stand under each other.

    Args:
        snapshots: the sessions of the meeting.
        viewer: for whom.
        with_wide: a table for each step too, as programs for statistics want them.

    Shape: `responses_long` first, then derived tables as the workbook names them, wide ones in its order, `built_on`
        where it needs something, `measures`, `notes` where there are any, `members`, `codebook`.
    """
    made = Tables(viewer, with_wide=with_wide)
    found = stack([piece for snapshot in one_meeting(snapshots) for piece in made.of(snapshot)])
    return [*found.values(), made.codebook()]


class Tables:
    """The tables of many sessions, made piece by piece: what is kept from one session to the next does not grow.

    Tables of one name have the same columns. Those that another definition gives other columns get its version behind
    their name, and several definitions stand under each other in the codebook.

    Args:
        viewer: for whom.
        with_wide: a table for each step too, as programs for statistics want them.
        several: whether sessions of several meetings may come.
    """

    def __init__(self, viewer: Viewer, *, with_wide: bool = False, several: bool = False) -> None:
        self._viewer, self._with_wide, self._several = viewer, with_wide, several
        self._heads: dict[str, tuple[tuple[Column, ...], str]] = {}
        self._whole: dict[int, dict[str, tuple[Column, ...]]] = {}
        # Sessions share their definitions, so that these are few objects for many teams.
        self._books: dict[str, dict[str, Workbook]] = {}

    def of(self, snapshot: Snapshot, seen: Sighted | None = None) -> Iterator[Table]:
        """The tables of one session; `seen` where it has gone through sight already."""
        seen = seen or sighted(snapshot, self._viewer)
        version = snapshot.meeting.content_version
        book = snapshot.whole or snapshot.workbook
        self._books.setdefault(version, {})[snapshot.team.slug] = book
        whole = self._columns_of(seen, book) if snapshot.whole is not None else {}
        for table in self._made(seen, snapshot):
            yield self._named(under(whole.get(table.name, table.columns), table), version)

    def codebook(self) -> Table:
        """What every name in the tables so far means; asked for last."""
        files = [Table(name, columns) for name, (columns, _) in self._heads.items()]
        if not self._several:
            ((_, teams),) = self._books.items()
            return codebook.codebook(strictest(_each(teams)), files, teams)
        books = [self._book(version, teams) for version, teams in self._books.items()]
        # A table without a definition: what the columns of the files mean is the same for all of them.
        files.append(Table(codebook.NAME, (*_WHICH, *codebook.COLUMNS)))
        last = lead_with(_WHICH, ("", ""), codebook.of_files(files))
        return stack([*books, last])[codebook.NAME]

    def _book(self, version: str, teams: Mapping[str, Workbook]) -> Table:
        strict = strictest(_each(teams))
        return lead_with(_WHICH, (strict.slug, version), codebook.codebook(strict, (), teams))

    def _made(self, seen: Sighted, snapshot: Snapshot) -> Iterator[Table]:
        yield rows.table(seen.rows)
        yield from derived(seen)
        if self._with_wide:
            yield from wide(seen)
        built = built_on(seen)
        if built is not None:
            yield built
        yield _measured(seen, snapshot)
        noted = notes(seen, snapshot)
        if noted is not None:
            yield noted
        yield members(seen)

    def _columns_of(self, seen: Sighted, book: Workbook) -> dict[str, tuple[Column, ...]]:
        """The columns that the definition gives, also those that this session does not ask."""
        if id(book) not in self._whole:
            nobody = replace(seen.snapshot, workbook=book, responses=())
            blank = replace(seen, snapshot=nobody, responses=(), rows=(), by_field={})
            made = [*derived(blank), *(wide(blank) if self._with_wide else ())]
            self._whole[id(book)] = {table.name: table.columns for table in made}
        return self._whole[id(book)]

    def _named(self, table: Table, version: str) -> Table:
        """The table under a name that no other columns have.

        Raises:
            ValueError: two sessions of one definition give it other columns; a fault of the program.
        """
        columns, of = self._heads.setdefault(table.name, (table.columns, version))
        if columns == table.columns:
            return table
        if of == version:
            raise ValueError(f"Tables named {table.name} differ in their columns.")
        return self._named(replace(table, name=f"{table.name}_{version}"), version)


_WHICH = (
    Column("workbook", "The workbook's short name; blank where it is the same for all."),
    Column("content_version", "Version of the workbook's definition."),
)


def _each(teams: Mapping[str, Workbook]) -> list[Workbook]:
    """The definitions of teams, each once."""
    return list({id(book): book for book in teams.values()}.values())


def under(columns: tuple[Column, ...], table: Table) -> Table:
    """Put a table under columns of which it has all or some; None stands in the others.

    A table with a column that is not among them stays as it is.
    """
    place = {name: at for at, name in enumerate(table.head)}
    if columns == table.columns or not place.keys() <= {column.name for column in columns}:
        return table
    places = [place.get(column.name) for column in columns]
    lines = (tuple(None if at is None else row[at] for at in places) for row in table.rows)
    return Table(table.name, columns, tuple(lines))


def _measured(seen: Sighted, snapshot: Snapshot) -> Table:
    """The measures of a session, each part in a row; numbers by person stay out of files."""
    found = [] if seen.viewer.role == "viewer" else measures(snapshot, seen.stage)
    people = sight.people(snapshot)
    lines = [_line(measure, part, value) for measure in found for part, value in _without_people(measure, people)]
    whose = (snapshot.team.slug, snapshot.session.cycle, snapshot.meeting.code, snapshot.session.occasion)
    return lead_with(WHOSE, whose, Table("measures", MEASURES, tuple(lines)))


def _without_people(measure: Measure, keys: frozenset[str]) -> Iterator[tuple[str, Cell]]:
    """The parts of a measure that are not of one person; people who are only listed are counted."""
    if isinstance(measure.value, Mapping) and measure.unit == "people" and keys.issuperset(measure.value):
        yield "", len(measure.value)
        return
    yield from ((part, value) for part, value in _parts(measure.value) if not keys & set(part.split(".")))


def _line(measure: Measure, part: str, value: Cell) -> tuple[Cell, ...]:
    about = (measure.id, measure.step, measure.of, measure.round, measure.name)
    told = (None, value) if isinstance(value, str) else (value, None)
    return (*about, part, *told, measure.n, measure.unit, measure.band, measure.sentence)


def _parts(value: Any, before: str = "") -> Iterator[tuple[str, Cell]]:
    """A measure's value as (part, number); a plain number has one part without a name."""
    if not isinstance(value, Mapping):
        yield before, int(value) if isinstance(value, bool) else value
        return
    for key, inner in value.items():
        yield from _parts(inner, f"{before}.{key}" if before else str(key))
