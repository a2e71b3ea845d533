"""A field's definition spelled as the control that draws it: plain JSON, nothing but what this person may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mira_workbook.content.answers.base import Asked, Context, From, Option
from mira_workbook.content.answers.choices import Many, One, Rate, Yes
from mira_workbook.content.answers.numbers import Alloc, Date, Num, day_of
from mira_workbook.content.answers.rank import Rank
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.answers.words import Long, Text
from mira_workbook.content.lists import SHARED

Doc = dict[str, Any]
STACK_UP_TO = 6
SHORT_LABEL = 9
ROW_UP_TO = 3
OWN_WAYS = frozenset({"merge", "boxes", "one_by_one"})
"""Tables that are asked in a way of their own."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a control starts with: its value, where that came from, and whether this person may change it.

    `suggestions` are rows that a table offers, `bulk` rows that it fills all at once; `numbers` are ids under which the
    page sent new rows, to those that they have by now; `refused` are cells that cannot stay, as `{row, column, text}`.
    """

    value: Any = None
    prefilled: str = ""
    locked: bool = False
    attribution: str = ""
    taken: Mapping[str, Doc] = field(default_factory=dict)
    pen_rows: bool = False
    start_order: Sequence[str] = ()
    version: int | None = None
    suggestions: Sequence[Doc] = ()
    bulk: Doc | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    refused: Sequence[Doc] = ()


def control(asked: Any, context: Context, held: Held) -> Doc:
    """Spell one field of a step."""
    doc = _common(asked) | {
        "value": held.value,
        "locked": held.locked,
        "prefilled": held.prefilled,
        "attribution": {"text": held.attribution} if held.attribution else None,
        "error": "",
    }
    if held.version is not None:
        doc["version"] = held.version
    if isinstance(asked, TableField):
        return doc | _table(asked, context, held)
    if isinstance(asked, Rank):
        return doc | {"control": "order", "options": _in_order(_options(asked, context), held.start_order)}
    return doc | _plain(asked, context)


def _common(asked: Asked) -> Doc:
    # What a page cannot look up, such as an item's own cells, is left to the check.
    when = asked.require_when if all("." not in key for key in asked.require_when or ()) else None
    return ({"require_when": dict(when)} if when else {}) | {
        "field": asked.key,
        "label": asked.label,
        "hint": asked.help,
        "required": asked.required,
        "unit": asked.unit,
        "show_when": dict(asked.show_when) if asked.show_when else None,
        "special": asked.control,
    }


def _options(asked: Any, context: Context) -> list[Doc]:
    options = asked.options or context.lists.get(asked.list or "", SHARED.get(asked.list or "", ()))
    return [_option(o) for o in options]


def _option(option: Option) -> Doc:
    return {"id": option.id, "label": option.label, "help": option.help}


def _in_order(options: list[Doc], start: Sequence[str]) -> list[Doc]:
    place = {key: i for i, key in enumerate(start)}
    return sorted(options, key=lambda o: place.get(o["id"], len(place)))


def _limit(limit: float | From, context: Context) -> float | None:
    return context.limits.get(limit.source) if isinstance(limit, From) else limit


def _day(limit: str | None, context: Context) -> str | None:
    """The ISO day of a limit, as a date picker takes it."""
    return day_of(limit, context.today).isoformat() if limit else None


def _plain(asked: Asked, context: Context) -> Doc:
    """Words, numbers, dates, choices and shares: whatever may also be a column."""
    if isinstance(asked, Text | Long):
        return _words(asked)
    if isinstance(asked, Num):
        numbers = {"low": _limit(asked.low, context), "high": _limit(asked.high, context), "step": asked.step}
        return {"control": asked.control or "entry", "kind": "num", **numbers}
    if isinstance(asked, Date):
        days = {"min": _day(asked.earliest, context), "max": _day(asked.latest, context)}
        return {"control": "entry", "kind": "date", **days}
    if isinstance(asked, Alloc):
        return _share(asked, context)
    return _choice(asked, context)


def _words(asked: Text | Long) -> Doc:
    line = asked if isinstance(asked, Text) else None
    return {
        "control": "entry",
        "kind": asked.type,
        "min": asked.min_chars,
        "max": asked.max_chars,
        "max_words": line.max_words if line else None,
        "starters": list(line.starters) if line else [],
    }


def _share(asked: Alloc, context: Context) -> Doc:
    return {
        "control": "share",
        "parts": _options(asked, context),
        "total": _limit(asked.total, context),
        "exact": asked.exact,
        "slack": asked.slack,
    }


def _choice(asked: Asked, context: Context) -> Doc:
    if isinstance(asked, Yes):
        return {"control": "choice", "kind": "yes", "layout": "stack", "options": []}
    if isinstance(asked, Rate):
        return _rate(asked)
    if isinstance(asked, One | Many):
        options = _options(asked, context)
        many = isinstance(asked, Many)
        low, high = (asked.low, asked.high or len(options)) if isinstance(asked, Many) else (0, 1)
        layout = "stack" if many else _layout([str(o["label"]) for o in options], other=asked.other)
        picks = {"kind": asked.type, "layout": layout, "options": options, "other": asked.other}
        return {"control": "choice", **picks, "low": low, "high": high}
    raise TypeError(f"No control draws {type(asked).__name__}.")


def _layout(labels: Sequence[str], *, other: bool = False) -> str:
    """Up to three short words stand in a row, up to six under each other, more in a native list."""
    if len(labels) > STACK_UP_TO:
        return "select"
    short = len(labels) <= ROW_UP_TO and all(len(label) <= SHORT_LABEL for label in labels)
    return "row" if short and not other else "stack"


def _rate(asked: Rate) -> Doc:
    values = range(asked.low, asked.high + 1)
    named = len(asked.ends) == len(values)
    words = dict(zip(values, asked.ends, strict=True)) if named else {}
    options = [{"id": value, "label": words.get(value, str(value)), "help": ""} for value in values]
    layout = "hands" if asked.control == "hands" else _layout(list(asked.ends)) if named else "scale"
    ends = list(asked.ends) if not named else []
    return {"control": "choice", "kind": "rate", "layout": layout, "options": options, "dk": asked.dk, "ends": ends}


def _table(asked: TableField, context: Context, held: Held) -> Doc:
    rows = context.lists.get(asked.rows_from or "", ())
    doc: Doc = {
        "control": "rows",
        "columns": [_common(c) | _plain(c, context) | {"locked": held.locked} for c in asked.columns],
        "fixed": [_option(o) for o in rows] if asked.rows_from else None,
        "min": asked.min_rows,
        "max": asked.max_rows,
        "row_word": asked.row_word,
        "ordered": asked.ordered,
        "taken": dict(held.taken),
        "pen_rows": held.pen_rows,
        "brief": list(asked.brief),
        "import_rows": asked.import_rows and not held.locked,
        "suggestions": list(held.suggestions),
        "bulk": held.bulk,
        "numbers": dict(held.numbers),
        "refused": list(held.refused),
    }
    if asked.control == "first":
        fixed = _in_order([_option(o) for o in rows], held.start_order)
        return doc | {"control": "first", "options": fixed, "tiers": doc["columns"][0]["options"], "first": "priority"}
    return doc | ({"control": asked.control} if asked.control in OWN_WAYS else {})
