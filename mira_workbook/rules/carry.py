"""What a session hands on to the workbooks after it: pure functions of the answers on show, one for each name.

A value is what JSON has; what is blank is left out of it. What names a member is handed on only where its step shows
names. Whoever reads a value later knows nothing of this workbook's own options, so choices that are no ids of a shared
list are handed on in words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mira_workbook.content.answers.choices import pick_id
from mira_workbook.content.carry_args import (
    CARRIES as ARGUMENTS,
)
from mira_workbook.content.carry_args import (
    CarryBoxes,
    CarryInitiatives,
    CarryParked,
    CarryPriority,
    CarryReleases,
    CarryResponses,
    CarryRoles,
    CarryRoot,
)
from mira_workbook.content.handing import handed_on
from mira_workbook.measures.initiatives import Initiative
from mira_workbook.records import Snapshot
from mira_workbook.rules.causes import rated
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.initiatives import initiatives
from mira_workbook.rules.reading import field_of, split, standing, team_rows
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import Stage, fold

Value = Any
"""A table of parts, or a list of such rows."""
_PRIORITY = (
    *("text", "for_whom", "why_now", "measure", "direction", "baseline", "target", "baseline_n", "baseline_date"),
    *("review_date", "done_test"),
)
_MISSING_FIGURE = ("found_by", "found_on")
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Seen:
    """A session's answers on show, and where it stands."""

    snapshot: Snapshot
    stage: Stage

    def said(self, step: str, field: str) -> Any:
        """What the team wrote or chose; None for blank, and for a field that the workbook does not have."""
        return self.snapshot.team_answer(step, field)

    def named(self, name: str) -> dict[str, Any]:
        """Member to answer in roster order, where this session shows the field with names; {} elsewhere."""
        step_key, field, _ = split(name)
        step = self.snapshot.workbook.step(step_key)
        if step.attribution_of(step.field(field)) != "named":
            return {}
        people = {member.key for member in self.snapshot.members}
        return {r.author: r.value for r in standing(self.snapshot, step_key, field) if r.author in people}


def carried(snapshot: Snapshot) -> dict[str, Value]:
    """What a session hands on as it stands: carry key to value; a key that has nothing to say is left out."""
    stage = veiled(snapshot, fold(snapshot.acts, snapshot.workbook))
    seen = Seen(shown(snapshot, stage), stage)
    found = {}
    for key, use in handed_on(snapshot.workbook).items():
        value = CARRIES[use.use](seen, ARGUMENTS[use.use].model_validate(use.arguments))
        if value:
            found[key] = value
    return found


def _filled(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is blank."""
    return {key: value for key, value in cells.items() if value not in (None, "", [])}


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows without blank cells, and without those that have none."""
    return [row for row in map(_filled, rows) if row]


def _words(seen: Seen, step: str, field: str) -> str:
    """A choice as people read it; "" for none."""
    value = seen.said(step, field)
    asked = seen.snapshot.workbook.step(step).field(field)
    lists = {name: seen.stage.options(name) for name in (*seen.stage.lists, *seen.stage.own_lists)}
    return "" if value is None else str(asked.show(value, lists))


def _priority(seen: Seen, args: CarryPriority) -> Value:
    """The sentence that stands, with whom it is for, why now, and how the team will know.

    Shape: `{cycle, status, text, for_whom, …}`; where the figure is missing, who brings it and when instead of it.
    """
    told = {key: seen.said(args.step, key) for key in _PRIORITY}
    if args.revised:
        told["text"] = seen.said(*split(args.revised)[:2]) or told["text"]
    if not told["text"]:
        return {}
    if seen.said(args.step, "figure_missing") is True:
        told |= {key: seen.said(args.step, key) for key in _MISSING_FIGURE}
    if seen.said(args.step, "unit") is not None:
        told["unit"] = _words(seen, args.step, "unit")
    return {"cycle": seen.snapshot.session.cycle, "status": _CURRENT, **_filled(told)}


def _parked(seen: Seen, args: CarryParked) -> Value:
    """What keeps its place. Whose idea it was is not told: where ideas are shown without names, it would be one."""
    asked = field_of(seen.snapshot.workbook, args.rows)
    labels = {option.id: option.label for option in seen.stage.options(asked.rows_from or "")}
    found = []
    for row in team_rows(seen.snapshot, args.rows):
        label, cells = labels.get(row["row_id"], ""), row["cells"]
        if label:
            kept = {key: pick_id(cells.get(key)) for key in ("tier", "keeper")}
            found.append({"label": label, "trigger": cells.get("trigger"), **kept})
    return _rows(found)


def _roles(seen: Seen, args: CarryRoles) -> Value:
    """What comes first in each role, and what it adds to the priority."""
    said = {"text": seen.named(args.text), "contribution": seen.named(args.contribution) if args.contribution else {}}
    found = []
    for member in seen.snapshot.members:
        cells = _filled({key: by_member.get(member.key) for key, by_member in said.items()})
        if cells:
            found.append({"member": member.key, **cells})
    return found


def _releases(seen: Seen, args: CarryReleases) -> Value:
    """The tasks people let go."""
    return [
        {"member": member, **_filled(row["cells"])}
        for member, rows in seen.named(args.rows).items()
        for row in rows or ()
        if _filled(row["cells"])
    ]


def _root(seen: Seen, args: CarryRoot) -> Value:
    """The cause as the team wrote it, and what its ratings say (M15 and two of its parts; left out below 3 ratings)."""
    statement, chosen = (seen.said(args.step, key) for key in ("statement", "cause_id"))
    if not statement:
        return {}
    score = rated(seen.snapshot, args.tests).get(str(chosen or ""))
    told = {
        "statement": statement,
        "category": pick_id(seen.said(args.step, "category")),
        "cause": _words(seen, args.step, "cause_id"),
        "score": score.score if score else None,
        "evidence": score.evidence.mean if score else None,
        "influence": score.influence.mean if score else None,
    }
    return _filled({key: round(value, 6) if isinstance(value, float) else value for key, value in told.items()})


def _responses(seen: Seen, args: CarryResponses) -> Value:
    """What is done now about the symptom; the first column is the name."""
    name = field_of(seen.snapshot.workbook, args.rows).columns[0].key
    return _rows(
        {"name": cells.get(name), **{key: pick_number(cells.get(key)) for key in ("min_week", "usd_year")}}
        | {"treats": pick_id(cells.get("treats"))}
        for cells in _cells(seen, args.rows)
        if cells.get(name)
    )


def pick_number(cell: object) -> int | float | None:
    """A cell's number; None for what a draft may hold."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else None


def _cells(seen: Seen, name: str) -> list[Mapping[str, Any]]:
    return [row["cells"] for row in team_rows(seen.snapshot, name)]


def _boxes(seen: Seen, args: CarryBoxes) -> Value:
    """Strengths, weaknesses, opportunities and threats, with the facts that show them."""
    return _rows(
        {"quadrant": pick_id(cells.get("quadrant")), "text": cells.get("item"), "evidence": cells.get("fact")}
        for cells in _cells(seen, args.rows)
        if cells.get("item")
    )


def _initiatives(seen: Seen, args: CarryInitiatives) -> Value:
    """Every initiative: its row of the list, how aligned it is, where it stands, what was decided and what follows."""
    rows = {row["row_id"]: row["cells"] for row in team_rows(seen.snapshot, args.inventory)}
    return [
        {"initiative_id": one.id, **_filled(rows[one.id]), **_filled(_found(one))}
        for one in initiatives(seen.snapshot, args.model_dump())
    ]


def _found(one: Initiative) -> dict[str, Any]:
    """What was found of an initiative and decided; what follows only where there is a decision."""
    found = {"align_mean": one.mean, "evidence": one.evidence, "stage": one.stage, "trap": one.trap}
    if not one.decision:
        return found
    after = {"after_usd": one.after_usd, "after_fte": one.after_fte, "after_min_week": one.after_min}
    freed = {key: getattr(one, key) for key in _FREED}
    said = {key: getattr(one, key) for key in ("decision", "reason", "merge_into", "approval")}
    return found | said | after | freed


_FREED = ("freed_usd", "freed_fte", "reduced_min", "usable_min", "need_usd", "need_min")
CARRIES: Mapping[str, Callable[[Seen, Any], Value]] = {
    "priority": _priority,
    "parked": _parked,
    "roles": _roles,
    "releases": _releases,
    "root": _root,
    "responses_now": _responses,
    "swot": _boxes,
    "initiatives": _initiatives,
}
"""Name of what is handed on to its function; the models of its arguments stand under the same name with the content."""
