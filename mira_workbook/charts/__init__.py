"""Pictures: numbers in; a sentence, a table and an SVG out.

Each kind of picture has a file: a data class, `words` (sentence and table, nothing to load) and `sheet` (shapes in
pixels). `CHARTS` holds them by the name a workbook uses. matplotlib is loaded by the first `draw`, never by an import.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mira_workbook.charts import (
    arrows,
    bubble,
    card_wall,
    counts,
    dot_plot,
    fishbone,
    hands,
    heat,
    ladders,
    lens_columns,
    loop,
    now_after,
    points,
    quadrants,
    rings,
    share_bar,
    slope,
    split_bars,
    spokes,
    stacked,
    strip,
    treemap,
    waterfall,
)
from mira_workbook.charts.base import Look, Named, Words
from mira_workbook.charts.cache import key
from mira_workbook.charts.chart import Chart

__all__ = ["CHARTS", "Chart", "Look", "Named", "Words", "key"]

CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        "arrows": Chart(arrows.Arrows, arrows.words, arrows.sheet),
        "bubble": Chart(bubble.Bubble, bubble.words, bubble.sheet),
        "card_wall": Chart(card_wall.CardWall, card_wall.words, card_wall.sheet),
        "counts": Chart(counts.Counts, counts.words, counts.sheet),
        "dot_plot": Chart(dot_plot.DotPlot, dot_plot.words, dot_plot.sheet),
        "fishbone": Chart(fishbone.Fishbone, fishbone.words, fishbone.sheet),
        "hands": Chart(hands.Hands, hands.words, hands.sheet),
        "heat": Chart(heat.Heat, heat.words, heat.sheet),
        "ladders": Chart(ladders.Ladders, ladders.words, ladders.sheet),
        "lens_columns": Chart(lens_columns.LensColumns, lens_columns.words, lens_columns.sheet),
        "loop": Chart(loop.Loop, loop.words, loop.sheet),
        "now_after": Chart(now_after.NowAfter, now_after.words, now_after.sheet),
        "points": Chart(points.Points, points.words, points.sheet),
        "quadrants": Chart(quadrants.Quadrants, quadrants.words, quadrants.sheet),
        "rings": Chart(rings.Rings, rings.words, rings.sheet),
        "share_bar": Chart(share_bar.ShareBar, share_bar.words, share_bar.sheet),
        "slope": Chart(slope.Slope, slope.words, slope.sheet),
        "split_bars": Chart(split_bars.SplitBars, split_bars.words, split_bars.sheet),
        "spokes": Chart(spokes.Spokes, spokes.words, spokes.sheet),
        "stacked": Chart(stacked.Stacked, stacked.words, stacked.sheet),
        "strip": Chart(strip.Strip, strip.words, strip.sheet),
        "treemap": Chart(treemap.Treemap, treemap.words, treemap.sheet),
        "waterfall": Chart(waterfall.Waterfall, waterfall.words, waterfall.sheet),
    }
)
"""Every kind of picture by the name that a workbook uses."""
