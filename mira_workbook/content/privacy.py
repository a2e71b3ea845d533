"""How privately answers are signed, and how one session's steps become more private than their workbook says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from mira_workbook.content.answers.base import Attribution
from mira_workbook.content.definition import Step, Workbook

LEVEL: Mapping[Attribution, int] = MappingProxyType(
    {"named": 0, "facilitator_only": 1, "role": 2, "none": 3, "anonymous": 4, "coach": 5}
)
"""How private each way of signing is: the higher, the fewer can tell who answered."""
PERSONAL_LISTS = frozenset({"next_in_ring", "written_about_me"})
"""Lists that each person has of their own: whoever knows the rows of an answer knows who gave it."""
HANDING_ON_NAMES = frozenset({"written_about_me"})
"""Lists that hand answers on to one person, with the name of who wrote each."""
_MOST_KEPT = 256


class Change(NamedTuple):
    """A step, or one field of it, that is to be signed in another way; `field` is "" for the whole step."""

    step: str
    to: Attribution
    field: str = ""


def change_of(step: str, payload: Mapping[str, Any]) -> Change | None:
    """Read an act of the kind `private`; None for one that names no way of signing."""
    to = next((how for how in LEVEL if how == payload.get("to") and how != "coach"), None)
    return Change(step, to, str(payload.get("field") or "")) if to else None


def may_become(old: Attribution, new: Attribution) -> bool:
    """Whether answers that were given under one promise may be shown under another: only ever more privately.

    From the facilitator alone to a role is a step up the ladder, but would tell the room what it was promised not to
    see.
    """
    # What was meant for the room was not meant for a coach alone, nor the other way round.
    if new == "coach":
        return False
    return LEVEL[new] > LEVEL[old] and (old, new) != ("facilitator_only", "role")


def more_private(workbook: Workbook, changes: tuple[Change, ...]) -> Workbook:
    """The definition as one session has it: the pinned one with each change made to it, oldest first.

    Whether a change may be made at all was judged when it was: see `loosened`.
    """
    if not changes:
        return workbook
    key = (id(workbook), changes)
    if key not in _made:
        steps = {step.key: step for step in workbook.steps}
        for change in changes:
            if change.step in steps:
                steps[change.step] = _changed(steps[change.step], change)
        if len(_made) >= _MOST_KEPT:
            _made.pop(next(iter(_made)))
        # The first is kept so that its number is not given to another one.
        _made[key] = workbook, workbook.model_copy(update={"steps": tuple(steps.values())})
    return _made[key][1]


_made: dict[tuple[int, tuple[Change, ...]], tuple[Workbook, Workbook]] = {}


def _changed(step: Step, change: Change) -> Step:
    if change.field:
        fields = tuple(_signed(one, change.to) if one.key == change.field else one for one in step.fields)
        return step.model_copy(update={"fields": fields})
    # A field that is signed in its own way follows upwards only.
    fields = tuple(_signed(one, _raised(one.attribution, change.to)) if one.attribution else one for one in step.fields)
    return step.model_copy(update={"attribution": change.to, "fields": fields})


def _signed(asked: Any, how: Attribution) -> Any:
    return asked.model_copy(update={"attribution": how})


def _raised(old: Attribution, new: Attribution) -> Attribution:
    if LEVEL[new] <= LEVEL[old]:
        return old
    return new if may_become(old, new) else "none"


def _both(before: Step, after: Step) -> Iterator[tuple[str, Attribution, Attribution]]:
    """Each field that people answer alone, with how it was and how it would be signed."""
    for asked in before.asks("individual"):
        yield asked.key, before.attribution_of(asked), after.attribution_of(after.field(asked.key))


def loosened(before: Step, after: Step) -> tuple[str, ...]:
    """Fields whose answers would be told to more people than promised; none of these may have answers yet."""
    return tuple(key for key, old, new in _both(before, after) if old != new and not may_become(old, new))


def cut_off(before: Step, after: Step) -> tuple[str, ...]:
    """Fields that become anonymous, so that answers already given have to be cut off from their authors."""
    return tuple(key for key, old, new in _both(before, after) if old != new and new == "anonymous")


def tightened(pinned: Workbook, effective: Workbook) -> frozenset[str]:
    """Keys of the steps that this session signs more privately than the workbook says."""
    if pinned is effective:
        return frozenset()
    pairs = zip(pinned.steps, effective.steps, strict=True)
    return frozenset(
        before.key for before, after in pairs if any(LEVEL[new] > LEVEL[old] for _, old, new in _both(before, after))
    )


def strictest(workbooks: Sequence[Workbook]) -> Workbook:
    """One definition for several sessions of a meeting: each field signed as privately as in any of them."""
    first, *others = workbooks
    steps = tuple(
        step.model_copy(
            update={
                "fields": tuple(_signed(asked, _most(step, asked, others)) for asked in step.fields),
            }
        )
        if any(other.step(step.key) != step for other in others)
        else step
        for step in first.steps
    )
    return first if steps == first.steps else first.model_copy(update={"steps": steps})


def _most(step: Step, asked: Any, others: Sequence[Workbook]) -> Attribution:
    ways = [step.attribution_of(asked)]
    ways += [other.step(step.key).attribution_of(other.step(step.key).field(asked.key)) for other in others]
    return max(ways, key=lambda how: LEVEL[how])


def handed_on(workbook: Workbook, step: str, fields: Iterable[str]) -> frozenset[str]:
    """Names of the lists that hand answers of these fields on with the name of who wrote each."""
    names = {f"{step}.{field}" for field in fields}
    return frozenset(
        key
        for key, use in workbook.lists.items()
        if use.use in HANDING_ON_NAMES and str(use.arguments.get("field")) in names
    )
