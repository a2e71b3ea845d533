"""The pictures of the workbook on resources: what they say, and the laws that their shapes hold."""

from itertools import combinations, pairwise
from math import hypot, isclose
from typing import Any

import pytest
from charts_resources_demo import DAY, DEMO, EMPTY, ESSER, GENERAL, HOSTILE, MANY, RATINGS, ROWS, TITLE, rated
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.charts import CHARTS, Look, Named
from mira_workbook.charts.bubble import Bubble, BubbleRow
from mira_workbook.charts.layout import Slot
from mira_workbook.charts.loop import Loop, LoopRow
from mira_workbook.charts.now_after import Moment, NowAfter, NowAfterRow
from mira_workbook.charts.shapes import Box, Disc, Text
from mira_workbook.charts.squares import squares
from mira_workbook.charts.strip import Strip
from mira_workbook.charts.tags import Tag, place_tags
from mira_workbook.charts.treemap import Part, Treemap
from mira_workbook.charts.treemap_areas import cells
from mira_workbook.charts.waterfall import Waterfall

COACH, UPLOAD, MENTORING = "Instructional coach", "Weekly lesson-plan upload and review", "New-teacher mentoring"
AMOUNTS = st.floats(1, 1e7)
ROOM = Slot(2, 3, 756, 400)


def said(name: str, look: Look, data: Any = None) -> list[str]:
    sheet = CHARTS[name].sheet(DEMO[name] if data is None else data, look)
    assert sheet is not None
    return [shape.words for shape in sheet.shapes if isinstance(shape, Text)]


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        (
            "treemap",
            (
                "14 rows: $389,050 a year. Largest fund: ESSER, $184,550 of $389,050 a year, 47%. "
                "Largest line: Instructional coach, $82,400."
            ),
        ),
        (
            "strip",
            (
                "6 of 14 serve our priority, 5 in part, 3 not. Nearest: Small-group decoding lessons K-3, mean 3.0 of "
                "3. Farthest: Math software licenses, 0.1. 1 does not know yet: New-teacher mentoring."
            ),
        ),
        ("loop", "Starting: 1. Growing: 2. Steady: 6. Ready to end: 5. Starved: 1. Stuck: 2."),
        (
            "bubble",
            (
                "$55,540 is open. 6 of 14 serve our priority. For 6 of those we have numbers. "
                "Largest: Instructional coach, $82,400. Money ends by September 30, 2024: 4."
            ),
        ),
        (
            "now_after",
            (
                "Today 74% of the money serves our priority. Money: 74% today, 95% next year. "
                "Staff: 90% today, 98% next year. Minutes: 68% today, 90% next year."
            ),
        ),
        (
            "waterfall",
            (
                "$184,550 ends. Of $184,550 that ends, $133,500 serves our priority. "
                "$104,200 is needed, $55,540 is still open."
            ),
        ),
    ],
)
def test_the_words_of_a_picture_are_its_sentence_and_where_the_peak_is(name: str, alt: str) -> None:
    assert CHARTS[name].words(DEMO[name]).alt == alt


@pytest.mark.parametrize(
    ("name", "alt"),
    [(name, "Nothing to show yet.") for name in ("treemap", "strip", "loop", "bubble", "now_after")]
    + [("waterfall", "No money ends, and none is needed.")],
)
def test_without_a_row_a_picture_says_that_there_is_nothing(name: str, alt: str) -> None:
    assert CHARTS[name].words(EMPTY[name]).alt == alt
    assert CHARTS[name].words(EMPTY[name]).rows == ()
    assert said(name, Look("board"), EMPTY[name]) == [alt]


# ------------------------------------------------------------------------------------------------ where it goes


def test_the_money_table_is_sorted_by_fund_and_amount_and_holds_what_takes_none() -> None:
    found = CHARTS["treemap"].words(DEMO["treemap"])
    assert found.head == ("Initiative", "Fund", "Money a year", "Staff minutes a week")
    assert found.rows[0] == ("Reading interventionist", ESSER, "$74,900", "2,325 min")
    assert found.rows[4] == (COACH, TITLE, "$82,400", "2,325 min")
    assert found.rows[11] == (UPLOAD, GENERAL, "$0", "1,080 min")
    assert len(found.rows) == 14


def test_areas_too_small_for_words_have_a_number_and_a_line_in_the_key() -> None:
    words = said("treemap", Look("board"))
    assert "New-teacher mentoring · $7,400" in words
    assert {"1", "2", "3", "4", "5"} <= set(words)
    assert "Takes no money: Weekly lesson-plan upload and review." in words
    assert "$184,550 · 47%" in words


def test_a_phone_shows_bars_of_funds_and_of_what_they_pay_for() -> None:
    words = said("treemap", Look())
    assert words[:5] == ["Money a year", "ESSER", "Reading interventionist", "Two instructional assistants", words[4]]
    assert {"$184,550 · 47%", "$74,900"} <= set(words)


def test_where_no_money_is_known_bars_show_minutes() -> None:
    minutes = Treemap("", tuple(Part(Named(n), fund, 0, mins) for n, fund, _, mins, *_ in ROWS))
    assert CHARTS["treemap"].words(minutes).alt.startswith("No money is written down, so it shows staff minutes a week")
    assert "7,995 min · 47%" in said("treemap", Look("board"), minutes)


def test_many_initiatives_are_shown_as_bars_of_their_funds() -> None:
    words = said("treemap", Look("wall"), HOSTILE["treemap"])
    assert len([word for word in words if "%" in word]) == 9


def test_a_fund_that_nobody_named_says_so() -> None:
    assert CHARTS["treemap"].words(Treemap("", (Part(Named("Coach"), "", 5, 0),))).rows[0][1] == "No fund named"


def test_another_currency_stands_behind_the_amount() -> None:
    data = Treemap("", (Part(Named("Coach"), GENERAL, 1200, 0),), "EUR")
    assert CHARTS["treemap"].words(data).rows[0][2] == "1,200 EUR"


@given(st.lists(AMOUNTS, min_size=1, max_size=40))
def test_areas_fill_the_rectangle_and_are_as_the_amounts(amounts: list[float]) -> None:
    amounts = sorted(amounts, reverse=True)
    parts = squares(amounts, ROOM)
    assert len(parts) == len(amounts)
    for amount, part in zip(amounts, parts, strict=True):
        assert isclose(part.w * part.h, amount / sum(amounts) * ROOM.w * ROOM.h, rel_tol=1e-6, abs_tol=1e-6)
    assert isclose(sum(part.w * part.h for part in parts), ROOM.w * ROOM.h, rel_tol=1e-9)
    _no_two_overlap(parts)


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 9)), min_size=1, max_size=40))
def test_areas_of_funds_and_initiatives_do_not_overlap(told: list[tuple[float, int]]) -> None:
    data = Treemap("", tuple(Part(Named(str(i)), f"F{fund}", usd, 0) for i, (usd, fund) in enumerate(told)))
    found = cells(data.groups(), ROOM)
    assert len(found) == len(told)
    assert isclose(sum(cell.place.w * cell.place.h for cell in found), ROOM.w * ROOM.h, rel_tol=1e-9)
    _no_two_overlap([cell.place for cell in found])


def _no_two_overlap(parts: list[Slot]) -> None:
    for a, b in combinations(parts, 2):
        across = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
        down = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
        assert min(across, down) <= 1e-6, (a, b)
    for part in parts:
        assert part.x >= ROOM.x - 1e-6
        assert part.x + part.w <= ROOM.x + ROOM.w + 1e-6
        assert part.y + part.h <= ROOM.y + ROOM.h + 1e-6


# --------------------------------------------------------------------------------------------- how near each one is


def test_the_table_of_ratings_counts_people_and_names_the_zone() -> None:
    found = CHARTS["strip"].words(DEMO["strip"])
    assert found.head == (
        *("Initiative", "mean", "Serves the priority"),
        *("0 · not", "1 · a little", "2 · clearly", "3 · centrally", "don’t know yet"),
    )
    assert found.rows[0] == (ROWS[0][0], "3.0", "aligned", "0", "0", "0", "8", "0")
    assert found.rows[5] == (MENTORING, "2.0", "aligned", "0", "2", "3", "2", "1")
    assert found.rows[-1] == ("Math software licenses", "0.1", "not", "7", "1", "0", "0", "0")


def test_those_who_do_not_know_yet_are_hollow() -> None:
    sheet = CHARTS["strip"].sheet(DEMO["strip"], Look("board"))
    assert sheet is not None
    hollow = [shape for shape in sheet.shapes if isinstance(shape, Disc) and not shape.paint.fill]
    assert len(hollow) == 2


def test_where_nobody_knows_there_is_no_mean() -> None:
    nobody = Strip("", tuple(rated(name, "xxxx") for name in MANY[:3]), ends=RATINGS)
    assert [row[1:3] for row in CHARTS["strip"].words(nobody).rows] == [("–", "we know too little")] * 3
    assert CHARTS["strip"].words(nobody).alt.startswith("Most who do not know yet: 4, ")
    assert said("strip", Look(), nobody).count("4") == 3


def test_a_wall_shows_both_ends_of_a_long_list() -> None:
    words = said("strip", Look("wall"), HOSTILE["strip"])
    assert words[-1] == "26 more lie between: see the table."
    assert len([word for word in said("strip", Look("board"), HOSTILE["strip"]) if word.endswith("lie between")]) == 0


# ------------------------------------------------------------------------------------------------ where in its life


def test_the_table_of_lives_follows_the_loop() -> None:
    found = CHARTS["loop"].words(DEMO["loop"])
    assert found.head == ("Initiative", "Where in its life", "Caught")
    assert found.rows[0] == (MENTORING, "Starting", "Starved")
    assert found.rows[-1] == (UPLOAD, "Ready to end", "Stuck")
    assert found.rows[1] == (ROWS[0][0], "Growing", "–")


@pytest.mark.parametrize("size", ["phone", "board"])
def test_what_is_caught_stands_in_its_zone_and_in_its_trap(size: Any) -> None:
    words = said("loop", Look(size))
    assert "New-teacher mentoring · starved" in words
    assert MENTORING in words
    assert [word for word in words if " · " in word and word[-1].isdigit()] == (
        ["Starting · 1", "Growing · 2", "Steady · 6", "Ready to end · 5", "Starved · 1", "Stuck · 2"]
        if size == "phone"
        else ["Starting · 1", "Growing · 2", "Ready to end · 5", "Steady · 6", "Starved · 1", "Stuck · 2"]
    )


def test_what_has_no_place_yet_is_counted() -> None:
    half = Loop("", (LoopRow(Named("A"), 0), LoopRow(Named("B")), LoopRow(Named("C"))))
    assert said("loop", Look(), half)[-1] == "2 have no place yet."
    assert CHARTS["loop"].words(half).alt.endswith("Stuck: 0. 2 have no place yet.")


# --------------------------------------------------------------------------------------------------- near and known


def test_the_table_of_bubbles_stands_by_decision() -> None:
    found = CHARTS["bubble"].words(DEMO["bubble"])
    assert found.head == (
        *("Initiative", "How near, 0 to 3", "What we know, 0 to 3", "Money a year", "Staff minutes a week"),
        *("Money ends by September 30, 2024", "Decision"),
    )
    assert found.rows[0] == (ROWS[0][0], "3.0", "3.0", "$61,200", "1,260 min", "–", "Grow")
    assert found.rows[1] == ("Reading interventionist", "2.9", "3.0", "$74,900", "2,325 min", "yes", "Keep")
    assert found.rows[-1] == (UPLOAD, "0.5", "0.0", "$0", "1,080 min", "–", "Release")


@pytest.mark.parametrize("size", ["phone", "board", "wall"])
def test_every_bubble_has_a_number_that_the_key_names(size: Any) -> None:
    words = said("bubble", Look(size))
    assert [words.count(str(n)) for n in range(4, 15)] == [2] * 11
    assert {"Grow", "Keep", "Reshape", "Release", COACH} <= set(words)


def test_a_ring_stands_around_money_that_ends() -> None:
    sheet = CHARTS["bubble"].sheet(DEMO["bubble"], Look("board"))
    assert sheet is not None
    assert len([s for s in sheet.shapes if isinstance(s, Disc) and not s.paint.fill]) == 4
    assert f"Area: money a year. Ring: the money ends by {DAY}." in said("bubble", Look("board"))


def test_where_nothing_is_decided_and_no_money_is_known_areas_are_minutes() -> None:
    plain = Bubble("", tuple(BubbleRow(Named(n), 1, 2, 0, mins) for n, _, _, mins, *_ in ROWS))
    assert {row[-1] for row in CHARTS["bubble"].words(plain).rows} == {"Not decided yet"}
    assert "Area: staff minutes a week." in said("bubble", Look(), plain)


def test_what_cannot_be_placed_is_named_beneath() -> None:
    data = Bubble("", (BubbleRow(Named("A"), 1, 2, 5), BubbleRow(Named("B"), None, 2, 5), BubbleRow(Named("C"), 1)))
    assert said("bubble", Look("board"), data)[-1] == "Area: money a year. We know too little to place 2: B and C."
    none = Bubble("", (BubbleRow(Named("B")),))
    assert said("bubble", Look(), none) == ["We know too little to place one yet."]


def test_a_wall_numbers_the_largest_of_many() -> None:
    words = said("bubble", Look("wall"), HOSTILE["bubble"])
    assert "The 14 largest have numbers; all are in the table." in " ".join(words)


SPOTS = st.tuples(st.floats(40, 700), st.floats(40, 380))


@given(st.lists(SPOTS, min_size=1, max_size=40), st.floats(4, 30))
def test_numbers_never_cover_each_other_and_stay_inside(spots: list[tuple[float, float]], r: float) -> None:
    placed = place_tags([Tag(spot, r, 26, 18) for spot in spots], ROOM)
    for (ax, ay), (bx, by) in combinations(placed, 2):
        assert abs(ax - bx) >= 26 or abs(ay - by) >= 18
    assert all(ROOM.x <= x - 13 and x + 13 <= ROOM.x + ROOM.w for x, _ in placed)


def test_equal_bubbles_do_not_hide_each_other() -> None:
    same = Bubble("", tuple(BubbleRow(Named(str(n)), 3, 3, 5) for n in range(12)))
    sheet = CHARTS["bubble"].sheet(same, Look())
    assert sheet is not None
    bubbles = [s for s in sheet.shapes if isinstance(s, Disc) and s.r > 10]
    assert len(bubbles) == 12
    assert min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(bubbles, 2)) > 8


# ------------------------------------------------------------------------------- today and next year, and what ends


def test_shares_stand_with_their_amounts_and_unknown_ones_as_dashes() -> None:
    found = CHARTS["now_after"].words(DEMO["now_after"])
    assert found.head == ("Of it serves our priority", "Today", "Next year")
    assert found.rows[0] == ("Money", "74% · $288,000 of $389,050", "95% · $225,740 of $237,540")
    half = NowAfter("", (NowAfterRow("Money", Moment(), Moment()), NowAfterRow("Staff", Moment(0.5), Moment())))
    assert CHARTS["now_after"].words(half).rows == (("Staff", "50%", "–"),)


def test_bars_are_as_long_as_their_shares() -> None:
    sheet = CHARTS["now_after"].sheet(DEMO["now_after"], Look("board"))
    assert sheet is not None
    bars = [shape.w for shape in sheet.shapes if isinstance(shape, Box)]
    assert [round(part / whole, 3) for whole, part in zip(bars[::2], bars[1::2], strict=True)] == [
        *(0.74, 0.95, 0.898, 0.975, 0.682, 0.898)
    ]


def test_the_table_of_steps_has_signs() -> None:
    found = CHARTS["waterfall"].words(DEMO["waterfall"])
    assert found.head == ("Step", "Money a year")
    assert found.rows == (
        ("ends by September 30, 2024", "$184,550"),
        ("of it serves our priority", "$133,500"),
        ("let go or made smaller", "−$80,350"),
        ("needed next year", "$104,200"),
        ("freed and flexible", "−$48,660"),
        ("asked elsewhere", "$0"),
        ("still open", "$55,540"),
    )


def test_what_grows_is_a_step_of_its_own() -> None:
    rows = CHARTS["waterfall"].words(Waterfall("", 100, 50, 20, 30, 10, 5)).rows
    assert rows[3] == ("grows", "+$30")
    assert rows[-1] == ("still open", "$95")


PARTS = st.integers(0, 10**7)


@given(PARTS, PARTS, PARTS, PARTS)
def test_steps_add_up_and_each_starts_where_the_last_one_ended(ending: int, less: int, grows: int, share: int) -> None:
    smaller = min(less, ending)
    need = ending - smaller + grows
    found = min(share, need)
    data = Waterfall("", ending, 0, smaller, grows, found, (need - found) // 2)
    steps = [step for step in data.steps() if step.kind != "part"]
    for one, following in pairwise(steps):
        assert one.end == (following.end if following.kind in {"whole", "open"} else following.start)
    moves = sum(step.end - step.start for step in steps if step.kind in {"less", "more", "asked"})
    assert ending + moves == data.gap == steps[-1].end >= 0


@pytest.mark.parametrize("look", [Look("board"), Look("wall")], ids=lambda look: look.size)
def test_columns_that_do_not_hold_their_amounts_lie_down(look: Look) -> None:
    small, large = Waterfall("", 100, 50, 20, 0, 10, 5), Waterfall("", 9e9, 8e9, 1e9, 0, 1e9, 1e9)
    anchors = []
    for data in (small, large):
        sheet = CHARTS["waterfall"].sheet(data, look)
        assert sheet is not None
        anchors.append({s.anchor for s in sheet.shapes if isinstance(s, Text)})
    assert anchors == [{"middle"}, {"start", "end"}]
