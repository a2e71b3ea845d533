"""What every picture is made of: where it is looked at, and what it says in words."""

from dataclasses import dataclass
from typing import Literal

from mira_workbook.tokens import CHART_POINTS, Theme

Size = Literal["phone", "board", "wall"]


@dataclass(frozen=True, slots=True)
class Look:
    """Where a picture is looked at.

    Attributes:
        size: a phone's column, a board's middle, or the projected wall.
        theme: the page's theme; the wall is always light.
        paths: letters as outlines, for files and print; else live text in the page's font.
    """

    size: Size = "phone"
    theme: Theme = "light"
    paths: bool = False

    @property
    def width(self) -> float:
        """Width of the picture in CSS pixels."""
        return {"phone": 358.0, "board": 760.0, "wall": 1160.0}[self.size]

    @property
    def font(self) -> float:
        """Height of labels in CSS pixels."""
        return CHART_POINTS[self.size] * 4 / 3

    @property
    def small(self) -> float:
        """Height of second words in CSS pixels: the least the size allows to be read."""
        return {"phone": 15.0, "board": 16.0, "wall": 24.0}[self.size]

    @property
    def phone(self) -> bool:
        """Whether labels stand above their marks instead of beside them."""
        return self.size == "phone"


@dataclass(frozen=True, slots=True)
class Named:
    """Something a picture shows under its own name.

    Attributes:
        label: its full name; pictures shorten it, tables never do.
        color: 1 to 9, its colour and shape through the whole session; 0 for none.
    """

    label: str
    color: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A picture for those who do not see it, or not yet: a sentence with the peak, and the same as a table."""

    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
