"""Did we move: first picks before and after, one line a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, colored, empty, new_sheet
from mira_workbook.charts.shapes import Paint, Shape, Sheet, Text
from mira_workbook.charts.style import mark, palette, stroke
from mira_workbook.text import join_words

_APART = 0.1
_CLEAR = 0.7
_MOST_APART = 0.8


@dataclass(frozen=True, slots=True)
class SlopeRow:
    """One candidate: how many put it first before and after."""

    name: Named
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Slope:
    """Input of the picture; `before` and `after` name the two moments, "" for the catalogue's words."""

    sentence: str
    rows: tuple[SlopeRow, ...]
    before: str = ""
    after: str = ""

    def moments(self) -> tuple[str, str]:
        """What the two sides are called."""
        return self.before or say("chart_before"), self.after or say("chart_after")

    def ordered(self) -> list[SlopeRow]:
        """Most at the end first, then most at the start; equals stay as given."""
        return sorted(self.rows, key=lambda row: (-row.after, -row.before))


def words(data: Slope) -> Words:
    """Say who has most now and what changed most; one row a candidate."""
    rows = data.ordered()
    return Words(
        say("chart_alt", sentence=data.sentence, peak=_peak(rows)).strip(),
        (say("chart_candidate"), *data.moments()),
        tuple((row.name.label, str(row.before), str(row.after)) for row in rows),
    )


def _peak(rows: Sequence[SlopeRow]) -> str:
    if not rows:
        return say("chart_empty")
    most = rows[0].after
    top = [row.name.label for row in rows if row.after == most]
    key = "chart_slope_none" if most == 0 else "chart_slope_peak" if len(top) == 1 else "chart_slope_tie"
    now = say(key, names=join_words(top), count=most)
    moved = max(rows, key=lambda row: abs(row.after - row.before))
    if moved.after == moved.before:
        return f"{now} {say('chart_slope_still')}"
    return f"{now} {say('chart_slope_change', name=moved.name.label, before=moved.before, after=moved.after)}"


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the two sides, the labels and the values stand."""

    left: float
    right: float
    label: float
    top: float
    unit: float
    most: int

    def y(self, value: float) -> float:
        return self.top + (self.most - value) * self.unit


def sheet(data: Slope, look: Look) -> Sheet:
    """Put the picture together: one line a candidate with its label at the end."""
    rows = data.ordered()
    if not rows:
        return empty(look)
    page, shades = new_sheet(look)
    frame, names = _frame(rows, look), colored([row.name for row in rows])
    clear = look.font * _CLEAR / frame.unit
    starts = [frame.y(value) for value in _set_apart([row.before for row in rows], clear)]
    ends = [frame.y(value) for value in _set_apart([row.after for row in rows], clear)]
    labels = _spread(ends, look.font * 1.5, frame.top - look.font * 0.75)
    _sides(page, data, starts, frame, look)
    for i in reversed(range(len(rows))):
        _line(page, names[i], ((frame.left, starts[i]), (frame.right, ends[i])), look)
        lead = ((frame.right + look.font * 0.6, ends[i]), (frame.label - look.font * 0.35, labels[i]))
        page.add(Shape(lead, Paint(edge=shades.line, weight=1)))
        _label(page, rows[i], (frame.label, labels[i]), look)
    for i in reversed(range(len(rows))):
        page.add(*mark(frame.left, starts[i], look.font * 0.37, names[i].color, shades))
        page.add(*mark(frame.right, ends[i], look.font * 0.37, names[i].color, shades))
    page.height = max(labels[-1], *starts, *ends) + look.font
    return page


def _sides(page: Sheet, data: Slope, starts: Sequence[float], frame: _Frame, look: Look) -> None:
    """Write what the sides are called, and each value once on the left."""
    shades, before = palette(look), [row.before for row in data.ordered()]
    for x, end, word in zip((EDGE, frame.label), (frame.label, look.width), data.moments(), strict=True):
        shown = shorten(word, look.small, end - x - EDGE)
        page.add(Text(x, look.small * 1.05, shown, look.small, shades.ink_2))
    for value in sorted(set(before)):
        same = [start for start, other in zip(starts, before, strict=True) if other == value]
        base = sum(same) / len(same) + look.font * 0.36
        page.add(Text(frame.left - look.font, base, str(value), look.font, shades.ink, "end"))


def _frame(rows: Sequence[SlopeRow], look: Look) -> _Frame:
    most = max(1, *(max(row.before, row.after) for row in rows))
    tall = max(len(rows) * look.font * 1.6, look.font * 11)
    left, right, label = (0.09, 0.27, 0.36) if look.phone else (0.08, 0.42, 0.49)
    return _Frame(look.width * left, look.width * right, look.width * label, look.font * 2.6, tall / most, most)


def _set_apart(values: Sequence[int], clear: float) -> list[float]:
    """Set equal values apart, in the order given, around their value.

    By `clear`, so that no sign hides the next; by less, down to a tenth, where many would run into other values.
    """
    placed = []
    for i, value in enumerate(values):
        same = [j for j, other in enumerate(values) if other == value]
        step = max(_APART, min(clear, _MOST_APART / max(len(same) - 1, 1)))
        placed.append(value + ((len(same) - 1) / 2 - same.index(i)) * step)
    return placed


def _spread(wanted: Sequence[float], pitch: float, least: float) -> list[float]:
    """Move labels, given from top to bottom, so that none covers the next; groups stay around where they belong."""

    def start(group: Sequence[float]) -> float:
        return max(least, sum(group) / len(group) - len(group) * pitch / 2)

    groups: list[list[float]] = []
    for y in wanted:
        groups.append([y])
        while len(groups) > 1 and start(groups[-2]) + len(groups[-2]) * pitch > start(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    return [start(group) + (i + 0.5) * pitch for group in groups for i in range(len(group))]


def _line(page: Sheet, name: Named, ends: tuple[tuple[float, float], tuple[float, float]], look: Look) -> None:
    page.add(Shape(ends, stroke(name.color, look, palette(look))))


def _label(page: Sheet, row: SlopeRow, at: tuple[float, float], look: Look) -> None:
    shades, (x, y) = palette(look), at
    base, value = y + look.font * 0.36, str(row.after)
    indent = width("00" if row.after > 9 else "0", look.font, bold=True) + look.font * 0.5  # noqa: PLR2004 - two digits
    page.add(Text(x, base, value, look.font, shades.ink, bold=True))
    label = shorten(row.name.label, look.font, page.width - EDGE - x - indent)
    page.add(Text(x + indent, base, label, look.font, shades.ink))
