"""Lists that give each person, or each pair, a part: in an order of their own, and evenly.

Under the key "" stands what somebody gets who comes later; a pair's part also stands under the pair's name.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from mira_workbook.content.answers.base import Option
from mira_workbook.records import Snapshot
from mira_workbook.rules import pairs
from mira_workbook.rules.reading import split, team_rows
from mira_workbook.rules.sitting import Groups, Sitting

Shared = tuple[Option, ...]


def _mixed(options: Sequence[Option], salt: str) -> Shared:
    return tuple(sorted(options, key=lambda o: hashlib.sha256(f"{salt}/{o.id}".encode()).digest()))


def balanced(snapshot: Snapshot, options: Shared, n: int) -> dict[str, Shared]:
    """For each person at most n options in mixed order; the options differ by one at most in how many people have them.

    Law: with m people every option is with floor or ceil of m·n/k people.
    """
    salt = f"{snapshot.session.id}/{snapshot.meeting.id}"
    if len(options) <= n:
        own = {m.key: _mixed(options, f"{salt}/{m.key}") for m in snapshot.present()}
        return {**own, "": _mixed(options, salt)}
    circle = _mixed(options, salt)
    found: dict[str, Shared] = {}
    for place, key in enumerate([*(m.key for m in snapshot.present()), ""]):
        part = [circle[(place * n + i) % len(circle)] for i in range(n)]
        found[key] = _mixed(part, f"{salt}/{key}")
    return found


def dealt_to_pairs(snapshot: Snapshot, options: Shared) -> dict[str, Shared]:
    """For each pair of which somebody is here its share, dealt one by one in the list's order."""
    names = pairs.here(snapshot)
    shares = {name: tuple(options[i :: len(names)]) for i, name in enumerate(names)}
    own = {m.key: shares.get(pairs.pair_of(snapshot, m.key), ()) for m in snapshot.present()}
    return {**own, **shares}


def handed_on(
    dealt: Mapping[str, Shared], now: Mapping[str, Shared], first: Groups, sitting: Sitting
) -> dict[str, Shared]:
    """The shares of a dealt list after somebody has gone or has come back, so that a pair that is here holds each row.

    A share stays with its pair; from a pair that nobody of is here it goes with the first of them who sits elsewhere,
    and where all are gone, row by row to the pairs at work that have fewest. A pair whose answer is in keeps what it
    has; it gets more only where nobody else is here.

    Args:
        dealt: the shares as they were dealt.
        now: the shares as they are held now.
        first: the pairs when the list was dealt.
        sitting: the pairs from now on.
    """
    places = range(len(sitting.groups))
    held = {place: now.get(pairs.called(place), ()) if place in sitting.done else () for place in places}
    answered = {option for part in held.values() for option in part}
    free: list[Option] = []
    for place in places:
        to, share = _goes_to(place, first, sitting), dealt.get(pairs.called(place), ())
        if to is None:
            free += share
        else:
            held[to] += tuple(o for o in share if o not in held[to] and (to == place or o not in answered))
    here = [place for place in places if sitting.present(place)]
    at_work = [place for place in here if place not in sitting.done] or here
    for option in free:
        if at_work and all(option not in part for part in held.values()):
            held[min(at_work, key=lambda place: (len(held[place]), place))] += (option,)
    return _by_name(held, sitting)


def _goes_to(place: int, first: Groups, sitting: Sitting) -> int | None:
    """Where a pair's share goes: nowhere else while somebody of it is here or its answer is in; None for all gone."""
    if sitting.present(place) or place in sitting.done:
        return place
    members = first[place] if place < len(first) else ()
    found = [at for key in members if key in sitting.here and (at := sitting.place(key)) is not None]
    return min(found, key=lambda at: at in sitting.done, default=None)


def _by_name(held: Mapping[int, Shared], sitting: Sitting) -> dict[str, Shared]:
    """Shares under the names of the pairs that have one, and of their people who are here."""
    shares = {place: part for place, part in held.items() if sitting.present(place) or place in sitting.done}
    people = {key: part for place, part in shares.items() for key in sitting.present(place)}
    return {**people, **{pairs.called(place): part for place, part in shares.items()}}


def narrowed(snapshot: Snapshot, own: Mapping[str, Any]) -> dict[str, Any]:
    """Personal lists as a second round pins them: only rows that the team wants to rate again, if it ticked any.

    Whoever had a row in the first round has it again; who had none of them has nothing to do.
    """
    kept = dict(own)
    for name in own:
        use = snapshot.workbook.lists[name]
        again = use.arguments.get("again")
        wanted = ticked_rows(snapshot, str(again)) if again else set()
        if wanted:
            kept[name] = {key: [o for o in options if o[0] in wanted] for key, options in own[name].items()}
    return kept


def ticked_rows(snapshot: Snapshot, name: str) -> set[str]:
    """Ids of a team table's rows that are ticked in `step.field.column`."""
    step, field, column = split(name)
    return {row["row_id"] for row in team_rows(snapshot, f"{step}.{field}") if row["cells"].get(column) is True}
