"""The colours, shapes and settings of pictures, from the product's tokens."""

from math import cos, pi, sin
from typing import Any

from mira_workbook.charts.base import Look
from mira_workbook.charts.shapes import Disc, Drawn, Paint, Point, Shape
from mira_workbook.tokens import FONTS, SIGNS, THEMES, Colours, Dash

FONT_STACK = ", ".join(f'"{name}"' if " " in name else name for name in FONTS)
"""The page's fonts as SVG and CSS spell them."""

TIER_HATCHES = ("", "//", ".")
"""Of first, focus, watch. One dot where the tokens say two: half as many circles, a quarter of the bytes."""


def palette(look: Look) -> Colours:
    """Pick the theme's colours; the wall is always light."""
    return THEMES["light" if look.size == "wall" else look.theme]


def shade_of(color: int, shades: Colours) -> str:
    """The colour of a candidate: 1 to 7 of the series, `edge` for those that are told apart by their label."""
    return shades.series[color - 1] if 1 <= color <= len(shades.series) else shades.edge


def tint(color: str, shades: Colours, part: float = 0.16) -> str:
    """Mix a little of a colour into the card's, for grounds that words stand on."""
    return "#" + "".join(
        f"{round(int(color[i : i + 2], 16) * part + int(shades.card[i : i + 2], 16) * (1 - part)):02X}"
        for i in (1, 3, 5)
    )


def stroke(color: int, look: Look, shades: Colours) -> Paint:
    """A candidate's line: colour, and the way it is broken for those who do not see the colour."""
    sign = SIGNS[color - 1] if 1 <= color <= len(SIGNS) else None
    line: Dash = sign.line if sign else "-"
    return Paint(edge=shade_of(color, shades), weight=(sign.width if sign else 2.0) * look.font / 16, dash=line)


def style(look: Look) -> dict[str, Any]:
    """The settings of matplotlib under which a picture is drawn."""
    return {
        "svg.fonttype": "path" if look.paths else "none",
        "svg.hashsalt": "mira",
        "font.family": ["DejaVu Sans"],  # its name is replaced by the page's own fonts
        "font.size": look.font,
        "hatch.linewidth": 1.2,
        "path.simplify": False,
        "savefig.facecolor": "none",
        "savefig.edgecolor": "none",
    }


def mark(x: float, y: float, r: float, color: int, shades: Colours) -> tuple[Drawn, ...]:
    """The sign of a candidate: its colour and, for those who do not see it, its shape.

    Colours 8 and 9 are hollow; 0 is no candidate and has no sign.
    """
    fill = Paint(fill=shade_of(color, shades), edge=shades.card, weight=1.5)
    hollow = Paint(fill=shades.card, edge=shades.ink_2, weight=2)
    match color:
        case 0:
            return ()
        case 1:
            return (Disc(x, y, r, fill),)
        case 6 | 7:
            turn = 0 if color == 6 else pi / 4  # noqa: PLR2004 - plus and cross
            return (Shape(_cross(x, y, r * 1.12, turn), fill, closed=True),)
        case 8:
            return (Disc(x, y, r - 1, hollow),)
        case 9:
            return (Shape(_corners((x, y), r, 4, pi / 4), hollow, closed=True),)
        case _:
            corners, size, turn = {2: (4, 1.2, pi / 4), 3: (3, 1.3, -pi / 2), 4: (4, 1.2, 0), 5: (3, 1.3, pi / 2)}.get(
                color, (5, 1.2, -pi / 2)
            )
            return (Shape(_corners((x, y), r * size, corners, turn), fill, closed=True),)


def _corners(middle: Point, r: float, n: int, turn: float) -> tuple[Point, ...]:
    x, y = middle
    return tuple((x + r * cos(turn + 2 * pi * i / n), y + r * sin(turn + 2 * pi * i / n)) for i in range(n))


def _cross(x: float, y: float, r: float, turn: float) -> tuple[Point, ...]:
    a = r * 0.36
    plus = (
        *((-a, -r), (a, -r), (a, -a), (r, -a), (r, a), (a, a)),
        *((a, r), (-a, r), (-a, a), (-r, a), (-r, -a), (-a, -a)),
    )
    return tuple((x + px * cos(turn) - py * sin(turn), y + px * sin(turn) + py * cos(turn)) for px, py in plus)
