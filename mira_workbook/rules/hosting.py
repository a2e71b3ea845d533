"""What one who leads does beside moving the session: time, people, the talk, and what the room looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Attribution
from mira_workbook.content.definition import Step
from mira_workbook.content.privacy import change_of, cut_off, loosened, more_private
from mira_workbook.errors import StepLocked
from mira_workbook.records import NewAct, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.clock import cuts, planned
from mira_workbook.rules.leading import leads
from mira_workbook.rules.moving import LED, Acts, Judge, excusing, scribing
from mira_workbook.rules.progress import ANONYMOUS_FLOOR, REVEAL_FLOOR, in_pairs, is_anonymous, progress
from mira_workbook.rules.stage import Stage, fold

LONGEST_STEP = 600.0
"""Minutes that a step can be planned for at most."""
LONGEST_LINE = 2000
LONGEST_ID = 40

# ----------------------------------------------------------------------------------------------------------------- time


@leads
def extend(minutes: float) -> Judge:
    """Give the open step minutes, or take some; never below none."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        if not stage.current or not minutes or abs(minutes) > LONGEST_STEP:
            return ()
        if planned(snapshot, stage, stage.current) + minutes < 0:
            return ()
        return (NewAct("extend", stage.current, stage.round_of(stage.current), {"minutes": minutes}),)

    return judge


@leads
def pause() -> Judge:
    """Let everybody look up: the clock stands, words stay, and a countdown is off."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        return (NewAct("pause", stage.current),) if stage.state == "open" and stage.paused_at is None else ()

    return judge


@leads
def resume() -> Judge:
    """Go on after a pause."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        return (NewAct("resume", stage.current),) if stage.paused_at is not None else ()

    return judge


@leads
def replan(minutes: Mapping[str, float], ends: str | None = None) -> Judge:
    """Plan steps anew, and tell people a new end ("HH:MM" in the meeting's time zone).

    Raises:
        StepLocked: a step is not there, its minutes are out of range, or the end is no time of day.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        known = {step.key for step in snapshot.workbook.steps}
        odd = set(minutes) - known or any(not 0 <= float(m) <= LONGEST_STEP for m in minutes.values())
        if odd or (ends and not _is_time(ends)):
            raise StepLocked(say("odd_plan"))
        return (NewAct("replan", payload={"minutes": dict(minutes), "ends": ends or None}),) if minutes or ends else ()

    return judge


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("HH:MM")


@leads
def cut(which: str) -> Judge:
    """Make one of the named cuts (`clock.cuts`) as things stand now."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        found = next((c for c in cuts(snapshot, _stage(snapshot), now) if c.id == which), None)
        if found is None:
            return ()
        skips = [NewAct("skip", key, reason=LED) for key in found.skip]
        plan = NewAct("replan", payload={"minutes": found.minutes, "ends": found.ends or None})
        return (*skips, plan) if found.minutes or found.ends else skips

    return judge


# --------------------------------------------------------------------------------------------------------------- people


@leads
def excuse(member: str, *, back: bool = False) -> Judge:
    """Leave an absent person out of the count, or bring one back who came after all."""
    return lambda snapshot, _now: excusing(snapshot, member, back=back)


@leads
def scribe(by: str, for_: str, *, off: bool = False) -> Judge:
    """Let a member or `FACIL` enter answers for a person who has no device."""
    return lambda snapshot, _now: scribing(snapshot, by, for_, off=off)


@leads
def nudge(members: Sequence[str] = ()) -> Judge:
    """Ask people whether they need a hand; all who are not in where nobody is named."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        missing = not_in(snapshot, stage)
        asked = [key for key in missing if not members or key in members]
        return (NewAct("nudge", stage.current, payload={"members": asked}),) if asked else ()

    return judge


def not_in(snapshot: Snapshot, stage: Stage) -> tuple[str, ...]:
    """Keys of the members whose answer to an open step is still missing, roster order."""
    found = set()
    for key in stage.now_open:
        step = snapshot.workbook.step(key)
        if (key, stage.round_of(key)) in stage.revealed or key in stage.skipped:
            continue
        now = progress(snapshot, stage, step)
        units = set(now.expected) - set(now.arrived) if now.expected else set()
        found |= {m for unit in units for m in (pairs.present_in(snapshot, unit) if in_pairs(step) else (unit,))}
    return tuple(m.key for m in snapshot.present() if m.key in found)


# ------------------------------------------------------------------------------------------------ the talk and the wall


@leads
def turn(n: int) -> Judge:
    """Give the word to a voice, from 1; 0 for nobody."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        turns = snapshot.workbook.step(stage.current).turns if stage.current else None
        if turns is None or not 0 <= n <= len(stage.options(turns.list)) or n == stage.turn:
            return ()
        return (NewAct("turn", stage.current, payload={"n": n}),)

    return judge


@leads
def picture(n: int, *, table: bool = False) -> Judge:
    """Put one picture of the open step before the room, or its table."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        if not stage.current or n < 0 or stage.picture.get(stage.current) == (n, table):
            return ()
        return (NewAct("picture", stage.current, payload={"n": n, "table": table}),)

    return judge


@leads
def cover(entry: str, *, off: bool = False) -> Judge:
    """Take an entry from everyone's sight but its author's, without seeing whose it is; or show it again."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        if not _is_id(entry) or (entry in stage.covered) != off:
            return ()
        return (NewAct("cover", stage.current, stage.round_of(stage.current), {"entry": entry, "off": off}),)

    return judge


@leads
def pin(entry: str, text: str = "", *, off: bool = False) -> Judge:
    """Keep a line beside what the room looks at, or let it go."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        line = text.strip()[:LONGEST_LINE]
        if not _is_id(entry) or (entry in stage.pinned) != off or not (line or off):
            return ()
        payload = {"entry": entry, "off": True} if off else {"entry": entry, "text": line}
        return (NewAct("pin", stage.current, stage.round_of(stage.current), payload),)

    return judge


def _is_id(entry: str) -> bool:
    return 0 < len(entry) <= LONGEST_ID


@leads
def private(step: str, field: str, to: Attribution) -> Judge:
    """Sign a step's answers, or one field's, more privately; less privately only before anybody has written there.

    Raises:
        StepLocked: answers or drafts were given under a promise that would not be kept.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        change = change_of(step, {"field": field, "to": to})
        before = next((one for one in snapshot.workbook.steps if one.key == step), None)
        if change is None or before is None or (field and all(f.key != field for f in before.fields)):
            return ()
        book = more_private(snapshot.workbook, (change,))
        after = book.step(step)
        if after == before:
            return ()
        written = any(r.step == step for r in snapshot.responses) or any(at == step for _, at in snapshot.drafting)
        if written and loosened(before, after):
            raise StepLocked(say("only_more_private"))
        if cut_off(before, after):
            _enough_to_hide(replace(snapshot, workbook=book), after)
        return (NewAct("private", step, payload={"field": field, "to": to}),)

    return judge


def _enough_to_hide(snapshot: Snapshot, step: Step) -> None:
    """Let answers that are shown already become anonymous only where so many are.

    Raises:
        StepLocked: people would be told that nobody can be singled out, and that would not be so.
    """
    stage = _stage(snapshot)
    rounds = (round_ for key, round_ in stage.revealed if key == step.key)
    if not all(progress(snapshot, stage, step, round_).can_show for round_ in rounds):
        raise StepLocked(say("too_few_to_hide"))


@leads
def threshold(step: str, n: int) -> Judge:
    """Set how many answers an anonymous step needs before they are shown, from 3 to 5; only before it opens.

    Raises:
        StepLocked: the step was opened.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = _stage(snapshot)
        known = next((one for one in snapshot.workbook.sitting if one.key == step), None)
        if known is None or not is_anonymous(known) or not REVEAL_FLOOR <= n <= ANONYMOUS_FLOOR:
            return ()
        if step in stage.opened:
            raise StepLocked(say("threshold_is_set"))
        return (NewAct("threshold", step, payload={"n": n}),)

    return judge


def _stage(snapshot: Snapshot) -> Stage:
    return fold(snapshot.acts, snapshot.workbook)
