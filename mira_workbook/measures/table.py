"""The measures of a workbook: which answers each number is computed from, and what is said about it.

Every function takes the answers on show and the measure's arguments and gives what it found. Late answers are left out.
"""

from collections.abc import Iterable, Mapping

from mira_workbook.content.definition import MeasureUse, Step
from mira_workbook.content.measure_args import MEASURES as NAMES
from mira_workbook.measures.coverage import answered
from mira_workbook.measures.found import At, Compute
from mira_workbook.measures.of_causes import CAUSES
from mira_workbook.measures.of_orders import ORDERS
from mira_workbook.measures.of_people import PEOPLE
from mira_workbook.measures.of_resources import RESOURCES
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.progress import own_fields, progress
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import Stage

MEASURES: Mapping[str, Compute] = {**PEOPLE, **ORDERS, **CAUSES, **RESOURCES}
"""Every measure by its number. M01 is counted for each step with individual fields, without being named."""


def measures(snapshot: Snapshot, stage: Stage) -> list[Measure]:
    """Compute all measures of a session whose answers are on show.

    Shape: one per opened step, measure and round, workbook order; M01 first in each step.
    Raises: nothing; too few answers give `value` None.
    """
    stage = veiled(snapshot, stage)
    on_show = shown(snapshot, stage)
    found: list[Measure] = []
    for step in snapshot.workbook.steps:
        if step.key in stage.opened:
            found += _answered(snapshot, stage, step)
            found += of_step(on_show, stage, step)
    return found


def of_step(on_show: Snapshot, stage: Stage, step: Step) -> list[Measure]:
    """The measures of one step, each round for itself. Rounds whose answers are not on show give nothing."""
    return [
        _measure(At(on_show, stage, step, round_), use)
        for round_ in range(1, stage.round_of(step.key) + 1)
        for use in step.measures
        if _has_answers(on_show, stage, step, round_) and not (round_ == 1 and _compares_rounds(use))
    ]


def _compares_rounds(use: MeasureUse) -> bool:
    """Whether a measure sets round 2 of one rating against round 1: there is nothing to tell before."""
    return use.id == "M10" and "rating" in use.arguments


def _has_answers(on_show: Snapshot, stage: Stage, step: Step, round_: int) -> bool:
    if (step.key, round_) in stage.revealed:
        return (step.key, round_) not in stage.hidden
    return any(r.step == step.key and r.round == round_ for r in on_show.responses)


def _sentence(say: Mapping[str, str], case: str) -> str:
    """The case's sentence; a workbook that has none for unknown money tells it as any other."""
    return say.get(case) or (say.get("any", "") if case == "unpriced" else "")


def _measure(at: At, use: MeasureUse) -> Measure:
    found = MEASURES[use.id](at, use.arguments)
    template = _sentence(use.say, found.case) if found.value is not None or found.case == "none" else ""
    return Measure(
        id=use.id,
        name=NAMES[use.id].title,
        value=found.value,
        n=found.n,
        unit=found.unit,
        band=found.band,
        sentence=template.format(**found.slots) if template else "",
        step=at.step.key,
        of=use.of,
        round=at.round,
        team=at.snapshot.team.slug,
    )


def _answered(snapshot: Snapshot, stage: Stage, step: Step) -> Iterable[Measure]:
    """M01 for a step that people or pairs answer, in each of its rounds; counts need no reveal."""
    if not own_fields(step):
        return
    for round_ in range(1, stage.round_of(step.key) + 1):
        now = progress(snapshot, stage, step, round_)
        share = answered(now.count, len(now.expected))
        yield Measure(
            "M01",
            NAMES["M01"].title,
            share,
            now.count,
            "share",
            step=step.key,
            round=round_,
            team=snapshot.team.slug,
        )
