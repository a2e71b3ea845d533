"""What helps what: arrows between candidates, wider where more people see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import width, wrap
from mira_workbook.charts.layout import EDGE, Slot, colored, empty, lay_list, new_sheet
from mira_workbook.charts.shapes import Anchor, Box, Curve, Disc, Paint, Point, Shape, Sheet, Text
from mira_workbook.charts.style import mark, palette
from mira_workbook.text import join_words

_SEVERAL = 2
_NUMBERED = 12


@dataclass(frozen=True, slots=True)
class Arrow:
    """If we did `source`, `people` of us think `target` would get better; both are places in `names`, from 0."""

    source: int
    target: int
    people: int = 1


@dataclass(frozen=True, slots=True)
class Arrows:
    """Input of the picture; up to nine candidates."""

    sentence: str
    names: tuple[Named, ...]
    arrows: tuple[Arrow, ...]

    def drawn(self) -> list[Arrow]:
        """Arrows that somebody sees and that lead from one to another, widest first."""
        found = [a for a in self.arrows if a.people > 0 and a.source != a.target]
        return sorted(found, key=lambda a: (-a.people, a.source, a.target))

    def lifts(self) -> list[int]:
        """Candidates with most going out, in people, to two others or more; all that tie."""
        return self._most(lambda a: a.source)

    def pains(self) -> list[int]:
        """Candidates with most coming in, in people, from two others or more; all that tie."""
        return self._most(lambda a: a.target)

    def _most(self, end: Callable[[Arrow], int]) -> list[int]:
        mine = [[a for a in self.drawn() if end(a) == i] for i in range(len(self.names))]
        people = [sum(a.people for a in arrows) if len(arrows) >= _SEVERAL else 0 for arrows in mine]
        most = max(people, default=0)
        return [i for i, n in enumerate(people) if n == most > 0]


def words(data: Arrows) -> Words:
    """Say who may lift others, who may be a shared pain point, and the widest arrow; one row an arrow."""
    labels, drawn = [name.label for name in data.names], data.drawn()
    said = [
        say(key, names=join_words([labels[i] for i in found]))
        for key, found in (("chart_arrows_lifts", data.lifts()), ("chart_arrows_pain", data.pains()))
        if found
    ]
    if drawn:
        top = drawn[0]
        said.append(say("chart_arrows_peak", source=labels[top.source], target=labels[top.target], n=top.people))
    return Words(
        say("chart_alt", sentence=data.sentence, peak=" ".join(said) or say("chart_empty")).strip(),
        (say("chart_arrow_from"), say("chart_arrow_to"), say("chart_people")),
        tuple((labels[a.source], labels[a.target], str(a.people)) for a in drawn),
    )


def sheet(data: Arrows, look: Look) -> Sheet:
    """Put the picture together: candidates around a circle; names in a list under it on a phone, else beside them."""
    if not data.drawn():
        return empty(look)
    page, shades = new_sheet(look)
    names = colored(data.names)
    r = {"phone": 120.0, "board": 152.0, "wall": 176.0}[look.size]
    middle = look.width / 2, r + look.font * (1.2 if look.phone else 2.4)
    at = [
        _around(middle, (r * {"phone": 1.0, "board": 1.1, "wall": 1.5}[look.size], r), i, len(names))
        for i in range(len(names))
    ]
    _arrows(page, data, at, look)
    for name, (x, y) in zip(names, at, strict=True):
        page.add(Disc(x, y, look.font * 0.85, Paint(shades.card, shades.edge, 1)))
        page.add(*mark(x, y, look.font * 0.5, name.color, shades))
    page.height = middle[1] + r + look.font * (1.4 if look.phone else 2.4)
    _names(page, names, data, at, look)
    return page


def _around(middle: Point, radii: Point, i: int, n: int) -> Point:
    turn = -pi / 2 + 2 * pi * (i + 0.5) / n
    return middle[0] + radii[0] * cos(turn), middle[1] + radii[1] * sin(turn)


def _flags(data: Arrows, i: int) -> list[str]:
    return [say(key) for key, found in (("chart_lifts", data.lifts()), ("chart_pain", data.pains())) if i in found]


def _names(page: Sheet, names: Sequence[Named], data: Arrows, at: Sequence[Point], look: Look) -> None:
    shades, middle = palette(look), look.width / 2
    if look.phone:
        y = page.height
        for i, name in enumerate(names):
            y = lay_list(page, [name], Slot(EDGE, y, look.width - 2 * EDGE, 0), look)
            for flag in _flags(data, i):
                page.add(Text(EDGE + look.font * 1.25, y + look.small * 0.75, flag, look.small, shades.accent))
                y += look.small * 1.3
        page.height = y + EDGE
        return
    for i, (name, (x, y)) in enumerate(zip(names, at, strict=True)):
        gap = look.font * 1.2
        anchor: Anchor = "middle" if abs(x - middle) < 1 else "start" if x > middle else "end"
        start = x + {"middle": 0, "start": gap, "end": -gap}[anchor]
        room = {"middle": middle, "start": look.width - start, "end": start}[anchor] - EDGE
        lines = [(line, shades.ink) for line in wrap(name.label, look.small, room, 2)]
        lines += [(line, shades.accent) for flag in _flags(data, i) for line in wrap(flag, look.small, room, 2)]
        base = y + (look.font * 1.1 + look.small if anchor == "middle" else look.small * (0.95 - 0.6 * len(lines)))
        for j, (line, color) in enumerate(lines):
            page.add(Text(start, base + j * look.small * 1.2, line, look.small, color, anchor))
        page.height = max(page.height, base + len(lines) * look.small * 1.2)


def _arrows(page: Sheet, data: Arrows, at: Sequence[Point], look: Look) -> None:
    shades, drawn = palette(look), data.drawn()
    most = drawn[0].people
    tags: list[tuple[Point, int]] = []
    for arrow in reversed(drawn):
        more = (arrow.people - 1) / max(most - 1, 1) * min(0.3, 0.08 * (most - 1))
        places = _arrow(page, (at[arrow.source], at[arrow.target]), look.font * (0.1 + more), look)
        taken = [tag for tag, _ in tags]
        free = (p for p in places if all(hypot(p[0] - x, p[1] - y) > look.font * 1.3 for x, y in taken))
        tags.append((next(free, places[0]), arrow.people))
    for (x, y), people in tags if len(drawn) <= _NUMBERED and most > 1 else ():
        wide, tall = width(str(people), look.small) + look.small * 0.5, look.small * 1.15
        page.add(Box(x - wide / 2, y - tall / 2, wide, tall, Paint(shades.card, shades.line, 1), 3))
        page.add(Text(x, y + look.small * 0.36, str(people), look.small, shades.ink, "middle"))


def _arrow(page: Sheet, ends: tuple[Point, Point], weight: float, look: Look) -> list[Point]:
    """Draw one arrow, bent to its left so that one coming back stays apart; give places for its number."""
    (x0, y0), (x1, y1) = ends
    paint, bow = palette(look).ink_2, 0.16
    bend = ((x0 + x1) / 2 + (y1 - y0) * bow, (y0 + y1) / 2 - (x1 - x0) * bow)
    head = look.font * 0.35 + weight * 1.1
    start = _toward(ends[0], bend, look.font * 0.95)
    tip = _toward(ends[1], bend, look.font * 0.95)
    end = _toward(ends[1], bend, look.font * 0.95 + head * 0.8)
    page.add(Curve(start, bend, end, Paint(edge=paint, weight=weight)))
    dx, dy = tip[0] - end[0], tip[1] - end[1]
    scale = head * 0.62 / (hypot(dx, dy) or 1)
    sides = ((end[0] - dy * scale, end[1] + dx * scale), (end[0] + dy * scale, end[1] - dx * scale))
    page.add(Shape((tip, *sides), Paint(paint), closed=True))
    return [_on_curve((ends[0], bend, ends[1]), t) for t in (0.45, 0.55, 0.35, 0.65, 0.28)]


def _on_curve(curve: tuple[Point, Point, Point], t: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2


def _toward(point: Point, other: Point, by: float) -> Point:
    """The point `by` pixels from a point toward another."""
    far = hypot(other[0] - point[0], other[1] - point[1]) or 1
    return point[0] + (other[0] - point[0]) * by / far, point[1] + (other[1] - point[1]) * by / far
