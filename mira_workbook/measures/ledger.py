"""Money, staff and minutes of initiatives, now and after what was decided: M19, M20 and M21."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from mira_workbook.measures.alignment import ALIGNED, HIGH
from mira_workbook.measures.initiatives import FLEXIBLE, Initiative

Rows = Sequence[Initiative]


@dataclass(frozen=True, slots=True)
class Shares:
    """A share of the money, of the full posts and of the minutes, 0 to 1; `None` where there are none at all."""

    usd: float | None
    fte: float | None
    min: float | None


def aligned_share(rows: Rows, floor: float = ALIGNED, *, after: bool = False, weighted: bool = False) -> Shares:
    """Tell what share of money, staff and minutes serves the priority (M19).

    Args:
        rows: the initiatives.
        floor: mean rating from which one serves it.
        after: with the levels decided on instead of today's.
        weighted: count each amount by its mean rating instead of wholly or not.

    Formula: sum of amounts with mean >= floor / sum of amounts; weighted: sum of amount (mean / 3) / sum of amounts.
        What too few could rate counts in the sum below the line only.
    Least n: 1 initiative with an amount and a mean rating.
    Units: shares, 0 to 1.
    """
    if not any(one.mean is not None for one in rows):
        return Shares(None, None, None)

    def share(now: Callable[[Initiative], float], then: Callable[[Initiative], float]) -> float | None:
        amounts = [(then if after else now)(one) for one in rows]
        counts = [(one.mean or 0) / HIGH if weighted else float(one.is_aligned(floor)) for one in rows]
        whole = fsum(amounts)
        part = fsum(amount * count for amount, count in zip(amounts, counts, strict=True))
        return min(1.0, part / whole) if whole else None

    return Shares(
        share(lambda one: one.usd, lambda one: one.after_usd),
        share(lambda one: one.fte, lambda one: one.after_fte),
        share(lambda one: one.minutes, lambda one: one.after_min),
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """Money that ends by a day, today's amounts: all of it, and what of it serves the priority.

    `share` is of all money, `aligned_share` of the money that serves the priority (`aligned_total`); what serves it is
    `None` where nothing has enough ratings.
    """

    total: float
    share: float | None
    aligned: float | None
    aligned_total: float | None
    aligned_share: float | None


def ending(rows: Rows, floor: float = ALIGNED) -> Ending | None:
    """Add up the money that ends by the day (M20).

    Formula: sum of money whose fund ends by the day; its share of all money; the same among what serves the priority.
    Least n: 1 initiative.
    Units: money a year; shares 0 to 1, `None` where there is nothing to share.
    """
    if not rows:
        return None
    money = sum(one.usd for one in rows)
    total = sum(one.usd for one in rows if one.ends)
    share = total / money if money else None
    if not any(one.mean is not None for one in rows):
        return Ending(total, share, None, None, None)
    serving = [one for one in rows if one.is_aligned(floor)]
    aligned, aligned_total = sum(one.usd for one in serving if one.ends), sum(one.usd for one in serving)
    return Ending(total, share, aligned, aligned_total, aligned / aligned_total if aligned_total else None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Money a year that comes free, that may move, and that is needed; `gap` below 0 is money left over."""

    freed: float
    flexible: float
    need: float
    freed_fte: float

    @property
    def gap(self) -> float:
        """Give what is needed and not covered by money that may move."""
        return self.need - self.flexible


def ledger(rows: Rows, flexible: Collection[str] = FLEXIBLE) -> Ledger:
    """Set what comes free against what is needed (M21).

    Formula: freed = sum max(0, now - after); flexible = the same where the fund may move and does not itself end by
        the day; need = sum of the level after where the money ends by the day, else max(0, after - now);
        gap = need - flexible.
    Units: money a year; full posts.
    """
    return Ledger(
        freed=sum(one.freed_usd for one in rows),
        flexible=sum(one.flexible_usd(flexible) for one in rows),
        need=sum(one.need_usd for one in rows),
        freed_fte=fsum(one.freed_fte for one in rows),
    )


@dataclass(frozen=True, slots=True)
class Minutes:
    """Staff minutes a week that end, that can be used here, and that are needed."""

    reduced: float
    usable: float
    needed: float


def minutes(rows: Rows) -> Minutes:
    """Add up staff minutes that end and that are needed (M21).

    Formula: reduced = sum max(0, now - after); usable = the same where the people stay; needed = sum max(0, after -
        now).
    Units: minutes a week, all staff together.
    """
    return Minutes(
        sum(one.reduced_min for one in rows),
        sum(one.usable_min for one in rows),
        sum(one.need_min for one in rows),
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over initiatives: money a year, full posts, staff minutes a week; `n` initiatives that go on."""

    usd: float
    fte: float
    staff_min_week: float
    n: int


def totals(rows: Rows, *, after: bool = False) -> Totals:
    """Add up all initiatives, today or with the levels decided on (M21). After, those released are not counted."""
    if after:
        return Totals(
            sum(one.after_usd for one in rows),
            fsum(one.after_fte for one in rows),
            sum(one.after_min for one in rows),
            sum(not one.is_released for one in rows),
        )
    return Totals(
        sum(one.usd for one in rows), fsum(one.fte for one in rows), sum(one.minutes for one in rows), len(rows)
    )


def by_fund(rows: Rows) -> dict[str, float]:
    """Add up today's money a year by fund (M21).

    Shape: fund to money, in the order funds are first met; rows whose fund is not known yet are left out.
    """
    found: dict[str, float] = {}
    for one in rows:
        if one.fund:
            found[one.fund] = found.get(one.fund, 0) + one.usd
    return found


def decisions(rows: Rows, kinds: Sequence[str]) -> dict[str, int]:
    """Count the initiatives of each decision (M21), zeros included, in the order of `kinds`."""
    return {kind: sum(one.decision == kind for one in rows) for kind in kinds}


@dataclass(frozen=True, slots=True)
class Cover:
    """Money a year that the team has found for what needs it, and what is still open."""

    covered: float
    gap: float


def cover(rows: Rows, found: Mapping[str, float]) -> Cover:
    """Set what the team has found for each initiative against what each needs (M21).

    Args:
        rows: the initiatives.
        found: id of an initiative to the money a year found for it.

    Formula: covered = sum found; gap = sum max(0, need - found), row by row: money found for one covers no other.
    Units: money a year.
    """
    return Cover(
        covered=sum(found.get(one.id, 0) for one in rows),
        gap=sum(max(0, one.need_usd - found.get(one.id, 0)) for one in rows),
    )
