"""All hands at once: how many people stand at 0 to 5. No names."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import width, wrap
from mira_workbook.charts.layout import EDGE, Rows, empty, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Point, Shape, Sheet, Text
from mira_workbook.text import join_words
from mira_workbook.tokens import Colours

_TINY = 0.6
_DEEP = 5
_STEP = 1.3  # from hand to hand, in sizes


@dataclass(frozen=True, slots=True)
class Hands:
    """Input of the picture.

    Attributes:
        sentence: what the measure says.
        counts: hands at each level, 0 first.
        levels: words of all levels or of the two ends; None for the catalogue's six.
    """

    sentence: str
    counts: tuple[int, ...]
    levels: tuple[str, ...] | None = None

    def named(self) -> list[tuple[str, int]]:
        """Each level's word and its number of hands, 0 first."""
        levels = self.levels or tuple(say("chart_hands_words").split("|"))
        if len(levels) != len(self.counts):
            blank = ("",) * (len(self.counts) - 2)
            levels = (levels[0], *blank, levels[-1])
        return list(zip(levels, self.counts, strict=True))


def words(data: Hands) -> Words:
    """Say where most hands are; one row a level."""
    named = data.named()
    return Words(
        say("chart_alt", sentence=data.sentence, peak=_peak(named)).strip(),
        (say("chart_hand"), say("chart_hands")),
        tuple((_called(level, word), str(count)) for level, (word, count) in enumerate(named)),
    )


def _called(level: int, word: str) -> str:
    return f"{level} · {word}" if word else str(level)


def _peak(named: Sequence[tuple[str, int]]) -> str:
    everybody = sum(count for _, count in named)
    if not everybody:
        return say("chart_empty")
    most = max(count for _, count in named)
    top = [level for level, (_, count) in enumerate(named) if count == most]
    if len(top) > 1:
        return say("chart_hands_tie", levels=join_words([str(level) for level in top]), count=most, all=everybody)
    return say("chart_hands_peak", hand=_called(top[0], named[top[0]][0]), count=most, all=everybody)


def sheet(data: Hands, look: Look) -> Sheet:
    """Put the picture together: rows on a phone, columns elsewhere."""
    if not sum(data.counts):
        return empty(look)
    return _rows(data, look) if look.phone else _columns(data, look)


def _rows(data: Hands, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    named = data.named()
    slots = lay_rows(page, Rows([Named(_called(level, word)) for level, (word, _) in enumerate(named)]), look)
    spare = width(say("chart_hands_count", n=max(data.counts)), look.font, bold=True) + look.font * 0.5
    size = min(look.font * 1.15, (slots[0].w - spare) / max(data.counts) / _STEP)
    for level, ((_, count), slot) in enumerate(zip(named, slots, strict=True)):
        if size < look.font * _TINY:
            page.add(Box(slot.x, slot.y, count * size * _STEP, slot.h, Paint(shades.accent)))
        else:
            for i in range(count):
                _hand(page, (slot.x + i * size * _STEP, slot.middle - size * 0.6), size, level, shades)
        x = slot.x + count * size * _STEP + (look.font * 0.3 if count else 0)
        said, ink = say("chart_hands_count", n=count), shades.ink if count else shades.ink_2
        page.add(Text(x, slot.middle + look.font * 0.36, said, look.font, ink, bold=bool(count)))
    return page


def _columns(data: Hands, look: Look) -> Sheet:
    page, shades = new_sheet(look)
    named = data.named()
    step = (look.width - 2 * EDGE) / len(named)
    size = look.font * 1.3
    across, deep = _grid(max(data.counts), step, size)
    while deep > _DEEP and size > look.font * _TINY:
        size *= 0.9
        across, deep = _grid(max(data.counts), step, size)
    floor = look.font * 1.7 + deep * size * 1.45
    lines = [wrap(word, look.small, step - look.small * 0.5, 3) for word, _ in named]
    for level, (_, count) in enumerate(named):
        middle = EDGE + (level + 0.5) * step
        top = floor - -(-count // across) * size * 1.45
        ink = shades.ink if count else shades.ink_2
        page.add(Text(middle, top - look.font * 0.5, str(count), look.font, ink, "middle", bold=bool(count)))
        for i in range(count):
            row, place = divmod(i, across)
            in_row = min(across, count - row * across)
            x = middle + (place - in_row / 2) * size * _STEP + size * 0.15
            _hand(page, (x, floor - (row + 1) * size * 1.45), size, level, shades)
        base = floor + look.font * 1.35
        page.add(Text(middle, base, str(level), look.font, shades.ink, "middle", bold=True))
        for i, line in enumerate(lines[level]):
            page.add(Text(middle, base + look.small * 1.25 * (i + 1), line, look.small, shades.ink_2, "middle"))
    page.add(Shape(((EDGE, floor + 2), (look.width - EDGE, floor + 2)), Paint(edge=shades.edge)))
    page.height = floor + look.font * 1.35 + look.small * 1.25 * max(map(len, lines)) + look.small * 0.5
    return page


def _grid(count: int, step: float, size: float) -> tuple[int, int]:
    """How many hands stand beside and above each other in a column."""
    across = max(1, int(step * 0.86 / (size * _STEP)))
    return across, -(-count // across)


def _hand(page: Sheet, at: Point, size: float, fingers: int, shades: Colours) -> None:
    """Draw a hand that holds up as many fingers as its level; 0 is a fist."""
    (x, y), ink = at, Paint(shades.accent)
    palm, thin = size * 0.78, size * 0.15
    left, top = x + (size - palm) * 0.75, y + size * 0.55
    page.add(Box(left, top, palm, size * 0.6, ink, size * 0.2))
    for i in range(min(fingers, 4)):
        fx = left + palm * (0.5 + (i - (min(fingers, 4) - 1) / 2) * 0.27) - thin / 2
        page.add(Box(fx, y + (size * 0.08 if i in {0, 3} else 0), thin, size * 0.75, ink, thin / 2))
    if fingers > 4:  # noqa: PLR2004 - the thumb is the fifth
        thumb = ((left + thin / 2, y + size * 0.85), (x + size * 0.07, y + size * 0.54))
        page.add(Shape(thumb, Paint(edge=shades.accent, weight=thin)))
