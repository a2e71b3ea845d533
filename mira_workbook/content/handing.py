"""What a workbook hands on and builds on, read from its definition."""

from collections.abc import Mapping

from mira_workbook.content.answers.base import Use
from mira_workbook.content.definition import Workbook


def handed_on(workbook: Workbook) -> Mapping[str, Use]:
    """Carry key to the function that gives its value. A bare name comes from an earlier format and hands on nothing."""
    return {key: use for key, use in workbook.carries.items() if not isinstance(use, str)}


def source_steps(workbook: Workbook) -> frozenset[str]:
    """The steps whose answers are handed on."""
    named = {
        str(value).partition(".")[0]
        for use in handed_on(workbook).values()
        for value in use.arguments.values()
        if isinstance(value, str)
    }
    return frozenset(named & {step.key for step in workbook.steps})
