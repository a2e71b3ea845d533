"""The list of initiatives as a session has it: complete, half filled, rated twice, and of pairs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from export_cases import answer, table
from resources_team import ALIGN, DECIDED, ROWS, aligned, as_listed, cliff_date, decided, inventory, resources_meeting
from resources_workbook import of_resources
from two_sessions import without

from mira_workbook.measures.initiatives import Initiative
from mira_workbook.records import Snapshot, Team
from mira_workbook.rules.initiatives import day_of, initiatives
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import latest_cells, ratings_by_row

ARGS = {
    "inventory": "inventory.rows",
    "align": "align.rows.align",
    "evidence": "evidence.rows",
    "stage": "stage.rows",
    "decide": "decide.rows",
    "ends_by": "open.cliff_date",
}


def read(now: Snapshot, **args: Any) -> dict[str, Initiative]:
    return {one.id: one for one in initiatives(now, {**ARGS, **args})}


def test_the_demo_teams_list_is_read_as_it_stands() -> None:
    assert initiatives(resources_meeting(), ARGS) == as_listed()


def test_what_a_measure_does_not_name_is_left_out() -> None:
    bare = initiatives(resources_meeting(), {"inventory": "inventory.rows", "what": "totals_now"})

    assert [one.id for one in bare] == list(ROWS)
    assert not any(one.ratings or one.decision or one.ends or one.evidence for one in bare)


def test_evidence_may_be_named_by_its_table_or_its_column() -> None:
    assert read(resources_meeting(), evidence="evidence.rows.evidence") == read(resources_meeting())


def test_evidence_of_several_pairs_is_their_mean() -> None:
    more = answer("evidence", "rows", "PAIR9", table({"": "I01", "evidence": 0}), author_kind="pair")

    assert read(resources_meeting(more))["I01"].evidence == 1.5
    assert read(without(resources_meeting(), "evidence.rows"))["I01"].evidence is None


def test_words_of_the_list_of_the_stage_and_of_the_decision_are_kept() -> None:
    row = {"": "I01", "name": "Coach", "purpose": "To coach", "served_who": "Grade 1", "mandate": "choice"}
    stage = answer("stage", "rows", "TEAM", table({"": "I01", "stage": "ending", "trap": "stuck"}))
    choice = answer("decide", "rows", "TEAM", table({"": "I01", "decision": "reshape", "minutes_stay": "stay"}))
    one = read(resources_meeting(answer("inventory", "rows", "TEAM", table(row)), stage, choice))["I01"]

    assert (one.name, one.purpose, one.served_who, one.mandate) == ("Coach", "To coach", "Grade 1", "choice")
    assert (one.stage, one.trap, one.decision, one.minutes_stay) == ("ending", "stuck", "reshape", "stay")


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        ({}, (0, 0, 0)),
        ({"usd_year": 100}, (100, 0, 0)),
        ({"usd_year": "10", "fte": True, "staff_min_week": 30}, (0, 0, 30)),
        ({"fund_end": "soon", "start_year": "then"}, (0, 0, 0)),
    ],
)
def test_a_half_filled_row_breaks_nothing(cells: dict[str, Any], amounts: tuple[float, float, float]) -> None:
    one = read(resources_meeting(answer("inventory", "rows", "TEAM", table({"": "I01", **cells}))))["I01"]

    assert (one.usd, one.fte, one.minutes) == amounts
    assert (one.name, one.fund_end, one.ends, one.start_year) == ("", None, False, None)


def test_a_half_filled_decision_leaves_the_row_as_today() -> None:
    now = resources_meeting(decided({"I01": ("grow", None, None, None, None), "I02": (None, 0, 0, 0, None)}))
    found = read(now)

    assert (found["I01"].after_usd, found["I02"].after_usd) == (61200, 82400)
    assert (found["I03"].decision, found["I03"].after_usd) == ("", 74900)


def test_decisions_and_ratings_of_a_row_that_is_gone_are_not_read() -> None:
    found = read(resources_meeting(inventory({"I01": ROWS["I01"]})))

    assert list(found) == ["I01"]


def test_money_ends_on_the_day_itself_and_before_it() -> None:
    def ends(day: str) -> set[str]:
        return {row for row, one in read(resources_meeting(cliff_date(day))).items() if one.ends}

    assert ends("2024-09-29") == set()
    assert ends("2024-09-30") == {"I03", "I04", "I05", "I07"}
    assert ends("2025-06-30") == {"I03", "I04", "I05", "I06", "I07", "I13"}


def test_without_a_day_no_money_ends_and_another_day_may_be_asked_for() -> None:
    now = without(resources_meeting(), "open.cliff_date")

    assert day_of(now, "open.cliff_date") is None
    assert not any(one.ends for one in read(now).values())
    assert sum(one.ends for one in initiatives(now, ARGS, day=date(2025, 6, 30))) == 6


def test_without_a_list_there_are_no_initiatives() -> None:
    assert initiatives(without(resources_meeting(), "inventory.rows"), ARGS) == ()


def again(now: Snapshot, align: dict[str, str]) -> Snapshot:
    return replace(now, responses=(*now.responses, *aligned(align, round_=2)))


def test_a_second_round_of_some_rows_leaves_the_others_as_they_were() -> None:
    found = read(again(resources_meeting(), {"I14": "00000000"}))

    assert (found["I14"].mean, found["I01"].mean) == (0, 3)


def test_who_does_not_rate_again_keeps_the_first_rating() -> None:
    now = again(resources_meeting(), {"I14": "333"})

    assert read(now)["I14"].ratings == (3, 3, 3, 0, 0, 1, 0, 0)
    assert {one.id: one.ratings for one in initiatives(now, ARGS, last=1)}["I14"] == (2, 1, 0, 0, 0, 1, 0, 0)


def test_a_second_rating_may_say_do_not_know_and_a_late_one_does_not_count() -> None:
    now = again(resources_meeting(), {"I14": "x"})
    late = [replace(one, late=True, author="M2") for one in aligned({"I14": "3"}, round_=2)]
    told = ratings_by_row(replace(now, responses=(*now.responses, *late)), "align.rows.align")["I14"]

    assert told == ((1, 0, 0, 0, 1, 0, 0), 1)


def test_the_latest_cells_hold_each_person_and_row_once() -> None:
    now = again(resources_meeting(), {"I14": "3333", "I01": "0   "})
    found = list(latest_cells(now, "align.rows.align"))

    assert len({(author, row) for author, row, _ in found}) == len(found) == 8 * len(ALIGN)
    assert [value for author, row, value in found if (author, row) == ("M1", "I01")] == [0]
    assert list(latest_cells(now, "align.rows.align", 1)) == list(latest_cells(resources_meeting(), "align.rows.align"))


def test_the_currency_is_the_sessions_else_the_teams_else_dollars() -> None:
    now = resources_meeting()
    team = Team(1, "t", "T", facts={"currency": "eur"})
    here = answer("open", "currency", "FACIL", "CHF")

    assert currency(now) == "USD"
    assert currency(replace(now, team=team)) == "EUR"
    assert currency(replace(now, team=team, responses=(*now.responses, here))) == "CHF"
    assert of_resources().step("open").field("currency").setup


def test_a_released_row_stays_in_the_list() -> None:
    released = [row for row, told in DECIDED.items() if told[0] == "release"]

    assert all(read(resources_meeting())[row].is_released for row in released)
