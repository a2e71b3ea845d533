"""Many teams on one board: the room grid, one act for all, two who lead, and what a refresh costs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from boards import Hall, hall
from sqlalchemy import event
from tiny import TINY, Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.store import Store

BOOK = Workbook.model_validate(TINY)


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    """Three teams of five, four and three."""
    made = hall(sqlite_store, clock, (5, 4, 3), workbook=BOOK)
    made.here()
    return made


def send(room: Hall, team: int, *people: int) -> None:
    for who in people:
        room.teams[team].look(who)
        reply = room.teams[team].submit(who, {"seen": "The bell is too early"})
        assert "saved_at" in reply, reply


def rows(room: Hall) -> list[tuple[str, str, str]]:
    found = room.look()["grid"]["rows"]
    return [(row["team"], row["count"], row["state"]) for row in found]


@contextmanager
def queries(store: Store) -> Iterator[list[str]]:
    """The statements that the store runs meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(store._db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store._db.engine, "before_cursor_execute", note)


def test_the_grid_says_where_each_team_stands(room: Hall) -> None:
    view = room.look()
    assert view["grid"]["head"] == f"Room {view['head']['code']} · 3 teams · 12 of 12 here"
    assert [one["label"] for one in view["head"]["buttons"]] == [
        "Start for all",
        "Show names for 10 seconds",
        "Projector view",
        "My phone as remote",
    ]
    room.press("next@all")
    send(room, 0, 0, 1, 2)
    send(room, 1, 0, 1, 2, 3)
    room.here("idle", "idle", "help")
    room.wait(3)
    assert room.look()["grid"]["head"].endswith("3 teams · 12 of 12 here · step: Think alone")
    assert rows(room) == [
        ("Tupelo Branch", "3 of 5 in", "1 needs help"),
        ("Lincoln", "4 of 4 in", "1 needs help"),
        ("North Fork", "0 of 3 in", "1 needs help"),
    ]
    for team in ("tupelo-branch", "lincoln", "north-fork"):
        room.press(f"helped:M3@{team}")
    assert [state for _, _, state in rows(room)] == ["can reveal", "all in", "working"]


def test_cells_show_shapes_and_name_nobody_on_the_screen_until_asked(room: Hall) -> None:
    room.press("next@all")
    people = room.look()["grid"]["rows"][1]["people"]
    assert [one["name"] for one in people] == [""] * 4
    assert people[0]["label"] == "Ana, not started, step Think alone"
    assert [one["label"] for one in people[0]["menu"]] == [
        "Show the name for 10 seconds",
        "Give 1 more minute",
        "Ask “need a hand?”",
        "Excuse",
    ]
    named = room.press("name:M2@lincoln")["grid"]["rows"]
    assert [[one["name"] for one in row["people"]] for row in named] == [[""] * 5, ["", "Ben", "", ""], [""] * 3]
    room.wait(11)
    assert room.look()["grid"]["rows"][1]["people"][1]["name"] == ""


def test_filters_show_only_some_teams(room: Hall) -> None:
    room.press("next@all")
    send(room, 1, 0, 1, 2, 3)
    assert [row["team"] for row in room.press("filter:not_ready")["grid"]["rows"]] == ["Tupelo Branch", "North Fork"]
    empty = room.press("filter:help")["grid"]
    assert (empty["rows"], empty["empty"]) == ([], "No team is in this list just now.")


def test_one_act_moves_all_teams_that_it_may(room: Hall) -> None:
    room.press("next@all")
    send(room, 0, 0, 1, 2, 3, 4)
    send(room, 1, 0, 1, 2, 3)
    view = room.press("show@all")
    assert [row["state"] for row in view["grid"]["rows"]] == ["shown", "shown", "working"]
    assert view["lines"][-1]["text"] == "2 of 3 teams moved. The others stay where they are."
    assert [team.stage.current for team in room.teams] == ["think"] * 3
    room.press("pause@all")
    assert all(team.stage.paused_at for team in room.teams)
    room.press("resume@all")
    assert not any(team.stage.paused_at for team in room.teams)


def test_a_board_goes_to_one_team_and_back_to_all(room: Hall) -> None:
    room.press("next@all")
    one = room.press("look:lincoln")
    assert one["key"] == "run:lincoln:think:1:collect"
    assert [(team["label"], team["here"]) for team in one["head"]["teams"]][:3] == [
        ("All teams", False),
        ("Tupelo Branch", False),
        ("Lincoln", True),
    ]
    room.press("extend:1")
    assert [team.stage.extra for team in room.teams] == [{}, {"think": 1.0}, {}]
    assert room.press("look:")["key"] == "grid"


def test_two_who_lead_go_on_once(room: Hall) -> None:
    other = room.seat()
    room.press("next@all")
    other.refresh()
    room.wait(61)
    room.press("next@all")
    room.wait(11)
    room.look()
    (reply,) = other.take({"press": "next@all", "value": None, "save_key": "x", "key": "grid"})
    assert reply == {"save_key": "x", "ok": True}
    assert [team.stage.current for team in room.teams] == ["whisper"] * 3
    (late,) = other.take({"press": "next@lincoln", "value": None, "save_key": "y", "key": "run:lincoln:think"})
    assert late["error"] == "The room has moved on since. Look again before you press."


def test_a_board_that_is_loaded_again_shows_the_same(room: Hall) -> None:
    room.press("next@all")
    room.press("pause@lincoln")
    again, first = room.seat().refresh(), room.look()
    assert again["grid"] == first["grid"]


def test_the_same_press_sent_twice_acts_once(room: Hall) -> None:
    room.look()
    message = {"press": "next@all", "value": None, "save_key": "same"}
    assert room.board.take(message) == room.board.take(message)
    assert [len([a for a in team.snapshot.acts if a.kind == "open"]) for team in room.teams] == [1, 1, 1]


def test_a_press_of_no_button_is_refused_in_words(room: Hall) -> None:
    room.look()
    for key in ("launch", "extend:900", "picture:x", "turn:-1", "pin:none", "next@nowhere", "admit:7"):
        assert room.tap(key)["error"], key
    assert room.board.take({"here": True}) == []


def test_somebody_at_a_door_of_any_team_is_let_in(room: Hall) -> None:
    member = room.store.roster(room.teams[2].session.id)[0]
    room.store.knock("another browser", room.teams[2].session.id, member.id)
    (knock,) = room.look()["lines"]
    assert knock["text"] == "North Fork: Ana wants in on a second device."
    room.press(knock["buttons"][-1]["id"])
    assert room.store.seat("another browser", room.teams[2].session.id, "member") is not None
    assert room.look()["lines"] == []


def test_who_only_looks_on_sees_no_button_no_name_and_no_words(room: Hall) -> None:
    looker = room.seat(role="viewer")
    room.press("next@all")
    send(room, 0, 0, 1, 2, 3, 4)
    room.press("show@tupelo-branch")
    view = looker.refresh()
    assert (view["wall"], view["viewer"]) == (True, True)
    assert [b["text"] for b in view["centre"]["blocks"] if b["kind"] == "heading"] == [
        "Tupelo Branch",
        "Lincoln",
        "North Fork",
    ]
    told = json.dumps(view)
    assert [word for word in ("Ana", "Ben", "bell", '"press"', '"buttons": [{') if word in told] == []
    assert looker.take({"press": "next@all", "value": None, "save_key": "x"}) == []


def test_a_refresh_of_twelve_teams_reads_only_what_moved(sqlite_store: Store, clock: Ticking) -> None:
    room = hall(sqlite_store, clock, (2,) * 12, workbook=BOOK)
    room.here()
    room.press("next@all")
    with queries(sqlite_store) as idle:
        room.board.refresh(written=False)
    with queries(sqlite_store) as still:
        room.board.refresh(written=True)
    send(room, 7, 0)
    with queries(sqlite_store) as moved:
        room.board.refresh(written=True)
    room.press("look:cedar")
    with queries(sqlite_store) as one:
        room.board.refresh(written=False)
    assert (len(idle), len(still), len(one)) == (0, 1, 0)
    assert len(moved) <= 14, moved
    assert room.press("look:")["grid"]["rows"][7]["count"] == "1 of 2 in"
