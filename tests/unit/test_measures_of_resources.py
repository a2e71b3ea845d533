"""Measures of resources as a session shows them, also while its tables are being filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from export_cases import answer, table
from hypothesis import given, settings
from hypothesis import strategies as st
from resources_team import ALIGN, DECIDED, ROWS, aligned, cliff_date, decided, held, inventory, resources_meeting
from two_sessions import meeting_of, without

from mira_workbook.content.load import load, workbooks
from mira_workbook.measures.table import measures
from mira_workbook.records import Act, Measure, Snapshot
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import fold

STEPS = ("open", "inventory", "align", "evidence", "stage", "decide", "cliff")


def found(now: Snapshot, measure: str, of: str = "", round_: int = 1) -> Measure:
    return next(m for m in told(now) if (m.id, m.of, m.round) == (measure, of, round_))


def told(now: Snapshot) -> Iterator[Measure]:
    yield from measures(now, fold(now.acts, now.workbook))


def test_the_demo_teams_totals() -> None:
    now, after = found(resources_meeting(), "M21", "totals now"), found(resources_meeting(), "M21", "totals after")

    assert now.value == {"usd": 389050, "fte": pytest.approx(5.9), "staff_min_week": 17115, "n": 14}
    assert now.sentence == "14 rows: $389,050 a year, 5.9 FTE, 17,115 minutes a week."
    assert after.value == {"usd": 237540, "fte": pytest.approx(4.0), "staff_min_week": 9660, "n": 9}


def test_the_demo_teams_money_by_fund_in_the_order_of_funds() -> None:
    told_ = found(resources_meeting(), "M21", "by fund")

    assert list(told_.value.items()) == [
        ("general", 26400),
        ("title_i", 148200),
        ("esser", 184550),
        ("state", 7400),
        ("grant", 22500),
    ]
    assert told_.unit == "USD/year"


def test_the_demo_teams_alignment() -> None:
    one = found(resources_meeting(), "M18")

    assert list(one.value) == list(ROWS)
    assert one.value["I12"] == {"mean": 2.0, "cns": pytest.approx(0.67, abs=0.005), "dk": 1}
    assert one.value["I13"] == {"mean": pytest.approx(0.29, abs=0.005), "cns": pytest.approx(0.78, abs=0.006), "dk": 1}
    assert (one.n, one.unit) == (8, "0–3")
    assert one.sentence == "6 of 14 serve our priority, 5 in part, 3 not."


def test_the_demo_teams_aligned_shares() -> None:
    of = {
        name: found(resources_meeting(), "M19", name) for name in ("now", "after", "now, weighted", "after, weighted")
    }

    assert of["now"].value == {
        "usd": pytest.approx(0.740, abs=0.001),
        "fte": pytest.approx(0.898, abs=0.001),
        "min": pytest.approx(0.682, abs=0.001),
    }
    assert of["after"].value == {
        "usd": pytest.approx(0.950, abs=0.001),
        "fte": pytest.approx(0.975, abs=0.001),
        "min": pytest.approx(0.898, abs=0.001),
    }
    assert of["now, weighted"].value == {
        "usd": pytest.approx(0.774, abs=0.001),
        "fte": pytest.approx(0.828, abs=0.001),
        "min": pytest.approx(0.699, abs=0.001),
    }
    assert of["now"].sentence == "Today 74% of the money and 68% of the minutes serve our priority."
    assert of["after"].sentence == "Next year it would be 95% and 90%."
    assert of["after, weighted"].sentence == ""


def test_the_demo_teams_ending_money() -> None:
    one = found(resources_meeting(), "M20")

    assert one.value == {
        "total": 184550,
        "share": pytest.approx(0.474, abs=0.001),
        "aligned": 133500,
        "aligned_total": 288000,
        "aligned_share": pytest.approx(0.464, abs=0.001),
    }
    assert one.sentence == "$184,550 ends by September 30, 2024. $133,500 of it serves our priority."
    assert found(resources_meeting(cliff_date("2025-06-30")), "M20").value["total"] == 221850


def test_the_demo_teams_ledger() -> None:
    one, week = found(resources_meeting(), "M21"), found(resources_meeting(), "M21", "minutes")

    assert one.value == {
        "freed": 151510,
        "flexible": 48660,
        "need": 104200,
        "gap": 55540,
        "freed_fte": pytest.approx(1.9),
    }
    assert one.sentence == "$151,510 comes free, $48,660 of it may move. $104,200 is needed: $55,540 is open."
    assert week.value == {"reduced": 7635, "usable": 2610, "needed": 180}
    assert week.sentence == "7,635 minutes a week end, 2,610 of them can be used here. 180 are needed."
    assert week.unit == "min/week"


def test_the_demo_teams_decisions_and_cover() -> None:
    assert found(resources_meeting(), "M21", "decisions").value == {
        "grow": 1,
        "keep": 5,
        "reshape": 3,
        "release": 5,
        "need_info": 0,
    }
    cover = found(resources_meeting(), "M21", "cover")
    assert (cover.value, cover.sentence) == (
        {"covered": 48660, "gap": 55540},
        "We can cover $48,660. $55,540 is open.",
    )


def test_what_is_covered_wholly_leaves_nothing_open() -> None:
    cover = found(resources_meeting(held(I03=74900, I04=29300)), "M21", "cover")

    assert cover.sentence == "We can cover $104,200. Nothing is open."


def test_before_anything_is_covered_all_of_the_need_is_open() -> None:
    cover = found(resources_meeting(answer("cliff", "rows", "TEAM", table({"": "I03"}))), "M21", "cover")

    assert cover.sentence == "We can cover $0. $104,200 is open."


def test_money_left_over_is_told_as_such() -> None:
    now = resources_meeting(decided({"I06": ("release", 0, 0, 0, "stay")}), cliff_date("2020-01-01"))

    assert found(now, "M21").sentence == (
        "$14,800 comes free, $14,800 of it may move. $0 is needed: $14,800 is left over."
    )


def test_which_money_may_move_is_the_workbooks_to_say() -> None:
    now = resources_meeting()
    step = now.workbook.step("decide")
    use = step.measures[0].model_copy(update={"flexible": ["yes"]})
    stricter = step.model_copy(update={"measures": (use, *step.measures[1:])})
    steps = tuple(stricter if one.key == "decide" else one for one in now.workbook.steps)

    assert found(replace(now, workbook=now.workbook.model_copy(update={"steps": steps})), "M21").value["flexible"] == (
        14800 + 900
    )


def test_before_any_decision_no_row_changes() -> None:
    bare = answer("decide", "rows", "TEAM", table({"": "I01", "after_usd": 5}))
    one = found(resources_meeting(bare), "M21")

    assert (one.value["freed"], one.sentence) == (0, "No row changes yet.")


def test_where_no_money_is_known_people_and_minutes_are_told() -> None:
    rows = {row: (*cells[:3], None, *cells[4:]) for row, cells in ROWS.items()}
    choices = {row: (cells[0], None, *cells[2:]) for row, cells in DECIDED.items()}
    now = resources_meeting(inventory(rows), decided(choices))

    assert found(now, "M21").sentence == ("7,635 minutes a week end, 2,610 of them can be used here. 180 are needed.")
    assert found(now, "M19", "now").value["usd"] is None
    assert found(now, "M19", "now").sentence == (
        "Today an unknown share of the money and 68% of the minutes serve our priority."
    )


def test_other_currencies_stand_behind_the_amount() -> None:
    now = resources_meeting(answer("open", "currency", "FACIL", "EUR"))

    assert found(now, "M21", "cover").sentence == "We can cover 48,660 EUR. 55,540 EUR is open."
    assert found(now, "M21", "by fund").unit == "EUR/year"


def test_where_no_money_ends_it_says_so_and_without_a_day_nothing() -> None:
    assert found(resources_meeting(cliff_date("2020-01-01")), "M20").sentence == "No money ends by January 1, 2020."

    no_day = found(without(resources_meeting(), "open.cliff_date"), "M20")
    assert (no_day.value, no_day.sentence) == (None, "")


def test_rows_that_too_few_could_rate_are_told_apart() -> None:
    now = resources_meeting(*aligned({**ALIGN, "I14": "xxxxxx00"}))
    one = found(now, "M18")

    assert one.value["I14"] == {"mean": None, "cns": None, "dk": 6}
    assert one.sentence == "6 of 14 serve our priority, 5 in part, 2 not. Of 1 we know too little."


def test_before_three_people_have_rated_nothing_is_said_of_alignment() -> None:
    few = without(resources_meeting(), "align.rows")
    few = replace(few, responses=(*few.responses, *aligned({"I01": "33"})))
    one = found(few, "M18")

    assert (one.value, one.n, one.sentence) == (None, 2, "")
    assert (found(few, "M19", "now").value, found(few, "M19", "now").sentence) == (None, "")
    ends = found(few, "M20")
    assert (ends.value["total"], ends.value["aligned"], ends.sentence) == (184550, None, "")


def test_a_workbook_may_move_the_floors_of_alignment() -> None:
    now = resources_meeting()
    strict = now.workbook.model_copy(update={"settings": {"m18_partly": 1.5, "m18_aligned": 2.5}})

    assert found(replace(now, workbook=strict), "M18").sentence == "4 of 14 serve our priority, 4 in part, 6 not."
    assert found(replace(now, workbook=strict), "M19", "now").value["usd"] < 0.74


def again(now: Snapshot, *acts: str) -> Snapshot:
    """The same with a second round of some ratings, after these acts."""
    given_ = (*now.responses, *aligned({"I14": "33333333"}, round_=2))
    moment = now.acts[-1].at
    done = (Act(900 + n, moment, kind, "align", 2) for n, kind in enumerate(acts))
    return replace(now, responses=given_, acts=(*now.acts, *done))


def test_a_second_round_counts_once_it_is_shown() -> None:
    now = again(resources_meeting(), "round", "reveal")

    assert found(now, "M18", round_=1).value["I14"]["mean"] == 0.5
    assert found(now, "M18", round_=2).value["I14"]["mean"] == 3
    assert found(now, "M18", round_=2).value["I01"]["mean"] == 3
    assert found(now, "M19", "now").value["min"] > found(resources_meeting(), "M19", "now").value["min"]


def test_a_second_round_that_is_not_on_show_changes_nothing() -> None:
    waiting, before = again(resources_meeting(), "round"), resources_meeting()

    assert found(waiting, "M19", "now").value == found(before, "M19", "now").value
    assert [m.round for m in told(waiting) if m.id == "M18"] == [1]
    hidden = again(resources_meeting(), "round", "reveal", "hide")
    assert found(hidden, "M19", "now").value == found(before, "M19", "now").value


def test_hidden_ratings_say_nothing_of_what_serves_the_priority() -> None:
    now = resources_meeting()
    hidden = replace(now, acts=(*now.acts, Act(900, now.acts[-1].at, "hide", "align")))

    assert "M18" not in {m.id for m in told(hidden)}
    assert found(hidden, "M19", "now").value is None
    assert found(hidden, "M21").value == found(now, "M21").value


def live(now: Snapshot, step: str) -> Snapshot:
    """The session while a step is open: nothing of it is shown or done, and no later one was opened."""
    steps = STEPS[: STEPS.index(step) + 1]
    acts = [act for act in now.acts if act.step in steps and (act.step != step or act.kind == "open")]
    return replace(now, acts=tuple(acts))


def test_a_team_sees_the_sums_of_its_table_while_it_fills_it_in() -> None:
    assert found(live(resources_meeting(), "inventory"), "M21", "totals now").value["n"] == 14
    assert found(live(resources_meeting(), "decide"), "M21").value["freed"] == 151510
    assert found(live(resources_meeting(), "cliff"), "M21", "cover").value["gap"] == 55540


def test_before_its_first_row_a_table_gives_nothing() -> None:
    assert [m.id for m in told(live(without(resources_meeting(), "inventory.rows"), "inventory"))] == []


def test_rows_with_a_name_alone_are_counted() -> None:
    rows = {row: (name, *[None] * 8) for row, name in (("I01", "Coach"), ("I02", "Lab"))}
    now = live(resources_meeting(inventory(rows)), "inventory")

    assert found(now, "M21", "totals now").sentence == "2 rows: $0 a year, 0 FTE, 0 minutes a week."
    assert found(now, "M21", "by fund").value is None


@pytest.mark.parametrize(("n", "rows"), [(1, "1 row"), (14, "14 rows")])
def test_one_row_is_called_one_row_and_fourteen_are_rows(n: int, rows: str) -> None:
    listed_rows = dict(list(ROWS.items())[:n])
    said = [m.sentence for m in told(mapped(listed_rows)) if m.of == "totals now"]
    usd, fte, minutes = (sum(row[at] or 0 for row in listed_rows.values()) for at in (3, 4, 5))
    assert said == [f"{rows}: ${usd:,} a year, {fte:.1f} FTE, {minutes:,} minutes a week."]
    without_money = {key: (*row[:3], None, *row[4:]) for key, row in listed_rows.items()}
    said = [m.sentence for m in told(mapped(without_money)) if m.of == "totals now"]
    assert said == [f"{rows}: {fte:.1f} FTE, {minutes:,} minutes a week."]


def mapped(rows: Mapping[str, tuple[Any, ...]]) -> Snapshot:
    """The Resource Map itself, its list filled in."""
    book = load(workbooks()["resource_mapping"])
    return live(
        meeting_of(book, {"initiatives": [[key, str(row[0])] for key, row in rows.items()]}, [inventory(rows)]),
        "inventory",
    )


cells = st.none() | st.integers(0, 9000)
listed = st.dictionaries(
    st.sampled_from(["I01", "I02", "I03"]),
    st.tuples(
        st.none() | st.just("Coach"),
        st.none() | st.sampled_from(["general", "esser"]),
        st.none() | st.sampled_from(["yes", "no"]),
        cells,
        cells,
        cells,
        st.none() | st.just("law"),
        st.none() | st.just(2020),
        st.none() | st.sampled_from(["2024-01-01", "2030-01-01"]),
    ),
)
choices = st.dictionaries(
    st.sampled_from(["I01", "I02", "I04"]),
    st.tuples(
        st.none() | st.sampled_from(["grow", "keep", "reshape", "release", "need_info"]),
        cells,
        cells,
        cells,
        st.none() | st.sampled_from(["stay", "go"]),
    ),
)


@settings(deadline=None)
@given(listed, choices, st.booleans())
def test_half_filled_tables_never_break_a_measure(
    rows: dict[str, tuple[Any, ...]],
    what: dict[str, tuple[Any, ...]],
    dated: bool,  # noqa: FBT001 - drawn
) -> None:
    now = resources_meeting(inventory(rows), decided(what))
    given_ = {(m.id, m.of): m for m in told(now if dated else without(now, "open.cliff_date"))}

    assert len([key for key in given_ if key[0] != "M01"]) == 13
    if rows:
        assert given_["M21", ""].value["freed"] <= given_["M21", "totals now"].value["usd"]


@pytest.mark.parametrize("role", ["member", "coach", "facilitator", "viewer"])
def test_numbers_of_initiatives_stay_for_everybody(role: Any) -> None:
    now = resources_meeting()

    for one in told(now):
        assert of_measure(one, Viewer(role), now).value == one.value
