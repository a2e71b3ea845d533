"""What is still taken after the end of a session: until midnight, and of some fields for days."""

from datetime import date, datetime, time, timedelta
from typing import Any

from mira_workbook.content.definition import Step
from mira_workbook.records import Meeting
from mira_workbook.rules.context import local
from mira_workbook.rules.stage import Stage


def midnight_after(meeting: Meeting, moment: datetime) -> datetime:
    """The end of a moment's day in the meeting's time zone: until then drafts of a led session can be sent."""
    there = local(meeting, moment)
    return datetime.combine(there.date() + timedelta(days=1), time(), there.tzinfo)


def open_until(meeting: Meeting, stage: Stage, step: Step, asked: Any) -> datetime | None:
    """When a field closes that stays open for days after the end; None for every other one.

    Only what bears names stays open: one answer more among those without names would show whose it is.
    """
    there = step.key in stage.opened and step.key not in stage.skipped
    if not asked.stays_open or stage.ended_at is None or not there:
        return None
    if step.mode_of(asked) != "individual" or step.attribution_of(asked) != "named":
        return None
    return midnight_after(meeting, stage.ended_at + timedelta(days=asked.stays_open))


def only_adds(stood: Any, sent: Any) -> bool:
    """Whether rows were added and everything that stood is as it was: rows first, unchanged and in their order."""
    tables = isinstance(stood, list) and isinstance(sent, list)
    return tables and len(sent) > len(stood) and sent[: len(stood)] == stood


def takes_words(meeting: Meeting, stage: Stage, step: Step, now: datetime) -> bool:
    """Whether what is asked at the end still takes words: until they were shown once, else until midnight.

    One word more, once they stand there, would show whose it is.
    """
    place = (step.key, 1)
    if stage.ended_at is None or place in stage.first_shown or place in stage.sealed:
        return False
    return meeting.ended_at is None and now < midnight_after(meeting, stage.ended_at)


def last_day(meeting: Meeting, until: datetime) -> date:
    """The last day on which something is taken that closes at a midnight."""
    return (local(meeting, until) - timedelta(seconds=1)).date()
