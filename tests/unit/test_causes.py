import pytest
from causes_team import DOTS, ENDS, RESPONSES, TESTS
from hypothesis import given, settings
from hypothesis import strategies as st

from mira_workbook.measures.causes import (
    WEIGHTS,
    CauseScore,
    Part,
    Treated,
    Weights,
    aspirin_share,
    cause_score,
    chain_agreement,
    top,
)

parts = st.builds(Part, st.lists(st.integers(0, 3), min_size=3, max_size=12).map(tuple), st.integers(0, 4))
few = st.builds(Part, st.lists(st.integers(0, 3), max_size=2).map(tuple), st.integers(0, 4))
responses = st.lists(
    st.builds(Treated, st.sampled_from(["symptom", "cause", "both", "unsure", ""]), st.integers(0, 5000)), max_size=12
)


def part(signs: str) -> Part:
    """Ratings as signs; x is "don't know yet"."""
    return Part(tuple(int(sign) for sign in signs if sign != "x"), signs.count("x"))


def score(removes: str, evidence: str, influence: str, weights: Weights = WEIGHTS) -> CauseScore:
    return cause_score(part(removes), part(evidence), part(influence), weights)


EXPECTED = {
    "R1": (2.88, 2.38, 2.5, 88.3, 0.88),
    "R2": (2.62, 2.0, 3.0, 83.8, 0.75),
    "R3": (2.0, 1.25, 2.62, 63.3, 0.85),
    "R4": (1.38, 2.88, 1.25, 60.0, 0.75),
    "R5": (1.62, 1.38, 2.0, 54.2, 0.75),
}
"""Cause to the means of its parts, its score, and how shared the view of the first part is."""


@pytest.mark.parametrize("cause", EXPECTED)
def test_the_demo_teams_causes(cause: str) -> None:
    removes, evidence, influence, whole, cns = EXPECTED[cause]
    found = score(*TESTS[cause])

    assert found.removes.mean == pytest.approx(removes, abs=0.006)
    assert found.evidence.mean == pytest.approx(evidence, abs=0.006)
    assert found.influence.mean == pytest.approx(influence, abs=0.006)
    assert found.score == pytest.approx(whole, abs=0.051)
    assert found.removes.cns == pytest.approx(cns, abs=0.005)
    assert (found.n, found.dk, found.dk_share) == (8, 0, 0)


def test_a_score_worked_by_hand() -> None:
    found = score("333", "000", "111")

    assert found.score == pytest.approx(100 * (0.5 * 1 + 0.3 * 0 + 0.2 / 3))
    assert score("000", "000", "000").score == 0
    assert score("333", "333", "333").score == pytest.approx(100)


def test_a_workbook_may_weigh_the_parts_in_its_own_way() -> None:
    assert score("333", "000", "000", Weights(1, 0, 0)).score == pytest.approx(100)
    assert score("333", "000", "000", Weights(0, 1, 0)).score == 0


def test_who_does_not_know_yet_is_counted_and_left_out_of_the_means() -> None:
    found = score("33xx3", "111xx", "22222")

    assert (found.removes.mean, found.removes.dk, found.removes.dk_share) == (3, 2, 0.4)
    assert found.score == pytest.approx(100 * (0.5 + 0.1 + 0.4 / 3))
    assert (found.dk, found.n) == (4, 5)
    assert found.dk_share == pytest.approx(4 / 15)


@pytest.mark.parametrize("told", [("33", "333", "333"), ("333", "33x", "333"), ("333", "333", "xxx"), ("", "", "")])
def test_every_part_needs_three_who_know(told: tuple[str, str, str]) -> None:
    assert score(*told).score is None


def test_a_part_with_enough_ratings_keeps_its_mean_beside_one_that_has_too_few() -> None:
    found = score("123", "1x", "xxx")

    assert (found.removes.mean, found.evidence.mean, found.influence.mean) == (2, None, None)
    assert (found.evidence.cns, found.influence.dk_share) == (None, 1)
    assert Part().dk_share is None
    assert CauseScore(None, Part(), Part(), Part()).dk_share is None


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 3"):
        score("334", "333", "333")


@settings(deadline=None)
@given(parts, parts, parts)
def test_a_score_lies_between_0_and_100_and_falls_with_none_of_its_parts(r: Part, e: Part, i: Part) -> None:
    found, better = cause_score(r, e, i).score, cause_score(Part((3, 3, 3)), e, i).score

    assert found is not None
    assert better is not None
    assert 0 <= found <= 100 + 1e-9
    assert better >= found - 1e-9


@settings(deadline=None)
@given(few, parts, parts, st.permutations([0, 1, 2]))
def test_a_part_with_too_few_ratings_leaves_no_score(a: Part, b: Part, c: Part, order: list[int]) -> None:
    given_ = [(a, b, c)[place] for place in order]

    assert cause_score(given_[0], given_[1], given_[2]).score is None


def test_what_is_level_at_the_top_is_told_together() -> None:
    assert top({"R1": 60.0, "R2": 59.99999999999999, "R3": 12}) == ["R1", "R2"]
    assert top({}) == []


def test_the_demo_teams_dots_lead_to_the_same_cause_as_its_ratings() -> None:
    dots = {f"R{i + 1}": sum(int(placed[i]) for placed in DOTS) for i in range(5)}

    assert dots == {"R1": 18, "R2": 12, "R3": 4, "R4": 4, "R5": 2}
    assert top(dots) == top({cause: score(*told).score or 0 for cause, told in TESTS.items()})


def test_half_of_what_the_demo_team_does_eases_the_ache() -> None:
    minutes = aspirin_share(Treated(treats, amount) for _, amount, _, treats in RESPONSES)
    money = aspirin_share(Treated(treats, amount) for _, _, amount, treats in RESPONSES)

    assert minutes.share == pytest.approx(0.495, abs=0.001)
    assert money.share == pytest.approx(0.484, abs=0.001)
    assert (minutes.unsure, money.unsure) == (0, 0)


def test_both_counts_half_and_unsure_is_told_apart() -> None:
    found = aspirin_share([Treated("symptom", 100), Treated("both", 100), Treated("cause", 200), Treated("unsure", 50)])

    assert (found.share, found.unsure) == (150 / 400, 50)
    assert aspirin_share([Treated("both", 10)]).share == 0.5
    assert aspirin_share([Treated("symptom", 10), Treated("", 90)]).share == 1


def test_what_nobody_has_sorted_has_no_share() -> None:
    assert aspirin_share([]).share is None
    assert aspirin_share([Treated("unsure", 30)]).share is None
    assert aspirin_share([Treated("symptom", 0)]).share is None


@settings(deadline=None)
@given(responses)
def test_the_aspirin_share_lies_between_0_and_1_and_no_unsure_row_moves_it(told: list[Treated]) -> None:
    found = aspirin_share(told)

    assert found.share is None or 0 <= found.share <= 1
    assert aspirin_share([*told, Treated("unsure", 60)]).share == found.share
    assert aspirin_share([*told, Treated("unsure", 60)]).unsure == found.unsure + 60


def test_the_demo_pairs_chains_end_apart() -> None:
    assert chain_agreement(ENDS) == pytest.approx(0.167, abs=0.001)


@pytest.mark.parametrize(
    ("ends", "agreement"), [([], None), (["a"], None), (["a", "b"], 0), (["a", "a"], 1), (["a", "a", "b"], 1 / 3)]
)
def test_chains_of_two_pairs_can_be_compared(ends: list[str], agreement: float | None) -> None:
    assert chain_agreement(ends) == (agreement if agreement is None else pytest.approx(agreement))
