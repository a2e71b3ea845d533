"""Arguments of the blocks of the one-page hand-out."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.output_args import LineageTable
from mira_workbook.content.references import (
    ChoiceName,
    DayName,
    FieldName,
    RatingName,
    SharesName,
    StepName,
    TableName,
    WordsName,
)


class CauseBlock(Strict):
    """The cause, large, with what shows it, what is not known, and who should confirm it."""

    text: WordsName
    evidence: TableName
    unknown: WordsName
    confirms: WordsName


class VerdictsBlock(Strict):
    """Every cause with its verdict and what put it there."""

    rows: TableName
    tests: TableName
    dots: SharesName
    chosen: ChoiceName


class AnswersBlock(Strict):
    """What the team wrote in some fields, under a title."""

    title: str = Field(min_length=1, max_length=80)
    fields: tuple[FieldName, ...] = Field(min_length=1)


class DecisionsBlock(Strict):
    """What grows, stays, changes and goes."""

    inventory: TableName
    decide: TableName


class LedgerBlock(Strict):
    """Money and minutes: freed, flexible, needed, open."""

    inventory: TableName
    align: RatingName
    decide: TableName
    ends_by: DayName


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


BLOCKS: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "sentence": SentenceBlock,
        "done_test": DoneTestBlock,
        "figure": FigureBlock,
        "worries": WorriesBlock,
        "contributions": ContributionsBlock,
        "releases": ReleasesBlock,
        "rings": RingsBlock,
        "lineage": LineageTable,
        "cause": CauseBlock,
        "verdicts": VerdictsBlock,
        "answers": AnswersBlock,
        "decisions": DecisionsBlock,
        "ledger": LedgerBlock,
    }
)
"""Blocks of the one-page hand-out."""
