from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.agreement import (
    agreement_by_item,
    consensus,
    consensus_of_counts,
    convergence,
    counts,
    difference,
    largest_share,
    moved,
    pair_agreement,
)

SORT = {"M1": "C7", "M2": "C4", "M3": "C3", "M4": "C1", "M5": "C1", "M6": "C1", "M7": "C4", "M8": "C2"}
AFTER = {"M1": "C1", "M2": "C4", "M3": "C3", "M4": "C1", "M5": "C1", "M6": "C1", "M7": "C1", "M8": "C2"}

picks = st.lists(st.sampled_from("ABCDE"), min_size=2, max_size=14)
ratings = st.lists(st.integers(0, 5), min_size=2, max_size=14)


def test_the_demo_team_agrees_on_a_first_pick_about_1_time_in_7() -> None:
    assert pair_agreement(list(SORT.values())) == pytest.approx(0.143, abs=0.001)
    assert largest_share(list(SORT.values())) == 0.375
    assert counts(SORT.values()) == {"C1": 3, "C4": 2, "C2": 1, "C3": 1, "C7": 1}


def test_the_demo_team_comes_closer_after_the_talk_and_two_move() -> None:
    found = moved(SORT, AFTER)

    assert pair_agreement(list(AFTER.values())) == pytest.approx(0.357, abs=0.001)
    assert convergence(list(SORT.values()), list(AFTER.values())) == pytest.approx(0.214, abs=0.001)
    assert found is not None
    assert (found.who, found.both, found.share) == (("M1", "M7"), 8, 0.25)


def test_the_demo_teams_hands_are_more_shared_after_the_sentence_changed() -> None:
    before, after = consensus([5, 4, 2, 5, 5, 5, 4, 3], 0, 5), consensus([5, 4, 3, 5, 5, 5, 5, 4], 0, 5)

    assert before == pytest.approx(0.706, abs=0.001)
    assert after == pytest.approx(0.803, abs=0.001)
    assert difference(before, after) == pytest.approx(0.097, abs=0.001)


def test_the_demo_pairs_end_their_chains_in_different_places() -> None:
    ends = ["time_schedule", "people_skills", "time_schedule", "practice_routines"]

    assert pair_agreement(ends) == pytest.approx(0.167, abs=0.001)


def test_places_of_one_item_are_compared_with_each_other() -> None:
    places = [{"C1": "focus", "C2": "watch"}, {"C1": "focus", "C2": "focus"}, {"C1": "priority"}]

    assert agreement_by_item(places) == {"C1": pytest.approx(1 / 3), "C2": 0.0}
    assert agreement_by_item([{"C1": "focus"}]) == {"C1": None}


@pytest.mark.parametrize(
    ("made", "agreement", "largest"),
    [([], None, None), (["A"], None, 1.0), (["A", "B"], 0.0, 0.5), (["A", "A"], 1.0, 1.0), (["A"] * 9, 1.0, 1.0)],
)
def test_few_and_equal_picks(made: list[str], agreement: float | None, largest: float | None) -> None:
    assert (pair_agreement(made), largest_share(made)) == (agreement, largest)


def test_the_published_example_of_consensus() -> None:
    assert consensus_of_counts([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


def test_all_equal_ratings_are_wholly_shared_and_half_at_each_end_not_at_all() -> None:
    assert consensus([3, 3, 3], 0, 3) == 1.0
    assert consensus([1, 1, 4, 4], 1, 4) == 0.0
    assert consensus_of_counts([7, 0, 0, 0, 7]) == 0.0
    assert consensus_of_counts([0, 9]) == 1.0


def test_one_rating_is_no_shared_view() -> None:
    assert consensus([4], 0, 5) is None
    assert consensus([], 0, 5) is None
    assert consensus_of_counts([0, 1, 0]) is None


def test_ratings_off_the_scale_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^Ratings must lie between 0 and 3\. Got \[4\]\.$"):
        consensus([1, 4], 0, 3)
    with pytest.raises(ValueError, match="low end under its high end"):
        consensus([1, 1], 1, 1)
    with pytest.raises(ValueError, match="2 or more points"):
        consensus_of_counts([5])
    with pytest.raises(ValueError, match="no number below 0"):
        consensus_of_counts([5, -1])


def test_only_members_in_both_rounds_can_have_moved() -> None:
    found = moved({"M1": "A", "M2": "B", "M3": "C"}, {"M2": "A", "M3": "C", "M4": "A"})

    assert found is not None
    assert (found.who, found.both, found.share) == (("M2",), 2, 0.5)
    assert moved({"M1": "A"}, {"M1": "B"}) is None
    assert moved({}, {}) is None


def test_convergence_needs_two_picks_in_each_round() -> None:
    assert convergence(["A"], ["A", "A"]) is None
    assert convergence(["A", "A"], []) is None
    assert convergence(["A", "A"], ["A", "B"]) == -1.0


@given(picks)
def test_agreement_is_the_share_of_pairs_that_chose_the_same(made: list[str]) -> None:
    pairs = list(combinations(made, 2))

    assert pair_agreement(made) == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    assert 0 <= (pair_agreement(made) or 0) <= 1


@given(picks.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_of_people_changes_no_agreement(two: tuple[list[str], list[str]]) -> None:
    made, mixed = two

    assert pair_agreement(mixed) == pair_agreement(made)
    assert largest_share(mixed) == largest_share(made)
    assert list(counts(mixed).items()) == list(counts(made).items())


@given(ratings)
def test_consensus_lies_between_0_and_1_and_reads_the_same_from_either_end(given_: list[int]) -> None:
    found = consensus(given_, 0, 5)

    assert found is not None
    assert 0 <= found <= 1
    assert found == pytest.approx(consensus([5 - rating for rating in given_], 0, 5))
    assert found == pytest.approx(consensus(sorted(given_), 0, 5))
    assert found == pytest.approx(consensus_of_counts([given_.count(point) for point in range(6)]))
