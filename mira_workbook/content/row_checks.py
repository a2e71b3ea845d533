"""Checks that look at the rows of a table together, or at several numbers of one row."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mira_workbook import text
from mira_workbook.content.answers.base import Context, From, Problem
from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.answers.conditions import matches
from mira_workbook.content.check_args import (
    AtMostEach,
    CountPicked,
    FillWhen,
    LevelWhen,
    NoRepeat,
    NotAll,
    NotMany,
    RequireWhen,
    RowsAtLeast,
    SomethingPays,
    SumNotAbove,
)
from mira_workbook.content.spots import Spot, Values, find, is_number, same, spell, spots, told, whole


def require_when(values: Values, context: Context, args: RequireWhen) -> list[Problem]:
    """An answer is needed where a condition holds."""
    return [
        told(args, "require_when", spot)
        for spot in spots(args.on, values, context)
        if spot.value in (None, "", []) and matches(args.when, spot.around, spot.item)
    ]


def fill_when(_values: Values, _context: Context, args: FillWhen) -> list[Problem]:  # noqa: ARG001 - it only fills
    """Where a condition holds, a blank is filled in; there is nothing to say."""
    return []


def fill_blank(values: Values, context: Context, args: FillWhen) -> dict[str, Any]:
    """Fill the blanks of `fill_when`; what was chosen stays."""
    filled = dict(values)
    for spot in spots(args.on, values, context):
        if spot.value is None and spot.around and matches(args.when, spot.around, spot.item):
            filled[spot.field] = with_cell(filled[spot.field], spot, args.put) if spot.column else args.put
    return filled


def with_cell(rows: Any, spot: Spot, value: Any) -> list[dict[str, Any]]:
    """The rows with one cell set."""
    return [
        {**row, "cells": {**row["cells"], spot.column: value}} if row["row_id"] == spot.row else row for row in rows
    ]


def count_picked(values: Values, context: Context, args: CountPicked) -> list[Problem]:
    """As many rows as asked for have a value."""
    n = sum(same(spot.value, args.value) for spot in spots(args.on, values, context))
    if args.low <= n <= args.high:
        return []
    return [told(args, "E07", whole(args.on), "E07", n=n, min=args.low, max=args.high)]


def at_most_each(values: Values, context: Context, args: AtMostEach) -> list[Problem]:
    """No value of a column stands in more rows than it may: told at the first row too many."""
    seen: Counter[str] = Counter()
    problems = []
    for spot in spots(args.on, values, context):
        value = pick_id(spot.value)
        seen[value] += bool(value)
        if seen[value] == args.most + 1:
            problems.append(told(args, "at_most_each", spot, n=args.most, value=value))
    return problems


def not_many(values: Values, context: Context, args: NotMany) -> list[Problem]:
    """A value stands in no more rows than it may."""
    n = sum(same(spot.value, args.value) for spot in spots(args.on, values, context))
    return [told(args, "not_many", whole(args.on), n=n)] if n > args.most else []


def rows_at_least(values: Values, _context: Context, args: RowsAtLeast) -> list[Problem]:
    """A table has enough rows."""
    enough = len(values.get(args.on) or ()) >= args.n
    return [] if enough else [told(args, "rows_at_least", whole(args.on), n=args.n)]


def no_repeat(values: Values, context: Context, args: NoRepeat) -> list[Problem]:
    """No row says what an earlier one says."""
    first: dict[str, int] = {}
    problems = []
    for place, spot in enumerate(spots(args.on, values, context), 1):
        words = text.fold(str(spot.value or ""))
        earlier = first.setdefault(words, place) if words else place
        if earlier != place:
            problems.append(told(args, "no_repeat", spot, i=place, j=earlier))
    return problems


def not_all(values: Values, context: Context, args: NotAll) -> list[Problem]:
    """Not every row has a value; where nobody wrote a row another check says so."""
    found = list(spots(args.on, values, context))
    if not found or not all(same(spot.value, args.value) for spot in found):
        return []
    return [told(args, "not_all", found[0])]


def sum_not_above(values: Values, context: Context, args: SumNotAbove) -> list[Problem]:
    """The numbers of a column add up to no more than a limit."""
    limit = context.limits.get(args.than.source) if isinstance(args.than, From) else args.than
    total = sum(spot.value for spot in spots(args.on, values, context) if is_number(spot.value))
    if limit is None or total <= limit:
        return []
    return [told(args, "sum_not_above", whole(args.on), sum=spell(round(total, 2)), than=spell(limit))]


def level_when(values: Values, context: Context, args: LevelWhen) -> list[Problem]:
    """Where a condition holds, at least one number lies above its base, or differs from it; told at the first."""
    problems = []
    # A session may leave columns out; what it does not ask neither moves nor shows a sentence.
    here = [(place, base) for place, base in zip(args.on, args.base, strict=True) if place in context.labels]
    for places in zip(*(spots(place, values, context) for place, _ in here), strict=True):
        spot = places[0]
        if not matches(args.when, spot.around, spot.item) or (args.unless and spot.around.get(args.unless)):
            continue
        bases = [find(base, spot, values, context) for _, base in here]
        pairs = [(p.value, base) for p, base in zip(places, bases, strict=True) if is_number(p.value)]
        if not any(_moves(value, base, args.way) for value, base in pairs):
            problems.append(told(args, "level_when", spot))
    return problems


def _moves(value: float, base: Any, way: str) -> bool:
    before = base if is_number(base) else 0
    return value > before if way == "above" else value != before


def something_pays(values: Values, context: Context, args: SomethingPays) -> list[Problem]:
    """Where some row grows, another one pays for it."""
    decided = {pick_id(spot.value) for spot in spots(args.on, values, context)}
    if args.grow not in decided or decided & {*args.pays}:
        return []
    return [told(args, "something_pays", whole(args.on))]


ROW_CHECKS: Mapping[str, Callable[[Values, Context, Any], list[Problem]]] = MappingProxyType(
    {
        "require_when": require_when,
        "fill_when": fill_when,
        "count_picked": count_picked,
        "at_most_each": at_most_each,
        "not_many": not_many,
        "rows_at_least": rows_at_least,
        "no_repeat": no_repeat,
        "not_all": not_all,
        "sum_not_above": sum_not_above,
        "level_when": level_when,
        "something_pays": something_pays,
    }
)
"""Name of a check to its function."""

FILLS: Mapping[str, Callable[[Values, Context, Any], dict[str, Any]]] = MappingProxyType({"fill_when": fill_blank})
"""Name of a check to what it fills in before the checks run."""
