"""Three small workbooks, each building on the one before: a priority, a cause, a list of what a team does."""

from typing import Any

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import build

_COMMON: dict[str, Any] = {"minutes": 10, "who": "Anybody.", "bring": "Nothing.", "parts": ["All of it"]}
_STEP: dict[str, Any] = {"part": 1, "do": "Do it."}
_RATE: dict[str, Any] = {"type": "rate", "low": 0, "high": 3, "dk": True}


def _text(key: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": "text", "label": label, **more}


def _num(key: str) -> dict[str, Any]:
    return {"key": key, "type": "num", "label": key, "low": 0, "high": 100000}


FIRST: dict[str, Any] = {
    **_COMMON,
    "slug": "first",
    "title": "First things",
    "purpose": "Choose one thing.",
    "carries": {
        "priority.current": {"use": "priority", "step": "sentence", "revised": "better.text"},
        "role_priority": {"use": "roles", "text": "mine.text", "contribution": "mine.adds"},
        "release.items": {"use": "releases", "rows": "mine.tasks"},
    },
    "steps": [
        {
            **_STEP,
            "key": "mine",
            "title": "My part",
            "minutes": {"alone": 4},
            "mode": "individual",
            "fields": [
                _text("text", "First in my role", required=True),
                _text("adds", "What I add"),
                {
                    "key": "tasks",
                    "type": "table",
                    "label": "What I let go",
                    "columns": [_text("task", "Task", required=True), _num("min_week")],
                },
            ],
        },
        {
            **_STEP,
            "key": "sentence",
            "title": "The sentence",
            "minutes": {"together": 4},
            "mode": "team",
            "fields": [
                _text("text", "Our one priority", required=True),
                _text("for_whom", "For whom"),
                {"key": "unit", "type": "one", "label": "In", "options": [["count", "things"]], "other": True},
                {"key": "figure_missing", "type": "yes", "label": "No figure yet"},
                {"key": "found_by", "type": "one", "label": "Who brings it?", "list": "team"},
            ],
        },
        {
            **_STEP,
            "key": "better",
            "title": "Better words",
            "minutes": {"together": 2},
            "mode": "team",
            "fields": [_text("text", "The sentence, if you change it")],
        },
    ],
}
NEED: dict[str, Any] = {"label": "Our one priority", "ask": "For now, our one priority is…"}
SECOND: dict[str, Any] = {
    **_COMMON,
    "slug": "second",
    "title": "Why is that",
    "purpose": "Find the cause.",
    "needs": {"priority.current": {**NEED, "required": True, "min_chars": 20, "max_chars": 60}},
    "lists": {"tested": {"use": "rows_of", "field": "gather.causes", "label": "cause"}},
    "carries": {
        "root.current": {"use": "root", "step": "cause", "tests": "test.ratings"},
        "responses_now": {"use": "responses_now", "rows": "gather.now"},
        "swot": {"use": "swot", "rows": "gather.boxes"},
    },
    "steps": [
        {
            **_STEP,
            "key": "gather",
            "title": "Gather",
            "minutes": {"together": 5},
            "mode": "team",
            "carried": ["priority.current"],
            "fields": [
                {
                    "key": "causes",
                    "type": "table",
                    "label": "Causes",
                    "prefix": "R",
                    "columns": [_text("cause", "Cause", required=True)],
                },
                {
                    "key": "now",
                    "type": "table",
                    "label": "What we do now",
                    "prefix": "A",
                    "columns": [
                        _text("response", "What we do", required=True),
                        {
                            "key": "treats",
                            "type": "one",
                            "label": "It treats",
                            "options": [["symptom", "the ache"], ["cause", "the cause"]],
                        },
                        _num("min_week"),
                        _num("usd_year"),
                    ],
                },
                {
                    "key": "boxes",
                    "type": "table",
                    "label": "Four boxes",
                    "prefix": "W",
                    "columns": [
                        _text("item", "In one line", required=True),
                        {
                            "key": "quadrant",
                            "type": "one",
                            "label": "Box",
                            "options": [["strength", "Strengths"], ["threat", "Threats"]],
                        },
                        _text("fact", "A fact"),
                    ],
                },
            ],
        },
        {
            **_STEP,
            "key": "test",
            "title": "Test",
            "minutes": {"alone": 2},
            "mode": "individual",
            "attribution": "role",
            "fields": [
                {
                    "key": "ratings",
                    "type": "table",
                    "label": "Each cause",
                    "rows_from": "tested",
                    "columns": [{**_RATE, "key": key, "label": key} for key in ("removes", "evidence", "influence")],
                },
            ],
        },
        {
            **_STEP,
            "key": "cause",
            "title": "The cause",
            "minutes": {"together": 3},
            "mode": "team",
            "carried": ["priority.current"],
            "fields": [
                {"key": "cause_id", "type": "one", "label": "The cause", "list": "tested"},
                _text("statement", "It keeps happening because…"),
                {"key": "category", "type": "one", "label": "About", "options": [["people", "People"]]},
            ],
        },
    ],
}
THIRD: dict[str, Any] = {
    **_COMMON,
    "slug": "third",
    "title": "What we have",
    "purpose": "See everything.",
    "needs": {
        "priority.current": {**NEED, "required": True, "min_chars": 20, "max_chars": 60},
        "root.current": {"label": "The cause we work on", "ask": "It keeps happening because…", "min_chars": 10},
    },
    "carries": {
        "initiatives": {
            "use": "initiatives",
            "inventory": "list.rows",
            "align": "serves.rows.align",
            "evidence": "known.rows",
            "stage": "life.rows",
            "decide": "decide.rows",
            "ends_by": "list.by",
        }
    },
    "lists": {"initiatives": {"use": "rows_of", "field": "list.rows", "label": "name"}},
    "steps": [
        {
            **_STEP,
            "key": "list",
            "title": "The list",
            "minutes": {"together": 2},
            "mode": "team",
            "carried": ["priority.current", "root.current"],
            "fields": [
                {"key": "by", "type": "date", "label": "By"},
                {
                    "key": "rows",
                    "type": "table",
                    "label": "All we do",
                    "prefix": "I",
                    "columns": [
                        _text("name", "Name", required=True),
                        _num("usd_year"),
                        _num("staff_min_week"),
                        {"key": "fund_end", "type": "date", "label": "Ends"},
                    ],
                },
            ],
        },
        {
            **_STEP,
            "key": "serves",
            "title": "What serves it",
            "minutes": {"alone": 2},
            "mode": "individual",
            "attribution": "role",
            "fields": [
                {
                    "key": "rows",
                    "type": "table",
                    "label": "Each",
                    "rows_from": "initiatives",
                    "columns": [{**_RATE, "key": "align", "label": "How directly?"}],
                }
            ],
        },
        *(
            {
                **_STEP,
                "key": key,
                "title": title,
                "minutes": {"together": 2},
                "mode": "team",
                "fields": [
                    {
                        "key": "rows",
                        "type": "table",
                        "label": "Each",
                        "rows_from": "initiatives",
                        "columns": columns,
                    }
                ],
            }
            for key, title, columns in (
                ("known", "What we know", [{**_RATE, "key": "evidence", "label": "How sure?"}]),
                ("life", "Its life", [{"key": "stage", "type": "one", "label": "Stage", "options": [["steady", "S"]]}]),
                (
                    "decide",
                    "Decide",
                    [
                        {"key": "decision", "type": "one", "label": "Decision", "list": "decision"},
                        _num("after_usd"),
                        _num("after_min_week"),
                        {"key": "minutes_stay", "type": "one", "label": "Minutes", "options": [["stay", "They stay"]]},
                    ],
                ),
            )
        ),
    ],
}


CAUSES = """
format = 1
slug = "root_cause_coaching"
title = "Root-cause Coaching"
minutes = 15
purpose = "Find the cause."
who = "The team"
bring = "Nothing"
parts = ["All of it"]
[needs]
"priority.current" = {label = "Our one priority", ask = "For now, our one priority is…", required = true, min_chars = 20, max_chars = 160}
[[steps]]
key = "hunch"
title = "First hunch"
part = 1
minutes = {alone = 10}
mode = "individual"
do = "Say it."
carried = ["priority.current"]
[[steps.fields]]
key = "hunch"
type = "text"
label = "I think"

[[steps]]
key = "why"
title = "Ask why"
part = 1
minutes = {alone = 5}
mode = "pair"
do = "Ask why, together."
[[steps.fields]]
key = "because"
type = "text"
label = "Because"
"""  # noqa: E501 - an inline table of TOML stands on one line
"""A second workbook as a file: what it builds on, one step alone and one in pairs."""


def book(raw: dict[str, Any]) -> Workbook:
    """One of them, checked as a file would be."""
    return build(raw, f"{raw['slug']}.toml")
