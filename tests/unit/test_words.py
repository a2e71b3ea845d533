import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.measures.words import (
    chance,
    change,
    counted,
    money,
    number,
    of_the_way,
    one_place,
    part,
    percent,
    pick_any_two,
    posts,
    two_places,
    whole,
)


def test_the_demo_sentences() -> None:
    assert pick_any_two(8 / 56) == "Pick any two of us: about 1 time in 7 they chose the same."
    assert pick_any_two(20 / 56) == "Pick any two of us: about 1 time in 3 they chose the same."
    assert of_the_way(17 / 32) == "about half of the way"


def test_all_or_none_is_said_without_a_chance() -> None:
    assert pick_any_two(0.0) == "No two of us chose the same."
    assert pick_any_two(1.0) == "All of us chose the same."


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "never"),
        (0.01, "less than 1 time in 20"),
        (0.05, "about 1 time in 20"),
        (0.1, "about 1 time in 10"),
        (0.25, "about 1 time in 4"),
        (0.4, "about 2 times in 5"),
        (0.49, "about half of the time"),
        (0.6, "about 3 times in 5"),
        (0.65, "about 2 times in 3"),
        (0.75, "about 3 times in 4"),
        (0.95, "about 9 times in 10"),
        (0.96, "almost every time"),
        (1, "every time"),
    ],
)
def test_a_share_of_occasions_as_people_say_it(share: float, said: str) -> None:
    assert chance(share) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "none of the way"),
        (0.02, "almost none of the way"),
        (0.12, "about a tenth of the way"),
        (0.2, "about a fifth of the way"),
        (0.26, "about a quarter of the way"),
        (0.35, "about a third of the way"),
        (0.7, "about two thirds of the way"),
        (0.75, "about three quarters of the way"),
        (0.9, "about nine tenths of the way"),
        (0.99, "almost all of the way"),
        (1, "all of the way"),
    ],
)
def test_a_share_of_a_way_as_people_say_it(share: float, said: str) -> None:
    assert of_the_way(share) == said


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="A share lies between 0 and 1"):
        chance(share)


def test_shares_are_whole_percent() -> None:
    assert [percent(share) for share in (0, 0.143, 0.285, 0.531, 0.745, 1)] == [
        "0%",
        "14%",
        "29%",
        "53%",
        "75%",
        "100%",
    ]


def test_means_have_one_decimal_and_halves_go_up() -> None:
    assert [one_place(mean) for mean in (4.125, 4.25, 0.05, 3, 31 / 7)] == ["4.1", "4.3", "0.1", "3.0", "4.4"]


def test_agreement_has_two_decimals_and_no_leading_zero() -> None:
    assert [two_places(value) for value in (0.619, 1, 0, 0.999, 0.125)] == [".62", "1.00", ".00", "1.00", ".13"]
    assert [two_places(value) for value in (-0.035, -0.001, -1)] == ["\u2212.04", ".00", "\u22121.00"]


def test_noise_behind_the_digits_does_not_tip_a_half() -> None:
    assert two_places(0.1 + 0.2 - 0.175) == ".13"
    assert one_place(1.1 * 1.5 - 0.3) == "1.4"


def test_a_change_has_its_sign() -> None:
    assert [change(value) for value in (0.214, -0.2, 0, 0.001, 1)] == ["+.21", "\u2212.20", ".00", ".00", "+1.00"]


def test_amounts_mark_thousands_and_agree_with_their_noun() -> None:
    assert [number(value) for value in (0, 7.5, 760.0, 1155, 1234567, -45)] == [
        "0",
        "7.5",
        "760",
        "1,155",
        "1,234,567",
        "\u221245",
    ]
    assert [counted(value, "minute", "minutes") for value in (0, 1, 1.0, 1155)] == [
        "0 minutes",
        "1 minute",
        "1 minute",
        "1,155 minutes",
    ]


def test_money_is_whole_and_bears_its_currency() -> None:
    assert [money(value) for value in (0, 48660, 48660.5, -55540, -0.2)] == [
        "$0",
        "$48,660",
        "$48,661",
        "\u2212$55,540",
        "$0",
    ]
    assert [money(value, "EUR") for value in (48660, -1200)] == ["48,660 EUR", "\u22121,200 EUR"]


def test_posts_have_two_decimals_at_most() -> None:
    assert [posts(value) for value in (0, 2, 10, 5.9, 0.85, 0.1 + 0.2, 5.8500000000001)] == [
        "0",
        "2",
        "10",
        "5.9",
        "0.85",
        "0.3",
        "5.85",
    ]


def test_scores_are_whole_and_a_share_may_be_unknown() -> None:
    assert [whole(value) for value in (88.3, 59.99999999999999, 62.5)] == ["88", "60", "63"]
    assert [part(share) for share in (0.74, 0, None)] == ["74%", "0%", "an unknown share"]


@given(st.floats(0, 1))
def test_every_share_can_be_said(share: float) -> None:
    assert pick_any_two(share).endswith("chose the same.")
    assert of_the_way(share).endswith(" of the way")
    assert int(percent(share).removesuffix("%")) in range(101)
