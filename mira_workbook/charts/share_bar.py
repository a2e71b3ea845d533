"""How far we are between two ends: one bar from 0 to 1."""

from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, empty, new_sheet
from mira_workbook.charts.shapes import Box, Disc, Paint, Sheet, Text


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Input of the picture.

    Attributes:
        sentence: what the measure says.
        share: 0 to 1; None when there are not enough answers.
        value: the share as the reader should see it, such as "about half of the way" or ".53".
        low: the word at 0, "" for the catalogue's.
        high: the word at 1, "" for the catalogue's.
    """

    sentence: str
    share: float | None
    value: str
    low: str = ""
    high: str = ""

    def ends(self) -> tuple[str, str]:
        """The words at 0 and 1."""
        return self.low or say("chart_share_low"), self.high or say("chart_share_high")


def words(data: ShareBar) -> Words:
    """Say where we are; one row."""
    low, high = data.ends()
    peak = say("chart_share_none") if data.share is None else say("chart_share", value=data.value)
    rows = () if data.share is None else ((say("chart_measure", low=low, high=high), data.value),)
    return Words(
        say("chart_alt", sentence=data.sentence, peak=peak).strip(), (say("chart_between"), say("chart_where")), rows
    )


def sheet(data: ShareBar, look: Look) -> Sheet:
    """Put the picture together: the value over the bar's end, the two ends' words under it."""
    if data.share is None:
        return empty(look, say("chart_share_none"))
    page, shades = new_sheet(look)
    font, share = look.font, min(max(data.share, 0.0), 1.0)
    left, wide, tall = EDGE + font * 0.7, look.width - 2 * EDGE - font * 1.4, font * 0.9
    end, top = left + wide * share, font * 1.9
    value = shorten(data.value, font, look.width - 2 * EDGE, bold=True)
    half = width(value, font, bold=True) / 2
    middle = min(max(end, EDGE + half), look.width - EDGE - half)
    page.add(Text(middle, font * 1.1, value, font, shades.ink, "middle", bold=True))
    page.add(Box(left, top, wide, tall, Paint(shades.tiers[2], shades.edge, 1), tall / 2))
    page.add(Box(left, top, max(end - left, tall), tall, Paint(shades.accent), tall / 2))
    page.add(Disc(end, top + tall / 2, font * 0.7, Paint(shades.accent, shades.card, 3)))
    low, high = (shorten(word, look.small, look.width / 2 - font) for word in data.ends())
    base = top + tall + look.small * 1.7
    page.add(Text(EDGE, base, low, look.small, shades.ink_2))
    page.add(Text(look.width - EDGE, base, high, look.small, shades.ink_2, "end"))
    page.height = base + look.small * 0.6
    return page
