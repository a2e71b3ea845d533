"""Columns that depend on another step's answer: there, or not, for a whole session."""

import tomllib
from typing import Any

import pytest
from desks import Sitting, sit_down
from tiny import Ticking

from mira_workbook.content.audit import audit
from mira_workbook.content.cards import cards
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load, workbooks
from mira_workbook.content.tailoring import tailored
from mira_workbook.measures.table import measures
from mira_workbook.records import Entry
from mira_workbook.rules import moves
from mira_workbook.rules.guards import may_record
from mira_workbook.store import Store

RESOURCES = load(workbooks()["resource_mapping"])
MONEY = {("inventory", "usd_year"), ("decide", "after_usd"), ("cliff", "amount_usd")}
LINE = {
    "purpose": "Keeps the plans in order",
    "kind": "meeting",
    "lead": "Dana",
    "served_n": 20,
    "fund": "general",
    "flexible": "yes",
    "fte": 0,
    "staff_min_week": 60,
    "mandate": "choice",
    "start_year": 2020,
}


def columns(workbook: Workbook) -> dict[tuple[str, str], Any]:
    return {(s.key, c.key): c.show_when for s in workbook.steps for f in s.fields for c in getattr(f, "columns", ())}


@pytest.mark.parametrize("known", ["exact", "rounded", None])
def test_money_is_asked_where_its_cost_is_known_or_nobody_said(known: str | None) -> None:
    found = columns(tailored(RESOURCES, lambda step, field: known if (step, field) == ("open", "cost_known") else None))
    assert found.keys() == columns(RESOURCES).keys()
    assert {place: found[place] for place in MONEY} == {
        ("inventory", "usd_year"): None,
        ("decide", "after_usd"): {"decision": ["grow", "keep", "reshape"]},
        ("cliff", "amount_usd"): None,
    }


def test_money_is_left_out_where_only_people_and_minutes_are_known() -> None:
    found = columns(tailored(RESOURCES, lambda _step, _field: "people_minutes"))
    assert columns(RESOURCES).keys() - found.keys() == MONEY


def test_a_workbook_that_asks_the_same_of_all_stays_as_it_is() -> None:
    other = load(workbooks()["root_cause_coaching"])
    assert tailored(other, lambda _step, _field: None) is other


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("open.cost_knwon", "There is no ‘open.cost_knwon’ beside this."),
        ("decide.rows", "There is no ‘decide.rows’ beside this."),
    ],
)
def test_a_column_may_only_depend_on_an_answer_of_the_team_that_comes_before(wrong: str, told: str) -> None:
    raw = tomllib.loads(workbooks()["resource_mapping"].read_text("utf-8"))
    (asked,) = [c for c in raw["steps"][1]["fields"][0]["columns"] if c["key"] == "usd_year"]
    asked["show_when"] = {wrong: "exact"}
    assert [problem.what for problem in audit(raw, cards())] == [told]


def test_a_column_may_only_name_choices_that_are_there() -> None:
    raw = tomllib.loads(workbooks()["resource_mapping"].read_text("utf-8"))
    (asked,) = [c for c in raw["steps"][1]["fields"][0]["columns"] if c["key"] == "usd_year"]
    asked["show_when"] = {"open.cost_known": "guessed"}
    assert [problem.what for problem in audit(raw, cards())] == ["‘guessed’ is not one of its options."]


@pytest.fixture
def minutes_only(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Three people whose school knows people and minutes only, at the list."""
    room = sit_down(sqlite_store, clock, 3, RESOURCES)
    seat = room.store.take_seat("set-up", room.session.id, "facilitator")
    told = {"scope": "school", "year": "2024-25", "cliff_date": "2024-09-30", "cost_known": "people_minutes"}
    room.store.record(seat, Entry("open", 1, "set-up", told, "facilitator"), may_record)
    for _ in range(2):
        room.lead(moves.lead("go"))
    return room


def lines(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"row_id": f"I{n}", "cells": {**LINE, "name": f"Meeting {n}", **own}} for n, own in enumerate(more, 1)]


def test_a_list_without_money_is_whole(minutes_only: Sitting) -> None:
    shown = [c["field"] for c in minutes_only.fields(0)["rows"]["columns"]]
    assert "usd_year" not in shown
    assert {"fund", "fte", "staff_min_week"} <= set(shown)
    assert "saved_at" in minutes_only.submit(0, {"rows": lines({}, {}, {"fte": 0.5, "staff_min_week": 900})})
    (told,) = [m for m in measures(minutes_only.snapshot, minutes_only.stage) if (m.id, m.of) == ("M21", "totals now")]
    assert told.sentence == "3 rows: 0.5 FTE, 1,020 minutes a week."


def test_a_row_that_uses_nothing_is_told_without_money_too(minutes_only: Sitting) -> None:
    reply = minutes_only.submit(0, {"rows": lines({}, {}, {"staff_min_week": 0})})
    assert [p["text"] for p in reply["problems"]] == [
        "This row uses nothing. Add minutes, money or staff, or remove it."
    ]
