"""What no board may hold: words before they are shown, names on a wall, authors where a step signs nobody."""

import json
from collections.abc import Iterator

import pytest
from boards import Hall, hall
from desks import NAMES
from tiny import TINY, Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.store import Store

BOOK = Workbook.model_validate(TINY)
VIEWS = ("run", "grid", "remote", "present", "table")


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    """Eight people, six of whom have written; a draft lies there too."""
    made = hall(sqlite_store, clock, workbook=BOOK)
    made.here()
    return made


def views(room: Hall) -> Iterator[tuple[str, str]]:
    """All boards of everybody who has one, as they go to their pages."""
    for name in VIEWS:
        yield name, json.dumps(room.seat(name).refresh())
    yield "wall", json.dumps(room.seat(role="viewer").refresh())


def write(room: Hall, step: str) -> None:
    key = {"think": "seen", "whisper": "worry"}[step]
    for who in range(6):
        room.teams[0].look(who)
        reply = room.teams[0].submit(who, {key: f"zebra{who} crosses"})
        assert "saved_at" in reply, reply
    room.teams[0].send(6, key, "zebra6 crosses")


def on(room: Hall, step: str) -> None:
    while room.teams[0].stage.current != step:
        room.press("next")
        room.wait(11)
        room.look()


@pytest.mark.parametrize("step", ["think", "whisper"])
def test_no_board_holds_a_word_before_it_is_shown(room: Hall, step: str) -> None:
    on(room, step)
    write(room, step)
    assert [name for name, told in views(room) if "zebra" in told] == []


@pytest.mark.parametrize("step", ["think", "whisper"])
def test_no_board_names_anybody_who_is_not_in_before_names_are_asked_for(room: Hall, step: str) -> None:
    on(room, step)
    write(room, step)
    found = {name: [who for who in NAMES if who in told] for name, told in views(room) if name != "grid"}
    assert found == {name: [] for name in found}
    assert all(who in json.dumps(room.press("names")) for who in ("Gus", "Hal"))


def test_no_visible_word_of_the_grid_is_a_name(sqlite_store: Store, clock: Ticking) -> None:
    room = hall(sqlite_store, clock, (3, 3), workbook=BOOK)
    room.press("next@all")
    cells = [one for row in room.look()["grid"]["rows"] for one in row["people"]]
    assert {one["name"] for one in cells} == {""}
    for one in cells:
        one["label"] = ""
    assert [who for who in NAMES if who in json.dumps(room.board.view)] == []


def test_anonymous_words_have_no_author_and_no_order_on_any_board(room: Hall) -> None:
    on(room, "whisper")
    write(room, "whisper")
    room.press("show")
    room.wait(11)
    view = room.look()
    assert view["key"].endswith("whisper:1:shown")
    entries = view["centre"]["entries"]
    assert {one["text"] for one in entries} == {f"zebra{who} crosses" for who in range(6)}
    assert [one["id"] for one in entries] == sorted(one["id"] for one in entries)
    for name, told in views(room):
        assert [who for who in NAMES if who in told] == [], name


def test_the_wall_of_who_looks_on_never_holds_words(room: Hall) -> None:
    on(room, "think")
    write(room, "think")
    room.press("show")
    room.wait(11)
    room.look()
    told = dict(views(room))
    assert "zebra" in told["run"]
    assert "zebra" in told["present"]
    assert "zebra" not in told["wall"]


def test_no_board_holds_the_moment_of_an_answer(room: Hall) -> None:
    on(room, "whisper")
    room.wait(37)
    write(room, "whisper")
    at = room.clock().isoformat()[:19]
    room.wait(45)
    room.press("show")
    room.wait(11)
    room.look()
    assert [name for name, told in views(room) if at in told] == []
