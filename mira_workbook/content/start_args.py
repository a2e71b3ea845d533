"""Arguments of what a field, a column or a table starts with, of rows it offers, and of rows filled all at once."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Key, Strict
from mira_workbook.content.references import (
    AskedName,
    ChoiceColumn,
    ChoiceName,
    FieldName,
    ListName,
    OrderName,
    TableName,
    WithinProposals,
    WordsName,
)


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
    """Every proposal as a row of its own, to be merged from there; `also` are columns that are taken over."""

    of: TableName
    label: WithinProposals
    about: WithinProposals | None = None
    merged: Key
    also: tuple[Key, ...] = ()


class RowsFromGathered(Strict):
    """Everything that was gathered, as a row each.

    `origin` is the column that says in which step it was written; `group` the column for its group, which for the last
    link of a pair's chain is the pair's own `group_from`.
    """

    list: ListName
    label: Key
    merged: Key
    origin: Key
    group: Key
    group_from: ChoiceName


class TopCause(Strict):
    """The cause with the highest score of its ratings (M15)."""

    tests: TableName


class OfTopCause(Strict):
    """What stands in a column of a team table in the row of the cause with the highest score."""

    tests: TableName
    of: TableName
    column: WithinProposals


class Because(Strict):
    """The main symptom, the word because, and the cause with the highest score, as the beginning of a sentence."""

    symptom: ListName
    cause: ListName
    tests: TableName


class OfItem(Strict):
    """What stands in a column of the team table that the row's option comes from."""

    column: Key


class CarriedRows(Strict):
    """Rows that another workbook handed on: column of this table to column there. Offered, never put in."""

    key: str
    into: dict[Key, Key] = Field(min_length=1)


class AsTheyAre(Strict):
    """Rows of an undecided list with one of these hints, filled with the same cells all at once."""

    hint: tuple[str, ...] = Field(min_length=1)
    cells: dict[Key, str] = Field(min_length=1)


class TodayPlus(Strict):
    """A day some weeks from today."""

    weeks: int = Field(ge=0, le=78)


PREFILLS: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "copy": Copy,
        "leader": Leader,
        "leader_label": LeaderLabel,
        "of_leader": OfLeader,
        "said_for_row": SaidForRow,
        "said_for_leader": SaidForLeader,
        "majority": Majority,
        "rows_from_proposals": RowsFromProposals,
        "rows_from_gathered": RowsFromGathered,
        "top_cause": TopCause,
        "of_top_cause": OfTopCause,
        "because": Because,
        "item": OfItem,
        "today_plus": TodayPlus,
    }
)
"""What a field, a column or the rows of a table start with."""

SUGGESTIONS: Mapping[str, type[Strict]] = MappingProxyType({"carried_rows": CarriedRows})
"""Rows a table may offer."""

BULKS: Mapping[str, type[Strict]] = MappingProxyType({"as_they_are": AsTheyAre})
"""Rows a table may fill all at once."""
