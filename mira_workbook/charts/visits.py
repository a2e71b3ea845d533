"""The same numbers at two visits: two dots on a line from 0 to 1, joined. Drawn without any library.

It stands on a coach's board only, where a picture is drawn while somebody waits for nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mira_workbook.tokens import DARK, LIGHT, Theme

WIDTH, LEFT, RIGHT, TOP, ROW = 760, 16, 120, 40, 60
RADIUS = 8


@dataclass(frozen=True, slots=True)
class Dots:
    """One number: what it is called, and its values, 0 to 1, the earliest first."""

    label: str
    before: float
    after: float


def draw(rows: Sequence[Dots], moments: tuple[str, str], theme: Theme, spelled: Sequence[tuple[str, str]]) -> str:
    """Draw as SVG: a hollow dot for the first visit, a full one for the last, so that no colour is needed.

    Args:
        rows: the numbers.
        moments: what the two visits are called.
        theme: light or dark.
        spelled: the two values of each row as people read them.
    """
    colours = DARK if theme == "dark" else LIGHT
    height = TOP + ROW * len(rows) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">',
        f'<g font-family="system-ui, sans-serif" font-size="16" fill="{colours.ink}">',
        f'<rect width="{WIDTH}" height="{height}" fill="{colours.card}"/>',
        f'<circle cx="{LEFT + 8}" cy="16" r="7" fill="{colours.card}" stroke="{colours.accent}" stroke-width="3"/>',
        f'<text x="{LEFT + 24}" y="22">{escape(moments[0])}</text>',
        f'<circle cx="{WIDTH // 2 + 8}" cy="16" r="{RADIUS}" fill="{colours.accent}"/>',
        f'<text x="{WIDTH // 2 + 24}" y="22">{escape(moments[1])}</text>',
    ]
    for n, (row, told) in enumerate(zip(rows, spelled, strict=True)):
        parts += _row(row, told, TOP + ROW * n, theme)
    return "".join([*parts, "</g></svg>"])


def _row(row: Dots, told: tuple[str, str], top: int, theme: Theme) -> list[str]:
    colours = DARK if theme == "dark" else LIGHT
    y, span = top + 40, WIDTH - LEFT - RIGHT - 16
    x1, x2 = (LEFT + 8 + span * min(1.0, max(0.0, value)) for value in (row.before, row.after))
    return [
        f'<text x="{LEFT}" y="{top + 20}">{escape(row.label)}</text>',
        f'<line x1="{LEFT + 8}" x2="{LEFT + 8 + span}" y1="{y}" y2="{y}" stroke="{colours.line}" stroke-width="2"/>',
        f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y}" y2="{y}" stroke="{colours.accent}" stroke-width="3"/>',
        f'<circle cx="{x1:.1f}" cy="{y}" r="7" fill="{colours.card}" stroke="{colours.accent}" stroke-width="3"/>',
        f'<circle cx="{x2:.1f}" cy="{y}" r="{RADIUS}" fill="{colours.accent}"/>',
        f'<text x="{WIDTH - 8}" y="{y + 6}" text-anchor="end">{escape(" → ".join(told))}</text>',
    ]
