"""When a meeting is planned, and whether its minutes fit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
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
    planned, short = round(workbook.planned()), round(workbook.planned(warmed_up=True))
    if given <= 0:
        return ""
    if planned <= given:
        return say("plan_air", planned=planned, given=given, n=given - planned)
    if short < planned and short <= given:
        return say("plan_warm", planned=planned, given=given, short=short, n=given - short)
    return say("plan_over", planned=planned, given=given, n=planned - given)
