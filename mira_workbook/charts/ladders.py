"""Whys side by side: a ladder a pair, from the main symptom down; the last rung bears what it is about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, wrap
from mira_workbook.charts.groups import LINE, text_size
from mira_workbook.charts.layout import EDGE, Slot, empty, new_sheet
from mira_workbook.charts.peak import peak_of
from mira_workbook.charts.shapes import Box, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import mark, palette, shade_of

_ACROSS = 4
_BROKEN = (0, (4, 3))
_LINES = {"phone": 5, "board": 6, "wall": 4}


@dataclass(frozen=True, slots=True)
class Rung:
    """One why, and whether something shows it."""

    because: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Ladder:
    """One pair's whys from the first to the last, and what the last is about; None where nothing was said."""

    who: str
    rungs: tuple[Rung, ...]
    end: Named | None = None


@dataclass(frozen=True, slots=True)
class Ladders:
    """Input of the picture; `start` is the main symptom, "" where none is marked."""

    sentence: str
    start: str
    ladders: tuple[Ladder, ...]

    def drawn(self) -> list[Ladder]:
        """Ladders that have a rung."""
        return [ladder for ladder in self.ladders if ladder.rungs]


def words(data: Ladders) -> Words:
    """Say where they start, where most end and how many rungs are bare; one row a rung."""
    drawn = data.drawn()
    bare = sum(not rung.shown for ladder in drawn for rung in ladder.rungs)
    said = [say("chart_ladders_start", start=data.start.rstrip("."))] if data.start and drawn else []
    said += [_peak(drawn), *([say("chart_ladders_bare", n=bare)] if bare else [])]
    head = ("chart_pair", "chart_why", "chart_because", "chart_shown_by", "chart_last_why")
    rows = tuple(row for ladder in drawn for row in _rows(ladder))
    alt = say("chart_alt", sentence=data.sentence, peak=" ".join(said)).strip()
    return Words(alt, tuple(say(key) for key in head), rows)


def _rows(ladder: Ladder) -> list[tuple[str, ...]]:
    end, last = ladder.end.label if ladder.end else "", len(ladder.rungs)
    return [
        (ladder.who, str(n), r.because, say("chart_yes" if r.shown else "chart_none_yet"), end if n == last else "")
        for n, r in enumerate(ladder.rungs, 1)
    ]


def _peak(drawn: Sequence[Ladder]) -> str:
    ends = Counter(ladder.end.label for ladder in drawn if ladder.end)
    if ends and max(ends.values()) > 1:
        return peak_of(("chart_ladders_peak", "chart_ladders_tie"), list(ends.items()))
    return say("chart_ladders_apart", n=len(drawn)) if ends else say("chart_empty")


def sheet(data: Ladders, look: Look) -> Sheet:
    """Put the picture together: up to four ladders side by side, one under the other on a phone."""
    drawn = data.drawn()
    if not drawn:
        return empty(look)
    page, _ = new_sheet(look)
    y = _start(page, data.start, look)
    rows = -(-len(drawn) // (1 if look.phone else _ACROSS))
    across = -(-len(drawn) // rows)
    for first in range(0, len(drawn), across):
        y = _side_by_side(page, drawn[first : first + across], y, across, look)
    page.height = y
    if any(not rung.shown for ladder in drawn for rung in ladder.rungs):
        key = shorten(say("chart_ladders_key"), look.small, look.width - 2 * EDGE)
        page.add(Text(EDGE, y + look.small * 0.9, key, look.small, palette(look).ink_2))
        page.height += look.small * 1.3
    return page


def _start(page: Sheet, start: str, look: Look) -> float:
    """Write the main symptom in a block over all ladders."""
    shades, pad, size = palette(look), look.small * 0.7, look.font if look.phone else look.small * 1.1
    lines = wrap(start, size, look.width - 2 * EDGE - 2 * pad, 3, bold=True)
    if not lines:
        return EDGE
    high = len(lines) * size * LINE + pad * 1.2
    page.add(Box(EDGE, EDGE, look.width - 2 * EDGE, high, Paint(shades.accent), 8))
    for i, line in enumerate(lines):
        base = EDGE + pad * 0.5 + size * (1 + i * LINE)
        page.add(Text(EDGE + pad, base, line, size, shades.on_accent, bold=True))
    return EDGE + high + look.small * 0.5


def _side_by_side(page: Sheet, ladders: Sequence[Ladder], top: float, across: int, look: Look) -> float:
    """Draw ladders whose rungs stand at equal heights, and give where they end."""
    gap = look.small * 0.8
    wide = (look.width - 2 * EDGE + gap) / across - gap
    whos = [wrap(ladder.who, look.small, wide, 2) for ladder in ladders]
    texts = [_texts(ladder, wide, look) for ladder in ladders]
    tops = [top + max(map(len, whos)) * look.small * LINE + look.small * 0.5]
    for n in range(max(map(len, texts))):
        most = max(len(rungs[n]) for rungs in texts if n < len(rungs))
        tops.append(tops[-1] + most * text_size(look) * LINE + look.small * 0.75 + gap)
    lowest = top
    for i, (ladder, who, rungs) in enumerate(zip(ladders, whos, texts, strict=True)):
        x = EDGE + i * (wide + gap)
        for n, line in enumerate(who):
            page.add(Text(x, top + look.small * (1 + n * LINE), line, look.small, palette(look).ink_2))
        places = [Slot(x, a, wide, b - a - gap) for a, b in pairwise(tops[: len(rungs) + 1])]
        lowest = max(lowest, _ladder(page, ladder, rungs, places, look))
    return lowest + look.font


def _texts(ladder: Ladder, wide: float, look: Look) -> list[list[str]]:
    return [wrap(rung.because, text_size(look), wide - look.small, _LINES[look.size]) for rung in ladder.rungs]


def _ladder(page: Sheet, ladder: Ladder, texts: Sequence[Sequence[str]], places: Sequence[Slot], look: Look) -> float:
    """Draw two rails, the rungs over them, and under the last what it is about; give where that ends."""
    shades, first, last = palette(look), places[0], places[-1]
    for rail in (first.x + look.small * 0.8, first.x + first.w - look.small * 0.8):
        page.add(Shape(((rail, first.y), (rail, last.y)), Paint(edge=shades.edge, weight=2)))
    for rung, lines, place in zip(ladder.rungs, texts, places, strict=True):
        _rung(page, rung, lines, place, look)
    if ladder.end is None:
        return last.y + last.h
    band = look.small * 0.35
    page.add(Box(last.x, last.y + last.h - band, last.w, band, Paint(shade_of(ladder.end.color, shades))))
    return _end(page, ladder.end, (last.x, last.y + last.h, last.w), look)


def _rung(page: Sheet, rung: Rung, lines: Sequence[str], place: Slot, look: Look) -> None:
    """Draw a rung; hollow with a broken edge where nothing shows it."""
    shades, size, pad = palette(look), text_size(look), look.small * 0.5
    paint = Paint(shades.accent_soft, shades.accent) if rung.shown else Paint(shades.card, shades.edge, 2, dash=_BROKEN)
    page.add(Box(place.x + 1, place.y, place.w - 2, place.h, paint))
    for i, line in enumerate(lines):
        page.add(Text(place.x + pad, place.y + pad * 0.5 + size * (1 + i * LINE), line, size, shades.ink))


def _end(page: Sheet, end: Named, at: tuple[float, float, float], look: Look) -> float:
    """Write what the last rung is about under it, with its sign."""
    shades, size, (x, y, wide) = palette(look), look.small, at
    y += size * 0.4
    page.add(*mark(x + size * 0.6, y + size * 0.7, size * 0.45, end.color, shades))
    indent = size * 1.4 if end.color else 0.0
    for line in wrap(end.label, size, wide - indent, 3):
        page.add(Text(x + indent, y + size, line, size, shades.ink))
        y += size * LINE
    return y
