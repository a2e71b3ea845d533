"""Areas side by side: a rectangle cut into parts whose areas are as amounts, each as near to a square as can be.

The squarified layout of Bruls, Huizing and van Wijk (2000).
"""

from collections.abc import Sequence

from mira_workbook.charts.layout import Slot


def squares(amounts: Sequence[float], place: Slot) -> list[Slot]:
    """Cut a rectangle.

    Args:
        amounts: above 0, largest first.
        place: the rectangle.

    Returns:
        One part an amount, in their order. The parts fill the rectangle and do not overlap.
    """
    whole = sum(amounts)
    areas = [amount / whole * place.w * place.h for amount in amounts] if whole else []
    found: list[Slot] = []
    while areas:
        across = min(place.w, place.h)
        n = 1
        while n < len(areas) and _worst(areas[: n + 1], across) <= _worst(areas[:n], across):
            n += 1
        row, areas = areas[:n], areas[n:]
        parts, place = _cut(row, place, last=not areas)
        found += parts
    return found


def _worst(row: Sequence[float], across: float) -> float:
    """How far from a square the worst part of a row is; 1 is a square."""
    deep = sum(row) / across
    return max(max(deep * deep / area, area / (deep * deep)) for area in row)


def _cut(row: Sequence[float], place: Slot, *, last: bool) -> tuple[list[Slot], Slot]:
    """Lay a row along the shorter side, and give what is left."""
    stands = place.w >= place.h
    long = place.h if stands else place.w
    deep = (place.w if stands else place.h) if last else sum(row) / long
    parts, at = [], place.y if stands else place.x
    for area in row:
        step = area / sum(row) * long
        parts.append(Slot(place.x, at, deep, step) if stands else Slot(at, place.y, step, deep))
        at += step
    if stands:
        return parts, Slot(place.x + deep, place.y, max(place.w - deep, 0.0), place.h)
    return parts, Slot(place.x, place.y + deep, place.w, max(place.h - deep, 0.0))
