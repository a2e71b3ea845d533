"""What a workbook builds on, on pages without a kernel: shown with where it is from, or asked for by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Problem
from mira_workbook.content.definition import Workbook
from mira_workbook.records import Carry, Meeting, Snapshot
from mira_workbook.rules import needs
from mira_workbook.rules.context import local
from mira_workbook.serve.setup_form import Group, Input
from mira_workbook.text import clean, say_date

FIELD = "needs."
"""Inputs for what is typed by hand begin so; the key follows."""
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that a session builds on: its label, the words, and where they are from."""

    label: str
    lines: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Needed:
    """What one team builds on: what is known, and the inputs for what may be typed in."""

    team: str
    slug: str
    known: tuple[Known, ...]
    groups: tuple[Group, ...]


def needed(snapshot: Snapshot, problems: Mapping[str, str] | None = None) -> Needed:
    """Say what a session builds on, and ask for what no workbook has handed on."""
    wanted, built = snapshot.workbook.needs, snapshot.built_on
    known = tuple(
        Known(wanted[key].label, tuple(needs.lines(built[key].value)), where_from(snapshot.meeting, built[key]))
        for key in wanted
        if key in built
    )
    stands = {key: needs.words(snapshot.carries.get(key)) for key in needs.to_type(snapshot)}
    over = snapshot.meeting.ended_at is not None or snapshot.cycle_closed
    groups = () if over else tuple(_group(snapshot.workbook, key, text, problems) for key, text in stands.items())
    return Needed(snapshot.team.name, snapshot.team.slug, known, groups)


def where_from(meeting: Meeting, carry: Carry) -> str:
    """“from One Priority, May 14, 2024”, or that it was typed in."""
    if carry.is_typed:
        return say("typed_in")
    return say("from_source", title=carry.title, date=say_date(local(meeting, carry.at).date()))


def inputs(workbook: Workbook, typed: Callable[[str], str], problems: Mapping[str, str]) -> list[Group]:
    """Inputs for all that a workbook builds on, before there is a session."""
    return [_group(workbook, key, typed(f"{FIELD}{key}"), problems) for key in workbook.needs]


def _group(workbook: Workbook, key: str, text: str, problems: Mapping[str, str] | None) -> Group:
    need, name = workbook.needs[key], f"{FIELD}{key}"
    told = (problems or {}).get(name, "")
    return Group(need.label, "", (Input(name, "long", need.ask, need.label, text, problem=told),))


def read(workbook: Workbook, typed: Callable[[str], str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed by key, and what is odd about it by input. A blank is never odd: it may be filled in later."""
    given = {key: clean(typed(f"{FIELD}{key}")[:_LONGEST]) for key in workbook.needs}
    odd: tuple[Problem, ...] = needs.check(workbook, given, all_of_it=False)
    return {key: text for key, text in given.items() if text}, {p.field: p.text for p in odd}
