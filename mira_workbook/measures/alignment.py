"""How directly something serves the priority, as people rate it: M18."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from mira_workbook.measures.agreement import consensus
from mira_workbook.measures.bands import LEAST, SCALES, band

LOW, HIGH = 0, 3
"""The ends of the scale: 0 serves it not, 3 centrally."""

PARTLY, ALIGNED = SCALES["M18"].floors
"""Means from which something serves the priority in part, and clearly. Heuristics that a workbook may move."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What people's ratings of one thing say; mean and spread are `None` where too few could rate it.

    Attributes:
        mean: of the ratings 0 to 3, without "don't know yet".
        cns: how far they are one shared view (M08).
        dk: how many said "don't know yet".
        n: how many answered, those who do not know included.
    """

    mean: float | None
    cns: float | None
    dk: int
    n: int

    @property
    def dk_share(self) -> float | None:
        """Give the share of those who answered who do not know yet, 0 to 1; `None` where nobody answered."""
        return self.dk / self.n if self.n else None


def alignment(ratings: Sequence[int], dk: int = 0) -> Alignment:
    """Read the ratings of one thing (M18).

    Args:
        ratings: 0 to 3, without "don't know yet".
        dk: how many said "don't know yet".

    Formula: mean of the ratings; Cns of the same; dk share = dk / (ratings + dk).
    Least n: 3 ratings without "don't know yet".
    Units: 0 (not) to 3 (centrally); Cns 0 to 1.
    Raises: `ValueError` for a rating off the scale.
    """
    cns, mean = consensus(ratings, LOW, HIGH), mean_rating(ratings)
    return Alignment(mean, None if mean is None else cns, dk, len(ratings) + dk)


def mean_rating(ratings: Sequence[int]) -> float | None:
    """Give the mean of ratings without "don't know yet"; `None` below 3 of them."""
    return fsum(ratings) / len(ratings) if len(ratings) >= LEAST["M18"] else None


def place(mean: float | None, partly: float = PARTLY, aligned: float = ALIGNED) -> str:
    """Say where a mean lies: "not", "partly" or "aligned"; a mean on a floor belongs above it, "" without a mean.

    Raises: `ValueError` when the floors do not rise.
    """
    found = band(mean, SCALES["M18"].with_floors((partly, aligned)))
    return found.name if found else ""
