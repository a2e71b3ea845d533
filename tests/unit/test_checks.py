"""A step checked as a whole: its fields, their conditions, and its checks by name."""

import inspect
import typing
from typing import Any

import pytest
from checked_steps import CONSENT, LISTS, MERGE, RELEASE, ROOM, SORT, STATEMENT, row, run, told
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mira_workbook.content.answers.base import Context, Problem
from mira_workbook.content.check_args import CHECK_ARGS, CheckArgs
from mira_workbook.content.checking import check_step
from mira_workbook.content.checks import CHECKS, FILLS


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


def test_every_idea_is_merged_or_set_aside() -> None:
    merged = [row("C1", label="Reading", **{"from": ["P1", "P2"]})]
    assert run(MERGE, candidates=merged, aside=[row("S1", proposal="P3")])[1] == ()
    one_left = "One idea is not placed yet: Late buses. Merge it, keep it, or say why it is set aside."
    assert told(run(MERGE, candidates=merged)[1]) == [("all_placed", "candidates", "", "", one_left)]
    two_left = "3 ideas are not placed yet: Early reading, Late news, Late buses. Merge them, keep them, or say why they are set aside."  # noqa: E501
    assert [p.text for p in run(MERGE)[1]] == [two_left]


def test_a_check_waits_until_its_field_is_asked() -> None:
    assert check_step(MERGE, {"mine": [row("A", label="Buses")]}, ROOM, MERGE.fields[:1])[1] == ()


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
