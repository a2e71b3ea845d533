"""All tables of a meeting: the long table, the derived ones, the measures, the roster and the codebook."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mira_workbook.content.privacy import strictest
from mira_workbook.exports import codebook, rows
from mira_workbook.exports.built_on import built_on
from mira_workbook.exports.notes import notes
from mira_workbook.exports.outputs import derived, members
from mira_workbook.exports.pivot import WHOSE
from mira_workbook.exports.sighted import Sighted, sighted
from mira_workbook.exports.table import Cell, Column, Table, lead_with, stack
from mira_workbook.measures.table import measures
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.sight import Viewer

MEASURES = (
    Column("id", "The measure's number."),
    Column("step", "The step it belongs to."),
    Column("of", "What it is of, where a step has the same measure twice."),
    Column("round", "1, or 2 for a second round.", "number"),
    Column("name", "The measure's name."),
    Column("part", "A part of the value: an item's id, two of them joined by a dot, or a name such as mean."),
    Column("value", "The number; blank with too few answers. 1 is yes, 0 is no.", "number"),
    Column("n", "Answers it is computed from.", "number"),
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


def tables(snapshots: Sequence[Snapshot], viewer: Viewer) -> list[Table]:
    """Give every table of a meeting as a viewer may see it; sessions stand under each other.

    Shape: `responses_long` first, then derived tables as the workbook names them, `built_on` where it needs something,
    `measures`, `notes` where there are any, `members`, `codebook`.
    """
    ordered = one_meeting(snapshots)
    seen = [sighted(snapshot, viewer) for snapshot in ordered]
    found = stack(
        [
            *(rows.table(one.rows) for one in seen),
            *(table for one in seen for table in derived(one)),
            *(table for one in seen if (table := built_on(one)) is not None),
            *(_measured(one, snapshot) for one, snapshot in zip(seen, ordered, strict=True)),
            *(table for one, whole in zip(seen, ordered, strict=True) if (table := notes(one, whole)) is not None),
            *(members(one) for one in seen),
        ]
    )
    teams = {snapshot.team.slug: snapshot.workbook for snapshot in ordered}
    book = strictest([snapshot.workbook for snapshot in ordered])
    return [*found.values(), codebook.codebook(book, found.values(), teams)]


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
    return (*about, part, value, measure.n, measure.unit, measure.band, measure.sentence)


def _parts(value: Any, before: str = "") -> Iterator[tuple[str, Cell]]:
    """A measure's value as (part, number); a plain number has one part without a name."""
    if not isinstance(value, Mapping):
        yield before, int(value) if isinstance(value, bool) else value
        return
    for key, inner in value.items():
        yield from _parts(inner, f"{before}.{key}" if before else str(key))
