"""A step checked as a whole: its fields, their conditions, and its checks by name."""

import inspect
import typing
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mira_workbook.content.answers.base import Context, Option, Problem
from mira_workbook.content.check_args import CHECK_ARGS, CheckArgs
from mira_workbook.content.checking import check_step
from mira_workbook.content.checks import CHECKS, FILLS
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


def test_every_check_has_its_arguments_and_a_function_of_its_own() -> None:
    assert CHECKS.keys() == CHECK_ARGS.keys()
    assert FILLS.keys() <= CHECKS.keys()
    for name, function in CHECKS.items():
        assert typing.get_type_hints(function)["args"] is CHECK_ARGS[name]
        assert inspect.getdoc(function)
        assert inspect.getdoc(CHECK_ARGS[name])


def test_no_more_can_be_released_than_there_is() -> None:
    rows = [row("A", task="Hall monitor", min_week=150, action="shrink", free="200")]
    values, problems = run(RELEASE, release=rows)
    assert told(problems) == [("not_above", "release", "A", "free", "You cannot release 200 of 150 minutes.")]
    assert values["release"][0]["cells"]["free"] == 200


def test_stopping_fills_in_all_minutes_and_later_none() -> None:
    rows = [
        row("A", task="Hall monitor", min_week="1,000", action="stop"),
        row("B", task="Bus duty", min_week=50, action="defer"),
    ]
    values, problems = run(RELEASE, release=rows)
    assert problems == ()
    assert [one["cells"]["free"] for one in values["release"]] == [1000, 0]
    assert run(RELEASE, **values) == (values, ())


def test_what_was_typed_is_not_filled_over_but_told() -> None:
    rows = [
        row("A", task="Hall monitor", min_week=100, action="stop", free=50),
        row("B", task="Bus duty", min_week=50, action="defer", free=10),
    ]
    _, problems = run(RELEASE, release=rows)
    assert told(problems) == [
        ("equal_when", "release", "A", "free", "Stopping frees all 100 minutes. Or choose ‘Shrink’."),
        ("equal_when_2", "release", "B", "free", "This should be 0. You typed 10."),
    ]


def test_letting_go_of_what_needs_you_is_a_care() -> None:
    rows = [row("A", task="Hall monitor", needs="yes", min_week=100, action="shrink", free=50)]
    _, (problem,) = run(RELEASE, release=rows)
    assert problem == Problem(
        "release", "flag_when", "You say this needs you. Sure you want to let it go?", "care", "A", "action"
    )


def test_a_check_is_quiet_where_the_field_already_stops() -> None:
    rows = [row("A", task="Hall monitor", min_week=100, action="shrink", free=1300)]
    _, problems = run(RELEASE, release=rows)
    assert told(problems) == [("E05", "release", "A", "free", "This should be between 0 and 1,200. You typed 1,300.")]


def test_a_draft_is_shaped_but_not_judged_and_not_filled() -> None:
    rows = [row("A", task="Hall monitor", min_week="100", action="stop"), row("B", free="20x")]
    values, problems = run(RELEASE, Context(draft=True), release=rows)
    assert [p.code for p in problems] == ["E04"]
    assert values["release"] == [row("A", task="Hall monitor", min_week=100, action="stop"), row("B", free="20x")]


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


def places(*tiers: str) -> list[dict[str, Any]]:
    return [row(f"C{n}", tier=tier) for n, tier in enumerate(tiers, 1)]


def test_exactly_one_comes_first() -> None:
    assert run(SORT, places=places("first", "watch", "focus", "focus"))[1] == ()
    for tiers, n in ((("first", "first", "watch", "focus"), 2), (("watch", "watch", "watch", "focus"), 0)):
        assert told(run(SORT, places=places(*tiers))[1]) == [
            ("E06", "places", "", "", f"Choose exactly one. You chose {n}. If everything comes first, nothing does.")
        ]


def test_something_has_to_wait_once_there_are_four() -> None:
    _, (problem,) = run(SORT, places=places("first", "focus", "focus", "focus"))
    assert (problem.level, problem.text) == ("care", "Nothing to watch? Something has to wait.")
    three = Context(lists={"candidates": LISTS["candidates"][:3]})
    assert run(SORT, three, places=places("first", "focus", "focus"))[1] == ()


def test_missing_places_are_told_once_and_not_counted_as_well() -> None:
    _, problems = run(SORT, places=places("first"))
    assert [(p.code, p.row) for p in problems] == [("E01", "C2"), ("E01", "C3"), ("E01", "C4")]


MERGE = step(
    [
        table("mine", {"key": "label", "type": "text"}),
        table("candidates", {"key": "label", "type": "text"}, {"key": "from", "type": "many", "list": "proposals"}),
        table("aside", {"key": "proposal", "type": "one", "list": "proposals"}),
    ],
    {"use": "all_placed", "of": "proposals", "merged": "candidates.from", "aside": "aside.proposal"},
)


def test_every_idea_is_merged_or_set_aside() -> None:
    merged = [row("C1", label="Reading", **{"from": ["P1", "P2"]})]
    assert run(MERGE, candidates=merged, aside=[row("S1", proposal="P3")])[1] == ()
    one_left = "One idea is not placed yet: Late buses. Merge it, keep it, or say why it is set aside."
    assert told(run(MERGE, candidates=merged)[1]) == [("all_placed", "candidates", "", "", one_left)]
    two_left = "3 ideas are not placed yet: Early reading, Late news, Late buses. Merge them, keep them, or say why they are set aside."  # noqa: E501
    assert [p.text for p in run(MERGE)[1]] == [two_left]


def test_a_check_waits_until_its_field_is_asked() -> None:
    assert check_step(MERGE, {"mine": [row("A", label="Buses")]}, ROOM, MERGE.fields[:1])[1] == ()


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


def stated(context: Context = ROOM, **values: Any) -> list[tuple[str, str, str, str, str]]:
    return told(run(STATEMENT, context, **{"candidate": "C1", "baseline": 46.2, **values})[1])


def test_a_target_lies_on_the_side_that_the_direction_says() -> None:
    assert stated(target=60, direction="up") == []
    assert stated(target=20, direction="down") == []
    assert stated(target=60) == []
    up = "You said the number should go up, but the target (40) is not above today's value (46.2)."
    assert stated(target=40, direction="up") == [("right_side", "target", "", "", up)]
    down = "You said the number should go down, but the target (46.2) is not below today's value (46.2)."
    assert stated(target="46.2", direction="down") == [("right_side", "target", "", "", down)]
    same = "The target is the same as today's value (46.2). Where should it go?"
    assert stated(target=46.2) == [("right_side", "target", "", "", same)]


def test_percentages_lie_between_0_and_100() -> None:
    assert stated(target=160, unit="count") == []
    assert stated(target=160, unit="percent_students") == [
        ("percent_range", "target", "", "", "A percentage lies between 0 and 100. You typed 160.")
    ]


def test_a_choice_besides_the_leader_needs_a_reason() -> None:
    led = Context(lists=LISTS, today=ROOM.today, facts={"leader:rank.order": "C2"})
    why = "The points lead with Attendance. Say why the team chose Reading."
    assert stated(led) == [("reason_unless_leader", "reason", "", "", why)]
    assert stated(led, reason="Attendance follows from it.") == []
    assert stated(led, candidate="C2") == []
    tied = Context(lists=LISTS, today=ROOM.today, facts={"leader:rank.order": ["C2", "C1"]})
    assert stated(tied) == []
    assert stated() == []


def test_a_review_comes_after_the_count() -> None:
    assert stated(baseline_date="2024-02-02", review_date="2025-05-30") == []
    assert stated(baseline_date="2024-02-02", review_date="2024-02-02") == [
        ("E12", "review_date", "", "", "We look again on must be after counted on (February 2, 2024).")
    ]


def test_a_day_can_be_compared_with_another_step() -> None:
    asked = step([{"key": "ends", "type": "date"}], {"use": "later_than", "on": "ends", "than": "open.review_date"})
    room = Context(facts={"open.review_date": "2025-05-30"})
    assert [p.text for p in run(asked, room, ends="2025-05-01")[1]] == [
        "Ends must be after the other day (May 30, 2025)."
    ]


def test_fields_that_are_not_shown_are_dropped_and_not_asked() -> None:
    values, problems = run(STATEMENT, candidate="C1", missing=True, baseline=5, found_by="Grace")
    assert values == {"candidate": "C1", "missing": True, "found_by": "Grace"}
    assert problems == ()


def test_a_field_can_be_asked_because_of_another() -> None:
    _, problems = run(STATEMENT, candidate="C1", missing=True)
    assert told(problems) == [("E01", "found_by", "", "", "Please answer this before you submit.")]
    assert stated(missing=False) == []


def test_a_box_nobody_ticked_counts_as_false_in_conditions() -> None:
    assert told(run(STATEMENT, candidate="C1")[1]) == [
        ("E01", "baseline", "", "", "Please answer this before you submit.")
    ]


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


def test_a_low_hand_says_what_would_raise_it() -> None:
    assert told(run(CONSENT, fist=2)[1]) == [
        ("require_when_below", "raise", "", "", "Please say what would help you get to a 3.")
    ]
    said: dict[str, Any] = {"fist": 2, "raise": "Start next year."}
    assert run(CONSENT, fist=3)[1] == run(CONSENT, **said)[1] == run(CONSENT)[1] == ()


def test_what_the_law_asks_for_cannot_be_let_go() -> None:
    decide = step(
        [
            table(
                "rows",
                {"key": "decision", "type": "one", "options": [["keep", "Keep"], ["release", "Release"]]},
                rows_from="candidates",
            )
        ],
        {
            "use": "forbid_when",
            "on": "rows.decision",
            "when": {"item.mandate": "law", "decision": "release"},
            "say": "This is required by law.",
        },
    )
    room = Context(lists=LISTS, items={"C1": {"mandate": "law"}})
    _, problems = run(decide, room, rows=[row("C1", decision="release"), row("C2", decision="release")])
    assert told(problems) == [("forbid_when", "rows", "C1", "decision", "This is required by law.")]


def test_minutes_of_a_post_whose_money_moves_cannot_be_used_too() -> None:
    say = "Count them once: choose ‘go’."
    decide = step(
        [
            table(
                "rows",
                {"key": "after_usd", "type": "num", "low": 0, "high": 1000},
                {"key": "after_fte", "type": "num", "low": 0, "high": 10, "step": 0.1},
                {"key": "minutes", "type": "one", "options": [["stay", "Stay"], ["go", "Go"]]},
                rows_from="candidates",
            )
        ],
        {
            "use": "forbid_when",
            "on": "rows.minutes",
            "when": {"minutes": "stay"},
            "below": {"after_usd": "item.usd", "after_fte": "item.fte"},
            "say": say,
        },
    )
    room = Context(lists=LISTS, items={"C1": {"usd": 100, "fte": 1}, "C2": {"usd": 100, "fte": 0}})

    def found(usd: int, fte: float, minutes: str = "stay", item: str = "C1") -> list[Any]:
        rows = [row(item, after_usd=usd, after_fte=fte, minutes=minutes), row("C2" if item == "C1" else "C1")]
        return told(run(decide, room, rows=rows)[1])

    assert found(60, 0.5) == [("forbid_when", "rows", "C1", "minutes", say)]
    assert found(60, 0.5, "go") == found(100, 0.5) == found(60, 1) == found(60, 0, item="C2") == []


def test_a_sentence_may_only_use_the_slots_its_check_fills() -> None:
    with pytest.raises(
        ValidationError,
        match=r"`say` has a slot \{minutes\} that this check does not fill; it fills: \{than\}, \{value\}",
    ):
        CHECK_ARGS["not_above"].model_validate({"on": "a.b", "than": "c", "say": "Not {minutes}."})
    with pytest.raises(ValidationError, match="slot"):
        CHECK_ARGS["flag_when"].model_validate({"on": "a.b", "when": {}, "say": "{0.__class__}"})
    with pytest.raises(ValidationError, match="slot"):
        CHECK_ARGS["not_above"].model_validate({"on": "a.b", "than": "c", "say": "{value:>9999999999}"})
    with pytest.raises(ValidationError, match="extra"):
        CHECK_ARGS["not_above"].model_validate({"on": "a.b", "than": "c", "tahn": "c"})


@pytest.mark.parametrize("model", dict.fromkeys(CHECK_ARGS.values()))
def test_every_check_says_which_field_it_judges(model: type[CheckArgs]) -> None:
    assert model.anchor in model.model_fields


@given(
    st.dictionaries(
        st.sampled_from([f.key for s in (RELEASE, SORT, MERGE, STATEMENT, CONSENT) for f in s.fields]),
        st.none()
        | st.booleans()
        | st.integers(-5, 300)
        | st.text(max_size=5)
        | st.sampled_from(["C1", "up", "2024-05-14"])
        | st.lists(
            st.fixed_dictionaries(
                {
                    "row_id": st.sampled_from(["C1", "P1"]),
                    "cells": st.dictionaries(
                        st.sampled_from(["task", "min_week", "free", "action", "tier", "from"]),
                        st.sampled_from(["stop", "first", 5, ["P1"], {"id": "other"}, True, None]),
                    ),
                }
            ),
            max_size=3,
        ),
    ),
    st.booleans(),
)
@settings(deadline=None)
def test_a_checked_step_checks_to_itself(raw: dict[str, Any], draft: bool) -> None:  # noqa: FBT001 - drawn
    context = Context(lists=LISTS, today=ROOM.today, draft=draft, facts={"leader:rank.order": "C2"})
    for asked in (RELEASE, SORT, MERGE, STATEMENT, CONSENT):
        values, _ = check_step(asked, raw, context, asked.fields)
        again, _ = check_step(asked, values, context, asked.fields)
        assert again == values
