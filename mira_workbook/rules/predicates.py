"""Conditions on a session that a workbook may name, such as when a step is left out."""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.content.answers.base import Use
from mira_workbook.measures.consent import consent
from mira_workbook.records import Snapshot
from mira_workbook.rules.dealing import ticked_rows
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.reading import counted
from mira_workbook.rules.stage import Stage


def _team_smaller_than(snapshot: Snapshot, _stage: Stage, args: Mapping[str, Any]) -> bool:
    """Fewer people are present than the step needs."""
    return len(snapshot.present()) < int(args["n"])


def _agreed(snapshot: Snapshot, stage: Stage, args: Mapping[str, Any]) -> bool:
    """The team reached the support it set out for (measure M09)."""
    step = snapshot.workbook.step(str(args["of"]))
    use = next(m for m in step.measures if m.id == "M09")
    _, rating = str(use.arguments["rating"]).split(".")
    fists = {r.author: int(r.value) for r in counted(snapshot, step.key, rating, stage.round_of(step.key))}
    found = consent(fists, [m.key for m in snapshot.present()], rule_of(snapshot, use.arguments.get("rule", "all")))
    return found is not None and found.passed


def _nothing_in(snapshot: Snapshot, _stage: Stage, args: Mapping[str, Any]) -> bool:
    """A list is empty as things stand."""
    return not resolve(snapshot, str(args["list"]))


def _ticked(snapshot: Snapshot, _stage: Stage, args: Mapping[str, Any]) -> bool:
    """At least one row of a team table is ticked."""
    return bool(ticked_rows(snapshot, str(args["of"])))


def rule_of(snapshot: Snapshot, named: str) -> Any:
    """The support a team set out for: a rule by name, or the answer of a set-up field `step.field`, else all."""
    if "." not in named:
        return named
    step, field = named.split(".")
    return snapshot.team_answer(step, field) or "all"


PREDICATES: dict[str, Callable[[Snapshot, Stage, Mapping[str, Any]], bool]] = {
    "team_smaller_than": _team_smaller_than,
    "agreed": _agreed,
    "nothing_in": _nothing_in,
    "ticked": _ticked,
}


def holds(snapshot: Snapshot, stage: Stage, use: Use) -> bool:
    """Judge a condition of the workbook."""
    return PREDICATES[use.use](snapshot, stage, use.arguments)
