"""The steps that people can do before the day: opening them, and counting who has."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.records import Meeting, Snapshot
from mira_workbook.rules import led
from mira_workbook.rules.progress import progress
from mira_workbook.rules.stage import fold
from mira_workbook.store import Store


@dataclass(frozen=True, slots=True)
class Warming:
    """How far the steps are that people can do beforehand: counts, never what anybody wrote.

    Attributes:
        titles: of the steps.
        minutes: what they take.
        is_open: whether people can do them now or could already.
        can_open: whether the session has not begun.
        done: people who have sent all of them.
        people: how many there are.
    """

    titles: tuple[str, ...]
    minutes: int
    is_open: bool
    can_open: bool
    done: int
    people: int


def warming(snapshots: Sequence[Snapshot]) -> Warming | None:
    """Count over all teams of a meeting; None where the workbook has no such steps."""
    steps = [step for step in snapshots[0].workbook.steps if step.warm_up]
    if not steps:
        return None
    stages = [fold(snapshot.acts, snapshot.workbook) for snapshot in snapshots]
    done = people = 0
    for snapshot, stage in zip(snapshots, stages, strict=True):
        far = [progress(snapshot, stage, step, 1) for step in steps if step.key in stage.opened]
        here = {member.key for member in snapshot.present()}
        people += len(here)
        # Who has nothing to answer in a step is not waited for.
        done += sum(all(key in one.arrived or key not in one.expected for one in far) for key in here if far)
    return Warming(
        tuple(step.title for step in steps),
        round(sum(step.minutes.total for step in steps)),
        any(steps[0].key in stage.opened for stage in stages),
        any(stage.state == "lobby" for stage in stages),
        done,
        people,
    )


def open_warm_up(store: Store, browser: str, meeting: Meeting) -> None:
    """Open them in every team that has not begun, as the facilitator who sits in this browser."""
    for session in store.sessions(meeting.id):
        seat = store.seat(browser, session.id, "facilitator")
        if seat is not None and fold(store.snapshot(session.id).acts, store.workbook(meeting)).state == "lobby":
            store.act(seat, led.warm_up(), session.id)
