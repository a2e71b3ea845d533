"""The one door through which a session's stage moves: judges that turn a tap into acts.

Own pace: a move needs everyone in, or half of the team ready, then ten seconds in which anyone may ask to wait;
anyone may undo for sixty seconds. A judge gets the snapshot inside the store's write transaction, so two phones that
tap at once move the room once.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import StepLocked
from mira_workbook.records import NewAct, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.lists import names_used, pin
from mira_workbook.rules.predicates import holds
from mira_workbook.rules.progress import next_move, progress, ready_to_move
from mira_workbook.rules.reading import team_rows
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import PEN_ANSWER, PEN_IDLE, Stage, Target, fold

Acts = Sequence[NewAct]
Judge = Callable[[Snapshot, datetime], Acts]


def go_on(member: str) -> Judge:
    """A member taps the button that moves the session."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        to = next_move(snapshot, stage)
        if to is None or stage.closing:
            return ()
        if not allowed(snapshot, stage, to):
            raise StepLocked(say("too_few_yet", **_counts(snapshot, stage)))
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
        if to == "show" and (stage.state != "open" or not allowed(snapshot, stage, to)):
            raise StepLocked(say("too_few_yet", **_counts(snapshot, stage)))
        return move(snapshot, stage, to)

    return judge


def tick() -> Judge:
    """Any page, when the countdown is over: makes the move, once.

    It also starts the countdown where somebody was ready before the last answer came in: nobody has to tap again. And
    it lets latecomers into a pair once there are pairs.
    """

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if stage.state == "open" and pairs.late(snapshot):
            return pairs.pairing(snapshot)
        if waits_for_nobody(snapshot, stage):
            return (NewAct("close", stage.current, payload={"to": next_move(snapshot, stage)}),)
        if not stage.closing or now < stage.closing.due:
            return ()
        if not allowed(snapshot, stage, stage.closing.to):
            # Somebody took an answer back in these ten seconds.
            return (NewAct("wait", stage.current),)
        return move(snapshot, stage, stage.closing.to)

    return judge


def waits_for_nobody(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether somebody tapped to go on, everybody's part is done by now, and no countdown runs yet."""
    if stage.closing or not stage.ready or not ready_to_move(snapshot, stage):
        return False
    to = next_move(snapshot, stage)
    return to is not None and allowed(snapshot, stage, to)


def is_due(snapshot: Snapshot, stage: Stage, now: datetime) -> bool:
    """Whether a page that looks now has to carry something out (`tick`)."""
    over = stage.closing is not None and now >= stage.closing.due
    late = stage.state == "open" and snapshot.meeting.ended_at is None and bool(pairs.late(snapshot))
    return over or late or waits_for_nobody(snapshot, stage)


def wait(member: str) -> Judge:
    """A member asks for more time while the countdown runs."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        return (NewAct("wait", stage.current, payload={"member": member}),) if stage.closing else ()

    return judge


def undo(member: str) -> Judge:
    """Take back the latest move, up to sixty seconds after it; what was shown is hidden again."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if not stage.last_move:
            return ()
        if not stage.can_undo(now):
            raise StepLocked(say("undo_is_over"))
        first, *also = stage.last_move
        return (NewAct("undo", stage.current, payload={"also": also, "member": member}, undoes=first),)

    return judge


def call_done(member: str, step: str, *, undone: bool = False) -> Judge:
    """The team calls its part of a step done, or goes back to writing."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        round_ = stage.round_of(step)
        if step not in stage.now_open or ((step, round_) in stage.done) != undone:
            return ()
        return (NewAct("done", step, round_, {"member": member, "undone": undone} if undone else {"member": member}),)

    return judge


def allowed(snapshot: Snapshot, stage: Stage, to: Target) -> bool:
    """Whether the rules let the session make this move at all."""
    if to != "show":
        return True
    return progress(snapshot, stage, snapshot.workbook.step(stage.current)).can_show


def move(snapshot: Snapshot, stage: Stage, to: Target) -> Acts:
    """The acts of a move, with the lists that they pin."""
    if to == "show":
        step = snapshot.workbook.step(stage.current)
        names = names_used(snapshot.workbook, step, after_reveal=True)
        act = NewAct("reveal", step.key, stage.round_of(step.key))
        return (replace(act, payload=_pinned(snapshot, stage, names, (act,))),)
    if to == "again":
        again = snapshot.workbook.step(snapshot.workbook.step(stage.current).again or "")
        return (NewAct("round", again.key, 2, _pinned(snapshot, stage, names_used(snapshot.workbook, again))),)
    return _next_steps(snapshot, stage) if to == "go" else (NewAct("end"),)


def _next_steps(snapshot: Snapshot, stage: Stage) -> Acts:
    """Open the next step, skipping those whose condition holds; a warm-up stretch opens together."""
    acts: list[NewAct] = []
    skipped = dict(stage.skipped)
    for step in snapshot.workbook.steps:
        if step.key in stage.opened or step.key in skipped:
            continue
        if step.skip_when and holds(snapshot, stage, step.skip_when):
            skipped[step.key] = step.skip_when.use
            acts.append(NewAct("skip", step.key, reason=step.skip_when.use))
            continue
        return (*acts, *_open(snapshot, stage, step))
    return (*acts, NewAct("end"))


def _open(snapshot: Snapshot, stage: Stage, step: Step) -> Acts:
    stretch = _stretch(snapshot, stage, step)
    names = tuple(name for one in (step, *stretch) for name in names_used(snapshot.workbook, one, after_reveal=False))
    reveals = _shown_with(snapshot, stage, step)
    act = NewAct("open", step.key, 1)
    payload = _pinned(snapshot, stage, names, (*reveals, act))
    if stretch:
        payload["with"] = [one.key for one in stretch]
    paired = pairs.pairing(snapshot) if pairs.needs_pairs((step, *stretch)) else ()
    return (*reveals, *paired, replace(act, payload=payload))


def _pinned(snapshot: Snapshot, stage: Stage, names: tuple[str, ...], acts: Acts = ()) -> dict[str, Any]:
    """The lists as these reveals and openings leave them: an answer that is not shown is nobody's option."""
    moment = datetime.min.replace(tzinfo=UTC)
    revealed = {(act.step, act.round): moment for act in acts if act.kind == "reveal"}
    opened = {act.step: moment for act in acts if act.kind == "open"}
    after = replace(stage, revealed=stage.revealed | revealed, opened=stage.opened | opened, hidden=set())
    return pin(shown(snapshot, after), names)


def _stretch(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[Step, ...]:
    """The warm-up steps that follow directly and open together with this one."""
    if not step.warm_up:
        return ()
    steps = snapshot.workbook.steps
    rest = []
    for one in steps[steps.index(step) + 1 :]:
        if not one.warm_up:
            break
        if not (one.skip_when and holds(snapshot, stage, one.skip_when)):
            rest.append(one)
    return tuple(rest)


def _shown_with(snapshot: Snapshot, stage: Stage, step: Step) -> Acts:
    """Reveal acts of the earlier steps that are shown together with this one, where enough are in."""
    acts = []
    for key in stage.opened:
        earlier = snapshot.workbook.step(key)
        waits = any(earlier.reveal_of(f) == step.key for f in earlier.fields) and (key, 1) not in stage.revealed
        if waits and progress(snapshot, stage, earlier, 1).can_show:
            acts.append(NewAct("reveal", key, 1))
    return acts


def take_pen(member: str, step: str, page: str) -> Judge:
    """Take a free pen, or ask its holder; an idle holder (45 s) or one who does not answer (10 s) loses it."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        pen = stage.pens.get((step, page))
        if step not in stage.now_open or (pen and pen.holder == member):
            return ()
        present = {m.key for m in snapshot.present()}
        idle = pen is None or pen.holder not in present or now - _last_stroke(snapshot, step, pen.since) >= PEN_IDLE
        asked = pen is not None and pen.asked_by == member and pen.asked_at is not None
        unanswered = asked and pen is not None and pen.asked_at is not None and now - pen.asked_at >= PEN_ANSWER
        kind = "pen" if idle or unanswered else "pen_ask"
        if kind == "pen_ask" and asked:
            return ()
        return (NewAct(kind, step, stage.round_of(step), {"member": member, "page": page}),)

    return judge


def _last_stroke(snapshot: Snapshot, step: str, since: datetime) -> datetime:
    """The latest moment the team text changed, or the pen was taken."""
    saved = [r.saved_at for r in snapshot.responses if r.step == step and r.author_kind == "team" and r.saved_at]
    return max([since, *saved])


def pass_pen(member: str, step: str, page: str, to: str) -> Judge:
    """The holder gives the pen to the one who asks, or lets it go (to "")."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        pen = stage.pens.get((step, page))
        if not pen or pen.holder != member:
            return ()
        return (NewAct("pen", step, stage.round_of(step), {"member": to, "page": page}),)

    return judge


def keep_pen(member: str, step: str, page: str) -> Judge:
    """The holder answers “in a moment”."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        pen = fold(snapshot.acts, snapshot.workbook).pens.get((step, page))
        if not pen or pen.holder != member or not pen.asked_by:
            return ()
        return (NewAct("pen_keep", step, 1, {"member": member, "page": page}),)

    return judge


def take_row(member: str, step: str, row: str) -> Judge:
    """Take a free row of a team table, or one's own row back out of other hands' reach."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        holder = stage.rows.get((step, row))
        if step not in stage.now_open or holder == member or row not in _rows(snapshot, stage, step):
            return ()
        if holder and holder in {m.key for m in snapshot.present()}:
            raise StepLocked(say("row_is_taken", name=snapshot.member(holder).name))
        return (NewAct("take", step, 1, {"member": member, "row": row}),)

    return judge


def _rows(snapshot: Snapshot, stage: Stage, step: str) -> set[str]:
    """The rows of a step's tables that somebody may take: those of pinned lists, and those already written."""
    found: set[str] = set()
    for asked in snapshot.workbook.step(step).fields:
        if asked.type == "table":
            found |= {o.id for o in stage.options(asked.rows_from or "")}
            found |= {row["row_id"] for row in team_rows(snapshot, f"{step}.{asked.key}")}
    return found


def leave_row(member: str, step: str, row: str) -> Judge:
    """Let go of a row one has taken."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        held = fold(snapshot.acts, snapshot.workbook).rows.get((step, row)) == member
        return (NewAct("leave", step, 1, {"member": member, "row": row}),) if held else ()

    return judge


def excuse(member: str, *, back: bool = False) -> Judge:
    """Leave an absent person out of the count, or bring one back who came after all."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        known = next((m for m in snapshot.members if m.key == member), None)
        if known is None or (known.excused_at is not None) != back:
            return ()
        return (NewAct("back" if back else "excuse", payload={"member": member}),)

    return judge


def _counts(snapshot: Snapshot, stage: Stage) -> dict[str, int]:
    now = progress(snapshot, stage, snapshot.workbook.step(stage.current))
    return {"needed": now.needed, "n": len(now.arrived)}
