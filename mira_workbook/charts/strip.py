"""How near each initiative is to the priority: every rating on one line from 0 to 3, with the mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Slot, empty, new_sheet
from mira_workbook.charts.shapes import Box, Disc, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import one_place

_ON_THE_WALL = 14
_HIGH = 3


@dataclass(frozen=True, slots=True)
class StripRow:
    """One initiative: people at each rating, 0 first; the mean, None without ratings; and who does not know yet."""

    name: Named
    counts: tuple[int, int, int, int]
    mean: float | None = None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """Input of the picture; rows in any order.

    Attributes:
        sentence: what the measure says.
        rows: the initiatives.
        floors: means from which an initiative is partly aligned, and aligned.
        ends: words of the four ratings, "" for none.
    """

    sentence: str
    rows: tuple[StripRow, ...]
    floors: tuple[float, float] = (1.0, 2.0)
    ends: tuple[str, str, str, str] = ("", "", "", "")

    def ordered(self) -> list[StripRow]:
        """Nearest first; those without a mean last."""
        return sorted(self.rows, key=lambda row: (row.mean is None, -(row.mean or 0.0)))

    def zone(self, mean: float | None) -> str:
        """What a mean is called."""
        if mean is None:
            return say("chart_strip_unknown")
        return say("chart_strip_zones").split("|")[sum(mean >= floor for floor in self.floors)]


def words(data: Strip) -> Words:
    """Say which is nearest and which farthest; one row an initiative, with people at each rating."""
    ratings = [f"{n} · {word}" if word else str(n) for n, word in enumerate(data.ends)]
    head = (say("chart_initiative"), say("chart_mean"), say("chart_strip_zone"), *ratings, say("chart_strip_dk"))
    rows = tuple(
        (row.name.label, _mean(row), data.zone(row.mean), *map(str, row.counts), str(row.unknown))
        for row in data.ordered()
    )
    return Words(say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(), head, rows)


def _mean(row: StripRow) -> str:
    return say("chart_unknown") if row.mean is None else one_place(row.mean)


def _peak(data: Strip) -> str:
    rated = [row for row in data.ordered() if row.mean is not None]
    unsure = max(data.rows, key=lambda row: row.unknown, default=None)
    said = []
    if len(rated) > 1:
        slots = {"near": rated[0].name.label, "most": _mean(rated[0])}
        said.append(say("chart_strip_peak", **slots, far=rated[-1].name.label, least=_mean(rated[-1])))
    elif rated:
        said.append(say("chart_strip_one", name=rated[0].name.label, mean=_mean(rated[0])))
    if unsure and unsure.unknown:
        said.append(say("chart_strip_unsure", name=unsure.name.label, n=unsure.unknown))
    return " ".join(said) or say("chart_empty")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where labels, ratings, means and people who do not know yet stand."""

    left: float
    step: float
    mean: float
    unknown: float
    top: float
    pitch: float

    def x(self, value: float) -> float:
        return self.left + value * self.step


def sheet(data: Strip, look: Look) -> Sheet:
    """Put the picture together: zones behind, one line an initiative."""
    rows = data.ordered()
    if not any(sum(row.counts) + row.unknown for row in rows):
        return empty(look)
    page, shades = new_sheet(look)
    kept = [*rows[: _ON_THE_WALL // 2], *rows[-_ON_THE_WALL // 2 :]] if _is_cut(rows, look) else rows
    frame = _frame(kept, look)
    bottom = frame.top + frame.pitch * len(kept) + look.small * 0.3
    _zones(page, data, frame, bottom, look)
    for i, row in enumerate(kept):
        _row(page, row, frame.top + i * frame.pitch, frame, look)
    page.height = bottom + EDGE
    if _is_cut(rows, look):
        y = frame.top + frame.pitch * _ON_THE_WALL / 2
        cut = Shape(((EDGE, y), (look.width - EDGE, y)), Paint(edge=shades.edge, weight=2, dash="--"))
        note = say("chart_strip_between", n=len(rows) - len(kept))
        page.add(cut, Text(EDGE, bottom + look.small * 1.1, note, look.small, shades.ink_2))
        page.height = bottom + look.small * 1.5
    return page


def _is_cut(rows: Sequence[StripRow], look: Look) -> bool:
    return look.size == "wall" and len(rows) > _ON_THE_WALL


def _frame(rows: Sequence[StripRow], look: Look) -> _Frame:
    size, r = look.small, _radius(look)
    dk = max((width(line, size) for line in _unknown_words(look)), default=0) if any(w.unknown for w in rows) else 0
    mean = 0 if look.phone else max(width(say("chart_mean"), size), width("0.0", size, bold=True)) + size
    longest = max(width(row.name.label, size) for row in rows)
    label = 0 if look.phone else min(look.width * 0.45, longest) + size
    left, right = EDGE + label + r, look.width - EDGE - (dk + size * 0.6 if dk else 0) - mean - r
    unknown = look.width - EDGE - dk / 2 if dk else 0
    top = size * (2.9 if dk else 1.7)
    pitch = size * 1.5 + r * 2.9 if look.phone else r * 2.6
    return _Frame(left, (right - left) / _HIGH, right + r + mean / 2, unknown, top, pitch)


def _radius(look: Look) -> float:
    return {"phone": 12.0, "board": 13.0, "wall": 14.5}[look.size]


def _unknown_words(look: Look) -> list[str]:
    return wrap(say("chart_strip_dk"), look.small, look.small * 5, 2)


def _zones(page: Sheet, data: Strip, frame: _Frame, bottom: float, look: Look) -> None:
    shades, size, r = palette(look), look.small, _radius(look)
    fills = ("", shades.sunk, shades.accent_soft)
    edges = [frame.left - r, *(frame.x(min(max(floor, 0), _HIGH)) for floor in data.floors), frame.x(_HIGH) + r]
    for word, fill, start, end in zip(say("chart_strip_zones").split("|"), fills, edges, edges[1:], strict=False):
        for top, low in _bands(frame, bottom, look):
            page.add(Box(start, top, end - start, low - top, Paint(fill)))
        said = shorten(word, size, end - start - 2)
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


def _bands(frame: _Frame, bottom: float, look: Look) -> list[tuple[float, float]]:
    """From where to where zones are drawn: behind all rows, and on a phone between their labels."""
    size, pitch = look.small, frame.pitch
    if not look.phone:
        return [(frame.top - size * 1.6, bottom)]
    rows = round((bottom - frame.top) / pitch)
    head = (frame.top - size * 1.6, frame.top)
    return [head, *((frame.top + i * pitch + size * 1.5, frame.top + (i + 1) * pitch) for i in range(rows))]


def _row(page: Sheet, row: StripRow, y: float, frame: _Frame, look: Look) -> None:
    shades, size, r = palette(look), look.small, _radius(look)
    middle = y + (size * 1.5 + r * 1.05 if look.phone else frame.pitch / 2)
    _label(page, row, y, middle, frame, look)
    given = [value for value, count in enumerate(row.counts) if count]
    if given:
        ends = (frame.x(given[0]), middle), (frame.x(given[-1]), middle)
        page.add(Shape(ends, Paint(edge=shades.edge, weight=3)))
    people = sum(row.counts)
    for value in given:
        shade = max(1, round(row.counts[value] / people * (len(shades.ramp) - 1)))
        page.add(Disc(frame.x(value), middle, r, Paint(shades.ramp[shade], shades.edge, 1)))
        said, ink = str(row.counts[value]), shades.on_ramp(shade)
        page.add(Text(frame.x(value), middle + size * 0.36, said, size, ink, "middle"))
    if row.mean is not None:
        x, low, half = frame.x(row.mean), middle + r + size * 0.12, size * 0.34
        tip = ((x, low - half * 0.6), (x - half, low + half), (x + half, low + half))
        page.add(Shape(tip, Paint(shades.ink, shades.card, 1), closed=True))
    if row.unknown:
        page.add(Disc(frame.unknown, middle, r, Paint(edge=shades.edge, weight=2)))
        page.add(Text(frame.unknown, middle + size * 0.36, str(row.unknown), size, shades.ink, "middle"))


def _label(page: Sheet, row: StripRow, y: float, middle: float, frame: _Frame, look: Look) -> None:
    """Write name and mean: above the ratings on a phone, beside them elsewhere."""
    shades, size = palette(look), look.small
    if look.phone:
        spare = width(_mean(row), size, bold=True) + size
        name = shorten(row.name.label, size, look.width - 2 * EDGE - spare)
        page.add(Text(EDGE, y + size * 1.05, name, size, shades.ink))
        page.add(Text(look.width - EDGE, y + size * 1.05, _mean(row), size, shades.ink, "end", bold=True))
        return
    room = frame.left - _radius(look) - size - EDGE
    page.add(Text(EDGE, middle + size * 0.36, shorten(row.name.label, size, room), size, shades.ink))
    page.add(Text(frame.mean, middle + size * 0.36, _mean(row), size, shades.ink, "middle", bold=True))
