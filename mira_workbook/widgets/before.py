"""The page before the day: the steps to warm up with, each any time, on any device."""

from datetime import UTC, date, datetime, time

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.rules.context import local
from mira_workbook.rules.progress import is_warming_up, own_fields
from mira_workbook.text import say_date, say_time
from mira_workbook.widgets import calendar
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import button
from mira_workbook.widgets.room import Room

WEEK = 7
_WORDS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


def is_before(room: Room) -> bool:
    """Whether the meeting's day is still to come, and only its warm-up is open."""
    day = the_day(room)
    return day is not None and is_warming_up(room.snapshot, room.stage) and local_day(room) < day


def the_day(room: Room) -> date | None:
    """The day set for the meeting; None where none was."""
    try:
        return date.fromisoformat(str(room.snapshot.team.facts.get("day") or ""))
    except ValueError:
        return None


def local_day(room: Room) -> date:
    """Today, in the meeting's time zone."""
    return local(room.snapshot.meeting, room.now).date()


def warm_up(room: Room) -> Doc:
    """The steps with what has become of each, or thanks once all are in."""
    steps = [s for s in map(room.snapshot.workbook.step, room.stage.now_open) if room.asked_of_me(s)]
    when = _day_words(room)
    alone = [step for step in steps if own_fields(step)]
    if alone and len(alone) == len(steps) and all(room.sent(step) for step in steps):
        return _thanks(room, when)
    blocks: list[Doc] = [{"kind": "text", "text": say("warm_up_do")}]
    for n, step in enumerate(steps, 1):
        blocks += _one(room, n, step)
    blocks.append({"kind": "text", "text": say("warm_up_unseen", day=when)})
    title = say("warm_up_title", n=len(steps), count=_WORDS.get(len(steps), str(len(steps))), day=when)
    return {"title": title, "blocks": blocks}


def _one(room: Room, n: int, step: Step) -> list[Doc]:
    title = f"{n} {step.heading or step.title}"
    if room.sent(step):
        return [{"kind": "own", "label": title, "lines": [say("warm_up_sent")]}]
    begun = room.has_draft(step) or any(r.step == step.key for r in room.seen.responses)
    state = {"kind": "own", "label": title, "lines": [say("warm_up_begun" if begun else "warm_up_not")]}
    go = button(f"visit:{step.key}", say("go_on" if begun else "warm_up_start"), main=True)
    return [state, {"kind": "buttons", "buttons": [go]}]


def _thanks(room: Room, when: str) -> Doc:
    day = the_day(room) or local_day(room)
    starts = _starts(room)
    until = f"{when} {starts}" if starts else when
    meeting = room.snapshot.meeting
    keep = calendar.to_keep(
        say("add_to_calendar"),
        f"{meeting.code}-day@mira-workbook",
        day,
        f"{room.snapshot.workbook.title}, {room.snapshot.team.name}",
        meeting.opened_at.astimezone(UTC),
    )
    return {"title": say("warm_up_thanks", when=until), "blocks": [keep]}


def _day_words(room: Room) -> str:
    """“Tuesday” in the week before, else the date."""
    day = the_day(room) or local_day(room)
    return f"{day:%A}" if (day - local_day(room)).days < WEEK else say_date(day)


def _starts(room: Room) -> str:
    """The time it starts as people say it, "" where none was set."""
    try:
        at = time.fromisoformat(str(room.snapshot.team.facts.get("starts") or ""))
    except ValueError:
        return ""
    return say_time(datetime.combine(local_day(room), at))
