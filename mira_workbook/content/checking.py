"""The whole of a step checked: its fields, what they mean for each other, then the step's own checks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mira_workbook.content.answers.base import Asked, Checked, Context, Flat, Problem, Use
from mira_workbook.content.answers.conditions import demanded, matches, shown
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.check_args import CHECK_ARGS, CheckArgs, EqualWhen, FillWhen
from mira_workbook.content.checks import CHECKS, FILLS
from mira_workbook.content.definition import Step


def check_step(
    step: Step, values: Mapping[str, Any], context: Context, fields: Sequence[Asked]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Check some fields of a step, and what the step says of them.

    Args:
        step: where the fields stand.
        values: raw values by field key; those of the step's other fields only count for conditions and comparisons.
        context: what to check against; a draft is only brought into shape, the step's checks wait for the submit.
        fields: the fields that are answered now, such as `step.asks("individual")`.

    Returns:
        The canonical values of these fields (blank and hidden ones left out), and every problem found: first of the
        fields in their order, then of the checks. A check does not speak where a field already stops.
    """
    uses = _uses(step, fields)
    context = replace(context, labels=_labels(step), fills=_fills(uses))
    keys = {asked.key for asked in fields}
    checked = {asked.key: asked.check(values.get(asked.key), context) for asked in fields}
    others = [asked for asked in step.fields if asked.key not in keys and asked.key in values]
    aside = {asked.key: asked.check(values[asked.key], replace(context, draft=True)) for asked in others}
    answers = {key: one.value for key, one in (aside | checked).items() if one.value is not None}
    seen = shown(step.fields, answers)
    answers = {key: value for key, value in answers.items() if key in seen}
    problems = [p for asked in fields if asked.key in seen for p in _of_field(asked, checked, answers, context)]
    if not context.draft:
        answers = _fill(uses, answers, context)
        problems += _of_step(uses, answers, context, problems)
    return {key: value for key, value in answers.items() if key in keys}, tuple(problems)


def _uses(step: Step, fields: Sequence[Asked]) -> list[tuple[Use, CheckArgs]]:
    """The step's checks that judge one of these fields, without those of columns that are not asked here."""
    keys, known = {asked.key for asked in fields}, _labels(step)
    read = [(use, CHECK_ARGS[use.use].model_validate(use.arguments)) for use in step.checks]
    return [(use, args) for use, args in read if args.field in keys and any(place in known for place in args.places)]


def _labels(step: Step) -> dict[str, str]:
    labels = {asked.key: asked.label for asked in step.fields}
    tables = [asked for asked in step.fields if isinstance(asked, TableField)]
    return labels | {f"{table.key}.{column.key}": column.label for table in tables for column in table.columns}


def _fills(uses: Sequence[tuple[Use, CheckArgs]]) -> dict[str, list[Flat]]:
    fills: dict[str, list[Flat]] = {}
    for _, args in uses:
        if isinstance(args, FillWhen) or (isinstance(args, EqualWhen) and args.fill):
            fills.setdefault(args.on, []).append(args.when)
    return fills


def _of_field(asked: Asked, checked: Mapping[str, Checked], answers: Mapping[str, Any], context: Context) -> Any:
    """A field's problems; blank is one where another answer asks for it, and none where a check will fill it."""
    found = checked[asked.key].problems
    if asked.key in answers or context.draft:
        return found
    if any(matches(when, answers) for when in context.fills.get(asked.key, ())):
        return ()
    return (asked.problem("E01"),) if not found and demanded(asked, answers) and not asked.required else found


def _fill(uses: Sequence[tuple[Use, CheckArgs]], answers: Mapping[str, Any], context: Context) -> dict[str, Any]:
    filled = dict(answers)
    for use, args in uses:
        if use.use in FILLS:
            filled = FILLS[use.use](filled, context, args)
    return filled


def _of_step(
    uses: Sequence[tuple[Use, CheckArgs]], answers: Mapping[str, Any], context: Context, known: Sequence[Problem]
) -> list[Problem]:
    """What the step's checks find; each further use of a check has a code of its own, so that each is passed alone."""
    stopped = {(p.field, p.row, p.column) for p in known if p.level == "stop"}
    fields = {field for field, _, _ in stopped}
    times: dict[str, int] = {}
    problems = []
    for use, args in uses:
        times[use.use] = times.get(use.use, 0) + 1
        for problem in CHECKS[use.use](answers, context, args):
            if (problem.field, problem.row, problem.column) in stopped or (not problem.row and problem.field in fields):
                continue
            nth = times[use.use]
            problems.append(problem if nth == 1 else replace(problem, code=f"{problem.code}_{nth}"))
    return problems
