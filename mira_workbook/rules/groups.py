"""Answers on show counted by role group, where no group that is left out could be worked out."""

from collections import Counter
from collections.abc import Mapping

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import REPORT_OF
from mira_workbook.records import Snapshot
from mira_workbook.rules.breakdown import breakdown
from mira_workbook.rules.reading import counted

TOLD = frozenset({"named", "role"})
"""How a step must sign its answers: elsewhere nothing of a person is told, a role neither."""
KINDS = frozenset({"one", "rate"})


def by_group(snapshot: Snapshot, step: Step, field: str, round_: int = 1) -> dict[str, Mapping[str, int]] | None:
    """How many of each report group gave each answer; None where nothing may be told, or where there is one group.

    Args:
        snapshot: the answers on show with their authors, as `sight.shown` gives them.
        step: the step.
        field: a field that people answer alone, with one option or a rating.
        round_: 1 or 2.
    """
    asked = step.field(field)
    if step.mode_of(asked) != "individual" or asked.type not in KINDS or step.attribution_of(asked) not in TOLD:
        return None
    groups = {member.key: REPORT_OF.get(member.role_group, "partners") for member in snapshot.members}
    found: dict[str, Counter[str]] = {group: Counter() for group in dict.fromkeys(groups.values())}
    for response in counted(snapshot, step.key, field, round_):
        if response.author in groups:
            found[groups[response.author]][_spelled(response.value)] += 1
    told = breakdown({group: counts for group, counts in found.items() if counts})
    return {group: dict(counts) for group, counts in told.items()} if told and len(told) > 1 else None


def _spelled(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return "dk" if isinstance(value, dict) and value.get("dk") else pick_id(value)
