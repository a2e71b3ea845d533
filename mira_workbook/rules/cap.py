"""The minutes that a sitting never goes beyond: how many are left, and from when the room is told."""

import math
from datetime import datetime

from mira_workbook.catalogue import say
from mira_workbook.records import Snapshot
from mira_workbook.rules.clock import MINUTE, paused_between
from mira_workbook.rules.progress import began
from mira_workbook.rules.stage import Stage

WARN_FROM = 15
"""Minutes before the cap from which it is said how many are left."""


def minutes_left(snapshot: Snapshot, stage: Stage, now: datetime) -> int | None:
    """Whole minutes until the workbook's cap, below zero after it; None without one, before the start and at the end.

    Pauses do not count: the room was not at work.
    """
    cap, since = snapshot.workbook.cap, began(snapshot, stage)
    if cap is None or since is None or stage.state != "open":
        return None
    spent = now - since - paused_between(stage, since, now)
    return math.ceil(cap - spent / MINUTE)


def capped_words(snapshot: Snapshot, stage: Stage, now: datetime) -> str:
    """What is said as the cap comes near: nothing is closed, and what is open stays; "" before that."""
    left = minutes_left(snapshot, stage, now)
    if left is None or left > WARN_FROM:
        return ""
    cap = round(snapshot.workbook.cap or 0)
    return say("cap_over", cap=cap) if left <= 0 else say("cap_near", n=left, cap=cap)
