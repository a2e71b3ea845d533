"""Where words stand in pictures."""

from itertools import combinations
from typing import Any

import pytest
from charts_demo import HARD_NAMES, KINDS, LOOKS
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.charts import CHARTS, Look
from mira_workbook.charts.fit import width
from mira_workbook.charts.shapes import Box, Disc, Text
from mira_workbook.charts.slope import Slope, SlopeRow
from mira_workbook.charts.style import palette


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.size)
def test_no_words_leave_the_picture_and_none_is_too_small_to_read(data: Any, name: str, look: Look) -> None:
    sheet = CHARTS[name].sheet(data, look)
    if sheet is None:
        return
    for text in [shape for shape in sheet.shapes if isinstance(shape, Text)]:
        wide = width(text.words, text.size, bold=text.bold)
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        assert left >= -0.01, text
        assert left + wide <= look.width + 0.01, text
        assert text.size * 0.76 <= text.y <= sheet.height - text.size * 0.2, text
        assert text.size >= {"phone": 15, "board": 14, "wall": 24}[look.size]


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.size)
def test_no_words_cover_other_words(data: Any, name: str, look: Look) -> None:
    sheet = CHARTS[name].sheet(data, look)
    texts = [shape for shape in sheet.shapes if isinstance(shape, Text)] if sheet else []
    for one, other in combinations(texts, 2):
        assert not _meet(_box(one), _box(other)), (one, other)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=9), st.sampled_from(LOOKS))
def test_the_labels_of_a_slope_never_cover_each_other(moves: list[tuple[int, int]], look: Look) -> None:
    rows = tuple(SlopeRow(name, *move) for name, move in zip(HARD_NAMES, moves, strict=False))
    sheet = CHARTS["slope"].sheet(Slope("", rows), look)
    assert sheet is not None
    labels = [s for s in sheet.shapes if isinstance(s, Text) and s.words not in {str(row.before) for row in rows}]
    for one, other in combinations(labels, 2):
        assert not _meet(_box(one), _box(other)), (one, other)


@pytest.mark.parametrize(("data", "name"), KINDS)
@pytest.mark.parametrize("look", [*LOOKS, Look("phone", "dark")], ids=str)
def test_words_stand_out_from_what_lies_under_them(data: Any, name: str, look: Look) -> None:
    sheet = CHARTS[name].sheet(data, look)
    shapes = list(sheet.shapes) if sheet else []
    for place, text in enumerate(shapes):
        if isinstance(text, Text):
            under = [s.paint.fill for s in shapes[:place] if isinstance(s, Box | Disc) and _holds(s, text)]
            ground = next((fill for fill in reversed(under) if fill), palette(look).card)
            assert _contrast(text.color, ground) >= 4.5, (text, ground)


def _holds(shape: Box | Disc, text: Text) -> bool:
    left, top, right, bottom = _box(text)
    x, y = (left + right) / 2, (top + bottom) / 2
    if isinstance(shape, Disc):
        return (x - shape.x) ** 2 + (y - shape.y) ** 2 <= shape.r**2
    return shape.x <= x <= shape.x + shape.w and shape.y <= y <= shape.y + shape.h


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def light(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def _box(text: Text) -> tuple[float, float, float, float]:
    wide = width(text.words, text.size, bold=text.bold)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, text.y - text.size * 0.7, left + wide, text.y


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
