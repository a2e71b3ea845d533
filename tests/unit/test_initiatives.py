from dataclasses import replace
from typing import Any

import pytest
from drawn_initiatives import initiatives
from hypothesis import given, settings
from hypothesis import strategies as st
from resources_team import as_listed

from mira_workbook.measures.initiatives import Initiative, overlaps

TODAY = Initiative("A", "Coaching", usd=1000, fte=0.5, minutes=600, flexible="yes")


def of(**told: Any) -> Initiative:
    return replace(TODAY, **told)


@pytest.mark.parametrize("decision", ["", "keep", "need_info", "grow", "reshape"])
def test_without_a_level_for_next_year_a_row_stays_as_today(decision: str) -> None:
    one = of(decision=decision)

    assert (one.after_usd, one.after_fte, one.after_min) == (1000, 0.5, 600)
    assert (one.freed_usd, one.reduced_min, one.need_usd, one.need_min) == (0, 0, 0, 0)


def test_levels_without_a_decision_do_not_count_yet() -> None:
    assert of(planned_usd=0, planned_min=0).freed_usd == 0


def test_a_release_is_0_whatever_was_written_before() -> None:
    one = of(decision="release", planned_usd=800, planned_fte=0.5, planned_min=600)

    assert (one.after_usd, one.after_fte, one.after_min) == (0, 0, 0)
    assert (one.freed_usd, one.freed_fte, one.reduced_min) == (1000, 0.5, 600)


def test_one_level_may_fall_while_another_rises() -> None:
    one = of(decision="reshape", planned_usd=400, planned_min=700)

    assert (one.freed_usd, one.need_usd) == (600, 0)
    assert (one.reduced_min, one.need_min) == (0, 100)
    assert one.freed_fte == 0


@pytest.mark.parametrize(
    ("ends", "planned", "need"), [(False, 1000, 0), (False, 1200, 200), (False, 700, 0), (True, 1000, 1000)]
)
def test_where_the_money_ends_all_of_the_level_after_is_needed(*, ends: bool, planned: int, need: int) -> None:
    assert of(ends=ends, decision="reshape", planned_usd=planned).need_usd == need


def test_a_released_row_whose_money_ends_needs_nothing() -> None:
    assert of(ends=True, decision="release").need_usd == 0


@pytest.mark.parametrize(("stays", "usable"), [("stay", 600), ("go", 0), ("", 0)])
def test_minutes_can_be_used_only_where_the_people_stay(stays: str, usable: int) -> None:
    assert of(decision="release", minutes_stay=stays).usable_min == usable


@pytest.mark.parametrize(
    ("flexible", "ends", "moves"),
    [("yes", False, 1000), ("within_plan", False, 1000), ("no", False, 0), ("ask", False, 0), ("yes", True, 0)],
)
def test_money_may_move_where_its_fund_allows_it_and_it_does_not_itself_end(
    *, flexible: str, ends: bool, moves: int
) -> None:
    assert of(decision="release", flexible=flexible, ends=ends).flexible_usd() == moves


def test_a_row_with_nothing_in_it_breaks_nothing() -> None:
    one = Initiative("I01")

    assert (one.after_usd, one.freed_usd, one.need_usd, one.usable_min) == (0, 0, 0, 0)
    assert (one.mean, one.cns, one.dk_share, one.is_aligned()) == (None, None, None, False)


@settings(deadline=None)
@given(initiatives(1))
def test_what_comes_free_and_what_is_needed_never_fall_below_0(one: Initiative) -> None:
    assert min(one.freed_usd, one.freed_fte, one.reduced_min, one.usable_min, one.need_usd, one.need_min) >= 0
    assert one.freed_usd == 0 or one.after_usd < one.usd
    assert not (one.reduced_min and one.need_min)


def test_the_demo_teams_derived_numbers_row_by_row() -> None:
    told = {one.id: (one.freed_usd, one.need_usd, one.reduced_min, one.usable_min) for one in as_listed()}

    assert told["I02"] == (32960, 0, 930, 0)
    assert told["I04"] == (29300, 29300, 2250, 0)
    assert told["I06"] == (14800, 0, 540, 540)
    assert told["I10"] == (900, 0, 540, 540)
    assert sum(free for free, *_ in told.values()) == 151510


def overlapping(*rows: tuple[str, str, str], floor: float = 0.5) -> tuple[tuple[str, str], ...]:
    return overlaps([Initiative(row, purpose=purpose, served_who=who) for row, who, purpose in rows], floor)


def test_rows_for_the_same_people_and_purpose_may_overlap() -> None:
    assert overlapping(
        ("A", "Grades 1-3", "Reading practice at home"),
        ("B", "grades 1 3", "reading practice, at school!"),
        ("C", "Grades 4-5", "Reading practice at home"),
    ) == (("A", "B"),)


def test_how_alike_purposes_must_be_is_set() -> None:
    rows = (("A", "all", "one two three"), ("B", "all", "one two four"))

    assert overlapping(*rows) == (("A", "B"),)
    assert overlapping(*rows, floor=0.51) == ()
    assert overlapping(*rows, floor=0) == (("A", "B"),)


def test_rows_without_people_or_purpose_overlap_with_nothing() -> None:
    assert overlapping(("A", "", "the same"), ("B", "", "the same"), ("C", "all", ""), ("D", "all", "")) == ()


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["all", "some"]), st.text(alphabet="ab ", max_size=6)), max_size=6))
def test_overlaps_name_each_pair_once_in_the_order_of_the_list(told: list[tuple[str, str]]) -> None:
    found = overlapping(*((f"{n}", who, purpose) for n, (who, purpose) in enumerate(told)))

    assert len(set(found)) == len(found)
    assert all(a < b for a, b in found)
