"""Counts by role group, shown only where no group that is left out could be worked out."""

from collections.abc import Mapping
from typing import TypeVar

GROUP_FLOOR = 3
"""People a group needs before its own numbers are shown, and people left out together."""
HIDDEN_FLOOR = 2
"""Groups that must be left out together: one alone would follow from the whole."""

Count = TypeVar("Count", int, Mapping[str, int])


def breakdown(counts_by_group: Mapping[str, Count]) -> dict[str, Count] | None:
    """The groups that may be shown, None where none may.

    Args:
        counts_by_group: group to its people, or to how many of them gave each answer.

    A group of three or more is shown; but where groups are left out, they must be two or more and hold three people
    together, else what is left out would follow by taking what is shown from the whole.
    """
    sizes = {group: _size(count) for group, count in counts_by_group.items()}
    small = {group: size for group, size in sizes.items() if 0 < size < GROUP_FLOOR}
    if small and (len(small) < HIDDEN_FLOOR or sum(small.values()) < GROUP_FLOOR):
        return None
    return {group: count for group, count in counts_by_group.items() if sizes[group] >= GROUP_FLOOR} or None


def _size(count: int | Mapping[str, int]) -> int:
    return sum(count.values()) if isinstance(count, Mapping) else count
