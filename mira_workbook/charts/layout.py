"""Where things stand: rows with labels, lists with signs, words in a circle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named
from mira_workbook.charts.fit import plain, shorten, width, wrap
from mira_workbook.charts.shapes import Sheet, Text
from mira_workbook.charts.style import mark, palette
from mira_workbook.tokens import Colours

EDGE = 2.0
"""Pixels kept free at the sides, so that no stroke is cut."""

_WIDEST_LABEL = 0.45
_LINE = 1.2


@dataclass(frozen=True, slots=True)
class Slot:
    """The room beside or under a label."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> float:
        """Half its height down."""
        return self.y + self.h / 2


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels one under the other.

    Attributes:
        names: what they say.
        top: pixels above the first.
        thick: height of a slot in font heights.
        bold: which stand out.
        notes: second words by row.
    """

    names: Sequence[Named]
    top: float = 0.0
    thick: float = 1.6
    bold: frozenset[int] = frozenset()
    notes: Mapping[int, str] = field(default_factory=dict)


def new_sheet(look: Look) -> tuple[Sheet, Colours]:
    """An empty sheet of the look's width, and its colours."""
    return Sheet(look.width), palette(look)


def colored(names: Sequence[Named]) -> tuple[Named, ...]:
    """Give names without a colour the one of their place, where a picture tells them apart by their sign alone."""
    return tuple(name if name.color else replace(name, color=i) for i, name in enumerate(names, 1))


def empty(look: Look, words: str = "") -> Sheet:
    """A sheet that says that there is nothing to show."""
    sheet, shades = new_sheet(look)
    lines = wrap(words or say("chart_empty"), look.font, look.width - 2 * EDGE, 3)
    for i, line in enumerate(lines):
        sheet.add(Text(EDGE, look.font * (1.3 + i * 1.3), line, look.font, shades.ink_2))
    sheet.height = look.font * (0.7 + 1.3 * len(lines))
    return sheet


def lay_rows(sheet: Sheet, rows: Rows, look: Look) -> list[Slot]:
    """Write the labels, and give each row's slot. Phone: slots under the labels; else beside them."""
    return (_rows_under if look.phone else _rows_beside)(sheet, rows, look)


def sign_room(names: Sequence[Named], look: Look) -> float:
    """Pixels that signs before labels take; none where no name has a colour."""
    return look.font * 1.25 if any(name.color for name in names) else 0.0


def _rows_under(sheet: Sheet, rows: Rows, look: Look) -> list[Slot]:
    shades, font, indent = palette(look), look.font, sign_room(rows.names, look)
    y, slots = rows.top, []
    for i, name in enumerate(rows.names):
        note, bold = rows.notes.get(i, ""), i in rows.bold
        base = y + font * 1.1
        sheet.add(*mark(EDGE + font * 0.45, base - font * 0.34, font * 0.42, name.color, shades))
        label = shorten(name.label, font, sheet.width - 2 * EDGE - indent, bold=bold)
        sheet.add(Text(EDGE + indent, base, label, font, shades.ink, bold=bold))
        if note:
            y += look.small * _LINE
            sheet.add(Text(EDGE + indent, y + font * 1.1, note, look.small, shades.accent))
        slots.append(Slot(EDGE, y + font * 1.5, sheet.width - 2 * EDGE, font * rows.thick))
        y += font * (1.5 + rows.thick + 0.85)
    sheet.height = y - font * 0.85 + EDGE if slots else rows.top
    return slots


def _rows_beside(sheet: Sheet, rows: Rows, look: Look) -> list[Slot]:
    shades, font, indent = palette(look), look.font, sign_room(rows.names, look)
    room = sheet.width * _WIDEST_LABEL - indent
    labels = [wrap(name.label, font, room, 2, bold=i in rows.bold) for i, name in enumerate(rows.names)]
    column = max(
        (width(line, font, bold=i in rows.bold) for i, lines in enumerate(labels) for line in lines), default=0
    )
    column = max([column, *(width(note, look.small) for note in rows.notes.values())])
    gap = font * (0.3 if look.size == "wall" else 0.55)
    left, y, slots = EDGE + indent + min(column, room) + font, rows.top, []
    for i, (name, lines) in enumerate(zip(rows.names, labels, strict=True)):
        note = rows.notes.get(i, "")
        words = font * _LINE * len(lines) + (look.small * _LINE if note else 0)
        tall = max(words, font * rows.thick)
        base = y + (tall - words) / 2 + font
        sheet.add(*mark(EDGE + font * 0.45, base - font * 0.34, font * 0.4, name.color, shades))
        for line in lines:
            sheet.add(Text(EDGE + indent, base, line, font, shades.ink, bold=i in rows.bold))
            base += font * _LINE
        if note:
            sheet.add(Text(EDGE + indent, base - font * _LINE + look.small * _LINE, note, look.small, shades.accent))
        slots.append(Slot(left, y + (tall - font * rows.thick) / 2, sheet.width - left - EDGE, font * rows.thick))
        y += tall + gap
    sheet.height = y - gap + EDGE if slots else rows.top
    return slots


def lay_list(sheet: Sheet, names: Sequence[Named], place: Slot, look: Look) -> float:
    """Write names with their signs one under the other, and give the height they end at."""
    shades, font, indent, y = palette(look), look.font, sign_room(names, look), place.y
    for name in names:
        lines = wrap(name.label, font, place.w - indent, 1 if look.phone else 2)
        sheet.add(*mark(place.x + font * 0.45, y + font * 0.76, font * 0.42, name.color, shades))
        for line in lines:
            sheet.add(Text(place.x + indent, y + font * 1.1, line, font, shades.ink))
            y += font * _LINE
        y += font * 0.35
    return y


def lay_centered(sheet: Sheet, words: str, place: Slot, look: Look, color: str) -> None:
    """Write words in the middle of a place, in as many lines as it holds; smaller if that keeps them whole."""
    size = next((size for size in (look.font * 1.1, look.font) if _holds(words, place, size)), look.small)
    lines = wrap(words, size, place.w, max(1, int(place.h / (size * _LINE))))
    base = place.middle - len(lines) * size * _LINE / 2 + size * 0.95
    for i, line in enumerate(lines):
        sheet.add(Text(place.x + place.w / 2, base + i * size * _LINE, line, size, color, "middle"))


def _holds(words: str, place: Slot, size: float) -> bool:
    lines = wrap(words, size, place.w, max(1, int(place.h / (size * _LINE))))
    return " ".join(lines) == plain(words)
