"""The checks a step may use: each takes the step's values, the context and its arguments, and names what it finds.

Values are checked ones by field key; an answer that is missing or unreadable is some other check's business.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from mira_workbook import text
from mira_workbook.content.answers.base import Context, Problem, options_of, sentence
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.answers.conditions import matches
from mira_workbook.content.check_args import (
    AllPlaced,
    CheckArgs,
    Compared,
    EqualWhen,
    ExactlyOne,
    FlagWhen,
    LaterThan,
    NotAbove,
    PercentRange,
    ReasonUnlessLeader,
    RequireWhenBelow,
    RightSide,
    SomeWhen,
)

Values = Mapping[str, Any]
Check = Callable[[Values, Context, Any], list[Problem]]
"""`(values, context, arguments) -> problems`; the arguments are the check's own model."""
_PERCENT = "percent"
_FULL = 100


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place an answer stands in: a field, or a column of one row, with its neighbours and its item."""

    field: str
    row: str
    column: str
    around: Values
    item: Values

    @property
    def value(self) -> Any:
        return self.around.get(self.column or self.field)


def _spots(place: str, values: Values, context: Context) -> Iterator[_Spot]:
    key, _, column = place.partition(".")
    if not column:
        yield _Spot(key, "", "", values, {})
        return
    for row in values.get(key) or ():
        yield _Spot(key, row["row_id"], column, row["cells"], context.items.get(row["row_id"], {}))


def _find(what: Compared, spot: _Spot, values: Values, context: Context) -> Any:
    """What a spot is compared with: a number, its item's fact, its row's cell, the step's field, another step's."""
    if not isinstance(what, str):
        return what
    if what.startswith("item."):
        return spot.item.get(what.removeprefix("item."))
    if spot.column:
        column = what.removeprefix(f"{spot.field}.")
        if column in spot.around:
            return spot.around[column]
    return values.get(what, context.facts.get(what))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _spell(value: Any) -> str:
    return text.say_number(value) if _is_number(value) else "" if value is None else str(value)


def _told(args: CheckArgs, code: str, spot: _Spot, default: str = "", **slots: object) -> Problem:
    """A problem with the step's own sentence, or with the catalogue's."""
    words = args.say.format(**slots) if args.say else sentence(default or f"check_{code}", **slots)
    level = "care" if args.level == "warn" else "stop"
    return Problem(spot.field, code, words, level, spot.row, spot.column)  # type: ignore[arg-type]


def not_above(values: Values, context: Context, args: NotAbove) -> list[Problem]:
    """A number is at most another."""
    found = [(spot, _find(args.than, spot, values, context)) for spot in _spots(args.on, values, context)]
    return [
        _told(args, "not_above", spot, value=_spell(spot.value), than=_spell(than))
        for spot, than in found
        if _is_number(spot.value) and _is_number(than) and spot.value > than
    ]


def equal_when(values: Values, context: Context, args: EqualWhen) -> list[Problem]:
    """Where a condition holds, a number equals another; a blank is not judged."""
    found = [(spot, _find(args.to, spot, values, context)) for spot in _spots(args.on, values, context)]
    return [
        _told(args, "equal_when", spot, value=_spell(spot.value), to=_spell(to))
        for spot, to in found
        if matches(args.when, spot.around, spot.item) and None not in (spot.value, to) and spot.value != to
    ]


def fill_equal(values: Values, context: Context, args: EqualWhen) -> dict[str, Any]:
    """Fill the blanks that `equal_when` knows the answer to; what was typed stays."""
    filled = dict(values)
    for spot in _spots(args.on, values, context) if args.fill else ():
        to = _find(args.to, spot, values, context)
        if spot.value is not None or to is None or not matches(args.when, spot.around, spot.item):
            continue
        whole = int(to) if isinstance(to, float) and to.is_integer() else to
        filled[spot.field] = _with_cell(filled[spot.field], spot, whole) if spot.column else whole
    return filled


def _with_cell(rows: Any, spot: _Spot, value: Any) -> list[dict[str, Any]]:
    return [
        {**row, "cells": {**row["cells"], spot.column: value}} if row["row_id"] == spot.row else row for row in rows
    ]


def flag_when(values: Values, context: Context, args: FlagWhen) -> list[Problem]:
    """A condition that deserves a word."""
    return [_told(args, "flag_when", spot) for spot in _flagged(values, context, args)]


def forbid_when(values: Values, context: Context, args: FlagWhen) -> list[Problem]:
    """A condition that cannot stay."""
    return [_told(args, "forbid_when", spot) for spot in _flagged(values, context, args)]


def _flagged(values: Values, context: Context, args: FlagWhen) -> list[_Spot]:
    return [spot for spot in _spots(args.on, values, context) if matches(args.when, spot.around, spot.item)]


def exactly_one(values: Values, context: Context, args: ExactlyOne) -> list[Problem]:
    """One row, no more and no less, has a value."""
    n = sum(pick_id(spot.value) == args.value for spot in _spots(args.on, values, context))
    return [] if n == 1 else [_told(args, "E06", _whole(args.on), "E06", n=n)]


def some_when(values: Values, context: Context, args: SomeWhen) -> list[Problem]:
    """At least one row has a value, once there are enough rows."""
    spots = list(_spots(args.on, values, context))
    if len(spots) < args.rows or any(pick_id(spot.value) == args.value for spot in spots):
        return []
    return [_told(args, "some_when", _whole(args.on), n=len(spots))]


def _whole(place: str) -> _Spot:
    """The field as a whole, for what no single row can mend."""
    return _Spot(place.partition(".")[0], "", "", {}, {})


def all_placed(values: Values, context: Context, args: AllPlaced) -> list[Problem]:
    """Every option of a list is merged into some row or set aside."""
    placed = {
        pick_id(pick)
        for place in (args.merged, args.aside)
        for spot in _spots(place, values, context)
        for pick in (spot.value if isinstance(spot.value, list) else [spot.value])
    }
    left = [option.label for option in options_of(args.of, (), context.lists) if option.id not in placed]
    if not left:
        return []
    labels = text.join_labels(left)
    return [_told(args, "all_placed", _whole(args.merged), n=len(left), labels=labels)]


def right_side(values: Values, context: Context, args: RightSide) -> list[Problem]:
    """A target lies on the side of the baseline that the direction says; without a direction it is not the same."""
    spot = next(_spots(args.target, values, context), None)
    baseline, way = values.get(args.baseline), pick_id(values.get(args.direction))
    if spot is None or not _is_number(spot.value) or not _is_number(baseline):
        return []
    if spot.value != baseline and (way not in {"up", "down"} or (spot.value > baseline) == (way == "up")):
        return []
    if way not in {"up", "down"}:  # the step's sentence speaks of a direction
        args = args.model_copy(update={"say": ""})
    slots = {"baseline": _spell(baseline), "target": _spell(spot.value), "direction": way}
    default = f"check_right_side_{way if way in {'up', 'down'} else 'same'}"
    return [_told(args, "right_side", spot, default, side="below" if way == "down" else "above", **slots)]


def percent_range(values: Values, context: Context, args: PercentRange) -> list[Problem]:
    """Percentages lie between 0 and 100."""
    if not pick_id(values.get(args.unit)).startswith(_PERCENT):
        return []
    spots = [spot for place in args.values for spot in _spots(place, values, context)]
    return [
        _told(args, "percent_range", spot, "check_percent_range", value=_spell(spot.value))
        for spot in spots
        if _is_number(spot.value) and not 0 <= spot.value <= _FULL
    ]


def reason_unless_leader(values: Values, context: Context, args: ReasonUnlessLeader) -> list[Problem]:
    """A choice that the points do not lead with needs a reason; with a tie, any of the leaders needs none."""
    known = context.facts.get(f"leader:{args.order}")
    leaders = [known] if isinstance(known, str) and known else list(known or ())
    chosen = pick_id(values.get(args.chosen))
    spot = next(_spots(args.reason, values, context))
    if not leaders or not chosen or chosen in leaders or spot.value:
        return []
    labels = {option.id: option.label for options in context.lists.values() for option in options}
    leader = text.join_words([labels.get(one, one) for one in leaders])
    return [_told(args, "reason_unless_leader", spot, leader=leader, chosen=labels.get(chosen, chosen))]


def later_than(values: Values, context: Context, args: LaterThan) -> list[Problem]:
    """A day lies after another; ISO days compare as text."""
    problems = []
    for spot in _spots(args.on, values, context):
        start = _find(args.than, spot, values, context)
        if not isinstance(spot.value, str) or not isinstance(start, str) or spot.value > start:
            continue
        problems.append(_told(args, "E12", spot, "E12", **_labels(args, spot, context), start=_say_day(start)))
    return problems


def _labels(args: LaterThan, spot: _Spot, context: Context) -> dict[str, str]:
    full = f"{spot.field}.{args.than}" if spot.column and "." not in args.than else args.than
    start = context.labels.get(full) or context.labels.get(args.than) or sentence("check_other_day")
    return {
        "end_label": context.labels.get(args.on, args.on).rstrip("?:…"),
        "start_label": text.inside_sentence(start),
    }


def _say_day(iso: str) -> str:
    try:
        return text.say_date(date.fromisoformat(iso))
    except ValueError:
        return iso


def require_when_below(values: Values, context: Context, args: RequireWhenBelow) -> list[Problem]:
    """An answer is needed where a number lies below another."""
    problems = []
    for spot in _spots(args.on, values, context):
        value, than = (_find(what, spot, values, context) for what in (args.rating, args.than))
        if spot.value in (None, "", []) and _is_number(value) and _is_number(than) and value < than:
            slots = {"value": _spell(value), "than": _spell(than)}
            problems.append(_told(args, "require_when_below", spot, "E01", **slots))
    return problems


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "not_above": not_above,
        "equal_when": equal_when,
        "flag_when": flag_when,
        "forbid_when": forbid_when,
        "exactly_one": exactly_one,
        "some_when": some_when,
        "all_placed": all_placed,
        "right_side": right_side,
        "percent_range": percent_range,
        "reason_unless_leader": reason_unless_leader,
        "later_than": later_than,
        "require_when_below": require_when_below,
    }
)
"""Name of a check to its function."""

FILLS: Mapping[str, Callable[[Values, Context, Any], dict[str, Any]]] = MappingProxyType({"equal_when": fill_equal})
"""Name of a check to what it fills in before the checks run."""
