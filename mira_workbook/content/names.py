"""The table of names: every list, predicate, start value, measure, chart, output and hand-out block a workbook may use.

Each name has a model of its arguments; the functions of the same names stand in the rooms above.
Checks name answers of their own step (`field`, `field.column`). Elsewhere names of fields and columns are written in
full: `step.field` or `step.field.column`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Key, Strict
from mira_workbook.content.check_args import CHECK_ARGS as CHECKS
from mira_workbook.content.measure_args import MEASURES
from mira_workbook.content.references import (
    AskedName,
    ChoiceColumn,
    ChoiceName,
    FieldName,
    ListName,
    OrderName,
    RatingName,
    StepName,
    TableName,
    WithinProposals,
    WithinTable,
    WordsName,
)
from mira_workbook.content.show_args import BLOCKS, CHARTS, OUTPUTS

__all__ = ["BLOCKS", "CHARTS", "CHECKS", "CONTROLS", "LIMITS", "LISTS", "MEASURES", "OUTPUTS", "PREDICATES", "PREFILLS"]


class NextInRing(Strict):
    """For each person the next `n` in roster order, wrapping round; fixed when the step opens."""

    n: int = Field(ge=1, le=6)


class WrittenAboutMe(Strict):
    """For each person what others wrote in the row about them; option id = the writer's key, label = the text."""

    field: TableName
    column: WithinTable


class RowsOf(Strict):
    """The rows of a team table as options."""

    field: TableName
    label: WithinTable


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


class TeamSmallerThan(Strict):
    """Fewer people are here than the step needs."""

    n: int = Field(ge=1)


class Agreed(Strict):
    """The team reached the support it set out for in the step `of`."""

    of: StepName


class Copy(Strict):
    """A team field of an earlier step."""

    field: FieldName


class Leader(Strict):
    """The id of the candidate that leads an order."""

    order: OrderName


class LeaderLabel(Strict):
    """The wording of the candidate that leads an order."""

    order: OrderName


class OfLeader(Strict):
    """What people wrote in a column of the proposals that were merged into the leading candidate."""

    order: OrderName
    via: AskedName
    of: TableName
    column: WithinProposals


class SaidForRow(Strict):
    """What people wrote whose pick is this row."""

    field: WordsName
    pick: ChoiceColumn | OrderName
    value: str = "priority"


class SaidForLeader(Strict):
    """What people wrote whose pick is the leading candidate."""

    field: WordsName
    pick: ChoiceColumn | OrderName
    value: str = "priority"
    order: OrderName


class Majority(Strict):
    """The value most people gave this row; `tie` where several are level or nobody gave one."""

    of: ChoiceColumn
    tie: str
    among: tuple[str, ...] = ()


class RowsFromProposals(Strict):
    """Every proposal as a candidate of its own, to be merged from there."""

    of: TableName
    label: WithinProposals
    about: WithinProposals
    merged: Key


class TodayPlus(Strict):
    """A day some weeks from today."""

    weeks: int = Field(ge=0, le=78)


Models = Mapping[str, type[Strict]]

LISTS: Models = MappingProxyType(
    {
        "next_in_ring": NextInRing,
        "written_about_me": WrittenAboutMe,
        "rows_of": RowsOf,
        "rows_of_all": RowsOfAll,
        "picked": Picked,
        "worries": Worries,
        "others": Others,
    }
)
"""Lists that are worked out from answers when a step opens."""

PREDICATES: Models = MappingProxyType({"team_smaller_than": TeamSmallerThan, "agreed": Agreed})
"""Conditions for leaving a step out."""

PREFILLS: Models = MappingProxyType(
    {
        "copy": Copy,
        "leader": Leader,
        "leader_label": LeaderLabel,
        "of_leader": OfLeader,
        "said_for_row": SaidForRow,
        "said_for_leader": SaidForLeader,
        "majority": Majority,
        "rows_from_proposals": RowsFromProposals,
        "today_plus": TodayPlus,
    }
)
"""What a field, a column or the rows of a table start with."""

LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "contract_min": "minutes a week in this member's contract",
        "team_size": "people in the session",
        "students": "students of the school, from the set-up",
    }
)
"""Limits that are not a number in the file: written `{from = "name"}`."""

CONTROLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "merge": ("table",),
        "first": ("table",),
        "hands": ("rate",),
        "per_week": ("num",),
        "taker": ("one",),
        "after_round_2": ("one", "date", "text", "long"),
    }
)
"""Special ways to draw or ask something, and the answer types each is for.

`merge` ticks twins and joins them; `first` picks one, then places the others; `hands` is a scale of words; `per_week`
multiplies minutes and times; `taker` is filled with whoever takes the row; `after_round_2` comes up only where a
second round brought no agreement.
"""
