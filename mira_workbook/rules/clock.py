"""The room's clock: what a step has used, when it is over, when the meeting ends, and how to win minutes back.

All moments are the server's and all numbers follow from the acts, so the clock runs on while every laptop sleeps.
Minutes are counted without pauses.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Snapshot
from mira_workbook.rules.context import local
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.progress import ahead, began, is_ahead, is_warming_up
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import Stage, Stretch
from mira_workbook.text import say_time

MINUTE = timedelta(minutes=1)
NEXT_DAY = timedelta(hours=6)
"""An end this long before the beginning is meant for the day after."""


@dataclass(frozen=True, slots=True)
class Ending:
    """When the meeting should end and when it will.

    Attributes:
        promised: the end that people were told, None before a meeting without one begins.
        expected: the end if the rest takes its planned minutes.
        over_min: whole minutes that the second is after the first, 0 if it is not.
    """

    promised: datetime | None
    expected: datetime
    over_min: int


@dataclass(frozen=True, slots=True)
class Cut:
    """One named way to keep the promised end.

    Attributes:
        id: for the judge that makes it (`led.cut`).
        words: what it says on its button.
        saves_min: minutes it wins.
        at: when the meeting ends with it.
        minutes: step to its minutes with it.
        ends: a new promised end, "HH:MM" in the meeting's time zone; "" where the promise stands.
        skip: steps it leaves out.
    """

    id: str
    words: str
    saves_min: float
    at: datetime
    minutes: dict[str, float] = field(default_factory=dict)
    ends: str = ""
    skip: tuple[str, ...] = ()


# ----------------------------------------------------------------------------------------------------------- one step


def _spans(stage: Stage, now: datetime) -> Iterator[tuple[Stretch, timedelta]]:
    """How long each stretch has lasted, pauses taken out."""
    ends = [*(one.since for one in stage.path[1:]), now]
    # In the lobby nothing has been open yet.
    for one, end in zip(stage.path, ends, strict=False):
        yield one, max(timedelta(), end - one.since - paused_between(stage, one.since, end))


def paused_between(stage: Stage, since: datetime, until: datetime) -> timedelta:
    """How long all paused between two moments."""
    pauses = [*stage.pauses, *([(stage.paused_at, until)] if stage.paused_at else [])]
    return sum((max(timedelta(), min(until, end) - max(since, start)) for start, end in pauses), timedelta())


def elapsed(stage: Stage, step: str, now: datetime) -> timedelta:
    """How long a step has been worked at since it opened, its round began, or it was opened again."""
    total = timedelta()
    for one, lasted in _spans(stage, now):
        if step in one.steps:
            total = lasted if one.fresh else total + lasted
    return total


def planned(snapshot: Snapshot, stage: Stage, step: str) -> float:
    """The minutes a step should take: as planned, or planned anew, and what was added."""
    own = snapshot.workbook.step(step)
    minutes = own.minutes.together if is_ahead(snapshot, stage, own) else own.minutes.total
    return max(0.0, stage.plan.get(step, minutes) + stage.extra.get(step, 0))


def allowance(snapshot: Snapshot, stage: Stage, step: str) -> float:
    """The minutes of a step this time: a second round takes those alone, one opened again the least it needs."""
    begun = [one.since for one in stage.path if step in one.steps and one.fresh]
    if len(begun) <= 1:
        return planned(snapshot, stage, step)
    own = snapshot.workbook.step(step)
    minutes = own.minutes
    again = minutes.least if stage.reopened.get(step) == begun[-1] else minutes.alone
    if own.warm_up and minutes.together and len(begun) == 2:  # noqa: PLR2004 - ahead, and then in the room
        again = minutes.together
    return max(0.0, (again or minutes.total) + stage.extra.get(step, 0))


def _share(snapshot: Snapshot, stage: Stage) -> timedelta:
    """The minutes of all that is open now."""
    return sum((allowance(snapshot, stage, key) for key in stage.now_open), 0.0) * MINUTE


def due(snapshot: Snapshot, stage: Stage, step: str) -> datetime | None:
    """When an open step's minutes are over; None while all pause, and for a warm-up before the meeting."""
    if step not in stage.now_open or stage.paused_at or is_warming_up(snapshot, stage):
        return None
    running = max([stage.path[-1].since, *(end for _, end in stage.pauses[-1:])])
    return running + _share(snapshot, stage) - elapsed(stage, step, running)


def left(snapshot: Snapshot, stage: Stage, now: datetime) -> timedelta:
    """What is left of the open step's minutes, below zero when they are over; zero where nothing runs."""
    if not stage.current or is_warming_up(snapshot, stage):
        return timedelta()
    return _share(snapshot, stage) - elapsed(stage, stage.current, now)


def used(snapshot: Snapshot, stage: Stage, now: datetime) -> dict[str, float]:
    """Minutes that each opened step has taken in the room; steps open together share by their planned minutes."""
    minutes = dict.fromkeys(stage.opened, 0.0)
    start = began(snapshot, stage)
    for one, lasted in _spans(stage, now):
        if start is None or one.since < start:
            continue
        plans = {key: snapshot.workbook.step(key).minutes.total for key in one.steps}
        whole = sum(plans.values())
        for key, plan in plans.items():
            minutes[key] += lasted / MINUTE * (plan / whole if whole else 1 / len(plans))
    return minutes


# ------------------------------------------------------------------------------------------------------------ the talk


def voices(snapshot: Snapshot, stage: Stage, step: Step) -> int:
    """How many turns a talk has: one an item of its list, as pinned, or as it stands before the step opens."""
    if step.turns is None:
        return 0
    pinned = stage.options(step.turns.list)
    if pinned or step.key in stage.opened or step.turns.list not in snapshot.workbook.lists:
        return len(pinned)
    return len(resolve(shown(snapshot, stage), step.turns.list))


def turn_seconds(stage: Stage, step: Step, count: int) -> int:
    """How long one voice has: the longest turn, or the talk's minutes shared out; a voice alone has its own time.

    Args:
        stage: whose plan and added minutes count.
        step: a step with turns.
        count: how many voices there are.

    Returns:
        Whole seconds, 0 where there are no turns.
    """
    if step.turns is None or count < 1:
        return 0
    more = stage.plan.get(step.key, step.minutes.total) - step.minutes.total + stage.extra.get(step.key, 0)
    if count == 1:
        return max(0, round(60 * (step.turns.alone + more)))
    return max(0, round(60 * min(step.turns.longest, (step.turns.minutes + more) / count)))


def turn_due(snapshot: Snapshot, stage: Stage) -> datetime | None:
    """When the voice that speaks has had its turn; None between turns and while all pause."""
    if not stage.turn or stage.turn_at is None or stage.paused_at or not stage.current:
        return None
    step = snapshot.workbook.step(stage.current)
    seconds = timedelta(seconds=turn_seconds(stage, step, voices(snapshot, stage, step)))
    last = stage.pauses[-1][1] if stage.pauses else stage.turn_at
    return stage.turn_at + seconds + paused_between(stage, stage.turn_at, max(stage.turn_at, last))


# --------------------------------------------------------------------------------------------------------- the meeting


def ending(snapshot: Snapshot, stage: Stage, now: datetime) -> Ending:
    """When the meeting was promised to end, and when it will if the rest takes its planned minutes."""
    promised = _promised(snapshot, stage, now)
    expected = stage.ended_at or _from(snapshot, stage, now) + _rest(snapshot, stage, now)
    over = math.ceil((expected - promised) / MINUTE) if promised else 0
    return Ending(promised, expected, max(0, over))


def _from(snapshot: Snapshot, stage: Stage, now: datetime) -> datetime:
    """From when the rest is counted: from now, or from the time that was set if that is still to come."""
    starts = snapshot.team.facts.get("starts")
    if began(snapshot, stage) is not None or not starts:
        return now
    return max(now, _moment(snapshot, stage, str(starts), now) or now)


def _rest(snapshot: Snapshot, stage: Stage, now: datetime) -> timedelta:
    """What is left of the open step, of the steps ahead, and around them."""
    coming, around = ahead(snapshot, stage), snapshot.workbook.around
    steps = sum(planned(snapshot, stage, one.key) for one in coming if one.key not in stage.interrupted)
    back = sum((_left_of(snapshot, stage, key, now) for key in stage.interrupted), timedelta())
    changes = around.changes * len(coming) / len(snapshot.workbook.sitting)
    begin = 0.0
    if began(snapshot, stage) is None:
        begin = around.arrive + (around.look_back if stage.opened else 0)
    return max(timedelta(), left(snapshot, stage, now)) + back + (steps + changes + around.close + begin) * MINUTE


def _left_of(snapshot: Snapshot, stage: Stage, step: str, now: datetime) -> timedelta:
    return max(timedelta(), planned(snapshot, stage, step) * MINUTE - elapsed(stage, step, now))


def _promised(snapshot: Snapshot, stage: Stage, now: datetime) -> datetime | None:
    ends = stage.ends or str(snapshot.team.facts.get("ends") or "")
    told = _moment(snapshot, stage, ends, now) if ends else None
    start = began(snapshot, stage)
    if told is not None or start is None:
        return told
    warmed_up = any(at < start for at in stage.opened.values())
    return start + snapshot.workbook.length(warmed_up=warmed_up) * MINUTE


def _moment(snapshot: Snapshot, stage: Stage, clock: str, now: datetime) -> datetime | None:
    """A time of day on the meeting's day: the one it began on, else the one that was set, else today."""
    start = began(snapshot, stage)
    here = local(snapshot.meeting, start or now)
    try:
        day = here.date() if start else date.fromisoformat(str(snapshot.team.facts.get("day") or here.date()))
        moment = datetime.combine(day, time.fromisoformat(clock), here.tzinfo)
    except ValueError:
        return None
    return moment + timedelta(days=1) if start and moment < start - NEXT_DAY else moment


def cuts(snapshot: Snapshot, stage: Stage, now: datetime) -> tuple[Cut, ...]:
    """At most three ways to keep the promised end, none where it is kept already."""
    found = ending(snapshot, stage, now)
    if not found.over_min or stage.state == "ended":
        return ()
    ways = (_squeeze(snapshot, stage, found), _leave_out(snapshot, stage, found), _end_later(snapshot, found))
    return tuple(way for way in ways if way is not None)


def _squeeze(snapshot: Snapshot, stage: Stage, found: Ending) -> Cut | None:
    """Take minutes from the coming step that has most to give."""
    slack = {
        one.key: planned(snapshot, stage, one.key) - (one.minutes.least or one.minutes.total)
        for one in _coming(snapshot, stage)
    }
    most = max(slack, key=lambda key: slack[key], default="")
    if not most or slack[most] <= 0:
        return None
    step = snapshot.workbook.step(most)
    saves = min(slack[most], float(found.over_min))
    minutes = {step.key: planned(snapshot, stage, step.key) - saves - stage.extra.get(step.key, 0)}
    each = _turns_after(snapshot, stage, step, -saves)
    key = "cut_turns" if each else "cut_minutes"
    words = say(key, n=saves, title=step.title, each=each)
    return Cut("squeeze", words, saves, found.expected - saves * MINUTE, minutes)


def _coming(snapshot: Snapshot, stage: Stage) -> tuple[Step, ...]:
    return tuple(one for one in ahead(snapshot, stage) if one.key not in stage.interrupted)


def _turns_after(snapshot: Snapshot, stage: Stage, step: Step, more: float) -> str:
    """How long turns are with these minutes more or less, "" where there are none."""
    count = voices(snapshot, stage, step)
    if step.turns is None or count < 1:
        return ""
    plan = stage.plan.get(step.key, step.minutes.total) + more
    seconds = turn_seconds(Stage(plan={step.key: plan}, extra=stage.extra), step, count)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _leave_out(snapshot: Snapshot, stage: Stage, found: Ending) -> Cut | None:
    """Leave the workbook's last step to the review date, unless what was agreed is written there."""
    last, coming = snapshot.workbook.sitting[-1], _coming(snapshot, stage)
    needed = any(
        str(value).startswith(f"{last.key}.")
        for use in snapshot.workbook.handout
        if use.use == "sentence"
        for value in use.arguments.values()
    )
    if last not in coming or len(coming) < 2 or needed:  # noqa: PLR2004 - one step left is the one to do
        return None
    saves = planned(snapshot, stage, last.key)
    at = found.expected - saves * MINUTE
    return Cut("leave_out", say("cut_last", title=last.title), saves, at, skip=(last.key,))


def _end_later(snapshot: Snapshot, found: Ending) -> Cut:
    """Tell people a new end."""
    at = found.expected.replace(second=0, microsecond=0)
    at = at if at == found.expected else at + MINUTE
    there = local(snapshot.meeting, at)
    return Cut("later", say("cut_later", time=say_time(there)), 0, at, ends=f"{there:%H:%M}")
