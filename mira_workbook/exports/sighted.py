"""A session as files may hold it: what every derived table, hand-out and bundle is made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mira_workbook.content.answers.base import Option
from mira_workbook.exports.parts import Labels
from mira_workbook.exports.rows import Row, rows_of
from mira_workbook.exports.told import told
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.reading import split
from mira_workbook.rules.stage import Stage, fold


@dataclass(frozen=True, slots=True)
class Sighted:
    """A session seen by one viewer.

    Attributes:
        snapshot: the answers on show with their authors: for counting only, never for a file.
        stage: where the session stands.
        viewer: who looks.
        responses: the answers, signed for the viewer, each value a `Told`; missing ones have version 0.
        rows: the long table of the same; whatever names an author comes from these two.
        labels: options of lists, told only where their sources are on show.
        by_field: (step, field) to the rows with content, those of a table's columns together.
    """

    snapshot: Snapshot
    stage: Stage
    viewer: sight.Viewer
    responses: tuple[Response, ...]
    rows: tuple[Row, ...]
    labels: Labels
    by_field: Mapping[tuple[str, str], Sequence[Row]] = field(default_factory=dict)

    def of(self, name: str) -> Iterator[Row]:
        """Rows of `step.field`, of all columns of that table, or of one `step.field.column`; with content only."""
        step, field, column = split(name)
        found = self.by_field.get((step, field), ())
        return (row for row in found if row.field == f"{field}.{column}") if column else iter(found)

    def team_text(self, name: str | None) -> str:
        """What the team wrote or chose in `step.field`, as people read it; "" for blank or no name."""
        if not name:
            return ""
        step, field, _ = split(name)
        value = self.snapshot.team_answer(step, field)
        if value is None:
            return ""
        asked = self.snapshot.workbook.step(step).field(field)
        return str(asked.show(value, self.lists(asked)))

    def lists(self, asked: Any) -> Mapping[str, tuple[Option, ...]]:
        """The lists a field or its columns refer to, by name."""
        every = (asked, *getattr(asked, "columns", ()))
        names = {getattr(part, key, None) for part in every for key in ("list", "rows_from")}
        return {name: self.labels.listed(name, "") for name in names if name}

    def names(self) -> dict[str, str]:
        """Member key to the shortest name that is nobody else's: first, full, or full with role."""
        firsts = [m.name.split()[0] if m.name.split() else m.name for m in self.snapshot.members]
        fulls = [m.name for m in self.snapshot.members]
        return {
            m.key: first
            if firsts.count(first) == 1
            else m.name
            if fulls.count(m.name) == 1 or not m.role
            else f"{m.name} · {m.role}"
            for m, first in zip(self.snapshot.members, firsts, strict=True)
        }


def sighted(snapshot: Snapshot, viewer: sight.Viewer) -> Sighted:
    """Pass a session through sight for a viewer."""
    stage = veiled(snapshot, fold(snapshot.acts, snapshot.workbook))
    answers = tuple(told(snapshot, stage, viewer))
    blind = viewer.role == "viewer"
    on_show = sight.view(snapshot, stage, viewer) if blind else sight.shown(snapshot, stage)
    rows = tuple(rows_of(snapshot, answers))
    return Sighted(on_show, stage, viewer, answers, rows, Labels(snapshot, stage), _by_field(rows))


def _by_field(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    of_column: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.status in {"submitted", "dk"}:
            place = row.step, row.field
            if place not in of_column:
                of_column[place] = found.setdefault((row.step, row.field.partition(".")[0]), [])
            of_column[place].append(row)
    return found
