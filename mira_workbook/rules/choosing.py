"""Lists that choose among the team's items: what to talk about first, what ends, what was decided."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.measures import words
from mira_workbook.measures.agreement import consensus
from mira_workbook.measures.initiatives import Initiative, overlaps
from mira_workbook.records import Snapshot
from mira_workbook.rules.hints import evidence_of, hints
from mira_workbook.rules.items import items_of
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import NOBODY, Ratings, field_of, ratings_by_row, split, team_rows
from mira_workbook.rules.refusing import allowed_rows
from mira_workbook.text import join_words, say_number

Shared = tuple[Option, ...]
Args = Mapping[str, Any]
_OVERLAP = 0.5
"""Share of words in common from which two purposes are alike, where the workbook sets no mark of its own."""


def talk_first(snapshot: Snapshot, options: Shared, args: Args) -> Shared:
    """The options people see most differently, then those that many do not know; each says why it is here."""
    asked, ratings = field_of(snapshot.workbook, args["ratings"]), ratings_by_row(snapshot, args["ratings"])
    views = {o.id: consensus(ratings.get(o.id, NOBODY).values, asked.low, asked.high) for o in options}
    apart = [o for o in options if _less(views[o.id], args["below"])]
    apart.sort(key=lambda o: views[o.id] or 0.0)
    unsure = [o for o in options if o not in apart and ratings.get(o.id, NOBODY).unknown >= args["dk"]]
    unsure.sort(key=lambda o: -ratings[o.id].unknown)
    told = [Option(o.id, o.label, _spread(ratings[o.id].values, asked)) for o in apart]
    told += [Option(o.id, o.label, _unknown(ratings[o.id])) for o in unsure]
    return tuple(told[: args["n"]])


def _less(value: float | None, mark: float) -> bool:
    return value is not None and value < mark


def _spread(rated: Sequence[int], asked: Any) -> str:
    low, high = (asked.ends[value - asked.low] for value in (min(rated), max(rated)))
    return say("row_apart", low=low, high=high)


def _unknown(ratings: Ratings) -> str:
    return say("row_unknown", n=ratings.dk, of=len(ratings.values) + ratings.dk)


def hinted(snapshot: Snapshot, options: Shared, args: Args) -> Shared:
    """The options with what is known of each in its line of help: today, alignment, evidence, its like, a hint."""
    found, items = hints(snapshot, args), items_of(snapshot)
    ratings, evidence = ratings_by_row(snapshot, args["align"]), evidence_of(snapshot, args["evidence"])
    doubts, alike, unit = _doubts(snapshot, args), _alike(snapshot, options), currency(snapshot)
    told = []
    for o in options:
        today = _today(items.get(o.id, {}), unit)
        parts = [today, _aligned(ratings.get(o.id, NOBODY).values), _shown(evidence.get(o.id))]
        parts += [doubts.get(o.id, ""), alike.get(o.id, ""), say(f"hint_{found[o.id]}") if o.id in found else ""]
        told.append(Option(o.id, o.label, " ".join(part for part in parts if part)))
    return tuple(told)


def _today(cells: Mapping[str, Any], unit: str) -> str:
    """What a row takes now; of what it does not take nothing is said."""
    spelled: dict[str, Callable[[Any], str]] = {
        "usd_year": lambda amount: words.money(amount, unit),
        "fte": say_number,
        "staff_min_week": say_number,
    }
    parts = [say(f"row_{key}", n=spell(cells[key])) for key, spell in spelled.items() if cells.get(key)]
    return say("row_today", levels=", ".join(parts)) if parts else ""


def _aligned(rated: Sequence[int]) -> str:
    return say("row_aligned", mean=f"{sum(rated) / len(rated):.1f}") if rated else ""


def _shown(evidence: float | None) -> str:
    return "" if evidence is None else say("row_evidence", n=say_number(round(evidence, 1)))


def _doubts(snapshot: Snapshot, args: Args) -> dict[str, str]:
    """Item to what the pair that looked at it says of its minutes, where it doubts them."""
    if not args.get("minutes_ok") or not args.get("minutes_fix"):
        return {}
    step, field, column = split(args["minutes_ok"])
    better = split(args["minutes_fix"])[2]
    rows = (row for value in snapshot.answers(step, field).values() for row in value or ())
    return {
        row["row_id"]: say("row_minutes_fix", n=say_number(row["cells"][better]))
        for row in rows
        if row["cells"].get(column) in {"too_low", "too_high"} and row["cells"].get(better) is not None
    }


def _alike(snapshot: Snapshot, options: Shared) -> dict[str, str]:
    """Item to the others that serve the same people for a like purpose."""
    floor = float(snapshot.workbook.settings.get("overlap", _OVERLAP))
    items, labels = items_of(snapshot), {o.id: o.label for o in options}
    known = [
        (key, items[key].get("served_who") or "", items[key].get("purpose") or "") for key in labels if key in items
    ]
    beside: dict[str, list[str]] = {}
    for a, b in overlaps([Initiative(key, served_who=whom, purpose=purpose) for key, whom, purpose in known], floor):
        beside.setdefault(a, []).append(f"“{labels[b]}”")
        beside.setdefault(b, []).append(f"“{labels[a]}”")
    return {key: say("row_overlaps", others=join_words(others)) for key, others in beside.items()}


def ending(snapshot: Snapshot, options: Shared, args: Args) -> Shared:
    """The options whose money ends by the day, without those that are let go anyway; without a day there are none."""
    step, field, column = split(args["ends"])
    by = snapshot.team_answer(*split(args["by"])[:2])
    ends = {row["row_id"]: row["cells"].get(column) for row in team_rows(snapshot, f"{step}.{field}")}
    decided_on = _decisions(snapshot, args)
    return tuple(
        o
        for o in options
        if by and ends.get(o.id) and ends[o.id] <= by and decided_on.get(o.id) not in args.get("without", ())
    )


def decided(snapshot: Snapshot, options: Shared, args: Args) -> Shared:
    """The options that were decided in one of these ways."""
    decided_on = _decisions(snapshot, args)
    return tuple(o for o in options if decided_on.get(o.id) in args["values"])


def _decisions(snapshot: Snapshot, args: Args) -> dict[str, Any]:
    step, field, column = split(args["decision"])
    return {row["row_id"]: row["cells"].get(column) for row in allowed_rows(snapshot, f"{step}.{field}")}
