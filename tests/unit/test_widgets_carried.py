"""What a session builds on, on a member's page: typed by hand, shown above the fields, and looked at again."""

from datetime import UTC, datetime
from typing import Any

import pytest
from chain import SECOND, THIRD, book
from desks import Sitting, sit_down
from teams import SENTENCE, At, first_done
from tiny import Ticking

from mira_workbook.errors import StepLocked
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.rules import moves
from mira_workbook.store import NewTeam, Store
from mira_workbook.widgets.desk import Desk

LATER = "Every student in our grades reads by the fall"
WORDS = "We read together every morning"


@pytest.fixture
def clock() -> Ticking:
    made = Ticking()
    made.at = datetime(2024, 5, 14, 15, 30, tzinfo=UTC)
    return made


def go_on(at: At, clock: Ticking, raw: dict[str, Any] = SECOND, pace: Any = "own") -> Sitting:
    """The same team at its desks in a later workbook."""
    opened = at.store.open_meeting(book(raw), [NewTeam("", team_id=at.session.team_id)], pace=pace)
    sitting = Sitting(at.store, clock, opened.sessions[0])
    for member in at.store.roster(sitting.session.id):
        sitting._sit(member.id, member.key)
    return sitting


@pytest.fixture
def handed(sqlite_store: Store, clock: Ticking) -> tuple[At, Sitting]:
    at = first_done(sqlite_store)
    return at, go_on(at, clock)


@pytest.fixture
def alone(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 3, book(SECOND))


def own(doc: Any) -> list[tuple[str, list[str]]]:
    return [(b["label"], b["lines"]) for b in doc["blocks"] if b["kind"] == "own"]


def block_buttons(doc: Any) -> list[tuple[str, str]]:
    return [(one["id"], one["label"]) for b in doc["blocks"] if b["kind"] == "buttons" for one in b["buttons"]]


BUILT = ("Our one priority", [SENTENCE, "from First things, May 14, 2024"])


def test_the_lobby_shows_what_the_team_builds_on_with_where_it_is_from(handed: tuple[At, Sitting]) -> None:
    at, sitting = handed
    doc = sitting.look(0)
    assert (doc["key"], own(doc), doc["pages"]) == ("lobby", [BUILT], [])
    assert block_buttons(doc) == [("source:priority.current", "Open First things")]
    replies = sitting.press(0, "source:priority.current")
    assert replies[1] == {
        "field": "$goto",
        "url": f"/voila/render/first.ipynb?m={at.code}",
        "save_key": replies[1]["save_key"],
    }
    assert "go" in sitting.buttons(0)


def test_where_pages_have_no_address_there_is_no_way_to_the_source(handed: tuple[At, Sitting]) -> None:
    _, sitting = handed
    doors = sitting.desks[0].doors
    assert isinstance(doors, StoreDoors)
    desk = Desk(StoreDoors(doors.store, doors.seat, doors.member, pages=""))
    desk.refresh()
    assert block_buttons(desk.view) == []


def test_a_step_that_is_carried_to_shows_it_above_its_fields(handed: tuple[At, Sitting]) -> None:
    _, sitting = handed
    sitting.go()
    assert sitting.look(0)["key"].startswith("gather:1")
    assert own(sitting.look(0)) == [BUILT]


def test_what_nobody_handed_on_is_asked_for_once_and_stands_on_every_page(alone: Sitting) -> None:
    doc = alone.look(0)
    assert (doc["key"], alone.buttons(0)) == ("needs", [])
    (field,) = alone.fields(0).values()
    assert (field["field"], field["label"], field["hint"], field["max"]) == (
        "needs.priority.current",
        "For now, our one priority is…",
        "Our one priority",
        60,
    )
    assert alone.send(0, "needs.priority.current", "We read")[0]["draft"] is True
    assert alone.submit(0, {"needs.priority.current": "Short"})["problems"] == [
        {
            "field": "needs.priority.current",
            "row": "",
            "column": "",
            "code": "E02",
            "text": "A little more, please: at least 20 characters (you have 5).",
            "level": "stop",
        }
    ]
    assert alone.submit(0, {"needs.priority.current": ""})["problems"][0]["code"] == "E01"
    assert "saved_at" in alone.submit(0, {"needs.priority.current": WORDS})
    for who in (0, 1):
        doc = alone.look(who)
        assert (doc["key"], own(doc)) == ("lobby", [("Our one priority", [WORDS, "typed in, not carried"])])
    assert "go" in alone.buttons(1)


def test_the_first_step_waits_for_it_and_says_so(alone: Sitting) -> None:
    reply = alone.press(0, "go")[0]
    assert (
        reply["error"] == "One thing first: “Our one priority”. It stands on this page, to be filled in once for all."
    )


def test_typed_words_can_be_changed_until_the_first_step_and_the_last_save_wins(alone: Sitting) -> None:
    alone.submit(0, {"needs.priority.current": WORDS})
    assert block_buttons(alone.look(1)) == [("menu:needs", "Change these words")]
    alone.press(1, "menu:needs")
    assert alone.fields(1)["needs.priority.current"]["value"] == WORDS
    alone.submit(1, {"needs.priority.current": LATER})
    assert own(alone.look(0)) == [("Our one priority", [LATER, "typed in, not carried"])]
    alone.go()
    with pytest.raises(StepLocked):
        alone.desks[0].doors.type_in({"priority.current": WORDS})


def test_what_is_not_required_may_be_left_out(sqlite_store: Store, clock: Ticking) -> None:
    sitting = go_on(first_done(sqlite_store), clock, THIRD)
    assert sitting.look(0)["key"] == "lobby"
    assert block_buttons(sitting.look(0))[-1] == ("menu:needs", "What we build on")
    sitting.press(0, "menu:needs")
    assert list(sitting.fields(0)) == ["needs.root.current"]
    sitting.submit(0, {"needs.root.current": "Groups start late because calls cut in"})
    typed = ("The cause we work on", ["Groups start late because calls cut in", "typed in, not carried"])
    assert own(sitting.look(1)) == [BUILT, typed]


def test_in_a_led_room_members_are_not_asked(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 2, book(SECOND), pace="led")
    assert (sitting.look(0)["key"], sitting.look(0)["pages"]) == ("lobby", [])
    seat = sqlite_store.take_seat("leads", sitting.session.id, "facilitator")
    table = Desk(StoreDoors(sqlite_store, seat, "FACIL"))
    table.refresh()
    assert table.view["key"] == "needs"
    table.take({"field": "$submit", "value": {"values": {"needs.priority.current": WORDS}}, "save_key": "needs/1"})
    assert own(sitting.look(1)) == [("Our one priority", [WORDS, "typed in, not carried"])]


def test_a_changed_source_is_told_in_a_line_and_looked_at_side_by_side(handed: tuple[At, Sitting]) -> None:
    at, sitting = handed
    sitting.go()
    sitting.wait(61)
    assert sitting.lines(0) == []
    before = sitting.snapshot.responses
    at.team("sentence", {"text": LATER})
    told = "This was built on an earlier version of First things. Look again? [Look again]"
    assert sitting.lines(0)[-1] == told
    assert own(sitting.look(0)) == [BUILT]
    sitting.press(0, "menu:changed")
    doc = sitting.look(0)
    assert own(doc) == [
        ("We built on", BUILT[1]),
        ("It says now", [LATER, "from First things, May 14, 2024"]),
    ]
    assert block_buttons(doc) == [("newer:priority.current:2", "Go on with the newer words")]
    assert doc["buttons"][0]["label"] == "Not now"
    sitting.press(0, "menu:back")
    assert own(sitting.look(0)) == [BUILT]
    sitting.press(0, "newer:priority.current:2")
    assert own(sitting.look(1)) == [("Our one priority", [LATER, "from First things, May 14, 2024"])]
    assert told not in sitting.lines(1)
    assert sitting.snapshot.responses == before


def test_after_the_end_the_line_still_tells_and_the_words_can_still_be_taken(handed: tuple[At, Sitting]) -> None:
    at, sitting = handed
    sitting.go()
    sitting.lead(moves.lead("end"))
    at.team("sentence", {"text": LATER})
    assert "Look again?" in sitting.lines(0)[-1]


def test_a_closed_cycle_says_so_on_the_page_and_takes_nothing(handed: tuple[At, Sitting]) -> None:
    _, sitting = handed
    sitting.go()
    sitting.store.turn_cycle(sitting.session.id)
    assert "This priority's work is closed. You can read it, but nothing more is taken." in sitting.lines(0)
    reply = sitting.send(0, "boxes", [{"row_id": "", "cells": {"item": "A line"}}])[0]
    assert reply["final"]
    assert "closed" in reply["error"]


def test_the_end_tells_which_workbook_comes_next_and_how_to_open_it(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 2)
    sitting.lead(moves.lead("end"))
    told = [b["text"] for b in sitting.look(0)["blocks"] if b["kind"] in {"heading", "text"}]
    at = told.index("What comes next: Root-cause Coaching · about 100 min")
    assert told[at + 1] == "Whoever set this up opens it with “Run one” on the first page, and goes on with Tupelo."
    doors = sitting.desks[0].doors
    assert isinstance(doors, StoreDoors)
    desk = Desk(StoreDoors(doors.store, doors.seat, doors.member, pages=""))
    desk.refresh()
    assert "Open the notebook “root_cause_coaching” and choose “Go on with Tupelo”." in str(desk.view["blocks"])
    sitting.store.turn_cycle(sitting.session.id)
    assert "What comes next" not in sitting.words(0)
