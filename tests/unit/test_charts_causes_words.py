"""What the pictures of causes say, and how they show it without colour."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from charts_causes_demo import (
    ABSENCES,
    BONES,
    CATEGORIES,
    DEMO,
    EMPTY,
    FEEDBACK,
    LONG,
    ONE,
    ROOT,
    ROUTINE,
    SCREENING,
    SYMPTOM,
    WITH_DOTS,
)
from charts_hard import HARD
from hypothesis import given
from hypothesis import strategies as st
from test_charts_layout import _box, _meet

from mira_workbook.charts import CHARTS, Look
from mira_workbook.charts.counts import Count, Counts
from mira_workbook.charts.dot_marks import draw_dots, levels, size_of
from mira_workbook.charts.fishbone import Bone, Fishbone
from mira_workbook.charts.fit import width
from mira_workbook.charts.ladders import Ladder, Ladders, Rung
from mira_workbook.charts.layout import Slot
from mira_workbook.charts.lens_columns import Lens, LensColumns, Pattern
from mira_workbook.charts.quadrants import Line, Quadrant, Quadrants
from mira_workbook.charts.shapes import Box, Disc, Shape, Sheet, Text
from mira_workbook.charts.split_bars import SplitBar, SplitBars

LOOKS = (Look("phone"), Look("board", "dark"), Look("wall"))


def said(name: str, data: Any, look: Look) -> list[str]:
    """The words in a drawing."""
    sheet = CHARTS[name].sheet(data, look)
    return [shape.words for shape in sheet.shapes if isinstance(shape, Text)] if sheet else []


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        ("lens_columns", "Most under “Who”: 2 of 5. Nothing yet under “Where”."),
        ("quadrants", "7 of 8 lines have a fact, 88%."),
        (
            "split_bars",
            (
                "50% of our minutes ease the ache, and 48% of our money. Staff minutes a week, all together: most for "
                "“The cause”, 1,560 min of 3,090 min. Money a year: most for “The cause”, $61,200 of $118,500."
            ),
        ),
        (
            "ladders",
            (
                "4 ladders, 3 different ends: mostly Time and schedule. They start from: 46% of grade 1-3 students are "
                "on level in decoding. Most ladders end in Time and schedule: 2 of 4. "
                "2 rungs have nothing to show for them yet."
            ),
        ),
        (
            "fishbone",
            (
                "At the head: 46% of grade 1-3 students are on level in decoding. Most causes under Time and schedule: "
                "7 of 24. No one named anything under Policy and funding. True, or unseen?"
            ),
        ),
        (
            "dot_plot",
            (
                f"{ROOT} scores highest with 88 of 100. Highest score: {ROOT}, 88 of 100. "
                "Score: removes it 50%, evidence 30% and influence 20%."
            ),
        ),
        (
            "counts",
            "4 of 8 ended somewhere else than where they began. Most chose “Different”: 4 of 8.",
        ),
    ],
)
def test_the_words_of_a_picture_are_its_sentence_and_where_the_peak_is(name: str, alt: str) -> None:
    assert CHARTS[name].words(DEMO[name]).alt == alt


def test_patterns_stand_in_a_table_by_lens_with_those_nobody_used() -> None:
    found = CHARTS["lens_columns"].words(DEMO["lens_columns"])
    assert found.head == ("It is about", "What repeats", "A figure", "Pair")
    assert [row[0] for row in found.rows] == ["Who", "Who", "When", "Since when", "Where it is better", "Where"]
    assert found.rows[0][1:] == (
        "Assistants were pulled for coverage 23 times in April",
        "23 times",
        "Marcus Bell and Tia Brooks",
    )
    assert found.rows[5] == ("Where", "Nobody named anything here yet.", "", "")


def test_a_lens_that_nobody_used_is_said_in_words() -> None:
    for look in LOOKS:
        assert "Nobody named anything here yet." in " ".join(said("lens_columns", DEMO["lens_columns"], look))


def test_figures_get_bars_when_three_share_a_unit() -> None:
    def seen(*figures: float) -> list[float]:
        data = LensColumns("", (Lens("Who", tuple(Pattern("It repeats", "", f, " Times") for f in figures)),))
        sheet = CHARTS["lens_columns"].sheet(data, Look())
        assert sheet is not None
        return [round(shape.w, 1) for shape in sheet.shapes if isinstance(shape, Box)]

    assert seen(4, 2) == []
    assert seen(4, 2, -1) == [354.0, 177.0, 88.5]
    assert seen(0, 0, 0) == [2, 2, 2]


def test_percent_stands_close_to_its_figure() -> None:
    assert Pattern("x", "", 46, "%").measured() == "46%"
    assert Pattern("x", "", 17.5, "sessions").measured() == "17.5 sessions"
    assert Pattern("x", "", 3).measured() == "3"


def test_the_table_of_the_boxes_holds_facts_and_how_many_stand_behind() -> None:
    found = CHARTS["quadrants"].words(DEMO["quadrants"])
    assert found.head == ("Box", "Line", "A fact that shows it", "People")
    assert found.rows[3] == ("Weaknesses", "No shared routine for adults who lead groups", "", "2")
    assert CHARTS["quadrants"].words(ONE["quadrants"]).rows[0] == ("Strengths", "One", "", "–")


def test_each_box_counts_its_lines_and_those_with_a_fact() -> None:
    words = said("quadrants", DEMO["quadrants"], Look("board"))
    assert words.count("2 lines, 2 with a fact") == 3
    assert "2 lines, 1 with a fact" in words
    assert "5 of us · 23 pulls in April" in words
    assert "Weekly since January" in words  # of one person, who is not counted out


def test_a_line_without_a_fact_has_a_hollow_sign() -> None:
    box = Quadrant("Strengths", (Line("With", "a fact"), Line("Without")))
    sheet = CHARTS["quadrants"].sheet(Quadrants("", (box,)), Look())
    assert sheet is not None
    fills = [shape.paint.fill for shape in sheet.shapes if isinstance(shape, Disc)]
    assert fills == ["#0F5C6E", "#0F5C6E", "#FFFFFF"]


def test_boxes_that_asked_for_no_facts_say_nothing_of_facts() -> None:
    plain = Quadrants("", (Quadrant("Strengths", (Line("One"), Line("Two"))), Quadrant("Weaknesses", ())), facts=False)
    found = CHARTS["quadrants"].words(plain)
    assert found.alt == "2 lines. Nothing yet under “Weaknesses”."
    assert found.head == ("Box", "Line", "People")
    assert "fact" not in " ".join(said("quadrants", plain, Look()))


def test_what_nobody_is_sure_about_is_hollow_and_both_stands_between() -> None:
    names = ("The ache", "Both", "The cause", "We are not sure")
    data = SplitBars("", names, (SplitBar("Minutes", "minutes", (30, 20, 40, 10)),))
    sheet = CHARTS["split_bars"].sheet(data, Look("board"))
    assert sheet is not None
    bars = [shape for shape in sheet.shapes if isinstance(shape, Box)][:4]
    assert [round(bar.w / 754, 2) for bar in bars] == [0.3, 0.2, 0.4, 0.1]
    assert [bool(bar.paint.fill) for bar in bars] == [True, True, True, False]
    assert [bar.paint.hatch for bar in bars] == ["", "//", "", ""]
    assert said("split_bars", data, Look("board"))[2:] == [
        *("The ache", "30 min", "Both", "20 min", "The cause", "40 min", "We are not sure", "10 min"),
    ]
    assert CHARTS["split_bars"].words(data).rows == (("Minutes", "30 min", "20 min", "40 min", "10 min", "100 min"),)


@given(st.tuples(*[st.floats(0, 1e6)] * 4), st.sampled_from(LOOKS))
def test_parts_fill_their_bar_and_none_that_is_there_is_out_of_sight(
    amounts: tuple[float, float, float, float], look: Look
) -> None:
    bar = SplitBar("Minutes", "minutes", amounts)
    sheet = CHARTS["split_bars"].sheet(SplitBars("", ("a", "b", "c", "d"), (bar,)), look)
    assert sheet is not None
    if not bar.all:
        return
    parts = [s for s in sheet.shapes if isinstance(s, Box) and s.h == look.font * 1.8]
    assert len(parts) == sum(amount > 0 for amount in amounts)
    assert sum(part.w for part in parts) == pytest.approx(look.width - 6)
    assert min(part.w for part in parts) > 5


def test_a_bar_of_equal_parts_names_both() -> None:
    data = SplitBars("", ("A", "B", "C", "D"), (SplitBar("Minutes", "minutes", (5, 0, 5, 0)),))
    assert CHARTS["split_bars"].words(data).alt == "Minutes: most for “A and C”, 5 min of 10 min each."


def test_ladders_are_a_table_of_rungs() -> None:
    found = CHARTS["ladders"].words(DEMO["ladders"])
    assert found.head == ("Pair", "Why", "Because…", "Something shows it", "The last why is about")
    assert len(found.rows) == 15
    assert found.rows[11] == (
        "Priya Nair and Tia Brooks",
        "4",
        "Nobody was asked to own it",
        "none yet",
        "Practice and routines",
    )


def test_a_rung_that_nothing_shows_is_hollow_with_a_broken_edge_and_a_key() -> None:
    data = Ladders("", "", (Ladder("Ana", (Rung("Shown"), Rung("Bare", shown=False))),))
    sheet = CHARTS["ladders"].sheet(data, Look())
    assert sheet is not None
    shown, bare = (shape.paint for shape in sheet.shapes if isinstance(shape, Box))
    assert (shown.fill, shown.dash) == ("#E2EEF0", "-")
    assert (bare.fill, bare.dash) == ("#FFFFFF", (0, (4, 3)))
    assert said("ladders", data, Look())[-1] == "Dashed: nothing shows it yet."
    assert "Dashed" not in " ".join(said("ladders", ONE["ladders"], Look()))


def test_rungs_of_all_ladders_stand_at_equal_heights() -> None:
    sheet = CHARTS["ladders"].sheet(DEMO["ladders"], Look("board"))
    assert sheet is not None
    rungs = [shape for shape in sheet.shapes if isinstance(shape, Box) and shape.paint.edge]
    assert len(rungs) == 15
    assert len({rung.y for rung in rungs}) == 4


def test_ladders_that_all_end_apart_are_told_so() -> None:
    ends = replace(DEMO["ladders"], sentence="", start="", ladders=DEMO["ladders"].ladders[1:])
    assert CHARTS["ladders"].words(ends).alt.startswith("3 ladders, each with an end of its own.")


def test_bones_without_a_cause_are_named_in_the_picture_and_in_the_table() -> None:
    question = "No one named anything under Policy and funding. True, or unseen?"
    for look in LOOKS:
        assert question in " ".join(said("fishbone", DEMO["fishbone"], look))
    rows = CHARTS["fishbone"].words(DEMO["fishbone"]).rows
    assert len(rows) == 25
    assert rows[-1] == ("Policy and funding", question)


def _bones_drawn(data: Fishbone, look: Look) -> int:
    sheet = CHARTS["fishbone"].sheet(data, look)
    return sum(isinstance(s, Shape) and not s.closed and len(s.points) == 2 for s in sheet.shapes) if sheet else 0


def test_causes_that_do_not_fit_around_a_spine_stand_in_a_list() -> None:
    fits = DEMO["fishbone"]
    many = replace(fits, loose=("One more",))
    long = replace(fits, bones=(Bone(CATEGORIES[0], (ROOT,) * 8), *(Bone(name, ()) for name in CATEGORIES[1:])))
    assert [_bones_drawn(data, Look("board")) for data in (fits, many, long)] == [9, 0, 0]
    assert _bones_drawn(fits, Look("phone")) == 0


def test_a_list_of_forty_long_causes_shows_each_of_them() -> None:
    data = Fishbone("", SYMPTOM, tuple(Bone(name, (LONG,) * 5) for name in CATEGORIES))
    for look in LOOKS:
        assert sum(words.startswith("A cause with a long") for words in said("fishbone", data, look)) == 40


@pytest.mark.parametrize("label", [LONG, *HARD])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.size)
def test_the_words_on_bones_stay_apart_and_in_the_picture(label: str, look: Look) -> None:
    data = Fishbone("", label, tuple(Bone(label if i % 2 else bone.name, (label,) * 3) for i, bone in enumerate(BONES)))
    sheet = CHARTS["fishbone"].sheet(data, look)
    assert sheet is not None
    texts = [shape for shape in sheet.shapes if isinstance(shape, Text)]
    for text in texts:
        assert text.x + width(text.words, text.size, bold=text.bold) <= look.width + 0.01, text
        assert text.y <= sheet.height
    for one, other in combinations(texts, 2):
        assert not _meet(_box(one), _box(other)), (one, other)


def test_causes_are_sorted_by_score_and_the_table_says_what_to_mind() -> None:
    found = CHARTS["dot_plot"].words(WITH_DOTS)
    assert found.head == (
        *("Cause", "Removes it", "Evidence", "Influence", "don't know yet"),
        *("Score, 0 to 100", "Mind", "Dots"),
    )
    assert found.rows == (
        (ROOT, "2.9", "2.4", "2.5", "0, 0, 0", "88", "", "18"),
        (ROUTINE, "2.6", "2.0", "3.0", "0, 0, 0", "84", "", "12"),
        (FEEDBACK, "2.0", "1.3", "2.6", "0, 0, 0", "63", "check first", "4"),
        (ABSENCES, "1.4", "2.9", "1.3", "0, 0, 0", "60", "", "4"),
        (SCREENING, "1.6", "1.4", "2.0", "0, 0, 0", "54", "check first", "2"),
    )
    assert f"Most dots: {ROOT}, 18 of 40." in found.alt


def test_a_cause_without_a_score_stands_last_and_says_who_does_not_know() -> None:
    found = CHARTS["dot_plot"].words(ONE["dot_plot"])
    assert found.alt == "Not enough ratings for a score yet."
    assert found.rows == (("One", "–", "0.0", "3.0", "1, 0, 2", "no score yet", ""),)
    words = said("dot_plot", ONE["dot_plot"], Look())
    assert words[words.index("don't know yet") :] == ["don't know yet", "R", "1", "I", "2"]


def test_dots_are_as_many_as_were_placed_and_a_bar_where_they_would_blur() -> None:
    page = Sheet(358)
    draw_dots(page, Slot(0, 0, 260, 20), 18, 18, Look())
    assert [type(shape) for shape in page.shapes] == [Disc] * 18
    page = Sheet(358)
    draw_dots(page, Slot(0, 0, 260, 20), 50, 100, Look())
    assert [round(shape.w) for shape in page.shapes if isinstance(shape, Box)] == [130]


@given(st.tuples(*[st.none() | st.floats(0, 300)] * 3), st.sampled_from(LOOKS))
def test_marks_of_a_cause_never_cover_each_other(xs: tuple[float | None, ...], look: Look) -> None:
    found = [(x, level) for x, level in zip(xs, levels(xs, look), strict=True) if x is not None]
    for (x, level), (other, its) in combinations(found, 2):
        assert level != its or abs(x - other) >= size_of(look) * 1.15


def test_counts_keep_the_order_of_the_options_and_show_those_nobody_chose() -> None:
    data = Counts("", (Count("The same", 2), Count("Close", 0), Count("Different", 2)))
    found = CHARTS["counts"].words(data)
    assert found.alt == "Most chose “The same and Different”: 2 of 4 each."
    assert found.rows == (("The same", "2"), ("Close", "0"), ("Different", "2"))
    assert said("counts", data, Look("board")) == ["The same", "Close", "Different", "2", "0", "2"]


@pytest.mark.parametrize("name", list(DEMO))
def test_nothing_to_show_is_said(name: str) -> None:
    assert CHARTS[name].words(EMPTY[name]).alt == "Nothing to show yet."
    assert said(name, EMPTY[name], Look()) == ["Nothing to show yet."]
