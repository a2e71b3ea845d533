"""Checks that look at the rows of a table together, or at several numbers of one row."""

from dataclasses import replace
from typing import Any

import pytest
from checked_steps import ROOM, row, run, step, table, told

from mira_workbook.content.answers.base import Option

PICK = {"type": "one", "options": [["a", "A"], ["b", "B"], ["c", "C"]]}
NUMBER = {"type": "num", "low": 0, "high": 100000}


def of_causes(*checks: dict[str, Any]) -> Any:
    columns = ({"key": "cause", "type": "text"}, {"key": "kind", **PICK}, {"key": "test", "type": "yes"})
    return step([table("causes", *columns)], *checks)


def causes(*cells: dict[str, Any]) -> list[dict[str, Any]]:
    return [row(f"R{i}", **{"cause": f"Cause number {i}", **one}) for i, one in enumerate(cells, 1)]


def test_as_many_rows_are_ticked_as_asked_for() -> None:
    asked = of_causes({"use": "count_picked", "on": "causes.test", "value": True, "low": 2, "high": 3})
    few = causes({"test": True}, {}, {"test": False})
    assert told(run(asked, causes=few)[1]) == [("E07", "causes", "", "", "Choose 2 to 3. You chose 1.")]
    assert run(asked, causes=causes(*[{"test": True}] * 3))[1] == ()
    assert told(run(asked, causes=causes(*[{"test": True}] * 4))[1])[0][-1] == "Choose 2 to 3. You chose 4."


def test_one_tick_marks_the_main_row() -> None:
    say = "Mark exactly one. You marked {n}."
    asked = of_causes({"use": "exactly_one", "on": "causes.test", "value": True, "say": say})
    assert run(asked, causes=causes({"test": True}, {}))[1] == ()
    both = run(asked, causes=causes({"test": True}, {"test": True}))[1]
    assert told(both) == [("E06", "causes", "", "", "Mark exactly one. You marked 2.")]


def test_two_a_box_are_enough_and_the_third_is_told() -> None:
    say = "Two per box is enough. Keep your strongest."
    asked = of_causes({"use": "at_most_each", "on": "causes.kind", "most": 2, "say": say})
    assert run(asked, causes=causes({"kind": "a"}, {"kind": "b"}, {"kind": "a"}))[1] == ()
    many = causes({"kind": "a"}, {"kind": "a"}, {"kind": "b"}, {"kind": "a"}, {"kind": "a"})
    assert told(run(asked, causes=many)[1]) == [("at_most_each", "causes", "R4", "kind", say)]


def test_a_row_that_says_what_an_earlier_one_says_is_told() -> None:
    say = "Link {i} says the same as link {j}. Go deeper or stop."
    asked = of_causes({"use": "no_repeat", "on": "causes.cause", "say": say})
    rows = causes({"cause": "No slack in the week"}, {"cause": "Duties overlap"}, {"cause": "no slack, in the week."})
    told_ = told(run(asked, causes=rows)[1])
    assert told_ == [("no_repeat", "causes", "R3", "cause", "Link 3 says the same as link 1. Go deeper or stop.")]


def test_enough_rows_are_asked_for_in_the_workbooks_own_words() -> None:
    asked = of_causes({"use": "rows_at_least", "on": "causes", "n": 3, "say": "Go at least three whys deep."})
    assert told(run(asked, causes=causes({}, {}))[1]) == [
        ("rows_at_least", "causes", "", "", "Go at least three whys deep.")
    ]
    assert run(asked, causes=causes({}, {}, {}))[1] == ()


def test_only_where_all_rows_have_the_value_it_is_told() -> None:
    say = "Name at least one fact before you call this the cause."
    asked = of_causes({"use": "not_all", "on": "causes.kind", "value": "a", "say": say})
    assert run(asked, causes=causes({"kind": "a"}, {"kind": "b"}))[1] == ()
    assert told(run(asked, causes=causes({"kind": "a"}, {"kind": "a"}))[1])[0][-1] == say
    assert run(asked)[1] == ()


def test_too_many_of_one_kind_are_told_and_may_be_passed() -> None:
    check = {"use": "not_many", "on": "causes.kind", "value": "a", "most": 1, "level": "warn", "say": "{n} at once."}
    (problem,) = run(of_causes(check), causes=causes({"kind": "a"}, {"kind": "a"}))[1]
    assert (problem.text, problem.level) == ("2 at once.", "care")


LEDGER = step(
    [
        table(
            "rows",
            {"key": "decision", "type": "one", "options": [["grow", "Grow"], ["keep", "Keep"], ["release", "Release"]]},
            {"key": "usd", **NUMBER},
            {"key": "minutes", **NUMBER},
            {"key": "into", "type": "text"},
            rows_from="programs",
        )
    ],
    {
        "use": "level_when",
        "on": ["rows.usd", "rows.minutes"],
        "base": ["item.usd_year", "item.min_week"],
        "when": {"decision": "grow"},
        "way": "above",
        "say": "What grows?",
    },
    {
        "use": "level_when",
        "on": ["rows.usd", "rows.minutes"],
        "base": ["item.usd_year", "item.min_week"],
        "when": {"decision": "keep"},
        "way": "changed",
        "unless": "into",
        "say": "What changes?",
    },
    {
        "use": "something_pays",
        "on": "rows.decision",
        "grow": "grow",
        "pays": ["release"],
        "level": "warn",
        "say": "Nothing pays for this yet.",
    },
)
PROGRAMS = replace(
    ROOM,
    lists={"programs": [Option("I1", "Tutoring"), Option("I2", "Software")]},
    items={"I1": {"usd_year": 100, "min_week": 60}, "I2": {"usd_year": 0}},
)


@pytest.mark.parametrize(
    ("cells", "say"),
    [
        ({"decision": "grow", "usd": 100, "minutes": 60}, "What grows?"),
        ({"decision": "grow", "usd": 101, "minutes": 60}, ""),
        ({"decision": "grow", "usd": 90, "minutes": 65}, ""),
        ({"decision": "grow"}, "What grows?"),
        ({"decision": "keep", "usd": 100, "minutes": 60}, "What changes?"),
        ({"decision": "keep", "usd": 90, "minutes": 60}, ""),
        ({"decision": "keep", "usd": 100, "into": "Tutoring"}, ""),
        ({"decision": "release", "usd": 0}, ""),
    ],
)
def test_a_level_moves_where_the_decision_says_so(cells: dict[str, Any], say: str) -> None:
    other = row("I2", decision="release")
    problems = run(LEDGER, PROGRAMS, rows=[row("I1", **cells), other])[1]
    assert [p.text for p in problems] == ([say] if say else [])


def test_what_costs_nothing_today_grows_with_the_first_dollar() -> None:
    rows = [row("I2", decision="grow", usd=1), row("I1", decision="release")]
    assert run(LEDGER, PROGRAMS, rows=rows)[1] == ()


def test_growing_without_a_release_is_told_once() -> None:
    rows = [row("I1", decision="grow", usd=200), row("I2", decision="grow", usd=5)]
    assert [p.text for p in run(LEDGER, PROGRAMS, rows=rows)[1]] == ["Nothing pays for this yet."]


MONEY = step(
    [
        table(
            "rows",
            {"key": "fund", "type": "one", "required": True, "options": [["grant", "Grant"], ["general", "General"]]},
            {"key": "flexible", "type": "one", "required": True, "options": [["yes", "Yes"], ["no", "No"]]},
            {"key": "fte", "type": "num", "low": 0, "high": 500, "step": 0.05},
            {"key": "minutes", **NUMBER},
            {"key": "ends", "type": "date"},
        )
    ],
    {"use": "fill_when", "on": "rows.flexible", "put": "yes", "when": {"fund": "general"}},
    {"use": "fill_when", "on": "rows.flexible", "put": "no", "when": {"fund": "grant"}},
    {
        "use": "flag_when",
        "on": "rows.ends",
        "when": {"fund": "grant", "ends": False},
        "level": "warn",
        "say": "When does this money end?",
    },
    {
        "use": "flag_when",
        "on": "rows.fte",
        "when": {"minutes": 0},
        "above": {"fte": 0},
        "level": "warn",
        "say": "{value} FTE but no minutes? One full-time post is about {contract_min} min a week.",
    },
    {
        "use": "sum_not_above",
        "on": "rows.fte",
        "than": {"from": "staff_fte"},
        "level": "warn",
        "say": "{sum} of {than}.",
    },
    {"use": "require_when", "on": "rows.ends", "when": {"flexible": "no"}, "say": "Say when it ends."},
)


def test_a_fund_says_whether_its_money_may_move_unless_somebody_did() -> None:
    rows = [row("A", fund="general", fte=0.5, minutes=5), row("B", fund="general", flexible="no", ends="2025-01-01")]
    values, problems = run(MONEY, rows=rows)
    assert problems == ()
    assert [one["cells"]["flexible"] for one in values["rows"]] == ["yes", "no"]


def test_money_without_an_end_is_asked_about_and_posts_without_minutes_too() -> None:
    context = replace(ROOM, limits={"contract_min": 2250, "staff_fte": 1})
    rows = [row("A", fund="grant", fte=1.25, minutes=0)]
    assert told(run(MONEY, context, rows=rows)[1]) == [
        ("flag_when", "rows", "A", "ends", "When does this money end?"),
        (
            "flag_when_2",
            "rows",
            "A",
            "fte",
            "1.25 FTE but no minutes? One full-time post is about 2,250 min a week.",
        ),
        ("sum_not_above", "rows", "", "", "1.25 of 1."),
        ("require_when", "rows", "A", "ends", "Say when it ends."),
    ]


def test_a_limit_the_team_has_not_given_does_not_bind() -> None:
    rows = [row("A", fund="general", fte=400, minutes=5)]
    assert run(MONEY, rows=rows)[1] == ()
