"""Who works with whom in pair steps: formed when the first of them opens, and kept for the whole workbook."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from mira_workbook.content.definition import Step
from mira_workbook.records import Act, NewAct, Pair, Snapshot

Groups = tuple[tuple[str, ...], ...]
"""Member keys, pair by pair."""


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
    return f"PAIR{pair.n}"


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
    keys = {m.id: m.key for m in snapshot.members}
    known = {pair.n: tuple(keys[i] for i in pair.members if i in keys) for pair in snapshot.pairs}
    # A pair keeps its number, also behind one that was forgotten.
    standing = tuple(known.get(n, ()) for n in range(1, max(known, default=0) + 1))
    groups = joined(standing, loose, {m.key for m in snapshot.present()} - set(loose)) if known else in_twos(loose)
    return (NewAct("pairs", payload={"pairs": [list(group) for group in groups]}),)


def after(snapshot: Snapshot, acts: Iterable[NewAct]) -> Snapshot:
    """The snapshot with the pairs that these acts form."""
    formed = next((act.payload["pairs"] for act in acts if act.kind == "pairs"), None)
    if formed is None:
        return snapshot
    ids = {m.key: m.id for m in snapshot.members}
    made = (Pair(n, tuple(ids[key] for key in keys if key in ids)) for n, keys in enumerate(formed, 1))
    return replace(snapshot, pairs=tuple(made))


def needs_pairs(steps: Iterable[Step]) -> bool:
    """Whether any of these steps asks pairs."""
    return any(step.asks("pair") for step in steps)


def is_in(acts: Iterable[Act], member: str, pair: str) -> bool:
    """Whether a member is in a pair by what the acts say: inside the write door there is no snapshot."""
    latest = next((a.payload["pairs"] for a in sorted(acts, key=lambda a: -a.seq) if a.kind == "pairs"), ())
    return any(pair == f"PAIR{n}" and member in keys for n, keys in enumerate(latest, 1))
