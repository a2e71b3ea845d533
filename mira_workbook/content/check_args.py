"""Arguments of the checks a step may use, and which slots their sentences may have.

`on` and its like name `field` or `field.column` of the same step; what a row is compared with is a column of the same
row, `item.` and a fact of the row's item, a field of the step, or another step's answer in full (`step.field`).
"""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from mira_workbook.content.answers.base import Flat, From, Strict

Here = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
"""`field` or `field.column` of the same step."""
Compared = float | str
"""A number, or where to find one."""


class CheckArgs(Strict):
    """What every check takes: its sentence, and whether it blocks.

    Attributes:
        say: the sentence to show; the check's own if not set.
        level: `stop` blocks the submit, `warn` is shown once and may be passed.
    """

    slots: ClassVar[frozenset[str]] = frozenset()
    anchor: ClassVar[str] = "on"
    say: str = Field("", max_length=200)
    level: Literal["stop", "warn"] = "stop"

    @field_validator("say")
    @classmethod
    def _slots_exist(cls, sentence: str) -> str:
        parts = [part[1:] for part in Formatter().parse(sentence) if part[1] is not None]
        if odd := [name for name, form, turn in parts if name not in cls.slots or form or turn]:
            known = ", ".join(f"{{{name}}}" for name in sorted(cls.slots)) or "none"
            raise ValueError(f"`say` has a slot {{{odd[0]}}} that this check does not fill; it fills: {known}")
        return sentence

    @property
    def field(self) -> str:
        """The field whose answer is judged; the check runs when that field is checked."""
        return self.places[0].partition(".")[0]

    @property
    def places(self) -> tuple[str, ...]:
        """What is judged, `field` or `field.column` each."""
        place = getattr(self, self.anchor)
        return (place,) if isinstance(place, str) else tuple(place)


class NotAbove(CheckArgs):
    """A number is at most another, such as minutes released of minutes spent."""

    slots = frozenset({"value", "than"})
    on: Here
    than: Compared


class EqualWhen(CheckArgs):
    """Where a condition holds, a number equals another; with `fill` a blank is filled in."""

    slots = frozenset({"value", "to"})
    on: Here
    to: Compared
    when: Flat
    fill: bool = False


class FlagWhen(CheckArgs):
    """A condition that deserves a word (or, as `forbid_when`, that cannot stay).

    `above`: numbers beside it that have to be exceeded as well. `below`: numbers beside it that have to lie below
    what they are compared with. `contract_min` is the contract of a full post.
    """

    slots = frozenset({"value", "contract_min"})
    on: Here
    when: Flat
    above: Mapping[str, float] = Field(default_factory=dict)
    below: Mapping[str, Compared] = Field(default_factory=dict)
    say: str = Field(min_length=1, max_length=200)


class ExactlyOne(CheckArgs):
    """One row of a table, no more and no less, has a value (E06)."""

    slots = frozenset({"n"})
    on: Here
    value: bool | str


class SomeWhen(CheckArgs):
    """At least one row has a value, once there are `rows` rows."""

    slots = frozenset({"n"})
    on: Here
    value: str
    rows: int = Field(1, ge=1)
    say: str = Field(min_length=1, max_length=200)


class AllPlaced(CheckArgs):
    """Every option of a list is merged into some row or set aside."""

    slots = frozenset({"n", "labels"})
    anchor = "merged"
    of: str
    merged: Here
    aside: Here


class RightSide(CheckArgs):
    """A target lies on the side of the baseline that the direction says."""

    slots = frozenset({"baseline", "target", "direction", "side"})
    anchor = "target"
    baseline: Here
    target: Here
    direction: Here


class PercentRange(CheckArgs):
    """Numbers lie between 0 and 100 where the chosen unit starts with `percent`."""

    slots = frozenset({"value"})
    anchor = "values"
    unit: Here
    values: tuple[Here, ...] = Field(min_length=1)


class ReasonUnlessLeader(CheckArgs):
    """A choice that is not the one the points lead with needs a reason."""

    slots = frozenset({"leader", "chosen"})
    anchor = "reason"
    chosen: Here
    order: str
    reason: Here


class LaterThan(CheckArgs):
    """A day lies after another (E12)."""

    slots = frozenset({"end_label", "start_label", "start"})
    on: Here
    than: str


class RequireWhenBelow(CheckArgs):
    """An answer is needed where a number lies below another, such as what would raise a hand to a 3."""

    slots = frozenset({"value", "than"})
    on: Here
    rating: str
    than: Compared


class RequireWhen(CheckArgs):
    """An answer is needed where a condition holds, with a sentence of its own."""

    on: Here
    when: Flat
    say: str = Field(min_length=1, max_length=200)


class FillWhen(CheckArgs):
    """Where a condition holds, a blank is filled in; whatever was chosen stays."""

    on: Here
    put: bool | float | str
    when: Flat


class CountPicked(CheckArgs):
    """As many rows as asked for have a value (E07)."""

    slots = frozenset({"n", "min", "max"})
    on: Here
    value: bool | str
    low: int = Field(ge=0)
    high: int = Field(ge=1)


class AtMostEach(CheckArgs):
    """No value of a column stands in more rows than `most`."""

    slots = frozenset({"n", "value"})
    on: Here
    most: int = Field(ge=1)
    say: str = Field(min_length=1, max_length=200)


class NotMany(CheckArgs):
    """A value stands in no more rows than `most`."""

    slots = frozenset({"n"})
    on: Here
    value: str
    most: int = Field(ge=0)
    say: str = Field(min_length=1, max_length=200)


class RowsAtLeast(CheckArgs):
    """A table has enough rows, with a sentence of its own."""

    slots = frozenset({"n"})
    on: Here
    n: int = Field(ge=1)
    say: str = Field(min_length=1, max_length=200)


class NoRepeat(CheckArgs):
    """No row says what an earlier one says, compared without case and punctuation."""

    slots = frozenset({"i", "j"})
    on: Here
    say: str = Field(min_length=1, max_length=200)


class NotAll(CheckArgs):
    """Not every row has a value."""

    on: Here
    value: str
    say: str = Field(min_length=1, max_length=200)


class SumNotAbove(CheckArgs):
    """The numbers of a column add up to no more than a limit of the team; a limit that is not known does not bind."""

    slots = frozenset({"sum", "than"})
    on: Here
    than: float | From


class LevelWhen(CheckArgs):
    """Where a condition holds, at least one number lies above its base, or differs from it.

    `unless`: another answer of the row that will do instead.
    """

    anchor: ClassVar[str] = "on"
    on: tuple[Here, ...] = Field(min_length=1)
    base: tuple[str, ...] = Field(min_length=1)
    when: Flat
    way: Literal["above", "changed"]
    unless: str = ""
    say: str = Field(min_length=1, max_length=200)


class SomethingPays(CheckArgs):
    """Where some row grows, another one has to pay for it."""

    on: Here
    grow: str
    pays: tuple[str, ...] = Field(min_length=1)
    say: str = Field(min_length=1, max_length=200)


CHECK_ARGS: Mapping[str, type[CheckArgs]] = MappingProxyType(
    {
        "not_above": NotAbove,
        "equal_when": EqualWhen,
        "flag_when": FlagWhen,
        "forbid_when": FlagWhen,
        "exactly_one": ExactlyOne,
        "some_when": SomeWhen,
        "all_placed": AllPlaced,
        "right_side": RightSide,
        "percent_range": PercentRange,
        "reason_unless_leader": ReasonUnlessLeader,
        "later_than": LaterThan,
        "require_when_below": RequireWhenBelow,
        "require_when": RequireWhen,
        "fill_when": FillWhen,
        "count_picked": CountPicked,
        "at_most_each": AtMostEach,
        "not_many": NotMany,
        "rows_at_least": RowsAtLeast,
        "no_repeat": NoRepeat,
        "not_all": NotAll,
        "sum_not_above": SumNotAbove,
        "level_when": LevelWhen,
        "something_pays": SomethingPays,
    }
)
"""Name of a check to the model of its arguments."""
