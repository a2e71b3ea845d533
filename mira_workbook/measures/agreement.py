"""How alike people's picks and ratings are: M02, M03, M08, M10 and M11."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2

from mira_workbook.measures.bands import LEAST


def counts(picks: Iterable[str]) -> dict[str, int]:
    """Count how many people made each pick.

    Shape: pick to number of people, most picked first, equal ones by name.
    """
    return dict(sorted(Counter(picks).items(), key=lambda pair: (-pair[1], pair[0])))


def pair_agreement(picks: Sequence[str]) -> float | None:
    """Give the chance that two people chosen at random made the same pick (M02; on categories of pairs, M17).

    Formula: A = sum n_j (n_j - 1) / (n (n - 1)), n_j the number of people with pick j.
    Least n: 2.
    Units: a share, 0 (all different) to 1 (all the same).
    """
    n = len(picks)
    if n < LEAST["M02"]:
        return None
    return sum(same * (same - 1) for same in Counter(picks).values()) / (n * (n - 1))


def agreement_by_item(places: Iterable[Mapping[str, str]]) -> dict[str, float | None]:
    """Give M02 for each item over the places people gave it.

    Args:
        places: one mapping a person, item id to place (priority, focus, watch).

    Shape: item id to M02, in the order items are first met; `None` where fewer than 2 people placed it.
    """
    placed: dict[str, list[str]] = {}
    for person in places:
        for item, place in person.items():
            placed.setdefault(item, []).append(place)
    return {item: pair_agreement(given) for item, given in placed.items()}


def largest_share(picks: Sequence[str]) -> float | None:
    """Give the share of people behind the most frequent pick (M03).

    Formula: max n_j / n.
    Least n: 1.
    Units: a share, 1/n to 1.
    """
    if len(picks) < LEAST["M03"]:
        return None
    return max(Counter(picks).values()) / len(picks)


def consensus(ratings: Sequence[float], low: float, high: float) -> float | None:
    """Tell how far ratings on an ordered scale are one shared view (M08). "I don't know yet" is left out before.

    Formula: Cns = 1 + sum p_i log2(1 - abs(x_i - mean) / (high - low)), p_i the share of rating x_i.
    Least n: 2.
    Units: 0 (half at each end) to 1 (all the same).
    Raises: `ValueError` when a rating lies outside the scale or the scale has no width.
    Source: Tastle & Wierman 2007, the consensus measure.
    """
    if low >= high:
        raise ValueError(f"A scale needs a low end under its high end. Got {low} to {high}.")
    outside = [rating for rating in ratings if not low <= rating <= high]
    if outside:
        raise ValueError(f"Ratings must lie between {low} and {high}. Got {outside}.")
    return _consensus(Counter(ratings), high - low)


def consensus_of_counts(people: Sequence[int]) -> float | None:
    """Give M08 from the number of people at each point of an evenly spaced scale, lowest point first.

    Least n: 2 people.
    Units: 0 to 1.
    Raises: `ValueError` for fewer than 2 points or a count below 0.
    Source: Tastle & Wierman 2007; form checked against R `agrmt::consensus` and its published example.
    """
    width = len(people) - 1
    if width < 1 or min(people) < 0:
        raise ValueError(f"Counts need 2 or more points and no number below 0. Got {list(people)}.")
    return _consensus({float(point): number for point, number in enumerate(people)}, width)


def _consensus(people: Mapping[float, int], width: float) -> float | None:
    n = sum(people.values())
    if n < LEAST["M08"]:
        return None
    mean = fsum(rating * number for rating, number in people.items()) / n
    # An end that nobody chose would ask for the logarithm of 0 when all are at the other end.
    terms = (number / n * log2(1 - abs(rating - mean) / width) for rating, number in people.items() if number)
    return min(1.0, max(0.0, 1 + fsum(terms)))


def convergence(before: Sequence[str], after: Sequence[str]) -> float | None:
    """Tell how much closer picks came from one round to the next (M10).

    Formula: M02 of `after` - M02 of `before`.
    Least n: 2 in each round.
    Units: difference of two shares, -1 to 1; above 0 is closer.
    """
    return difference(pair_agreement(before), pair_agreement(after))


def difference(before: float | None, after: float | None) -> float | None:
    """Give after - before where both are there; with two M08 values it is M10 for ratings."""
    if before is None or after is None:
        return None
    return after - before


@dataclass(frozen=True, slots=True)
class Moved:
    """Who changed the pick between two rounds.

    `who` holds the members who moved, in the order of the first round; `both` counts members with a pick in each.
    """

    who: tuple[str, ...]
    both: int

    @property
    def share(self) -> float:
        """Give the share of those in both rounds who moved, 0 to 1."""
        return len(self.who) / self.both


def moved(before: Mapping[str, str], after: Mapping[str, str]) -> Moved | None:
    """Find the members whose pick changed, among those who answered both times (M11).

    Args:
        before: member key to pick, first round.
        after: member key to pick, second round.

    Formula: number whose pick changed / number in both rounds.
    Least n: 2 in both rounds.
    """
    both = [member for member in before if member in after]
    if len(both) < LEAST["M11"]:
        return None
    return Moved(tuple(member for member in both if before[member] != after[member]), len(both))
