"""What we do now, in minutes and in money, split by what it treats: the ache, the cause, both, or nobody is sure."""

from dataclasses import dataclass
from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, Slot, empty, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import money, number
from mira_workbook.text import join_words
from mira_workbook.tokens import Colours

Treat = Literal["symptom", "both", "cause", "unsure"]
TREATS: tuple[Treat, ...] = ("symptom", "both", "cause", "unsure")
"""From left to right: what counts half for each end stands between them."""
Unit = Literal["minutes", "money"]
_LEAST = 6.0
"""Pixels that a part takes at least, so that it is seen."""


@dataclass(frozen=True, slots=True)
class SplitBar:
    """One bar: what it measures, and how much of it goes to each of `TREATS`."""

    name: str
    unit: Unit
    amounts: tuple[float, float, float, float]

    def said(self, amount: float) -> str:
        """An amount with its unit."""
        return money(amount) if self.unit == "money" else say("chart_minutes", amount=number(amount))

    @property
    def all(self) -> float:
        """Everything together."""
        return sum(self.amounts)


@dataclass(frozen=True, slots=True)
class SplitBars:
    """Input of the picture; `names` are the words for each of `TREATS`."""

    sentence: str
    names: tuple[str, str, str, str]
    bars: tuple[SplitBar, ...]


def words(data: SplitBars) -> Words:
    """Say where most goes, bar by bar; one row a bar."""
    peaks = [_peak(data, bar) for bar in data.bars if bar.all] or [say("chart_empty")]
    rows = tuple((bar.name, *map(bar.said, bar.amounts), bar.said(bar.all)) for bar in data.bars)
    head = (say("chart_measured_in"), *data.names, say("chart_all"))
    return Words(say("chart_alt", sentence=data.sentence, peak=" ".join(peaks)).strip(), head, rows)


def _peak(data: SplitBars, bar: SplitBar) -> str:
    most = max(bar.amounts)
    top = [name for name, amount in zip(data.names, bar.amounts, strict=True) if amount == most]
    key = "chart_split_peak" if len(top) == 1 else "chart_split_tie"
    return say(key, bar=bar.name, names=join_words(top), amount=bar.said(most), all=bar.said(bar.all))


def sheet(data: SplitBars, look: Look) -> Sheet:
    """Put the picture together: a bar over the whole width for each, its parts named under it with their amounts."""
    if not any(bar.all for bar in data.bars):
        return empty(look)
    page, shades = new_sheet(look)
    y = EDGE
    for bar in data.bars:
        all_ = bar.said(bar.all)
        room = look.width - 2 * EDGE - width(all_, look.font, bold=True) - look.font
        page.add(Text(EDGE, y + look.font, shorten(bar.name, look.font, room), look.font, shades.ink))
        page.add(Text(look.width - EDGE, y + look.font, all_, look.font, shades.ink, "end", bold=True))
        y += look.font * 1.5
        place = Slot(EDGE + 1, y, look.width - 2 * EDGE - 2, look.font * 1.8)
        y = (_listed if look.phone else _under)(page, data, bar, place, look) if bar.all else _none(page, bar, y, look)
        y += look.font * 1.1
    page.height = y - look.font * 1.1 + look.small * 0.4
    return page


def _none(page: Sheet, bar: SplitBar, y: float, look: Look) -> float:
    said = shorten(say("chart_split_none", bar=bar.name), look.small, look.width - 2 * EDGE)
    page.add(Text(EDGE, y + look.small, said, look.small, palette(look).ink_2))
    return y + look.small * 1.2


def paint_of(treat: Treat, shades: Colours) -> Paint:
    """How a part is told apart: amber, striped, teal, and hollow with a broken edge where nobody is sure."""
    match treat:
        case "symptom":
            return Paint(shades.cost, shades.card, 2)
        case "cause":
            return Paint(shades.gain, shades.card, 2)
        case "both":
            return Paint(shades.card, shades.gain, 1.5, "//", shades.gain)
        case "unsure":
            return Paint("", shades.edge, 2, dash=(0, (4, 3)))


def _parts(page: Sheet, bar: SplitBar, place: Slot, shades: Colours) -> list[tuple[int, float]]:
    """Draw the bar; give each part that is there with where it starts."""
    x, found = place.x, list[tuple[int, float]]()
    wides = [max(place.w * amount / bar.all, _LEAST) if amount else 0.0 for amount in bar.amounts]
    scale = place.w / sum(wides)  # what small parts take, the others give
    for i, wide in enumerate(one * scale for one in wides):
        if wide:
            page.add(Box(x, place.y, wide, place.h, paint_of(TREATS[i], shades)))
            found.append((i, x))
            x += wide
    return found


def _listed(page: Sheet, data: SplitBars, bar: SplitBar, place: Slot, look: Look) -> float:
    """Name the parts in a list under the bar."""
    shades, font = palette(look), look.font
    y = place.y + place.h + font * 0.6
    for i, _ in _parts(page, bar, place, shades):
        said = bar.said(bar.amounts[i])
        page.add(Box(place.x, y + font * 0.2, font * 0.9, font * 0.9, paint_of(TREATS[i], shades)))
        room = place.w - font * 2.2 - width(said, font, bold=True)
        page.add(Text(place.x + font * 1.4, y + font, shorten(data.names[i], font, room), font, shades.ink))
        page.add(Text(place.x + place.w, y + font, said, font, shades.ink, "end", bold=True))
        y += font * 1.5
    return y - font * 0.2


def _under(page: Sheet, data: SplitBars, bar: SplitBar, place: Slot, look: Look) -> float:
    """Name the parts under where they start, as far as there is room, else right after the one before."""
    shades, size = palette(look), look.small
    parts = _parts(page, bar, place, shades)
    labels = [_label(data, bar, i, place.w, look) for i, _ in parts]
    wides = [size * 3.4 + width(name, size) + width(said, size, bold=True) for name, said in labels]
    y, last = place.y + place.h + size * 0.6, place.x
    for n, ((i, start), (name, said)) in enumerate(zip(parts, labels, strict=True)):
        here = max(start, last)
        rest = sum(wides[n:]) - size * 1.2
        if here + rest > place.x + place.w:
            here = max(last, place.x + place.w - rest)
        if here + wides[n] - size * 1.2 > place.x + place.w:
            here, y = place.x, y + size * 1.5
        page.add(Box(here, y + size * 0.2, size * 0.9, size * 0.9, paint_of(TREATS[i], shades)))
        page.add(Text(here + size * 1.3, y + size, name, size, shades.ink))
        page.add(Text(here + size * 1.8 + width(name, size), y + size, said, size, shades.ink, bold=True))
        last = here + wides[n]
    return y + size * 1.3


def _label(data: SplitBars, bar: SplitBar, i: int, room: float, look: Look) -> tuple[str, str]:
    said = bar.said(bar.amounts[i])
    return shorten(data.names[i], look.small, room - look.small * 4 - width(said, look.small, bold=True)), said
