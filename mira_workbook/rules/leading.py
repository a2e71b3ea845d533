"""Marks the judges of one who leads, so that no other seat is let through the store with them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from mira_workbook.catalogue import say
from mira_workbook.errors import RightError, StepLocked
from mira_workbook.records import LEADING, Snapshot
from mira_workbook.rules.moving import Acts, Judge
from mira_workbook.rules.stage import Stage, fold

P = ParamSpec("P")


def leads(make: Callable[P, Judge]) -> Callable[P, Judge]:
    """Mark what a function makes as the judge of one who leads: the store refuses it to any other seat."""

    @wraps(make)
    def marked(*args: P.args, **kwargs: P.kwargs) -> Judge:
        judge = make(*args, **kwargs)
        setattr(judge, LEADING, True)
        return judge

    return marked


def led_stage(snapshot: Snapshot) -> Stage:
    """The stage of a session that somebody leads.

    Raises:
        RightError: its people move it on themselves.
    """
    if snapshot.meeting.pace != "led":
        raise RightError(say("goes_by_itself"))
    return fold(snapshot.acts, snapshot.workbook)


@leads
def wherever(judge: Judge) -> Judge:
    """The same in every team where the rules allow it; the others stay as they are."""

    def where_it_can(snapshot: Snapshot, now: datetime) -> Acts:
        try:
            return judge(snapshot, now)
        except StepLocked:
            return ()

    return where_it_can
