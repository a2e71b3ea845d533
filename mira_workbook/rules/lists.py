"""Lists that steps refer to, each a registered function of the answers so far.

A shared list is a tuple of options; a personal one maps a member's key to options.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from mira_workbook.content.answers.base import Option
from mira_workbook.content.answers.conditions import matches
from mira_workbook.content.definition import Step, Workbook
from mira_workbook.records import Snapshot
from mira_workbook.rules.choosing import decided, ending, hinted, talk_first
from mira_workbook.rules.dealing import balanced, dealt_to_pairs
from mira_workbook.rules.reading import cells, picks, split, standing, team_rows

Shared = tuple[Option, ...]
Personal = dict[str, Shared]
Listed = Shared | Personal


def _team(snapshot: Snapshot, _args: Mapping[str, Any]) -> Listed:
    """Everybody present, roster order; two people of one name are told apart by what they do."""
    names = Counter(m.name for m in snapshot.present())
    return tuple(
        Option(m.key, f"{m.name} · {m.role}" if names[m.name] > 1 and m.role else m.name) for m in snapshot.present()
    )


def _next_in_ring(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """For each person the next n in roster order, wrapping; fixed when the step opens."""
    ring = [m for m in snapshot.present() if m.joined_at is not None] or list(snapshot.present())
    count = min(int(args["n"]), len(ring) - 1)
    return {
        m.key: tuple(
            Option(other.key, other.name, other.role)
            for other in (ring[(i + k) % len(ring)] for k in range(1, count + 1))
        )
        for i, m in enumerate(ring)
    }


def _written_about_me(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """For each person what others wrote in their row: the writer's key, the text, the writer's name.

    Where a session has made these answers more private, they bear a number instead, in an order that tells nothing.
    """
    step, field, _ = split(args["field"])
    asked = snapshot.workbook.step(step).field(field)
    if snapshot.workbook.step(step).attribution_of(asked) != "named":
        return _unsigned_about_me(snapshot, args)
    names = {m.key: m.name for m in snapshot.members}
    found: Personal = {m.key: () for m in snapshot.members}
    for author, about, text in cells(snapshot, f"{args['field']}.{args['column']}"):
        if about in found:
            found[about] = (*found[about], Option(author, str(text), names.get(author, "")))
    return found


def _unsigned_about_me(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    found: dict[str, list[str]] = {m.key: [] for m in snapshot.members}
    for _, about, text in cells(snapshot, f"{args['field']}.{args['column']}"):
        if about in found:
            found[about].append(str(text))
    return {
        key: tuple(Option(f"w{n}", text) for n, text in enumerate(sorted(texts, key=_mixed), 1))
        for key, texts in found.items()
    }


def _mixed(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _rows_of(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """The rows of a team table, in its order; with `where` those whose cells equal it."""
    where = args.get("where", {})
    return tuple(
        Option(row["row_id"], str(row["cells"].get(args["label"], "")))
        for row in team_rows(snapshot, args["field"])
        if matches(where, row["cells"])
    )


def _rows_of_all(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """Everyone's rows together, ordered by a hash so that the order tells nothing of the authors."""
    step, field, _ = split(args["field"])
    rows = [
        (row["row_id"], str(row["cells"].get(args["label"], "")))
        for response in standing(snapshot, step, field)
        for row in response.value or ()
    ]
    return tuple(Option(*row) for row in sorted(rows, key=lambda row: hashlib.sha256(row[0].encode()).digest()))


def _picked(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """The items somebody put first, fewest voices first; equal ones keep the list's order."""
    voices = Counter(picks(snapshot, args["of"], args.get("value", "")).values())
    among = resolve(snapshot, args["among"])
    options = [o for o in among if voices[o.id]] if isinstance(among, tuple) else []
    return tuple(sorted(options, key=lambda o: voices[o.id]))


def holders(snapshot: Snapshot, name: str) -> dict[str, tuple[str, ...]]:
    """Who put each item of a list of first picks first: option to member keys, roster order; {} for other lists."""
    declared = snapshot.workbook.lists.get(name)
    if declared is None or declared.use != "picked":
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for member, option in picks(snapshot, declared.arguments["of"], declared.arguments.get("value", "")).items():
        found[option] = (*found.get(option, ()), member)
    return found


def _worries(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """Comments of those whose rating is below a mark, without who wrote them, ordered by a hash."""
    step, rating, _ = split(args["rating"])
    comment = split(args["comment"])[1]
    low = {r.author for r in standing(snapshot, step, rating) if isinstance(r.value, int) and r.value < args["below"]}
    texts = [str(r.value) for r in standing(snapshot, step, comment) if r.author in low]
    texts.sort(key=_mixed)
    return tuple(Option(f"w{i}", text) for i, text in enumerate(texts, 1))


def _others(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """A list without the one that was chosen."""
    step, field, _ = split(args["chosen"])
    chosen = snapshot.team_answer(step, field)
    among = resolve(snapshot, args["among"])
    return tuple(o for o in among if o.id != chosen) if isinstance(among, tuple) else ()


def _gathered(snapshot: Snapshot, args: Mapping[str, Any]) -> Listed:
    """Everything that was written in some columns, column by column; what is to be skipped is left out."""
    skip = args.get("skip", {})
    found: dict[str, Option] = {}
    for name in args["columns"]:
        step, field, column = split(name)
        for response in standing(snapshot, step, field):
            for row in response.value or ():
                words = str(row["cells"].get(column) or "")
                if words and not any(key in row["cells"] and matches({key: skip[key]}, row["cells"]) for key in skip):
                    found[row["row_id"]] = Option(row["row_id"], words)
    return tuple(found.values())


def _among(snapshot: Snapshot, args: Mapping[str, Any]) -> Shared:
    """The shared list that another one is drawn from."""
    among = resolve(snapshot, args["among"])
    return among if isinstance(among, tuple) else ()


LISTS: dict[str, Callable[[Snapshot, Mapping[str, Any]], Listed]] = {
    "next_in_ring": _next_in_ring,
    "written_about_me": _written_about_me,
    "rows_of": _rows_of,
    "rows_of_all": _rows_of_all,
    "picked": _picked,
    "worries": _worries,
    "others": _others,
    "gathered": _gathered,
    "balanced": lambda snapshot, args: balanced(snapshot, _among(snapshot, args), int(args["n"])),
    "dealt_to_pairs": lambda snapshot, args: dealt_to_pairs(snapshot, _among(snapshot, args)),
    "talk_first": lambda snapshot, args: talk_first(snapshot, _among(snapshot, args), args),
    "hinted": lambda snapshot, args: hinted(snapshot, _among(snapshot, args), args),
    "ending": lambda snapshot, args: ending(snapshot, _among(snapshot, args), args),
    "decided": lambda snapshot, args: decided(snapshot, _among(snapshot, args), args),
}


def resolve(snapshot: Snapshot, name: str) -> Listed:
    """Work out a list of the workbook by name, from the answers as they stand.

    Raises:
        KeyError: the workbook declares no such list; the loader refuses such a workbook.
    """
    if name == "team":
        return _team(snapshot, {})
    declared = snapshot.workbook.lists[name]
    return LISTS[declared.use](snapshot, declared.arguments)


def names_used(workbook: Workbook, step: Step, *, after_reveal: bool | None = None) -> tuple[str, ...]:
    """Names of the workbook's lists that a step's fields refer to.

    Args:
        workbook: whose lists count; static shared lists are left out.
        step: the step.
        after_reveal: only fields that unlock with the reveal, only the others, or all.
    """
    found: dict[str, None] = {}
    for asked in step.fields:
        if after_reveal is not None and asked.after_reveal != after_reveal:
            continue
        for part in (asked, *getattr(asked, "columns", ())):
            for name in (getattr(part, "rows_from", None), getattr(part, "list", None)):
                if name and (name == "team" or name in workbook.lists):
                    found[name] = None
    return tuple(found)


def pin(snapshot: Snapshot, names: tuple[str, ...]) -> dict[str, Any]:
    """Spell lists as an act's payload keeps them: `lists` shared, `own_lists` by member."""
    shared: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for name in names:
        listed = resolve(snapshot, name)
        if isinstance(listed, dict):
            own[name] = spelled(listed)
        else:
            shared[name] = [_row(o) for o in listed]
    return {"lists": shared, "own_lists": own}


def spelled(listed: Mapping[str, Shared]) -> dict[str, list[list[str]]]:
    """A personal list as an act's payload keeps it."""
    return {key: [_row(o) for o in options] for key, options in listed.items()}


def _row(option: Option) -> list[str]:
    return [option.id, option.label, option.help] if option.help else [option.id, option.label]
