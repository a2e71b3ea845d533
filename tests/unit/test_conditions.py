"""Conditions as data: flat equality tables."""

from typing import Any

import pytest

from mira_workbook.content.answers.conditions import matches, shown
from mira_workbook.content.answers.words import Text


def asked(key: str, **show_when: Any) -> Text:
    return Text.model_validate({"type": "text", "key": key, "label": key, "show_when": show_when or None})


@pytest.mark.parametrize(
    ("condition", "values", "holds"),
    [
        ({"a": "stop"}, {"a": "stop"}, True),
        ({"a": ["stop", "shrink"]}, {"a": "shrink"}, True),
        ({"a": "stop"}, {}, False),
        ({"a": "stop", "b": 1}, {"a": "stop", "b": 2}, False),
        ({"a": "other"}, {"a": {"id": "other", "other_text": "x"}}, True),
        ({"a": "dk"}, {"a": {"dk": True}}, True),
        ({"a": "C1"}, {"a": ["C2", "C1"]}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": 0}, {"a": 0.0}, True),
        ({"a": False}, {}, True),
        ({"a": [False]}, {}, True),
        ({"a": True}, {}, False),
        ({"item.mandate": "law"}, {"mandate": "law"}, False),
        ({}, {}, True),
    ],
)
def test_every_key_equals_its_value_or_one_of_several(condition: Any, values: Any, holds: bool) -> None:  # noqa: FBT001 - a table
    assert matches(condition, values) is holds


def test_a_rows_item_is_looked_at_under_its_own_name() -> None:
    assert matches({"item.mandate": "law"}, {}, {"mandate": "law"})


def test_what_depends_on_something_hidden_is_hidden_too() -> None:
    chain = [asked("c", b="x"), asked("b", a="x"), asked("a")]
    assert shown(chain, {"a": "x", "b": "x", "c": "x"}) == {"a", "b", "c"}
    assert shown(chain, {"a": "y", "b": "x", "c": "x"}) == {"a"}


def test_conditions_in_a_ring_come_to_an_end() -> None:
    assert shown([asked("a", b=False), asked("b", a=False)], {"a": "x", "b": "x"}) <= {"a", "b"}
