"""Where in its life each initiative is: four zones around a loop, and two boxes inside it for what is caught."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, Slot, empty, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Point, Shape, Sheet, Text
from mira_workbook.charts.style import palette

_LINE = 1.3
_WIDEST_TRAP = 0.4
_MOST = {"phone": 40, "board": 40, "wall": 6}
_MOST_CAUGHT = {"phone": 40, "board": 40, "wall": 3}


@dataclass(frozen=True, slots=True)
class LoopRow:
    """One initiative: its place in `stages`, and the trap it is caught in, both from 0; None where it has none."""

    name: Named
    stage: int | None = None
    trap: int | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Input of the picture; rows in any order. `stages` and `traps` are their words, None for the catalogue's."""

    sentence: str
    rows: tuple[LoopRow, ...]
    stages: tuple[str, str, str, str] | None = None
    traps: tuple[str, str] | None = None

    def stage_words(self) -> Sequence[str]:
        """What the four zones are called."""
        return self.stages or say("chart_loop_stages").split("|")

    def trap_words(self) -> Sequence[str]:
        """What the two traps are called."""
        return self.traps or say("chart_loop_traps").split("|")

    def zones(self) -> list["Zone"]:
        """The four zones with what is in them; what is caught says so."""
        return [
            Zone(word, tuple((row.name.label, self._trap(row)) for row in self.rows if row.stage == i))
            for i, word in enumerate(self.stage_words())
        ]

    def caught(self) -> list["Zone"]:
        """The two traps with what is in them."""
        return [
            Zone(word, tuple((row.name.label, "") for row in self.rows if row.trap == i), trap=True)
            for i, word in enumerate(self.trap_words())
        ]

    def unplaced(self) -> int:
        """How many have no place yet."""
        return sum(row.stage is None for row in self.rows)

    def _trap(self, row: LoopRow) -> str:
        return "" if row.trap is None else _short(self.trap_words()[row.trap]).lower()


@dataclass(frozen=True, slots=True)
class Zone:
    """A place in the picture, and what is in it: names, and what is said after each."""

    word: str
    names: tuple[tuple[str, str], ...]
    trap: bool = False


def _short(word: str) -> str:
    return word.split(":", maxsplit=1)[0]


def words(data: Loop) -> Words:
    """Say how many are in each zone and each trap; one row an initiative, in the order of the loop."""
    stages, traps, none = data.stage_words(), data.trap_words(), say("chart_unknown")
    rows = sorted(data.rows, key=lambda row: len(stages) if row.stage is None else row.stage)
    table = tuple(
        (
            row.name.label,
            none if row.stage is None else stages[row.stage],
            none if row.trap is None else _short(traps[row.trap]),
        )
        for row in rows
    )
    head = (say("chart_initiative"), say("chart_loop_stage"), say("chart_loop_trap"))
    return Words(say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(), head, table)


def _peak(data: Loop) -> str:
    if not any(row.stage is not None or row.trap is not None for row in data.rows):
        return say("chart_empty")
    said = [f"{_short(zone.word)}: {len(zone.names)}." for zone in [*data.zones(), *data.caught()]]
    return " ".join([*said, *_unplaced(data)])


def _unplaced(data: Loop) -> list[str]:
    return [say("chart_loop_unplaced", n=data.unplaced())] if data.unplaced() else []


def sheet(data: Loop, look: Look) -> Sheet:
    """Put the picture together: a loop, and on a phone its zones one under the other."""
    if not any(row.stage is not None or row.trap is not None for row in data.rows):
        return empty(look)
    page, shades = new_sheet(look)
    page.height = (_stacked if look.phone else _around)(page, data, look)
    for words in _unplaced(data):
        page.add(Text(EDGE, page.height + look.small * 1.1, words, look.small, shades.ink_2))
        page.height += look.small * 1.5
    return page


def _stacked(page: Sheet, data: Loop, look: Look) -> float:
    y, wide, zones = EDGE, look.width - 2 * EDGE, data.zones()
    for i, zone in enumerate([*zones, *data.caught()]):
        place = Slot(EDGE, y, wide, _tall(zone, look))
        _zone(page, zone, place, look)
        y += place.h + look.small * 0.5
        if i < len(zones) - 1:
            _arrow(page, (look.width / 2, y), (look.width / 2, y + look.small * 1.1), look)
            y += look.small * 1.6
    return y


def _around(page: Sheet, data: Loop, look: Look) -> float:
    """Draw the zones clockwise, the traps between them, and arrows from zone to zone."""
    size = look.small
    gap, side, (first, second, third, last) = size * 3.4, size * 3, data.zones()
    wide = (look.width - 2 * EDGE - gap) / 2
    right = EDGE + wide + gap
    traps = data.caught()
    heights = [max(_tall(zone, look) for zone in pair) for pair in ((first, second), traps, (last, third))]
    tops = [EDGE, EDGE + heights[0] + size, EDGE + heights[0] + heights[1] + 2 * size]
    for zone, x, row in ((first, EDGE, 0), (second, right, 0), (last, EDGE, 2), (third, right, 2)):
        _zone(page, zone, Slot(x, tops[row], wide, heights[row]), look)
    inner = (look.width - 2 * (EDGE + side) - size) / 2
    for i, zone in enumerate(traps):
        _zone(page, zone, Slot(EDGE + side + i * (inner + size), tops[1], inner, heights[1]), look)
    clear = size * 0.35
    for row, x0, x1 in ((0, EDGE + wide + clear, right - clear), (2, right - clear, EDGE + wide + clear)):
        y = tops[row] + heights[row] / 2
        _arrow(page, (x0, y), (x1, y), look)
    above, below = tops[0] + heights[0] + clear, tops[2] - clear
    _arrow(page, (look.width - EDGE - side / 2, above), (look.width - EDGE - side / 2, below), look)
    _arrow(page, (EDGE + side / 2, below), (EDGE + side / 2, above), look)
    return tops[2] + heights[2] + size * 0.4


def _shown(zone: Zone, look: Look) -> list[tuple[str, str]]:
    """What a zone's lines say; the last tells how many more there are."""
    most = (_MOST_CAUGHT if zone.trap else _MOST)[look.size]
    names = list(zone.names) or [(say("chart_loop_none"), "")]
    return names if len(names) <= most else [*names[: most - 1], (say("chart_loop_more", n=len(names) - most + 1), "")]


def _tall(zone: Zone, look: Look) -> float:
    return look.small * (1.9 + _LINE * len(_shown(zone, look)) + 0.5)


def _zone(page: Sheet, zone: Zone, place: Slot, look: Look) -> None:
    shades, size = palette(look), look.small
    paint = Paint("", shades.edge, 2, dash="--") if zone.trap else Paint(shades.sunk, shades.edge, 1)
    page.add(Box(place.x, place.y, place.w, place.h, paint, size * 0.4))
    x, room, y = place.x + size * 0.6, place.w - size * 1.2, place.y + size * 1.35
    heading = f"{_short(zone.word)} · {len(zone.names)}"
    page.add(Text(x, y, shorten(heading, size, room, bold=True), size, shades.ink, bold=True))
    for name, after in _shown(zone, look):
        y += size * _LINE
        ink = shades.ink if zone.names else shades.ink_2
        end = after and " · " + shorten(after, size, room * _WIDEST_TRAP)
        said = shorten(name, size, room - width(end, size)) + end
        page.add(Text(x, y, said, size, ink))


def _arrow(page: Sheet, start: Point, end: Point, look: Look) -> None:
    shades, head = palette(look), look.small * 0.5
    far = abs(end[0] - start[0]) + abs(end[1] - start[1]) or 1.0
    dx, dy = (end[0] - start[0]) / far, (end[1] - start[1]) / far
    neck = end[0] - dx * head, end[1] - dy * head
    page.add(Shape((start, neck), Paint(edge=shades.ink_2, weight=look.small * 0.16)))
    sides = (
        (neck[0] - dy * head * 0.7, neck[1] + dx * head * 0.7),
        (neck[0] + dy * head * 0.7, neck[1] - dx * head * 0.7),
    )
    page.add(Shape((end, *sides), Paint(shades.ink_2), closed=True))
