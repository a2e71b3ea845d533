"""Funds and what they pay for, as areas and bars show them."""

from dataclasses import dataclass

from mira_workbook.charts.shapes import Paint
from mira_workbook.tokens import Colours

HATCHES = ("", "//", "\\\\", "--", "xx", "||", "++")
"""Told apart without colour; lines only, since hatches of dots make a picture large."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one initiative takes; `value` says the amount."""

    name: str
    amount: float
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """A fund and what it pays for, most first; `value` says its total and its share of all."""

    name: str
    shares: tuple[Share, ...]
    value: str

    @property
    def total(self) -> float:
        """All it pays."""
        return sum(share.amount for share in self.shares)


def sign(place: int, shades: Colours) -> Paint:
    """The colour and pattern of the fund at a place, from 0; those after the seventh are plain."""
    if place >= len(HATCHES):
        return Paint(shades.edge)
    return Paint(shades.series[place], hatch=HATCHES[place], hatch_color=shades.card)
