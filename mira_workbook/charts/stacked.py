"""Tiers a candidate was given: first, focus, watch, as bars of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.fit import shorten, width
from mira_workbook.charts.layout import EDGE, Rows, Slot, empty, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import TIER_HATCHES
from mira_workbook.text import join_words
from mira_workbook.tokens import Colours


@dataclass(frozen=True, slots=True)
class TierCounts:
    """One candidate: how many people gave it each place, first, focus and watch."""

    name: Named
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Stacked:
    """Input of the picture. `tiers` are the three places' words, "" for the catalogue's; rows in any order."""

    sentence: str
    rows: tuple[TierCounts, ...]
    tiers: tuple[str, str, str] | None = None

    def ordered(self) -> list[TierCounts]:
        """Most first picks first, then most focus; equals stay as given."""
        return sorted(self.rows, key=lambda row: (-row.counts[0], -row.counts[1]))

    def tier_words(self) -> Sequence[str]:
        """What the three places are called."""
        return self.tiers or say("chart_tiers").split("|")


def words(data: Stacked) -> Words:
    """Say who has most first picks; one row a candidate."""
    rows = data.ordered()
    head = (say("chart_candidate"), *data.tier_words())
    table = tuple((row.name.label, *map(str, row.counts)) for row in rows)
    return Words(say("chart_alt", sentence=data.sentence, peak=_peak(rows)).strip(), head, table)


def _peak(rows: Sequence[TierCounts]) -> str:
    most = max((row.counts[0] for row in rows), default=0)
    if not rows or most == 0:
        return say("chart_stacked_none" if rows else "chart_empty")
    top = [row.name.label for row in rows if row.counts[0] == most]
    key = "chart_stacked_peak" if len(top) == 1 else "chart_stacked_tie"
    return say(key, names=join_words(top), count=most, all=max(sum(row.counts) for row in rows))


def sheet(data: Stacked, look: Look) -> Sheet:
    """Put the picture together: bars of three parts, the places' words above them, a number on each part."""
    rows = data.ordered()
    most = max((sum(row.counts) for row in rows), default=0)
    if not most:
        return empty(look)
    page, shades = new_sheet(look)
    slots = lay_rows(page, Rows([row.name for row in rows], top=look.font * 2), look)
    _key(page, data.tier_words(), EDGE if look.phone else slots[0].x, look, shades)
    for row, slot in zip(rows, slots, strict=True):
        _bar(page, row.counts, Slot(slot.x, slot.y, slot.w / most, slot.h), look, shades)
    return page


def _tier(tier: int, shades: Colours) -> Paint:
    hatch_color = shades.edge if tier == 2 else shades.accent  # noqa: PLR2004 - the last of three
    return Paint(shades.tiers[tier], shades.edge, 1, TIER_HATCHES[tier], hatch_color)


def _key(page: Sheet, names: Sequence[str], x: float, look: Look, shades: Colours) -> None:
    side = look.small
    room = (look.width - EDGE - x) / len(names) - side * 2.6
    for tier, name in enumerate(shorten(name, look.small, room) for name in names):
        page.add(Box(x, 2, side, side, _tier(tier, shades)))
        page.add(Text(x + side * 1.4, 2 + side * 0.87, name, look.small, shades.ink_2))
        x += side * 2.6 + width(name, look.small)


def _bar(page: Sheet, counts: Sequence[int], unit: Slot, look: Look, shades: Colours) -> None:
    """Draw one candidate's parts; `unit` is the room of one person."""
    x = unit.x
    if not any(counts):
        page.add(Text(x, unit.middle + look.font * 0.36, "0", look.font, shades.ink_2))
    for tier, count in enumerate(counts):
        if not count:
            continue
        wide = unit.w * count
        page.add(Box(x, unit.y, wide, unit.h, _tier(tier, shades)))
        tag = width(str(count), look.font, bold=True) + look.font * 0.5
        if tag + 4 <= wide:
            middle, base = x + wide / 2, unit.middle + look.font * 0.36
            if tier:
                tall = look.font * 1.2
                page.add(Box(middle - tag / 2, unit.middle - tall / 2, tag, tall, Paint(shades.card), 3))
            ink = shades.ink if tier else shades.on_accent
            page.add(Text(middle, base, str(count), look.font, ink, "middle", bold=True))
        x += wide
