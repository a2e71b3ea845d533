"""What a viewer may see: the one place that decides, for screens, boards, measures and files alike."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mira_workbook.content.answers.base import Attribution
from mira_workbook.content.lists import REPORT_OF, SHARED
from mira_workbook.records import Measure, Response, Role, Snapshot
from mira_workbook.rules.stage import Stage

PERSONAL_LISTS = frozenset({"next_in_ring", "written_about_me"})
"""Lists that each person has of their own."""
ROLE_LABEL_FLOOR = 2
"""A role label is shown only where this many people carry it; else it would be a name."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a role, and a member's key where it is a member."""

    role: Role
    member: str = ""


def is_on_show(snapshot: Snapshot, stage: Stage, response: Response) -> bool:
    """Whether a response may be seen by others than its author: revealed, or its session ended; never while hidden."""
    try:
        step = snapshot.workbook.step(response.step)
        asked = step.field(response.field)
    except KeyError:
        return False
    if response.author_kind in {"team", "facilitator"}:
        return True
    with_ = step.reveal_of(asked)
    if {(response.step, response.round), (with_, response.round)} & stage.hidden:
        return False
    if (response.step, response.round) in stage.revealed:
        # What is shown together with a later step waits until that one opens.
        return with_ == response.step or with_ in stage.opened
    return stage.state == "ended" and step.attribution_of(asked) != "anonymous"


def attribution(snapshot: Snapshot, response: Response) -> Attribution:
    """How the field's answers are signed."""
    step = snapshot.workbook.step(response.step)
    return step.attribution_of(step.field(response.field))


def role_labels(snapshot: Snapshot) -> dict[str, str]:
    """Member key to the label others see: the report group where two or more carry it, else “team member”."""
    groups = {o.id: o.label for o in SHARED["report_group"]}
    words = {m.key: groups[REPORT_OF.get(m.role_group, "partners")] for m in snapshot.members}
    carried = Counter(words[m.key] for m in snapshot.present())
    return {key: word if carried[word] >= ROLE_LABEL_FLOOR else "team member" for key, word in words.items()}


def shown(snapshot: Snapshot, stage: Stage) -> Snapshot:
    """The responses on show, with their authors: what measures are computed from. Not for screens or files."""
    return _with(snapshot, (r for r in snapshot.responses if is_on_show(snapshot, stage, r)))


def view(snapshot: Snapshot, stage: Stage, viewer: Viewer) -> Snapshot:
    """The snapshot as a viewer may see it: own answers, what is on show, each signed as its step says.

    Acts are left out, since they tell who did what when; screens get the stage apart.
    """
    if viewer.role == "viewer":
        return _with(snapshot, ())
    mine = [r for r in snapshot.responses if viewer.member and r.author == viewer.member and r.author_kind == "member"]
    pair = next(
        (f"PAIR{p.n}" for p in snapshot.pairs if viewer.member and _in_pair(snapshot, p.members, viewer.member)), ""
    )
    others = [
        r
        for r in snapshot.responses
        if r not in mine and (is_on_show(snapshot, stage, r) or (pair and r.author == pair))
    ]
    keys = {m.key for m in snapshot.members}
    shown_to = [_without_writers(snapshot, r, keys) for r in signed(snapshot, others, viewer)]
    return _with(snapshot, [*mine, *shown_to])


def _in_pair(snapshot: Snapshot, ids: tuple[int, ...], key: str) -> bool:
    return any(m.id in ids and m.key == key for m in snapshot.members)


def _with(snapshot: Snapshot, responses: Iterable[Response]) -> Snapshot:
    return replace(snapshot, responses=tuple(responses), acts=(), drafting=frozenset(), arrived=frozenset())


def signed(snapshot: Snapshot, responses: Iterable[Response], viewer: Viewer) -> list[Response]:
    """Put in place of each author what this viewer may see of it, and blur what would give it away."""
    labels = role_labels(snapshot)
    numbers = _numbers(snapshot, responses := list(responses))
    result = []
    for response in responses:
        how = attribution(snapshot, response)
        if (
            response.author_kind != "member"
            or how == "named"
            or (how == "facilitator_only" and viewer.role == "facilitator")
        ):
            result.append(response)
            continue
        author = numbers[response.step, response.round, response.author]
        if how == "role":
            author = f"{labels.get(response.author, 'team member')} {int(author[1:])}"
        if how == "anonymous":
            author = f"anon_{author[1:]}"
        result.append(replace(response, author=author, saved_at=None, entered_by="", seq=0))
    return sorted(result, key=lambda r: (r.step, r.round, r.field, r.author_kind, _place(snapshot, r.author), r.author))


def _without_writers(snapshot: Snapshot, response: Response, members: set[str]) -> Response:
    """Rows about particular people are numbered: the ids of a personal list would tell whose it is."""
    if response.author_kind != "member" or response.author in members:
        return response
    asked = snapshot.workbook.step(response.step).field(response.field)
    use = snapshot.workbook.lists.get(getattr(asked, "rows_from", None) or "")
    if use is None or use.use not in PERSONAL_LISTS:
        return response
    return replace(response, value=[{**row, "row_id": f"r{i}"} for i, row in enumerate(response.value or (), 1)])


def _place(snapshot: Snapshot, author: str) -> int:
    return next((i for i, m in enumerate(snapshot.members) if m.key == author), len(snapshot.members))


def _numbers(snapshot: Snapshot, responses: Iterable[Response]) -> dict[tuple[str, int, str], str]:
    """Number authors anew in each step and round, in an order that follows from a hash, so that no number joins steps.

    The hash is salted with the exact moments of the answers. They leave in no file, so whoever holds one and the roster
    cannot work the numbers out.
    """
    per_step: dict[tuple[str, int], list[Response]] = {}
    for response in responses:
        per_step.setdefault((response.step, response.round), []).append(response)
    numbers: dict[tuple[str, int, str], str] = {}
    for (step, round_), given in per_step.items():
        moments = sorted(f"{r.seq} {r.saved_at}" for r in given)
        salt = f"{snapshot.session.id}/{snapshot.meeting.definition_hash}/{step}/{round_}/{moments}/"
        order = sorted({r.author for r in given}, key=lambda a: hashlib.sha256((salt + a).encode()).digest())
        numbers |= {(step, round_, author): f"p{i:02d}" for i, author in enumerate(order, 1)}
    return numbers


def of_measure(measure: Measure, viewer: Viewer) -> Measure:
    """A measure as a viewer may see it: values by person stay with the facilitator and the coach's command line."""
    if viewer.role in {"facilitator", "coach"} or not isinstance(measure.value, dict):
        return measure
    by_person = any(str(key).startswith("M") and str(key)[1:].isdigit() for key in measure.value)
    return replace(measure, value=None) if by_person else measure
