import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resources_team import ALIGN

from mira_workbook.measures.alignment import alignment, place

EXPECTED = {
    "I01": (3.0, 1.0, 0),
    "I02": (2.75, 0.8, 0),
    "I03": (2.88, 0.88, 0),
    "I04": (2.62, 0.75, 0),
    "I05": (1.5, 0.74, 0),
    "I06": (1.0, 0.71, 0),
    "I07": (0.12, 0.88, 0),
    "I08": (1.25, 0.8, 0),
    "I09": (2.38, 0.75, 0),
    "I10": (1.12, 0.75, 0),
    "I11": (1.5, 0.74, 0),
    "I12": (2.0, 0.67, 1),
    "I13": (0.29, 0.78, 1),
    "I14": (0.5, 0.64, 0),
}


@pytest.mark.parametrize("row", EXPECTED)
def test_the_demo_teams_alignment(row: str) -> None:
    mean, cns, dk = EXPECTED[row]
    found = alignment([int(sign) for sign in ALIGN[row] if sign != "x"], ALIGN[row].count("x"))

    assert found.mean == pytest.approx(mean, abs=0.006)
    assert found.cns == pytest.approx(cns, abs=0.006)
    assert (found.dk, found.n, found.dk_share) == (dk, 8, dk / 8)


def test_three_ratings_are_enough_and_those_who_do_not_know_yet_do_not_count() -> None:
    assert alignment([0, 1, 2], 5).mean == 1
    assert alignment([0, 1, 2], 5).dk_share == 5 / 8

    too_few = alignment([3, 3], 4)
    assert (too_few.mean, too_few.cns, too_few.dk, too_few.n) == (None, None, 4, 6)
    nobody = alignment([])
    assert (nobody.mean, nobody.dk_share) == (None, None)


@pytest.mark.parametrize(
    ("mean", "where"),
    [(None, ""), (0, "not"), (0.99, "not"), (1, "partly"), (1.99, "partly"), (2, "aligned"), (3, "aligned")],
)
def test_a_mean_on_a_floor_belongs_above_it(mean: float | None, where: str) -> None:
    assert place(mean) == where


def test_a_workbook_may_move_the_floors() -> None:
    assert place(2, partly=1, aligned=2.5) == "partly"
    assert place(0.5, partly=0.5, aligned=2) == "partly"
    with pytest.raises(ValueError, match="rise"):
        place(1, partly=2, aligned=1)


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 3"):
        alignment([1, 2, 4])


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=3, max_size=20), st.integers(0, 9))
def test_a_mean_lies_between_the_lowest_and_the_highest_rating(given_: list[int], dk: int) -> None:
    found = alignment(given_, dk)

    assert found.mean is not None
    assert found.cns is not None
    assert found.dk_share is not None
    assert min(given_) <= found.mean <= max(given_)
    assert 0 <= found.cns <= 1
    assert 0 <= found.dk_share < 1
