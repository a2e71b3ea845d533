"""Scripted people who go through a whole meeting: they answer, some badly, some late, some twice, and nothing is lost.

Each sits at a desk as a person's page does, reads the controls on it and answers them; what was acknowledged is then
recounted from the store and from an export.
"""

from collections.abc import Callable

from mira_workbook.rehearse.copies import rehearse_as_planned, rehearse_copied, rehearse_copy
from mira_workbook.rehearse.play import Plan, rehearse_with
from mira_workbook.rehearse.recount import Rehearsed
from mira_workbook.store import Store

__all__ = ["Plan", "Rehearsed", "rehearse", "rehearse_as_planned", "rehearse_copied", "rehearse_copy"]


def rehearse(
    store: Store, code: str, people: int, seed: int = 1, tell: Callable[[str], None] = lambda _text: None
) -> Rehearsed:
    """Play a whole meeting in this process, with slow, hasty and forgetful people and nothing else going wrong.

    Args:
        store: where the meeting is.
        code: the meeting's code.
        people: how many in all, shared out over the meeting's teams.
        seed: chance's start.
        tell: given a line as each step opens.

    Raises:
        MiraError: the meeting has ended or has begun, or stood still on the way.
    """
    return rehearse_with(store, code, Plan(people, seed, tell=tell))
