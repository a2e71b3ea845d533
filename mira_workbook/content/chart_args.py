"""Arguments of the pictures of a step's results."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ChoiceColumn,
    ChoiceName,
    ColumnName,
    DayName,
    ListName,
    NumberName,
    OrderName,
    RatingName,
    SharesName,
    TableName,
    WordsName,
)


class Stacked(Strict):
    """Bars of counts by value, one bar an item; `order` gives the values from the first to the last."""

    of: ChoiceColumn
    order: tuple[str, ...] = Field(min_length=2)


class OfOrder(Strict):
    """An order."""

    order: OrderName


class Slope(Strict):
    """Counts before and after, joined by lines."""

    before: ChoiceName
    value: str = ""
    after: OrderName


class Hands(Strict):
    """Hands from 0 to 5, without names."""

    rating: RatingName


class Rings(Strict):
    """The priority in the middle, what keeps its place around it."""

    statement: WordsName
    parked: TableName


class Spokes(Strict):
    """What each person adds, joined to the priority; `weight` draws the line thicker."""

    text: WordsName
    weight: RatingName | None = None


class Arrows(Strict):
    """Which candidate would help which others, counted in people."""

    helps: ColumnName


class CardWall(Strict):
    """Words on cards."""

    text: WordsName
    because: WordsName | None = None
    title: str = Field("", max_length=60)


class ShareBar(Strict):
    """A share of the way, 0 to 1."""

    match: RatingName


class LensColumns(Strict):
    """What repeats, in columns by the lens it was seen through; figures of one unit as small bars."""

    text: WordsName
    lens: ChoiceColumn
    figure: NumberName | None = None
    unit: WordsName | None = None


class Quadrants(Strict):
    """Four boxes of a merged list, with how many people stand behind each line."""

    rows: TableName
    box: ChoiceColumn
    item: WordsName
    fact: WordsName | None = None


class SplitBars(Strict):
    """Minutes and money, split by what they treat."""

    treats: ChoiceColumn
    minutes: NumberName
    money: NumberName | None = None


class Ladders(Strict):
    """Pairs' whys side by side, from the symptom down; last rungs coloured by where they end."""

    links: WordsName
    evidence: ChoiceColumn | None = None
    ends: ChoiceName
    start: ListName


class Fishbone(Strict):
    """Causes on bones, the symptom at the head."""

    causes: WordsName
    category: ChoiceColumn
    head: ListName


class DotPlot(Strict):
    """Three ratings of each cause on one line, sorted by score; with dots shared out beside them."""

    removes: RatingName
    evidence: RatingName
    influence: RatingName
    dots: SharesName | None = None


class Counts(Strict):
    """How many people chose each option."""

    of: ChoiceName


class Treemap(Strict):
    """Areas by amount, grouped; bars where no amount is known."""

    amount: NumberName
    minutes: NumberName
    by: ChoiceColumn
    label: WordsName


class Strip(Strict):
    """Mean and spread of ratings of each option; “don't know yet” hollow. `only` shows the options of a list."""

    ratings: RatingName
    only: ListName | None = None


class Loop(Strict):
    """Four zones of a life, and two boxes for what is caught."""

    stage: ChoiceColumn
    trap: ChoiceColumn


class Bubble(Strict):
    """Alignment across, evidence up, money as area, a ring where money ends, a pattern for the decision."""

    inventory: TableName
    align: RatingName
    evidence: TableName
    decide: TableName
    ends_by: DayName


class NowAfter(Strict):
    """Aligned shares of money, staff and minutes, now and after."""

    inventory: TableName
    align: RatingName
    decide: TableName
    ends_by: DayName


class Waterfall(Strict):
    """From the money that ends to what is open: aligned, freed and flexible, asked elsewhere, gap."""

    inventory: TableName
    align: RatingName
    decide: TableName
    ends_by: DayName
    holds: TableName


CHARTS: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "stacked": Stacked,
        "heat": OfOrder,
        "slope": Slope,
        "points": OfOrder,
        "hands": Hands,
        "rings": Rings,
        "spokes": Spokes,
        "arrows": Arrows,
        "card_wall": CardWall,
        "share_bar": ShareBar,
        "lens_columns": LensColumns,
        "quadrants": Quadrants,
        "split_bars": SplitBars,
        "ladders": Ladders,
        "fishbone": Fishbone,
        "dot_plot": DotPlot,
        "counts": Counts,
        "treemap": Treemap,
        "strip": Strip,
        "loop": Loop,
        "bubble": Bubble,
        "now_after": NowAfter,
        "waterfall": Waterfall,
    }
)
"""Pictures of a step's results."""
