"""How strong causes are, where responses go, and where chains of whys end: M15, M16 and M17."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from mira_workbook.measures.agreement import consensus, pair_agreement
from mira_workbook.measures.bands import LEAST, reaches

LOW, HIGH = 0, 3
"""The ends of the three scales."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts in the score. Heuristics, always shown with it; together they are 1."""

    removes: float = 0.5
    evidence: float = 0.3
    influence: float = 0.2


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three ratings of a cause: 0 to 3 without "don't know yet", and how many do not know."""

    ratings: tuple[int, ...] = ()
    dk: int = 0

    @property
    def n(self) -> int:
        """Give how many answered, those who do not know included."""
        return len(self.ratings) + self.dk

    @property
    def mean(self) -> float | None:
        """Give the mean, 0 to 3; `None` below 3 ratings."""
        return fsum(self.ratings) / len(self.ratings) if len(self.ratings) >= LEAST["M15"] else None

    @property
    def cns(self) -> float | None:
        """Tell how far the ratings are one shared view (M08), 0 to 1; `None` below 3 ratings."""
        return consensus(self.ratings, LOW, HIGH) if len(self.ratings) >= LEAST["M15"] else None

    @property
    def dk_share(self) -> float | None:
        """Give the share of those who answered who do not know yet, 0 to 1; `None` where nobody answered."""
        return self.dk / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class CauseScore:
    """What the ratings of one cause say.

    `score` is 0 to 100, `None` where a part has fewer than 3 ratings; each part keeps its own mean, spread and dk.
    """

    score: float | None
    removes: Part
    evidence: Part
    influence: Part

    @property
    def dk(self) -> int:
        """Give how often "don't know yet" was said, over the three parts."""
        return self.removes.dk + self.evidence.dk + self.influence.dk

    @property
    def dk_share(self) -> float | None:
        """Give the share of "don't know yet" among all that was said, 0 to 1; `None` where nothing was."""
        said = self.removes.n + self.evidence.n + self.influence.n
        return self.dk / said if said else None

    @property
    def n(self) -> int:
        """Give how many people answered the part that most answered."""
        return max(self.removes.n, self.evidence.n, self.influence.n)


def cause_score(removes: Part, evidence: Part, influence: Part, weights: Weights = WEIGHTS) -> CauseScore:
    """Tell how strong a cause is (M15).

    Args:
        removes: if it were gone, would the main symptom shrink.
        evidence: what there is to show for it.
        influence: how much it is in our hands.
        weights: what each part counts.

    Formula: 100 (0.5 R / 3 + 0.3 E / 3 + 0.2 I / 3) with R, E and I the means without "don't know yet".
    Least n: 3 ratings of each part.
    Units: 0 to 100.
    Raises: `ValueError` for a rating off the scale of 0 to 3.
    Source: the weights are our own; a workbook may change them, and they stand beside the score.
    """
    for part in (removes, evidence, influence):
        consensus(part.ratings, LOW, HIGH)
    r, e, i = removes.mean, evidence.mean, influence.mean
    if r is None or e is None or i is None:
        return CauseScore(None, removes, evidence, influence)
    weighed = fsum((weights.removes * r, weights.evidence * e, weights.influence * i))
    return CauseScore(100 * weighed / HIGH, removes, evidence, influence)


def top(values: Mapping[str, float]) -> list[str]:
    """List what has the highest value, several where they are level; [] where there is nothing."""
    most = max(values.values(), default=0)
    return [item for item, value in values.items() if reaches(value, most)]


@dataclass(frozen=True, slots=True)
class Treated:
    """One response: what it treats (`symptom`, `cause`, `both`, `unsure`) and how much of something it takes."""

    treats: str
    amount: float


@dataclass(frozen=True, slots=True)
class Aspirin:
    """The share that eases the symptom, `None` where nothing is sorted, and the amount nobody is sure about."""

    share: float | None
    unsure: float


_EASES: Mapping[str, float] = {"symptom": 1, "both": 0.5, "cause": 0}


def aspirin_share(responses: Iterable[Treated]) -> Aspirin:
    """Tell how much of what is done eases the symptom (M16), by minutes or by money.

    Formula: (sum of amounts for symptom + half of those for both) / sum for symptom, both and cause. "Unsure" is in
        neither sum and told apart; what is not sorted at all is left out.
    Least n: 1 sorted response with an amount.
    Units: a share, 0 to 1; `unsure` in the unit of the amounts.
    """
    given = list(responses)
    whole = sum(one.amount for one in given if one.treats in _EASES)
    eases = sum(_EASES[one.treats] * one.amount for one in given if one.treats in _EASES)
    return Aspirin(eases / whole if whole else None, sum(one.amount for one in given if one.treats == "unsure"))


def chain_agreement(ends: Sequence[str]) -> float | None:
    """Give the chance that two pairs' chains end in the same category (M17).

    Args:
        ends: each pair's category of its last why.

    Formula: M02 on the categories.
    Least n: 2 pairs.
    Units: a share, 0 (all different) to 1 (all the same).
    """
    return pair_agreement(ends) if len(ends) >= LEAST["M17"] else None
