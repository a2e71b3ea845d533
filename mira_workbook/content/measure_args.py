"""Arguments of the measures, and which sentences a workbook may give each: its cases and the slots they fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

from pydantic import model_validator

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ChoiceColumn,
    ChoiceName,
    FieldName,
    NumberName,
    OrderName,
    RatingName,
    RuleName,
)


@dataclass(frozen=True, slots=True)
class MeasureName:
    """A measure a workbook may use.

    Attributes:
        title: the name that is shown.
        arguments: the model of its arguments.
        cases: case to the slots its sentence may use; the measure chooses the case by its value.
    """

    title: str
    arguments: type[Strict]
    cases: Mapping[str, frozenset[str]]


class Nothing(Strict):
    """No arguments."""


class Picks(Strict):
    """What is picked: a choice, an item's column with one value, every value of a column by item, or a first place."""

    pick: ChoiceName | None = None
    value: str = ""
    order: OrderName | None = None
    column: ChoiceColumn | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("pick", "order", "column") if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("Name one of pick, order or column: what people picked.")
        if self.pick and self.pick.count(".") > 1 and not self.value:
            raise ValueError("A column needs value: which of its options is the pick.")
        return self


class OfOrder(Strict):
    """An order."""

    order: OrderName


class OfRating(Strict):
    """A rating."""

    rating: RatingName


class OfHands(Strict):
    """Hands from 0 to 5; `rule` is a choice of `all`, `all_but_one` or `share80`, or one of these words itself."""

    rating: RatingName
    rule: RuleName


class BeforeAfter(Strict):
    """First picks before and after, or with `rating` the shared view in round 1 and round 2."""

    before: ChoiceName | None = None
    value: str = ""
    after: OrderName | None = None
    rating: RatingName | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Self:
        if bool(self.rating) == bool(self.before and self.after):
            raise ValueError("Name before and after, or rating alone.")
        return self


class OfMatch(Strict):
    """Ratings 0, 1, 2 of how near expectations were."""

    match: RatingName


class OfMinutes(Strict):
    """Minutes a week let go."""

    released: NumberName


class OfField(Strict):
    """Any field."""

    field: FieldName | None = None


def _cases(**slots: str) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({case: frozenset(names.split()) for case, names in slots.items()})


_PICKS = _cases(none="different n", some="different n chance percent", all="label n")

MEASURES: Mapping[str, MeasureName] = MappingProxyType(
    {
        "M01": MeasureName("Answered", OfField, _cases(any="n of")),
        "M02": MeasureName("First-pick agreement", Picks, _PICKS),
        "M03": MeasureName("Largest share", Picks, _cases(any="label count n percent", tie="labels count n percent")),
        "M04": MeasureName("Ranking agreement", OfOrder, _cases(any="band n")),
        "M05": MeasureName("Points", OfOrder, _cases(lead="label points n", tie="labels points n")),
        "M06": MeasureName("Head to head", OfOrder, _cases(winner="label n", other="label leader n", none="n")),
        "M07": MeasureName("Lead", OfOrder, _cases(clear="label band", close="label second band")),
        "M08": MeasureName("Shared view", OfRating, _cases(any="high n band")),
        "M09": MeasureName(
            "Fist to five",
            OfHands,
            _cases(
                **{"pass": "n", "pass_rule": "below n", "one": "fist n", "below": "below n", "missing": "missing n"}
            ),
        ),
        "M10": MeasureName(
            "Convergence", BeforeAfter, _cases(closer="before after", further="before after", same="before after")
        ),
        "M11": MeasureName("Moved", BeforeAfter, _cases(none="of", one="of", some="n of")),
        "M12": MeasureName("Role clarity", OfMatch, _cases(any="way n")),
        "M13": MeasureName("Minutes let go", OfMinutes, _cases(any="minutes hours people tasks", none="")),
    }
)
"""Measure number to its title, arguments and sentences.

Slots as people read them: `chance`, `before`, `after` “about 1 time in 7”; `way` “about half of the way”;
`percent` “14%”; `points`, `minutes`, `hours` “1,155”; `band` the band's phrase; `label` a wording, `labels` several
joined; `different` how many different picks; `high` how many chose one of the two highest values; `fist` the lowest
hand; `below` how many hands are below 3; `missing` how many are still to come; `n` and `of` counts.
"""
