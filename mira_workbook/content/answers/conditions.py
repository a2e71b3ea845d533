"""Conditions as data: flat equality tables on the answers of one step or the cells of one row."""

from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.content.answers.base import Asked, Flat

_ITEM = "item."


def matches(condition: Flat, values: Mapping[str, Any], item: Mapping[str, Any] | None = None) -> bool:
    """Whether every key equals its value, or one of a list of values; a blank equals only `false`.

    Keys that name another step's answer are not looked at here: `tailoring` has settled them for the session.

    Args:
        condition: the equality table.
        values: answers by field, or cells by column.
        item: what is known of the row's item, for keys such as `item.mandate`.
    """
    told = ((expected, _look_up(key, values, item or {})) for key, expected in condition.items() if not is_outer(key))
    return all(_holds(expected, value) for expected, value in told)


def is_outer(key: str) -> bool:
    """Whether a condition's key names an answer of another step, `step.field`."""
    return "." in key and not key.startswith(_ITEM)


def _look_up(key: str, values: Mapping[str, Any], item: Mapping[str, Any]) -> Any:
    return item.get(key.removeprefix(_ITEM)) if key.startswith(_ITEM) else values.get(key)


def _holds(expected: Any, value: Any) -> bool:
    if isinstance(expected, list | tuple):
        return any(_holds(one, value) for one in expected)
    if isinstance(value, list):
        return any(_holds(expected, one) for one in value)
    if isinstance(value, Mapping):
        return bool(expected == ("dk" if value.get("dk") is True else value.get("id")))
    if value is None:
        return expected is False  # a box nobody ticked
    # True equals 1 in Python, not in a workbook.
    return isinstance(expected, bool) == isinstance(value, bool) and bool(expected == value)


def shown(asked: Sequence[Asked], values: Mapping[str, Any], item: Mapping[str, Any] | None = None) -> frozenset[str]:
    """Keys of what is shown, given the values; something hidden counts as blank for what depends on it.

    Args:
        asked: fields of a step or columns of a table.
        values: their checked values.
        item: what is known of the row's item.
    """
    keys = frozenset(one.key for one in asked)
    # Each turn carries what is hidden one condition further; conditions in a ring come to an end all the same.
    for _ in asked:
        seen = {key: value for key, value in values.items() if key in keys or all(one.key != key for one in asked)}
        now = frozenset(one.key for one in asked if not one.show_when or matches(one.show_when, seen, item))
        if now == keys:
            break
        keys = now
    return keys


def demanded(asked: Asked, values: Mapping[str, Any], item: Mapping[str, Any] | None = None) -> bool:
    """Whether an answer is required here: always, or because of another one."""
    return asked.required or bool(asked.require_when and matches(asked.require_when, values, item))
