"""Steps that are done, folded to one line each; opening one shows what it gave."""

from html import escape

from mira_workbook.content.definition import Step
from mira_workbook.widgets.before import is_before
from mira_workbook.widgets.lines import skip_words
from mira_workbook.widgets.results import own, revised, sentences, team_said
from mira_workbook.widgets.room import Room

LONGEST = 60


def folded(room: Room, step: Step) -> str:
    """A done step as HTML, all text escaped; "" for one that is open on the page or not yet opened."""
    if step.key in room.stage.skipped:
        return f'<p class="mira-fold mira-skipped">{escape(skip_words(room, step))}</p>'
    waits = step.key in room.stage.now_open and (room.phase(step) == "answer" or is_before(room))
    if step.key not in room.stage.opened or waits:
        return ""
    lines = _lines(room, step)
    if step.closing and not lines:
        return ""
    summary = f"<span>✓ {escape(step.title)}</span>"
    if not lines:
        return f'<p class="mira-fold">{summary}</p>'
    short = lines[0] if len(lines[0]) <= LONGEST else lines[0][: LONGEST - 1] + "…"
    body = "".join(f"<p>{escape(text)}</p>" for text in lines)
    return (
        f'<details class="mira-fold"><summary>{summary} <span class="mira-fold-line">{escape(short)}</span></summary>'
        f"{body}</details>"
    )


def _lines(room: Room, step: Step) -> list[str]:
    mine = [text for block in own(room, step) for text in block["lines"]]
    said = [block["text"] for block in sentences(room, step)]
    ours = [text for block in team_said(room, step) for text in block["lines"]]
    # The sentence that later steps build on says more of a step than its other fields.
    named = [revised(room, name) for name in room.snapshot.workbook.revises if name.startswith(f"{step.key}.")]
    main = [str(text) for text in named if text]
    return [*mine, *said, *main, *(text for text in ours if text not in main)]


def folds(room: Room) -> dict[str, str]:
    """Every step's folded line by key, the one on the page left out."""
    here = room.my_step()
    return {
        step.key: "" if here is not None and step.key == here.key else folded(room, step)
        for step in room.snapshot.workbook.steps
    }
