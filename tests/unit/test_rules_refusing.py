"""What cannot stay in a team's table, such as letting go of what the law asks for: told, and counted nowhere."""

from dataclasses import replace
from typing import Any

import pytest
from export_cases import answer, table
from two_sessions import meeting_of, over

from mira_workbook.content.load import load, workbooks
from mira_workbook.measures.table import measures
from mira_workbook.records import Response, Snapshot
from mira_workbook.rules import sight
from mira_workbook.rules.initiatives import initiatives
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.refusing import allowed_rows, refused
from mira_workbook.rules.stage import fold

BOOK = load(workbooks()["resource_mapping"])
DECIDE = BOOK.step("decide")
LAW = "This is required by law. Choose keep or reshape, and note what can be leaner."
DISTRICT = "The district asks for this. Choose ‘district’: they approve its release."
ARGS = {"inventory": "inventory.rows", "decide": "decide.rows"}
LISTED = [
    {"": "I01", "name": "Safety drills", "mandate": "law", "usd_year": 900, "staff_min_week": 300, "flexible": "yes"},
    {"": "I02", "name": "Hall duty", "mandate": "choice", "usd_year": 400, "staff_min_week": 200, "flexible": "yes"},
    {"": "I03", "name": "Quarterly survey", "mandate": "district", "usd_year": 0, "staff_min_week": 60},
]  # fmt: skip


def meeting(*decisions: dict[str, Any]) -> Snapshot:
    told: list[Response] = [
        answer("inventory", "rows", "TEAM", table(*LISTED)),
        answer("decide", "rows", "TEAM", table(*decisions)),
    ]
    listed = {"initiatives": [[str(row[""]), str(row["name"])] for row in LISTED]}
    return meeting_of(BOOK, listed, over(told, ()))


def let_go(row: str, **more: Any) -> dict[str, Any]:
    return {"": row, "decision": "release", "minutes_stay": "stay", **more}


def problems(now: Snapshot) -> list[tuple[str, str, str]]:
    rows = now.team_answer("decide", "rows")
    return [(one.row, one.column, one.text) for one in refused(now, DECIDE, "rows", rows)]


def money(now: Snapshot) -> Any:
    stage = fold(now.acts, BOOK)
    return next(m for m in measures(sight.shown(now, stage), stage) if (m.id, m.step, m.of) == ("M21", "decide", ""))


def test_a_release_of_what_the_law_asks_for_is_named_with_its_row_and_column() -> None:
    assert problems(meeting(let_go("I01"), let_go("I02"))) == [("I01", "decision", LAW)]


def test_a_district_s_row_is_let_go_only_with_the_district() -> None:
    assert problems(meeting(let_go("I03", approval="ours"))) == [("I03", "approval", DISTRICT)]
    assert problems(meeting(let_go("I03", approval="district"))) == []


def test_what_may_stay_is_not_named() -> None:
    assert problems(meeting({"": "I01", "decision": "keep"}, let_go("I02"))) == []
    assert problems(meeting()) == []


def test_it_does_not_count_while_it_stands() -> None:
    forbidden, without = meeting(let_go("I01"), let_go("I02")), meeting(let_go("I02"))
    assert {one.id: (one.decision, one.freed_usd, one.usable_min) for one in initiatives(forbidden, ARGS)} == {
        "I01": ("", 0, 0),
        "I02": ("release", 400, 200),
        "I03": ("", 0, 0),
    }
    assert replace(money(forbidden), sentence="") == replace(money(without), sentence="")
    assert money(forbidden).value["freed"] == 400
    assert money(forbidden).sentence == money(without).sentence


def test_once_it_is_mended_it_counts() -> None:
    now = meeting({"": "I01", "decision": "reshape", "after_usd": 500, "after_min_week": 200})
    assert money(now).value["freed"] == 400
    assert [one.decision for one in initiatives(now, ARGS)] == ["reshape", "", ""]


def test_nobody_is_asked_to_end_well_what_the_law_asks_for() -> None:
    options = resolve(meeting(let_go("I01"), let_go("I02")), "let_go")
    assert [option.id for option in options if not isinstance(option, str)] == ["I02"]


@pytest.mark.parametrize("name", ["decide.rows", "inventory.rows", "talk.rows"])
def test_what_is_written_stays_as_it_was_written(name: str) -> None:
    now = meeting(let_go("I01", reason="Nobody needs it"), let_go("I02"))
    step, field = name.split(".")
    written = now.team_answer(step, field) or []
    kept = allowed_rows(now, name)
    assert [row["row_id"] for row in kept] == [row["row_id"] for row in written]
    if name == "decide.rows":
        assert written[0]["cells"]["decision"] == "release"
        assert kept[0]["cells"] == {"minutes_stay": "stay", "reason": "Nobody needs it"}
        assert kept[1] == written[1]
