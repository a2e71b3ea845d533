"""How the two sessions of the fictional team are built: on causes, and on resources."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from export_cases import acts, session

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Member, Response, Snapshot

TEAM = tuple(Member(n, f"M{n}", f"Person {n}", position=n) for n in range(1, 9))


def rating(sign: str) -> Any:
    """A rating as one sign; x is "don't know yet"."""
    return {"dk": True} if sign == "x" else int(sign)


def cells(**told: Any) -> dict[str, Any]:
    """A row's cells without those that are blank."""
    return {key: value for key, value in told.items() if value is not None}


def meeting_of(workbook: Workbook, lists: Mapping[str, Any], responses: Iterable[Response]) -> Snapshot:
    """All steps open and shown, with the lists that they need."""
    done: list[Any] = []
    for step in workbook.steps:
        done += [("open", step.key, {"lists": lists}), ("reveal", step.key)]
    return session(workbook, acts(*done), responses, members=TEAM)


def over(told: Iterable[Response], more: Iterable[Response]) -> list[Response]:
    """Answers with newer ones in the place of what the same people gave before."""
    found = {(one.step, one.field, one.author, one.round): one for one in told}
    return list({**found, **{(one.step, one.field, one.author, one.round): one for one in more}}.values())


def without(now: Snapshot, *fields: str) -> Snapshot:
    """The session without the answers to some fields, `step.field`."""
    return replace(now, responses=tuple(r for r in now.responses if f"{r.step}.{r.field}" not in fields))
