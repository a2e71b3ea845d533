"""Four boxes of what helps and hinders: lines with how many stand behind each, and whether a fact shows it."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import wrap
from mira_workbook.charts.groups import LINE, Entry, Group, Laid, Limits, draw, lay, tall
from mira_workbook.charts.layout import EDGE, colored, empty, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette, shade_of
from mira_workbook.measures.words import percent
from mira_workbook.text import join_words

_SEVERAL = 2
_LIMITS = {"phone": Limits(4, 3), "board": Limits(4, 3), "wall": Limits(2, 0, 6)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box: a fact that shows it, "" for none, and how many people it came from, 0 for unknown."""

    text: str
    fact: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One box and its lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quadrants:
    """Input of the picture; boxes in reading order. `facts`: whether facts were asked for."""

    sentence: str
    boxes: tuple[Quadrant, ...]
    facts: bool = True

    def lines(self) -> list[Line]:
        """All lines, box by box."""
        return [line for box in self.boxes for line in box.lines]


def words(data: Quadrants) -> Words:
    """Say how many lines have a fact and which boxes are open; one row a line."""
    head = [say("chart_box"), say("chart_line"), *([say("chart_fact")] if data.facts else []), say("chart_people")]
    rows = tuple(
        (box.name, line.text, *([line.fact] if data.facts else []), str(line.people or "–"))
        for box in data.boxes
        for line in box.lines
    )
    return Words(say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(), tuple(head), rows)


def _peak(data: Quadrants) -> str:
    every = len(data.lines())
    if not every:
        return say("chart_empty")
    shown = sum(bool(line.fact) for line in data.lines())
    said = say("chart_quadrants_plain", n=every)
    if data.facts:
        said = say("chart_quadrants_peak", count=shown, all=every, percent=percent(shown / every))
    bare = join_words([box.name for box in data.boxes if not box.lines])
    return f"{said} {say('chart_nothing_under', names=bare)}" if bare else said


def sheet(data: Quadrants, look: Look) -> Sheet:
    """Put the picture together: two by two, on a phone one under the other; a line without a fact has a hollow sign."""
    if not data.lines():
        return empty(look)
    page, _ = new_sheet(look)
    across, pad = 1 if look.phone else 2, look.small * 0.8
    gap = look.small * 0.7
    wide = (look.width - 2 * EDGE - gap * (across - 1)) / across
    room = wide - 2 * pad - 6
    colours = colored([Named(box.name) for box in data.boxes])
    laid = [
        (lay(_group(box, name, data), room, look, _LIMITS[look.size]), name.color)
        for box, name in zip(data.boxes, colours, strict=True)
    ]
    y = EDGE
    for first in range(0, len(laid), across):
        row = laid[first : first + across]
        high = max(tall(lines) for lines, _ in row) + 1.6 * pad
        for place, (lines, color) in enumerate(row):
            _box(page, lines, color, (EDGE + place * (wide + gap), y, wide, high), look)
        y += high + gap
    page.height = _key(page, y, look) if data.facts else y - gap + EDGE
    return page


def _group(box: Quadrant, name: Named, data: Quadrants) -> Group:
    count = say("chart_lines", n=len(box.lines))
    if data.facts and box.lines:
        count = say("chart_with_fact", lines=count, facts=sum(bool(line.fact) for line in box.lines))
    entries = tuple(Entry(line.text, _note(line), bool(line.fact) or not data.facts) for line in box.lines)
    return Group(name, count if box.lines else "", entries, say("chart_nothing_here"))


def _note(line: Line) -> str:
    behind = say("chart_behind", n=line.people) if line.people >= _SEVERAL else ""
    return " · ".join(part for part in (behind, line.fact) if part)


def _box(page: Sheet, lines: list[Laid], color: int, at: tuple[float, float, float, float], look: Look) -> None:
    shades, (x, y, wide, high), pad = palette(look), at, look.small * 0.8
    page.add(Box(x, y, wide, high, Paint(shades.card, shades.edge, 1)))
    page.add(Box(x, y, 6, high, Paint(shade_of(color, shades))))
    draw(page, lines, (x + 6 + pad, y + pad * 0.8), wide - 2 * pad - 6, look)


def _key(page: Sheet, y: float, look: Look) -> float:
    shades, size = palette(look), look.small
    for line in wrap(say("chart_quadrants_key"), size, look.width - 2 * EDGE, 2):
        page.add(Text(EDGE, y + size, line, size, shades.ink_2))
        y += size * LINE
    return y + EDGE + size * 0.2
