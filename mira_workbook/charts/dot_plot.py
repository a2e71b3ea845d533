"""How strong each cause is: three marks on a line of 0 to 3, the score at its end, and dots under it."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.dot_marks import (
    MOST,
    draw_dk,
    draw_dots,
    draw_key,
    draw_line,
    draw_scale,
    levels,
    line_room,
    names,
    size_of,
)
from mira_workbook.charts.fit import width, wrap
from mira_workbook.charts.groups import LINE
from mira_workbook.charts.layout import EDGE, Rows, Slot, empty, lay_rows, new_sheet
from mira_workbook.charts.peak import peak_of
from mira_workbook.charts.shapes import Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import one_place, percent, whole
from mira_workbook.text import join_words


@dataclass(frozen=True, slots=True)
class Rated:
    """One part of a cause: the mean of its ratings, None for too few, and how many do not know yet."""

    mean: float | None
    dk: int = 0


@dataclass(frozen=True, slots=True)
class DotRow:
    """One cause.

    Attributes:
        name: with the colour it keeps through the session.
        parts: removes, evidence, influence.
        score: 0 to 100; None where a part has too few ratings.
        watch: whether it is hardly in our hands; `check`: whether there is little to show for it.
        dots: how many it got; None where none were placed or are on show.
    """

    name: Named
    parts: tuple[Rated, Rated, Rated]
    score: float | None
    watch: bool = False
    check: bool = False
    dots: int | None = None

    def flags(self) -> str:
        """What to mind, in words; "" for nothing."""
        flags = (("chart_watch_flag", self.watch), ("chart_check_flag", self.check))
        return ", ".join(say(key) for key, on in flags if on)


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Input of the picture; rows in any order. `weights`: what each part counts in the score."""

    sentence: str
    rows: tuple[DotRow, ...]
    weights: tuple[float, float, float] = (0.5, 0.3, 0.2)

    def ordered(self) -> list[DotRow]:
        """Highest score first, those without one last; equals stay as given."""
        return sorted(self.rows, key=lambda row: -1.0 if row.score is None else row.score, reverse=True)

    def dotted(self) -> bool:
        """Whether dots stand beside the scores."""
        return any(row.dots is not None for row in self.rows)

    def said_weights(self) -> str:
        """What each part counts, in words."""
        parts = [
            say("chart_weight", part=name.lower(), percent=percent(weight))
            for name, weight in zip(names(), self.weights, strict=True)
        ]
        return say("chart_weights", parts=join_words(parts))


def words(data: DotPlot) -> Words:
    """Say which score is highest and which cause has most dots; one row a cause."""
    rows = data.ordered()
    head = [say("chart_cause"), *names(), say("chart_dk"), say("chart_score_table"), say("chart_flags")]
    table = tuple((*_row(row), *([str(row.dots or 0)] if data.dotted() else [])) for row in rows)
    peaks = [_peak(rows)]
    if data.dotted():
        peaks.append(
            peak_of(("chart_dot_most_peak", "chart_dot_most_tie"), [(row.name.label, row.dots or 0) for row in rows])
        )
    if any(row.score is not None for row in rows):
        peaks.append(data.said_weights())
    alt = say("chart_alt", sentence=data.sentence, peak=" ".join(peaks)).strip()
    return Words(alt, (*head, *([say("chart_dots")] if data.dotted() else [])), table)


def _row(row: DotRow) -> tuple[str, ...]:
    means = ["–" if part.mean is None else one_place(part.mean) for part in row.parts]
    score = say("chart_no_score") if row.score is None else whole(row.score)
    return (row.name.label, *means, ", ".join(str(part.dk) for part in row.parts), score, row.flags())


def _peak(rows: list[DotRow]) -> str:
    scored = [(row.name.label, whole(row.score)) for row in rows if row.score is not None]
    if not scored:
        return say("chart_dot_open" if rows else "chart_empty")
    top = [name for name, score in scored if score == scored[0][1]]
    return say("chart_dot_peak" if len(top) == 1 else "chart_dot_tie", names=join_words(top), score=scored[0][1])


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines stand, how high the parts of a row are, and the most dots of a cause."""

    x: float
    wide: float
    over: float
    under: float
    dk: float
    dots: float
    most: int

    @property
    def tall(self) -> float:
        return self.over + self.under + self.dk + self.dots


def sheet(data: DotPlot, look: Look) -> Sheet:
    """Put the picture together: marks on lines of one scale, the highest score first."""
    rows = data.ordered()
    if not any(part.mean is not None or part.dk for row in rows for part in row.parts):
        return empty(look, say("chart_dot_open") if rows else "")
    page, shades = new_sheet(look)
    top = draw_key(page, EDGE, look) + look.small * 1.7
    best = frozenset(i for i, row in enumerate(rows) if row.score is not None and row.score == rows[0].score)
    notes = {i: row.flags() for i, row in enumerate(rows) if row.flags()}
    # Where the labels leave the lines to start is known once they are written; how high a row is, before.
    start = lay_rows(new_sheet(look)[0], Rows([row.name for row in rows], bold=best, notes=notes), look)[0].x
    frame = _frame(data, start, look)
    named = Rows([row.name for row in rows], top, frame.tall / look.font, best, notes)
    slots = lay_rows(page, named, look)
    draw_scale(page, Slot(frame.x, top - look.small * 0.4, frame.wide, 0), look)
    page.add(Text(look.width - EDGE, top - look.small * 0.4, say("chart_score"), look.small, shades.ink_2, "end"))
    for i, (row, slot) in enumerate(zip(rows, slots, strict=True)):
        _cause(page, row, (slot.y, i in best), frame, look)
    if any(row.score is not None for row in rows):
        _weights(page, data, look)
    return page


def _weights(page: Sheet, data: DotPlot, look: Look) -> None:
    for line in wrap(data.said_weights(), look.small, look.width - 2 * EDGE, 3):
        page.add(Text(EDGE, page.height + look.small * 1.3, line, look.small, palette(look).ink_2))
        page.height += look.small * LINE
    page.height += look.small * 0.6


def _frame(data: DotPlot, start: float, look: Look) -> _Frame:
    most, half = max((row.dots or 0 for row in data.rows), default=0), size_of(look) * 0.65
    said = [say("chart_score"), *([say("chart_dots_count", n=most)] if data.dotted() else [])]
    numbers = max(width("100", look.font, bold=True), *(width(one, look.small) for one in said))
    wide = look.width - EDGE - start - numbers - look.small * 0.6 - 2 * half
    off = {
        level
        for row in data.rows
        for level in levels([None if p.mean is None else p.mean * wide / MOST for p in row.parts], look)
    }
    dk = size_of(look) * 1.3 if any(part.dk for row in data.rows for part in row.parts) else 0.0
    return _Frame(start + half, wide, *line_room(off, look), dk, look.small * 1.3 if data.dotted() else 0.0, most)


def _cause(page: Sheet, row: DotRow, at: tuple[float, bool], frame: _Frame, look: Look) -> None:
    """Draw one cause: its line with the score at the end, who does not know yet, its dots with their number."""
    shades, right, (y, bold) = palette(look), look.width - EDGE, at
    y += frame.over
    draw_line(page, Slot(frame.x, y, frame.wide, 0), [part.mean for part in row.parts], look)
    score = "–" if row.score is None else whole(row.score)
    page.add(Text(right, y + look.font * 0.36, score, look.font, shades.ink, "end", bold=bold))
    y += frame.under
    left = frame.x - size_of(look) * 0.65
    if any(part.dk for part in row.parts):
        draw_dk(page, Slot(left, y, frame.wide, frame.dk), [part.dk for part in row.parts], look)
    y += frame.dk
    if frame.dots:
        draw_dots(page, Slot(frame.x, y, frame.wide, frame.dots), row.dots or 0, frame.most, look)
        said, base = say("chart_dots_count", n=row.dots or 0), y + frame.dots / 2 + look.small * 0.36
        page.add(Text(right, base, said, look.small, shades.ink, "end"))
