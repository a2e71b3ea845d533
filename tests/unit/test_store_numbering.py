"""Ids of new rows in a team's tables: the prefix and the next number, never used again."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import people, sit, yes

from mira_workbook.content.answers.table import TableField
from mira_workbook.content.load import load, workbooks
from mira_workbook.errors import StepLocked, VersionClash
from mira_workbook.records import Entry, NewAct, Seat
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.pens import take_row
from mira_workbook.store import NewTeam, Opened, Store
from mira_workbook.store.numbering import MOST, Numbers, number_rows

Table = list[dict[str, Any]]
LINES = TableField.model_validate(
    {
        "key": "rows", "type": "table", "label": "Rows", "prefix": "I", "digits": 2,
        "columns": [{"key": "name", "type": "text", "label": "Name"}],
    }
)  # fmt: skip


def row(row_id: str, **cells: Any) -> dict[str, Any]:
    return {"row_id": row_id, "cells": cells}


def numbers(rows: Table) -> list[str]:
    return [one["row_id"] for one in rows]


# ------------------------------------------------------------------------------------------------------- the bare rule


def test_an_id_has_the_prefix_and_at_least_as_many_digits_as_the_workbook_says() -> None:
    assert [LINES.row_id(n) for n in (1, 40, 123)] == ["I01", "I40", "I123"]
    asked = ["I01", "I1", "I001", "I00", "I123", "J01", "I", "I²", "I-1", "abcdefgh", ""]
    assert [LINES.number_of(one) for one in asked] == [1, 0, 0, 0, 123, 0, 0, 0, 0, 0, 0]


def test_rows_under_other_ids_get_the_next_numbers_and_keep_them() -> None:
    rows, first = number_rows([row("abcdefgh"), row("I05"), row("")], LINES, Numbers())
    assert (numbers(rows), first) == (["I06", "I05", "I07"], Numbers(7, {"abcdefgh": "I06"}))
    rows, second = number_rows([row("abcdefgh"), row("hgfedcba")], LINES, first)
    assert numbers(rows) == ["I06", "I08"]
    assert second.last == 8


def test_rows_that_stand_keep_whatever_id_they_have() -> None:
    rows, now = number_rows([row("ABCD2345"), row("new")], LINES, Numbers(), {"ABCD2345"})
    assert (numbers(rows), now.last) == (["ABCD2345", "I01"], 1)


def test_a_row_that_a_page_shows_under_both_its_ids_is_one_row_with_the_newer_words() -> None:
    before = Numbers(1, {"abcdefgh": "I01"})
    for twins in (
        [row("I01", name="Re"), row("abcdefgh", name="Reading")],
        [row("abcdefgh", name="Reading"), row("I01")],
    ):
        assert number_rows(twins, LINES, before, {"I01"})[0] == [row("I01", name="Reading")]


def test_a_number_made_up_to_be_huge_is_no_number() -> None:
    rows, now = number_rows([row(f"I{MOST}"), row("I" + "9" * 50)], LINES, Numbers())
    assert (numbers(rows), now.last) == ([f"I{MOST}", f"I{MOST + 1}"], MOST + 1)


IDS = st.sampled_from(["I01", "I02", "I07", "I7", "aa", "bb", "cc", ""])


@given(st.lists(st.lists(IDS, unique_by=lambda one: one or object()), max_size=6))
def test_a_number_is_given_to_one_row_only_and_a_row_has_one_number(saves: list[list[str]]) -> None:
    before, fresh = Numbers(), count()
    owner: dict[str, str] = {}
    for sent in saves:
        named = [one or f"blank {next(fresh)}" for one in sent]
        rows, now = number_rows([row("" if one.startswith("blank") else one, name=one) for one in named], LINES, before)
        assert len(set(numbers(rows))) == len(rows)
        assert now.last >= before.last
        for one in rows:
            who = one["cells"]["name"]
            given_before = before.last >= LINES.number_of(one["row_id"])
            assert LINES.number_of(one["row_id"])
            assert owner.setdefault(one["row_id"], who) == who or LINES.number_of(who)
            if not LINES.number_of(who) and given_before:
                assert (before.given or {}).get(who) == one["row_id"]
        before = now


# ----------------------------------------------------------------------------------------------------------- the store


@pytest.fixture
def mapping(store: Store) -> tuple[Store, list[Seat]]:
    """Three people at the Resource Map."""
    opened = store.open_meeting(
        load(workbooks()["resource_mapping"]), [NewTeam("All", members=people("Ana", "Ben", "Cyd"))]
    )
    return store, [sit(store, opened, n) for n in range(3)]


def save(store: Store, seat: Seat, key: str, rows: Table, base: int = 0) -> Any:
    return store.record(seat, Entry("inventory", 1, key, {"rows": rows}, "team", base={"rows": base}), yes)


def stands(store: Store, seat: Seat) -> Table:
    rows: Table = store.snapshot(seat.session_id).team_answer("inventory", "rows")
    return rows


def test_typed_and_imported_lines_of_the_resource_map_are_numbered(mapping: tuple[Store, list[Seat]]) -> None:
    store, (ana, *_) = mapping
    saved = save(store, ana, "a", [row("abcdefgh", name="Tutoring"), row("QWERT234", name="Hall")])
    assert saved.numbers == {"rows": {"abcdefgh": "I01", "QWERT234": "I02"}}
    assert saved.merged == {"rows": [row("I01", name="Tutoring"), row("I02", name="Hall")]}
    assert stands(store, ana) == saved.merged["rows"]


def test_a_line_that_is_sent_again_before_its_number_came_back_stays_one_line(
    mapping: tuple[Store, list[Seat]],
) -> None:
    store, (ana, *_) = mapping
    save(store, ana, "a", [row("abcdefgh", name="Tutoring")])
    again = save(store, ana, "b", [row("abcdefgh", name="Tutoring", lead="Rosa")])
    assert stands(store, ana) == [row("I01", name="Tutoring", lead="Rosa")]
    assert again.numbers == {"rows": {"abcdefgh": "I01"}}


def test_a_save_that_came_through_before_tells_the_numbers_again(mapping: tuple[Store, list[Seat]]) -> None:
    store, (ana, *_) = mapping
    first = save(store, ana, "a", [row("abcdefgh", name="Tutoring")])
    save(store, ana, "b", [row("I01", name="Tutoring"), row("hgfedcba", name="Hall")], base=1)
    again = save(store, ana, "a", [row("abcdefgh", name="Tutoring")])
    assert (again.replayed, again.numbers, again.merged) == (True, first.numbers, first.merged)


def test_lines_that_three_people_add_at_once_all_stay_under_numbers_of_their_own(
    mapping: tuple[Store, list[Seat]],
) -> None:
    store, seats = mapping
    for seat, name in zip(seats, ("Ana's", "Ben's", "Cyd's"), strict=True):
        save(store, seat, name, [row(name[:3].lower() + "abcde", name=name)])
    assert stands(store, seats[0]) == [row("I01", name="Ana's"), row("I02", name="Ben's"), row("I03", name="Cyd's")]
    save(store, seats[1], "b2", [row("benabcde", name="Ben's", lead="Ben")], base=0)
    assert stands(store, seats[0])[1] == row("I02", name="Ben's", lead="Ben")


def test_the_number_of_a_removed_line_comes_back_only_with_that_line(mapping: tuple[Store, list[Seat]]) -> None:
    store, (ana, *_) = mapping
    save(store, ana, "a", [row("aa", name="Tutoring"), row("bb", name="Hall")])
    save(store, ana, "b", [row("I01", name="Tutoring")], base=1)
    save(store, ana, "c", [row("I01", name="Tutoring"), row("cc", name="Band")], base=2)
    assert numbers(stands(store, ana)) == ["I01", "I03"]
    save(store, ana, "d", [row("I01", name="Tutoring"), row("bb", name="Hall"), row("I03", name="Band")], base=3)
    assert stands(store, ana) == [row("I01", name="Tutoring"), row("I02", name="Hall"), row("I03", name="Band")]


def test_a_save_that_is_refused_uses_no_number_up(mapping: tuple[Store, list[Seat]]) -> None:
    store, (ana, ben, _) = mapping
    save(store, ana, "a", [row("aa", name="Tutoring")])
    save(store, ana, "b", [row("I01", name="Tutors")], base=1)
    with pytest.raises(VersionClash):
        save(store, ben, "c", [row("I01", name="Reading"), row("cc", name="Band")], base=1)
    save(store, ben, "d", [row("I01", name="Tutors"), row("dd", name="Art")], base=2)
    assert numbers(stands(store, ben)) == ["I01", "I02"]


def test_what_people_do_now_is_numbered_from_a1(store: Store) -> None:
    opened = store.open_meeting(load(workbooks()["root_cause_coaching"]), [NewTeam("All", members=people("Ana"))])
    seat = sit(store, opened, 0)
    store.record(seat, Entry("aspirin", 1, "a", {"responses": [row("aa", response="Tutoring")]}, "team"), yes)
    assert store.snapshot(seat.session_id).team_answer("aspirin", "responses") == [row("A1", response="Tutoring")]


def test_a_list_that_starts_with_everybody_s_ideas_has_used_a_number_for_each(store: Store) -> None:
    """Somebody else's page may still show a candidate that was merged away before the first save."""
    meeting = store.open_meeting(load(workbooks()["priority_setting"]), [NewTeam("All", members=people("Ana"))])
    seat = sit(store, meeting, 0)
    pinned = {"lists": {"proposals": [["p1", "One"], ["p2", "Two"], ["p3", "Three"]]}}
    store.act(seat, lambda *_: [NewAct("open", "candidates", payload=pinned)], seat.session_id)
    rows = [row("C1", label="One", merged_from=["p1", "p3"]), row("C2", label="Two", merged_from=["p2"])]
    split = row("aa", label="Three", merged_from=["p3"])
    store.record(seat, Entry("candidates", 1, "a", {"candidates": [*rows, split]}, "team"), yes)
    assert numbers(store.snapshot(seat.session_id).team_answer("candidates", "candidates")) == ["C1", "C2", "C4"]


def test_who_took_a_row_keeps_it_from_a_page_that_knows_it_by_its_first_id(store: Store, opened: Opened) -> None:
    ana, ben = sit(store, opened, 0), sit(store, opened, 1)
    asked = ({"ideas": [row("aa", name="read")]}, {"ideas": [row("aa", name="write")]})
    store.act(ana, lambda *_: [NewAct("open", "collect")], ana.session_id)
    store.record(ben, Entry("collect", 1, "a", asked[0], "team"), may_record)
    store.act(ana, take_row("M1", "collect", "C1"), ana.session_id)
    with pytest.raises(StepLocked):
        store.record(ben, Entry("collect", 1, "b", asked[1], "team", base={"ideas": 1}), may_record)
