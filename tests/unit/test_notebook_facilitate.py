"""The facilitator's notebook: whose board it opens, the table below its head, and the wrong door."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from boards import Hall, hall
from tiny import TINY, Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.notebook.facilitate import BoardPage, granted
from mira_workbook.records import Role
from mira_workbook.settings import shipped
from mira_workbook.store import Store

Asked = Mapping[str, str]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    monkeypatch.delenv("QUERY_STRING", raising=False)
    monkeypatch.setenv("MIRA_PAGES", "/")


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    return hall(sqlite_store, clock, (3, 2), workbook=Workbook.model_validate(TINY))


def page(room: Hall, monkeypatch: pytest.MonkeyPatch, asked: Asked, role: Role = "facilitator") -> BoardPage:
    """The page of a browser with a seat, as our server opens it."""
    team = next((t for t in room.teams if t.snapshot.team.slug == asked.get("team")), room.teams[0])
    seat = room.store.take_seat(f"laptop-{role}", team.session.id, role)
    query = {"grant": room.store.make_token(seat, "grant"), "m": room.code, **asked}
    monkeypatch.setenv("QUERY_STRING", "&".join(f"{key}={value}" for key, value in query.items()))
    made = BoardPage(room.store)
    made.open()
    return made


def view(made: BoardPage) -> dict[str, Any]:
    found: dict[str, Any] = made._board.view
    return found


def test_a_page_without_a_seat_says_where_the_right_door_is(room: Hall) -> None:
    made = BoardPage(room.store)
    made.open()
    centre = view(made)["centre"]
    assert view(made)["key"] == "door"
    assert centre["title"] == "A page for the facilitator"
    assert centre["do"] == "This page is for the facilitator. Open it with your facilitator link."
    assert [(one["label"], one["href"]) for one in centre["buttons"]] == [("Enter a code", "/")]
    assert made._take({"press": "next", "save_key": "x"}) == []


def test_a_grant_opens_the_board_once(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    assert view(page(room, monkeypatch, {}))["key"] == "grid"
    assert granted(room.store) is None


def test_a_members_grant_opens_no_board(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = room.teams[0].desks[0].doors.seat  # type: ignore[attr-defined]
    monkeypatch.setenv("QUERY_STRING", f"grant={room.store.make_token(seat, 'grant')}&m={room.code}")
    made = BoardPage(room.store)
    made.open()
    assert view(made)["key"] == "door"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"team": "lincoln"}, "lobby:lincoln"),
        ({"team": "lincoln", "view": "remote"}, "remote:lincoln::1"),
        ({"view": "remote"}, "remote:::1"),
        ({"view": "present"}, "wall:tupelo-branch:lobby::1:False"),
        ({"view": "nonsense"}, "grid"),
    ],
)
def test_the_address_says_what_the_page_looks_at(
    room: Hall, monkeypatch: pytest.MonkeyPatch, asked: Asked, key: str
) -> None:
    assert view(page(room, monkeypatch, asked))["key"] == key


def test_who_looks_on_gets_the_wall_whatever_the_address_says(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(room, monkeypatch, {"view": "run", "team": "lincoln"}, "viewer")
    assert (view(made)["viewer"], view(made)["key"]) == (True, "viewer:lincoln")
    assert made._take({"press": "next", "save_key": "x"}) == []


def test_a_press_moves_the_room_and_the_page(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(room, monkeypatch, {"team": "lincoln"})
    assert made._take({"press": "next", "save_key": "x", "key": "lobby:lincoln"}) == [{"save_key": "x", "ok": True}]
    assert view(made)["key"] == "run:lincoln:think:1:collect"
    assert room.teams[1].stage.current == "think"


def test_notes_are_kept_for_those_who_lead(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(room, monkeypatch, {"team": "lincoln"})
    made._take({"press": "next", "save_key": "x"})
    (reply,) = made._take({"press": "note", "value": "Ask Ben first", "save_key": "n"})
    assert reply == {"save_key": "n", "ok": True, "saved_at": "3:00"}
    assert view(page(room, monkeypatch, {"team": "lincoln"}))["side"]["notes"]["value"] == "Ask Ben first"


def test_at_the_table_who_leads_writes_for_the_team(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    room.board.refresh()
    room.press("here:collect@lincoln")
    made = page(room, monkeypatch, {"team": "lincoln", "view": "table"})
    assert view(made)["key"] == "table:lincoln"
    assert made._table is not None
    assert made._home.children == (made._board, made._table.form)
    fields = [one["field"] for part in made._table.form.view["pages"] for one in part["fields"]]
    assert fields == ["ideas"]
    made._take({"press": "run", "save_key": "back"})
    assert made._home.children == (made._board,)


NOTEBOOK = shipped("workbooks") / "facilitate.ipynb"


def test_the_notebook_is_short_and_has_no_outputs() -> None:
    found = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(found)
    (code,) = [cell for cell in found.cells if cell.cell_type == "code"]
    assert code.source == "from mira_workbook.notebook.facilitate import open_board\n\nopen_board()"
    assert not code.outputs
    assert code.execution_count is None
    assert "hide-input" in code.metadata.tags
    told = [cell.source for cell in found.cells if cell.cell_type == "markdown"]
    assert "!" not in "".join(told)
    assert told[1].startswith("## For the facilitator\n\n<details>")
