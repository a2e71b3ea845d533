"""Numbers, times and counts as boards say them."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from mira_workbook.boards.people import spelled
from mira_workbook.boards.watched import Watched
from mira_workbook.catalogue import say
from mira_workbook.rules.context import local
from mira_workbook.rules.progress import Progress
from mira_workbook.text import say_time
from mira_workbook.widgets.lines import counted

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SOON = 2
"""Minutes below which a wall says which of the last ones it is."""


def in_words(n: int) -> str:
    """A small number in words."""
    return _WORDS[n] if n < len(_WORDS) else str(n)


def minutes_seconds(span: timedelta) -> str:
    """A span as “1:20”, with its sign."""
    seconds = round(span.total_seconds())
    return f"{'−' if seconds < 0 else ''}{abs(seconds) // 60}:{abs(seconds) % 60:02d}"


def about(span: timedelta) -> str:
    """A span as a wall says it: never seconds, never a threat."""
    minutes = span.total_seconds() / 60
    if minutes > SOON:
        return say("about", n=round(minutes))
    return say("about_one") if minutes > 0 else say("more_time")


def at(team: Watched, moment: datetime) -> str:
    """A moment as the room's clock says it."""
    return say_time(local(team.snapshot.meeting, moment))


def minutes(n: float) -> str:
    """Minutes in an agenda: whole ones."""
    return str(math.floor(n + 0.5))


def attendance(teams: Sequence[Watched]) -> str:
    """How many have come, of those who are expected; an open room expects nobody by name before the first has come."""
    of = sum(len(team.present()) for team in teams)
    return say("here", n=sum(len(team.arrived()) for team in teams), of=of) if of else say("none_here")


def count_of(team: Watched, now: Progress) -> str:
    """How many are in."""
    return counted(team.step, now) if team.step else ""


def in_all(team: Watched, now: Progress) -> str:
    """How many are in, and how far the others are."""
    rest = spelled([team.states[m.key] for m in team.present()])
    return f"{count_of(team, now)} · {rest}" if rest else count_of(team, now)
