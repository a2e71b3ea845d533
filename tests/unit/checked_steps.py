"""Steps with checks, for tests of each: minutes let go, tiers, merging, a sentence, hands."""

import typing
from datetime import date
from typing import Any

from mira_workbook.content.answers.base import Context, Option, Problem
from mira_workbook.content.checking import check_step
from mira_workbook.content.definition import Step

LISTS = {
    "candidates": [Option("C1", "Reading"), Option("C2", "Attendance"), Option("C3", "Math"), Option("C4", "Family")],
    "proposals": [Option("P1", "Early reading"), Option("P2", "Late news"), Option("P3", "Late buses")],
}
ROOM = Context(lists=LISTS, today=date(2024, 5, 14))


def step(fields: list[dict[str, Any]], *checks: dict[str, Any]) -> Step:
    labelled = [{"label": one["key"].replace("_", " ").capitalize(), **one} for one in fields]
    head = {"key": "it", "title": "It", "part": 1, "minutes": {}, "mode": "individual", "do": "Do it."}
    return Step.model_validate({**head, "fields": labelled, "checks": checks})


def table(key: str, *columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "table", "columns": [{"label": c["key"].capitalize(), **c} for c in columns], **more}


def row(row_id: str, **cells: object) -> dict[str, Any]:
    return {"row_id": row_id, "cells": cells}


def run(asked: Step, context: Context = ROOM, **values: Any) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    return check_step(asked, values, context, asked.fields)


def told(problems: typing.Iterable[Problem]) -> list[tuple[str, str, str, str, str]]:
    return [(p.code, p.field, p.row, p.column, p.text) for p in problems]


NUMBER = {"type": "num", "low": 0, "high": 1200}
RELEASE = step(
    [
        table(
            "release",
            {"key": "task", "type": "text", "required": True},
            {"key": "min_week", "required": True, **NUMBER},
            {"key": "needs", "type": "one", "options": [["no", "No"], ["yes", "Yes"]]},
            {
                "key": "action",
                "type": "one",
                "required": True,
                "options": [["stop", "Stop"], ["shrink", "Shrink"], ["defer", "Later"]],
            },
            {"key": "free", "required": True, **NUMBER},
        )
    ],
    {
        "use": "not_above",
        "on": "release.free",
        "than": "min_week",
        "say": "You cannot release {value} of {than} minutes.",
    },
    {
        "use": "equal_when",
        "on": "release.free",
        "to": "min_week",
        "when": {"action": "stop"},
        "fill": True,
        "say": "Stopping frees all {to} minutes. Or choose ‘Shrink’.",
    },
    {"use": "equal_when", "on": "release.free", "to": 0, "when": {"action": "defer"}, "fill": True},
    {
        "use": "flag_when",
        "on": "release.action",
        "when": {"needs": "yes", "action": ["stop", "shrink"]},
        "level": "warn",
        "say": "You say this needs you. Sure you want to let it go?",
    },
)


TIER = {
    "key": "tier",
    "type": "one",
    "required": True,
    "options": [["first", "First"], ["focus", "Focus"], ["watch", "Watch"]],
}
SORT = step(
    [table("places", TIER, rows_from="candidates", required=True)],
    {
        "use": "exactly_one",
        "on": "places.tier",
        "value": "first",
        "say": "Choose exactly one. You chose {n}. If everything comes first, nothing does.",
    },
    {
        "use": "some_when",
        "on": "places.tier",
        "value": "watch",
        "rows": 4,
        "level": "warn",
        "say": "Nothing to watch? Something has to wait.",
    },
)


MERGE = step(
    [
        table("mine", {"key": "label", "type": "text"}),
        table("candidates", {"key": "label", "type": "text"}, {"key": "from", "type": "many", "list": "proposals"}),
        table("aside", {"key": "proposal", "type": "one", "list": "proposals"}),
    ],
    {"use": "all_placed", "of": "proposals", "merged": "candidates.from", "aside": "aside.proposal"},
)


STATEMENT = step(
    [
        {"key": "candidate", "type": "one", "list": "candidates", "required": True},
        {"key": "reason", "type": "long"},
        {"key": "unit", "type": "one", "options": [["percent_students", "percent of students"], ["count", "count"]]},
        {"key": "missing", "type": "yes"},
        {
            "key": "baseline",
            "type": "num",
            "low": 0,
            "high": 1e6,
            "step": 0.1,
            "required": True,
            "show_when": {"missing": False},
        },
        {"key": "target", "type": "num", "low": 0, "high": 1e6, "step": 0.1, "show_when": {"missing": False}},
        {"key": "baseline_date", "type": "date", "label": "Counted on", "show_when": {"missing": False}},
        {"key": "found_by", "type": "text", "require_when": {"missing": True}},
        {"key": "direction", "type": "one", "options": [["up", "up"], ["down", "down"]]},
        {"key": "review_date", "type": "date", "label": "We look again on"},
    ],
    {"use": "reason_unless_leader", "chosen": "candidate", "order": "rank.order", "reason": "reason"},
    {"use": "right_side", "baseline": "baseline", "target": "target", "direction": "direction"},
    {"use": "percent_range", "unit": "unit", "values": ["baseline", "target"]},
    {"use": "later_than", "on": "review_date", "than": "baseline_date"},
)


CONSENT = step(
    [{"key": "fist", "type": "rate", "low": 0, "high": 5}, {"key": "raise", "type": "long", "min_chars": 10}],
    {
        "use": "require_when_below",
        "on": "raise",
        "rating": "fist",
        "than": 3,
        "say": "Please say what would help you get to a 3.",
    },
)
