"""The same as bars: each fund and what it pays for, or the funds alone where initiatives are many."""

from collections.abc import Sequence

from mira_workbook.catalogue import say
from mira_workbook.charts.amounts import Unit, said
from mira_workbook.charts.base import Look, Named
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Rows, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette, tint
from mira_workbook.charts.treemap_groups import Group, sign
from mira_workbook.measures.words import percent
from mira_workbook.text import join_words

_MANY = {"phone": 20, "board": 20, "wall": 4}
_LINE = 1.25


def sheet(groups: Sequence[Group], without: Sequence[str], unit: Unit, look: Look) -> Sheet:
    """Put the bars together."""
    page, shades = new_sheet(look)
    head = say("chart_treemap_usd" if unit == "usd" else "chart_treemap_min")
    page.add(Text(EDGE, look.small, shorten(head, look.small, look.width - 2 * EDGE), look.small, shades.ink_2))
    _bars(page, groups, unit, look)
    if without:
        key = "chart_treemap_without" if unit == "usd" else "chart_treemap_no_minutes"
        page.height += look.small * 0.5
        for line in wrap(say(key, n=len(without), names=join_words(without)), look.small, look.width - 2 * EDGE, 3):
            page.height += look.small * _LINE
            page.add(Text(EDGE, page.height, line, look.small, shades.ink_2))
        page.height += look.small * 0.4
    return page


def _bars(page: Sheet, groups: Sequence[Group], unit: Unit, look: Look) -> None:
    """Draw a bar a fund and, where they are few, one an initiative under it; all on one scale."""
    shades, whole, most = palette(look), sum(group.total for group in groups), groups[0].total
    few = sum(len(group.shares) for group in groups) <= _MANY[look.size]
    rows = [(i, group.name, group.total, True) for i, group in enumerate(groups)]
    if few:
        parts = [(i, s.name, s.amount, False) for i, group in enumerate(groups) for s in group.shares]
        rows = sorted([*rows, *parts], key=lambda row: row[0])  # a fund stays before what it pays for
    values = [said(n, unit) + (f" · {percent(n / whole)}" if is_fund else "") for _, _, n, is_fund in rows]
    bold = frozenset(i for i, row in enumerate(rows) if row[3])
    slots = lay_rows(page, Rows([Named(row[1]) for row in rows], look.small * 1.7, 0.9, bold), look)
    spare = max(width(value, look.font, bold=True) for value in values) + look.font * 0.5
    for (i, _, amount, is_fund), value, slot in zip(rows, values, slots, strict=True):
        paint, wide = sign(i, shades), max((slot.w - spare) * amount / most, 2)
        fill = paint if is_fund else Paint(tint(paint.fill, shades, 0.45), paint.fill, 1)
        page.add(Box(slot.x, slot.y, wide, slot.h, fill))
        base = slot.middle + look.font * 0.36
        page.add(Text(slot.x + wide + look.font * 0.4, base, value, look.font, shades.ink, bold=is_fund))
