"""Shapes a picture is made of, in CSS pixels from the top left corner. Plain data: nothing here draws."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mira_workbook.tokens import Dash

Point: TypeAlias = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape is filled and edged.

    Attributes:
        fill: colour inside, "" for none.
        edge: colour of the edge or line, "" for none.
        weight: width of the edge in pixels.
        hatch: pattern over the fill, drawn in `hatch_color`: "/" or ".", as matplotlib spells it.
        dash: how a line is broken, as matplotlib spells it.
    """

    fill: str = ""
    edge: str = ""
    weight: float = 1.0
    hatch: str = ""
    hatch_color: str = ""
    dash: Dash = "-"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with round corners if `radius` says so."""

    x: float
    y: float
    w: float
    h: float
    paint: Paint
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle."""

    x: float
    y: float
    r: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Shape:
    """Straight lines from point to point; closed ones can be filled."""

    points: tuple[Point, ...]
    paint: Paint
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A bent line from `start` to `end`, drawn toward `bend`."""

    start: Point
    bend: Point
    end: Point
    paint: Paint


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words; `y` is where the letters stand."""

    x: float
    y: float
    words: str
    size: float
    color: str
    anchor: Anchor = "start"
    bold: bool = False


Drawn: TypeAlias = Box | Disc | Shape | Curve | Text


@dataclass(slots=True)
class Sheet:
    """A picture being put together. Later shapes lie over earlier ones."""

    width: float
    height: float = 0.0
    shapes: list[Drawn] = field(default_factory=list)

    def add(self, *shapes: Drawn) -> None:
        """Lay shapes on top; words that say nothing are no shape."""
        self.shapes.extend(shape for shape in shapes if not isinstance(shape, Text) or shape.words)
