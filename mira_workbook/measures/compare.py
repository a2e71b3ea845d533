"""Visits of one team, or rounds of one session, side by side: the same number before and after."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from mira_workbook.records import Measure

Change = Literal["closer", "further", "more", "less", "same", ""]
AGREEMENT = frozenset({"M02", "M03", "M04", "M08"})
"""Measures of how much people are of one mind: for them more is closer."""
LEFT_OUT = frozenset({"M01", "M10", "M11"})
"""How many answered, and measures that compare rounds themselves."""
SEEN = 2
"""Places behind the point in which a change is seen."""
_NAME = re.compile(r"[a-z][a-z_]*[a-z]")
"""A part with a name. Ids of items, such as C1, mean something else at every visit."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One number at each visit, None where it is not there.

    Attributes:
        step, id, of, part: which number.
        name, unit: as the measure has them.
        values: one for each visit, the earliest first.
        change: from the first to the last that is there; "" with fewer than two.
    """

    step: str
    id: str
    of: str
    part: str
    name: str
    unit: str
    values: tuple[float | None, ...]
    change: Change


def compared(visits: Sequence[Sequence[Measure]]) -> list[Compared]:
    """Set the measures of several visits side by side, in the order of the last visit.

    Args:
        visits: the measures of each visit, the earliest first; of several rounds the last counts.

    Numbers that are there at one visit only are left out.
    """
    tables = [_last(measures) for measures in visits]
    order = {key: measure for table in reversed(tables) for key, (measure, _) in table.items()}
    rows = []
    for key, measure in order.items():
        values = tuple(table[key][1] if key in table else None for table in tables)
        known = [value for value in values if value is not None]
        if len(known) > 1:
            change = _change(measure.id, known[0], known[-1])
            rows.append(Compared(*key, measure.name, measure.unit, values, change))
    return rows


def by_round(measures: Sequence[Measure]) -> list[Compared]:
    """The two rounds of one session side by side."""
    rounds = sorted({m.round for m in measures})
    return compared([[m for m in measures if m.round == n] for n in rounds]) if len(rounds) > 1 else []


def _last(measures: Sequence[Measure]) -> dict[tuple[str, str, str, str], tuple[Measure, float]]:
    found: dict[tuple[str, str, str, str], tuple[Measure, float]] = {}
    for measure in sorted(measures, key=lambda m: m.round):
        if measure.id not in LEFT_OUT:
            for part, value in _numbers(measure.value):
                found[measure.step, measure.id, measure.of, part] = (measure, value)
    place = {id(measure): n for n, measure in enumerate(measures)}
    return dict(sorted(found.items(), key=lambda item: place[id(item[1][0])]))


def _numbers(value: Any) -> Iterator[tuple[str, float]]:
    """The plain number of a measure, or those of its parts that have names."""
    if isinstance(value, Mapping):
        for part, inner in value.items():
            if _NAME.fullmatch(str(part)) and _is_number(inner):
                yield str(part), inner
    elif _is_number(value):
        yield "", value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _change(measure: str, first: float, last: float) -> Change:
    by = round(last, SEEN) - round(first, SEEN)
    if not by:
        return "same"
    if measure in AGREEMENT:
        return "closer" if by > 0 else "further"
    return "more" if by > 0 else "less"
