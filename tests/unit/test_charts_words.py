"""What pictures say."""

import pytest
from charts_demo import ATTENDANCE, BEHAVIOR, DEMO, ESSER, FAMILY, MATH, NAMES, READING, TEACHERS

from mira_workbook.charts import CHARTS, Look, Named
from mira_workbook.charts.arrows import Arrow, Arrows
from mira_workbook.charts.hands import Hands
from mira_workbook.charts.points import Points, PointsRow
from mira_workbook.charts.shapes import Text
from mira_workbook.charts.slope import Slope, SlopeRow


@pytest.mark.parametrize(
    ("name", "alt"),
    [
        (
            "stacked",
            (
                "5 different first picks. Pick any two of us: about 1 time in 7 they chose the same. "
                "Most first picks: Early reading, grades 1-3, 3 of 8."
            ),
        ),
        (
            "points",
            "Early reading, grades 1-3 leads with 45 points. Most points: Early reading, grades 1-3, 45.",
        ),
        (
            "heat",
            (
                "It beats every other candidate head to head. Early reading, grades 1-3 is put before every other one. "
                "Highest number: Early reading, grades 1-3 before Life after ESSER: positions and programs, 8 of 8."
            ),
        ),
        (
            "slope",
            (
                "We came closer: 1 in 7 became 1 in 3. Most first picks now: Early reading, grades 1-3, 5. "
                "Largest change: Early reading, grades 1-3, from 3 to 5."
            ),
        ),
        (
            "hands",
            (
                "One hand is at 2. Let us hear the worry, then change the wording. "
                "Most hands at 5 · I will help lead it: 4 of 8."
            ),
        ),
        (
            "rings",
            (
                "In the centre: More of our grade 1-3 students can decode on level by spring. Focus: Keeping and "
                "supporting our teachers, Behavior and belonging and Life after ESSER: positions and programs. Watch: "
                "Student attendance, Math fluency, grades 3-5 and Family partnership."
            ),
        ),
        ("spokes", "Every role adds something. 2 of 3 role priorities support it or are the same."),
        (
            "arrows",
            (
                "Early reading, grades 1-3 may lift several others. Early reading, grades 1-3 may be a shared "
                "pain point. Widest arrow: Student attendance to Early reading, grades 1-3, 6 people."
            ),
        ),
        ("card_wall", "1 card."),
        (
            "share_bar",
            "We read each other's priorities right about half of the way. Where we are: about half of the way.",
        ),
    ],
)
def test_the_words_of_a_picture_are_its_sentence_and_where_the_peak_is(name: str, alt: str) -> None:
    assert CHARTS[name].words(DEMO[name]).alt == alt


def test_the_tiers_table_is_sorted_by_first_picks_and_then_focus() -> None:
    said = CHARTS["stacked"].words(DEMO["stacked"])
    assert said.head == ("Candidate", "First", "Focus", "Watch")
    assert said.rows == (
        (READING, "3", "5", "0"),
        (BEHAVIOR, "2", "4", "2"),
        (TEACHERS, "1", "6", "1"),
        (ESSER, "1", "3", "4"),
        (ATTENDANCE, "1", "2", "5"),
        (MATH, "0", "2", "6"),
        (FAMILY, "0", "1", "7"),
    )


def test_the_head_to_head_table_is_square_with_dashes_where_a_candidate_meets_itself() -> None:
    said = CHARTS["heat"].words(DEMO["heat"])
    assert said.head == ("Candidate", READING, TEACHERS, BEHAVIOR, ATTENDANCE, ESSER, MATH, FAMILY)
    assert said.rows[0] == (READING, "–", "7", "7", "7", "8", "8", "8")


def test_the_hands_table_holds_every_level_and_no_names() -> None:
    said = CHARTS["hands"].words(DEMO["hands"])
    assert said.rows == (
        ("0 · I would block it", "0"),
        ("1 · I have big worries", "0"),
        ("2 · I have worries", "1"),
        ("3 · I can live with it and will help", "1"),
        ("4 · I am for it", "2"),
        ("5 · I will help lead it", "4"),
    )


def test_hands_with_words_for_the_two_ends_only_are_told_by_number() -> None:
    said = CHARTS["hands"].words(Hands("", (0, 2, 5), ("not at all", "fully")))
    assert said.rows == (("0 · not at all", "0"), ("1", "2"), ("2 · fully", "5"))


def test_ties_are_told_as_ties() -> None:
    two = (PointsRow(Named("A"), 5), PointsRow(Named("B"), 5))
    assert CHARTS["points"].words(Points("", two)).alt == "Most points: A and B, 5 each."
    assert CHARTS["hands"].words(Hands("", (0, 0, 0, 4, 0, 4))).alt == "Most hands at 3 and 5: 4 of 8 each."
    still = (SlopeRow(Named("A"), 2, 2), SlopeRow(Named("B"), 2, 2))
    assert CHARTS["slope"].words(Slope("", still)).alt == "Most first picks now: A and B, 2 each. No number changed."


def test_arrows_nobody_sees_and_arrows_to_oneself_are_left_out() -> None:
    assert CHARTS["arrows"].words(DEMO["arrows"]).rows == (
        (ATTENDANCE, READING, "6"),
        (TEACHERS, READING, "5"),
        (READING, BEHAVIOR, "4"),
        (READING, MATH, "3"),
        (BEHAVIOR, READING, "1"),
    )


def test_one_arrow_alone_lifts_nobody_in_particular() -> None:
    alone = Arrows("", NAMES[:2], (Arrow(0, 1, 1),))
    assert (alone.lifts(), alone.pains()) == ([], [])


def test_the_wall_does_not_show_how_near_a_single_role_is() -> None:
    wall = CHARTS["spokes"].sheet(DEMO["spokes"], Look("wall"))
    board = CHARTS["spokes"].sheet(DEMO["spokes"], Look("board"))
    assert wall is not None
    assert board is not None
    assert "differs" not in {shape.words for shape in wall.shapes if isinstance(shape, Text)}
    assert "differs" in {shape.words for shape in board.shapes if isinstance(shape, Text)}


def test_cards_are_a_table_on_a_phone() -> None:
    picture = CHARTS["card_wall"].picture(DEMO["card_wall"], Look("phone"))
    assert picture.svg == b""
    assert picture.rows == (("Counselor", "Know by Tuesday who was out on Monday", "Late news means late help"),)
    assert picture.head == ("Who", "What was written", "Because")
