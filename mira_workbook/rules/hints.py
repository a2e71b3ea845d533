"""What alignment and evidence suggest for an initiative: a hint for the talk, never a decision."""

from collections.abc import Mapping
from typing import Any

from mira_workbook.measures.agreement import consensus
from mira_workbook.records import Snapshot
from mira_workbook.rules.items import items_of
from mira_workbook.rules.reading import cells, field_of, ratings_by_row

KEEP_OR_GROW, KEEP_AND_TEST, RELEASE = "keep_or_grow", "keep_and_test", "candidate_to_release"
TALK_FIRST, NEED_INFO = "talk_first", "need_info"
LEAST_RATERS = 3
"""Raters who know, from which a mean says something."""
_OWN = {"m18_aligned": 2.0, "m18_partly": 1.0, "hint_evidence": 2.0, "hint_talk": 0.60, "hint_dk": 0.25}
"""Marks where the workbook sets none of its own."""


def hints(snapshot: Snapshot, args: Mapping[str, Any]) -> dict[str, str]:
    """Item to hint, for a list of the kind `hinted`; items without a hint are left out.

    Many who do not know come first, then ratings that lie apart; only then the mean says anything.

    Args:
        snapshot: the answers on show.
        args: the list's arguments.
    """
    marks = {key: float(snapshot.workbook.settings.get(key, value)) for key, value in _OWN.items()}
    asked = field_of(snapshot.workbook, args["align"])
    evidence = evidence_of(snapshot, args["evidence"])
    mandates = {key: row.get("mandate") for key, row in items_of(snapshot).items()}
    found = {}
    for item, ratings in ratings_by_row(snapshot, args["align"]).items():
        rated = ratings.values
        apart = consensus(rated, asked.low, asked.high)
        if ratings.unknown >= marks["hint_dk"] or len(rated) < LEAST_RATERS:
            found[item] = NEED_INFO
        elif apart is not None and apart < marks["hint_talk"]:
            found[item] = TALK_FIRST
        else:
            found[item] = _by_mean(sum(rated) / len(rated), evidence.get(item), mandates.get(item), marks)
    return {item: hint for item, hint in found.items() if hint}


def _by_mean(mean: float, evidence: float | None, mandate: Any, marks: Mapping[str, float]) -> str:
    if mean >= marks["m18_aligned"]:
        solid = evidence is not None and evidence >= marks["hint_evidence"]
        return KEEP_OR_GROW if solid else KEEP_AND_TEST
    return RELEASE if mean < marks["m18_partly"] and mandate == "choice" else ""


def evidence_of(snapshot: Snapshot, name: str) -> dict[str, float]:
    """Item to the mean of what pairs say of its evidence, `step.field.column`."""
    given: dict[str, list[int]] = {}
    for _, item, value in cells(snapshot, name):
        if isinstance(value, int):
            given.setdefault(item, []).append(value)
    return {item: sum(values) / len(values) for item, values in given.items()}
