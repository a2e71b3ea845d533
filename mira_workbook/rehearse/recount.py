"""Counting again: what was acknowledged against what the store and an export hold."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from mira_workbook import exports
from mira_workbook.catalogue import say
from mira_workbook.content.definition import Workbook
from mira_workbook.exports.rows import SHARED_OUT
from mira_workbook.notebook.doors import TEAM
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
        late: the value acknowledged last came late; None where nobody said.
    """

    values: frozenset[str | None]
    saves: int
    unsure: int
    late: bool | None


Told = tuple[Mapping[Place, Stands], Callable[[Workbook, str, str, Any], str]]
"""What may stand where, and how values are spelled to be compared."""


def standing(tries: Iterable[Try]) -> dict[Place, Stands]:
    """For every place that anybody tried to save, the values that may stand there now."""
    by_place: defaultdict[Place, list[tuple[Try, str | None]]] = defaultdict(list)
    for one in tries:
        for place, value in one.places():
            by_place[place].append((one, value))
    return {place: _stands(found) for place, found in by_place.items()}


def _stands(found: Sequence[tuple[Try, str | None]]) -> Stands:
    told = [(t, value) for t, value in found if t.told < NEVER]
    # A page is not told what its text was merged with: any that was acknowledged may stand.
    merged = all(t.author == TEAM and not t.seq for t, _ in told)
    last = [(t, value) for t, value in told if merged or not any(other.replaces(t) for other, _ in told)]
    keys = {t.save_key for t, _ in told}
    unsure = [(t, value) for t, value in found if t.told == NEVER and t.save_key not in keys]
    values = frozenset(value for _, value in (*last, *unsure))
    late = any(t.late for t, _ in last) if all(t.seq for t, _ in last) else None
    return Stands(values, len(keys), len({t.save_key for t, _ in unsure}), late)


def recount(
    rehearsed: Rehearsed,
    snapshots: Sequence[Snapshot],
    tries: Sequence[Try],
    before: Sequence[Snapshot] = (),
    *,
    loosely: bool = False,
) -> None:
    """Compare what was told with an export and with the store, and note the numbers.

    Args:
        rehearsed: gets the numbers.
        snapshots: the meeting's sessions afterwards.
        tries: what was sent and what was told.
        before: the same sessions as they stood at the start.
        loosely: only pages told of it: what a check fills or hides in a table is left out on both sides.
    """
    files = exports.EXPORTS["json"].write(snapshots, exports.COACH)
    spell = loose if loosely else _exact
    book = snapshots[0].workbook
    for one in tries:
        named = ((name, value) for name, value in one.values.items() if value is not None)
        one.values |= {name: _spelled(spell, book, (one.step, name), value) for name, value in named}
    expected = standing(_on_show(tries, snapshots))
    _recount_export(rehearsed, next(iter(files.values())), snapshots, (expected, spell))
    _recount_store(rehearsed, snapshots, before, (expected, spell))
    rehearsed.steps = max(len(_gone_through(s)) for s in snapshots)


def _gone_through(snapshot: Snapshot) -> frozenset[str]:
    """The steps of the sitting that opened."""
    return frozenset(fold(snapshot.acts, snapshot.workbook).opened) & {s.key for s in snapshot.workbook.sitting}


def _on_show(tries: Iterable[Try], snapshots: Iterable[Snapshot]) -> list[Try]:
    """What was tried, without words of the end that were never shown: they are in no file."""
    silent = set()
    for snapshot in snapshots:
        last = snapshot.workbook.leaving
        if last is not None and (last.key, 1) not in fold(snapshot.acts, snapshot.workbook).revealed:
            silent.add((snapshot.session.id, last.key))
    return [one for one in tries if (one.session, one.step) not in silent]


def _exact(book: Workbook, step: str, name: str, value: Any) -> str:
    """A value as it is; of rows that each person has in an order of their own, files tell another order."""
    use = book.lists.get(getattr(book.step(step).field(name), "rows_from", None) or "")
    own = use is not None and use.use in SHARED_OUT and isinstance(value, list)
    return canonical(sorted(value, key=canonical) if own else value)


def loose(book: Workbook, step: str, name: str, value: Any) -> str:
    """A value without what the server may fill, hide or bring into order in it."""
    columns = getattr(book.step(step).field(name), "columns", ())
    filled = {c.key for c in columns if c.type == "num" or c.show_when or c.control == "taker"}
    rows = value if columns and isinstance(value, list) else ()
    cells = [_known(row["cells"], filled) for row in rows if isinstance(row, dict)]
    if columns:
        return canonical(sorted((one for one in cells if one), key=canonical))
    return canonical(sorted(value) if book.step(step).field(name).type == "many" else value)


def _spelled(
    spell: Callable[[Workbook, str, str, Any], str], book: Workbook, place: tuple[str, str], value: str
) -> str | None:
    """A value that was told of, spelled as it is compared; a table without words is no answer."""
    spelled = spell(book, *place, json.loads(value))
    return None if spell is loose and spelled == "[]" else spelled


def _known(cells: Mapping[str, Any], filled: AbstractSet[str]) -> dict[str, Any]:
    kept = {key: value for key, value in cells.items() if key not in filled and value not in (None, "", [])}
    return {key: sorted(value) if isinstance(value, list) else value for key, value in kept.items()}


def _recount_export(rehearsed: Rehearsed, bundle: bytes, snapshots: Sequence[Snapshot], told: Told) -> None:
    expected, spell = told
    slugs = {s.session.id: s.team.slug for s in snapshots}
    promised: defaultdict[Group, list[Stands]] = defaultdict(list)
    for (session, step, round_, name, _author), stands in expected.items():
        promised[slugs[session], step, round_, name].append(stands)
    held: defaultdict[Group, Counter[str]] = defaultdict(Counter)
    for group, value in _held(bundle):
        held[group][spell(snapshots[0].workbook, group[1], group[3], value)] += 1
    for group, wanted in promised.items():
        twice = _match(rehearsed, wanted, held[group])
        # Of some saves over a network, such as a tap that keeps one's first answer, only the kernel knows.
        rehearsed.duplicated += 0 if spell is loose else twice


def _match(rehearsed: Rehearsed, wanted: Sequence[Stands], held: Counter[str]) -> int:
    """Match what may stand in a field of a team with what is there, the surest first; how much is there twice."""
    left = Counter(held)
    for stands in sorted(wanted, key=lambda one: (not one.saves, len(one.values))):
        taken = next((value for value in stands.values if value is not None and left[value]), None)
        if taken is not None:
            left[taken] -= 1
        if stands.saves and (taken is not None or None not in stands.values):
            rehearsed.acknowledged += 1
            rehearsed.found += taken is not None
            rehearsed.lost += taken is None
    known = {value for stands in wanted for value in stands.values}
    return sum(n for value, n in left.items() if value in known)


def _held(bundle: bytes) -> Iterator[tuple[Group, Any]]:
    """Every answer of an export."""
    for session in json.loads(bundle)["sessions"]:
        for r in session["responses"]:
            if r["state"] == "submitted":
                yield (session["team"]["slug"], r["step"], r["round"], r["field"]), r["value"]


def _recount_store(rehearsed: Rehearsed, snapshots: Sequence[Snapshot], before: Sequence[Snapshot], told: Told) -> None:
    """Look up each place in the store itself: its value, its mark, and that no retry made a version of its own."""
    expected, spell = told
    now, then = dict(_places(snapshots)), dict(_places(before))
    books = {s.session.id: s.workbook for s in snapshots}
    lost = doubled = 0
    for place, stands in expected.items():
        session, step, _, name, author = place
        if not stands.saves or is_anonymous(books[session], step, name):
            continue
        found, what = now.get(place), f"{author}'s {step}.{name}"
        value = spell(books[session], step, name, found.value) if found and found.state == "submitted" else None
        if value not in stands.values:
            rehearsed.odd.append(f"The store does not hold {what} as it was acknowledged.")
            lost += 1
        if found is None:
            continue
        if stands.late is not None and found.late != stands.late and len(stands.values) == 1:
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
