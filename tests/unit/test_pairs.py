"""Pairs: who works with whom, one record for two, and nobody waits for a person who is not there."""

from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.rules.pairs import Groups, in_twos, joined

KEYS = st.integers(0, 40).map(lambda n: [f"M{i}" for i in range(1, n + 1)])


def everybody(groups: Groups) -> list[str]:
    return [key for group in groups for key in group]


# ---------------------------------------------------------------------------------------------------------- forming


@given(KEYS)
def test_everybody_is_in_exactly_one_pair_in_roster_order(keys: list[str]) -> None:
    assert everybody(in_twos(keys)) == keys


@given(KEYS)
def test_pairs_are_two_or_once_three_and_only_a_lone_person_is_alone(keys: list[str]) -> None:
    sizes = [len(group) for group in in_twos(keys)]
    assert sizes == ([1] if len(keys) == 1 else [2] * (len(keys) // 2 - len(keys) % 2) + [3] * (len(keys) % 2))


def test_five_make_a_two_and_a_three() -> None:
    assert in_twos(["M1", "M2", "M3", "M4", "M5"]) == (("M1", "M2"), ("M3", "M4", "M5"))


# ---------------------------------------------------------------------------------------------------------- joining


@given(KEYS.filter(bool), st.integers(0, 12), st.data())
def test_joining_keeps_partners_together_and_takes_everybody_in(
    keys: list[str], late: int, data: st.DataObject
) -> None:
    before, came = in_twos(keys), [f"L{i}" for i in range(late)]
    here = data.draw(st.sets(st.sampled_from(keys)))
    after = joined(before, came, here)
    assert sorted(everybody(after)) == sorted([*keys, *came])
    assert all(now[: len(then)] == then for then, now in zip(before, after, strict=True))


@given(KEYS.filter(lambda keys: len(keys) > 1), st.integers(0, 12))
def test_where_all_are_here_the_largest_pair_is_never_two_ahead(keys: list[str], late: int) -> None:
    sizes = [len(group) for group in joined(in_twos(keys), [f"L{i}" for i in range(late)], set(keys))]
    assert max(sizes) - min(sizes) <= 1


def test_a_latecomer_joins_the_smallest_pair_and_the_first_of_equals() -> None:
    pairs = (("M1", "M2"), ("M3", "M4"), ("M5", "M6", "M7"))
    everyone = {"M1", "M2", "M3", "M4", "M5", "M6", "M7"}
    assert joined(pairs, ["M8"], everyone) == (("M1", "M2", "M8"), ("M3", "M4"), ("M5", "M6", "M7"))
    assert joined(pairs, ["M8", "M9"], everyone)[1] == ("M3", "M4", "M9")


def test_a_latecomer_joins_whoever_was_left_alone_but_not_a_pair_that_is_gone() -> None:
    pairs = (("M1", "M2"), ("M3", "M4"), ("M5", "M6"))
    assert joined(pairs, ["M7"], {"M1", "M2", "M6"})[2] == ("M5", "M6", "M7")
    assert joined(pairs, ["M7"], {"M1", "M2", "M5", "M6"}) == (("M1", "M2", "M7"), ("M3", "M4"), ("M5", "M6"))
