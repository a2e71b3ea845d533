"""What the wall may show to people from outside: numbers of enough people, without words and names."""

from collections.abc import Iterator

from mira_workbook.content.definition import Step
from mira_workbook.content.entries import texts_in
from mira_workbook.records import Measure, Snapshot
from mira_workbook.rules.progress import is_anonymous, own_fields
from mira_workbook.rules.stage import Stage
from mira_workbook.text import fold

OUTSIDE_FLOOR = 3
"""People behind a number that leaves the room."""
ANONYMOUS_OUTSIDE_FLOOR = 5
"""The same where no names were promised; a room's own lower threshold is not for people from outside."""
_SHORTEST = 3
"""Letters a text needs before finding it in a sentence means that it is quoted."""


def enough(step: Step, n: int) -> bool:
    """Whether so many people are enough for a number of this step to leave the room."""
    return n >= (ANONYMOUS_OUTSIDE_FLOOR if is_anonymous(step) else OUTSIDE_FLOOR)


def may_leave(stage: Stage, step: Step, measure: Measure) -> bool:
    """Whether a number may be shown to people from outside: after its answers, and never of too few people."""
    if measure.id == "M01":
        return stage.is_shown(step.key, measure.round)
    shown = stage.is_shown(step.key, measure.round) if own_fields(step) else step.key in stage.opened
    return shown and enough(step, measure.n)


def quotes(snapshot: Snapshot, stage: Stage, sentence: str) -> bool:
    """Whether a sentence holds a name or words that somebody wrote."""
    said = f" {fold(sentence)} "
    return any(f" {words} " in said for words in _words(snapshot, stage))


def _words(snapshot: Snapshot, stage: Stage) -> Iterator[str]:
    names = (part for m in snapshot.members for part in (m.name, *m.name.split()))
    own = (o.label for by_member in stage.own_lists.values() for options in by_member.values() for o in options)
    listed = (o.label for options in stage.lists.values() for o in options)
    for text in (*names, *own, *listed, *_texts(snapshot)):
        if len(found := fold(text)) >= _SHORTEST:
            yield found


def _texts(snapshot: Snapshot) -> Iterator[str]:
    for response in snapshot.responses:
        yield from texts_in(snapshot.workbook.step(response.step).field(response.field), response.value)
