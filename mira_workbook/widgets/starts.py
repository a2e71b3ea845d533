"""What a field starts with on a page: words on their way, what is saved, or what earlier answers give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Use
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.definition import Step
from mira_workbook.rules.prefills import Here, left_out, prefill
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room


@dataclass(frozen=True, slots=True)
class Start:
    """A field's first value on the page and where it came from."""

    value: Any
    prefilled: bool = False


def start_value(room: Room, step: Step, asked: Any, *, team: bool) -> Start:
    """What a field starts with: text on its way, else what is saved, else the first round, else a prefill."""
    round_ = room.round_of(step)
    draft = room.drafts.get((step.key, round_, asked.key))
    if draft is not None:
        return Start(draft)
    # A second answer without a name starts blank: the first one is nobody's any more.
    blank = not team and step.attribution_of(asked) == "anonymous"
    if room.added == step:
        # What stands is added to, and never shown to be changed.
        return Start(None)
    for earlier in range(round_, round_ - 1 if blank else 0, -1):
        saved = _saved(room, step, asked, earlier, team=team)
        if saved is not None:
            return Start(saved)
    value = prefilled(room, asked)
    # A value that the workbook itself gives is nobody's earlier answer.
    given = not isinstance(asked, TableField) and not isinstance(asked.prefill, Use)
    return Start(value, prefilled=value is not None and not given)


def _saved(room: Room, step: Step, asked: Any, round_: int, *, team: bool) -> Any:
    if team:
        return room.snapshot.team_answer(step.key, asked.key, round_)
    return room.mine(step, round_).get(asked.key)


def prefilled(room: Room, asked: Any) -> Any:
    """What a field starts with where nobody has touched it, None for a blank."""
    here = _here(room)
    if not isinstance(asked, TableField):
        return prefill(here, asked.prefill, asked)
    if asked.rows_prefill:
        return prefill(replace(here, table=asked), asked.rows_prefill)
    rows = []
    for option in room.context.lists.get(asked.rows_from or "", ()):
        row = replace(here, row=option.id)
        cells = {c.key: v for c in asked.columns if (v := prefill(row, c.prefill, c)) is not None}
        if cells:
            rows.append({"row_id": option.id, "cells": cells})
    return rows or None


def beside(room: Room, asked: Any, doc: Doc) -> Doc:
    """What of a control says which earlier words its start has no room for, so that nobody's are lost."""
    here = _here(room)
    if not isinstance(asked, TableField):
        return _with(doc, "hint", left_out(here, asked.prefill, asked))
    if not doc.get("fixed") or all(column.prefill is None for column in asked.columns):
        return {}
    rows = []
    for option in doc["fixed"]:
        row = replace(here, row=option["id"])
        words = [words for c in asked.columns for words in left_out(row, c.prefill, c)]
        rows.append(option | _with(option, "help", words))
    return {"fixed": rows}


def _with(doc: Doc, key: str, words: Sequence[str]) -> Doc:
    """A line of a control with these words behind it; nothing where there are none."""
    return {key: " ".join(filter(None, (doc[key], say("said_earlier", words="; ".join(words)))))} if words else {}


def _here(room: Room) -> Here:
    return Here(room.shown, room.stage, room.context.today)
