"""Words in groups: a heading with its sign and count, and what stands under it, in one column or several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named
from mira_workbook.charts.fit import wrap
from mira_workbook.charts.layout import EDGE
from mira_workbook.charts.shapes import Box, Drawn, Paint, Point, Sheet, Text
from mira_workbook.charts.style import mark, palette
from mira_workbook.tokens import Colours

LINE = 1.25
"""From line to line, in heights of the letters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under a heading.

    Attributes:
        text: its words.
        note: second words under it.
        full: whether its sign is filled.
        bar: length of a bar under it, 0 to 1; None for no bar.
    """

    text: str
    note: str = ""
    full: bool = True
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its entries; `said` counts them in words, `bare` is said where there are none."""

    name: Named
    said: str
    entries: tuple[Entry, ...]
    bare: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is shown: lines of a text and of a note, and entries of a group. The rest is counted."""

    lines: int = 3
    notes: int = 2
    entries: int = 99


@dataclass(frozen=True, slots=True)
class Laid:
    """One line of a group where it stands: `gap` above it, `sign` before it, or a bar instead of words."""

    words: str
    size: float
    color: str
    bold: bool = False
    indent: float = 0.0
    gap: float = 0.0
    sign: int = 0
    full: bool = True
    bar: float | None = None

    @property
    def tall(self) -> float:
        """Pixels it takes, with the gap above."""
        return self.gap + self.size * (LINE if self.bar is None else 0.7)


def text_size(look: Look) -> float:
    """Height of the letters of entries: second words on boards and walls, where many stand side by side."""
    return look.font if look.phone else look.small


def lay(group: Group, room: float, look: Look, limits: Limits) -> list[Laid]:
    """Break a group into lines of a width."""
    shades, size = palette(look), text_size(look)
    head = min(look.font, size * LINE)
    indent = head * 1.25 if group.name.color else 0.0
    titles = wrap(group.name.label, head, room - indent, 3, bold=True)
    laid = [
        Laid(words, head, shades.ink, bold=True, indent=indent, sign=0 if i else group.name.color)
        for i, words in enumerate(titles)
    ]
    laid += [Laid(words, look.small, shades.ink_2, indent=indent) for words in wrap(group.said, look.small, room, 2)]
    for entry in group.entries[: limits.entries]:
        laid += _entry(entry, (group.name.color, indent), room, look, limits)
    more = len(group.entries) - limits.entries
    rest = say("chart_more", n=more) if more > 0 else "" if group.entries else group.bare
    lines = wrap(rest, look.small, room - indent, 8)
    return laid + [
        Laid(words, look.small, shades.ink_2, indent=indent, gap=0 if i else size * 0.5)
        for i, words in enumerate(lines)
    ]


def _entry(entry: Entry, sign: tuple[int, float], room: float, look: Look, limits: Limits) -> list[Laid]:
    """Break one entry into lines; `sign` is its colour and the pixels kept free for it."""
    shades, size, (color, indent) = palette(look), text_size(look), sign
    texts = wrap(entry.text, size, room - indent, limits.lines)
    notes = wrap(entry.note, look.small, room - indent, limits.notes) if limits.notes else []
    laid = [
        Laid(words, size, shades.ink, False, indent, 0 if i else size * 0.5, 0 if i else color, entry.full)
        for i, words in enumerate(texts)
    ]
    laid += [Laid(words, look.small, shades.ink_2, indent=indent) for words in notes]
    return laid if entry.bar is None else [*laid, Laid("", look.small, shades.ink_2, indent=indent, bar=entry.bar)]


def tall(laid: Sequence[Laid]) -> float:
    """Pixels that lines take."""
    return sum(line.tall for line in laid)


def draw(page: Sheet, laid: Sequence[Laid], at: Point, room: float, look: Look) -> float:
    """Write lines from a point down, and give the height they end at."""
    (x, y), shades, head = at, palette(look), laid[0].size if laid else 0.0
    for i, line in enumerate(laid):
        y += line.gap
        if line.bar is not None:
            length = max(line.bar * (room - line.indent), 2)
            page.add(Box(x + line.indent, y + line.size * 0.15, length, line.size * 0.4, Paint(shades.accent)))
        # An entry's sign is smaller than its heading's.
        r = line.size * (0.28 if i else 0.42)
        sign = mark(x + head * 0.45, y + line.size * 0.66, r, line.sign, shades)
        page.add(*(sign if line.full else outlined(sign, shades)))
        page.add(Text(x + line.indent, y + line.size, line.words, line.size, line.color, bold=line.bold))
        y += line.tall - line.gap
    return y


def outlined(shapes: Sequence[Drawn], shades: Colours) -> tuple[Drawn, ...]:
    """The same signs, hollow."""
    return tuple(
        shape if isinstance(shape, Text) else replace(shape, paint=Paint(shades.card, shape.paint.fill, 2))
        for shape in shapes
    )


def in_columns(page: Sheet, groups: Sequence[Group], look: Look, limits: Limits, count: int) -> None:
    """Write groups one after the other in so many columns, as even as their order allows."""
    gap = look.font * 1.2
    room = (look.width - 2 * EDGE - gap * (count - 1)) / count
    laid = [lay(group, room, look, limits) for group in groups]
    top, lowest = page.height, page.height
    for column, part in enumerate(_parts([tall(lines) + gap for lines in laid], count)):
        y = top
        for lines in laid[part]:
            y = draw(page, lines, (EDGE + column * (room + gap), y), room, look) + gap
        lowest = max(lowest, y - gap)
    page.height = lowest + look.small * 0.3


def _parts(heights: Sequence[float], count: int) -> list[slice]:
    """Where a row of heights breaks into columns, so that the highest is as low as can be."""
    ways = combinations(range(1, len(heights)), min(count, len(heights)) - 1)
    ends = [(0, *way, len(heights)) for way in ways]
    best = min(ends, key=lambda way: max(sum(heights[a:b]) for a, b in pairwise(way)))
    return [slice(a, b) for a, b in pairwise(best)]
