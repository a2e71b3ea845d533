"""What one who leads does: judges that show, go on, go back, give time and close, each within the rules.

Nothing here destroys an answer. Showing keeps to the rule of enough answers, an override needs a reason and never
lowers what anonymous answers need, and where people still write they get ten seconds first.
"""

from datetime import datetime

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import StepLocked
from mira_workbook.records import LEADING, Act, NewAct, Snapshot
from mira_workbook.rules.hosting import (
    cover,
    cut,
    excuse,
    extend,
    nudge,
    pause,
    picture,
    pin,
    private,
    replan,
    resume,
    scribe,
    threshold,
    turn,
)
from mira_workbook.rules.leading import leads, led_stage, wherever
from mira_workbook.rules.moves import is_due, tick
from mira_workbook.rules.moving import (
    LED,
    Acts,
    Judge,
    allowed,
    move,
    open_steps,
    refused,
    reveal,
    stretch,
    too_few,
    twice,
    undoing,
    waiting_for,
)
from mira_workbook.rules.progress import is_ahead, is_anonymous, is_private, own_fields, progress, writing
from mira_workbook.rules.stage import FACILITATOR, MOVES, UNDO_WINDOW, Stage, Target, fold, in_force

__all__ = [
    "LEADING",
    "Acts",
    "Judge",
    "again",
    "bring_here",
    "cover",
    "cut",
    "end",
    "excuse",
    "extend",
    "halt",
    "hide",
    "is_due",
    "leads",
    "next_step",
    "now",
    "nudge",
    "pause",
    "picture",
    "pin",
    "private",
    "redo",
    "reopen",
    "replan",
    "resume",
    "scribe",
    "show",
    "skip",
    "threshold",
    "tick",
    "turn",
    "undo",
    "warm_up",
    "wherever",
    "words",
]


# -------------------------------------------------------------------------------------------------------------- showing


@leads
def show(reason: str = "") -> Judge:
    """Show the answers of the open step: at once where all are in, after ten seconds where enough are.

    What was put away is shown again. With a reason answers are shown before enough are in, never anonymous ones.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        if stage.state != "open" or not stage.current:
            return ()
        step = snapshot.workbook.step(stage.current)
        if is_ahead(snapshot, stage, step):
            raise StepLocked(say("opens_in_the_room"))
        place = (step.key, stage.round_of(step.key))
        if place in stage.hidden:
            return (NewAct("reveal", *place),)
        late = _with_it(snapshot, stage, step, reason)
        if place in stage.revealed or not _has_own(step):
            return late
        return (*late, *_show(snapshot, stage, step, reason.strip(), also=bool(late)))

    return judge


def _show(snapshot: Snapshot, stage: Stage, step: Step, reason: str, *, also: bool) -> Acts:
    """Show a step itself; too few answers are no hindrance to what is shown `also`."""
    now = progress(snapshot, stage, step)
    if now.can_show and now.all_in:
        return move(snapshot, stage, "show")
    if now.can_show:
        return () if stage.closing and stage.closing.to == "show" else (_close(stage, "show"),)
    if reason and now.count and not is_anonymous(step):
        return (reveal(snapshot, stage, step, reason),)
    if also:
        return ()
    raise too_few(snapshot, stage)


def _has_own(step: Step) -> bool:
    """Whether people answer something that is shown with the step itself, also what nobody has to answer."""
    return any(step.reveal_of(f) == step.key and not is_private(step, f) for f in own_fields(step))


def _with_it(snapshot: Snapshot, stage: Stage, step: Step, reason: str) -> Acts:
    """Show what waited for this step and had too few answers when it opened."""
    acts = []
    for earlier in waiting_for(snapshot, stage, step):
        now = progress(snapshot, stage, earlier, 1)
        if now.can_show:
            acts.append(NewAct("reveal", earlier.key, 1))
        elif reason and now.count and not is_anonymous(earlier):
            acts.append(NewAct("reveal", earlier.key, 1, {"override": True}, reason))
    return tuple(acts)


@leads
def words() -> Judge:
    """Show the words that people leave with: at once, or after ten seconds where somebody still writes."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage, leaving = led_stage(snapshot), snapshot.workbook.leaving
        if stage.state != "ended" or leaving is None or (leaving.key, 1) in stage.revealed or stage.closing:
            return ()
        if not allowed(snapshot, stage, "words"):
            raise too_few(snapshot, stage)
        return (_close(stage, "words"),) if writing(snapshot, stage) else move(snapshot, stage, "words")

    return judge


@leads
def hide(step: str = "") -> Judge:
    """Put shown answers away for now; they stay in, and stay away until they are shown again."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        key = step or stage.current
        if not stage.is_shown(key, stage.round_of(key)):
            return ()
        return (NewAct("hide", key, stage.round_of(key)),)

    return judge


# --------------------------------------------------------------------------------------------------------------- moving


def _close(stage: Stage, to: Target) -> NewAct:
    return NewAct("close", stage.current, stage.round_of(stage.current), {"to": to, "led": True})


@leads
def next_step() -> Judge:
    """Go on: at once, or after ten seconds where people still write; after the last step the session ends."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        if stage.state == "ended" or (stage.closing and stage.closing.to == "go"):
            return ()
        if not allowed(snapshot, stage, "go"):
            raise refused(snapshot, stage, "go")
        return (_close(stage, "go"),) if writing(snapshot, stage) else move(snapshot, stage, "go")

    return judge


@leads
def warm_up() -> Judge:
    """Let people in to the warm-up steps, before the day or again in the room; they stay open until the next move."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        first = next((s for s in snapshot.workbook.steps if s.warm_up), None)
        if first is None or first.key in stage.now_open:
            return ()
        return open_steps(snapshot, stage, (first, *stretch(snapshot, stage, first)))

    return judge


@leads
def again() -> Judge:
    """Open the second round: of the open step, or of the step it goes back to; the first has to be shown."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        key = twice(snapshot, stage)
        if stage.state != "open" or not key:
            return ()
        if (key, 1) not in stage.revealed:
            raise StepLocked(say("first_round_first"))
        return move(snapshot, stage, "again")

    return judge


@leads
def now() -> Judge:
    """Make the move that a countdown leads to at once."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        if stage.closing is None:
            return ()
        if not allowed(snapshot, stage, stage.closing.to):
            raise refused(snapshot, stage, stage.closing.to)
        return move(snapshot, stage, stage.closing.to)

    return judge


@leads
def halt() -> Judge:
    """Stop a countdown."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        return (NewAct("halt", stage.current),) if stage.closing else ()

    return judge


@leads
def skip(step: str = "") -> Judge:
    """Leave the open step out, or one that is still to come; drafts are kept, and answers that are in stay."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        key = step or stage.current
        known = any(one.key == key for one in snapshot.workbook.sitting)
        over = key in stage.opened and key not in stage.now_open
        if not known or over or key in stage.skipped or stage.state == "ended":
            return ()
        return (NewAct("skip", key, reason=LED),)

    return judge


@leads
def reopen(step: str) -> Judge:
    """Go back to a step, also after the end; rounds and what was shown stay, and its lists are made anew.

    One that never opened is opened, and what lies before it and never opened is left out.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        known = next((one for one in snapshot.workbook.sitting if one.key == step), None)
        if known is None or (step in stage.now_open and step not in stage.skipped):
            return ()
        return _at(snapshot, stage, known)

    return judge


@leads
def bring_here(step: str) -> Judge:
    """Bring a team to a step: one that is behind leaves out what lies between, one that is ahead comes back.

    A team that has ended stays where it is.
    """

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        stage = led_stage(snapshot)
        known = next((one for one in snapshot.workbook.sitting if one.key == step), None)
        if known is None or stage.state == "ended":
            return ()
        here = NewAct("here", step)
        if step in stage.now_open and step not in stage.skipped:
            return (here,)
        return (*_at(snapshot, stage, known), here)

    return judge


def _at(snapshot: Snapshot, stage: Stage, step: Step) -> Acts:
    """Stand at a step: again, or for the first time with what opens together with it."""
    if step.key in stage.opened:
        return open_steps(snapshot, stage, (step,))
    steps = (step, *stretch(snapshot, stage, step))
    return (*_between(snapshot, stage, step), *open_steps(snapshot, stage, steps))


def _between(snapshot: Snapshot, stage: Stage, step: Step) -> Acts:
    """Leave out the steps before this one that never opened."""
    before = snapshot.workbook.steps[: snapshot.workbook.steps.index(step)]
    return tuple(
        NewAct("skip", one.key, reason=LED)
        for one in before
        if one.key not in stage.opened and one.key not in stage.skipped and not one.optional
    )


@leads
def end() -> Judge:
    """End the session; drafts are kept, and until midnight people may still send them."""

    def judge(snapshot: Snapshot, _now: datetime) -> Acts:
        return (NewAct("end"),) if led_stage(snapshot).state != "ended" else ()

    return judge


# ------------------------------------------------------------------------------------------------------------ and back


@leads
def undo() -> Judge:
    """Take back the latest move, up to sixty seconds after it; what was shown is hidden again."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        return undoing(led_stage(snapshot), now, FACILITATOR)

    return judge


@leads
def redo() -> Judge:
    """Take back an undo, up to sixty seconds after it; the rule for showing answers holds anew."""

    def judge(snapshot: Snapshot, now: datetime) -> Acts:
        stage = led_stage(snapshot)
        latest = undone(snapshot)
        if latest is None:
            return ()
        if now - latest.at > UNDO_WINDOW:
            raise StepLocked(say("undo_is_over"))
        act = NewAct("undo", stage.current, payload={"redo": True, "member": FACILITATOR}, undoes=latest.seq)
        _may_show_again(snapshot, stage, latest)
        return (act,)

    return judge


def undone(snapshot: Snapshot) -> Act | None:
    """The undo that can be taken back: no move came after it."""
    latest = next((a for a in reversed(in_force(snapshot.acts)) if a.kind in MOVES or a.kind == "undo"), None)
    return latest if latest and latest.kind == "undo" and not latest.payload.get("redo") else None


def _may_show_again(snapshot: Snapshot, stage: Stage, latest: Act) -> None:
    """Ask the rule again: people may have taken answers back while they were hidden.

    Raises:
        StepLocked: too few are in by now.
    """
    after = fold([act for act in snapshot.acts if act.seq != latest.seq], snapshot.workbook)
    for key, round_ in after.revealed.keys() - stage.revealed.keys():
        step = snapshot.workbook.step(key)
        found = progress(snapshot, stage, step, round_)
        told = (key, round_) in after.overridden and found.count and not is_anonymous(step)
        if not (found.can_show or told):
            raise StepLocked(say("too_few_yet", needed=found.needed, n=found.count))
