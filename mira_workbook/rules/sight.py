"""What a viewer may see: the one place that decides, for screens, boards, measures and files alike."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mira_workbook.content.entries import entry_id
from mira_workbook.content.privacy import PERSONAL_LISTS
from mira_workbook.records import Measure, Response, Snapshot
from mira_workbook.rules.breakdown import breakdown
from mira_workbook.rules.entries import uncovered
from mira_workbook.rules.pairs import wrote
from mira_workbook.rules.signing import (
    ROLE_LABEL_FLOOR,
    Viewer,
    attribution,
    is_named,
    role_labels,
    signed,
    to_the_minute,
    without_writers,
)
from mira_workbook.rules.stage import Stage

__all__ = [
    "PERSONAL_LISTS",
    "ROLE_LABEL_FLOOR",
    "Viewer",
    "attribution",
    "breakdown",
    "entry_id",
    "is_on_show",
    "may_see",
    "of_measure",
    "on_the_wall",
    "people",
    "role_labels",
    "shown",
    "signed",
    "to_the_minute",
    "view",
    "without_coachs",
]

_UNKNOWN_PEOPLE = re.compile(r"M\d+|PAIR\d+|anon_\d+|[0-9a-f]{64}")
"""How people are called as authors, where no roster is at hand."""


def is_on_show(snapshot: Snapshot, stage: Stage, response: Response) -> bool:
    """Whether a response may be seen by others than its author: revealed, or its session ended; never while hidden."""
    try:
        step = snapshot.workbook.step(response.step)
        asked = step.field(response.field)
    except KeyError:
        return False
    if response.author_kind in {"team", "facilitator"}:
        return True
    if step.attribution_of(asked) == "coach":
        return False
    with_ = step.reveal_of(asked)
    if {(response.step, response.round), (with_, response.round)} & stage.hidden:
        return False
    if (response.step, response.round) in stage.revealed:
        # What is shown together with a later step waits until that one opens.
        return with_ == response.step or with_ in stage.opened
    return stage.state == "ended" and step.attribution_of(asked) != "anonymous"


def may_see(snapshot: Snapshot, stage: Stage, response: Response, viewer: Viewer) -> bool:
    """Whether a viewer may see a response: what is on show, and a coach what was written to the coach, at once."""
    if viewer.role == "coach" and _is_for_coach(snapshot, response):
        return True
    return is_on_show(snapshot, stage, response)


def _is_for_coach(snapshot: Snapshot, response: Response) -> bool:
    try:
        return attribution(snapshot, response) == "coach" and response.author_kind == "member"
    except KeyError:
        return False


def without_coachs(snapshot: Snapshot) -> Snapshot:
    """The snapshot without what was written for, or by, the coach only: for files that somebody else takes."""
    kept = tuple(r for r in snapshot.responses if not _is_for_coach(snapshot, r))
    return replace(snapshot, responses=kept, notes=tuple(note for note in snapshot.notes if note.shared))


def shown(snapshot: Snapshot, stage: Stage) -> Snapshot:
    """The responses on show, with their authors: what measures are computed from. Not for screens or files."""
    known: dict[tuple[str, int, str, str], bool] = {}
    on_show = []
    for response in snapshot.responses:
        # Sight looks at nothing more of an answer than this, so it is asked once for each such place.
        place = (response.step, response.round, response.field, response.author_kind)
        if place not in known:
            known[place] = is_on_show(snapshot, stage, response)
        if known[place]:
            on_show.append(response)
    return _with(snapshot, uncovered(snapshot, stage, on_show))


def view(snapshot: Snapshot, stage: Stage, viewer: Viewer) -> Snapshot:
    """The snapshot as a viewer may see it: own answers, what is on show, each signed as its step says.

    Acts are left out, since they tell who did what when; screens get the stage apart. What is covered stays in for its
    author, and for who leads, to be uncovered again.
    """
    if viewer.role == "viewer":
        return _with(snapshot, ())
    mine = [r for r in snapshot.responses if viewer.member and r.author == viewer.member and r.author_kind == "member"]
    on_show = [r for r in snapshot.responses if may_see(snapshot, stage, r, viewer)]
    ours = [r for r in snapshot.responses if viewer.member and wrote(snapshot, viewer.member, r)]
    others = [r for r in on_show if r not in mine and r not in ours]
    if viewer.role != "facilitator":
        others = list(uncovered(snapshot, stage, others))
    shown_to = [without_writers(snapshot, r) for r in signed(snapshot, [*others, *ours], viewer, on_show)]
    return _with(snapshot, [*mine, *shown_to])


def _with(snapshot: Snapshot, responses: Iterable[Response]) -> Snapshot:
    return replace(snapshot, responses=tuple(responses), acts=(), drafting=frozenset(), arrived=frozenset())


def on_the_wall(viewer: Viewer) -> Viewer:
    """Whose sight a picture has: the facilitator's stands on a wall, so it names nobody the room may not know."""
    return Viewer("coach") if viewer.role == "facilitator" else viewer


def of_measure(measure: Measure, viewer: Viewer, snapshot: Snapshot | None = None) -> Measure:
    """A measure as a viewer may see it: without what belongs to one person.

    Facilitator and coach get values by person where every answer behind the number bears names for them; for that the
    snapshot is needed. Of people who are only listed the others get how many they are.
    """
    if not isinstance(measure.value, Mapping):
        return measure
    if snapshot is not None and viewer.role in {"facilitator", "coach"} and _all_named(measure, viewer, snapshot):
        return measure
    known = people(snapshot) if snapshot is not None else frozenset()
    if _by_person(measure.value, known) or not measure.value:
        return replace(measure, value=len(measure.value) if measure.unit == "people" else None)
    return replace(measure, value=_impersonal(measure.value, known))


def people(snapshot: Snapshot) -> frozenset[str]:
    """Everything that stands for one person, or one pair, in the answers of a session."""
    kinds = {"member", "pair", "anon"}
    return frozenset(
        {m.key for m in snapshot.members} | {r.author for r in snapshot.responses if r.author_kind in kinds}
    )


def _is_person(key: object, known: frozenset[str]) -> bool:
    return str(key) in known or _UNKNOWN_PEOPLE.fullmatch(str(key)) is not None


def _by_person(value: Mapping[Any, Any], known: frozenset[str]) -> bool:
    return bool(value) and all(_is_person(key, known) for key in value)


def _impersonal(value: Mapping[Any, Any], known: frozenset[str]) -> dict[Any, Any]:
    """A value without its parts by person, however deep they lie."""
    kept = {}
    for key, inner in value.items():
        if _is_person(key, known) or (isinstance(inner, Mapping) and _by_person(inner, known)):
            continue
        kept[key] = _impersonal(inner, known) if isinstance(inner, Mapping) else inner
    return kept


def _all_named(measure: Measure, viewer: Viewer, snapshot: Snapshot) -> bool:
    """Whether every answer that a number is made from bears names for this viewer."""
    uses = [
        use
        for step in snapshot.workbook.steps
        if step.key == measure.step
        for use in step.measures
        if use.id == measure.id and use.of == measure.of
    ]
    names = {str(value) for use in uses for value in use.arguments.values() if "." in str(value)}
    return bool(names) and all(_is_signed(name, viewer, snapshot) for name in names)


def _is_signed(name: str, viewer: Viewer, snapshot: Snapshot) -> bool:
    step_key, field_key, *_ = name.split(".")
    try:
        step = snapshot.workbook.step(step_key)
        asked = step.field(field_key)
    except KeyError:
        return True
    return step.mode_of(asked) != "individual" or is_named(step.attribution_of(asked), viewer)
