"""Where a session stood when a note on it was written."""

from dataclasses import dataclass
from datetime import datetime

from mira_workbook.records import Snapshot
from mira_workbook.rules.stage import fold


@dataclass(frozen=True, slots=True)
class Stamp:
    """The step that was open then, "" before the first and after the end, and the turn of talk in it, 0 for none."""

    step: str = ""
    turn: int = 0


def stamp(snapshot: Snapshot, at: datetime) -> Stamp:
    """Say where a session stood at a moment, from its acts up to then."""
    stage = fold(tuple(act for act in snapshot.acts if act.at <= at), snapshot.workbook)
    return Stamp() if stage.state == "ended" or not stage.current else Stamp(stage.current, stage.turn)
