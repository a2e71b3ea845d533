"""The table of names: every list, predicate, start value, measure, chart, output and hand-out block a workbook may use.

Each name has a model of its arguments; the functions of the same names stand in the rooms above.
Checks name answers of their own step (`field`, `field.column`). Elsewhere names of fields and columns are written in
full: `step.field` or `step.field.column`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mira_workbook.content.block_args import BLOCKS
from mira_workbook.content.carry_args import CARRIES
from mira_workbook.content.chart_args import CHARTS
from mira_workbook.content.check_args import CHECK_ARGS as CHECKS
from mira_workbook.content.condition_args import PREDICATES
from mira_workbook.content.list_args import LISTS
from mira_workbook.content.measure_args import MEASURES
from mira_workbook.content.output_args import OUTPUTS
from mira_workbook.content.start_args import BULKS, PREFILLS, SUGGESTIONS

__all__ = [
    "BLOCKS",
    "BULKS",
    "CARRIES",
    "CHARTS",
    "CHECKS",
    "CONTROLS",
    "LIMITS",
    "LISTS",
    "MEASURES",
    "OUTPUTS",
    "PREDICATES",
    "PREFILLS",
    "SUGGESTIONS",
]

LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "contract_min": "minutes a week in this member's contract",
        "team_size": "people in the session",
        "students": "students of the school, from the set-up",
        "staff_fte": "full posts of the school, from the set-up",
    }
)
"""Limits that are not a number in the file: written `{from = "name"}`."""

CONTROLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "merge": ("table",),
        "first": ("table",),
        "hands": ("rate",),
        "per_week": ("num",),
        "taker": ("one",),
        "after_round_2": ("one", "date", "text", "long"),
        "boxes": ("table",),
        "one_by_one": ("table",),
        "only_one": ("yes",),
        "tick": ("yes",),
    }
)
"""Special ways to draw or ask something, and the answer types each is for.

`merge` ticks twins and joins them; `first` picks one, then places the others; `hands` is a scale of words; `per_week`
multiplies minutes and times; `taker` is filled with whoever takes the row; `after_round_2` comes up only where a
second round brought no agreement; `boxes` asks one value of its first column after the other; `one_by_one` shows one
row at a time and goes on by itself; `only_one` marks one row of a merged list, `tick` any of them.
"""
