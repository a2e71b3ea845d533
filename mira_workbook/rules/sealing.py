"""When anonymous answers are cut off from their authors: as soon as showing them cannot be taken back any more."""

from datetime import datetime

from mira_workbook.records import Snapshot
from mira_workbook.rules.progress import is_anonymous
from mira_workbook.rules.stage import UNDO_WINDOW, Stage


def to_seal(snapshot: Snapshot, stage: Stage, now: datetime) -> tuple[tuple[str, int], ...]:
    """The (step, round) whose anonymous answers a page that looks now has to seal.

    Shown answers are due once the minute for undo is over; at a team's own pace also when it went on. Answers that were
    never shown are due when the end of the session cannot be undone any more.
    """
    led = snapshot.meeting.pace == "led"
    return tuple(
        (step.key, round_)
        for step in snapshot.workbook.steps
        if step.key in stage.opened and is_anonymous(step)
        for round_ in range(1, stage.round_of(step.key) + 1)
        if (step.key, round_) not in stage.sealed and _is_due(stage, (step.key, round_), now, led=led)
    )


def _is_due(stage: Stage, place: tuple[str, int], now: datetime, *, led: bool) -> bool:
    since = stage.revealed.get(place) or stage.ended_at
    if since is None:
        return False
    # Who leads may take back one move after the other, as long as each is young enough.
    went_on = not led and stage.last_move_at is not None and stage.last_move_at > since
    return went_on or now - since > UNDO_WINDOW
