"""How answers on show are signed for a viewer: by name, by role where it names nobody, by a number, or not at all."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mira_workbook.content.answers.base import Attribution
from mira_workbook.content.lists import REPORT_OF, SHARED
from mira_workbook.content.privacy import PERSONAL_LISTS
from mira_workbook.records import AuthorKind, Response, Role, Snapshot

ROLE_LABEL_FLOOR = 2
"""A role label is shown only where this many people carry it; else it would be a name."""
ANYBODY = "team member"
"""What everyone is called whose role would be a name."""
Place = tuple[str, int, Attribution]
"""Step, round, and how answers are signed: within it one person has one number."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a role, and a member's key where it is a member."""

    role: Role
    member: str = ""


def attribution(snapshot: Snapshot, response: Response) -> Attribution:
    """How the field's answers are signed."""
    step = snapshot.workbook.step(response.step)
    return step.attribution_of(step.field(response.field))


def is_named(how: Attribution, viewer: Viewer) -> bool:
    """Whether answers that are signed this way bear names for a viewer."""
    return how == "named" or viewer.role == {"facilitator_only": "facilitator", "coach": "coach"}.get(how)


def role_labels(snapshot: Snapshot) -> dict[str, str]:
    """Member key to the label others see: the report group where two or more carry it, else “team member”."""
    words = _groups(snapshot)
    kept = _carried(words[m.key] for m in snapshot.present())
    return {key: word if word in kept else ANYBODY for key, word in words.items()}


def _groups(snapshot: Snapshot) -> dict[str, str]:
    groups = {o.id: o.label for o in SHARED["report_group"]}
    return {m.key: groups[REPORT_OF.get(m.role_group, "partners")] for m in snapshot.members}


def _carried(labels: Iterable[str]) -> frozenset[str]:
    """The labels that name nobody.

    One person left over would be known by having none of them; the smallest group then keeps that person company.
    """
    counts = Counter(labels)
    kept = {label: n for label, n in counts.items() if n >= ROLE_LABEL_FLOOR and label != ANYBODY}
    if counts.total() - sum(kept.values()) == 1 and kept:
        kept.pop(min(kept, key=lambda label: (kept[label], label)))
    return frozenset(kept)


def signed(
    snapshot: Snapshot, responses: Iterable[Response], viewer: Viewer, among: Iterable[Response] | None = None
) -> list[Response]:
    """Put in place of each author what this viewer may see of it, and blur what would give it away.

    Args:
        snapshot: whose roster and definition count.
        responses: answers on show, which may hold blanks (version 0) for those who are missing.
        viewer: who looks.
        among: all answers on show, where `responses` are only some: a role is told where several of these bear it.
    """
    given = list(responses)
    ways = _Ways(snapshot)
    # Who is named needs no number.
    numbers = _numbers(snapshot, (r for r in given if not is_named(ways.of(r), viewer)), ways)
    labels = _labels(snapshot, given if among is None else among, ways)
    result = []
    for response in given:
        how = ways.of(response)
        if response.author_kind != "member" or is_named(how, viewer):
            # Shared records are told apart by which is the newest; of people's own ones nobody may know the order.
            seq = 0 if response.author_kind in {"member", "anon"} else response.seq
            result.append(_as(response, response.author, seq, response.entered_by, to_the_minute(response.saved_at)))
            continue
        author = numbers[response.step, response.round, how, response.author]
        if how == "role":
            label = labels.get((response.step, response.round, response.author), ANYBODY)
            author = f"{label} {int(author[1:])}"
        if how == "anonymous":
            author = f"anon_{author[1:]}"
        result.append(_blurred(response, author, "anon" if how == "anonymous" else "member"))
    place = {m.key: i for i, m in enumerate(snapshot.members)}
    return sorted(
        result, key=lambda r: (r.step, r.round, r.field, r.author_kind, place.get(r.author, len(place)), r.author)
    )


def _blurred(response: Response, author: str, kind: AuthorKind) -> Response:
    """Without what follows from who saved it when, and how often."""
    r, version = response, min(response.version, 1)
    return Response(0, r.step, r.round, r.item, r.field, kind, author, version, r.state, r.value, r.late, "", None)


def _as(response: Response, author: str, seq: int, entered_by: str, saved_at: datetime | None) -> Response:
    """The same with some of it changed. Spelled out: `dataclasses.replace` takes three times as long."""
    r = response
    where = (seq, r.step, r.round, r.item, r.field, r.author_kind, author)
    return Response(*where, r.version, r.state, r.value, r.late, entered_by, saved_at)


def to_the_minute(moment: datetime | None) -> datetime | None:
    """A moment as others may know it."""
    return moment.replace(second=0, microsecond=0) if moment else None


def without_writers(snapshot: Snapshot, response: Response) -> Response:
    """Rows about particular people are numbered: the ids of a personal list would tell whose it is."""
    keys = {m.key for m in snapshot.members}
    if response.author_kind not in {"member", "anon"} or response.author in keys:
        return response
    asked = snapshot.workbook.step(response.step).field(response.field)
    use = snapshot.workbook.lists.get(getattr(asked, "rows_from", None) or "")
    if use is None or use.use not in PERSONAL_LISTS:
        return response
    return replace(response, value=[{**row, "row_id": f"r{i}"} for i, row in enumerate(response.value or (), 1)])


class _Ways:
    """How fields are signed, looked up once for each."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[tuple[str, str], Attribution] = {}

    def of(self, response: Response) -> Attribution:
        """How the field's answers are signed."""
        place = (response.step, response.field)
        if place not in self._known:
            self._known[place] = attribution(self._snapshot, response)
        return self._known[place]


def _labels(snapshot: Snapshot, responses: Iterable[Response], ways: _Ways) -> dict[tuple[str, int, str], str]:
    """(step, round, author) to the label of answers that bear a role.

    It is told only where two of the present carry it, and two of those who answered: who is in can be known, so that
    the only one of a group who answered would be.
    """
    groups, open_to_all = _groups(snapshot), frozenset(role_labels(snapshot).values()) - {ANYBODY}
    authors: dict[tuple[str, int], set[str]] = {}
    asked: dict[tuple[str, int], set[str]] = {}
    for response in responses:
        if response.author_kind == "member" and ways.of(response) == "role":
            place = (response.step, response.round)
            asked.setdefault(place, set()).add(response.author)
            if response.version and response.state == "submitted":
                authors.setdefault(place, set()).add(response.author)
    found: dict[tuple[str, int, str], str] = {}
    for place, keys in asked.items():
        words = {key: groups[key] if groups.get(key) in open_to_all else ANYBODY for key in keys}
        kept = _carried(words[key] for key in authors.get(place, ()))
        found |= {(*place, key): word if word in kept else ANYBODY for key, word in words.items()}
    return found


def _salted(salt: str) -> Callable[[str], bytes]:
    """What hashes a name behind a salt. The salt is as long as there are answers, so it is gone through once."""
    begun = hashlib.sha256(salt.encode())

    def digest(name: str) -> bytes:
        both = begun.copy()
        both.update(name.encode())
        return both.digest()

    return digest


def _numbers(
    snapshot: Snapshot, responses: Iterable[Response], ways: _Ways
) -> Mapping[tuple[str, int, Attribution, str], str]:
    """Number authors anew in each step, round and way of signing, in an order that follows from a hash.

    So no number joins steps, nor what a person signed in one way to what the same person signed in another. The hash
    is salted with the exact moments of the answers. They leave in no file, so whoever holds one and the roster cannot
    work the numbers out.
    """
    per_place: dict[Place, list[Response]] = {}
    for response in responses:
        place = (response.step, response.round, ways.of(response))
        per_place.setdefault(place, []).append(response)
    numbers: dict[tuple[str, int, Attribution, str], str] = {}
    for place, given in per_place.items():
        moments = sorted(f"{r.seq} {r.saved_at}" for r in given)
        salt = f"{snapshot.session.id}/{snapshot.meeting.definition_hash}/{'/'.join(map(str, place))}/{moments}/"
        order = sorted({r.author for r in given}, key=_salted(salt))
        numbers |= {(*place, author): f"p{i:02d}" for i, author in enumerate(order, 1)}
    return numbers
