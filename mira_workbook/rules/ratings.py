"""Ratings of items as they stand: the latest of each person, row by row."""

from mira_workbook.records import Snapshot
from mira_workbook.rules.reading import cells

Ratings = dict[str, dict[str, int | None]]
"""Item to author to rating; None for “don't know yet”."""


def latest_ratings(snapshot: Snapshot, name: str) -> Ratings:
    """Ratings of `step.field.column`. A second round may ask about some rows only: there its answer stands.

    Late answers are left out.
    """
    found: Ratings = {}
    for round_ in (1, 2):
        for author, item, value in cells(snapshot, name, round_):
            found.setdefault(item, {})[author] = value if isinstance(value, int) else None
    return found


def known(ratings: dict[str, int | None]) -> list[int]:
    """The ratings of one item, without those who do not know yet."""
    return [value for value in ratings.values() if value is not None]


def unknown_share(ratings: dict[str, int | None]) -> float:
    """How many of an item's raters do not know yet, 0 to 1."""
    return 1 - len(known(ratings)) / len(ratings) if ratings else 0.0
