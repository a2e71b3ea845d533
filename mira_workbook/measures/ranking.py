"""What a team's orders say together: M04, M05, M06, M07 and the leader they point to.

A ranking is a list of item ids, best first, and holds every item once.
`items` is the pinned list the rankings are about; results keep its order.
Every function raises `ValueError` when a ranking leaves out, repeats or adds an item.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

from mira_workbook.measures.bands import LEAST

Rankings: TypeAlias = Sequence[Sequence[str]]
HeadToHead: TypeAlias = Mapping[str, Mapping[str, int]]

CLEAR_LEAD = 0.10
"""A lead (M07) from which a winner of all pairs is called clear. A heuristic, to be shown with the result."""

_LEAST_ITEMS = 3
_LEAST_TO_LEAD = 2


def rank_numbers(rankings: Rankings, items: Sequence[str]) -> list[list[int]]:
    """Spell rankings as numbers, 1 for the best.

    Shape: one row a rater, one column an item in the order of `items`.
    """
    rows = []
    wanted, are_different = sorted(items), len(set(items)) == len(items)
    for ranking in rankings:
        if not are_different or sorted(ranking) != wanted:
            raise ValueError(f"A ranking must hold each of {list(items)} once. Got {list(ranking)}.")
        place = {item: number for number, item in enumerate(ranking, start=1)}
        rows.append([place[item] for item in items])
    return rows


def mid_ranks(row: Sequence[float]) -> list[float]:
    """Give each entry its rank, 1 for the smallest; equal entries share the mean of the places they fill."""
    ordered = sorted(row)
    return [(bisect_left(ordered, mine) + bisect_right(ordered, mine) + 1) / 2 for mine in row]


def kendall_w(rankings: Rankings, items: Sequence[str]) -> float | None:
    """Tell how alike complete orders are (M04). Formula, least n, units and source: see `kendall_w_of_ranks`."""
    return kendall_w_of_ranks(rank_numbers(rankings, items))


def kendall_w_of_ranks(rows: Sequence[Sequence[float]]) -> float | None:
    """Tell how alike orders with ties are: Kendall's coefficient of concordance W, corrected for ties (M04).

    Args:
        rows: one row a rater, one rank number an item, lower is better; equal numbers are ties.

    Formula: W = 12 S / (m^2 (k^3 - k) - m sum T), S = sum (R_i - mean R)^2 over the items' rank sums,
        T = sum (t^3 - t) over each rater's groups of t tied items.
    Least n: 3 raters and 3 items; `None` also when every rater ties all items, where W has no value.
    Units: 0 (no common order) to 1 (all the same).
    Raises: `ValueError` when rows differ in length.
    Source: the tie-corrected form of R `irr::kendall`.
    """
    m, k = len(rows), len(rows[0]) if rows else 0
    if any(len(row) != k for row in rows):
        raise ValueError(f"Every row needs a rank for each item. Got rows of {sorted({len(row) for row in rows})}.")
    if m < LEAST["M04"] or k < _LEAST_ITEMS:
        return None
    sums = [sum(column) for column in zip(*map(mid_ranks, rows), strict=True)]
    spread = sum((total - m * (k + 1) / 2) ** 2 for total in sums)
    ties = sum(t**3 - t for row in rows for t in Counter(row).values())
    most = m**2 * (k**3 - k) - m * ties
    return 12 * spread / most if most else None


def points(rankings: Rankings, items: Sequence[str]) -> dict[str, int] | None:
    """Give each item its points (M05, Borda count): one for every item placed under it, by every rater.

    Formula: B_i = sum over raters of (k - rank_i). All points add up to m k (k - 1) / 2.
    Least n: 3 raters.
    Units: points, 0 to m (k - 1).
    """
    rows = rank_numbers(rankings, items)
    if len(rows) < LEAST["M05"]:
        return None
    whole = len(rows) * len(items)
    return {item: whole - sum(column) for item, column in zip(items, zip(*rows, strict=True), strict=True)}


def head_to_head(rankings: Rankings, items: Sequence[str]) -> dict[str, dict[str, int]] | None:
    """Count for each two items how many raters place the first above the second (M06).

    Formula: P_ij = number of raters with i above j; P_ij + P_ji = m.
    Shape: item to other item to number of raters; no entry of an item with itself.
    Least n: 3 raters.
    Units: people.
    """
    if len(rank_numbers(rankings, items)) < LEAST["M06"]:
        return None
    above = Counter(pair for ranking in rankings for pair in combinations(ranking, 2))
    return {a: {b: above[a, b] for b in items if b != a} for a in items}


def winner_of_all_pairs(rankings: Rankings, items: Sequence[str]) -> str | None:
    """Find the item that more than half of the raters place above each other item (M06, Condorcet winner).

    Formula: i wins when P_ij > m / 2 for all j.
    Least n: 3 raters and 2 items; `None` also when no item beats all others.
    """
    table = head_to_head(rankings, items)
    if table is None or len(items) < _LEAST_TO_LEAD:
        return None
    return next((item for item in items if _beats(item, items, table)), None)


def _beats(item: str, others: Sequence[str], table: HeadToHead) -> bool:
    """Tell whether more raters than not place `item` above each of `others`."""
    return all(table[item][other] > table[other][item] for other in others if other != item)


def lead(rankings: Rankings, items: Sequence[str]) -> float | None:
    """Tell how far the item with most points is ahead of the next (M07).

    Formula: (B_1 - B_2) / (m (k - 1)), B_1 and B_2 the two highest points.
    Least n: 3 raters and 2 items.
    Units: share of the most points an item can have, 0 (a tie) to 1.
    """
    totals = points(rankings, items)
    if totals is None or len(items) < _LEAST_TO_LEAD:
        return None
    first, second, *_ = sorted(totals.values(), reverse=True)
    return (first - second) / (len(rankings) * (len(items) - 1))


def first_picks(rankings: Rankings, items: Sequence[str]) -> dict[str, int]:
    """Count how many raters place each item first."""
    return _placed(rankings, items, 1)


def last_picks(rankings: Rankings, items: Sequence[str]) -> dict[str, int]:
    """Count how many raters place each item last."""
    return _placed(rankings, items, len(items))


def _placed(rankings: Rankings, items: Sequence[str], place: int) -> dict[str, int]:
    rows = rank_numbers(rankings, items)
    return {item: sum(row[column] == place for row in rows) for column, item in enumerate(items)}


def mean_ranks(rankings: Rankings, items: Sequence[str]) -> dict[str, float] | None:
    """Give each item's mean place, 1 for the best; `None` without a rater."""
    rows = rank_numbers(rankings, items)
    if not rows:
        return None
    return {item: sum(row[column] for row in rows) / len(rows) for column, item in enumerate(items)}


class SettledBy(StrEnum):
    """What made the leader the leader, in the order the rules are tried; never chance."""

    POINTS = "points"
    HEAD_TO_HEAD = "head to head"
    FIRST_PICKS = "more first picks"
    LAST_PICKS = "fewer last picks"
    TEAM = "team decides"


class Strength(StrEnum):
    """How plainly the orders point to the leader."""

    CLEAR = "clear"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Where the orders point; the team decides.

    `leader` is `None` when a tie is left for the team. `tied` holds the items that share the most points, in list
    order, and is empty when one item has them alone. `points` and `lead` belong to the top of the list.
    """

    leader: str | None
    tied: tuple[str, ...]
    settled_by: SettledBy
    points: int
    lead: float
    beats_all: bool
    strength: Strength


def recommend(rankings: Rankings, items: Sequence[str], clear_lead: float = CLEAR_LEAD) -> Recommendation | None:
    """Name the item the orders point to, and how plainly.

    The leader has the most points. A tie goes to the item that beats the others in it head to head, then to more
    first picks, then to fewer last picks, then to the team. The leader is clear when it also wins all pairs and leads
    by `clear_lead` or more, else close.

    Least n: 3 raters and 2 items.
    """
    totals, ahead = points(rankings, items), lead(rankings, items)
    if totals is None or ahead is None:
        return None
    most = max(totals.values())
    top = tuple(item for item in items if totals[item] == most)
    leader, settled_by = _break_tie(top, rankings, items)
    beats_all = leader is not None and winner_of_all_pairs(rankings, items) == leader
    return Recommendation(
        leader=leader,
        tied=top if len(top) > 1 else (),
        settled_by=settled_by,
        points=most,
        lead=ahead,
        beats_all=beats_all,
        strength=Strength.CLEAR if beats_all and ahead >= clear_lead else Strength.CLOSE,
    )


def _break_tie(top: Sequence[str], rankings: Rankings, items: Sequence[str]) -> tuple[str | None, SettledBy]:
    """Settle which of the items with most points leads; each rule keeps those who are best by it."""
    first, last = first_picks(rankings, items), last_picks(rankings, items)
    if len(top) == 1:
        return top[0], SettledBy.POINTS
    table = head_to_head(rankings, items) or {}
    left = list(top)
    rules: tuple[tuple[Callable[[str], int], SettledBy], ...] = (
        (lambda item: _beats(item, top, table), SettledBy.HEAD_TO_HEAD),
        (lambda item: first[item], SettledBy.FIRST_PICKS),
        (lambda item: -last[item], SettledBy.LAST_PICKS),
    )
    for worth, settled_by in rules:
        most = max(map(worth, left))
        left = [item for item in left if worth(item) == most]
        if len(left) == 1:
            return left[0], settled_by
    return None, SettledBy.TEAM
