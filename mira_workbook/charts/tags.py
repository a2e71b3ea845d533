"""Numbers on a plot, moved so that none covers another; a line leads back to what each belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from mira_workbook.charts.layout import Slot
from mira_workbook.charts.shapes import Point

_AROUND = 16
_FAR = 60


@dataclass(frozen=True, slots=True)
class Tag:
    """A number to be placed: what it belongs to, and its own width and height."""

    at: Point
    r: float
    w: float
    h: float


def place_tags(tags: Sequence[Tag], room: Slot) -> list[Point]:
    """Give each tag's middle: on its disc where it fits in, else beside it, else farther away.

    Shape: one place a tag. None covers another as long as the room holds them.
    """
    small = [(tag, _box(tag.at, 2 * tag.r, 2 * tag.r)) for tag in tags if not _fits_in(tag)]
    placed: list[Point] = []
    taken: list[Slot] = []
    for tag in tags:
        best = _free(tag, taken, [box for other, box in small if other is not tag], room)
        placed.append(best)
        taken.append(_box(best, tag.w + 2, tag.h + 2))
    return placed


def _free(tag: Tag, taken: Sequence[Slot], discs: Sequence[Slot], room: Slot) -> Point:
    """The nearest place that covers no other tag, and no small disc if there is such a place."""
    second = None
    for point in _places(tag):
        box = _box(point, tag.w, tag.h)
        if not _within(box, room) or _hit(box, taken):
            continue
        if not _hit(box, discs):
            return point
        second = second or point
    return second or tag.at


def _fits_in(tag: Tag) -> bool:
    return tag.r > max(tag.w, tag.h) * 0.7


def _places(tag: Tag) -> Iterator[Point]:
    if _fits_in(tag):
        yield tag.at
    for far in range(_FAR):
        across, up = tag.r + tag.w * 0.6 + far * tag.h * 0.4, tag.r + tag.h * 0.65 + far * tag.h * 0.4
        for i in range(_AROUND):
            turn = 2 * pi * i / _AROUND - pi / 2
            yield tag.at[0] + across * cos(turn), tag.at[1] + up * sin(turn)


def _box(middle: Point, w: float, h: float) -> Slot:
    return Slot(middle[0] - w / 2, middle[1] - h / 2, w, h)


def _within(box: Slot, room: Slot) -> bool:
    return room.x <= box.x and box.x + box.w <= room.x + room.w and room.y <= box.y and box.y + box.h <= room.y + room.h


def _hit(box: Slot, taken: Sequence[Slot]) -> bool:
    return any(
        box.x < other.x + other.w and other.x < box.x + box.w and box.y < other.y + other.h and other.y < box.y + box.h
        for other in taken
    )
