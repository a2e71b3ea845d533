"""Counting again: what was acknowledged against what the store and an export hold."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mira_workbook import exports
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.records import Snapshot
from mira_workbook.rehearse.told import NEVER, Place, Try, canonical
from mira_workbook.rules.stage import fold

Group = tuple[str, str, int, str]
"""Team, step, round and field: what an export tells of an answer, whoever's it is."""


@dataclass(slots=True)
class Rehearsed:
    """What was acknowledged to the scripted people, and what is there of it.

    Attributes:
        acknowledged: answers that stand by what people were told.
        found: those that the export holds.
        lost: acknowledged answers that the export or the store does not hold.
        duplicated: answers that stand twice.
        late: answers that came late and are marked so.
        people, teams, steps: how many took part, and how many steps were opened at most.
        slowest: seconds of the slowest acknowledgement.
        did: what happened on the way, counted by name.
        odd: what must not happen, in sentences; nothing here when all is well.
    """

    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    duplicated: int = 0
    late: int = 0
    people: int = 0
    teams: int = 0
    steps: int = 0
    slowest: float = 0.0
    did: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The four numbers."""
        return {
            "acknowledged": self.acknowledged,
            "found": self.found,
            "lost": self.lost,
            "duplicated": self.duplicated,
        }

    def sentence(self) -> str:
        """How it went, for one who leads."""
        went = say("rehearse_went", n=self.people, teams=say("rehearse_teams", n=self.teams), steps=self.steps)
        count = f"{self.found:,}"
        lost = say("rehearse_lost", n=self.lost) if self.lost else say("rehearse_none_lost")
        answers = say("rehearse_answers", n=self.found, count=count, lost=lost)
        return f"{went} {answers} {say('rehearse_slowest', seconds=f'{self.slowest:.1f}')}"

    def along_the_way(self) -> str:
        """What happened beside answering, "" for nothing."""
        told = ", ".join(f"{name} {n}" for name, n in sorted(self.did.items()) if n)
        return say("rehearse_on_the_way", told=told) if told else ""

    def as_json(self) -> dict[str, Any]:
        """Everything, for a program."""
        more = {"late": self.late, "people": self.people, "teams": self.teams, "steps": self.steps}
        seconds = {"slowest_s": round(self.slowest, 3)}
        return self.counts() | more | seconds | {"did": {k: n for k, n in self.did.items() if n}, "odd": self.odd}

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, nothing stands twice, and nothing happened that must not."""
        return not (self.lost or self.duplicated or self.odd)


@dataclass(frozen=True, slots=True)
class Stands:
    """What may stand at one place by what was told.

    Attributes:
        values: the value acknowledged last; several where two saves crossed, None where there may be nothing.
        saves: how many different saves were acknowledged; `unsure` how many more may have come through.
        late: the value acknowledged last came late.
    """

    values: frozenset[str | None]
    saves: int
    unsure: int
    late: bool


def standing(tries: Iterable[Try]) -> dict[Place, Stands]:
    """For every place the values that may stand there now; places of which nothing was acknowledged are left out."""
    by_place: defaultdict[Place, list[tuple[Try, str | None]]] = defaultdict(list)
    for one in tries:
        for place, value in one.places():
            by_place[place].append((one, value))
    return {place: _stands(found) for place, found in by_place.items() if any(t.told < NEVER for t, _ in found)}


def _stands(found: Sequence[tuple[Try, str | None]]) -> Stands:
    told = [(t, value) for t, value in found if t.told < NEVER]
    last = [(t, value) for t, value in told if not any(other.replaces(t) for other, _ in told)]
    keys = {t.save_key for t, _ in told}
    unsure = [(t, value) for t, value in found if t.told == NEVER and t.save_key not in keys]
    values = frozenset(value for _, value in (*last, *unsure))
    return Stands(values, len(keys), len({t.save_key for t, _ in unsure}), any(t.late for t, _ in last))


def recount(
    rehearsed: Rehearsed, snapshots: Sequence[Snapshot], tries: Sequence[Try], before: Sequence[Snapshot] = ()
) -> None:
    """Compare what was told with an export and with the store, and note the numbers.

    Args:
        rehearsed: gets the numbers.
        snapshots: the meeting's sessions afterwards.
        tries: what was sent and what was told.
        before: the same sessions as they stood at the start.
    """
    files = exports.EXPORTS["json"].write(snapshots, exports.COACH)
    expected = standing(tries)
    _recount_export(rehearsed, next(iter(files.values())), snapshots, expected)
    _recount_store(rehearsed, snapshots, expected, before)
    rehearsed.steps = max(len(fold(s.acts, s.workbook).opened) for s in snapshots)


def _recount_export(
    rehearsed: Rehearsed, bundle: bytes, snapshots: Sequence[Snapshot], expected: Mapping[Place, Stands]
) -> None:
    slugs = {s.session.id: s.team.slug for s in snapshots}
    promised: defaultdict[Group, list[frozenset[str | None]]] = defaultdict(list)
    for (session, step, round_, name, _author), stands in expected.items():
        promised[slugs[session], step, round_, name].append(stands.values)
    held: defaultdict[Group, Counter[str]] = defaultdict(Counter)
    for group, value in _held(bundle):
        held[group][value] += 1
    for group, wanted in promised.items():
        _match(rehearsed, wanted, held[group])


def _match(rehearsed: Rehearsed, wanted: Sequence[frozenset[str | None]], held: Counter[str]) -> None:
    """Match what may stand in a field of a team with what is there, the surest first."""
    left = Counter(held)
    known = {value for values in wanted for value in values}
    for values in sorted(wanted, key=len):
        taken = next((value for value in values if value is not None and left[value]), None)
        if taken is not None:
            left[taken] -= 1
        elif None in values:
            continue
        rehearsed.acknowledged += 1
        rehearsed.found += taken is not None
        rehearsed.lost += taken is None
    rehearsed.duplicated += sum(n for value, n in left.items() if value in known)


def _held(bundle: bytes) -> Iterator[tuple[Group, str]]:
    """Every answer of an export."""
    for session in json.loads(bundle)["sessions"]:
        for r in session["responses"]:
            if r["state"] == "submitted":
                yield (session["team"]["slug"], r["step"], r["round"], r["field"]), canonical(r["value"])


def _recount_store(
    rehearsed: Rehearsed,
    snapshots: Sequence[Snapshot],
    expected: Mapping[Place, Stands],
    before: Sequence[Snapshot],
) -> None:
    """Look up each place in the store itself: its value, its mark, and that no retry made a version of its own."""
    now, then = dict(_places(snapshots)), dict(_places(before))
    books = {s.session.id: s.workbook for s in snapshots}
    lost = doubled = 0
    for place, stands in expected.items():
        session, step, _, name, author = place
        if not author or is_anonymous(books[session], step, name):
            continue
        found, what = now.get(place), f"{author}'s {step}.{name}"
        value = canonical(found.value) if found and found.state == "submitted" else None
        if value not in stands.values:
            rehearsed.odd.append(f"The store does not hold {what} as it was acknowledged.")
            lost += 1
        if found is None:
            continue
        if found.late != stands.late and len(stands.values) == 1:
            rehearsed.odd.append(f"The mark of being late is wrong on {what}.")
        most = stands.saves + stands.unsure + (then[place].version if place in then else 0)
        if found.version > most:
            rehearsed.odd.append(f"{what} was saved {found.version} times, and acknowledged {most} times.")
            doubled += found.version - most
        rehearsed.late += found.late
    rehearsed.lost, rehearsed.duplicated = max(rehearsed.lost, lost), max(rehearsed.duplicated, doubled)


def _places(snapshots: Iterable[Snapshot]) -> Iterator[tuple[Place, Any]]:
    for snapshot in snapshots:
        for r in snapshot.responses:
            yield (snapshot.session.id, r.step, r.round, r.field, r.author), r


def is_anonymous(book: Workbook, step: str, name: str) -> bool:
    """Whether answers to a field stand under nobody's name."""
    asked = book.step(step)
    return asked.attribution_of(asked.field(name)) == "anonymous"
