"""Counts over many teams, published only where no small group can be read or worked out from them.

A count below five is left out. What is left out could still follow from the whole by subtraction; then more is left
out, the smallest first, until what is hidden holds five teams together and stands in two places or more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LEAST = 5
"""Teams that a published count has behind it, and teams a published table is made of."""
APART = 2
"""Places in which what is hidden must stand: a single one would follow from the whole."""

Kind = Literal["one", "some", "open"]
"""How counts hang together: each team in `one` place, in one or `some`, or in any number of an `open` set, or none."""


@dataclass(frozen=True, slots=True)
class Published:
    """What may be told of a table.

    Attributes:
        teams: how many teams were asked; 0 where they are too few to tell anything.
        shown: option to its count, the largest first.
        hidden: how many options are left out.
    """

    teams: int
    shown: Mapping[str, int] = field(default_factory=dict)
    hidden: int = 0


def publish(counts: Mapping[str, int], teams: int, kind: Kind) -> Published:
    """Say what may be told of counts over teams.

    Args:
        counts: every option to the number of teams that chose it, zeros included unless the set is open.
        teams: how many teams were counted.
        kind: how the counts hang together.

    In an open set, such as the words people use, nothing adds up to anything, so only small counts are left out.
    """
    if teams < LEAST:
        return Published(0)
    order = sorted(counts, key=lambda option: (-counts[option], option))
    shown = [option for option in order if counts[option] >= LEAST]
    while kind != "open" and shown and _follows(counts, shown, teams):
        shown.pop()
    return Published(teams, {option: counts[option] for option in shown}, len(counts) - len(shown))


def _follows(counts: Mapping[str, int], shown: list[str], teams: int) -> bool:
    """Whether what is hidden could be worked out.

    It follows where all of it stands in one place, where fewer than five teams are behind it, and where there are so
    many behind it that every hidden count must be the largest one that is left out.
    """
    rest = teams - sum(counts[option] for option in shown)
    hidden = len(counts) - len(shown)
    return rest > 0 and (hidden < APART or rest < LEAST or rest >= hidden * (LEAST - 1))
