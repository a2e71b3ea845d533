from collections.abc import Sequence
from dataclasses import asdict, replace

import pytest
from drawn_initiatives import KINDS, lists, money
from hypothesis import given, settings
from hypothesis import strategies as st
from resources_team import as_listed

from mira_workbook.measures.initiatives import Initiative
from mira_workbook.measures.ledger import (
    Cover,
    Ending,
    Minutes,
    Shares,
    Totals,
    aligned_share,
    by_fund,
    cover,
    decisions,
    ending,
    ledger,
    minutes,
    totals,
)

TEAM = as_listed()


def test_the_demo_teams_totals() -> None:
    assert asdict(totals(TEAM)) == {"usd": 389050, "fte": pytest.approx(5.9), "staff_min_week": 17115, "n": 14}
    assert asdict(totals(TEAM, after=True)) == {
        "usd": 237540,
        "fte": pytest.approx(4.0),
        "staff_min_week": 9660,
        "n": 9,
    }


def test_the_demo_teams_money_by_fund() -> None:
    assert by_fund(TEAM) == {"title_i": 148200, "esser": 184550, "general": 26400, "state": 7400, "grant": 22500}


@pytest.mark.parametrize(
    ("after", "weighted", "usd", "fte", "week"),
    [
        (False, False, 0.740, 0.898, 0.682),
        (True, False, 0.950, 0.975, 0.898),
        (False, True, 0.774, 0.828, 0.699),
    ],
)
def test_the_demo_teams_aligned_shares(*, after: bool, weighted: bool, usd: float, fte: float, week: float) -> None:
    found = asdict(aligned_share(TEAM, after=after, weighted=weighted))

    assert found == pytest.approx({"usd": usd, "fte": fte, "min": week}, abs=0.001)


def test_the_demo_teams_ending_money() -> None:
    found = ending(TEAM)

    assert found is not None
    assert (found.total, found.aligned, found.aligned_total) == (184550, 133500, 288000)
    assert found.share == pytest.approx(0.474, abs=0.001)
    assert found.aligned_share == pytest.approx(0.464, abs=0.001)


def test_more_of_the_demo_teams_money_ends_by_a_later_day() -> None:
    later = [replace(one, ends=one.fund_end is not None) for one in TEAM]
    found = ending(later)

    assert found is not None
    assert found.total == 221850


def test_the_demo_teams_ledger() -> None:
    found = ledger(TEAM)

    assert (found.freed, found.flexible, found.need, found.gap) == (151510, 48660, 104200, 55540)
    assert found.freed_fte == pytest.approx(1.9)
    assert minutes(TEAM) == Minutes(7635, 2610, 180)
    assert decisions(TEAM, KINDS) == {"grow": 1, "keep": 5, "reshape": 3, "release": 5, "need_info": 0}


def test_what_the_demo_team_covers_leaves_the_same_gap() -> None:
    assert cover(TEAM, {"I03": 48660, "I04": 0}) == Cover(48660, 55540)


def test_money_found_for_one_row_covers_no_other() -> None:
    rows = [Initiative("A", usd=100, ends=True), Initiative("B", usd=100, ends=True)]

    assert cover(rows, {"A": 150, "gone": 70}) == Cover(150, 100)


def test_an_empty_list_has_sums_of_0_and_no_shares() -> None:
    assert totals([]) == Totals(0, 0, 0, 0)
    assert (ledger([]).freed, ledger([]).gap, minutes([])) == (0, 0, Minutes(0, 0, 0))
    assert ending([]) is None
    assert aligned_share([]) == Shares(None, None, None)
    assert by_fund([]) == {}
    assert cover([], {}) == Cover(0, 0)


def test_a_share_of_nothing_is_no_share() -> None:
    rows = [Initiative("A", usd=0, fte=0, minutes=60, ratings=(3, 3, 3))]

    assert aligned_share(rows) == Shares(None, None, 1)
    assert ending(rows) == Ending(0, None, 0, 0, None)


def test_before_enough_people_have_rated_nothing_is_called_aligned_or_not() -> None:
    rows = [Initiative("A", usd=100, ends=True, ratings=(3, 3))]

    assert aligned_share(rows) == Shares(None, None, None)
    assert ending(rows) == Ending(100, 1, None, None, None)


def test_a_row_that_too_few_could_rate_counts_below_the_line_only() -> None:
    rows = [Initiative("A", usd=100, ratings=(3, 3, 3)), Initiative("B", usd=300, ratings=(3,), dk=7)]

    assert aligned_share(rows).usd == 0.25
    assert aligned_share(rows, weighted=True).usd == 0.25


def test_a_mean_on_the_floor_is_aligned_and_a_workbook_may_move_the_floor() -> None:
    rows = [Initiative("A", usd=100, ratings=(2, 2, 2)), Initiative("B", usd=100, ratings=(0, 0, 0))]

    assert aligned_share(rows).usd == 0.5
    assert aligned_share(rows, 2.5).usd == 0
    assert aligned_share(rows, weighted=True).usd == pytest.approx(1 / 3)


def test_money_that_may_move_is_what_the_workbook_says() -> None:
    rows = [
        Initiative("A", usd=10, flexible="yes", decision="release"),
        Initiative("B", usd=20, flexible="within_plan", decision="release"),
        Initiative("C", usd=40, flexible="ask", decision="release"),
        Initiative("D", usd=80, flexible="yes", ends=True, decision="release"),
    ]

    assert ledger(rows).flexible == 30
    assert ledger(rows, ("yes",)).flexible == 10


def test_a_gap_below_0_is_money_left_over() -> None:
    assert ledger([Initiative("A", usd=50, flexible="yes", decision="release")]).gap == -50


@settings(deadline=None)
@given(lists)
def test_no_dollar_and_no_minute_is_counted_twice(rows: Sequence[Initiative]) -> None:
    found, week_ = ledger(rows), minutes(rows)
    less, fewer = ([one for one in rows if one.after_usd < one.usd], [one for one in rows if one.reduced_min])

    assert found.freed == sum(one.usd - one.after_usd for one in less)
    assert found.freed + sum(one.after_usd for one in less) == sum(one.usd for one in less)
    assert week_.reduced + sum(one.after_min for one in fewer) == sum(one.minutes for one in fewer)
    assert 0 <= found.flexible <= found.freed <= totals(rows).usd
    assert 0 <= week_.usable <= week_.reduced <= totals(rows).staff_min_week
    assert found.gap == found.need - found.flexible


@settings(deadline=None)
@given(lists)
def test_after_is_now_without_what_comes_free_and_with_what_is_on_top(rows: Sequence[Initiative]) -> None:
    now, after, week_ = totals(rows), totals(rows, after=True), minutes(rows)
    on_top = sum(max(0, one.after_usd - one.usd) for one in rows)

    assert after.usd == now.usd - ledger(rows).freed + on_top
    assert after.staff_min_week == now.staff_min_week - week_.reduced + week_.needed
    assert after.n <= now.n


@settings(deadline=None)
@given(lists, st.integers(0, 7))
def test_taking_a_row_out_never_raises_a_total(rows: Sequence[Initiative], which: int) -> None:
    fewer = [one for place, one in enumerate(rows) if place != which]

    def sums(of: Sequence[Initiative]) -> list[float]:
        end = ending(of) or Ending(0, None, 0, 0, None)
        found, week_ = ledger(of), minutes(of)
        return [
            *asdict(totals(of)).values(),
            *asdict(totals(of, after=True)).values(),
            *(found.freed, found.flexible, found.need, found.freed_fte, week_.reduced, week_.usable, week_.needed),
            *(end.total, end.aligned or 0, end.aligned_total or 0),
            *decisions(of, KINDS).values(),
        ]

    assert all(less <= more + 1e-9 for less, more in zip(sums(fewer), sums(rows), strict=True))


@settings(deadline=None)
@given(lists, st.booleans(), st.booleans())
def test_shares_lie_between_0_and_1(rows: Sequence[Initiative], after: bool, weighted: bool) -> None:  # noqa: FBT001 - drawn
    shares = [*asdict(aligned_share(rows, after=after, weighted=weighted)).values()]
    end = ending(rows)
    shares += [end.share, end.aligned_share] if end else []

    assert all(share is None or 0 <= share <= 1 for share in shares)


@settings(deadline=None)
@given(lists)
def test_funds_add_up_to_the_money_of_the_rows_that_have_one(rows: Sequence[Initiative]) -> None:
    assert sum(by_fund(rows).values()) == sum(one.usd for one in rows if one.fund)


@settings(deadline=None)
@given(lists, st.dictionaries(st.sampled_from([f"I{n:02}" for n in range(1, 9)]), money))
def test_what_is_covered_and_what_is_open_make_up_the_need_at_least(
    rows: Sequence[Initiative], found: dict[str, int]
) -> None:
    told, need = cover(rows, found), ledger(rows).need

    assert 0 <= told.gap <= need
    assert told.covered + told.gap >= need
    assert cover(rows, {}).gap == need
