"""A coach's screens over a real store: teams, one session, notes, comparisons, files."""

from dataclasses import replace

import pytest
from boards import Hall, hall
from coach_room import Coaching, coach, texts
from tiny import TINY, Ticking, people, yes

from mira_workbook.boards.coach import CoachDesk
from mira_workbook.boards.coaching import Looked, kept_until
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load, workbooks
from mira_workbook.demo import demo
from mira_workbook.exports import EXPORTS
from mira_workbook.notebook.coach_doors import StoreCoachDoors
from mira_workbook.records import Entry
from mira_workbook.rules.patterns import countable
from mira_workbook.store import NewTeam, Opened, Store

BOOK = Workbook.model_validate(TINY)


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    return hall(sqlite_store, clock, (3, 2), workbook=BOOK)


@pytest.fixture
def board(room: Hall) -> Coaching:
    seats = [room.store.take_seat("coach-laptop", team.session.id, "coach") for team in room.teams]
    return Coaching(CoachDesk(StoreCoachDoors(room.store, seats[0], "/")))


@pytest.fixture
def played(tmp_path_factory: pytest.TempPathFactory) -> Coaching:
    """The demo team's three sessions, on the board of who has the store."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'mira.sqlite'}"
    demo(url)
    return Coaching(CoachDesk(StoreCoachDoors(Store(url), None, "/")))


def started(room: Hall, answers: int = 2) -> int:
    """The first step is open in the first team; two of three have answered, or all."""
    first = room.teams[0]
    room.board.refresh()
    room.press("next@all")
    for who in range(answers):
        first.look(who)
        assert "saved_at" in first.submit(who, {"seen": f"zebra{who} crosses"})
    return first.session.id


# ---------------------------------------------------------------------------------------------------------------- teams


def test_each_visit_is_a_line_with_who_answered_and_what_can_be_searched(room: Hall, board: Coaching) -> None:
    started(room)
    listed = board.look()
    assert listed["head"] == ["Team", "Visit", "Workbook", "Answered", "Found", "Next"]
    rows = {row["open"]["label"]: row for row in listed["rows"]}
    assert rows["Tupelo Branch"]["cells"] == ["May 2, 2025", "A tiny workbook", "2 of 3", "", ""]
    assert rows["Lincoln"]["cells"] == ["May 2, 2025", "A tiny workbook", "0 of 2", "", ""]
    assert rows["Lincoln"]["open"]["name"] == "Lincoln · A tiny workbook · May 2, 2025"
    assert rows["Lincoln"]["words"] == "lincoln a tiny workbook may 2, 2025 "
    assert [pick["label"] for pick in listed["picks"]] == ["Workbook", "Visit"]


def test_a_browser_without_sessions_is_told_who_adds_it(sqlite_store: Store) -> None:
    listed = Coaching(CoachDesk(StoreCoachDoors(sqlite_store, None, "/"))).look()
    assert (listed["rows"], listed["empty"]) == (
        [],
        "No team has shared with you yet. A facilitator adds you with your coach link.",
    )


def test_the_demo_team_says_what_it_found_and_that_its_day_is_over(played: Coaching) -> None:
    rows = played.look()["rows"]
    assert [(row["cells"][1], row["last"]) for row in rows] == [
        ("Resource Map", True),
        ("Root-cause Coaching", False),
        ("One Priority", False),
    ]
    one_priority = rows[-1]
    assert one_priority["cells"] == [
        *("May 14, 2024", "One Priority", "8 of 8"),
        *("More of our grade 1-3 students can decode on level by spring", "May 30, 2025"),
    ]
    assert (one_priority["late"], one_priority["late_words"]) == (True, "over time")


def test_seats_of_several_meetings_in_one_browser_are_one_board(sqlite_store: Store) -> None:
    both = [sqlite_store.open_meeting(BOOK, [NewTeam(name)]) for name in ("Tupelo", "Elm")]
    assert len(coach(sqlite_store, *both).look()["rows"]) == 2
    assert len(coach(sqlite_store, both[0]).look()["rows"]) == 2


# -------------------------------------------------------------------------------------------------------------- reading


def test_before_the_reveal_a_step_says_how_many_are_in(room: Hall, board: Coaching) -> None:
    session = started(room)
    board.press(f"open:{session}")
    reading = board.press("step:think")
    assert texts(reading["blocks"]) == ["Opens when the facilitator shows it. 2 of 3 in."]
    assert [(step["label"], step["sign"]) for step in reading["steps"][:3]] == [
        ("What stands", ""),
        ("Think alone", "\u203a"),
        ("Whisper", ""),
    ]
    assert reading["after"] == []
    assert board.desk.view["head"]["sub"] == "Live: part 1, Think alone"
    assert texts(board.press("step:whisper")["blocks"]) == ["Not opened yet."]


def test_what_was_written_stands_there_once_it_is_shown_and_asked_for(room: Hall, board: Coaching) -> None:
    session = started(room, 3)
    board.press(f"open:{session}")
    board.press("step:think")
    room.press("show@tupelo-branch")
    (button,) = board.look()["after"][-1]["buttons"]
    assert button == {"id": "words", "label": "Show what was written (3 lines)"}
    rows = board.press("words")["after"][-1]["rows"]
    names = ("Ana", "Ben", "Cyd")
    assert rows == [[name, "What do you see?", f"zebra{n} crosses"] for n, name in enumerate(names)]


def test_the_demo_teams_order_has_its_sentence_picture_and_numbers(played: Coaching) -> None:
    first = min(int(row["id"]) for row in played.look()["rows"])
    played.press(f"open:{first}")
    reading = played.press("step:rank")
    assert reading["blocks"][0] == {"kind": "sentence", "text": "Early reading, grades 1-3 leads with 45 points."}
    assert reading["picture"]["title"] == "Points"
    assert [one["label"] for one in reading["picture"]["buttons"]] == [
        "As a table",
        "Next picture: each against each",
        "Save picture",
    ]
    numbers = reading["after"][0]["rows"]
    assert ["Points: Early reading, grades 1-3", "45", "", "8"] in numbers
    assert ["Ranking agreement", ".62", "mostly alike", "8"] in numbers
    assert played.press("table")["picture"]["table"]
    assert played.press("picture:1")["picture"]["title"] == "Each against each"


def test_what_stands_is_the_hand_out_with_how_many_are_in(played: Coaching) -> None:
    first = min(int(row["id"]) for row in played.look()["rows"])
    blocks = played.press(f"open:{first}")["blocks"]
    assert [block["text"] for block in blocks if block["kind"] == "big"] == [
        "More of our grade 1-3 students can decode on level by spring"
    ]
    assert blocks[-1]["caption"] == "How many are in"
    assert ["All hands", "8 of 8 in"] in blocks[-1]["rows"]


def test_a_picture_is_drawn_only_where_it_is_looked_at(played: Coaching) -> None:
    doors = played.desk.doors
    assert isinstance(doors, StoreCoachDoors)
    played.press(f"open:{min(int(row['id']) for row in played.look()['rows'])}")
    assert doors._pictures == {}
    played.press("step:rank")
    assert list(doors._pictures) == [played.desk.where.session]


# ---------------------------------------------------------------------------------------------------------------- notes


def test_a_note_is_stamped_with_the_step_and_shared_and_deleted_by_a_press(room: Hall, board: Coaching) -> None:
    session = started(room)
    board.press(f"open:{session}")
    assert board.look()["notes"]["empty"] == "No note yet."
    made = board.press("write", {"text": "Ana spoke last.", "for": "private"})
    (row,) = made["notes"]["rows"]
    assert (row["text"], row["when"], row["tag"]) == ("Ana spoke last.", "3:00 · in Think alone", "private")
    assert [one["label"] for one in row["buttons"]] == ["Share", "Delete"]
    (shared,) = board.press(row["buttons"][0]["id"])["notes"]["rows"]
    assert (shared["tag"], [one["label"] for one in shared["buttons"]]) == ("shared", ["Make private", "Delete"])
    assert [note.body for note in room.store.snapshot(session).notes] == ["Ana spoke last."]
    assert board.press(f"drop:{shared['id']}")["notes"]["rows"] == []
    assert board.tap("write", {"text": " ", "for": "private"})["error"] == "Write a few words first."


def test_a_note_of_another_coach_comes_in_by_itself(room: Hall, board: Coaching) -> None:
    session = room.teams[0].session.id
    board.press(f"open:{session}")
    room.store.write_note(None, session, "From the other laptop")
    assert [row["text"] for row in board.look()["notes"]["rows"]] == ["From the other laptop"]


# ---------------------------------------------------------------------------------------------------------- comparisons


def test_one_visit_says_so_and_shows_its_two_rounds(played: Coaching) -> None:
    played.look()
    played.press("screen:compare")
    made = played.press("book:priority_setting")
    assert texts(made["blocks"])[:2] == ["One visit so far. The second one makes a comparison.", "Its two rounds"]
    (table,) = [block for block in made["blocks"] if block["kind"] == "table"]
    assert table["head"] == ["Number", "Round 1", "Round 2", "Change"]
    assert ["All hands: Shared view", ".71", ".80", "closer"] in table["rows"]
    assert made["picture"]["alt"] == "All hands: Shared view: .71, then .80."


def visited(store: Store, clock: Ticking, team: NewTeam, idea: str) -> Opened:
    """A team that writes one idea together, and ends."""
    opened = store.open_meeting(BOOK, [team])
    session = opened.sessions[0].id
    member = store.roster(session)[0]
    seat = store.take_seat(f"b{session}", session, "member", member.id)
    row = {"row_id": "C1", "cells": {"name": idea}}
    store.record(seat, Entry("collect", 1, f"k{session}", {"ideas": [row]}, "team", "TEAM"), yes)
    clock.forward(days=1)
    return opened


def test_over_five_teams_a_word_is_told_and_four_teams_are_too_few(sqlite_store: Store, clock: Ticking) -> None:
    opened = [
        visited(sqlite_store, clock, NewTeam(f"Team {n}", members=people("Ana Fern")), f"Attendance on Mondays {n}")
        for n in range(4)
    ]
    board = coach(sqlite_store, *opened)
    board.press("screen:compare")
    few = board.press("by:teams")
    assert texts(few["blocks"]) == ["Too few to show. 4 teams have used this workbook; from 5 on there are patterns."]
    fifth = visited(sqlite_store, clock, NewTeam("Team 5", members=people("Ana Fern")), "Attendance falls")
    sqlite_store.enter("coach-laptop", fifth.keys["coach"])
    made = board.look()
    assert texts(made["blocks"]) == [
        "Over all 5 teams on your board, each with its last visit, up to May 6, 2025.",
        "5 of 5 teams named “attendance”. (Collect: Idea)",
    ]
    assert made["blocks"][-1]["rows"] == [["attendance", "5 of 5"]]
    assert made["picks"][0]["id"] == "book"
    taken = board.press("file")
    assert taken["after"][0]["text"].splitlines() == [
        "\ufeffasked,answer,teams,of_teams",
        "Collect: Idea,attendance,5,5",
    ]
    assert sqlite_store.accesses(fifth.meeting.code)[-1].format == "compared"


# ---------------------------------------------------------------------------------------------------------------- files


def test_every_registered_format_is_there_with_what_it_is_for(room: Hall, board: Coaching) -> None:
    board.press(f"open:{room.teams[1].session.id}")
    taken = board.press("screen:take")
    files = [one for group in taken["groups"] for one in group["files"]]
    assert {one["id"] for one in files} == {f"make:{name}" for name in EXPORTS}
    assert all(one["hint"] and one["label"] != one["id"] for one in files)
    code = f"{room.code[:3]}-{room.code[3:]}"
    assert {one["href"] for one in files} == {f"/export/{code}/{name}?team=lincoln" for name in EXPORTS}
    whole = [one for group in board.press("whole:all")["groups"] for one in group["files"]]
    assert {one["href"] for one in whole} == {f"/export/{code}/{name}" for name in EXPORTS}


def test_the_log_tells_who_took_what(room: Hall, board: Coaching) -> None:
    room.store.log_access("coach, seat 7", room.code, "csv", 40)
    board.press(f"open:{room.teams[0].session.id}")
    (table,) = board.press("screen:take")["after"]
    assert table["rows"] == [["May 2, 2025, 3:00", "coach, seat 7", "Tables for Excel", "40"]]


def test_an_ended_meeting_says_until_when_it_is_kept(room: Hall) -> None:
    snapshot = room.teams[0].snapshot
    ended = replace(snapshot, meeting=replace(snapshot.meeting, ended_at=room.clock()))
    assert kept_until(ended, 30) == (
        "This meeting is kept until June 1, 2025. Then its answers, names and notes are forgotten."
    )
    assert (kept_until(ended, 0), kept_until(snapshot, 30)) == ("", "")


# ----------------------------------------------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("press", ["nonsense", "open:x", "open:-1", "team:½", "make:exe", "write", "drop:1", "from:"])
def test_a_press_that_no_button_has_is_answered_and_changes_nothing(board: Coaching, press: str) -> None:
    board.look()
    reply = board.tap(press)
    assert reply["final"]
    assert reply["error"]
    assert board.look()["screen"] == "teams"


def test_a_session_that_was_forgotten_leaves_the_board(room: Hall, board: Coaching) -> None:
    board.press(f"open:{room.teams[0].session.id}")
    room.store.forget_team("tupelo-branch")
    assert [row["open"]["label"] for row in board.look()["rows"]] == ["Lincoln"]


def test_a_withdrawn_link_empties_the_board(sqlite_store: Store) -> None:
    opened = sqlite_store.open_meeting(BOOK, [NewTeam("Tupelo")])
    board = coach(sqlite_store, opened, where=Looked())
    assert len(board.look()["rows"]) == 1
    sqlite_store.revoke_keys(opened.meeting.code, "coach")
    assert board.look()["rows"] == []


def test_the_workbooks_that_are_shipped_have_things_to_count_over_teams() -> None:
    kinds = {asked.kind for slug in workbooks() for asked in countable(load(workbooks()[slug]))}
    assert kinds == {"one", "some", "open"}
