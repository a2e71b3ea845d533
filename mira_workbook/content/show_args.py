"""Arguments of what is shown and taken home: charts, tables of the export, blocks of the hand-out."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ChoiceColumn,
    ChoiceName,
    ColumnName,
    FieldName,
    OrderName,
    RatingName,
    StepName,
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


class ShareBar(Strict):
    """A share of the way, 0 to 1."""

    match: RatingName


class CandidatesTable(Strict):
    """One row a candidate: wording, proposals, places, points, first and last places, mean rank."""

    rows: TableName
    merged: ColumnName
    tiers: ChoiceColumn
    order: OrderName


class PairwiseTable(Strict):
    """One row a pair of candidates: how many put the one above the other."""

    order: OrderName


class PriorityTable(Strict):
    """One row: every field of the step with the sentence; `revised` is the changed sentence where there is one."""

    step: StepName
    revised: WordsName | None = None


class ParkedTable(Strict):
    """One row a candidate that keeps its place."""

    rows: TableName


class ConsentTable(Strict):
    """One row a hand and round, numbered where names stay with the facilitator."""

    rating: RatingName
    comment: WordsName


class RolesTable(Strict):
    """One row a member: role priority, contribution, how near they are; `clarity` only on request."""

    text: WordsName
    contribution: WordsName
    fit: RatingName
    clarity: RatingName | None = None


class ReleaseTable(Strict):
    """One row a task that is let go."""

    rows: TableName


class LineageTable(Strict):
    """One row a proposal: the candidate that took it up, and whether it is in the sentence. Without names."""

    proposals: TableName
    merged: ColumnName
    aside: TableName | None = None
    chosen: FieldName


class SentenceBlock(Strict):
    """The sentence, large, for whom and why now; `revised` wins where there is one."""

    text: WordsName
    revised: WordsName | None = None
    for_whom: WordsName
    why_now: WordsName


class DoneTestBlock(Strict):
    """How the team will know, and when it looks again."""

    text: WordsName
    review: FieldName


class FigureBlock(Strict):
    """Today's figure and the target, or who brings the figure and when."""

    step: StepName


class WorriesBlock(Strict):
    """Worries that were heard and what was done, without names."""

    comment: WordsName
    answers: TableName
    decided: ChoiceName | None = None


class ContributionsBlock(Strict):
    """What each member adds."""

    text: WordsName


class ReleasesBlock(Strict):
    """What each member lets go, with minutes and their sum."""

    rows: TableName


class RingsBlock(Strict):
    """What keeps its place: focus and watch, with who keeps an eye on it."""

    rows: TableName


Models = Mapping[str, type[Strict]]

CHARTS: Models = MappingProxyType(
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
    }
)
"""Pictures of a step's results."""

OUTPUTS: Models = MappingProxyType(
    {
        "candidates": CandidatesTable,
        "pairwise": PairwiseTable,
        "priority": PriorityTable,
        "parked": ParkedTable,
        "consent": ConsentTable,
        "roles": RolesTable,
        "release": ReleaseTable,
        "lineage": LineageTable,
    }
)
"""Tables of the export that are worked out from answers."""

BLOCKS: Models = MappingProxyType(
    {
        "sentence": SentenceBlock,
        "done_test": DoneTestBlock,
        "figure": FigureBlock,
        "worries": WorriesBlock,
        "contributions": ContributionsBlock,
        "releases": ReleasesBlock,
        "rings": RingsBlock,
        "lineage": LineageTable,
    }
)
"""Blocks of the one-page hand-out."""
