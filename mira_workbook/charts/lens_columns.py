"""What repeats, by the lens it was seen through: columns side by side, groups one under the other on a phone."""

from collections import Counter
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.groups import Entry, Group, Limits, draw, lay
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.peak import peak_of
from mira_workbook.charts.shapes import Paint, Shape, Sheet
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import number
from mira_workbook.text import fold, join_words

_COMPARABLE = 3
"""Figures of one unit that make bars worth drawing."""
_LIMITS = {"phone": Limits(lines=4), "board": Limits(lines=6, entries=8), "wall": Limits(lines=4, entries=4)}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What repeats, who says so, and a figure with its unit if there is one."""

    text: str
    who: str = ""
    figure: float | None = None
    unit: str = ""

    def measured(self) -> str:
        """The figure in words, "" for none."""
        if self.figure is None:
            return ""
        return f"{number(self.figure)}{'' if self.unit == '%' else ' '}{self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Lens:
    """One lens and what was seen through it."""

    name: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class LensColumns:
    """Input of the picture; every lens the workbook has, also those nobody used."""

    sentence: str
    lenses: tuple[Lens, ...]

    def patterns(self) -> list[Pattern]:
        """All that repeats, lens by lens."""
        return [pattern for lens in self.lenses for pattern in lens.patterns]

    def largest(self) -> dict[str, float]:
        """For each unit that three figures share, the one furthest from 0: what bars are measured against."""
        figures = [(fold(p.unit), abs(p.figure)) for p in self.patterns() if p.figure is not None and fold(p.unit)]
        shared = Counter(unit for unit, _ in figures)
        return {
            unit: max(value for other, value in figures if other == unit)
            for unit, n in shared.items()
            if n >= _COMPARABLE
        }


def words(data: LensColumns) -> Words:
    """Say which lens shows most and which shows nothing; one row a pattern."""
    found = data.patterns()
    said = [peak_of(("chart_lens_peak", "chart_lens_tie"), [(lens.name, len(lens.patterns)) for lens in data.lenses])]
    bare = [lens.name for lens in data.lenses if not lens.patterns]
    if bare and found:
        said.append(say("chart_nothing_under", names=join_words(bare)))
    columns = [
        (say("chart_pattern"), [p.text for p in found]),
        (say("chart_figure"), [p.measured() for p in found]),
        (say("chart_pair"), [p.who for p in found]),
    ]
    kept = [columns[0], *(column for column in columns[1:] if any(column[1]))]
    named = [lens.name for lens in data.lenses for _ in lens.patterns]
    rows = [tuple(row) for row in zip(named, *(column for _, column in kept), strict=True)]
    rows += [(name, say("chart_nothing_here"), *("" for _ in kept[1:])) for name in bare if found]
    head = (say("chart_lens"), *(title for title, _ in kept))
    return Words(say("chart_alt", sentence=data.sentence, peak=" ".join(said)).strip(), head, tuple(rows))


def sheet(data: LensColumns, look: Look) -> Sheet:
    """Put the picture together: a column a lens, an open one where nothing was named."""
    if not data.patterns():
        return empty(look)
    page, _ = new_sheet(look)
    groups, limits = [_group(lens, data) for lens in data.lenses], _LIMITS[look.size]
    across = 1 if look.phone else len(groups)
    gap, head = look.small, look.small * 0.7
    room = (look.width - 2 * EDGE + gap) / across - gap
    y, lowest = EDGE, EDGE
    for i, (group, lens) in enumerate(zip(groups, data.lenses, strict=True)):
        x = EDGE + i % across * (room + gap)
        y = lowest + look.font * 0.6 if look.phone and i else y
        _rule(page, (x, y, room), lens, look)
        lowest = max(lowest, draw(page, lay(group, room, look, limits), (x, y + head), room, look))
    page.height = lowest + look.small * 0.3
    return page


def _group(lens: Lens, data: LensColumns) -> Group:
    largest = data.largest()
    entries = tuple(
        Entry(
            p.text, p.measured(), bar=abs(p.figure or 0) / (largest[fold(p.unit)] or 1) if _barred(p, largest) else None
        )
        for p in lens.patterns
    )
    return Group(
        Named(lens.name), say("chart_patterns", n=len(entries)) if entries else "", entries, say("chart_nothing_here")
    )


def _barred(pattern: Pattern, largest: dict[str, float]) -> bool:
    return pattern.figure is not None and fold(pattern.unit) in largest


def _rule(page: Sheet, at: tuple[float, float, float], lens: Lens, look: Look) -> None:
    """Draw the line over a column; it is broken where nothing was named."""
    shades, (x, y, room) = palette(look), at
    paint = (
        Paint(edge=shades.accent, weight=4) if lens.patterns else Paint(edge=shades.edge, weight=2, dash=(0, (4, 4)))
    )
    page.add(Shape(((x + 2, y + 2), (x + room - 2, y + 2)), paint))
