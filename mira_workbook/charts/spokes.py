"""What each role adds to the priority: a line a role, thicker where the role's own priority is nearer to it."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Slot, empty, lay_centered, new_sheet
from mira_workbook.charts.shapes import Box, Disc, Paint, Shape, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.tokens import Colours

_NEAR = 3
_WEIGHTS = (0.0, 0.1, 0.2, 0.32, 0.48)


@dataclass(frozen=True, slots=True)
class Spoke:
    """One role: what it adds, and how near its own priority is, 1 differs to 4 is the same; None where not shown."""

    role: str
    text: str
    fit: int | None = None


@dataclass(frozen=True, slots=True)
class Spokes:
    """Input of the picture; `centre` is the priority, `fits` the four words of nearness, None for the catalogue's.

    The wall draws every line alike: a role that one person carries must not stand beside a low number.
    """

    sentence: str
    centre: str
    rows: tuple[Spoke, ...]
    fits: tuple[str, ...] | None = None

    def said(self, fit: int | None) -> str:
        """A nearness in words, "" for None."""
        return "" if fit is None else (self.fits or say("chart_fit_words").split("|"))[fit - 1]


def words(data: Spokes) -> Words:
    """Say how many roles are near; one row a role."""
    fits = [row.fit for row in data.rows if row.fit is not None]
    near = sum(fit >= _NEAR for fit in fits)
    peak = say("chart_spokes_peak", count=near, all=len(fits)) if fits else say("chart_spokes_plain", n=len(data.rows))
    head: tuple[str, ...] = (say("chart_role"), say("chart_contribution"))
    rows: tuple[tuple[str, ...], ...] = tuple((row.role, row.text) for row in data.rows)
    if fits:
        head = (*head, say("chart_fit"))
        rows = tuple((row.role, row.text, data.said(row.fit)) for row in data.rows)
    alt = say("chart_alt", sentence=data.sentence, peak=peak if data.rows else say("chart_empty")).strip()
    return Words(alt, head, rows)


def sheet(data: Spokes, look: Look) -> Sheet:
    """Put the picture together: lines to a block at the side on a phone, to a circle in the middle elsewhere."""
    if not data.rows:
        return empty(look)
    return _side(data, look) if look.phone else _round(data, look)


def _side(data: Spokes, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    font, right = look.font, look.width * 0.69
    pitch = font * 3.3
    page.height = max(len(data.rows) * pitch, font * 9) + EDGE
    top = (page.height - len(data.rows) * pitch) / 2
    for i, row in enumerate(data.rows):
        y, fit = top + i * pitch + font, data.said(row.fit)
        page.add(Text(EDGE, y + font * 0.2, shorten(row.role, font, right - font), font, shades.ink))
        page.add(Text(EDGE, y + font * 1.45, fit, look.small, shades.ink_2))
        start = EDGE + (width(fit, look.small) + font * 0.9 if fit else 0)
        _spoke(page, ((start, y + font * 1.1), (right, y + font * 1.1)), row.fit, look, shades)
    box = Slot(right, EDGE, look.width - right - EDGE, page.height - 2 * EDGE)
    page.add(Box(box.x, box.y, box.w, box.h, Paint(shades.accent), 8))
    inner = Slot(box.x + 8, box.y, box.w - 16, min(box.h, font * 14))
    lay_centered(page, data.centre, Slot(inner.x, box.middle - inner.h / 2, inner.w, inner.h), look, shades.on_accent)
    return page


def _round(data: Spokes, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    font, shown = look.font, look.size != "wall"
    r, column = look.width * 0.135, look.width * 0.27
    half = -(-len(data.rows) // 2)
    room = column - font * 0.8 - EDGE
    tall = any(width(row.role, font) > room for row in data.rows)
    pitch = font * ((4.1 if tall else 3.2) if shown else 2.9)
    page.height = max(half * pitch, 2 * r) + 2 * EDGE
    middle = look.width / 2, page.height / 2
    for i, row in enumerate(data.rows):
        right, place = divmod(i, half)
        rows_here = len(data.rows) - half if right else half
        y = middle[1] + (place - (rows_here - 1) / 2) * pitch
        x = look.width - column + font * 0.8 if right else EDGE
        _role(page, row.role, data.said(row.fit) if shown else "", (x, y, room), look)
        start = look.width - column if right else column
        _spoke(page, ((start, y), middle), row.fit if shown else None, look, shades)
    page.add(Disc(*middle, r, Paint(shades.accent, shades.card, 3)))
    box = Slot(middle[0] - r * 0.78, middle[1] - r * 0.6, r * 1.56, r * 1.2)
    lay_centered(page, data.centre, box, look, shades.on_accent)
    return page


def _role(page: Sheet, role: str, fit: str, at: tuple[float, float, float], look: Look) -> None:
    shades = palette(look)
    x, y, room = at
    lines = wrap(role, look.font, room, 2)
    base = y + look.font * 0.36 - (len(lines) - 1) * look.font * 0.6 - (look.small * 0.6 if fit else 0)
    for i, line in enumerate(lines):
        page.add(Text(x, base + i * look.font * 1.2, line, look.font, shades.ink))
    page.add(Text(x, base + (len(lines) - 1) * look.font * 1.2 + look.small * 1.35, fit, look.small, shades.ink_2))


def _spoke(
    page: Sheet, ends: tuple[tuple[float, float], tuple[float, float]], fit: int | None, look: Look, shades: Colours
) -> None:
    """Draw one line; where it differs it is dashed as well as thin."""
    weight = look.font * _WEIGHTS[2 if fit is None else fit]
    page.add(Shape(ends, Paint(edge=shades.accent, weight=weight, dash=(0, (2, 3)) if fit == 1 else "-")))
    page.add(Disc(*ends[0], max(weight * 0.9, look.font * 0.2), Paint(shades.accent)))
