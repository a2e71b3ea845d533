"""Merging two people's changes to one team record."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.store.merge import Clash, merge

Table = list[dict[str, Any]]

COLUMNS = ("name", "why", "hours")
CELLS = st.dictionaries(st.sampled_from(COLUMNS), st.sampled_from(["a", "b", 1, 0, True]), max_size=3)


def row(row_id: str, **cells: Any) -> dict[str, Any]:
    return {"row_id": row_id, "cells": cells}


@st.composite
def tables(draw: st.DrawFn, ids: tuple[str, ...] = ("C1", "C2", "C3", "C4", "C5")) -> Table:
    chosen = draw(st.permutations(draw(st.lists(st.sampled_from(ids), unique=True))))
    return [row(row_id, **draw(CELLS)) for row_id in chosen]


@given(st.one_of(tables(), st.none(), st.text(max_size=3)), st.one_of(tables(), st.none(), st.text(max_size=3)))
def test_who_changed_nothing_gets_what_stands_and_the_other_way_round(base: Any, new: Any) -> None:
    assert merge(base, new, base) == new
    assert merge(base, base, new) == new
    assert merge(base, new, new) == new


@st.composite
def two_hands(draw: st.DrawFn) -> tuple[Table, Table, Table]:
    """A table and two changed copies: each changes cells, removes and adds rows of its own; one moves rows."""
    base = draw(tables())
    owner = {(r["row_id"], column): draw(st.booleans()) for r in base for column in COLUMNS}
    hands = []
    for mine in (True, False):
        rows = deepcopy(base)
        for one in rows:
            for column in COLUMNS:
                if owner[one["row_id"], column] == mine and draw(st.booleans()):
                    one["cells"][column] = draw(st.sampled_from(["new", 7]))
        if mine:
            rows = draw(st.permutations(rows))
        whole = [r["row_id"] for r in base if all(owner[r["row_id"], column] == mine for column in COLUMNS)]
        gone = draw(st.lists(st.sampled_from(whole), unique=True)) if whole else []
        rows = [r for r in rows if r["row_id"] not in gone]
        for n in range(draw(st.integers(0, 2))):
            rows.insert(draw(st.integers(0, len(rows))), row(f"{'A' if mine else 'B'}{n}", name="added"))
        hands.append(rows)
    return base, hands[0], hands[1]


@given(two_hands())
def test_changes_that_do_not_meet_merge_to_the_same_whoever_saves_first(hands: tuple[Table, Table, Table]) -> None:
    base, one, two = hands
    merged = merge(base, one, two)
    assert merged == merge(base, two, one)
    ids = [r["row_id"] for r in merged]
    assert len(ids) == len(set(ids))
    added = {r["row_id"] for r in (*one, *two)} - {r["row_id"] for r in base}
    assert added <= set(ids)


@given(two_hands())
def test_merging_leaves_what_it_was_given_alone(hands: tuple[Table, Table, Table]) -> None:
    before = deepcopy(hands)
    merge(*hands)
    assert hands == before


def test_one_cell_changed_two_ways_clashes() -> None:
    with pytest.raises(Clash):
        merge([row("C1", name="a")], [row("C1", name="b")], [row("C1", name="c")])


def test_true_and_one_are_two_values() -> None:
    with pytest.raises(Clash):
        merge([row("C1", ok=False)], [row("C1", ok=True)], [row("C1", ok=1)])


def test_two_columns_of_one_row_merge() -> None:
    base, head, mine = row("C1", name="a"), row("C1", name="b"), row("C1", name="a", why="because")
    assert merge([base], [head], [mine]) == [row("C1", name="b", why="because")]


def test_a_cell_that_one_cleared_and_the_other_left_is_cleared() -> None:
    assert merge([row("C1", name="a", why="x")], [row("C1", name="a", why="x")], [row("C1", name="a")]) == [
        row("C1", name="a")
    ]


def test_a_row_that_one_removed_and_the_other_changed_is_kept() -> None:
    base = [row("C1", name="a"), row("C2", name="b")]
    changed = [row("C1", name="a"), row("C2", name="better")]
    assert merge(base, [row("C1", name="a")], changed) == changed
    assert merge(base, changed, [row("C1", name="a")]) == changed


def test_new_rows_of_two_people_stand_by_number_after_the_row_they_followed() -> None:
    base = [row("C1"), row("C2")]
    ten, nine = row("C10"), row("C9")
    assert merge(base, [row("C1"), ten, row("C2")], [row("C1"), nine, row("C2")]) == [
        row("C1"), nine, ten, row("C2"),
    ]  # fmt: skip


def test_a_sentence_merges_as_a_whole() -> None:
    assert merge("a", "a", "b") == "b"
    assert merge("a", "b", "a") == "b"
    with pytest.raises(Clash):
        merge("a", "b", "c")
