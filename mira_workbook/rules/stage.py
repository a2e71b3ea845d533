"""Where a session stands: the fold of its acts."""

from collections.abc import Iterable

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Act
from mira_workbook.rules.folding import apply, options_of
from mira_workbook.rules.standing import (
    CLOSING,
    FACILITATOR,
    MOST_WAITS,
    MOVES,
    PEN_ANSWER,
    PEN_IDLE,
    UNDO_WINDOW,
    Closing,
    Pen,
    Place,
    Stage,
    Stretch,
    Target,
)

__all__ = [
    "CLOSING",
    "FACILITATOR",
    "MOST_WAITS",
    "MOVES",
    "PEN_ANSWER",
    "PEN_IDLE",
    "UNDO_WINDOW",
    "Closing",
    "Pen",
    "Place",
    "Stage",
    "Stretch",
    "Target",
    "fold",
    "in_force",
    "options_of",
]


def in_force(acts: Iterable[Act]) -> list[Act]:
    """Leave out what was undone; an undo that was itself undone does not count.

    An undo in force stays in the list: it also ends the countdown and the taps that led to the move.
    """
    cancelled: set[int] = set()
    kept = []
    for act in sorted(acts, key=lambda a: a.seq, reverse=True):
        if act.seq in cancelled:
            continue
        if act.kind == "undo":
            cancelled.update({act.undoes or 0, *act.payload.get("also", ())})
        kept.append(act)
    return kept[::-1]


def fold(acts: Iterable[Act], workbook: Workbook) -> Stage:
    """Give the stage after these acts. Steps that the pinned definition does not have draw nothing."""
    known = {step.key for step in workbook.steps}
    stage, told = Stage(), tuple(acts)
    for act in in_force(told):
        if not act.step or act.step in known:
            apply(stage, act)
    for act in sorted(told, key=lambda a: a.seq):
        if act.kind == "reveal" and act.step in known:
            # What people have seen, no undo takes out of their heads.
            stage.first_shown.setdefault((act.step, act.round), act.at)
    _open_the_last(stage, workbook)
    return stage


def _open_the_last(stage: Stage, workbook: Workbook) -> None:
    """What is asked at the end opens with it, and closes where the session is taken up again; unless it was shown."""
    leaving = workbook.leaving
    since = stage.ended_at or (stage.first_shown.get((leaving.key, 1)) if leaving else None)
    if leaving is not None and since is not None:
        stage.opened[leaving.key] = since
