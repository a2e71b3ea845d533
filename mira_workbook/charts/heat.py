"""Head to head: how many people put each candidate before each other one."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.layout import Rows, Slot, colored, empty, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import mark, palette


@dataclass(frozen=True, slots=True)
class Heat:
    """Input of the picture.

    Attributes:
        sentence: what the measure says.
        names: candidates in the order of rows and columns, best first.
        before: `before[row][column]` people put row before column; None on the diagonal.
        people: how many ordered.
        winner: row that is put before every other one by more than half, None if there is none.
    """

    sentence: str
    names: tuple[Named, ...]
    before: tuple[tuple[int | None, ...], ...]
    people: int
    winner: int | None = None


def words(data: Heat) -> Words:
    """Say who is put before every other one, and the highest number; a square table."""
    labels = [name.label for name in data.names]
    peak = say("chart_empty")
    cells = [
        (count, -i, -j)
        for i, row in enumerate(data.before)
        for j, count in enumerate(row)
        if count is not None and i != j
    ]
    if cells:
        count, i, j = max(cells)
        who = say("chart_heat_open") if data.winner is None else say("chart_heat_beats", name=labels[data.winner])
        most = say("chart_heat_peak", row=labels[-i], column=labels[-j], count=count, all=data.people)
        peak = f"{who} {most}"
    table = tuple(
        (label, *("–" if n is None else str(n) for n in row)) for label, row in zip(labels, data.before, strict=True)
    )
    return Words(say("chart_alt", sentence=data.sentence, peak=peak).strip(), (say("chart_candidate"), *labels), table)


def sheet(data: Heat, look: Look) -> Sheet:
    """Put the picture together: a square of cells on a ramp of six, the winner's row in a frame."""
    if len(data.names) < 2:  # noqa: PLR2004 - nothing to put it before
        return empty(look)
    page, shades = new_sheet(look)
    names, win = colored(data.names), data.winner
    bold, notes = (frozenset[int](), {}) if win is None else (frozenset({win}), {win: say("chart_heat_winner")})
    slots = lay_rows(page, Rows(names, look.font * 3.2, 2.1 if look.size == "board" else 1.7, bold, notes), look)
    left = slots[0].x
    page.add(Text(2, look.small * 1.05, say("chart_heat_how"), look.small, shades.ink_2))
    step = slots[0].w / len(names)
    for j, name in enumerate(names):
        page.add(*mark(left + (j + 0.5) * step, look.font * 2.3, look.font * 0.45, name.color, shades))
    for i, slot in enumerate(slots):
        _row(page, data.before[i], slot, data.people, look)
        if i == win:
            frame = Box(slot.x, slot.y - 1, slot.w, slot.h + 2, Paint("", shades.accent, 3))
            page.add(frame)
    return page


def _row(page: Sheet, row: Sequence[int | None], slot: Slot, people: int, look: Look) -> None:
    shades, step = palette(look), slot.w / len(row)
    for j, count in enumerate(row):
        x = slot.x + j * step
        shade = round((count or 0) / max(people, 1) * (len(shades.ramp) - 1))
        shade = min(max(shade, 0), len(shades.ramp) - 1)
        if count is not None:
            page.add(Box(x + 1, slot.y, step - 2, slot.h, Paint(shades.ramp[shade])))
        ink = shades.ink_2 if count is None else shades.on_ramp(shade)
        label = "–" if count is None else str(count)
        page.add(Text(x + step / 2, slot.middle + look.font * 0.36, label, look.font, ink, "middle"))
