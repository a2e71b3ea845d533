"""How many people chose each option: plain bars in the options' order."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import width
from mira_workbook.charts.layout import Rows, empty, lay_rows, new_sheet
from mira_workbook.charts.peak import peak_of
from mira_workbook.charts.shapes import Box, Paint, Shape, Sheet, Text


@dataclass(frozen=True, slots=True)
class Count:
    """One option and how many chose it."""

    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Input of the picture; rows in the options' order, which they keep."""

    sentence: str
    rows: tuple[Count, ...]


def words(data: Counts) -> Words:
    """Say what most chose; one row an option."""
    peak = peak_of(("chart_counts_peak", "chart_counts_tie"), [(row.label, row.people) for row in data.rows])
    return Words(
        say("chart_alt", sentence=data.sentence, peak=peak).strip(),
        (say("chart_option"), say("chart_people")),
        tuple((row.label, str(row.people)) for row in data.rows),
    )


def sheet(data: Counts, look: Look) -> Sheet:
    """Put the picture together: bars of one colour from one line, numbers at their ends."""
    most = max((row.people for row in data.rows), default=0)
    if not most:
        return empty(look)
    page, shades = new_sheet(look)
    top = frozenset(i for i, row in enumerate(data.rows) if row.people == most)
    slots = lay_rows(page, Rows([Named(row.label) for row in data.rows], thick=1.3, bold=top), look)
    unit = (slots[0].w - width(str(most), look.font, bold=True) - look.font * 0.5) / most
    for i, (row, slot) in enumerate(zip(data.rows, slots, strict=True)):
        if row.people:
            page.add(Box(slot.x, slot.y, row.people * unit, slot.h, Paint(shades.accent)))
        else:
            page.add(Shape(((slot.x, slot.y), (slot.x, slot.y + slot.h)), Paint(edge=shades.edge, weight=2)))
        ink = shades.ink if row.people else shades.ink_2
        end = slot.x + row.people * unit + look.font * 0.4
        page.add(Text(end, slot.middle + look.font * 0.36, str(row.people), look.font, ink, bold=i in top))
    return page
