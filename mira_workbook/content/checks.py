"""The checks a step may use: each takes the step's values, the context and its arguments, and names what it finds.

Values are checked ones by field key; an answer that is missing or unreadable is some other check's business.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from mira_workbook import text
from mira_workbook.content.answers.base import Context, Problem, options_of, sentence
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.answers.conditions import matches
from mira_workbook.content.check_args import (
    AllPlaced,
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
from mira_workbook.content.row_checks import FILLS as ROW_FILLS
from mira_workbook.content.row_checks import ROW_CHECKS, with_cell
from mira_workbook.content.spots import Spot, Values, find, is_number, same, spell, spots, told, whole

Check = Callable[[Values, Context, Any], list[Problem]]
"""`(values, context, arguments) -> problems`; the arguments are the check's own model."""
FULL_POST_MIN = 2325
"""Minutes a week of a full post where the team has not said its own."""
_PERCENT = "percent"
_FULL = 100


def not_above(values: Values, context: Context, args: NotAbove) -> list[Problem]:
    """A number is at most another."""
    found = [(spot, find(args.than, spot, values, context)) for spot in spots(args.on, values, context)]
    return [
        told(args, "not_above", spot, value=spell(spot.value), than=spell(than))
        for spot, than in found
        if is_number(spot.value) and is_number(than) and spot.value > than
    ]


def equal_when(values: Values, context: Context, args: EqualWhen) -> list[Problem]:
    """Where a condition holds, a number equals another; a blank is not judged."""
    found = [(spot, find(args.to, spot, values, context)) for spot in spots(args.on, values, context)]
    return [
        told(args, "equal_when", spot, value=spell(spot.value), to=spell(to))
        for spot, to in found
        if matches(args.when, spot.around, spot.item) and None not in (spot.value, to) and spot.value != to
    ]


def fill_equal(values: Values, context: Context, args: EqualWhen) -> dict[str, Any]:
    """Fill the blanks that `equal_when` knows the answer to; what was typed stays."""
    filled = dict(values)
    for spot in spots(args.on, values, context) if args.fill else ():
        to = find(args.to, spot, values, context)
        if spot.value is not None or to is None or not matches(args.when, spot.around, spot.item):
            continue
        whole = int(to) if isinstance(to, float) and to.is_integer() else to
        filled[spot.field] = with_cell(filled[spot.field], spot, whole) if spot.column else whole
    return filled


def flag_when(values: Values, context: Context, args: FlagWhen) -> list[Problem]:
    """A condition that deserves a word."""
    return [told(args, "flag_when", spot, **_facts(spot, context)) for spot in _flagged(values, context, args)]


def forbid_when(values: Values, context: Context, args: FlagWhen) -> list[Problem]:
    """A condition that cannot stay."""
    return [told(args, "forbid_when", spot, **_facts(spot, context)) for spot in _flagged(values, context, args)]


def _flagged(values: Values, context: Context, args: FlagWhen) -> list[Spot]:
    found = [spot for spot in spots(args.on, values, context) if matches(args.when, spot.around, spot.item)]
    found = [spot for spot in found if all(_exceeds(spot.around.get(key), low) for key, low in args.above.items())]
    return [
        spot
        for spot in found
        if all(_exceeds(find(than, spot, values, context), spot.around.get(key)) for key, than in args.below.items())
    ]


def _exceeds(value: Any, low: Any) -> bool:
    return is_number(value) and is_number(low) and bool(value > low)


def _facts(spot: Spot, context: Context) -> dict[str, str]:
    return {"value": spell(spot.value), "contract_min": spell(context.limits.get("contract_min", FULL_POST_MIN))}


def exactly_one(values: Values, context: Context, args: ExactlyOne) -> list[Problem]:
    """One row, no more and no less, has a value."""
    n = sum(same(spot.value, args.value) for spot in spots(args.on, values, context))
    return [] if n == 1 else [told(args, "E06", whole(args.on), "E06", n=n)]


def some_when(values: Values, context: Context, args: SomeWhen) -> list[Problem]:
    """At least one row has a value, once there are enough rows."""
    found = list(spots(args.on, values, context))
    if len(found) < args.rows or any(pick_id(spot.value) == args.value for spot in found):
        return []
    return [told(args, "some_when", whole(args.on), n=len(found))]


def all_placed(values: Values, context: Context, args: AllPlaced) -> list[Problem]:
    """Every option of a list is merged into some row or set aside."""
    placed = {
        pick_id(pick)
        for place in (args.merged, args.aside)
        for spot in spots(place, values, context)
        for pick in (spot.value if isinstance(spot.value, list) else [spot.value])
    }
    left = [option.label for option in options_of(args.of, (), context.lists) if option.id not in placed]
    if not left:
        return []
    labels = text.join_labels(left)
    return [told(args, "all_placed", whole(args.merged), n=len(left), labels=labels)]


def right_side(values: Values, context: Context, args: RightSide) -> list[Problem]:
    """A target lies on the side of the baseline that the direction says; without a direction it is not the same."""
    spot = next(spots(args.target, values, context), None)
    baseline, way = values.get(args.baseline), pick_id(values.get(args.direction))
    if spot is None or not is_number(spot.value) or not is_number(baseline):
        return []
    if spot.value != baseline and (way not in {"up", "down"} or (spot.value > baseline) == (way == "up")):
        return []
    if way not in {"up", "down"}:  # the step's sentence speaks of a direction
        args = args.model_copy(update={"say": ""})
    slots = {"baseline": spell(baseline), "target": spell(spot.value), "direction": way}
    default = f"check_right_side_{way if way in {'up', 'down'} else 'same'}"
    return [told(args, "right_side", spot, default, side="below" if way == "down" else "above", **slots)]


def percent_range(values: Values, context: Context, args: PercentRange) -> list[Problem]:
    """Percentages lie between 0 and 100."""
    if not pick_id(values.get(args.unit)).startswith(_PERCENT):
        return []
    found = [spot for place in args.values for spot in spots(place, values, context)]
    return [
        told(args, "percent_range", spot, "check_percent_range", value=spell(spot.value))
        for spot in found
        if is_number(spot.value) and not 0 <= spot.value <= _FULL
    ]


def reason_unless_leader(values: Values, context: Context, args: ReasonUnlessLeader) -> list[Problem]:
    """A choice that the points do not lead with needs a reason; with a tie, any of the leaders needs none."""
    known = context.facts.get(f"leader:{args.order}")
    leaders = [known] if isinstance(known, str) and known else list(known or ())
    chosen = pick_id(values.get(args.chosen))
    spot = next(spots(args.reason, values, context))
    if not leaders or not chosen or chosen in leaders or spot.value:
        return []
    labels = {option.id: option.label for options in context.lists.values() for option in options}
    leader = text.join_words([labels.get(one, one) for one in leaders])
    return [told(args, "reason_unless_leader", spot, leader=leader, chosen=labels.get(chosen, chosen))]


def later_than(values: Values, context: Context, args: LaterThan) -> list[Problem]:
    """A day lies after another; ISO days compare as text."""
    problems = []
    for spot in spots(args.on, values, context):
        start = find(args.than, spot, values, context)
        if not isinstance(spot.value, str) or not isinstance(start, str) or spot.value > start:
            continue
        problems.append(told(args, "E12", spot, "E12", **_labels(args, spot, context), start=_say_day(start)))
    return problems


def _labels(args: LaterThan, spot: Spot, context: Context) -> dict[str, str]:
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
    for spot in spots(args.on, values, context):
        value, than = (find(what, spot, values, context) for what in (args.rating, args.than))
        if spot.value in (None, "", []) and is_number(value) and is_number(than) and value < than:
            slots = {"value": spell(value), "than": spell(than)}
            problems.append(told(args, "require_when_below", spot, "E01", **slots))
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
        **ROW_CHECKS,
    }
)
"""Name of a check to its function."""

FILLS: Mapping[str, Callable[[Values, Context, Any], dict[str, Any]]] = MappingProxyType(
    {"equal_when": fill_equal, **ROW_FILLS}
)
"""Name of a check to what it fills in before the checks run."""
