"""Where checks look: the places an answer stands in, with what stands beside each and what is known of its item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mira_workbook import text
from mira_workbook.content.answers.base import Context, Problem, sentence
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.check_args import CheckArgs, Compared

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place an answer stands in: a field, or a column of one row, with its neighbours and its item."""

    field: str
    row: str
    column: str
    around: Values
    item: Values

    @property
    def value(self) -> Any:
        """What stands there; None for blank."""
        return self.around.get(self.column or self.field)


def spots(place: str, values: Values, context: Context) -> Iterator[Spot]:
    """Every place that `field` or `field.column` names: one, or one a row."""
    key, _, column = place.partition(".")
    if not column:
        yield Spot(key, "", "", values, {})
        return
    for row in values.get(key) or ():
        yield Spot(key, row["row_id"], column, row["cells"], context.items.get(row["row_id"], {}))


def find(what: Compared, spot: Spot, values: Values, context: Context) -> Any:
    """What a spot is compared with: a number, its item's fact, its row's cell, the step's field, another step's."""
    if not isinstance(what, str):
        return what
    if what.startswith("item."):
        return spot.item.get(what.removeprefix("item."))
    if spot.column:
        column = what.removeprefix(f"{spot.field}.")
        if column in spot.around:
            return spot.around[column]
    return values.get(what, context.facts.get(what))


def is_number(value: Any) -> bool:
    """Whether a value counts and compares; a tick does not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(value: Any, wanted: bool | str) -> bool:  # noqa: FBT001 - a tick is a value like any other
    """Whether a cell has a value: a tick, or an option by its id; a box nobody ticked is not ticked."""
    if isinstance(wanted, bool):
        return bool(value is True) == wanted
    return pick_id(value) == wanted


def spell(value: Any) -> str:
    """Spell a value as a sentence holds it."""
    return text.say_number(value) if is_number(value) else "" if value is None else str(value)


def told(args: CheckArgs, code: str, spot: Spot, default: str = "", **slots: object) -> Problem:
    """A problem with the step's own sentence, or with the catalogue's."""
    words = args.say.format(**slots) if args.say else sentence(default or f"check_{code}", **slots)
    level = "care" if args.level == "warn" else "stop"
    return Problem(spot.field, code, words, level, spot.row, spot.column)  # type: ignore[arg-type]


def whole(place: str) -> Spot:
    """The field as a whole, for what no single row can mend."""
    return Spot(place.partition(".")[0], "", "", {}, {})
