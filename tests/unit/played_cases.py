"""The demo team's sessions of the later workbooks, built by hand with the lists that their steps pin."""

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from export_cases import ROOT, START, answer, session

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.records import Act, Member, Pair, Snapshot

Steps = Mapping[str, Mapping[str, Mapping[str, Mapping[str, Any]]]]
"""Step, round, author, field to value: as the files of the demo hold answers."""


@functools.cache
def played(slug: str) -> Snapshot:
    """The demo team's session of a workbook, with everything shown."""
    told = json.loads((ROOT / "data" / "demo" / f"{slug}.json").read_text(encoding="utf-8"))
    members = tuple(Member(n, position=n, **one) for n, one in enumerate(told["team"]["members"], start=1))
    ids = {member.key: member.id for member in members}
    pairs = tuple(Pair(n, tuple(ids[key] for key in keys)) for n, keys in enumerate(told.get("pairs") or (), start=1))
    return of(load(ROOT / "workbooks" / f"{slug}.toml"), told["steps"], members=members, pairs=pairs)


def of(workbook: Workbook, steps: Steps, **other: Any) -> Snapshot:
    """A session with these answers: each step opened, shown and left."""
    kinds = {"TEAM": "team", "FACIL": "facilitator"}
    responses = [
        answer(step, field, author, value, round=int(round_), author_kind=kinds.get(author, _alone(author)))
        for step, rounds in steps.items()
        for round_, authors in rounds.items()
        for author, fields in authors.items()
        for field, value in fields.items()
    ]
    acts = [("open", step.key, 1, pinned(workbook, steps)) for step in workbook.steps if step.key in steps]
    acts += [("reveal", step, int(round_), {}) for step, rounds in steps.items() for round_ in rounds]
    told = [Act(seq, START, *act) for seq, act in enumerate([*acts, ("end", "", 1, {})], start=1)]
    return session(workbook, told, responses, **other)


def _alone(author: str) -> str:
    return "pair" if author.startswith("PAIR") else "member"


def pinned(workbook: Workbook, steps: Steps) -> dict[str, Any]:
    """The rows that were answered of every list from which a table has its rows, and everybody's rows to merge from."""
    words = dict(_wordings(workbook, steps))
    every: list[tuple[Any, Any]] = [(step, one) for step in workbook.steps for one in step.fields]
    tables = [(step, one) for step, one in every if getattr(one, "rows_from", None)]
    lists: dict[str, list[list[str]]] = {}
    for step, asked in tables:
        given = (fields.get(asked.key) for authors in steps.get(step.key, {}).values() for fields in authors.values())
        ids = dict.fromkeys(row["row_id"] for value in given for row in value or ())
        lists[asked.rows_from] = [[row_id, words.get(row_id, "")] for row_id in sorted(ids)]
    for name, use in workbook.lists.items():
        if use.use == "rows_of_all":
            lists[name] = [
                list(one) for one in _rows_of_all(steps, f"{use.arguments['field']}.{use.arguments['label']}")
            ]
        elif use.use == "gathered":
            lists[name] = [list(one) for column in use.arguments["columns"] for one in _rows_of_all(steps, column)]
    return {"lists": lists}


def _rows_of_all(steps: Steps, column: str) -> Iterator[tuple[str, str]]:
    """What people and pairs wrote in a column of a table, by row."""
    step, key, label = column.split(".")
    for author, fields in steps.get(step, {}).get("1", {}).items():
        if author != "TEAM":
            yield from ((row["row_id"], str(row["cells"].get(label, ""))) for row in fields.get(key) or ())


def _wordings(workbook: Workbook, steps: Steps) -> Iterator[tuple[str, str]]:
    for step in workbook.steps:
        for asked in step.fields:
            if asked.type == "table" and asked.prefix:
                for row in steps.get(step.key, {}).get("1", {}).get("TEAM", {}).get(asked.key, ()):
                    yield row["row_id"], str(row["cells"].get(asked.columns[0].key, ""))


def changed(snapshot: Snapshot, step: str, field: str, value: Any, author: str = "TEAM") -> Snapshot:
    """The same session with another answer of somebody; None takes it away."""
    kept = [r for r in snapshot.responses if (r.step, r.field, r.author) != (step, field, author)]
    kind = {"TEAM": "team", "FACIL": "facilitator"}.get(author, _alone(author))
    new = [] if value is None else [answer(step, field, author, value, author_kind=kind)]
    return replace(snapshot, responses=(*kept, *new))
