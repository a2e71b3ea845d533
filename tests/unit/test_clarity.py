import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.clarity import clarity_received, furthest_apart, role_clarity

MATCHES = {
    "M1": [2, 1],
    "M2": [1, 0],
    "M3": [2, 2],
    "M4": [2, 1],
    "M5": [1, 1],
    "M6": [0, 1],
    "M7": [0, 0],
    "M8": [1, 2],
}


def test_the_demo_team_reads_each_other_right_about_half_of_the_way() -> None:
    assert role_clarity([match for given in MATCHES.values() for match in given]) == pytest.approx(0.531, abs=0.001)


def test_each_member_sees_the_own_share() -> None:
    assert clarity_received(MATCHES) == {
        "M1": 0.75,
        "M2": 0.25,
        "M3": 1.0,
        "M4": 0.75,
        "M5": 0.5,
        "M6": 0.25,
        "M7": 0.0,
        "M8": 0.75,
    }
    assert clarity_received({"M9": []}) == {"M9": None}


def test_the_pairs_furthest_apart_are_those_that_differ_altogether() -> None:
    assert furthest_apart({("M1", "M2"): 0, ("M1", "M3"): 2, ("M5", "M7"): 0}) == [("M1", "M2"), ("M5", "M7")]


def test_three_ratings_make_a_number_and_two_do_not() -> None:
    assert role_clarity([]) is None
    assert role_clarity([2, 2]) is None
    assert role_clarity([0, 0, 0]) == 0.0
    assert role_clarity([2, 2, 2]) == 1.0


def test_a_match_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A match is 0, 1 or 2\. Got \[3\]\.$"):
        role_clarity([1, 3])


@given(st.lists(st.integers(0, 2), min_size=3, max_size=20))
def test_clarity_lies_between_0_and_1(matches: list[int]) -> None:
    found = role_clarity(matches)

    assert found is not None
    assert 0 <= found <= 1
