"""Arguments of what a workbook hands on: each a registered function of the answers on show."""

from collections.abc import Mapping
from types import MappingProxyType

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    DayName,
    RatingName,
    SharesName,
    StepName,
    TableName,
    WordsName,
)


class CarryPriority(Strict):
    """The priority: every field of the step with the sentence; `revised` wins where the team changed it."""

    step: StepName
    revised: WordsName | None = None


class CarryParked(Strict):
    """What keeps its place, as rows `{label, tier, trigger, keeper}`."""

    rows: TableName


class CarryRoles(Strict):
    """What comes first in each role, as rows `{member, text, contribution}`; only where it is shown with names."""

    text: WordsName
    contribution: WordsName | None = None


class CarryReleases(Strict):
    """The tasks people let go, as rows `{member, task, min_week, …}`; only where they are shown with names."""

    rows: TableName


class CarryRoot(Strict):
    """The cause: statement, category, score, evidence and influence (M15 and its parts)."""

    step: StepName
    tests: TableName
    dots: SharesName | None = None


class CarryResponses(Strict):
    """What is done now about the symptom, as rows `{name, min_week, usd_year, treats}`."""

    rows: TableName


class CarryBoxes(Strict):
    """Strengths, weaknesses, opportunities and threats, as rows `{quadrant, text, evidence}`."""

    rows: TableName


class CarryInitiatives(Strict):
    """Every initiative, as rows: what the list says, how aligned it is, what was decided, and the level after."""

    inventory: TableName
    align: RatingName
    evidence: TableName
    stage: TableName
    decide: TableName
    ends_by: DayName


CARRIES: Mapping[str, type[Strict]] = MappingProxyType(
    {
        "priority": CarryPriority,
        "parked": CarryParked,
        "roles": CarryRoles,
        "releases": CarryReleases,
        "root": CarryRoot,
        "responses_now": CarryResponses,
        "swot": CarryBoxes,
        "initiatives": CarryInitiatives,
    }
)
"""What a workbook may hand on."""
