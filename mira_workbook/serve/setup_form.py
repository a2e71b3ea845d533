"""The set-up page's form: which fields it shows, and what was typed into them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mira_workbook.content.answers.base import Context, Option, Problem, options_of
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.store import NewTeam
from mira_workbook.text import clean, fold

Typed = Callable[[str], str]
_ROWS = 3
"""Rows a table shows here; more can be added on the facilitator's page."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the form: `kind` is text, long, num, date, pick, person or tick."""

    name: str
    kind: str
    label: str
    help: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A field of the set-up: one input, or the rows of a table."""

    label: str
    help: str
    inputs: tuple[Input, ...] = ()
    rows: tuple[tuple[Input, ...], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed into the workbook's own fields: values by step and field, and what is odd about them."""

    values: Mapping[str, Mapping[str, Any]]
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def asked_before(workbook: Workbook) -> list[tuple[Step, Any]]:
    """The fields that are asked when a meeting is set up."""
    return [(step, asked) for step in workbook.steps for asked in step.fields if asked.setup]


def groups(workbook: Workbook, typed: Typed, given: Given, today: date, over: Collection[str] = ()) -> list[Group]:
    """The workbook's set-up fields as inputs, filled with what was typed or what is proposed; none of those `over`."""
    wanted = [(f"{step.key}.{asked.key}", asked) for step, asked in asked_before(workbook)]
    return [_group(name, asked, typed, given, today) for name, asked in wanted if name not in over]


def people_of(team: NewTeam) -> tuple[Option, ...]:
    """The people of a team that is being made: their keys follow from their order."""
    return tuple(Option(f"M{n}", member.name) for n, member in enumerate(team.members, 1))


def read(workbook: Workbook, typed: Typed, people: Sequence[Option], today: date, over: Collection[str] = ()) -> Given:
    """Read and check the set-up fields.

    Args:
        workbook: the one that is set up.
        typed: what stands in an input, by its name.
        people: who may be named, by key.
        today: the session's day.
        over: fields that are not asked any more, written `step.field`.
    """
    context = Context(lists={"team": tuple(people)}, today=today, names=[p.label for p in people])
    values: dict[str, dict[str, Any]] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for step, asked in asked_before(workbook):
        name = f"{step.key}.{asked.key}"
        if name in over:
            continue
        checked = asked.check(_raw(name, asked, typed, people), context)
        if checked.stops:
            problems[name] = checked.stops
        elif checked.value is not None:
            values.setdefault(step.key, {})[asked.key] = checked.value
    return Given(values, problems)


def spelled(workbook: Workbook, values: Mapping[str, Mapping[str, Any]], people: Sequence[Option]) -> Mapping[str, str]:
    """What stands in the inputs, by name, when these values were given before."""
    found: dict[str, str] = {}
    for step, asked in asked_before(workbook):
        value, name = values.get(step.key, {}).get(asked.key), f"{step.key}.{asked.key}"
        if asked.type == "table":
            for n, row in enumerate(value or ()):
                found |= {f"{name}.{n}.{key}": _spelled(cell, ()) for key, cell in row["cells"].items()}
        elif value is not None:
            found[name] = _spelled(value, people if getattr(asked, "list", None) == "team" else ())
    return found


def _spelled(value: Any, people: Sequence[Option]) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, dict):
        return str(value.get("other_text", ""))
    return next((person.label for person in people if person.id == value), str(value))


def _raw(name: str, asked: Any, typed: Typed, people: Sequence[Option]) -> Any:
    if asked.type == "table":
        return [{"cells": cells} for row in range(_ROWS) if (cells := _cells(f"{name}.{row}", asked, typed))]
    raw = clean(typed(name), lines=asked.type == "long")
    if asked.type == "yes":
        return bool(raw)
    if asked.type == "one" and asked.list == "team" and raw:
        known = next((person.id for person in people if fold(person.label) == fold(raw)), None)
        return known or ({"id": "other", "other_text": raw} if asked.other else raw)
    return raw


def _cells(name: str, asked: Any, typed: Typed) -> dict[str, Any]:
    found = {column.key: clean(typed(f"{name}.{column.key}")) for column in asked.columns}
    return {key: value for key, value in found.items() if value}


def _group(name: str, asked: Any, typed: Typed, given: Given, today: date) -> Group:
    problems = given.problems.get(name, ())
    if asked.type != "table":
        said = typed(name) or _proposed(asked, today)
        told = problems[0].text if problems else ""
        return Group(asked.label, asked.help, (_input(name, asked, said, told),))
    rows = tuple(
        tuple(_input(f"{name}.{row}.{c.key}", c, typed(f"{name}.{row}.{c.key}"), "") for c in asked.columns)
        for row in range(min(_ROWS, asked.max_rows))
    )
    return Group(asked.label, asked.help, rows=rows, problem=" ".join(dict.fromkeys(p.text for p in problems)))


def _input(name: str, asked: Any, value: str, problem: str) -> Input:
    kind = {"text": "text", "long": "long", "num": "num", "date": "date", "yes": "tick"}.get(asked.type, "pick")
    options: tuple[Option, ...] = ()
    if asked.type == "one" and asked.list == "team":
        kind = "person"
    elif asked.type == "one":
        options = tuple(options_of(asked.list, asked.options, {}))
    elif asked.type == "rate":
        options = tuple(Option(str(n), str(n)) for n in range(asked.low, asked.high + 1))
    return Input(name, kind, asked.label, asked.help, value, options, asked.required, problem)


def _proposed(asked: Any, today: date) -> str:
    """What stands in an input before anybody typed: a fixed value, or a day some weeks away."""
    if isinstance(asked.prefill, str):
        return asked.prefill
    if asked.prefill is not None and asked.prefill.use == "today_plus":
        return (today + timedelta(weeks=asked.prefill.arguments["weeks"])).isoformat()
    return ""
