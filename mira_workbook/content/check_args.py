"""Arguments of the checks a step may use, and which slots their sentences may have.

`on` and its like name `field` or `field.column` of the same step; what a row is compared with is a column of the same
row, `item.` and a fact of the row's item, a field of the step, or another step's answer in full (`step.field`).
"""

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from mira_workbook.content.answers.base import Flat, Strict

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
        place = getattr(self, self.anchor)
        return str(place if isinstance(place, str) else place[0]).partition(".")[0]


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
    """A condition that deserves a word (or, as `forbid_when`, that cannot stay)."""

    on: Here
    when: Flat
    say: str = Field(min_length=1, max_length=200)


class ExactlyOne(CheckArgs):
    """One row of a table, no more and no less, has a value (E06)."""

    slots = frozenset({"n"})
    on: Here
    value: str


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
    }
)
"""Name of a check to the model of its arguments."""
