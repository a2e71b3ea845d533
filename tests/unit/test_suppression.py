"""Counts over teams: nothing that is left out can be read, or worked out from what is told."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.rules.suppression import LEAST, Kind, Published, publish

OPTIONS = "ABCDE"


def test_six_of_nine_teams_named_attendance() -> None:
    assert publish({"attendance": 6, "staff": 4}, 9, "open") == Published(9, {"attendance": 6}, 1)


def test_fewer_than_five_teams_tell_nothing() -> None:
    assert publish({"attendance": 4}, 4, "open") == Published(0)


def test_one_hidden_count_would_follow_from_the_whole_so_another_goes_with_it() -> None:
    assert publish({"A": 6, "B": 5, "C": 1}, 12, "one") == Published(12, {"A": 6}, 2)


def test_hidden_counts_that_fewer_than_five_teams_share_take_another_along() -> None:
    assert publish({"A": 7, "B": 6, "C": 1, "D": 2}, 16, "one") == Published(16, {"A": 7}, 3)


def test_where_everybody_chose_what_is_told_nothing_is_left_to_hide() -> None:
    assert publish({"A": 5, "B": 5, "C": 0}, 10, "one") == Published(10, {"A": 5, "B": 5}, 1)


def test_counts_that_can_only_be_as_large_as_what_is_left_out_are_known_so_more_is_left_out() -> None:
    assert publish({"A": 5, "B": 4, "C": 4}, 13, "one") == Published(13, {}, 3)


def tables(kind: Kind, teams: int, options: int) -> Iterator[dict[str, int]]:
    """Every table that so many teams can make: each in one place, or each in one place or more."""
    for counts in product(range(teams + 1), repeat=options):
        if sum(counts) == teams or (kind == "some" and sum(counts) > teams):
            yield dict(zip(OPTIONS, counts, strict=False))


SMALL = [
    *(("one", teams, options) for options in (2, 3, 4) for teams in range(5, 19)),
    *(("some", teams, options) for options, most in ((2, 16), (3, 12), (4, 8)) for teams in range(5, most)),
]


@pytest.mark.parametrize(("kind", "teams", "options"), SMALL)
def test_who_knows_the_rule_and_all_that_is_told_cannot_tell_a_hidden_count(
    kind: Kind, teams: int, options: int
) -> None:
    alike: dict[object, list[dict[str, int]]] = defaultdict(list)
    for counts in tables(kind, teams, options):
        told = publish(counts, teams, kind)
        alike[told.teams, tuple(sorted(told.shown.items()))].append(counts)
    for (_, shown), every in ((key, some) for key, some in alike.items() if isinstance(key, tuple)):
        for option in set(every[0]) - {one for one, _ in shown}:
            could_be = {counts[option] for counts in every}
            assert len(could_be) > 1 or could_be == {0}, (dict(shown), option, could_be)


@st.composite
def large(draw: st.DrawFn) -> tuple[dict[str, int], int]:
    counts = {f"o{n}": c for n, c in enumerate(draw(st.lists(st.integers(0, 40), min_size=1, max_size=12)))}
    return counts, sum(counts.values())


@given(large())
def test_nothing_below_five_is_told_and_what_is_left_out_stands_apart(made: tuple[dict[str, int], int]) -> None:
    counts, teams = made
    told = publish(counts, teams, "one")
    assert all(told.shown[option] == counts[option] >= LEAST for option in told.shown)
    rest = teams - sum(told.shown.values())
    assert (
        told.shown == {}
        or rest == 0
        or (told.hidden > 1 and LEAST <= rest < told.hidden * (LEAST - 1))
        or (told.hidden > 1 and any(counts[option] >= LEAST for option in counts if option not in told.shown))
    )


@given(large())
def test_of_two_counts_the_larger_is_never_left_out_alone(made: tuple[dict[str, int], int]) -> None:
    counts, teams = made
    told = publish(counts, teams, "one").shown
    left_out = [n for option, n in counts.items() if option not in told]
    assert all(n >= most for n in told.values() for most in [max(left_out, default=0)])
