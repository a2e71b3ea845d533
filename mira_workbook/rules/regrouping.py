"""Who works with whom once somebody is gone or back: nobody sits alone while somebody else still works.

The rule, made for tired people: as few as possible move, and nobody who has finished does.

- Who is left alone goes to the pair of somebody they know from their own first pair, else to another one left alone,
  else to the nearest pair of two. Where all others are threes, the last of the nearest three comes over instead.
- A pair whose answer is in takes nobody and sends nobody: its work is done, also where one of it is alone by now. Where
  every other pair has finished, who is left alone goes on alone.
- Who comes back finds those of their first pair who went elsewhere, unless those have finished or would leave somebody
  alone. Where all have finished, who comes back joins the answer of those they know.
- When the next step for pairs opens, everybody is back with those they began with, as far as they are here.

Laws: everybody stays in exactly one pair. A pair that works is one person's only where no other pair works. Moving
makes no pair of more than three, but for who comes back to a finished one.
"""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from mira_workbook.content.definition import Step
from mira_workbook.records import Act, NewAct, Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.dealing import handed_on
from mira_workbook.rules.lists import spelled
from mira_workbook.rules.reading import standing
from mira_workbook.rules.sitting import Groups, Sitting
from mira_workbook.rules.stage import Stage, fold

MOST = 3
"""People in a pair at most, where somebody who is left alone comes to it."""


def settled(sitting: Sitting, back: str = "") -> Sitting:
    """Let nobody sit alone; `back` has just come back and has written nothing yet."""
    while (step := next(_steps(sitting, back), None)) is not None:
        sitting = step
    return sitting


def _steps(sitting: Sitting, back: str) -> Iterator[Sitting]:
    """What can be done for each who is alone, one pair after the other; each step leaves fewer alone."""
    sizes = sitting.sizes()
    for place, size in enumerate(sizes):
        if size != 1 or place in sitting.done:
            continue
        (alone,) = sitting.present(place)
        others = [p for p in range(len(sizes)) if p != place and sizes[p] and p not in sitting.done]
        near = [(not sitting.knows(alone, p), sizes[p] > 1, abs(p - place), p) for p in others if sizes[p] < MOST]
        full = [(-sizes[p], abs(p - place), p) for p in others]
        known = [p for p in sorted(sitting.done) if sitting.knows(alone, p)] if alone == back else []
        if near:
            yield sitting.moved(alone, min(near)[-1])
        elif full:
            yield sitting.moved(sitting.present(min(full)[-1])[-1], place)
        elif known:
            yield sitting.moved(alone, known[0])


def seated(sitting: Sitting, back: str = "") -> Sitting:
    """How people sit after somebody has gone, or after `back` has come back."""
    home = sitting.homes.get(back)
    if home is not None and sitting.place(back) == home:
        sitting = homeward(sitting, {key for key, place in sitting.homes.items() if place == home})
    return settled(_parted(sitting, back), back)


def _parted(sitting: Sitting, back: str) -> Sitting:
    """Where coming back makes a pair too large: a guest of it goes on, or two of it make an empty one."""
    place = sitting.place(back)
    if place is None or place in sitting.done or len(sitting.present(place)) <= MOST:
        return sitting
    sizes = sitting.sizes()
    *_, guest = sorted(sitting.present(place), key=lambda key: (sitting.homes.get(key) != place, key == back))
    open_ = [p for p in range(len(sizes)) if p not in sitting.done and sizes[p] < MOST]
    near = [(p != sitting.homes.get(guest), abs(p - place), p) for p in open_ if sizes[p]]
    empty = [(p != sitting.homes.get(guest), p) for p in open_ if not sizes[p]]
    if near or not empty:
        return sitting.moved(guest, min(near)[-1]) if near else sitting
    home = sitting.homes.get(guest)
    others = [key for key in sitting.present(place) if key != guest]
    *_, mate = sorted(others, key=lambda key: (sitting.homes.get(key) == home, sitting.homes.get(key) != place))
    return sitting.moved(guest, min(empty)[-1]).moved(mate, min(empty)[-1])


def homeward(sitting: Sitting, keys: Collection[str]) -> Sitting:
    """Let these people go back to those they began with, where those are here and nobody is left alone for it."""
    for key in [k for group in sitting.groups for k in group if k in keys and k in sitting.here]:
        home, place = sitting.homes.get(key), sitting.place(key)
        if home is None or place is None or home == place or {home, place} & sitting.done:
            continue
        if 0 < len(sitting.present(home)) < MOST and len(sitting.present(place)) != 2:  # noqa: PLR2004 - one of two would be alone
            sitting = sitting.moved(key, home)
    return sitting


# --------------------------------------------------------------------------------------------------- in a session


def forming(snapshot: Snapshot, stage: Stage, steps: Sequence[Step]) -> tuple[NewAct, ...]:
    """The act that forms the pairs for steps that open, or seats those anew who were alone or away."""
    if not pairs.needs_pairs(steps):
        return ()
    acts = pairs.pairing(snapshot)
    known = pairs.after(snapshot, acts)
    before = _sitting(known, done(snapshot, stage, steps), (*snapshot.acts, *acts))
    after = settled(homeward(before, before.here))
    if after.groups == before.groups:
        return acts
    return (NewAct("pairs", payload={"pairs": [list(group) for group in after.groups]}),)


def regrouping(snapshot: Snapshot, stage: Stage, back: str = "") -> tuple[NewAct, ...]:
    """The act that seats people anew after somebody has gone or has come back while pairs work; none where all stay."""
    steps = working(snapshot, stage)
    if not steps or not snapshot.pairs:
        return ()
    before = _sitting(snapshot, done(snapshot, stage, steps), snapshot.acts)
    after = seated(before, back)
    own_lists = _shares(snapshot, stage, after)
    if after.groups == before.groups and not own_lists:
        return ()
    payload: dict[str, Any] = {"pairs": [list(group) for group in after.groups]}
    return (NewAct("pairs", payload=payload | ({"own_lists": own_lists} if own_lists else {})),)


def working(snapshot: Snapshot, stage: Stage) -> tuple[Step, ...]:
    """The open steps that pairs are to answer and whose answers are not shown yet."""
    steps = [snapshot.workbook.step(key) for key in stage.now_open]
    return tuple(s for s in steps if s.asks("pair") and (s.key, stage.round_of(s.key)) not in stage.revealed)


def done(snapshot: Snapshot, stage: Stage, steps: Sequence[Step]) -> frozenset[int]:
    """The places of the pairs whose answers to all of these steps are in."""
    asked = [(s.key, f.key, stage.round_of(s.key)) for s in steps for f in s.asks("pair") if f.required]
    found = [{r.author for r in standing(snapshot, *one)} for one in asked]
    return frozenset(p.n - 1 for p in snapshot.pairs if found and all(pairs.name(p) in one for one in found))


def _sitting(snapshot: Snapshot, done: AbstractSet[int], acts: Sequence[Act | NewAct]) -> Sitting:
    here = frozenset(m.key for m in snapshot.present())
    return Sitting(pairs.groups(snapshot), here, done, _homes(acts))


def _homes(acts: Sequence[Act | NewAct]) -> dict[str, int]:
    """Member key to the place in the pairs as they were formed last; seating anew keeps their number."""
    homes: dict[str, int] = {}
    formed = 0
    for groups in (act.payload["pairs"] for act in acts if act.kind == "pairs"):
        homes = homes if len(groups) == formed else {}
        formed = len(groups)
        for place, keys in enumerate(groups):
            homes = {**dict.fromkeys(keys, place), **homes}
    return homes


def _shares(snapshot: Snapshot, stage: Stage, sitting: Sitting) -> dict[str, Any]:
    """The lists that were dealt to pairs, as they are held from now on; without those that stay as they are."""
    changed = {}
    dealt = fold([act for act in snapshot.acts if act.kind != "pairs"], snapshot.workbook).own_lists
    for name, shares in dealt.items():
        if snapshot.workbook.lists[name].use != "dealt_to_pairs":
            continue
        held = handed_on(shares, stage.own_lists[name], _when_dealt(snapshot.acts, name), sitting)
        if held != stage.own_lists[name]:
            changed[name] = spelled(held)
    return changed


def _when_dealt(acts: Sequence[Act], name: str) -> Groups:
    """The pairs as they were when a list was dealt to them last."""
    deals = [a.seq for a in acts if a.kind != "pairs" and name in a.payload.get("own_lists", {})]
    before = [a for a in acts if a.kind == "pairs" and a.seq < max(deals, default=0)]
    latest = max(before, key=lambda a: a.seq, default=None)
    return tuple(tuple(keys) for keys in latest.payload["pairs"]) if latest else ()
