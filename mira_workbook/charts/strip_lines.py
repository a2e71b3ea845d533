"""The lines of the picture of alignment: a label, a circle a rating, the mean, and who does not know yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE
from mira_workbook.charts.shapes import Box, Disc, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import one_place

_HIGH = 3


@dataclass(frozen=True, slots=True)
class StripRow:
    """One initiative: people at each rating, 0 first; the mean, None without ratings; and who does not know yet."""

    name: Named
    counts: tuple[int, int, int, int]
    mean: float | None = None
    unknown: int = 0

    def mean_said(self) -> str:
        """The mean with one decimal, a dash without one."""
        return say("chart_unknown") if self.mean is None else one_place(self.mean)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where labels, ratings, means and people who do not know yet stand."""

    left: float
    step: float
    mean: float
    unknown: float
    top: float
    pitch: float

    def x(self, value: float) -> float:
        """Where a rating stands across."""
        return self.left + value * self.step


def frame_of(rows: Sequence[StripRow], look: Look) -> Frame:
    """Share out the width: labels and means need what they need, the ratings have the rest."""
    size, r = look.small, _radius(look)
    dk = max((width(line, size) for line in _unknown_words(look)), default=0) if any(w.unknown for w in rows) else 0
    mean = 0 if look.phone else max(width(say("chart_mean"), size), width("0.0", size, bold=True)) + size
    longest = max(width(row.name.label, size) for row in rows)
    label = 0 if look.phone else min(look.width * 0.45, longest) + size
    left, right = EDGE + label + r, look.width - EDGE - (dk + size * 0.6 if dk else 0) - mean - r
    unknown = look.width - EDGE - dk / 2 if dk else 0
    top = size * (2.9 if dk else 1.7)
    pitch = size * 1.5 + r * 2.7 if look.phone else r * (2.45 if look.size == "wall" else 2.6)
    return Frame(left, (right - left) / _HIGH, right + r + mean / 2, unknown, top, pitch)


def _radius(look: Look) -> float:
    return {"phone": 12.0, "board": 13.0, "wall": 14.5}[look.size]


def _unknown_words(look: Look) -> list[str]:
    return wrap(say("chart_strip_dk"), look.small, look.small * 5, 2)


def draw_zones(page: Sheet, floors: Sequence[float], frame: Frame, bottom: float, look: Look) -> None:
    """Draw not, partly and aligned behind the lines, their words above, and the heads of the columns."""
    shades, size, r = palette(look), look.small, _radius(look)
    fills = ("", shades.sunk, shades.accent_soft)
    edges = [frame.left - r, *(frame.x(min(max(floor, 0), _HIGH)) for floor in floors), frame.x(_HIGH) + r]
    for word, fill, start, end in zip(say("chart_strip_zones").split("|"), fills, edges, edges[1:], strict=False):
        for top, low in _bands(frame, bottom, look):
            page.add(Box(start, top, end - start, low - top, Paint(fill)))
        said = shorten(word, size, end - start - 2) if end - start > 2 * size else ""
        page.add(Text((start + end) / 2, frame.top - size * 0.5, said, size, shades.ink, "middle"))
    for x in edges[1:-1]:
        for top, low in _bands(frame, bottom, look):
            page.add(Shape(((x, top), (x, low)), Paint(edge=shades.edge, weight=1, dash=":")))
    if frame.unknown:
        for i, line in enumerate(_unknown_words(look)[::-1]):
            base = frame.top - size * (0.5 + 1.15 * i)
            page.add(Text(frame.unknown, base, line, size, shades.ink_2, "middle"))
    if not look.phone:
        page.add(Text(frame.mean, frame.top - size * 0.5, say("chart_mean"), size, shades.ink_2, "middle"))


def _bands(frame: Frame, bottom: float, look: Look) -> list[tuple[float, float]]:
    """From where to where zones are drawn: behind all rows, and on a phone between their labels."""
    size, pitch = look.small, frame.pitch
    if not look.phone:
        return [(frame.top - size * 1.6, bottom)]
    rows = round((bottom - frame.top) / pitch)
    head = (frame.top - size * 1.6, frame.top)
    return [head, *((frame.top + i * pitch + size * 1.5, frame.top + (i + 1) * pitch) for i in range(rows))]


def draw_row(page: Sheet, row: StripRow, y: float, frame: Frame, look: Look) -> None:
    """Draw one initiative: a line from the lowest to the highest rating, people in circles, a sign at the mean."""
    shades, size, r = palette(look), look.small, _radius(look)
    middle = y + (size * 1.5 + r * 1.2 if look.phone else frame.pitch / 2)
    _label(page, row, (y, middle), frame, look)
    given = [value for value, count in enumerate(row.counts) if count]
    if given:
        ends = (frame.x(given[0]), middle), (frame.x(given[-1]), middle)
        page.add(Shape(ends, Paint(edge=shades.edge, weight=3)))
    at = [frame.x(value) for value in given]
    within = None if row.mean is None else next((x for x in at if abs(frame.x(row.mean or 0) - x) < r * 1.25), None)
    if row.mean is not None and within is None:
        x, half = frame.x(row.mean), size * 0.4
        corners = ((x, middle - half), (x + half, middle), (x, middle + half), (x - half, middle))
        page.add(Shape(corners, Paint(shades.ink, shades.card, 1), closed=True))
    for x, value in zip(at, given, strict=True):
        shade = max(1, round(row.counts[value] / sum(row.counts) * (len(shades.ramp) - 1)))
        edge = Paint(shades.ramp[shade], shades.ink, 3.5) if x == within else Paint(shades.ramp[shade], shades.edge, 1)
        page.add(Disc(x, middle, r, edge))
        page.add(Text(x, middle + size * 0.36, str(row.counts[value]), size, shades.on_ramp(shade), "middle"))
    if row.unknown:
        page.add(Disc(frame.unknown, middle, r, Paint(edge=shades.edge, weight=2)))
        page.add(Text(frame.unknown, middle + size * 0.36, str(row.unknown), size, shades.ink, "middle"))


def _label(page: Sheet, row: StripRow, heights: tuple[float, float], frame: Frame, look: Look) -> None:
    """Write name and mean: above the ratings on a phone, beside them elsewhere."""
    shades, size, (y, middle) = palette(look), look.small, heights
    if look.phone:
        spare = width(row.mean_said(), size, bold=True) + size
        name = shorten(row.name.label, size, look.width - 2 * EDGE - spare)
        page.add(Text(EDGE, y + size * 1.05, name, size, shades.ink))
        page.add(Text(look.width - EDGE, y + size * 1.05, row.mean_said(), size, shades.ink, "end", bold=True))
        return
    room = frame.left - _radius(look) - size - EDGE
    page.add(Text(EDGE, middle + size * 0.36, shorten(row.name.label, size, room), size, shades.ink))
    page.add(Text(frame.mean, middle + size * 0.36, row.mean_said(), size, shades.ink, "middle", bold=True))
