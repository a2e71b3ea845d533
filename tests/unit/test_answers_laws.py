"""Laws that hold for every answer type, whatever arrives."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from mira_workbook.content.answers import KINDS, AnyField
from mira_workbook.content.answers.base import Asked, Checked, Context, Option

FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)
IDS = ["C1", "C2", "C3", "C4"]
LISTS = {"candidates": [Option(one, f"Candidate {one}") for one in IDS]}
ROOM = Context(lists=LISTS, today=date(2024, 5, 14), names=["Tom Okafor"])
TYPING = Context(lists=LISTS, today=date(2024, 5, 14), draft=True)
COLUMNS: list[dict[str, Any]] = [
    {"key": "words", "type": "text", "label": "Words", "required": True, "min_chars": 3, "max_chars": 20},
    {"key": "number", "type": "num", "label": "Number", "low": 0, "high": 100, "step": 0.5, "required": True},
    {"key": "pick", "type": "one", "label": "Pick", "list": "candidates", "other": True},
    {"key": "picks", "type": "many", "label": "Picks", "list": "candidates", "high": 2, "show_when": {"tick": True}},
    {"key": "rating", "type": "rate", "label": "Rating", "low": 0, "high": 5, "dk": True},
    {"key": "day", "type": "date", "label": "Day", "latest": "today", "require_when": {"rating": [1, 2]}},
    {"key": "tick", "type": "yes", "label": "Tick"},
]
LONG = {"key": "long", "type": "long", "label": "Long", "required": True, "cares": ["W01", "W02", "two_aims"]}
RANK = {"key": "rank", "type": "rank", "label": "Rank", "list": "candidates"}
ALLOC = {"key": "alloc", "type": "alloc", "label": "Alloc", "list": "candidates", "total": 6, "slack": 1}
FREE = {"key": "free", "type": "table", "label": "Free", "columns": COLUMNS, "unique": "words", "min_rows": 1}
FIXED = {
    "key": "fixed",
    "type": "table",
    "label": "Fixed",
    "columns": COLUMNS,
    "rows_from": "candidates",
    "required": True,
}
FIELDS: list[Asked] = [FIELD.validate_python(one) for one in (*COLUMNS, LONG, RANK, ALLOC, FREE, FIXED)]
by_type = pytest.mark.parametrize("field", FIELDS, ids=lambda field: str(field.key))

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=30)
    | st.sampled_from([*IDS, "other", "2024-05-14", "1,250", "\u202e", "\x00", "\ud800", "dk", "1e999"])
)
keys = st.text(max_size=5) | st.sampled_from(
    ["row_id", "cells", "id", "other_text", "dk", *IDS, *(one["key"] for one in COLUMNS)]
)
json = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4))
rows = st.lists(
    st.fixed_dictionaries(
        {"cells": st.dictionaries(st.sampled_from([one["key"] for one in COLUMNS]), json | leaves, max_size=7)},
        optional={"row_id": st.sampled_from([*IDS, "x y"]) | json},
    ),
    max_size=5,
)
anything = json | rows


def test_the_laws_are_tried_on_every_type() -> None:
    assert {type(field) for field in FIELDS} == set(KINDS.values())


@by_type
@given(raw=anything, context=st.sampled_from([ROOM, TYPING]))
@settings(max_examples=60, deadline=None)
def test_nothing_that_arrives_raises_and_what_comes_out_can_be_shown(field: Asked, raw: Any, context: Context) -> None:
    checked = field.check(raw, context)
    shown = field.show(checked.value, context.lists)
    assert isinstance(checked, Checked)
    assert "\n" not in shown
    assert all(p.field == field.key and p.text for p in checked.problems)


@by_type
@given(raw=anything, context=st.sampled_from([ROOM, TYPING]))
@settings(max_examples=60, deadline=None)
def test_a_checked_value_checks_to_itself(field: Asked, raw: Any, context: Context) -> None:
    once = field.check(raw, context)
    again = field.check(once.value, context)
    assert again.value == once.value
    assert type(again.value) is type(once.value)
    if not once.stops:
        assert again.problems == once.problems


@given(st.lists(st.sampled_from([*IDS, "C9"]), max_size=6))
def test_an_order_that_is_taken_is_a_permutation(raw: list[str]) -> None:
    checked = FIELD.validate_python(RANK).check(raw, ROOM)
    if checked.value is not None and not checked.stops:
        assert sorted(checked.value) == IDS


@given(st.permutations(IDS))
def test_every_permutation_is_taken_as_it_is(order: list[str]) -> None:
    assert FIELD.validate_python(RANK).check(order, ROOM) == Checked(order)


@given(st.dictionaries(st.sampled_from(IDS), st.integers(-1, 7) | st.sampled_from(["2", "1,0", 1.5])))
def test_shares_that_are_taken_add_up_within_the_slack(raw: dict[str, Any]) -> None:
    checked = FIELD.validate_python(ALLOC).check(raw, ROOM)
    if checked.value is not None and not checked.stops:
        assert list(checked.value) == IDS
        assert all(type(part) is int and part >= 0 for part in checked.value.values())
        assert 5 <= sum(checked.value.values()) <= 7


@given(st.integers(0, 200))
def test_a_number_that_is_taken_lies_on_its_grid(half: int) -> None:
    checked = FIELD.validate_python(COLUMNS[1]).check(str(half / 2), ROOM)
    assert checked == Checked(half / 2)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: str(field.key))
def test_deep_nesting_is_no_trouble(field: Asked) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for raw in (deep, {"C1": deep}, [{"cells": {"words": deep, "picks": deep, "pick": {"id": deep}}}]):
        assert field.check(raw, ROOM).stops
    while deep:  # taken apart by hand, so that letting go of it does not go deep either
        deep = deep[0]
