"""One initiative: what the list says of it, what was found and decided, and what follows for money and minutes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from mira_workbook.measures.alignment import ALIGNED, Alignment, alignment, mean_rating
from mira_workbook.measures.bands import reaches
from mira_workbook.text import fold

FLEXIBLE = ("yes", "within_plan")
"""What a fund must allow for its freed money to count as flexible."""

STAYS = "stay"
"""The people stay, so that minutes that end can be used."""

_RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Initiative:
    """One row of the list with all that is known of it. Texts are "" and numbers of today 0 where nobody gave them.

    Attributes:
        usd: money a year today; `fte` full posts; `minutes` staff minutes a week, all staff together.
        flexible: whether the money may move: `yes`, `within_plan`, `no` or `ask`.
        ends: the money ends by the day the team looks at (`fund_end` is that day or before).
        ratings: how directly it serves the priority, 0 to 3, without those who do not know yet, who are `dk`.
        evidence: what is known of its effect, 0 to 3; the mean where several pairs rated it.
        decision: `grow`, `keep`, `reshape`, `release` or `need_info`.
        planned_usd, planned_fte, planned_min: the levels written for next year, `None` where none is.
        minutes_stay: `stay` or `go`, for minutes that end.
        merge_into: id of the initiative it becomes part of.
    """

    id: str
    name: str = ""
    purpose: str = ""
    kind: str = ""
    lead: str = ""
    served_n: float = 0
    served_who: str = ""
    fund: str = ""
    flexible: str = ""
    usd: float = 0
    fte: float = 0
    minutes: float = 0
    mandate: str = ""
    start_year: int | None = None
    fund_end: date | None = None
    ends: bool = False
    ratings: tuple[int, ...] = ()
    dk: int = 0
    evidence: float | None = None
    stage: str = ""
    trap: str = ""
    decision: str = ""
    reason: str = ""
    planned_usd: float | None = None
    planned_fte: float | None = None
    planned_min: float | None = None
    minutes_stay: str = ""
    merge_into: str = ""
    approval: str = ""

    @property
    def alignment(self) -> Alignment:
        """Read the ratings (M18)."""
        return alignment(self.ratings, self.dk)

    @property
    def mean(self) -> float | None:
        """Give the mean rating, 0 to 3; `None` below 3 ratings."""
        return mean_rating(self.ratings)

    @property
    def cns(self) -> float | None:
        """Tell how far the ratings are one shared view, 0 to 1; `None` below 3 ratings."""
        return self.alignment.cns

    @property
    def dk_share(self) -> float | None:
        """Give the share of those who answered who do not know yet; `None` where nobody answered."""
        return self.alignment.dk_share

    def is_aligned(self, floor: float = ALIGNED) -> bool:
        """Whether the mean rating is at the floor or above it."""
        mean = self.mean
        return mean is not None and reaches(mean, floor)

    @property
    def is_released(self) -> bool:
        """Whether the team proposes to let it go."""
        return self.decision == _RELEASE

    @property
    def after_usd(self) -> float:
        """Give the money a year after the decision: 0 for a release, as today where no level is planned."""
        return self._after(self.planned_usd, self.usd)

    @property
    def after_fte(self) -> float:
        """Give the full posts after the decision."""
        return self._after(self.planned_fte, self.fte)

    @property
    def after_min(self) -> float:
        """Give the staff minutes a week after the decision."""
        return self._after(self.planned_min, self.minutes)

    def _after(self, planned: float | None, now: float) -> float:
        if self.is_released:
            return 0
        return planned if self.decision and planned is not None else now

    @property
    def freed_usd(self) -> float:
        """Give the money a year that comes free: max(0, now - after)."""
        return max(0, self.usd - self.after_usd)

    @property
    def freed_fte(self) -> float:
        """Give the full posts that come free."""
        return max(0, self.fte - self.after_fte)

    @property
    def reduced_min(self) -> float:
        """Give the staff minutes a week that end."""
        return max(0, self.minutes - self.after_min)

    @property
    def usable_min(self) -> float:
        """Give those of them that can be used: only where the people stay."""
        return self.reduced_min if self.minutes_stay == STAYS else 0

    @property
    def need_min(self) -> float:
        """Give the staff minutes a week that are needed on top of today's."""
        return max(0, self.after_min - self.minutes)

    @property
    def need_usd(self) -> float:
        """Give the money a year to be found: all of the level after where the money ends, else what is on top."""
        return self.after_usd if self.ends else max(0, self.after_usd - self.usd)

    def flexible_usd(self, flexible: Collection[str] = FLEXIBLE) -> float:
        """Give the money that comes free and may move: its fund allows it, and it does not itself end by the day."""
        return self.freed_usd if self.flexible in flexible and not self.ends else 0


def overlaps(initiatives: Iterable[Initiative], floor: float) -> tuple[tuple[str, str], ...]:
    """List pairs of initiatives that may do the same: they serve the same people, for purposes in like words.

    Args:
        initiatives: in the order of the list.
        floor: Jaccard index from which two purposes are alike. A heuristic of our own.

    Formula: J = words in common / words in either, of the purposes; both serve the same people, compared folded.
    Shape: (id, id) in the order of the list; rows without whom they serve, or without a purpose, are in no pair.
    """
    told = [(one.id, fold(one.served_who), frozenset(fold(one.purpose).split())) for one in initiatives]
    known = [one for one in told if one[1] and one[2]]
    return tuple(
        (a, b)
        for (a, whom, mine), (b, others, theirs) in combinations(known, 2)
        if whom == others and reaches(len(mine & theirs) / len(mine | theirs), floor)
    )
