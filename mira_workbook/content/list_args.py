"""Arguments of the lists that are worked out from answers when a step opens."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Flat, Strict
from mira_workbook.content.references import (
    AskedName,
    ChoiceColumn,
    ChoiceName,
    ColumnName,
    DayName,
    ListName,
    NumberName,
    RatingName,
    TableName,
    WithinTable,
    WordsName,
)


class NextInRing(Strict):
    """For each person the next `n` in roster order, wrapping round; fixed when the step opens."""

    n: int = Field(ge=1, le=6)


class WrittenAboutMe(Strict):
    """For each person what others wrote in the row about them; option id = the writer's key, label = the text."""

    field: TableName
    column: WithinTable


class RowsOf(Strict):
    """The rows of a team table as options; with `where` only those whose cells equal it."""

    field: TableName
    label: WithinTable
    where: Flat = Field(default_factory=dict)


class RowsOfAll(Strict):
    """The rows of everyone's own table as options, in mixed order."""

    field: TableName
    label: WithinTable


class Picked(Strict):
    """The items of a list that somebody picked, fewest voices first."""

    of: AskedName
    value: str = ""
    among: ListName


class Worries(Strict):
    """Comments of those whose rating is below a mark, without names."""

    rating: RatingName
    comment: WordsName
    below: int


class Others(Strict):
    """A list without the option that was chosen."""

    among: ListName
    chosen: ChoiceName


class Gathered(Strict):
    """Everything people and pairs wrote in some columns; rows whose cells equal one of `skip` are left out."""

    columns: tuple[ColumnName, ...] = Field(min_length=1)
    skip: Flat = Field(default_factory=dict)


class Balanced(Strict):
    """For each person at most `n` of a list, in an order of their own; every option gets about as many people.

    `again`: a column of ticks; where any is ticked, a second round asks only about those rows.
    """

    among: ListName
    n: int = Field(ge=1)
    again: ColumnName | None = None


class DealtToPairs(Strict):
    """A list dealt out evenly among the pairs; both of a pair have the same share."""

    among: ListName


class TalkFirst(Strict):
    """The options whose ratings lie furthest apart, then those that many do not know; `n` at most.

    `below`: shared view (M08) under which people differ; `dk`: share of “don't know yet” from which an option is
    unknown.
    """

    ratings: RatingName
    among: ListName
    below: float = Field(gt=0, le=1)
    dk: float = Field(gt=0, le=1)
    n: int = Field(ge=1)


class Hinted(Strict):
    """A list with what is known of each option, and a hint for its decision, in its line of help."""

    among: ListName
    align: RatingName
    evidence: RatingName
    minutes_ok: ChoiceColumn | None = None
    minutes_fix: NumberName | None = None


class Ending(Strict):
    """The options whose money ends by a day, without those decided in one of the ways `without`."""

    among: ListName
    ends: DayName
    by: DayName
    decision: ChoiceColumn
    without: tuple[str, ...] = ()


class Decided(Strict):
    """The options that were decided in one of these ways, in the list's order."""

    among: ListName
    decision: ChoiceColumn
    values: tuple[str, ...] = Field(min_length=1)


LISTS: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "next_in_ring": NextInRing,
        "written_about_me": WrittenAboutMe,
        "rows_of": RowsOf,
        "rows_of_all": RowsOfAll,
        "picked": Picked,
        "worries": Worries,
        "others": Others,
        "gathered": Gathered,
        "balanced": Balanced,
        "dealt_to_pairs": DealtToPairs,
        "talk_first": TalkFirst,
        "hinted": Hinted,
        "ending": Ending,
        "decided": Decided,
    }
)
"""Lists that are worked out from answers when a step opens."""
