"""The one door through which members move a session: judges that turn a tap into acts.

Own pace: a move needs everyone in, or half of the team ready, then ten seconds in which anyone may ask to wait;
anyone may undo for sixty seconds. Where somebody leads, the moves are theirs (`led`). A judge gets the snapshot inside
the store's write transaction, so two phones that tap at once move the room once.
"""

from datetime import datetime, timedelta
from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.errors import RightError
from mira_workbook.records import NewAct, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.lists import holders
from mira_workbook.rules.moving import Acts, Judge, allowed, excusing, move, refused, scribing, too_few, undoing
from mira_workbook.rules.pens import keep_pen, leave_row, pass_pen, take_pen, take_row
from mira_workbook.rules.progress import has_every_word, next_move, on_request, own_place, ready_to_move
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import MOST_WAITS, Stage, Target, fold

__all__ = [
    "Acts",
    "Judge",
    "allowed",
    "answer_nudge",
    "ask",
    "call_done",
    "enter_for",
    "excuse",
    "go_on",
    "is_due",
    "keep_pen",
    "lead",
    "leave_row",
    "move",
    "next_voice",
    "pass_pen",
    "speak",
    "take_pen",
    "take_row",
    "tick",
    "undo",
    "wait",
    "waits_for_nobody",
]

TAP = timedelta(seconds=3)
"""Two people who give the next voice its turn within this time mean the same one."""


def go_on(member: str, *, aside: bool = False) -> Judge:
    """A member taps the button that moves the session; `aside` to the step that opens on request only."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        _own_pace(snapshot)
        stage = fold(snapshot.acts, snapshot.workbook)
        to = next_move(snapshot, stage)
        if aside:
            to = "aside" if on_request(snapshot, stage) else None
        if to is None or stage.closing or stage.paused_at:
            return ()
        if not allowed(snapshot, stage, to):
            raise refused(snapshot, stage, to)
        present = [m.key for m in snapshot.present()]
        if len(present) <= 1:
            return move(snapshot, stage, to)
        ready = stage.ready & set(present) | {member}
        acts = [] if member in stage.ready else [NewAct("ready", stage.current, payload={"member": member})]
        if ready_to_move(snapshot, stage) or 2 * len(ready) >= len(present):
            acts.append(NewAct("close", stage.current, payload={"to": to}))
        return acts

    return judge


def lead(to: Target) -> Judge:
    """Make a move at once, as one who leads the session does; the rules for showing answers still hold."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if (to == "show" and stage.state != "open") or (to in {"show", "words"} and not allowed(snapshot, stage, to)):
            raise too_few(snapshot, stage)
        return move(snapshot, stage, to)

    return judge


def tick() -> Judge:
    """Any page, when the countdown is over: makes the move, once.

    It also starts the countdown where somebody was ready before the last answer came in: nobody has to tap again. It
    lets latecomers into a pair once there are pairs, and shows the words of the end once everybody's is in.
    """

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if stage.state == "open" and pairs.late(snapshot):
            return pairs.pairing(snapshot)
        if waits_for_nobody(snapshot, stage):
            return (NewAct("close", stage.current, payload={"to": next_move(snapshot, stage)}),)
        if has_every_word(snapshot, stage):
            return move(snapshot, stage, "words")
        if not stage.closing or now < stage.closing.due:
            return ()
        if not allowed(snapshot, stage, stage.closing.to):
            # Somebody took an answer back in these ten seconds.
            return (NewAct("halt" if stage.closing.led else "wait", stage.current),)
        return move(snapshot, stage, stage.closing.to)

    return judge


def waits_for_nobody(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether somebody tapped to go on, everybody's part is done by now, and no countdown runs yet."""
    stands = snapshot.meeting.pace == "led" or stage.closing or stage.paused_at or not stage.ready
    if stands or not ready_to_move(snapshot, stage):
        return False
    to = next_move(snapshot, stage)
    return to is not None and allowed(snapshot, stage, to)


def is_due(snapshot: Snapshot, stage: Stage, now: datetime) -> bool:
    """Whether a page that looks now has to carry something out (`tick`)."""
    over = stage.closing is not None and now >= stage.closing.due
    late = stage.state == "open" and snapshot.meeting.ended_at is None and bool(pairs.late(snapshot))
    return over or late or waits_for_nobody(snapshot, stage) or has_every_word(snapshot, stage)


def wait(member: str) -> Judge:
    """A member asks for more time while the countdown runs.

    Own pace: it stops. Led: ten seconds more, once for each of the first three who ask.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        closing = stage.closing
        if closing is None or (closing.led and (member in closing.asked or len(closing.asked) >= MOST_WAITS)):
            return ()
        return (NewAct("wait", stage.current, payload={"member": member}),)

    return judge


def undo(member: str) -> Judge:
    """Take back the latest move, up to sixty seconds after it; what was shown is hidden again."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        _own_pace(snapshot)
        return undoing(fold(snapshot.acts, snapshot.workbook), now, member)

    return judge


def _own_pace(snapshot: Snapshot) -> None:
    """Refuse a member's move where somebody leads.

    Raises:
        RightError: the meeting is led.
    """
    if snapshot.meeting.pace == "led":
        raise RightError(say("facilitator_moves"))


def call_done(member: str, step: str, *, undone: bool = False) -> Judge:
    """The team calls its part of a step done, or goes back to writing."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        round_ = stage.round_of(step)
        if step not in stage.now_open or ((step, round_) in stage.done) != undone:
            return ()
        return (NewAct("done", step, round_, {"member": member, "undone": undone} if undone else {"member": member}),)

    return judge


def excuse(member: str, *, back: bool = False) -> Judge:
    """A colleague leaves an absent person out of the count, or brings one back; own pace only."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        _own_pace(snapshot)
        return excusing(snapshot, member, back=back)

    return judge


def answer_nudge(member: str, what: Literal["thinking", "help", "pass"]) -> Judge:
    """A member answers “need a hand?”: still thinking, help, or leave this one out.

    Who leaves it out no longer counts for this step and round, and what was typed stays a draft.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if member not in stage.nudged or what not in {"thinking", "help", "pass"}:
            return ()
        step, round_ = own_place(snapshot, stage, member)
        return (NewAct("answer_nudge", step, round_, {"member": member, "what": what}),)

    return judge


def speak(member: str, option: str, *, yes: bool) -> Judge:
    """A member says whether they will speak for what they put first; the first of several who says yes does."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        turns = snapshot.workbook.step(stage.current).turns if stage.current else None
        if turns is None or member not in holders(shown(snapshot, stage), turns.list).get(option, ()):
            return ()
        said_no = (option, member) in stage.declined
        taken = stage.speakers.get(option)
        if (yes and taken is not None) or (not yes and said_no):
            return ()
        return (NewAct("speak", stage.current, payload={"member": member, "option": option, "yes": yes}),)

    return judge


def ask(member: str, *, on: bool) -> Judge:
    """A member wants to ask who speaks, or takes it back; only who leads sees it."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        turns = snapshot.workbook.step(stage.current).turns if stage.current else None
        if turns is None or (member in stage.asking) == on:
            return ()
        return (NewAct("ask", stage.current, payload={"member": member, "on": on}),)

    return judge


def enter_for(member: str, for_: str, *, off: bool = False) -> Judge:
    """A colleague enters answers for somebody without a device, each marked so; own pace only."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        _own_pace(snapshot)
        return scribing(snapshot, member, for_, off=off)

    return judge


def next_voice(member: str) -> Judge:
    """Anybody gives the next voice its turn; own pace only. Two who tap at once move it once."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        _own_pace(snapshot)
        stage = fold(snapshot.acts, snapshot.workbook)
        turns = snapshot.workbook.step(stage.current).turns if stage.current else None
        known = any(m.key == member for m in snapshot.present())
        just = stage.turn_at is not None and now - stage.turn_at < TAP
        if turns is None or not known or just or stage.turn >= len(stage.options(turns.list)):
            return ()
        return (NewAct("turn", stage.current, payload={"n": stage.turn + 1}),)

    return judge
