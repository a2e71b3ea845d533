"""Bubbles on a plane: how near across, what is known upward."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Slot
from mira_workbook.charts.shapes import Box, Disc, Paint, Point, Shape, Sheet, Text
from mira_workbook.charts.style import palette, tint
from mira_workbook.charts.tags import Tag, place_tags
from mira_workbook.tokens import Colours

KNOWN = 2
"""From here on there are numbers, not stories only."""

_HIGH = 3
_TALL = {"phone": 330.0, "board": 420.0, "wall": 460.0}
_LARGEST = {"phone": 23.0, "board": 32.0, "wall": 42.0}
_LEAST = {"phone": 5.0, "board": 6.0, "wall": 8.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """One bubble: its number in the key, where it stands, what its area stands for, a ring if its money ends."""

    number: int
    name: str
    x: float
    y: float
    amount: float
    ends: bool
    decision: int | None


@dataclass(frozen=True, slots=True)
class Axes:
    """The plane: where zones across begin, the words upward, and its width in pixels."""

    floors: tuple[float, float]
    evidence: tuple[str, str, str, str]
    wide: float


def paint_of(decision: int | None, shades: Colours) -> Paint:
    """The look of a decision: grow, keep, reshape, release, need to know more; each by colour and by pattern."""
    looks = (
        Paint(shades.gain, shades.card, 1.5),
        Paint(tint(shades.gain, shades, 0.3), shades.gain, 2, "--", shades.gain),
        Paint(tint(shades.cost, shades, 0.3), shades.cost, 2, "//", shades.cost),
        Paint(shades.card, shades.ink_2, 2, dash="--"),
        Paint(tint(shades.series[2], shades, 0.3), shades.series[2], 2, "++", shades.series[2]),
    )
    return Paint(shades.sunk, shades.edge, 2) if decision is None else looks[decision]


def draw(page: Sheet, marks: Sequence[Mark], named: Collection[int], axes: Axes, look: Look) -> float:
    """Draw zones, bubbles and the numbers of those named; give the height it ends at."""
    size, edge = look.small, _LARGEST[look.size] + look.small * 0.4
    margin = size * (1.2 if look.phone or not any(axes.evidence) else 5.4)
    how = _how(axes, look)
    top = size * (0.6 + 1.2 * len(how)) if how else EDGE
    place = Slot(EDGE + margin, top, axes.wide - 2 * EDGE - margin, _TALL[look.size])
    inner = Slot(place.x + edge, place.y + edge, place.w - 2 * edge, place.h - 2 * edge)
    for i, line in enumerate(how):
        page.add(Text(EDGE, size * (1.05 + 1.2 * i), line, size, palette(look).ink_2))
    bottom = _ground(page, axes, place, inner, look)
    spots = _apart([_at(mark, inner) for mark in marks], place, size * 0.7)
    most = max(mark.amount for mark in marks)
    radii = [_LARGEST[look.size] * sqrt(mark.amount / most) if most else 0.0 for mark in marks]
    radii = [max(r, _LEAST[look.size]) for r in radii]
    for i in sorted(range(len(marks)), key=lambda i: -radii[i]):
        _bubble(page, marks[i], spots[i], radii[i], look)
    shown = [i for i, mark in enumerate(marks) if mark.number in named]
    _numbers(page, [(marks[i], spots[i], radii[i]) for i in shown], place, look)
    return bottom


def _how(axes: Axes, look: Look) -> list[str]:
    """What upward means, where its words do not stand beside the plot."""
    if not look.phone:
        return []
    named = any(axes.evidence)
    said = (
        say("chart_bubble_up", low=axes.evidence[0], high=axes.evidence[-1]) if named else say("chart_bubble_evidence")
    )
    return wrap(said, look.small, look.width - 2 * EDGE, 2)


def _at(mark: Mark, inner: Slot) -> Point:
    across, up = (min(max(value, 0.0), _HIGH) / _HIGH for value in (mark.x, mark.y))
    return inner.x + across * inner.w, inner.y + (1 - up) * inner.h


def _apart(spots: Sequence[Point], place: Slot, clear: float) -> list[Point]:
    """Move middles that lie on one another a little, in the order given, around where they belong."""
    placed: list[Point] = []
    for x, y in spots:
        turns = [(r * clear, a * pi / 6) for r in range(1, 12) for a in range(12)]
        ring = [(x, y), *((x + r * cos(a), y + r * sin(a)) for r, a in turns)]
        inside = (p for p in ring if _holds(place, p, clear))
        free = (p for p in inside if all(hypot(p[0] - q[0], p[1] - q[1]) >= clear * 0.9 for q in placed))
        placed.append(next(free, (x, y)))
    return placed


def _holds(place: Slot, point: Point, margin: float) -> bool:
    across, down = point[0] - place.x, point[1] - place.y
    return margin <= across <= place.w - margin and margin <= down <= place.h - margin


def _ground(page: Sheet, axes: Axes, place: Slot, inner: Slot, look: Look) -> float:
    """Draw zones with their words, and lines with the words of what is known."""
    shades, size = palette(look), look.small
    floor = place.y + place.h
    starts = [inner.x + min(max(value, 0.0), _HIGH) / _HIGH * inner.w for value in axes.floors]
    edges = [place.x, *starts, place.x + place.w]
    words = say("chart_strip_zones").split("|")
    for word, fill, left, right in zip(words, ("", shades.sunk, shades.accent_soft), edges, edges[1:], strict=False):
        page.add(Box(left, place.y, right - left, place.h, Paint(fill)))
        said = shorten(word, size, right - left - 2) if right - left > 2 * size else ""
        page.add(Text((left + right) / 2, floor + size * 1.15, said, size, shades.ink, "middle"))
    for level, word in enumerate(axes.evidence):
        y = inner.y + (1 - level / _HIGH) * inner.h
        page.add(Shape(((place.x, y), (place.x + place.w, y)), Paint(edge=shades.edge, weight=0.8, dash=":")))
        lines = [str(level)] if look.phone or not word else wrap(word, size, place.x - EDGE - size * 0.5, 3)
        for i, line in enumerate(lines):
            base = y + size * (0.36 + 1.1 * (i - (len(lines) - 1) / 2))
            page.add(Text(place.x - size * 0.5, base, line, size, shades.ink_2, "end"))
    page.add(Box(place.x, place.y, place.w, place.h, Paint("", shades.edge, 1)))
    return floor + size * 1.6


def _bubble(page: Sheet, mark: Mark, at: Point, r: float, look: Look) -> None:
    shades = palette(look)
    page.add(Disc(*at, r, paint_of(mark.decision, shades)))
    if mark.ends:
        page.add(Disc(*at, r + look.small * 0.28, Paint(edge=shades.ink, weight=look.small * 0.14)))


def _numbers(page: Sheet, shown: Sequence[tuple[Mark, Point, float]], place: Slot, look: Look) -> None:
    shades, size = palette(look), look.small
    tall = size * 1.12
    tags = [
        Tag(at, r + (size * 0.3 if mark.ends else 0), width(str(mark.number), size, bold=True) + size * 0.3, tall)
        for mark, at, r in shown
    ]
    spots = place_tags(tags, place)
    for tag, (x, y) in zip(tags, spots, strict=True):
        if hypot(x - tag.at[0], y - tag.at[1]) > min(tag.r + size, size * 1.6):
            page.add(Shape((tag.at, (x, y)), Paint(edge=shades.ink, weight=1.2)))
            page.add(Disc(*tag.at, size * 0.14, Paint(shades.ink)))
    for tag, (mark, *_), (x, y) in zip(tags, shown, spots, strict=True):
        page.add(Box(x - tag.w / 2, y - tag.h / 2, tag.w, tag.h, Paint(shades.card), 3))
        page.add(Text(x, y + size * 0.36, str(mark.number), size, shades.ink, "middle", bold=True))
