"""Arguments of the measures, and which sentences a workbook may give each: its cases and the slots they fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, Self

from pydantic import model_validator

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ChoiceColumn,
    ChoiceName,
    DayName,
    FieldName,
    NumberName,
    OrderName,
    PicksName,
    RatingName,
    RuleName,
    SharesName,
    TableName,
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
    """What is picked: a choice, an item's column with one value, every value of a column by item, or a first place.

    `picks` counts several options that each person picked (M03 only).
    """

    pick: ChoiceName | None = None
    value: str = ""
    order: OrderName | None = None
    column: ChoiceColumn | None = None
    picks: PicksName | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("pick", "order", "column", "picks") if getattr(self, name)]
        if len(given) != 1:
            raise ValueError("Name one of pick, order, column or picks: what people picked.")
        if self.pick and self.pick.count(".") > 1 and not self.value:
            raise ValueError("A column needs value: which of its options is the pick.")
        return self


class OfOrder(Strict):
    """An order."""

    order: OrderName


class OfPoints(Strict):
    """An order; or dots shared out, as their numbers or with `share` as shares of all dots."""

    order: OrderName | None = None
    dots: SharesName | None = None
    share: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.order) == bool(self.dots):
            raise ValueError("Name order or dots, one of the two.")
        return self


class OfLead(Strict):
    """An order; or dots beside the ratings of the same causes: do both have the same one first."""

    order: OrderName | None = None
    dots: SharesName | None = None
    removes: RatingName | None = None
    evidence: RatingName | None = None
    influence: RatingName | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.order) == bool(self.dots):
            raise ValueError("Name order, or dots with removes, evidence and influence.")
        if self.dots and not (self.removes and self.evidence and self.influence):
            raise ValueError("Dots are compared with removes, evidence and influence: name all three.")
        return self


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


class Moves(Strict):
    """First picks before and after; or with `changed` a choice, and the value that says that somebody moved."""

    before: ChoiceName | None = None
    value: str = ""
    after: OrderName | None = None
    changed: ChoiceName | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Self:
        if bool(self.changed) == bool(self.before and self.after):
            raise ValueError("Name before and after, or changed alone.")
        if self.changed and not self.value:
            raise ValueError("Changed needs value: which option says that somebody moved.")
        return self


class CausesRated(Strict):
    """Three ratings of each cause, 0 to 3; the weights stand in the workbook's settings."""

    removes: RatingName
    evidence: RatingName
    influence: RatingName


class Treats(Strict):
    """What responses treat, with their minutes and money."""

    treats: ChoiceColumn
    minutes: NumberName
    money: NumberName | None = None


class Ends(Strict):
    """Where pairs' ladders end."""

    ends: ChoiceName


class RatingsByItem(Strict):
    """Ratings 0 to 3 of each option of a list."""

    ratings: RatingName


class OfLedger(Strict):
    """The list of initiatives with what was found and decided.

    `inventory` has the columns name, fund, flexible, usd_year, fte, staff_min_week, fund_end; `decide` has decision,
    after_usd, after_fte, after_min_week, minutes_stay.
    """

    inventory: TableName
    align: RatingName | None = None
    decide: TableName | None = None
    ends_by: DayName | None = None


class AlignedShare(OfLedger):
    """The same; `after` with the levels decided on, `weighted` by the mean rating instead of counting it or not."""

    align: RatingName
    after: bool = False
    weighted: bool = False


class OfEnding(OfLedger):
    """The same, for money that ends by a day."""

    align: RatingName
    ends_by: DayName


class Balance(OfLedger):
    """The same; `what` chooses the reading, `flexible` says which money may move, `covered` what was found for gaps."""

    what: Literal["ledger", "minutes", "totals_now", "totals_after", "by_fund", "decisions", "cover"] = "ledger"
    flexible: tuple[str, ...] = ("yes", "within_plan")
    covered: NumberName | None = None


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
        "M05": MeasureName("Points", OfPoints, _cases(lead="label points n", tie="labels points n")),
        "M06": MeasureName("Head to head", OfOrder, _cases(winner="label n", other="label leader n", none="n")),
        "M07": MeasureName(
            "Lead",
            OfLead,
            _cases(clear="label band", close="label second band", same="label", differs="dots ratings"),
        ),
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
        "M11": MeasureName("Moved", Moves, _cases(none="of", one="of", some="n of")),
        "M12": MeasureName("Role clarity", OfMatch, _cases(any="way n")),
        "M13": MeasureName("Minutes let go", OfMinutes, _cases(any="minutes hours people tasks", none="")),
        "M15": MeasureName(
            "Root score",
            CausesRated,
            _cases(any="label score n", tie="labels score n", watch="label score n watch"),
        ),
        "M16": MeasureName("Aspirin share", Treats, _cases(any="percent", money="percent money_percent", none="")),
        "M17": MeasureName(
            "Chain agreement", Ends, _cases(none="n", some="n different label chance percent", all="n label")
        ),
        "M18": MeasureName(
            "Alignment",
            RatingsByItem,
            _cases(any="aligned partly not rows", dk="aligned partly not rows unknown"),
        ),
        "M19": MeasureName("Aligned share", AlignedShare, _cases(any="usd fte minutes", unpriced="fte minutes")),
        "M20": MeasureName("Ending money", OfEnding, _cases(any="ending date percent aligned", none="date")),
        "M21": MeasureName(
            "Freed, flexible, needed",
            Balance,
            _cases(
                gap="freed flexible need gap covered",
                covered="freed flexible need left covered",
                minutes="reduced usable need_min",
                any="n rows usd fte minutes reduced usable need_min",
                unpriced="n rows fte minutes",
                none="",
            ),
        ),
    }
)
"""Measure number to its title, arguments and sentences.

Slots as people read them: `chance`, `before`, `after` “about 1 time in 7”; `way` “about half of the way”; `percent`
“14%”; `points`, `minutes`, `hours` “1,155”; money as “$48,660”; `band` the band's phrase; `label` a wording, `labels`
several joined; `different` how many different picks; `high` how many chose one of the two highest values; `fist` the
lowest hand; `below` how many hands are below 3; `missing` how many are still to come; `score` of 100; `watch` causes
for watching; `aligned`, `partly`, `not`, `unknown` how many of the `rows`, which in M21 are “1 row” or “14 rows”;
`date` a day; `n` and `of` counts.
"""
