"""When anonymous answers are cut off from their authors: as soon as showing them cannot be taken back any more."""

from datetime import datetime

from mira_workbook.content.definition import Step
from mira_workbook.records import Snapshot
from mira_workbook.rules.progress import is_anonymous
from mira_workbook.rules.stage import UNDO_WINDOW, Stage
from mira_workbook.rules.staying import midnight_after


def to_seal(snapshot: Snapshot, stage: Stage, now: datetime) -> tuple[tuple[str, int], ...]:
    """The (step, round) whose anonymous answers a page that looks now has to seal.

    Shown answers are due once the minute for undo is over; at a team's own pace also when it went on. Answers that were
    never shown are due when the end of the session cannot be undone any more; what is asked at the end, when it takes
    no more words.
    """
    led = snapshot.meeting.pace == "led"
    return tuple(
        (step.key, round_)
        for step in snapshot.workbook.steps
        if step.key in stage.opened and is_anonymous(step)
        for round_ in range(1, stage.round_of(step.key) + 1)
        if (step.key, round_) not in stage.sealed
        and _is_due(stage, (step.key, round_), _closes(snapshot, stage, step), now, led=led)
    )


def _closes(snapshot: Snapshot, stage: Stage, step: Step) -> datetime | None:
    """When answers that were not shown are over: with the session, or at midnight where they are asked at its end."""
    if not step.closing or stage.ended_at is None:
        return stage.ended_at
    return midnight_after(snapshot.meeting, stage.ended_at)


def seals_at(snapshot: Snapshot, stage: Stage) -> datetime | None:
    """When the words of the end are sealed though nobody had them shown; None where none are waited for."""
    step = snapshot.workbook.leaving
    if step is None or (step.key, 1) in stage.sealed:
        return None
    closes = _closes(snapshot, stage, step)
    return closes + UNDO_WINDOW if closes else None


def _is_due(stage: Stage, place: tuple[str, int], closes: datetime | None, now: datetime, *, led: bool) -> bool:
    since = stage.revealed.get(place) or closes
    if since is None:
        return False
    # Who leads may take back one move after the other, as long as each is young enough.
    went_on = not led and stage.last_move_at is not None and stage.last_move_at > since
    return went_on or now - since > UNDO_WINDOW
