"""How near each initiative is, what we know of it, what it takes, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts import bubble_key, bubble_plot
from mira_workbook.charts.amounts import DOLLARS, Unit, said
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.bubble_plot import Mark
from mira_workbook.charts.fit import wrap
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.shapes import Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import one_place
from mira_workbook.text import join_words

_ON_THE_WALL = 14
_BESIDE = {"phone": 0, "board": 20, "wall": _ON_THE_WALL}


@dataclass(frozen=True, slots=True)
class BubbleRow:
    """One initiative.

    Attributes:
        name: what it is called.
        align: mean of the ratings 0 to 3, None where it is not known.
        evidence: what is known of its effect, 0 to 3, None where nobody said.
        usd: money a year.
        minutes: staff minutes a week.
        ends: whether its money ends by the day.
        decision: its place in `decisions`, from 0; None where nothing is decided.
    """

    name: Named
    align: float | None = None
    evidence: float | None = None
    usd: float = 0
    minutes: float = 0
    ends: bool = False
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """Input of the picture; rows in any order.

    Attributes:
        sentence: what the measures say.
        rows: the initiatives.
        by: the day by which money ends, as people say it; "" where none is set.
        floors: ratings from which an initiative is partly aligned, and aligned.
        evidence: words of the four steps of what is known.
        decisions: words of grow, keep, reshape, release and need to know more; None for the catalogue's.
        currency: three letters.
    """

    sentence: str
    rows: tuple[BubbleRow, ...]
    by: str = ""
    floors: tuple[float, float] = (1.0, 2.0)
    evidence: tuple[str, str, str, str] = ("", "", "", "")
    decisions: tuple[str, str, str, str, str] | None = None
    currency: str = DOLLARS

    @property
    def unit(self) -> Unit:
        """Money, or minutes where no money is known."""
        return "usd" if any(row.usd > 0 for row in self.rows) else "min"

    def amount(self, row: BubbleRow) -> float:
        """What a bubble's area stands for."""
        return max(row.usd if self.unit == "usd" else row.minutes, 0.0)

    def decision(self, row: BubbleRow) -> str:
        """What was decided."""
        if row.decision is None:
            return say("chart_bubble_undecided")
        return (self.decisions or say("chart_bubble_decisions").split("|"))[row.decision]

    def ordered(self) -> list[BubbleRow]:
        """By decision, and in each with the largest first."""
        return sorted(self.rows, key=lambda row: (5 if row.decision is None else row.decision, -self.amount(row)))

    def marks(self) -> list[Mark]:
        """Those that have a place in the picture, with the numbers under which the key names them."""
        placed = [row for row in self.ordered() if row.align is not None and row.evidence is not None]
        return [
            Mark(n, row.name.label, row.align or 0.0, row.evidence or 0.0, self.amount(row), row.ends, row.decision)
            for n, row in enumerate(placed, 1)
        ]

    def unplaced(self) -> list[str]:
        """Names of those of which we know too little to place them."""
        return [row.name.label for row in self.rows if row.align is None or row.evidence is None]


def words(data: Bubble) -> Words:
    """Say how many are near and known, what takes most, and what ends; one row an initiative."""
    ends = say("chart_bubble_ends_by", day=data.by) if data.by else say("chart_bubble_ends")
    head = ("chart_initiative", "chart_bubble_align", "chart_bubble_evidence", "chart_usd_year", "chart_min_week")
    rows = tuple(
        (
            row.name.label,
            _rated(row.align),
            _rated(row.evidence),
            said(row.usd, "usd", data.currency),
            said(row.minutes, "min"),
            say("chart_bubble_yes") if row.ends else say("chart_unknown"),
            data.decision(row),
        )
        for row in data.ordered()
    )
    return Words(
        say("chart_alt", sentence=data.sentence, peak=_peak(data)).strip(),
        (*map(say, head), ends, say("chart_bubble_decision")),
        rows,
    )


def _rated(value: float | None) -> str:
    return say("chart_unknown") if value is None else one_place(value)


def _peak(data: Bubble) -> str:
    marks = data.marks()
    if not marks:
        return say("chart_bubble_none") if data.rows else say("chart_empty")
    near = [mark for mark in marks if mark.x >= data.floors[1]]
    known = sum(mark.y >= bubble_plot.KNOWN for mark in near)
    top = max(marks, key=lambda mark: mark.amount)
    found = [say("chart_bubble_peak", near=len(near), all=len(marks), known=known)]
    if top.amount:
        found.append(say("chart_bubble_most", name=top.name, amount=said(top.amount, data.unit, data.currency)))
    if any(row.ends for row in data.rows):
        ends = say("chart_bubble_ends_by", day=data.by) if data.by else say("chart_bubble_ends")
        found.append(f"{ends}: {sum(row.ends for row in data.rows)}.")
    return " ".join(found)


def sheet(data: Bubble, look: Look) -> Sheet:
    """Put the picture together: the plot with numbers, and the key beside it or under it."""
    marks = data.marks()
    if not marks:
        return empty(look, say("chart_bubble_none") if data.rows else "")
    page, _ = new_sheet(look)
    named = _named(marks, look)
    beside = 0 < len(named) <= _BESIDE[look.size]
    plot = look.width * 0.54 if beside else look.width
    axes = bubble_plot.Axes(data.floors, data.evidence, plot)
    bottom = bubble_plot.draw(page, marks, {mark.number for mark in named}, axes, look)
    labels = {mark.decision: "" for mark in named}
    labels |= {row.decision: data.decision(row) for row in data.rows if row.decision in labels}
    left = plot + look.small if beside else EDGE
    y = bubble_key.draw(page, named, labels, (left, EDGE if beside else bottom), look)
    page.height = max(bottom, y)
    _notes(page, _said(data, len(named), len(marks)), look)
    return page


def _named(marks: Sequence[Mark], look: Look) -> list[Mark]:
    """Those with a number: all, and on the wall the largest where there are many."""
    if look.size != "wall" or len(marks) <= _ON_THE_WALL:
        return list(marks)
    largest = sorted(marks, key=lambda mark: -mark.amount)[:_ON_THE_WALL]
    return [mark for mark in marks if mark in largest]


def _said(data: Bubble, named: int, marks: int) -> list[str]:
    """What area and ring stand for, and what is not to be seen."""
    found = [say("chart_bubble_area_usd" if data.unit == "usd" else "chart_bubble_area_min")]
    if any(row.ends for row in data.rows):
        found.append(say("chart_bubble_ring_by", day=data.by) if data.by else say("chart_bubble_ring"))
    if named < marks:
        found.append(say("chart_bubble_largest", n=named))
    if data.unplaced():
        found.append(say("chart_bubble_unplaced", n=len(data.unplaced()), names=join_words(data.unplaced())))
    return found


def _notes(page: Sheet, notes: Sequence[str], look: Look) -> None:
    size = look.small
    for line in wrap(" ".join(notes), size, look.width - 2 * EDGE, {"phone": 6, "board": 3, "wall": 2}[look.size]):
        page.height += size * 1.25
        page.add(Text(EDGE, page.height, line, size, palette(look).ink_2))
    page.height += size * 0.4
