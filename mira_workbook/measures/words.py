"""Numbers as people say them. Values are rounded here, and only here; halves go up, away from 0."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_TIMES = (
    *((1 / n, f"about 1 time in {n}") for n in range(20, 2, -1)),
    (2 / 5, "about 2 times in 5"),
    (1 / 2, "about half of the time"),
    (3 / 5, "about 3 times in 5"),
    (2 / 3, "about 2 times in 3"),
    (3 / 4, "about 3 times in 4"),
    (4 / 5, "about 4 times in 5"),
    (9 / 10, "about 9 times in 10"),
)
_PARTS = (
    (1 / 10, "about a tenth"),
    (1 / 5, "about a fifth"),
    (1 / 4, "about a quarter"),
    (1 / 3, "about a third"),
    (1 / 2, "about half"),
    (2 / 3, "about two thirds"),
    (3 / 4, "about three quarters"),
    (9 / 10, "about nine tenths"),
)
_HARDLY, _NEARLY = 0.05, 0.95
_MINUS = "\u2212"


def chance(share: float) -> str:
    """Say a share of occasions, such as "about 1 time in 7".

    Raises: `ValueError` for a share outside 0 to 1.
    """
    ends = ("never", "less than 1 time in 20", "almost every time", "every time")
    return _said(share, _TIMES, ends)


def pick_any_two(agreement: float) -> str:
    """Say first-pick agreement (M02) as a sentence."""
    if agreement == 0:
        return "No two of us chose the same."
    if agreement == 1:
        return "All of us chose the same."
    return f"Pick any two of us: {chance(agreement)} they chose the same."


def of_the_way(share: float) -> str:
    """Say a share of a way, such as "about half of the way".

    Raises: `ValueError` for a share outside 0 to 1.
    """
    return f"{_said(share, _PARTS, ('none', 'almost none', 'almost all', 'all'))} of the way"


def _said(share: float, steps: Sequence[tuple[float, str]], ends: tuple[str, str, str, str]) -> str:
    none, hardly, nearly, whole = ends
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1. Got {share}.")
    if share in (0, 1):
        return whole if share else none
    if share < _HARDLY:
        return hardly
    if share > _NEARLY:
        return nearly
    return min(steps, key=lambda step: abs(step[0] - share))[1]


def percent(share: float) -> str:
    """Write a share as whole percent: .143 is "14%"."""
    return f"{_fixed(share * 100, 0)}%"


def part(share: float | None) -> str:
    """Write a share as whole percent, and one that is not there as "an unknown share"."""
    return "an unknown share" if share is None else percent(share)


def posts(fte: float) -> str:
    """Write full posts with at most two decimals: 5.9, 0.85, 2."""
    return _fixed(fte, 2).rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """Write a value without decimals: 88.3 is "88"."""
    return _fixed(value, 0)


def money(amount: float, currency: str = "USD") -> str:
    """Write money in whole units: 48660 is "$48,660"; other currencies stand behind it, "48,660 EUR"."""
    text = whole(amount)
    if currency != "USD":
        return f"{text} {currency}"
    return f"{_MINUS}${text.removeprefix(_MINUS)}" if text.startswith(_MINUS) else f"${text}"


def one_place(mean: float) -> str:
    """Write a mean with one decimal: 4.125 is "4.1"."""
    return _fixed(mean, 1)


def two_places(value: float) -> str:
    """Write W, a consensus or an agreement with two decimals and no leading zero: .619 is ".62", 1 is "1.00"."""
    return _fixed(value, 2).replace("0.", ".", 1) if abs(value) < 1 else _fixed(value, 2)


def change(value: float) -> str:
    """Write a difference of two such values with its sign: .214 is "+.21"; nothing changed is ".00"."""
    text = two_places(value)
    return text if text == ".00" or text.startswith(_MINUS) else f"+{text}"


def number(value: float) -> str:
    """Write a count or an amount with thousands marked and at most one decimal: 1155 is "1,155"."""
    return _fixed(value, 1).removesuffix(".0")


def counted(value: float, one: str, many: str) -> str:
    """Write a number with its noun: "1 minute", "1,155 minutes"."""
    text = number(value)
    return f"{text} {one if text == '1' else many}"


def _fixed(value: float, places: int) -> str:
    # Twelve digits first: sums of shares carry noise behind them that would tip a half down.
    rounded = Decimal(f"{value:.12g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    return f"{_MINUS}{text}" if rounded < 0 else text
