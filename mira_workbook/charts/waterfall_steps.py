"""Steps of a sum, side by side as columns or one under the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mira_workbook.charts.base import Look
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette, tint
from mira_workbook.tokens import Colours

Kind = Literal["whole", "part", "less", "more", "asked", "open"]

_TALL = {"phone": 200.0, "board": 250.0, "wall": 300.0}
_LINES = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, from where to where it leads, what it is, and its amount with plus or minus."""

    word: str
    start: float
    end: float
    kind: Kind
    value: str


def sheet(steps: Sequence[Step], look: Look) -> Sheet:
    """Put steps together; columns need room for every value."""
    column = (look.width - 2 * EDGE) / len(steps)
    fits = all(width(step.value, look.small, bold=True) < column - 4 for step in steps)
    return _columns(steps, column, look) if fits and not look.phone else _across(steps, look)


def _paint(step: Step, shades: Colours) -> Paint:
    """Wholes are grey, what eases has the colour of gains, what is needed that of costs; each has its pattern."""
    if step.start == step.end:
        return Paint(shades.edge)
    return {
        "whole": Paint(shades.edge),
        "part": Paint(tint(shades.gain, shades, 0.35), shades.gain, 1.5, "//", shades.gain),
        "less": Paint(shades.gain),
        "more": Paint(shades.cost, hatch="++", hatch_color=shades.card),
        "asked": Paint(shades.card, shades.gain, 2, dash="--"),
        "open": Paint(shades.cost, hatch="\\\\", hatch_color=shades.card),
    }[step.kind]


def _most(steps: Sequence[Step]) -> float:
    return max(1.0, *(max(step.start, step.end) for step in steps))


def _columns(steps: Sequence[Step], column: float, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    size, top = look.small, look.small * 1.7
    floor, unit, wide = top + _TALL[look.size], _TALL[look.size] / _most(steps), column * 0.66
    _levels(
        page, steps, [(EDGE + i * column + (column - wide) / 2, floor, unit, wide) for i in range(len(steps))], look
    )
    deepest = 0
    for i, step in enumerate(steps):
        middle = EDGE + (i + 0.5) * column
        high = floor - max(step.start, step.end) * unit
        tall = max(abs(step.end - step.start) * unit, 2.0)
        page.add(Box(middle - wide / 2, high, wide, tall, _paint(step, shades)))
        tag = width(step.value, size, bold=True) + 4
        page.add(Box(middle - tag / 2, high - size * 1.35, tag, size * 1.2, Paint(shades.card)))
        page.add(Text(middle, high - size * 0.4, step.value, size, shades.ink, "middle", bold=True))
        lines = wrap(step.word, size, column - size * 0.4, _LINES)
        deepest = max(deepest, len(lines))
        for j, line in enumerate(lines):
            page.add(Text(middle, floor + size * (1.3 + 1.2 * j), line, size, shades.ink_2, "middle"))
    page.add(Shape(((EDGE, floor), (look.width - EDGE, floor)), Paint(edge=shades.edge, weight=2)))
    page.height = floor + size * (0.6 + 1.2 * deepest) + EDGE
    return page


def _levels(
    page: Sheet, steps: Sequence[Step], places: Sequence[tuple[float, float, float, float]], look: Look
) -> None:
    """Draw the level that each step hands on to the next one; a part of a whole hands on the whole."""
    edge, level = palette(look).edge, 0.0
    for step, (x, floor, unit, wide), (after, *_) in zip(steps, places, places[1:], strict=False):
        level = level if step.kind == "part" else step.end
        y = floor - level * unit
        start = x if step.kind == "part" else x + wide
        page.add(Shape(((start, y), (after, y)), Paint(edge=edge, weight=1)))


def _across(steps: Sequence[Step], look: Look) -> Sheet:
    page, shades = new_sheet(look)
    size, unit, y = look.small, (look.width - 2 * EDGE) / _most(steps), 0.0
    for step in steps:
        spare = width(step.value, size, bold=True) + size
        page.add(Text(EDGE, y + size * 1.05, shorten(step.word, size, look.width - 2 * EDGE - spare), size, shades.ink))
        page.add(Text(look.width - EDGE, y + size * 1.05, step.value, size, shades.ink, "end", bold=True))
        left, wide = EDGE + min(step.start, step.end) * unit, max(abs(step.end - step.start) * unit, 2.0)
        left = min(left, look.width - EDGE - wide)
        page.add(Box(left, y + size * 1.4, wide, size * 0.9, _paint(step, shades)))
        y += size * 2.85
    page.height = y - size * 0.4
    return page
