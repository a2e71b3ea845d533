"""From the answers on show to the pictures of the workbook on causes."""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.charts.source import Source

NUMBERS = frozenset({"split_bars", "dot_plot", "counts"})
"""Those without words that anybody wrote."""

CAUSES: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {}
