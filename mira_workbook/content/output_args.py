"""Arguments of the tables of an export that are worked out from answers."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ChoiceColumn,
    ChoiceName,
    ColumnName,
    DayName,
    FieldName,
    OrderName,
    RatingName,
    SharesName,
    StepName,
    TableName,
    WordsName,
)


class RowsTable(Strict):
    """One row for each row of a table, all columns; whose it is where that is shown."""

    rows: TableName


class ByPersonTable(Strict):
    """One row for each person, one column for each field, signed as in the room."""

    fields: tuple[FieldName, ...] = Field(min_length=1)


class ChainsTable(Strict):
    """One row for each link of each pair's chain."""

    links: TableName
    stop: ChoiceName
    ends: ChoiceName


class CausesTable(Strict):
    """One row for each cause: ratings, score, spread, dots, and its verdict with what put it there."""

    rows: TableName
    tests: TableName
    dots: SharesName
    chosen: ChoiceName


class OneRowTable(Strict):
    """One row: every field of a step that the team wrote."""

    step: StepName


class InitiativesTable(Strict):
    """One row for each initiative: the list, what was found, what was decided, what it frees and needs."""

    inventory: TableName
    align: RatingName
    evidence: TableName
    stage: TableName
    decide: TableName
    ends_by: DayName


class MoneyTable(Strict):
    """Sums over initiatives: by fund, or now and after."""

    inventory: TableName
    align: RatingName
    decide: TableName
    ends_by: DayName


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


OUTPUTS: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "candidates": CandidatesTable,
        "pairwise": PairwiseTable,
        "priority": PriorityTable,
        "parked": ParkedTable,
        "consent": ConsentTable,
        "roles": RolesTable,
        "release": ReleaseTable,
        "rows": RowsTable,
        "by_person": ByPersonTable,
        "chains": ChainsTable,
        "causes": CausesTable,
        "one_row": OneRowTable,
        "initiatives": InitiativesTable,
        "funds": MoneyTable,
        "totals": MoneyTable,
        "lineage": LineageTable,
    }
)
"""Tables of the export that are worked out from answers."""
