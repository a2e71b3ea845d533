"""When a meeting is planned, and whether its minutes fit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.records import Meeting
from mira_workbook.rules.context import local
from mira_workbook.text import say_date, say_time


def say_when(facts: Mapping[str, Any]) -> str:
    """Spell the planned day: “December 1, 2026, 3:30 to 5:00”; "" if none was given."""
    try:
        day = say_date(date.fromisoformat(facts["day"]))
        hours = [
            say_time(datetime.fromisoformat(f"{facts['day']}T{facts[name]}"))
            for name in ("starts", "ends")
            if name in facts
        ]
    except (KeyError, ValueError):
        return ""
    if not hours or "starts" not in facts:
        return day
    return say("desk_from_to" if len(hours) > 1 else "desk_from", day=day, starts=hours[0], ends=hours[-1])


def say_minutes(workbook: Workbook, facts: Mapping[str, Any]) -> str:
    """Compare the minutes that are planned with those that are given; "" while no time was given."""
    try:
        starts, ends = (datetime.fromisoformat(f"2000-01-01T{facts[name]}") for name in ("starts", "ends"))
    except (KeyError, ValueError):
        return ""
    given = round((ends - starts).total_seconds() / 60)
    whole, short = _minutes(workbook)
    if given <= 0:
        return ""
    if whole <= given:
        return say("plan_air", planned=whole, given=given, n=given - whole)
    if short < whole and short <= given:
        return say("plan_warm", planned=whole, given=given, short=short, n=given - short)
    return say("plan_over", planned=whole, given=given, n=whole - given)


def planned(workbook: Workbook) -> dict[str, Any]:
    """The same for a page that works it out while a time is typed: the minutes, and each sentence for one and many."""
    whole, short = _minutes(workbook)
    slots = {"planned": whole, "given": "{given}", "short": short}
    return {
        "whole": whole,
        "short": short,
        "air": [say("plan_air", n=n, **slots) for n in (1, "{n}")],
        "warm": [say("plan_warm", n=n, **slots) for n in (1, "{n}")],
        "over": [say("plan_over", n=n, **slots) for n in (1, "{n}")],
    }


def _minutes(workbook: Workbook) -> tuple[int, int]:
    """Minutes in the room, and those left where the warm-up is done beforehand."""
    return round(workbook.planned()), round(workbook.planned(warmed_up=True))


def say_early(meeting: Meeting, facts: Mapping[str, Any], now: datetime) -> str:
    """Tell somebody who comes before the planned time when it begins; "" later, or where no time was given."""
    try:
        starts = datetime.fromisoformat(f"{facts['day']}T{facts['starts']}")
    except (KeyError, ValueError):
        return ""
    here = local(meeting, now).replace(tzinfo=None)
    if here >= starts:
        return ""
    if here.date() == starts.date():
        return say("join_early", time=say_time(starts))
    return say("join_early_day", day=say_date(starts.date()), time=say_time(starts))
