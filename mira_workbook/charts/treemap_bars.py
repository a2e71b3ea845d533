"""The same as bars: each fund and what it pays for, or the funds alone where initiatives are many."""

from collections.abc import Sequence

from mira_workbook.catalogue import say
from mira_workbook.charts.amounts import Unit
from mira_workbook.charts.base import Look, Named
from mira_workbook.charts.fit import shorten, width, wrap
from mira_workbook.charts.layout import EDGE, Rows, lay_rows, new_sheet
from mira_workbook.charts.shapes import Box, Paint, Sheet, Text
from mira_workbook.charts.style import palette, tint
from mira_workbook.charts.treemap_groups import Group, Share, sign
from mira_workbook.text import join_words

_MANY = {"phone": 20, "board": 20, "wall": 4}
_LINE = 1.25


def sheet(groups: Sequence[Group], without: Sequence[str], unit: Unit, look: Look) -> Sheet:
    """Put the bars together."""
    page, shades = new_sheet(look)
    head = say("chart_treemap_usd" if unit == "usd" else "chart_treemap_min")
    page.add(Text(EDGE, look.small, shorten(head, look.small, look.width - 2 * EDGE), look.small, shades.ink_2))
    _bars(page, groups, look)
    if without:
        key = "chart_treemap_without" if unit == "usd" else "chart_treemap_no_minutes"
        page.height += look.small * 0.5
        for line in wrap(
            say(key, n=len(without), names=join_words(list(without))), look.small, look.width - 2 * EDGE, 3
        ):
            page.height += look.small * _LINE
            page.add(Text(EDGE, page.height, line, look.small, shades.ink_2))
        page.height += look.small * 0.4
    return page


def _bars(page: Sheet, groups: Sequence[Group], look: Look) -> None:
    """Draw a bar a fund and, where they are few, one an initiative under it; all on one scale."""
    shades, most, few = palette(look), groups[0].total, sum(len(g.shares) for g in groups) <= _MANY[look.size]
    rows: list[tuple[int, Group | Share]] = []
    for i, group in enumerate(groups):
        rows += [(i, group), *((i, share) for share in group.shares if few)]
    bold = frozenset(i for i, (_, row) in enumerate(rows) if isinstance(row, Group))
    slots = lay_rows(page, Rows([Named(row.name) for _, row in rows], look.small * 1.7, 0.9, bold), look)
    spare = max(width(row.value, look.font, bold=True) for _, row in rows) + look.font * 0.5
    for (i, row), slot in zip(rows, slots, strict=True):
        is_fund, paint = isinstance(row, Group), sign(i, shades)
        amount = row.total if isinstance(row, Group) else row.amount
        wide = max((slot.w - spare) * amount / most, 2)
        fill = paint if is_fund else Paint(tint(paint.fill, shades, 0.45), paint.fill, 1)
        page.add(Box(slot.x, slot.y, wide, slot.h, fill))
        base = slot.middle + look.font * 0.36
        page.add(Text(slot.x + wide + look.font * 0.4, base, row.value, look.font, shades.ink, bold=is_fund))
