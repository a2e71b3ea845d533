"""What share of money, staff and minutes serves the priority, today and with what was decided: pairs of bars."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette
from mira_workbook.measures.words import percent


@dataclass(frozen=True, slots=True)
class Moment:
    """A share, 0 to 1, None where it is not known; and its amounts as people say them, such as "5.3 of 5.9"."""

    share: float | None = None
    amounts: str = ""

    def said(self) -> str:
        """The share as people say it."""
        return say("chart_unknown") if self.share is None else percent(self.share)


@dataclass(frozen=True, slots=True)
class NowAfterRow:
    """One thing that is shared out: money, staff or minutes."""

    what: str
    now: Moment
    after: Moment


@dataclass(frozen=True, slots=True)
class NowAfter:
    """Input of the picture."""

    sentence: str
    rows: tuple[NowAfterRow, ...]

    def known(self) -> list[NowAfterRow]:
        """Rows of which at least one share is known."""
        return [row for row in self.rows if row.now.share is not None or row.after.share is not None]


def words(data: NowAfter) -> Words:
    """Say both shares of everything; one row a thing, with the amounts."""
    said = [
        say("chart_now_after_row", what=row.what, now=row.now.said(), after=row.after.said()) for row in data.known()
    ]
    head = (say("chart_now_after_what"), say("chart_today"), say("chart_next_year"))
    rows = tuple((row.what, _cell(row.now), _cell(row.after)) for row in data.known())
    peak = " ".join(said) or say("chart_empty")
    return Words(say("chart_alt", sentence=data.sentence, peak=peak).strip(), head, rows)


def _cell(moment: Moment) -> str:
    return f"{moment.said()} · {moment.amounts}" if moment.amounts else moment.said()


def sheet(data: NowAfter, look: Look) -> Sheet:
    """Put the picture together: two bars a thing, the words above each."""
    if not data.known():
        return empty(look)
    page, shades = new_sheet(look)
    y, size = 0.0, look.small
    for row in data.known():
        what = shorten(row.what, look.font, look.width - 2 * EDGE, bold=True)
        page.add(Text(EDGE, y + look.font, what, look.font, shades.ink, bold=True))
        y += look.font * 1.25
        for key, moment in (("chart_today", row.now), ("chart_next_year", row.after)):
            _bar(page, say(key), moment, y, look)
            y += size * 2.35
        y += size * 0.75
    page.height = y - size * 0.5
    return page


def _bar(page: Sheet, when: str, moment: Moment, y: float, look: Look) -> None:
    """Write the moment and its value, and draw the share of the whole under them."""
    shades, size, base = palette(look), look.small, y + look.small
    label = max(width(say(key), size) for key in ("chart_today", "chart_next_year")) + size
    share = shorten(moment.said(), size, look.width / 4, bold=True)
    amounts = EDGE + label + width("100%", size, bold=True) + size * 0.7
    page.add(Text(EDGE, base, when, size, shades.ink_2))
    page.add(Text(EDGE + label, base, share, size, shades.ink, bold=True))
    page.add(Text(amounts, base, shorten(moment.amounts, size, look.width - EDGE - amounts), size, shades.ink_2))
    top, wide, tall = y + size * 1.3, look.width - 2 * EDGE, size * 0.75
    now = when == say("chart_today")
    paint = Paint(shades.tiers[1], shades.edge, 1, "//", shades.accent) if now else Paint(shades.accent)
    page.add(Box(EDGE, top, wide, tall, Paint(shades.card, shades.edge, 1)))
    if moment.share:
        page.add(Box(EDGE, top, wide * min(max(moment.share, 0.0), 1.0), tall, paint))
