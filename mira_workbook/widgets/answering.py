"""The fields of a step that a member fills now, with what they start from, on one page or two."""

import hashlib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.definition import Step
from mira_workbook.rules.progress import AFTER_ROUND_2, pen_page
from mira_workbook.rules.refusing import refused
from mira_workbook.widgets.attribution import attribution_line
from mira_workbook.widgets.controls import Doc, Held, control
from mira_workbook.widgets.merging import SET_ASIDE, merging, most_each
from mira_workbook.widgets.offers import bulk, suggestions
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.starts import beside, prefilled, start_value


def alone_pages(room: Room, step: Step) -> list[Doc]:
    """The pages a member fills alone or with a partner."""
    fields = [f for f in room.asked_alone(step) if _has_rows(room, f)]
    return _pages(room, step, fields, team=False)


def team_pages(room: Room, step: Step, pens: Mapping[str, Doc]) -> list[Doc]:
    """The pages the team fills together, with what each may tap alone beside them; `pens` by page."""
    shared = [f for f in room.writes(step) if _has_rows(room, f)]
    pages = _pages(room, step, shared, team=True)
    for page in pages:
        page["pen"] = pens.get(page["title"]) if page["title"] else None
    aside = beside_pages(room, step)
    if pages and aside:
        pages[-1]["fields"] += [field for page in aside for field in page["fields"]]
        return pages
    return pages or aside


def beside_pages(room: Room, step: Step) -> list[Doc]:
    """What each may tap alone while the team is together."""
    if room.leads or room.required_alone(step):
        return []
    fields = [f for f in step.asks("individual") if _has_rows(room, f) and not room.is_closed(step, f)]
    return _pages(room, step, fields, team=False)


def undecided_fields(room: Room, step: Step) -> tuple[Step, list[Doc]] | None:
    """What comes up when a second round brought no agreement: the fields of the step that led to it."""
    for earlier in room.snapshot.workbook.steps:
        if earlier.again == step.key:
            fields = [f for f in earlier.fields if f.control == AFTER_ROUND_2]
            docs = [_control(room, earlier, f, team=True) | {"field": f"{earlier.key}.{f.key}"} for f in fields]
            return earlier, [_renamed(doc, earlier.key) for doc in docs]
    return None


def _renamed(doc: Doc, step: str) -> Doc:
    """Conditions between these fields follow their longer names."""
    when = doc.get("show_when")
    return doc | {"show_when": {f"{step}.{key}": value for key, value in when.items()}} if when else doc


def _has_rows(room: Room, asked: Any) -> bool:
    """A table of rows from an empty list asks nothing."""
    rows_from = getattr(asked, "rows_from", None)
    return not rows_from or bool(room.context.lists.get(rows_from))


def _pages(room: Room, step: Step, fields: list[Any], *, team: bool) -> list[Doc]:
    titles = list(dict.fromkeys(f.page for f in fields))
    pages: list[Doc] = []
    said = ""
    for title in titles:
        docs = []
        for asked in fields:
            if asked.page != title or _is_folded_in(step, asked):
                continue
            doc = _control(room, step, asked, team=team)
            line = attribution_line(room, step, asked)
            doc["attribution"] = {"text": line} if line and line != said else None
            said = line
            docs.append(doc)
        pages.append({"title": title, "do": "", "fields": docs, "next": ""})
    for page, after in pairwise(pages):
        if after["title"] and all(f["control"] != "first" for f in page["fields"]):
            page["next"] = say("next_step", title=after["title"])
    return pages


def _is_folded_in(step: Step, asked: Any) -> bool:
    """What is set aside is handled by the merging control of the same step."""
    merges = any(f.control == "merge" for f in step.fields)
    return merges and asked.key == SET_ASIDE


def _control(room: Room, step: Step, asked: Any, *, team: bool) -> Doc:
    start = start_value(room, step, asked, team=team)
    pen = step.pen if team else None
    locked = pen == "one" and not holds_pen(room, step, pen_page(step, asked))
    taken = _taken(room, step) if pen == "rows" else {}
    held = Held(
        value=start.value,
        prefilled=say("prefilled") if start.prefilled else "",
        locked=locked,
        taken=taken,
        pen_rows=pen == "rows" and not room.alone,
        start_order=_own_order(room, step, asked),
        version=version_of(room, step, asked),
        suggestions=suggestions(room, asked, start.value or ()),
        bulk=bulk(room, asked, start.value or (), room.hints(getattr(asked, "rows_from", None) or "")),
        numbers=room.row_numbers.get((step.key, room.round_of(step), asked.key), {}),
        refused=refusals(room, step, asked, start.value) if team else (),
    )
    doc = control(asked, room.context, held)
    return doc | beside(room, asked, doc) | _own_way(room, step, asked, team=team)


def refusals(room: Room, step: Step, asked: Any, rows: Any) -> list[Doc]:
    """Cells of a team's table that cannot stay, told as soon as they are there."""
    found = refused(room.snapshot, step, asked.key, rows) if isinstance(asked, TableField) else ()
    return [{"row": problem.row, "column": problem.column, "text": problem.text} for problem in found]


def version_of(room: Room, step: Step, asked: Any) -> int | None:
    """The version of what several people write that stands now, 0 before the first; None for one's own."""
    author = {"team": "TEAM", "facilitator": "TEAM", "pair": room.pair}.get(step.mode_of(asked), "")
    place = (step.key, room.round_of(step), asked.key, author)
    found = [r.version for r in room.snapshot.responses if (r.step, r.round, r.field, r.author) == place]
    return max(found, default=0) if author else None


def _own_way(room: Room, step: Step, asked: Any, *, team: bool) -> Doc:
    """What a table with a way of its own to be asked needs beside its columns."""
    if asked.control == "merge":
        aside = next((f for f in step.fields if f.key == SET_ASIDE), None)
        put_aside = start_value(room, step, aside, team=team).value if aside else None
        return merging(room, step, asked, prefilled(room, asked) or (), put_aside or [])
    return {"most_each": most_each(step, asked)} if asked.control == "boxes" else {}


def holds_pen(room: Room, step: Step, page: str = "") -> bool:
    """Whether this member writes the team text, or a page of it, now; alone one always does."""
    pen = room.stage.pens.get((step.key, page))
    return room.alone or (pen is not None and pen.holder == room.me.key)


def may_write(room: Room, step: Step, page: str) -> bool:
    """Whether nobody else holds a page's pen."""
    pen = room.stage.pens.get((step.key, page))
    return holds_pen(room, step, page) or pen is None or not pen.holder


def _taken(room: Room, step: Step) -> dict[str, Doc]:
    return {
        row: {"by": room.name(member), "mine": member == room.me.key}
        for (key, row), member in room.stage.rows.items()
        if key == step.key
    }


def _own_order(room: Room, step: Step, asked: Any) -> tuple[str, ...]:
    """A start order of the options that is each person's own, so that the list's order sways nobody."""
    name = getattr(asked, "list", None) or getattr(asked, "rows_from", None)
    if not name or (asked.type != "rank" and asked.control != "first"):
        return ()
    # The exact moment leaves in no file: with it missing, nobody can work out whose start an unsigned order grew from.
    salt = f"{room.snapshot.session.id}/{room.me.key}/{room.me.joined_at}/{room.stage.opened.get(step.key)}/{step.key}/"
    ids = [o.id for o in room.context.lists.get(name, ())]
    return tuple(sorted(ids, key=lambda i: hashlib.sha256((salt + i).encode()).digest()))
