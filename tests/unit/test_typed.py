"""“Marcus is writing…”: who of a pair types, and in which field; never what, never of somebody alone."""

import json
from collections.abc import Iterator

import pytest
from desks import Sitting, sit_down
from guides import asked, guide_of
from pairs_workbook import in_twos
from tiny import Ticking

from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.notebook.guide import Guide
from mira_workbook.rules.moves import lead
from mira_workbook.serve.simple_desks import SimpleDesk
from mira_workbook.store import Store

SIGNS = [{"row_id": "r0000001", "cells": {"sign": "Hands up"}}]
WRITES = "Ben is writing “What is the same?”…"


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Four people in two pairs, at the step they write together."""
    made = sit_down(sqlite_store, clock, 4, in_twos())
    for _ in ("recall", "compare"):
        sqlite_store.act(None, lead("go"), made.session.id)
    made.wait(61)
    assert made.look(0)["key"] == "compare:1:answer"
    return made


@pytest.fixture
def guide(room: Sitting) -> Iterator[Guide]:
    with guide_of(room, "in_twos") as made:
        yield made


def told(page: Guide) -> list[str]:
    return [one["text"] for one in page._form.view["lines"] if one["id"] == "writing"]


def test_a_partner_reads_who_writes_and_where_and_others_read_nothing(room: Sitting) -> None:
    room.send(1, "common", "Both lessons began wi")
    assert room.lines(0) == [WRITES]
    assert [room.lines(who) for who in (1, 2, 3)] == [[], [], []]
    room.send(1, "signs", SIGNS)
    assert room.lines(0) == ["Ben is writing “What you saw”…"]


def test_who_has_not_typed_for_ten_seconds_writes_no_more(room: Sitting) -> None:
    room.send(1, "common", "Both lessons began wi")
    room.wait(9)
    assert room.lines(0) == [WRITES]
    room.wait(1)
    assert room.lines(0) == []


def test_what_was_sent_is_written_no_more(room: Sitting) -> None:
    room.send(1, "common", "Both lessons began wi")
    sent = {"common": "Both lessons began with a question", "signs": SIGNS}
    assert "saved_at" in room.submit(1, sent)
    assert "writing" not in json.dumps(room.look(0)["lines"])


def test_of_steps_that_people_answer_alone_nobody_is_told(sqlite_store: Store, clock: Ticking) -> None:
    room = sit_down(sqlite_store, clock, 4, in_twos())
    for _ in ("recall", "compare", "trade", "hinder"):
        sqlite_store.act(None, lead("go"), room.session.id)
    room.wait(61)
    statements = asked(room.store)
    room.send(1, "what", "Half a worry")
    assert room.lines(0) == []
    room.desks[0].refresh()
    assert [one for one in statements if "drafts.seat_id" in one] == []


def test_a_page_tells_of_it_with_one_look_and_lets_it_go_without_any(guide: Guide, room: Sitting) -> None:
    room.send(1, "common", "Both")
    guide._looking._once()
    assert told(guide) == [WRITES]
    room.wait(5)
    room.send(1, "common", "Both less")
    statements = asked(guide._store)
    guide._looking._once()
    assert [one for one in statements if "seat_id" in one] == [one for one in statements if "drafts" in one]
    assert len([one for one in statements if "drafts" in one]) == 1
    statements.clear()
    room.wait(9)
    guide._looking._once()
    assert (told(guide), statements) == ([WRITES], [])
    room.wait(2)
    guide._looking._once()
    assert told(guide) == []


def test_a_simple_page_tells_of_it_too(room: Sitting) -> None:
    doors = room.desks[0].doors
    assert isinstance(doors, StoreDoors)
    page = SimpleDesk(StoreDoors(room.store, doors.seat, doors.member, pages="/"))
    mark = page.look("idle", "")["mark"]
    assert "view" not in page.look("idle", mark)
    room.send(1, "common", "Both")
    (line,) = page.look("idle", mark)["view"]["lines"]
    assert line["text"] == WRITES
