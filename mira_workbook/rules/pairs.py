"""Who works with whom in pair steps: formed when the first of them opens, and kept for the whole workbook."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mira_workbook.content.definition import Step
from mira_workbook.records import Act, NewAct, Pair, Response, Snapshot, Stay
from mira_workbook.rules.sitting import Groups


def in_twos(keys: Sequence[str]) -> Groups:
    """Neighbours two by two; an odd one makes the last two three, and whoever is alone is a pair of one."""
    groups = [tuple(keys[i : i + 2]) for i in range(0, len(keys), 2)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        odd = groups.pop()
        groups[-1] += odd
    return tuple(groups)


def joined(groups: Groups, late: Iterable[str], here: Collection[str]) -> Groups:
    """Let each latecomer into the pair with the fewest people here, the first of equals.

    Nobody is moved, so partners stay together. A pair that nobody of is here takes a latecomer only if all are such.
    """
    grown = [list(group) for group in groups]
    present = set(here)
    for key in late:
        present.add(key)
        sizes = [(len(present & set(group)) or len(present) + 1) for group in grown]
        grown[sizes.index(min(sizes))].append(key)
    return tuple(tuple(group) for group in grown)


def name(pair: Pair) -> str:
    """The author under which a pair's records stand."""
    return called(pair.n - 1)


def called(place: int) -> str:
    """The same for the pair at a place, from 0."""
    return f"PAIR{place + 1}"


def pair_of(snapshot: Snapshot, member: str) -> str:
    """The name of a member's pair, "" for none."""
    ids = {m.id for m in snapshot.members if m.key == member}
    return next((name(pair) for pair in snapshot.pairs if ids & set(pair.members)), "")


def partners(snapshot: Snapshot, member: str) -> tuple[str, ...]:
    """Keys of the others of a member's pair who are here, roster order."""
    mine = pair_of(snapshot, member)
    return tuple(m.key for m in snapshot.present() if m.key != member and mine and pair_of(snapshot, m.key) == mine)


def present_in(snapshot: Snapshot, pair: str) -> tuple[str, ...]:
    """Keys of the members of a pair who are here, roster order."""
    return tuple(m.key for m in snapshot.present() if pair_of(snapshot, m.key) == pair)


def here(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of the pairs of which somebody is here: the units of a pair step."""
    ids = {m.id for m in snapshot.present()}
    return tuple(name(pair) for pair in snapshot.pairs if ids & set(pair.members))


def unpaired(snapshot: Snapshot) -> tuple[str, ...]:
    """Keys of those who are here and in no pair yet, roster order."""
    return tuple(m.key for m in snapshot.present() if not pair_of(snapshot, m.key))


def late(snapshot: Snapshot) -> tuple[str, ...]:
    """Those who came after the pairs were formed and are in none yet."""
    return unpaired(snapshot) if snapshot.pairs else ()


def pairing(snapshot: Snapshot) -> tuple[NewAct, ...]:
    """The act that forms the pairs, or lets latecomers in; none where everybody has a pair."""
    loose = unpaired(snapshot)
    if not loose:
        return ()
    known = groups(snapshot)
    together = joined(known, loose, {m.key for m in snapshot.present()} - set(loose)) if known else in_twos(loose)
    return (NewAct("pairs", payload={"pairs": [list(group) for group in together]}),)


def groups(snapshot: Snapshot) -> Groups:
    """The pairs as they sit, by number, who came last at the end; a pair keeps its number behind one that is empty."""
    keys = {m.id: m.key for m in snapshot.members}
    known = {}
    for pair in snapshot.pairs:
        since = {stay.member: stay.joined_at for stay in pair.stays}
        ids = sorted(pair.members, key=since.__getitem__) if since else pair.members
        known[pair.n] = tuple(keys[i] for i in ids if i in keys)
    return tuple(known.get(n, ()) for n in range(1, max(known, default=0) + 1))


def after(snapshot: Snapshot, acts: Iterable[NewAct]) -> Snapshot:
    """The snapshot with the pairs that these acts form."""
    formed = next((act.payload["pairs"] for act in acts if act.kind == "pairs"), None)
    if formed is None:
        return snapshot
    ids = {m.key: m.id for m in snapshot.members}
    made = (Pair(n, tuple(ids[key] for key in keys if key in ids)) for n, keys in enumerate(formed, 1))
    return replace(snapshot, pairs=tuple(made))


def _stays(snapshot: Snapshot, member: str) -> dict[str, Stay]:
    """The pairs a member is or was in, by name, the newest first."""
    (me,) = [m.id for m in snapshot.members if m.key == member] or [0]
    found = [(stay, name(pair)) for pair in snapshot.pairs for stay in pair.stays if stay.member == me]
    return {pair: stay for stay, pair in sorted(found, key=lambda one: one[0].joined_at, reverse=True)}


def left(snapshot: Snapshot, member: str) -> dict[str, datetime]:
    """The pairs that a member was in and is no more, with when they left."""
    return {pair: stay.left_at for pair, stay in _stays(snapshot, member).items() if stay.left_at is not None}


def came(snapshot: Snapshot, member: str) -> datetime | None:
    """When a member came to the pair they are in."""
    return next((stay.joined_at for stay in _stays(snapshot, member).values() if stay.left_at is None), None)


def first(snapshot: Snapshot, member: str) -> str:
    """The name of the pair that a member was in first, "" for none."""
    return next(reversed(_stays(snapshot, member)), "")


def at_first(snapshot: Snapshot, member: str) -> tuple[str, ...]:
    """Keys of those who were with a member in the first pair either of them was in, roster order."""
    firsts = {m.key: first(snapshot, m.key) for m in snapshot.members}
    return tuple(key for key, pair in firsts.items() if key != member and pair and pair == firsts.get(member))


def wrote(snapshot: Snapshot, member: str, response: Response) -> bool:
    """Whether a pair's answer is a member's too: of the pair they are in, or as it was when they left another."""
    if response.author_kind != "pair":
        return False
    at = left(snapshot, member).get(response.author)
    kept = at is not None and response.saved_at is not None and response.saved_at <= at
    return kept or response.author == pair_of(snapshot, member)


def pair_for(snapshot: Snapshot, member: str, step: str, round_: int) -> str:
    """The pair with which a member answered a step's round; the one they are in where none of theirs has."""
    mine, before, since = pair_of(snapshot, member), left(snapshot, member), came(snapshot, member)
    given = {
        r.author: r.saved_at
        for r in snapshot.responses
        if (r.step, r.round, r.author_kind, r.state) == (step, round_, "pair", "submitted") and r.saved_at
    }
    if not before or (mine in given and since and _minute(since) <= given[mine]):
        return mine
    return next((pair for pair, at in before.items() if pair in given and given[pair] <= at), mine)


def behind(snapshot: Snapshot, response: Response) -> tuple[str, ...]:
    """The names of those who were in a pair when its answer was saved, roster order; sight rounds that to minutes."""
    pair = next((one for one in snapshot.pairs if name(one) == response.author), None)
    saved = response.saved_at
    if pair is None or saved is None:
        return ()
    then = {
        stay.member
        for stay in pair.stays
        if _minute(stay.joined_at) <= saved and (not stay.left_at or saved <= stay.left_at)
    }
    return tuple(m.name for m in snapshot.members if m.id in (then or pair.members))


def _minute(moment: datetime) -> datetime:
    """A moment as sight tells it, so that the two compare."""
    return moment.replace(second=0, microsecond=0)


def needs_pairs(steps: Iterable[Step]) -> bool:
    """Whether any of these steps asks pairs."""
    return any(step.asks("pair") for step in steps)


def is_in(acts: Iterable[Act], member: str, pair: str) -> bool:
    """Whether a member is in a pair by what the acts say: inside the write door there is no snapshot."""
    latest = next((a.payload["pairs"] for a in sorted(acts, key=lambda a: -a.seq) if a.kind == "pairs"), ())
    return any(pair == f"PAIR{n}" and member in keys for n, keys in enumerate(latest, 1))
