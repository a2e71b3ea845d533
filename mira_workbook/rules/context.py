"""What an answer is checked against in a session: pinned lists, the day, names, and facts from other steps."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from mira_workbook.content.answers.base import Context, Option
from mira_workbook.content.definition import Step
from mira_workbook.content.lists import SHARED
from mira_workbook.records import Meeting, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.items import items_of
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.prefills import leader_of
from mira_workbook.rules.stage import Stage


def local(meeting: Meeting, moment: datetime) -> datetime:
    """A moment in the meeting's time zone; UTC where the zone is not known here."""
    try:
        return moment.astimezone(ZoneInfo(meeting.timezone))
    except (KeyError, ValueError):
        return moment.astimezone(UTC)


def today(meeting: Meeting, now: datetime) -> date:
    """The session's day."""
    return local(meeting, now).date()


def lists_for(snapshot: Snapshot, stage: Stage, member: str = "") -> dict[str, tuple[Option, ...]]:
    """Every list a field may refer to, as this member has it: shared ones, pinned ones, the team."""
    people = resolve(snapshot, "team")
    pinned = {name: stage.options(name, member) for name in stage.lists}
    pair = pairs.pair_of(snapshot, member)
    for name, own in stage.own_lists.items():
        # Who came later shares what their pair was given.
        pinned[name] = stage.options(name, pair if pair in own and member not in own else member)
    return {**SHARED, **({"team": people} if isinstance(people, tuple) else {}), **pinned}


def context_for(snapshot: Snapshot, stage: Stage, member: str, day: date, *, draft: bool = False) -> Context:
    """The context for answers of one member (or of the team, with member "")."""
    return Context(
        lists=lists_for(snapshot, stage, member),
        today=day,
        names=[m.name for m in snapshot.members],
        draft=draft,
        facts=facts(snapshot, stage),
        items=items_of(snapshot),
        limits=limits(snapshot, member),
    )


def limits(snapshot: Snapshot, member: str) -> dict[str, float]:
    """Limits that a workbook may name; what the team has not told is left out and does not bind."""
    told = snapshot.team.facts
    own = next((m.contract_min for m in snapshot.members if m.key == member), None)
    found = {
        "contract_min": own or told.get("teacher_contract_min"),
        "team_size": len(snapshot.present()),
        "students": told.get("students"),
        "staff_fte": told.get("staff_fte"),
    }
    return {name: value for name, value in found.items() if isinstance(value, int | float)}


def facts(snapshot: Snapshot, stage: Stage) -> dict[str, object]:
    """What checks need from other steps: `leader:step.field` to the candidate that leads an order."""
    orders = {
        str(check.arguments["order"])
        for step in snapshot.workbook.steps
        for check in step.checks
        if "order" in check.arguments
    }
    return {f"leader:{order}": leader_of(snapshot, stage, order) for order in sorted(orders)}


def fields_for(step: Step, *, after_reveal: bool) -> tuple[object, ...]:
    """The team fields of a step that are open: those that wait for the reveal, or those that do not."""
    return tuple(
        f for f in (*step.asks("team"), *step.asks("facilitator")) if f.after_reveal == after_reveal and not f.setup
    )
