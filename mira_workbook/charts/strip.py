"""How near each initiative is to the priority: every rating on one line from 0 to 3, with the mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import wrap
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.shapes import Paint, Shape, Sheet, Text
from mira_workbook.charts.strip_lines import StripRow, draw_row, draw_zones, frame_of

_ON_THE_WALL = 14
"""As many lines as a wall holds at a size that is read from afar."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Input of the picture; rows in any order.

    Attributes:
        sentence: what the measure says.
        rows: the initiatives.
        floors: means from which an initiative is partly aligned, and aligned.
        ends: words of the four ratings, "" for none.
    """

    sentence: str
    rows: tuple[StripRow, ...]
    floors: tuple[float, float] = (1.0, 2.0)
    ends: tuple[str, str, str, str] = ("", "", "", "")

    def ordered(self) -> list[StripRow]:
        """Nearest first; those without a mean last."""
        return sorted(self.rows, key=lambda row: (row.mean is None, -(row.mean or 0.0)))

    def zone(self, mean: float | None) -> str:
        """What a mean is called."""
        if mean is None:
            return say("chart_strip_unknown")
        return say("chart_strip_zones").split("|")[sum(mean >= floor for floor in self.floors)]


def words(data: Strip) -> Words:
    """Say which is nearest and which farthest; one row an initiative, with people at each rating."""
    ratings = [f"{n} · {word}" if word else str(n) for n, word in enumerate(data.ends)]
    head = (say("chart_initiative"), say("chart_mean"), say("chart_strip_zone"), *ratings, say("chart_strip_dk"))
    rows = tuple(
        (row.name.label, row.mean_said(), data.zone(row.mean), *map(str, row.counts), str(row.unknown))
        for row in data.ordered()
    )
    return Words(say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(), head, rows)


def _peak(data: Strip) -> str:
    rated = [row for row in data.ordered() if row.mean is not None]
    unsure = max(data.rows, key=lambda row: row.unknown, default=None)
    said = []
    if len(rated) > 1:
        slots = {"near": rated[0].name.label, "most": rated[0].mean_said()}
        said.append(say("chart_strip_peak", **slots, far=rated[-1].name.label, least=rated[-1].mean_said()))
    elif rated:
        said.append(say("chart_strip_one", name=rated[0].name.label, mean=rated[0].mean_said()))
    if unsure and unsure.unknown:
        said.append(say("chart_strip_unsure", name=unsure.name.label, n=unsure.unknown))
    return " ".join(said) or say("chart_empty")


def sheet(data: Strip, look: Look) -> Sheet:
    """Put the picture together: zones behind, one line an initiative."""
    rows = data.ordered()
    if not any(sum(row.counts) + row.unknown for row in rows):
        return empty(look)
    page, shades = new_sheet(look)
    kept = [*rows[: _ON_THE_WALL // 2], *rows[-_ON_THE_WALL // 2 :]] if _is_cut(rows, look) else rows
    frame = frame_of(kept, look)
    bottom = frame.top + frame.pitch * len(kept) + look.small * 0.3
    draw_zones(page, data.floors, frame, bottom, look)
    for i, row in enumerate(kept):
        draw_row(page, row, frame.top + i * frame.pitch, frame, look)
    notes = [] if look.size == "wall" else [say("chart_strip_key")]
    if _is_cut(rows, look):
        y = frame.top + frame.pitch * _ON_THE_WALL / 2
        page.add(Shape(((EDGE, y), (look.width - EDGE, y)), Paint(edge=shades.edge, weight=2, dash="--")))
        notes = [say("chart_strip_between", n=len(rows) - len(kept))]
    page.height = bottom + EDGE
    for line in wrap(" ".join(notes), look.small, look.width - 2 * EDGE, 2):
        page.add(Text(EDGE, page.height + look.small * 1.2, line, look.small, shades.ink_2))
        page.height += look.small * 1.3
    page.height += look.small * 0.3 if notes else 0
    return page


def _is_cut(rows: Sequence[StripRow], look: Look) -> bool:
    return look.size == "wall" and len(rows) > _ON_THE_WALL
