"""What a field starts with, taken from earlier answers; always editable, marked as taken."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Use
from mira_workbook.content.answers.table import TableField
from mira_workbook.measures.bands import reaches
from mira_workbook.measures.ranking import recommend
from mira_workbook.records import Snapshot
from mira_workbook.rules.causes import rated
from mira_workbook.rules.items import items_of
from mira_workbook.rules.lists import resolve
from mira_workbook.rules.reading import by_author, cells, picks, split, standing, team_rows
from mira_workbook.rules.stage import Stage
from mira_workbook.text import inside_sentence

Wordings = tuple[str, ...]
"""What several people wrote, to be put side by side."""
LONGEST_LABEL = 140
"""Characters of a row's wording that is taken from what somebody wrote."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where a start is worked out: answers on show, stage, day, the row it is for, and how new rows are called."""

    snapshot: Snapshot
    stage: Stage
    today: date
    row: str = ""
    table: TableField | None = None

    def row_id(self, number: int) -> str:
        """The id of a new row of the table that starts."""
        return self.table.row_id(number) if self.table else str(number)


def leader_of(snapshot: Snapshot, stage: Stage, order: str) -> str | None:
    """The candidate that leads an order, None on a tie that the rules do not settle or without answers."""
    listed = _list_of(snapshot, order)
    items = [o.id for o in stage.options(listed)]
    rankings = [list(value) for value in by_author(snapshot, order).values()]
    if not rankings or not items:
        return None
    found = recommend(rankings, items)
    return found.leader if found else None


def _list_of(snapshot: Snapshot, name: str) -> str:
    step, field, _ = split(name)
    asked = snapshot.workbook.step(step).field(field)
    return str(asked.list or asked.rows_from)


def _copy(here: Here, args: Mapping[str, Any]) -> Any:
    step, field, _ = split(args["field"])
    return here.snapshot.team_answer(step, field)


def _leader(here: Here, args: Mapping[str, Any]) -> Any:
    return leader_of(here.snapshot, here.stage, args["order"])


def _leader_label(here: Here, args: Mapping[str, Any]) -> Any:
    leader = leader_of(here.snapshot, here.stage, args["order"])
    options = here.stage.options(_list_of(here.snapshot, args["order"]))
    return next((o.label for o in options if o.id == leader), None)


def _of_leader(here: Here, args: Mapping[str, Any]) -> Any:
    """What people wrote in a column of the proposals that were merged into the leading candidate."""
    leader = leader_of(here.snapshot, here.stage, args["order"])
    step, field, column = split(args["via"])
    row = next((r for r in team_rows(here.snapshot, f"{step}.{field}") if r["row_id"] == leader), None)
    sources = set(row["cells"].get(column, ())) if row else set()
    found = cells(here.snapshot, f"{args['of']}.{args['column']}")
    return _wordings(str(value) for _, row_id, value in found if row_id in sources)


def _said(here: Here, args: Mapping[str, Any], item: str | None) -> Any:
    step, field, _ = split(args["field"])
    picked = picks(here.snapshot, args["pick"], args.get("value", "priority"))
    found = standing(here.snapshot, step, field)
    return _wordings(str(r.value) for r in found if item and picked.get(r.author) == item)


def _said_for_row(here: Here, args: Mapping[str, Any]) -> Any:
    return _said(here, args, here.row)


def _said_for_leader(here: Here, args: Mapping[str, Any]) -> Any:
    return _said(here, args, leader_of(here.snapshot, here.stage, args["order"]))


def _wordings(texts: Iterable[str]) -> Wordings:
    """Different wordings, each once, in alphabetical order so that it tells nothing of the authors."""
    return tuple(sorted(set(texts), key=str.casefold))


def _majority(here: Here, args: Mapping[str, Any]) -> Any:
    found = Counter(value for _, row, value in cells(here.snapshot, args["of"]) if row == here.row)
    among = args.get("among")
    votes = [(n, v) for v, n in found.items() if not among or v in among]
    if not votes:
        return args["tie"]
    best = max(n for n, _ in votes)
    winners = [v for n, v in votes if n == best]
    return winners[0] if len(winners) == 1 else args["tie"]


def _item(here: Here, args: Mapping[str, Any]) -> Any:
    """What stands in a column of the team's own row that this row's option comes from."""
    return items_of(here.snapshot).get(here.row, {}).get(args["column"])


def _top(here: Here, args: Mapping[str, Any]) -> str | None:
    """The cause with the highest score, None on a tie or without ratings."""
    scores = {cause: one.score for cause, one in rated(here.snapshot, args["tests"]).items() if one.score is not None}
    best = [cause for cause, score in scores.items() if reaches(score, max(scores.values()))]
    return best[0] if len(best) == 1 else None


def _of_top_cause(here: Here, args: Mapping[str, Any]) -> Any:
    top = _top(here, args)
    row = next((r for r in team_rows(here.snapshot, args["of"]) if r["row_id"] == top), None)
    return row["cells"].get(args["column"]) if row else None


def _because(here: Here, args: Mapping[str, Any]) -> Any:
    """“Small groups start late because the second adult is pulled away”, to be put right by the team."""
    top = _top(here, args)
    symptom = resolve(here.snapshot, args["symptom"])
    cause = next((o.label for o in here.stage.options(args["cause"]) if o.id == top), "")
    if not cause or not isinstance(symptom, tuple) or not symptom:
        return None
    return say("because", symptom=symptom[0].label.rstrip(". "), cause=inside_sentence(cause))


def _rows_from_gathered(here: Here, args: Mapping[str, Any]) -> Any:
    """Everything that was gathered as a row of its own: where it was written, and where its pair's chain ends."""
    columns = here.snapshot.workbook.lists[args["list"]].arguments["columns"]
    origins = {name: split(name)[0] for name in columns}
    found = {row: origins[name] for name in columns for _, row, _ in cells(here.snapshot, name)}
    ends = _ends(here, args["group_from"])
    return [
        {
            "row_id": here.row_id(i),
            "cells": {
                args["label"]: _fitting(o.label),
                args["merged"]: [o.id],
                **({args["group"]: ends[o.id]} if o.id in ends else {}),
                args["origin"]: found.get(o.id, "new"),
            },
        }
        for i, o in enumerate(here.stage.options(args["list"]), 1)
    ]


def _ends(here: Here, name: str) -> dict[str, Any]:
    """Row id of each pair's last link to where the pair says its chain ends."""
    step, field, _ = split(name)
    chains = [f.key for f in here.snapshot.workbook.step(step).fields if getattr(f, "ordered", False)]
    ends = by_author(here.snapshot, f"{step}.{field}")
    return {
        r.value[-1]["row_id"]: ends[r.author]
        for key in chains
        for r in standing(here.snapshot, step, key)
        if r.value and r.author in ends
    }


def _fitting(words: str) -> str:
    """A wording that fits into a row: longer ones are cut at a word, and stand in full where they were written."""
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + "…"


def _rows_from_proposals(here: Here, args: Mapping[str, Any]) -> Any:
    """Every proposal as a candidate of its own, in the list's order; what told people goes into the description."""
    step, field, _ = split(args["of"])
    order = {o.id: i for i, o in enumerate(here.stage.options(_name_for(here, args)))}
    found = [row for r in standing(here.snapshot, step, field) for row in r.value or ()]
    found.sort(key=lambda row: order.get(row["row_id"], len(order)))
    # The same ids on every page, so that the first save by any of them is the same list.
    return [{"row_id": here.row_id(i), "cells": _candidate(row, args)} for i, row in enumerate(found, 1)]


def _name_for(here: Here, args: Mapping[str, Any]) -> str:
    declared = here.snapshot.workbook.lists
    return next((name for name, use in declared.items() if use.arguments.get("field") == args["of"]), "")


def _candidate(row: Mapping[str, Any], args: Mapping[str, Any]) -> dict[str, Any]:
    label = row["cells"].get(args["label"])
    about = row["cells"].get(args["about"]) if args.get("about") else None
    made = {args["label"]: label, args["merged"]: [row["row_id"]]}
    also = {key: row["cells"][key] for key in args.get("also", ()) if row["cells"].get(key) is not None}
    return made | ({"about": about} if about else {}) | also


def _today_plus(here: Here, args: Mapping[str, Any]) -> Any:
    return (here.today + timedelta(weeks=int(args["weeks"]))).isoformat()


PREFILLS: dict[str, Callable[[Here, Mapping[str, Any]], Any]] = {
    "copy": _copy,
    "leader": _leader,
    "leader_label": _leader_label,
    "of_leader": _of_leader,
    "said_for_row": _said_for_row,
    "said_for_leader": _said_for_leader,
    "majority": _majority,
    "rows_from_proposals": _rows_from_proposals,
    "rows_from_gathered": _rows_from_gathered,
    "item": _item,
    "top_cause": _top,
    "of_top_cause": _of_top_cause,
    "because": _because,
    "today_plus": _today_plus,
}


def prefill(here: Here, use: Use | str | None, asked: Any = None) -> Any:
    """Work out what a field starts with; None leaves it blank. A plain text is a fixed start.

    Of the wordings of several people those stand side by side that the field has room for.

    Args:
        here: where it is worked out.
        use: the start that the workbook declares.
        asked: the field or column, whose limits count; None for no limits.
    """
    found = _found(here, use)
    return _side_by_side(_fitting_in(asked, found)) or None if isinstance(found, tuple) else found


def left_out(here: Here, use: Use | str | None, asked: Any) -> Wordings:
    """The wordings for which the field has no room in its start."""
    found = _found(here, use)
    if not isinstance(found, tuple):
        return ()
    kept = _fitting_in(asked, found)
    return tuple(words for words in found if words not in kept)


def _found(here: Here, use: Use | str | None) -> Any:
    return PREFILLS[use.use](here, use.arguments) if isinstance(use, Use) else use


def _fitting_in(asked: Any, wordings: Wordings) -> Wordings:
    """Whole wordings that fit into a field together: the shortest first, so that as many people as can be are heard."""
    kept: set[str] = set()
    for words in sorted(wordings, key=len):
        more = {*kept, words}
        if _has_room(asked, _side_by_side(one for one in wordings if one in more)):
            kept = more
    return tuple(words for words in wordings if words in kept)


def _side_by_side(wordings: Iterable[str]) -> str:
    return "; ".join(wordings)


def _has_room(asked: Any, text: str) -> bool:
    most, most_words = getattr(asked, "max_chars", None), getattr(asked, "max_words", None)
    return (most is None or len(text) <= most) and (most_words is None or len(text.split()) <= most_words)
