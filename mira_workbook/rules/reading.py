"""Reading answers out of a snapshot: names written `step.field` or `step.field.column`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.definition import Workbook
from mira_workbook.records import Response, Snapshot


def split(name: str) -> tuple[str, str, str]:
    """Split `step.field` or `step.field.column`; the column is "" where there is none."""
    step, field, *column = name.split(".")
    return step, field, column[0] if column else ""


def latest_round(snapshot: Snapshot, step: str, field: str) -> int:
    """The last round in which the field has an answer, 1 if it has none."""
    rounds = [r.round for r in snapshot.responses if r.field == field and r.step == step and r.state == "submitted"]
    return max(rounds, default=1)


def standing(snapshot: Snapshot, step: str, field: str, round_: int = 1) -> tuple[Response, ...]:
    """Submitted responses of one field: members in roster order, then all others."""
    order = {member.key: i for i, member in enumerate(snapshot.members)}
    # One by one: this is asked some fifty times for each look, and a tuple of three costs more than it compares.
    found = [
        r
        for r in snapshot.responses
        if r.field == field and r.step == step and r.round == round_ and r.state == "submitted"
    ]
    return tuple(sorted(found, key=lambda r: (order.get(r.author, len(order)), r.author, r.seq)))


def counted(snapshot: Snapshot, step: str, field: str, round_: int = 1) -> tuple[Response, ...]:
    """The standing responses that count in measures: late ones are left out."""
    return tuple(r for r in standing(snapshot, step, field, round_) if not r.late)


def by_author(snapshot: Snapshot, name: str, round_: int = 1) -> dict[str, Any]:
    """Author to value for `step.field`, late ones left out."""
    step, field, _ = split(name)
    return {r.author: r.value for r in counted(snapshot, step, field, round_)}


def cells(snapshot: Snapshot, name: str, round_: int = 1) -> Iterator[tuple[str, str, Any]]:
    """(author, row id, value) of one table column `step.field.column`; blank cells are left out."""
    step, field, column = split(name)
    for response in counted(snapshot, step, field, round_):
        for row in response.value or ():
            if row["cells"].get(column) is not None:
                yield response.author, row["row_id"], row["cells"][column]


def latest_cells(snapshot: Snapshot, name: str, last: int | None = None) -> Iterator[tuple[str, str, Any]]:
    """(author, row id, value) of one table column over all rounds: in each row a person's latest round wins.

    A second round may ask only some rows; the others stand as they were. Late answers and blank cells are left out.

    Args:
        snapshot: answers with their authors, as `sight.shown` gives them; signed ones are numbered anew in each round.
        name: `step.field.column`.
        last: the last round to look at; all if not given.
    """
    step, field, _ = split(name)
    found: dict[tuple[str, str], Any] = {}
    for round_ in range(1, (last or latest_round(snapshot, step, field)) + 1):
        found |= {(author, row): value for author, row, value in cells(snapshot, name, round_)}
    for (author, row), value in found.items():
        yield author, row, value


class Ratings(NamedTuple):
    """Ratings that people gave one item, and how many said "don't know yet"."""

    values: tuple[int, ...] = ()
    dk: int = 0

    @property
    def unknown(self) -> float:
        """The share of those who said "don't know yet", 0 to 1; 0 where nobody answered."""
        people = len(self.values) + self.dk
        return self.dk / people if people else 0.0


NOBODY = Ratings()
"""What an item has that nobody rated."""


def ratings_by_row(snapshot: Snapshot, name: str, last: int | None = None) -> dict[str, Ratings]:
    """Row id to its ratings, of a column of ratings: each person's latest. See `latest_cells`."""
    found: dict[str, Ratings] = {}
    for _, row, value in latest_cells(snapshot, name, last):
        values, dk = found.get(row, Ratings())
        if isinstance(value, dict):
            found[row] = Ratings(values, dk + bool(value.get("dk")))
        else:
            found[row] = Ratings((*values, int(value)), dk)
    return found


def picks(snapshot: Snapshot, name: str, value: str = "", round_: int = 1) -> dict[str, str]:
    """Author to first pick: the row where a column has `value`, the first of an order, or what a choice holds.

    Shape: one entry per member who picked.
    """
    _, _, column = split(name)
    if column:
        return {author: row for author, row, cell in cells(snapshot, name, round_) if cell == value}
    given = {author: value for author, value in by_author(snapshot, name, round_).items() if value}
    return {author: picked[0] if isinstance(picked, list) else pick_id(picked) for author, picked in given.items()}


def team_rows(snapshot: Snapshot, name: str) -> list[dict[str, Any]]:
    """Rows of a team table `step.field`, [] if it has none."""
    step, field, _ = split(name)
    value = snapshot.team_answer(step, field, latest_round(snapshot, step, field))
    return list(value or ())


def field_of(workbook: Workbook, name: str) -> Any:
    """The definition of `step.field` or of a column `step.field.column`."""
    step, field, column = split(name)
    asked = workbook.step(step).field(field)
    if not column:
        return asked
    return next(c for c in asked.columns if c.key == column)
