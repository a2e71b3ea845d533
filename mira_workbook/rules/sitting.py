"""How pairs sit at one moment, apart from any session."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

Groups = tuple[tuple[str, ...], ...]
"""Member keys, pair by pair."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """How pairs sit: places count from 0.

    Attributes:
        groups: member keys, pair by pair, also of those who are away.
        here: who is here.
        done: places of pairs whose answer is in.
        homes: member key to the place of the pair they were in first.
    """

    groups: Groups
    here: AbstractSet[str]
    done: AbstractSet[int] = frozenset()
    homes: Mapping[str, int] = field(default_factory=dict)

    def present(self, place: int) -> tuple[str, ...]:
        """Who of a pair is here, those who came to it last at the end."""
        return tuple(key for key in self.groups[place] if key in self.here)

    def sizes(self) -> list[int]:
        """How many of each pair are here."""
        return [len(self.present(place)) for place in range(len(self.groups))]

    def place(self, key: str) -> int | None:
        """Where somebody sits."""
        return next((place for place, group in enumerate(self.groups) if key in group), None)

    def moved(self, key: str, to: int) -> "Sitting":
        """The same with one person in another pair."""
        groups = [tuple(k for k in group if k != key) for group in self.groups]
        groups[to] += (key,)
        return replace(self, groups=tuple(groups))

    def knows(self, key: str, place: int) -> bool:
        """Whether somebody in a pair was in this person's first pair too."""
        return any(self.homes.get(one) == self.homes.get(key, -1) for one in self.present(place))
