"""The marks of the three parts of a score: each a form of its own with a letter, on a line of 0 to 3."""

from collections.abc import Sequence

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look
from mira_workbook.charts.fit import width
from mira_workbook.charts.layout import EDGE, Slot
from mira_workbook.charts.shapes import Box, Disc, Drawn, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.tokens import Colours

MOST = 3
"""The end of the scale."""
_WIDEST = (1.0, 0.92, 1.3)
"""How wide each mark is, in sizes."""
_STEP = 1.16
"""From level to level, in sizes."""
_BARRED = 0.3
"""From dot to dot, in heights of the letters, below which a bar stands for them."""


def names() -> list[str]:
    """What the three parts are called."""
    return say("chart_dot_parts").split("|")


def size_of(look: Look) -> float:
    """How wide and high a mark is."""
    return look.small * 1.4


def mark_of(part: int, at: tuple[float, float], look: Look, *, full: bool = True) -> tuple[Drawn, ...]:
    """A part's mark: disc, square or diamond with its letter; hollow for those who do not know yet."""
    (x, y), shades, r = at, palette(look), size_of(look) / 2
    paint = _paint(part, shades) if full else Paint(shades.card, shades.edge, 2)
    ink = (shades.on_accent, shades.card, shades.ink)[part] if full else shades.ink_2
    form: Drawn
    if part == 0:
        form = Disc(x, y, r, paint)
    elif part == 1:
        form = Box(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, paint)
    else:
        far = r * 1.3
        form = Shape(((x, y - far), (x + far, y), (x, y + far), (x - far, y)), paint, closed=True)
    letter = say("chart_dot_letters").split("|")[part]
    return form, Text(x, y + look.small * 0.36, letter, look.small, ink, "middle", bold=True)


def _paint(part: int, shades: Colours) -> Paint:
    solid = (shades.accent, shades.ink_2)
    return Paint(solid[part], shades.card, 1.5) if part < len(solid) else Paint(shades.accent_soft, shades.accent, 2)


def levels(xs: Sequence[float | None], look: Look) -> list[int]:
    """How far each mark leaves the line, in mark heights, so that none covers another: 0, 1 up or 1 down."""
    taken: list[tuple[float, int]] = []
    found = [0] * len(xs)
    for part, x in enumerate(xs):
        if x is not None:
            near = {level for other, level in taken if abs(other - x) < size_of(look) * 1.2}
            found[part] = next(level for level in (0, -1, 1) if level not in near)
            taken.append((x, found[part]))
    return found


def draw_key(page: Sheet, y: float, look: Look) -> float:
    """Say which mark is which, and give where the key ends."""
    shades, size, side, x = palette(look), look.small, size_of(look), EDGE
    for part, name in enumerate(names()):
        wide = side * _WIDEST[part] + size * 0.4 + width(name, size)
        if part and x + wide > look.width - EDGE:
            x, y = EDGE, y + side * 1.4
        middle = y + side * 0.65
        page.add(*mark_of(part, (x + side * _WIDEST[part] / 2, middle), look))
        page.add(Text(x + side * _WIDEST[part] + size * 0.4, middle + size * 0.36, name, size, shades.ink_2))
        x += wide + size * 1.2
    return y + side * 1.3


def draw_scale(page: Sheet, place: Slot, look: Look) -> None:
    """Write 0 to 3 over the lines."""
    for n in range(MOST + 1):
        x = place.x + place.w * n / MOST
        page.add(Text(x, place.y, str(n), look.small, palette(look).ink_2, "middle"))


def line_room(off: set[int], look: Look) -> tuple[float, float]:
    """Pixels a line needs over and under it, by the levels that marks stand on."""
    over, under = (size_of(look) * (0.65 + (_STEP if level in off else 0)) for level in (-1, 1))
    return over, under


def draw_line(page: Sheet, place: Slot, means: Sequence[float | None], look: Look) -> None:
    """Draw one cause's line at the place's top, with its marks."""
    edge, tick = Paint(edge=palette(look).edge, weight=1.5), look.small * 0.3
    page.add(Shape(((place.x, place.y), (place.x + place.w, place.y)), edge))
    for n in range(MOST + 1):
        x = place.x + place.w * n / MOST
        page.add(Shape(((x, place.y - tick), (x, place.y + tick)), edge))
    xs = [None if mean is None else place.x + place.w * min(max(mean, 0), MOST) / MOST for mean in means]
    for part, (at, level) in enumerate(zip(xs, levels(xs, look), strict=True)):
        if at is not None:
            page.add(*mark_of(part, (at, place.y + level * size_of(look) * _STEP), look))


def draw_dk(page: Sheet, place: Slot, dks: Sequence[int], look: Look) -> None:
    """Say how many do not know yet, with hollow marks."""
    shades, size = palette(look), look.small
    page.add(Text(place.x, place.middle + size * 0.36, say("chart_dk"), size, shades.ink_2))
    x = place.x + width(say("chart_dk"), size) + size * 0.6
    for part, dk in enumerate(dks):
        if dk:
            wide = size_of(look) * _WIDEST[part]
            page.add(*mark_of(part, (x + wide / 2, place.middle), look, full=False))
            x += wide + size * 0.4
            page.add(Text(x, place.middle + size * 0.36, str(dk), size, shades.ink))
            x += width(str(dk), size) + size * 0.7


def draw_dots(page: Sheet, place: Slot, count: int, most: int, look: Look) -> None:
    """Draw so many dots in a row, a little apart after every fifth; a bar where there are too many to see."""
    paint = Paint(palette(look).accent)
    pitch = min(look.small * 0.8, place.w / (max(most, 1) * 1.1))
    if pitch < look.small * _BARRED:
        page.add(Box(place.x, place.middle - look.small * 0.3, place.w * count / most, look.small * 0.6, paint))
        return
    for i in range(count):
        page.add(Disc(place.x + pitch * (i + i // 5 * 0.5 + 0.5), place.middle, pitch * 0.38, paint))
