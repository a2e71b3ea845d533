import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.consent import Consent, Rule, consent, hands

TEAM = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8")
FIRST = dict(zip(TEAM, (5, 4, 2, 5, 5, 5, 4, 3), strict=True))
SECOND = dict(zip(TEAM, (5, 4, 3, 5, 5, 5, 5, 4), strict=True))


def passes(fists: list[int], rule: str) -> bool:
    team = [f"M{number}" for number in range(len(fists))]
    found = consent(dict(zip(team, fists, strict=True)), team, rule)
    return found is not None and found.passed


def test_one_hand_at_2_does_not_pass_in_the_first_round() -> None:
    found = consent(FIRST, TEAM)

    assert found == Consent(mean=4.125, min=2, below3=1, passed=False, n=8, missing=())
    assert found.band == "talk again"
    assert hands(FIRST.values()) == {0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 5: 4}


def test_everyone_at_3_or_above_passes_in_the_second_round() -> None:
    found = consent(SECOND, TEAM)

    assert found == Consent(mean=4.5, min=3, below3=0, passed=True, n=8, missing=())
    assert found.band == "pass"


@pytest.mark.parametrize(
    ("fists", "passing"),
    [
        ([3, 3, 3], ["all", "all_but_one", "share80"]),
        ([5, 5, 5, 5, 2], ["all_but_one", "share80"]),
        ([5, 5, 5, 2], ["all_but_one"]),
        ([3] * 8 + [0] * 2, ["share80"]),
        ([3] * 7 + [0] * 2, []),
        ([0, 0, 0], []),
        ([3], ["all", "all_but_one", "share80"]),
        ([2], []),
    ],
)
def test_the_rule_the_team_chose_decides(fists: list[int], passing: list[str]) -> None:
    assert [rule for rule in Rule if passes(fists, rule)] == passing


@pytest.mark.parametrize("rule", list(Rule))
def test_nothing_passes_before_all_are_in(rule: Rule) -> None:
    found = consent({"M1": 5, "M3": 5}, ("M1", "M2", "M3"), rule)

    assert found == Consent(mean=5.0, min=5, below3=0, passed=False, n=2, missing=("M2",))


def test_who_is_excused_is_not_waited_for_and_leaves_the_hands() -> None:
    assert consent({"M1": 4, "M3": 4}, ("M1", "M2", "M3"), excused={"M2"}) == Consent(4.0, 4, 0, True, 2, ())
    assert consent(FIRST, TEAM, excused={"M3"}) == Consent(31 / 7, 3, 0, True, 7, ())


def test_hands_of_people_who_are_not_expected_do_not_count() -> None:
    assert consent({"M1": 4, "COACH": 0}, ("M1",)) == Consent(4.0, 4, 0, True, 1, ())


def test_no_hands_are_no_result() -> None:
    assert consent({}, TEAM) is None
    assert consent({}, ()) is None
    assert consent({"M1": 3}, ("M1",), excused=("M1",)) is None


def test_a_fist_off_the_scale_and_an_unknown_rule_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^A fist must be between 0 and 5\. Got \[6\]\.$"):
        consent({"M1": 6}, ("M1",))
    with pytest.raises(ValueError, match="most"):
        consent({"M1": 3}, ("M1",), "most")


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_what_passes_for_all_passes_by_every_rule_and_raising_a_hand_never_hurts(fists: list[int]) -> None:
    raised = [min(5, fist + 1) for fist in fists]

    assert passes(fists, "all") <= min(passes(fists, "all_but_one"), passes(fists, "share80"))
    assert all(passes(fists, rule) <= passes(raised, rule) for rule in Rule)
