import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.ranking import (
    Recommendation,
    SettledBy,
    Strength,
    first_picks,
    head_to_head,
    kendall_w,
    kendall_w_of_ranks,
    last_picks,
    lead,
    mean_ranks,
    mid_ranks,
    points,
    rank_numbers,
    recommend,
    winner_of_all_pairs,
)

ITEMS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]
RANKS = [
    [1, 4, 3, 5, 6, 7, 2],
    [2, 3, 4, 1, 6, 7, 5],
    [2, 5, 1, 4, 3, 7, 6],
    [1, 4, 2, 3, 7, 5, 6],
    [1, 5, 2, 3, 6, 7, 4],
    [1, 4, 2, 6, 3, 7, 5],
    [1, 5, 3, 2, 7, 4, 6],
    [2, 1, 4, 3, 7, 5, 6],
]
ORDERS = [sorted(ITEMS, key=dict(zip(ITEMS, row, strict=True)).__getitem__) for row in RANKS]
SUMS = [11, 31, 21, 27, 45, 49, 40]
LATIN = ["ABCD", "BCDA", "CDAB", "DABC"]


def orders() -> st.SearchStrategy[tuple[list[str], list[list[str]]]]:
    """Draw a list of items and rankings of it."""
    return st.integers(3, 7).flatmap(
        lambda k: st.tuples(st.just(ITEMS[:k]), st.lists(st.permutations(ITEMS[:k]), min_size=3, max_size=9))
    )


def test_the_demo_orders_are_mostly_alike() -> None:
    assert rank_numbers(ORDERS, ITEMS) == RANKS
    assert kendall_w(ORDERS, ITEMS) == pytest.approx(0.619, abs=0.001)
    assert kendall_w_of_ranks(RANKS) == kendall_w(ORDERS, ITEMS)
    assert 8 * 6 * (kendall_w(ORDERS, ITEMS) or 0) == pytest.approx(29.73, abs=0.01)


def test_the_demo_points_and_lead() -> None:
    assert points(ORDERS, ITEMS) == {"C1": 45, "C2": 25, "C3": 35, "C4": 29, "C5": 11, "C6": 7, "C7": 16}
    assert lead(ORDERS, ITEMS) == pytest.approx(0.208, abs=0.001)


def test_the_demo_first_and_last_picks_and_mean_ranks() -> None:
    assert list(first_picks(ORDERS, ITEMS).values()) == [5, 1, 1, 1, 0, 0, 0]
    assert list(last_picks(ORDERS, ITEMS).values()) == [0, 0, 0, 0, 3, 5, 0]
    assert mean_ranks(ORDERS, ITEMS) == {item: total / 8 for item, total in zip(ITEMS, SUMS, strict=True)}


def test_the_demo_head_to_head_table() -> None:
    table = head_to_head(ORDERS, ITEMS)

    assert table is not None
    assert [[row.get(item) for item in ITEMS] for row in table.values()] == [
        [None, 7, 7, 7, 8, 8, 8],
        [1, None, 2, 3, 6, 7, 6],
        [1, 6, None, 5, 8, 8, 7],
        [1, 5, 3, None, 6, 8, 6],
        [0, 2, 0, 2, None, 5, 2],
        [0, 1, 0, 0, 3, None, 3],
        [0, 2, 1, 2, 6, 5, None],
    ]
    assert winner_of_all_pairs(ORDERS, ITEMS) == "C1"


def test_the_demo_recommendation_is_clear() -> None:
    found = recommend(ORDERS, ITEMS)

    assert found == Recommendation(
        leader="C1",
        tied=(),
        settled_by=SettledBy.POINTS,
        points=45,
        lead=10 / 48,
        beats_all=True,
        strength=Strength.CLEAR,
    )


def test_identical_orders_agree_wholly_and_a_latin_square_not_at_all() -> None:
    assert kendall_w(["BCA"] * 5, "ABC") == 1.0
    assert kendall_w(LATIN, "ABCD") == 0.0


def test_ties_are_taken_into_account() -> None:
    """Rank sums 4, 5 and 9, so S = 14; two pairs are tied, so the sum of T = 12: W = 168 / (216 - 36)."""
    rows: list[list[float]] = [[1, 1, 2], [1.5, 1.5, 3], [1, 2, 3]]

    assert [mid_ranks(row) for row in rows] == [[1.5, 1.5, 3], [1.5, 1.5, 3], [1, 2, 3]]
    assert kendall_w_of_ranks(rows) == pytest.approx(168 / 180)


def test_raters_who_tie_the_same_items_agree_wholly() -> None:
    assert kendall_w_of_ranks([[1, 1, 3], [2, 2, 5], [1.5, 1.5, 3]]) == 1.0


def test_no_order_at_all_has_no_w() -> None:
    assert kendall_w_of_ranks([[2, 2, 2]] * 3) is None


@pytest.mark.parametrize("orders_", [[], ["ABC"], ["ABC", "ABC"]])
def test_fewer_than_three_raters_are_not_compared(orders_: list[str]) -> None:
    assert kendall_w(orders_, "ABC") is None
    assert points(orders_, "ABC") is None
    assert head_to_head(orders_, "ABC") is None
    assert winner_of_all_pairs(orders_, "ABC") is None
    assert lead(orders_, "ABC") is None
    assert recommend(orders_, "ABC") is None


def test_counts_and_means_need_no_company() -> None:
    assert first_picks(["BA"], "AB") == {"A": 0, "B": 1}
    assert last_picks([], "AB") == {"A": 0, "B": 0}
    assert mean_ranks(["BA"], "AB") == {"A": 2.0, "B": 1.0}
    assert mean_ranks([], "AB") is None


def test_two_items_have_a_winner_but_no_w_and_one_item_leads_nobody() -> None:
    assert kendall_w(["AB", "AB", "BA"], "AB") is None
    assert winner_of_all_pairs(["AB", "AB", "BA"], "AB") == "A"
    assert (lead(["A"] * 3, "A"), recommend(["A"] * 3, "A"), winner_of_all_pairs(["A"] * 3, "A")) == (None, None, None)


def test_half_of_the_raters_are_no_winner() -> None:
    assert winner_of_all_pairs(["ABC", "ABC", "BAC", "BAC"], "ABC") is None


@pytest.mark.parametrize("odd", ["AB", "ABB", "ABCD", "ABX"])
def test_a_ranking_of_other_items_is_refused(odd: str) -> None:
    with pytest.raises(ValueError, match="must hold each of"):
        points(["ABC", "ABC", odd], "ABC")


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="Every row needs a rank for each item"):
        kendall_w_of_ranks([[1, 2, 3], [1, 2]])


def test_most_points_without_winning_all_pairs_is_close() -> None:
    """B has 7 points to A's 6; three of five place A above B."""
    found = recommend(["ABC", "ABC", "ABC", "BCA", "BCA"], "ABC")

    assert found is not None
    assert (found.leader, found.points, found.beats_all, found.strength) == ("B", 7, False, Strength.CLOSE)


def test_a_small_lead_is_close_and_the_floor_of_a_clear_one_can_be_set() -> None:
    """A 8, B 7, C 0 points: the lead is 1 / 10."""
    few = ["ABC", "ABC", "ABC", "BAC", "BAC"]

    assert lead(few, "ABC") == 0.1
    assert [getattr(recommend(few, "ABC", floor), "strength", None) for floor in (0.1, 0.11)] == ["clear", "close"]


@pytest.mark.parametrize(
    ("orders_", "leader", "settled_by"),
    [
        # A and C 4 points each; A stands above C twice of three.
        (["ACB", "CBA", "ACB"], "A", SettledBy.HEAD_TO_HEAD),
        # All 4 points and 2 to 2 in every pair; C is first twice.
        (["CBA", "CAB", "ABC", "BAC"], "C", SettledBy.FIRST_PICKS),
        # A, B and C 5 points each, in a circle, each first once; only A is never last.
        (["BDAC", "CBAD", "ACDB"], "A", SettledBy.LAST_PICKS),
        (LATIN, None, SettledBy.TEAM),
    ],
)
def test_a_tie_is_settled_by_the_rules_in_order(orders_: list[str], leader: str | None, settled_by: SettledBy) -> None:
    found = recommend(orders_, sorted(orders_[0]))

    assert found is not None
    assert (found.leader, found.settled_by, found.lead, found.strength) == (leader, settled_by, 0.0, Strength.CLOSE)


def test_the_team_that_ties_has_all_candidates_at_the_top() -> None:
    found = recommend(LATIN, "ABCD")

    assert found is not None
    assert points(LATIN, "ABCD") == {"A": 6, "B": 6, "C": 6, "D": 6}
    assert winner_of_all_pairs(LATIN, "ABCD") is None
    assert (found.tied, found.beats_all) == (("A", "B", "C", "D"), False)


@given(orders())
def test_w_lies_between_0_and_1(drawn: tuple[list[str], list[list[str]]]) -> None:
    items, made = drawn

    assert 0 <= (kendall_w(made, items) or 0) <= 1


@given(st.integers(3, 6).flatmap(lambda k: st.lists(st.lists(st.integers(1, 3), min_size=k, max_size=k), min_size=3)))
def test_w_with_ties_lies_between_0_and_1(rows: list[list[int]]) -> None:
    assert 0 <= (kendall_w_of_ranks(rows) or 0) <= 1


@given(orders())
def test_points_and_pairs_add_up(drawn: tuple[list[str], list[list[str]]]) -> None:
    items, made = drawn
    totals, table = points(made, items), head_to_head(made, items)
    k, m = len(items), len(made)

    assert totals is not None
    assert table is not None
    assert sum(totals.values()) == m * k * (k - 1) // 2
    assert all(table[a][b] + table[b][a] == m for a in items for b in items if a != b)
    assert totals == {item: sum(table[item].values()) for item in items}


@given(orders().flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn[1]))))
def test_the_order_of_raters_changes_nothing(
    drawn: tuple[tuple[list[str], list[list[str]]], list[list[str]]],
) -> None:
    (items, made), mixed = drawn

    assert kendall_w(mixed, items) == kendall_w(made, items)
    assert head_to_head(mixed, items) == head_to_head(made, items)
    assert recommend(mixed, items) == recommend(made, items)


@given(orders().flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn[0]))))
def test_the_order_of_the_list_makes_no_leader(drawn: tuple[tuple[list[str], list[list[str]]], list[str]]) -> None:
    (items, made), mixed = drawn
    here, there = recommend(made, items), recommend(made, mixed)

    assert here is not None
    assert there is not None
    assert (here.leader, here.settled_by, here.strength) == (there.leader, there.settled_by, there.strength)


@given(orders())
def test_a_winner_of_all_pairs_in_a_tie_leads(drawn: tuple[list[str], list[list[str]]]) -> None:
    items, made = drawn
    found, winner = recommend(made, items), winner_of_all_pairs(made, items)

    assert found is not None
    if winner in found.tied:
        assert (found.leader, found.settled_by) == (winner, SettledBy.HEAD_TO_HEAD)
