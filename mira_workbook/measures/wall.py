"""The measures that people from outside may see."""

from dataclasses import replace

from mira_workbook.measures.table import measures
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import Stage
from mira_workbook.rules.wall import may_leave, quotes


def wall_measures(snapshot: Snapshot, stage: Stage, viewer: Viewer) -> list[Measure]:
    """The numbers of a session for the wall: after their answers are shown, of enough people, of nobody in particular.

    Sentences that name somebody or repeat what somebody wrote are left blank.

    Args:
        snapshot: everything known of the session.
        stage: the fold of its acts.
        viewer: who looks.
    """
    found = []
    for measure in measures(snapshot, stage):
        if not may_leave(stage, snapshot.workbook.step(measure.step), measure):
            continue
        seen = of_measure(measure, Viewer("viewer", viewer.member), snapshot)
        found.append(replace(seen, sentence="") if quotes(snapshot, stage, seen.sentence) else seen)
    return found
