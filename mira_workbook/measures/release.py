"""Minutes a team lets go, who takes some on, and what a year of them is: M13 and M14."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mira_workbook.measures.bands import LEAST

NOT_STAFF = frozenset({"nobody", "volunteer", "technology"})
"""Receivers whose minutes no one on the staff gives."""

SCHOOL_WEEKS = 36
"""School weeks in a year, unless the team says otherwise."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task a member lets go, in minutes a week.

    `receiver` is a member key, `other_staff`, `volunteer`, `technology` or `nobody`.
    `needs_my_expertise` is `no`, `partly` or `yes`.
    """

    member: str
    released: float
    absorbed: float = 0
    receiver: str = "nobody"
    needs_my_expertise: str = "no"


@dataclass(frozen=True, slots=True)
class Released:
    """Minutes a week: let go, taken on by staff, what is left of them, and the net of each member."""

    released: float
    absorbed: float
    net: float
    by_member: dict[str, float]


def release(tasks: Sequence[Task]) -> Released | None:
    """Add up the minutes let go, and take off what they cost other staff (M13).

    Formula: net = sum released - sum absorbed by staff; a member's net = own released - own absorbed.
        Without receivers (the first list a team makes) nothing is absorbed, and net is gross.
    Shape: `by_member` has everyone who releases or takes on, in the order of the tasks.
    Least n: 1 task.
    Units: minutes a week; a net below 0 means taking on more than is let go.
    """
    if len(tasks) < LEAST["M13"]:
        return None
    staffed = [task for task in tasks if task.receiver not in NOT_STAFF]
    released, absorbed = gross(tasks), sum(task.absorbed for task in staffed)
    return Released(released, absorbed, released - absorbed, _net_by_member(tasks, staffed))


def _net_by_member(tasks: Sequence[Task], staffed: Sequence[Task]) -> dict[str, float]:
    net: dict[str, float] = {}
    for task in tasks:
        net[task.member] = net.get(task.member, 0) + task.released
    for task in staffed:
        if task.receiver != "other_staff":
            net[task.receiver] = net.get(task.receiver, 0) - task.absorbed
    return net


def gross(tasks: Sequence[Task]) -> float:
    """Add up the minutes a week let go, before anyone takes some on; 0 without tasks."""
    return sum(task.released for task in tasks)


def absorbed_by_other_staff(tasks: Sequence[Task]) -> float:
    """Add up the minutes a week that staff outside the team take on."""
    return sum(task.absorbed for task in tasks if task.receiver == "other_staff")


def net_by_group(by_member: Mapping[str, float], groups: Mapping[str, str]) -> dict[str, float]:
    """Add up members' net minutes a week by group.

    Args:
        by_member: member key to net minutes.
        groups: member key to report group; a member without one is left out.

    Shape: group to minutes, in the order of `groups`.
    """
    net = dict.fromkeys(groups.values(), 0.0)
    for member, minutes in by_member.items():
        if member in groups:
            net[groups[member]] += minutes
    return net


def share_without_expertise(tasks: Sequence[Task]) -> float | None:
    """Give the share of the minutes let go that do not need the member's expertise; `None` without minutes."""
    total = gross(tasks)
    if not total:
        return None
    return gross([task for task in tasks if task.needs_my_expertise == "no"]) / total


def hours_a_year(minutes_a_week: float, school_weeks: float = SCHOOL_WEEKS) -> float:
    """Turn minutes a week into hours a school year (M14).

    Formula: minutes * school weeks / 60.
    Units: hours a year.
    """
    return minutes_a_week * school_weeks / 60
