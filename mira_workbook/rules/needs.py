"""What a session builds on, what it still lacks, and who may give it by hand or take a newer version."""

from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Context, Problem
from mira_workbook.content.answers.words import Text
from mira_workbook.content.definition import Need, Workbook
from mira_workbook.errors import RightError, StepLocked
from mira_workbook.records import LEADING, Snapshot
from mira_workbook.rules.stage import fold

Judge = Callable[[Snapshot], Mapping[str, Any]]
_SAYS = ("text", "statement")
"""Parts of a value that say in words what it is."""
_TYPED_AS = {"root.current": "statement"}
"""The part that words typed by hand become; `text` for the others."""


def words(value: Any) -> str:
    """What was handed on, as one sentence; "" for rows."""
    if isinstance(value, Mapping):
        return next((str(value[key]) for key in _SAYS if value.get(key)), "")
    return value if isinstance(value, str) else ""


def lines(value: Any) -> list[str]:
    """The same as lines: the sentence, or the first words of each row."""
    if isinstance(value, list):
        return [next((one for one in row.values() if isinstance(one, str)), "") for row in value]
    return [words(value)] if words(value) else []


def asked(key: str, need: Need) -> Text:
    """A need as a field, so that what is typed is checked like any other words."""
    name = key.replace(".", "_")
    return Text(
        type="text",
        key=name,
        label=need.ask,
        required=need.required,
        min_chars=need.min_chars,
        max_chars=need.max_chars,
    )


def check(workbook: Workbook, typed: Mapping[str, str], *, all_of_it: bool = True) -> tuple[Problem, ...]:
    """What is odd about words typed for needs; with `all_of_it`, a required one that is blank is odd too."""
    found = []
    for key, text in typed.items():
        need = workbook.needs.get(key)
        if need is not None and (all_of_it or text.strip()):
            found += [(key, one) for one in asked(key, need).check(text, Context(lists={})).stops]
    return tuple(Problem(f"needs.{key}", one.code, one.text, one.level) for key, one in found)


def lacking(snapshot: Snapshot) -> tuple[str, ...]:
    """Keys of what the session needs and nobody has handed on or typed in."""
    return tuple(key for key in snapshot.workbook.needs if key not in snapshot.carries)


def must_have(snapshot: Snapshot) -> tuple[str, ...]:
    """Those of them without which the workbook makes no sense."""
    return tuple(key for key in lacking(snapshot) if snapshot.workbook.needs[key].required)


def to_type(snapshot: Snapshot) -> tuple[str, ...]:
    """Keys that may be typed in, or typed anew: what no workbook has handed on."""
    known = snapshot.built_on
    return tuple(key for key in snapshot.workbook.needs if key not in known or known[key].is_typed)


def type_in(typed: Mapping[str, str], *, leads: bool = False) -> Judge:
    """Give needs by hand: at one's own pace anybody before the first step, else who leads, until the end.

    What a workbook has handed on stays, a blank changes nothing, and the last save wins.

    Raises:
        RightError: somebody leads the session, and it is not this person.
        StepLocked: it has begun, or the words do not fit.
    """

    def judge(snapshot: Snapshot) -> Mapping[str, Any]:
        state = fold(snapshot.acts, snapshot.workbook).state
        if not leads and snapshot.meeting.pace == "led":
            raise RightError(say("facilitator_writes"))
        if state == "ended" or (state != "lobby" and not leads):
            raise StepLocked(say("need_too_late"))
        stops = check(snapshot.workbook, typed, all_of_it=False)
        if stops:
            raise StepLocked(stops[0].text)
        return _new(snapshot, typed)

    if leads:
        setattr(judge, LEADING, True)
    return judge


def _new(snapshot: Snapshot, typed: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for key in to_type(snapshot):
        text = typed.get(key, "").strip()
        if text and text != words(snapshot.carries.get(key)):
            found[key] = {_TYPED_AS.get(key, "text"): " ".join(text.split())}
    return found


def look_again(key: str, version: int, *, leads: bool = False) -> Judge:
    """Build on the newer version from now on. Answers stay as they are; a version that is no longer the newest waits.

    Raises:
        RightError: somebody leads the session, and it is not this person.
    """

    def judge(snapshot: Snapshot) -> Mapping[str, Any]:
        if not leads and snapshot.meeting.pace == "led":
            raise RightError(say("facilitator_writes"))
        newer = snapshot.newer.get(key)
        return {key: version} if newer is not None and newer.version == version else {}

    if leads:
        setattr(judge, LEADING, True)
    return judge
