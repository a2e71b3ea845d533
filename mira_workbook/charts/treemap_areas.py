"""Areas by fund and initiative, with a sign for each fund and a key for what is too small for its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look
from mira_workbook.charts.fit import plain, shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Slot, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.squares import squares
from mira_workbook.charts.style import palette, tint
from mira_workbook.charts.treemap_groups import Group, Share, sign
from mira_workbook.text import join_words

_NUMBERED = 9
_UNSAID = 0.35
"""The share of the money in areas without words at which the picture says too little."""
_LEAST = 4.5  # letters' heights that words are wide at least
_LINE = 1.22
_HEIGHT = {"phone": 300.0, "board": 480.0, "wall": 420.0}


@dataclass(frozen=True, slots=True)
class Cell:
    """One initiative's area: its fund's place, and the number under which the key names it, 0 where words fit."""

    share: Share
    place: Slot
    group: int
    number: int = 0


def cells(groups: Sequence[Group], place: Slot) -> list[Cell]:
    """Cut a rectangle by fund, and each fund's part by initiative."""
    found = []
    for i, (group, part) in enumerate(zip(groups, squares([g.total for g in groups], place), strict=True)):
        parts = squares([share.amount for share in group.shares], part)
        found += [Cell(share, cell, i) for share, cell in zip(group.shares, parts, strict=True)]
    return found


def sheet(groups: Sequence[Group], without: Sequence[str], look: Look) -> Sheet | None:
    """Put the areas together; None where too many are too small for their words."""
    page, shades = new_sheet(look)
    place = Slot(EDGE, EDGE, look.width - 2 * EDGE, _HEIGHT[look.size])
    found = _numbered(cells(groups, place), look)
    small = [cell for cell in found if cell.number]
    if not _says_enough(found, small, look):
        return None
    for cell in found:
        _cell(page, cell, look)
    y = _funds(page, groups, place.y + place.h + look.small * 0.7, look)
    notes = [say("chart_treemap_without", n=len(without), names=join_words(list(without)))] if without else []
    if look.size == "wall" and small:
        notes = [say("chart_treemap_small", n=len(small)), *notes]
    elif small:
        y = _key(page, small, y + look.small * 0.3, look)
    for line in wrap(" ".join(notes), look.small, look.width - 2 * EDGE, 2):
        y += look.small * _LINE
        page.add(Text(EDGE, y, line, look.small, shades.ink_2))
    page.height = y + look.small * 0.4
    return page


def _says_enough(found: Sequence[Cell], small: Sequence[Cell], look: Look) -> bool:
    whole = sum(cell.share.amount for cell in found)
    if sum(cell.share.amount for cell in small) > _UNSAID * whole:
        return False
    return look.size == "wall" or (len(small) <= _NUMBERED and all(_holds_number(cell.place, look) for cell in small))


def _numbered(found: Sequence[Cell], look: Look) -> list[Cell]:
    """Give numbers to areas that do not hold their words, in the order they stand in."""
    numbers = iter(range(1, len(found) + 1))
    return [cell if _lines(cell, look) else replace(cell, number=next(numbers)) for cell in found]


def _room(place: Slot, look: Look) -> tuple[float, int]:
    """Width in pixels and number of lines that an area has for words."""
    return place.w - _spine(place, look) - look.small, int((place.h - look.small * 0.7) / (look.small * _LINE))


def _spine(place: Slot, look: Look) -> float:
    """How wide the fund's sign at the left of an area is."""
    return look.small * (0.75 if place.w > look.small * 5 else 0.35)


def _lines(cell: Cell, look: Look) -> list[str]:
    """The name, shortened where it must be, and the amount in the last line; [] where there is no room for them."""
    room, most = _room(cell.place, look)
    name, amount = plain(cell.share.name), cell.share.value
    if most < 2 or room < max(look.small * _LEAST, width(amount, look.small, bold=True)):  # noqa: PLR2004 - a name and an amount
        return []
    broken = any(width(word, look.small) > room for word in name.split())
    lines = wrap(name, look.small, room, 1 if broken else most - 1)
    return [*lines, amount] if lines else []


def _holds_number(place: Slot, look: Look) -> bool:
    room = _spine(place, look) + width("0", look.small, bold=True)
    return place.w >= room + look.small * 0.3 and place.h >= look.small * 1.35


def _cell(page: Sheet, cell: Cell, look: Look) -> None:
    shades, place, gap = palette(look), cell.place, 1.5
    x, y, w, h = place.x + gap, place.y + gap, max(place.w - 2 * gap, 1.0), max(place.h - 2 * gap, 1.0)
    paint = sign(cell.group, shades)
    page.add(Box(x, y, w, h, Paint(tint(paint.fill, shades), paint.fill, 1)))
    spine = min(_spine(place, look), w)
    page.add(Box(x, y, spine, h, paint))
    left, base = x + spine + look.small * 0.4, y + look.small * 1.15
    if cell.number and look.size == "wall":  # read from afar, without a key
        return
    if cell.number:
        middle = x + (spine + w) / 2
        page.add(Text(middle, base - look.small * 0.15, str(cell.number), look.small, shades.ink, "middle", bold=True))
        return
    *name, amount = _lines(cell, look)
    for line in name:
        page.add(Text(left, base, line, look.small, shades.ink))
        base += look.small * _LINE
    page.add(Text(left, base, amount, look.small, shades.ink, bold=True))


def _funds(page: Sheet, groups: Sequence[Group], y: float, look: Look) -> float:
    """Write each fund with its sign, total and share, as many in a line as fit."""
    shades, side = palette(look), look.small
    x = EDGE
    for i, group in enumerate(groups):
        spare = side * 1.9 + width(group.value, side)
        name = shorten(group.name, side, look.width - 2 * EDGE - spare, bold=True)
        wide = spare + width(name, side, bold=True)
        if x > EDGE and x + wide > look.width - EDGE:
            x, y = EDGE, y + side * 1.5
        page.add(Box(x, y, side, side, sign(i, shades)))
        page.add(Text(x + side * 1.4, y + side * 0.87, name, side, shades.ink, bold=True))
        page.add(Text(x + wide - width(group.value, side), y + side * 0.87, group.value, side, shades.ink_2))
        x += wide + side * 1.5
    return y + side * 1.5


def _key(page: Sheet, small: Sequence[Cell], y: float, look: Look) -> float:
    """Name what has a number, in two columns that are read down."""
    shades, size, half = palette(look), look.small, look.width / min(len(small), 2)
    deep = -(-len(small) // 2)
    for i, cell in enumerate(small):
        x, base = EDGE + i // deep * half, y + (i % deep) * size * 1.35 + size
        page.add(Text(x, base, str(cell.number), size, shades.ink, bold=True))
        words = f"{cell.share.name} · {cell.share.value}"
        page.add(Text(x + size * 1.4, base, shorten(words, size, half - size * 2.2), size, shades.ink_2))
    return y + deep * size * 1.35
