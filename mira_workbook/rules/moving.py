"""What a move consists of: the acts that show answers, open steps or rounds, leave steps out, and end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import StepLocked
from mira_workbook.records import NewAct, Snapshot
from mira_workbook.rules.dealing import narrowed
from mira_workbook.rules.lists import names_used, pin
from mira_workbook.rules.needs import must_have
from mira_workbook.rules.pairs import after as after_pairing
from mira_workbook.rules.predicates import holds
from mira_workbook.rules.progress import is_ahead, on_request, progress, team_fields, to_come, words_to_show
from mira_workbook.rules.reading import team_rows
from mira_workbook.rules.regrouping import forming, regrouping
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import FACILITATOR, Stage, Target, fold

Acts = Sequence[NewAct]
Judge = Callable[[Snapshot, datetime], Acts]
LED = "led"
"""The reason of steps that were left out by who leads."""


def allowed(snapshot: Snapshot, stage: Stage, to: Target) -> bool:
    """Whether the rules let the session make this move at all."""
    if to == "show":
        if stage.current and is_ahead(snapshot, stage, snapshot.workbook.step(stage.current)):
            return False
        return bool(stage.current) and progress(snapshot, stage, snapshot.workbook.step(stage.current)).can_show
    if to == "words":
        return words_to_show(snapshot, stage) is not None
    return to != "go" or not (lacks_list(snapshot, stage) or lacks_need(snapshot, stage))


def lacks_need(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether a session that moves itself on lacks what its workbook builds on; who leads may go on without."""
    return stage.state == "lobby" and snapshot.meeting.pace == "own" and bool(must_have(snapshot))


def lacks_list(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether later steps ask about rows that the team makes in the open step, and nobody has saved them yet.

    Whoever holds the pen may still be at it while half of the team wants to go on; the list would be pinned empty.
    """
    if not stage.current or stage.current in stage.skipped:
        return False
    step = snapshot.workbook.step(stage.current)
    made = {str(use.arguments["field"]) for use in snapshot.workbook.lists.values() if use.use == "rows_of"}
    here = [f"{step.key}.{f.key}" for f in team_fields(snapshot, stage, step) if f.required]
    least = {f"{step.key}.{f.key}": getattr(f, "min_rows", 0) for f in step.fields}
    return any(name in made and len(team_rows(snapshot, name)) < max(1, least[name]) for name in here)


def refused(snapshot: Snapshot, stage: Stage, to: Target) -> StepLocked:
    """Why a move that is not allowed cannot be made yet."""
    if to != "go":
        return too_few(snapshot, stage)
    if lacks_need(snapshot, stage):
        need = snapshot.workbook.needs[must_have(snapshot)[0]]
        return StepLocked(say("need_first", label=need.label))
    return StepLocked(say("list_not_saved"))


def too_few(snapshot: Snapshot, stage: Stage) -> StepLocked:
    """What is said where answers cannot be shown yet."""
    step = snapshot.workbook.step(stage.current) if stage.current else snapshot.workbook.leaving
    if step is None:
        return StepLocked(say("not_open_yet"))
    now = progress(snapshot, stage, step)
    if not now.expected:
        return StepLocked(say("asks_nobody"))
    return StepLocked(say("too_few_yet", needed=now.needed, n=now.count))


def move(snapshot: Snapshot, stage: Stage, to: Target) -> Acts:
    """The acts of a move, with the lists that they pin."""
    if to == "show":
        return (reveal(snapshot, stage, snapshot.workbook.step(stage.current)),)
    if to == "again":
        again = snapshot.workbook.step(twice(snapshot, stage) or stage.current)
        payload = pinned(snapshot, stage, names_used(snapshot.workbook, again))
        payload["own_lists"] = narrowed(snapshot, payload["own_lists"])
        return (NewAct("round", again.key, 2, payload),)
    if to == "skip":
        return (NewAct("skip", stage.current, reason=LED),)
    if to in {"go", "back"}:
        return next_steps(snapshot, stage)
    if to in {"aside", "words"}:
        return _beside_the_way(snapshot, stage, to)
    return (NewAct("end"),)


def _beside_the_way(snapshot: Snapshot, stage: Stage, to: Target) -> Acts:
    """Open the step that opens on request only, or show what people leave with."""
    step = on_request(snapshot, stage) if to == "aside" else words_to_show(snapshot, stage)
    if step is None:
        return ()
    return open_steps(snapshot, stage, (step,)) if to == "aside" else (reveal(snapshot, stage, step),)


def twice(snapshot: Snapshot, stage: Stage) -> str:
    """The step whose second round can open now, "" for none: this one, or the one that this step goes back to."""
    if not stage.current:
        return ""
    step = snapshot.workbook.step(stage.current)
    key = step.again or (step.key if step.rounds == 2 else "")  # noqa: PLR2004 - rounds are one or two
    return key if key and key in stage.opened and stage.round_of(key) == 1 else ""


def reveal(snapshot: Snapshot, stage: Stage, step: Step, reason: str = "") -> NewAct:
    """Show the answers of a step's round; with a reason, before enough are in."""
    act = NewAct("reveal", step.key, stage.round_of(step.key), reason=reason)
    names = names_used(snapshot.workbook, step, after_reveal=True)
    payload = pinned(snapshot, stage, names, (act,))
    return replace(act, payload={**payload, "override": True} if reason else payload)


def next_steps(snapshot: Snapshot, stage: Stage) -> Acts:
    """Open the next step, skipping those whose condition holds; a warm-up stretch opens together.

    After an earlier step was opened again, the session goes on where it was interrupted.
    """
    if stage.interrupted:
        return open_steps(snapshot, stage, tuple(snapshot.workbook.step(key) for key in stage.interrupted))
    acts: list[NewAct] = []
    for step in to_come(snapshot, stage):
        if step.skip_when and holds(snapshot, stage, step.skip_when):
            acts.append(NewAct("skip", step.key, reason=step.skip_when.use))
            continue
        with_it = () if step.key in stage.opened else stretch(snapshot, stage, step)
        return (*acts, *open_steps(snapshot, stage, (step, *with_it)))
    return (*acts, NewAct("end"))


def open_steps(snapshot: Snapshot, stage: Stage, steps: Sequence[Step]) -> Acts:
    """Open steps together, for the first time or again, with the lists that they refer to pinned anew."""
    first = steps[0]
    names = tuple(name for one in steps for name in _names(snapshot, stage, one))
    reveals = _shown_with(snapshot, stage, first)
    act = NewAct("open", first.key, 1)
    paired = forming(snapshot, stage, steps)
    payload = pinned(after_pairing(snapshot, paired), stage, names, (*reveals, act))
    if first.key in stage.opened and is_ahead(snapshot, stage, first):
        payload["on"] = True
    if len(steps) > 1:
        payload["with"] = [one.key for one in steps[1:]]
    if _is_aside(snapshot, stage, first):
        payload["aside"] = True
    return (*reveals, *paired, replace(act, payload=payload))


def _is_aside(snapshot: Snapshot, stage: Stage, step: Step) -> bool:
    """Whether a step that never opened lies before the one at work, which then waits; a warm-up waits for nothing."""
    if not stage.current or step.key in stage.opened:
        return False
    steps, at_work = snapshot.workbook.steps, snapshot.workbook.step(stage.current)
    return not at_work.warm_up and steps.index(step) < steps.index(at_work)


def _names(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[str, ...]:
    """The lists a step needs now: those of fields that come with the reveal only where it was shown before."""
    was_shown = (step.key, stage.round_of(step.key)) in stage.revealed
    return names_used(snapshot.workbook, step, after_reveal=None if was_shown else False)


def pinned(snapshot: Snapshot, stage: Stage, names: tuple[str, ...], acts: Acts = ()) -> dict[str, Any]:
    """The lists as these reveals and openings leave them: an answer that is not shown is nobody's option."""
    moment = datetime.min.replace(tzinfo=UTC)
    revealed = {(act.step, act.round): moment for act in acts if act.kind == "reveal"}
    opened = {act.step: moment for act in acts if act.kind == "open"}
    after = replace(stage, revealed=stage.revealed | revealed, opened=stage.opened | opened, hidden=set())
    return pin(shown(snapshot, after), names)


def stretch(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[Step, ...]:
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
    return tuple(
        NewAct("reveal", earlier.key, 1)
        for earlier in waiting_for(snapshot, stage, step)
        if progress(snapshot, stage, earlier, 1).can_show
    )


def waiting_for(snapshot: Snapshot, stage: Stage, step: Step) -> tuple[Step, ...]:
    """The opened steps whose answers are shown together with this one, and are not shown yet."""
    earlier = [snapshot.workbook.step(key) for key in stage.opened if (key, 1) not in stage.revealed]
    return tuple(one for one in earlier if one != step and any(one.reveal_of(f) == step.key for f in one.fields))


def undoing(stage: Stage, now: datetime, by: str) -> Acts:
    """The act that takes the latest move back, up to sixty seconds after it.

    Raises:
        StepLocked: the minute is over.
    """
    if not stage.last_move:
        return ()
    if not stage.can_undo(now):
        raise StepLocked(say("undo_is_over"))
    first, *also = stage.last_move
    return (NewAct("undo", stage.current, payload={"also": also, "member": by}, undoes=first),)


def excusing(snapshot: Snapshot, member: str, *, back: bool) -> Acts:
    """The acts that leave a person out of the count, or bring one back who came after all, and seat pairs anew."""
    known = next((m for m in snapshot.members if m.key == member), None)
    if known is None or (known.excused_at is not None) != back:
        return ()
    act = NewAct("back" if back else "excuse", payload={"member": member})
    at = None if back else datetime.min.replace(tzinfo=UTC)
    members = tuple(replace(m, excused_at=at) if m.key == member else m for m in snapshot.members)
    after = replace(snapshot, members=members)
    return (act, *regrouping(after, fold(snapshot.acts, snapshot.workbook), member if back else ""))


def scribing(snapshot: Snapshot, by: str, for_: str, *, off: bool) -> Acts:
    """The act that lets somebody enter for a person who has no device, or ends it.

    Raises:
        StepLocked: the person has a device of their own.
    """
    person = next((m for m in snapshot.present() if m.key == for_), None)
    writes = by == FACILITATOR or any(m.key == by for m in snapshot.present())
    now = fold(snapshot.acts, snapshot.workbook).scribes.get(for_)
    if person is None or not writes or by == for_ or (now == by) != off:
        return ()
    if person.joined_at is not None and not off:
        raise StepLocked(say("answers_alone", name=person.name))
    return (NewAct("scribe", payload={"by": by, "for": for_, "off": off}),)
