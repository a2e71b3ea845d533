"""Sessions built by hand for the tests of exports."""

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mira_workbook.content.definition import Step, Workbook
from mira_workbook.content.load import load, parse
from mira_workbook.records import Act, Meeting, Member, Response, Session, Snapshot, Team
from mira_workbook.rules.lists import names_used, pin

ROOT = Path(__file__).parents[2]
START = datetime(2024, 5, 14, 19, 0, 5, 123456, tzinfo=UTC)

TOML = """
slug = "small"
title = "A Small One"
minutes = 11
purpose = "Leave with one idea."
who = "3 people"
bring = "Nothing"
parts = ["All of it"]
around = {arrive = 0, changes = 0, close = 0, look_back = 0}

[settings]
m02_part = 0.3

[lists]
ideas = {use = "rows_of", field = "list.ideas", label = "label"}
notes = {use = "rows_of_all", field = "own.notes", label = "note"}

[[steps]]
key = "own"
title = "Own"
part = 1
minutes = {alone = 4, least = 2}
mode = "individual"
do = "Say it."

[[steps.fields]]
key = "words"
type = "long"
label = "Your words"
required = true
min_chars = 0

[[steps.fields]]
key = "mood"
type = "rate"
label = "How is it?"
low = 1
high = 3
ends = ["low", "middle", "high"]
dk = true

[[steps.fields]]
key = "why"
type = "text"
label = "Why so low?"
show_when = {mood = [1]}

[[steps.fields]]
key = "notes"
type = "table"
label = "Notes"
max_rows = 3
columns = [
  {key = "note", type = "text", label = "Note", required = true, max_chars = 40},
  {key = "cost", type = "num", label = "Cost", low = 0, high = 100, step = 0.1, unit = "USD"},
  {key = "kinds", type = "many", label = "Kinds", options = [["a", "Alpha"], ["b", "Beta"]], other = true},
]

[[steps]]
key = "list"
title = "List"
part = 1
minutes = {together = 2, least = 1}
mode = "team"
do = "Make a list."

[[steps.fields]]
key = "ideas"
type = "table"
label = "Ideas"
prefix = "C"
columns = [
  {key = "label", type = "text", label = "Wording", required = true},
  {key = "sources", type = "many", label = "Made from", list = "notes"},
]

[[steps.fields]]
key = "by"
type = "date"
label = "By when"

[[steps]]
key = "rank"
title = "Order"
part = 1
minutes = {alone = 2, least = 1}
mode = "individual"
attribution = "role"
do = "Put them in order."

[[steps.fields]]
key = "order"
type = "rank"
label = "My order"
required = true
list = "ideas"

[[steps.fields]]
key = "ok"
type = "yes"
label = "I can live with it"

[[steps]]
key = "bye"
title = "Bye"
part = 1
minutes = {alone = 3, least = 1}
mode = "individual"
attribution = "anonymous"
do = "One word."

[[steps.fields]]
key = "word"
type = "text"
label = "One word"
"""

MEMBERS = (
    Member(1, "M1", "Dana Whitfield", "Principal", "administrator", 3000, 1, START),
    Member(2, "M2", "Lena Marsh", "Assistant K-2", "assistant", 2250, 2, START),
    Member(3, "M3", "Grace Yoon", "Counselor", "student_support", 2325, 3, START),
)


@functools.cache
def small() -> Workbook:
    return parse(TOML, "small.toml")


def answer(step: str, field: str, author: str, value: Any, **other: Any) -> Response:
    kind: Any = {"TEAM": "team", "FACIL": "facilitator"}.get(author, "member")
    given: dict[str, Any] = {
        "seq": 1,
        "round": 1,
        "item": "",
        "author_kind": kind,
        "version": 1,
        "state": "submitted",
        "saved_at": START + timedelta(minutes=3),
    }
    return Response(step=step, field=field, author=author, value=value, **{**given, **other})


def table(*rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows written `{"": row id, column: cell}`."""
    return [{"row_id": row[""], "cells": {k: v for k, v in row.items() if k}} for row in rows]


def acts(*done: tuple[str, str] | tuple[str, str, Mapping[str, Any]]) -> tuple[Act, ...]:
    """Acts written `(kind, step)` or `(kind, step, payload)`, a minute apart; `round` opens round 2."""
    return tuple(
        Act(
            seq,
            START + timedelta(minutes=seq),
            one[0],
            one[1].removesuffix("/2"),
            2 if one[0] == "round" or one[1].endswith("/2") else 1,
            one[2] if len(one) > 2 else {},
        )
        for seq, one in enumerate(done, start=1)
    )


def session(workbook: Workbook, done: Iterable[Act], responses: Iterable[Response], **other: Any) -> Snapshot:
    given: dict[str, Any] = {
        "meeting": Meeting(1, "K7M4QX", workbook.hash(), "led", "America/New_York", START),
        "session": Session(1, 1, 1),
        "team": Team(1, "tupelo-branch", "Tupelo Branch Elementary"),
        "members": MEMBERS,
    }
    return Snapshot(workbook=workbook, acts=tuple(done), responses=tuple(responses), **{**given, **other})


@functools.cache
def demo(*, steps: int = 99) -> Snapshot:
    """The demo team's session of Priority Setting, ended unless only the first steps are played."""
    told = json.loads((ROOT / "data" / "demo" / "priority_setting.json").read_text(encoding="utf-8"))
    workbook = load(ROOT / "workbooks" / "priority_setting.toml")
    members = tuple(Member(n, position=n, **one) for n, one in enumerate(told["team"]["members"], start=1))
    now = session(workbook, (), (), members=members)
    for step in workbook.steps[:steps]:
        given = told["steps"].get(step.key)
        if given:
            now = _played(now, step, given)
    return now if steps < len(workbook.steps) else _with_act(now, "end", "", 1, {})


def _played(now: Snapshot, step: Step, given: Mapping[str, Any]) -> Snapshot:
    now = _with_act(now, "open", step.key, 1, pin(now, names_used(now.workbook, step, after_reveal=False)))
    for round_, answers in given.items():
        if round_ == "2":
            now = _with_act(now, "round", step.key, 2, {})
        new = [
            answer(step.key, field, author, value, round=int(round_))
            for author, fields in answers.items()
            for field, value in fields.items()
        ]
        now = replace(now, responses=(*now.responses, *new))
        after = pin(now, names_used(now.workbook, step, after_reveal=True))
        now = _with_act(now, "reveal", step.key, int(round_), after)
    return now


def _with_act(now: Snapshot, kind: str, step: str, round_: int, payload: Mapping[str, Any]) -> Snapshot:
    seq = len(now.acts) + 1
    act = Act(seq, START + timedelta(minutes=seq), kind, step, round_, payload)
    return replace(now, acts=(*now.acts, act))
