"""The agenda beside a board: parts and steps, minutes used and planned, how many were in."""

from collections.abc import Mapping

from mira_workbook.boards.parts import quiet
from mira_workbook.boards.watched import Watched
from mira_workbook.boards.wording import minutes
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.rules import clock
from mira_workbook.rules.progress import must_answer, progress
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import counted


def agenda(team: Watched, *, leads: bool) -> list[Doc]:
    """The parts with their steps."""
    book = team.snapshot.workbook
    used = clock.used(team.snapshot, team.stage, team.now)
    return [
        {
            "title": f"{n} {part}",
            "steps": [_step(team, step, used, leads=leads) for step in book.sitting if step.part == n],
        }
        for n, part in enumerate(book.parts, 1)
    ]


def _step(team: Watched, step: Step, used: Mapping[str, float], *, leads: bool) -> Doc:
    state = _state(team, step, used)
    doc: Doc = {"id": step.key, "title": step.title, "state": state, "count": "", "share": None}
    doc["minutes"] = _minutes(team, step, used, state)
    doc["buttons"] = _buttons(team, step, state) if leads else []
    if step.key in team.stage.opened and must_answer(step):
        now = progress(team.snapshot, team.stage, step)
        doc["count"] = counted(step, now)
        doc["share"] = round(now.count / len(now.expected), 2) if now.expected else 0.0
    return doc


def _state(team: Watched, step: Step, used: Mapping[str, float]) -> str:
    """Where a step stands; `warm_up` is one that was done before the room met."""
    stage = team.stage
    if step.key in stage.skipped:
        return "skipped"
    if step.key in stage.now_open:
        return "here"
    if step.key not in stage.opened:
        return "ahead"
    return "warm_up" if step.warm_up and not used.get(step.key) else "done"


def _minutes(team: Watched, step: Step, used: Mapping[str, float], state: str) -> str:
    if state in {"skipped", "warm_up"}:
        return say("left_out" if state == "skipped" else "warm_up_word")
    planned = minutes(clock.planned(team.snapshot, team.stage, step.key))
    return f"{minutes(used[step.key])}/{planned}" if step.key in used else planned


def _buttons(team: Watched, step: Step, state: str) -> list[Doc]:
    """What may be done with a step from the agenda; nothing at the team's own pace."""
    if not team.is_led or team.has_not_begun:
        return []
    items: list[Doc] = []
    if state == "here" and team.stage.state == "open":
        items = [quiet(f"here:{step.key}", say("bring_all_here")), quiet(f"skip:{step.key}", say("skip_this"))]
    elif state in {"done", "warm_up"}:
        items = [quiet(f"reopen:{step.key}", say("open_again"))]
    elif team.stage.state == "open":
        items = [quiet(f"here:{step.key}", say("bring_all_here"))]
        items += [] if state == "skipped" else [quiet(f"skip:{step.key}", say("skip_this"))]
    return items
