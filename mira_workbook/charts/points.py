"""Who leads: points of every candidate as bars."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import width
from mira_workbook.charts.layout import Rows, empty, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import shade_of
from mira_workbook.text import join_words


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One candidate and its points."""

    name: Named
    points: int


@dataclass(frozen=True, slots=True)
class Points:
    """Input of the picture; rows in any order."""

    sentence: str
    rows: tuple[PointsRow, ...]

    def ordered(self) -> list[PointsRow]:
        """Most points first; equals stay as given."""
        return sorted(self.rows, key=lambda row: -row.points)


def words(data: Points) -> Words:
    """Say who has most points; one row a candidate."""
    rows = data.ordered()
    top = [row.name.label for row in rows if row.points == rows[0].points]
    key = "chart_points_peak" if len(top) == 1 else "chart_points_tie"
    peak = say(key, names=join_words(top), count=rows[0].points) if rows else say("chart_empty")
    return Words(
        say("chart_alt", sentence=data.sentence, peak=peak).strip(),
        (say("chart_candidate"), say("chart_points")),
        tuple((row.name.label, str(row.points)) for row in rows),
    )


def sheet(data: Points, look: Look) -> Sheet:
    """Put the picture together: bars in the candidates' colours, points at their ends."""
    rows = data.ordered()
    if not rows:
        return empty(look)
    page, shades = new_sheet(look)
    leaders = frozenset(i for i, row in enumerate(rows) if row.points == rows[0].points > 0)
    slots = lay_rows(page, Rows([row.name for row in rows], thick=1.3, bold=leaders), look)
    spare = width(str(rows[0].points), look.font, bold=True) + look.font * 0.5
    unit = (slots[0].w - spare) / max(rows[0].points, 1)
    for i, (row, slot) in enumerate(zip(rows, slots, strict=True)):
        page.add(Box(slot.x, slot.y, max(row.points * unit, 2), slot.h, Paint(shade_of(row.name.color or 1, shades))))
        end = slot.x + max(row.points * unit, 2) + look.font * 0.4
        base = slot.middle + look.font * 0.36
        page.add(Text(end, base, str(row.points), look.font, shades.ink, bold=i in leaders))
    return page
