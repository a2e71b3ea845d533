"""Merging two people's changes to one team record: base, head and mine, by row and column."""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
_BLANK = object()
"""A cell or row that is not there."""


class Clash(Exception):  # noqa: N818 - reads as what happened
    """The same value was changed in two ways."""


def merge(base: Any, head: Any, mine: Any) -> Any:
    """Merge what stands (`head`) and what one wants to save (`mine`), both built on `base`; None is blank.

    Tables merge row by row and cell by cell; a row that one removes and the other changes is kept. Any other value
    merges as a whole. Equal changes never clash.

    Raises:
        Clash: one value was changed in two ways.
    """
    try:
        return _plain(base, head, mine)
    except Clash:
        ends = (base, head, mine)
        if not all(is_table(value) or value in (None, []) for value in ends):
            raise
        return _tables(base or [], head or [], mine or [])


def is_table(value: Any) -> bool:
    """Whether a value is rows with cells."""
    return isinstance(value, list) and bool(value) and all(isinstance(r, dict) and "cells" in r for r in value)


def _plain(base: Any, head: Any, mine: Any) -> Any:
    if _same(mine, head) or _same(mine, base):
        return head
    if _same(head, base):
        return mine
    raise Clash


def _same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; unlike in Python, true and 1 are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


def _tables(base: list[Row], head: list[Row], mine: list[Row]) -> list[Row]:
    old, theirs, ours = ({row["row_id"]: row for row in rows} for rows in (base, head, mine))
    kept: dict[str, Row] = {}
    for row_id in {**theirs, **ours}:
        row = _row(old.get(row_id), theirs.get(row_id), ours.get(row_id))
        if row is not None:
            kept[row_id] = row
    order = _order([list(old), list(theirs), list(ours)], kept)
    return [kept[row_id] for row_id in order]


def _row(base: Row | None, head: Row | None, mine: Row | None) -> Row | None:
    """One row of the merged table, None where it is removed."""
    if head is None or mine is None:
        there = head or mine
        # In the base and unchanged: the other removed it. New, or changed meanwhile: it stays.
        return None if base is not None and _same(there, base) else there
    cells = {
        column: _plain(*(_cell(row, column) for row in (base, head, mine)))
        for column in {**head["cells"], **mine["cells"]}
    }
    gone = {column for column in cells if cells[column] is _BLANK}
    return {**head, **mine, "cells": {column: value for column, value in cells.items() if column not in gone}}


def _cell(row: Row | None, column: str) -> Any:
    return _BLANK if row is None else row["cells"].get(column, _BLANK)


def _order(orders: list[list[str]], kept: dict[str, Row]) -> list[str]:
    """The order of the merged rows: whoever moved rows wins, who saved first if both did; new rows keep their place.

    Two people's new rows at the same place stand by id, so that it does not matter who saved first.
    """
    base, head, mine = ([row_id for row_id in order if row_id in kept] for order in orders)
    both = [row_id for row_id in head if row_id in mine]
    ours = [row_id for row_id in mine if row_id in both]
    known = set(base) & set(both)
    moved = [r for r in ours if r in known] != [r for r in base if r in known]
    waiting = [r for r in both if r in known] != [r for r in base if r in known]
    frame = ours if moved and not waiting else both
    runs = sorted([*_runs(head, set(frame)), *_runs(mine, set(frame))], key=lambda run: (len(run[1][0]), run[1][0]))
    placed = [row_id for anchor, run in runs if anchor == "" for row_id in run]
    for row_id in frame:
        placed.append(row_id)
        placed.extend(new for anchor, run in runs if anchor == row_id for new in run)
    return placed


def _runs(order: Sequence[str], frame: set[str]) -> list[tuple[str, list[str]]]:
    """Neighbouring rows outside the frame, each run with the frame's row that it follows ("" at the top)."""
    runs: list[tuple[str, list[str]]] = []
    anchor = ""
    for row_id in order:
        if row_id in frame:
            anchor = row_id
        elif runs and runs[-1][0] == anchor:
            runs[-1][1].append(row_id)
        else:
            runs.append((anchor, [row_id]))
    return runs
