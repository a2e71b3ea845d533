"""What the numbers in the picture of bubbles stand for, under the decisions with their patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mira_workbook.charts.base import Look
from mira_workbook.charts.bubble_plot import Mark, paint_of
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, Slot
from mira_workbook.charts.shapes import Disc, Point, Sheet, Text
from mira_workbook.charts.style import palette

_LINE = {"phone": 1.3, "board": 1.3, "wall": 1.2}
_LONG = 14


def draw(page: Sheet, marks: Sequence[Mark], labels: Mapping[int | None, str], at: Point, look: Look) -> float:
    """Write the key from a corner on, in two columns where it is long and wide; give the height it ends at."""
    lines = [line for decision, word in labels.items() for line in _lines(marks, decision, word)]
    wide, tall = look.width - EDGE - at[0], look.small * _LINE[look.size]
    two = look.size == "board" and len(lines) > _LONG and at[0] <= EDGE
    deep = -(-len(lines) // 2) if two else len(lines)
    for i, line in enumerate(lines):
        column, row = divmod(i, deep)
        room = wide / 2 - look.small if two else wide
        _write(page, line, Slot(at[0] + column * wide / 2, at[1] + row * tall, room, tall), look)
    return at[1] + deep * tall + look.small * 0.3


def _lines(marks: Sequence[Mark], decision: int | None, word: str) -> list["_Line"]:
    """A decision, and those it was taken on."""
    under = [_Line(mark.name, str(mark.number)) for mark in marks if mark.decision == decision]
    return [_Line(word, "", decision), *under]


@dataclass(frozen=True, slots=True)
class _Line:
    """A number with its name; or, without a number, a decision's word with its pattern."""

    words: str
    number: str
    decision: int | None = None


def _write(page: Sheet, line: _Line, place: Slot, look: Look) -> None:
    shades, size, heading = palette(look), look.small, not line.number
    base, digits = place.y + size * 1.02, width("00", size, bold=True)
    if heading:
        page.add(Disc(place.x + size * 0.6, base - size * 0.36, size * 0.44, paint_of(line.decision, shades)))
    page.add(Text(place.x + digits, base, line.number, size, shades.ink, "end", bold=True))
    left = place.x + digits + size * 0.5
    said = shorten(line.words, size, place.w - (left - place.x), bold=heading)
    page.add(Text(left, base, said, size, shades.ink, bold=heading))
