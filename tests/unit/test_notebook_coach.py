"""The coach's notebook: whose board it opens, and the frames for analysts."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from boards import Hall, hall
from tiny import TINY, Ticking

import mira_workbook
from mira_workbook.content.definition import Workbook
from mira_workbook.errors import MiraError, SessionNotFound
from mira_workbook.notebook.coach import CoachPage, granted
from mira_workbook.records import Role
from mira_workbook.settings import shipped
from mira_workbook.store import Store

Asked = Mapping[str, str]
NOTEBOOK = nbformat.read(shipped("workbooks") / "coach.ipynb", as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    for name in ("QUERY_STRING", "MIRA_PAGES", "SERVER_SOFTWARE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    return hall(sqlite_store, clock, (3, 2), workbook=Workbook.model_validate(TINY))


def page(room: Hall, monkeypatch: pytest.MonkeyPatch, asked: Asked, role: Role = "coach") -> CoachPage:
    """The page of a browser with a seat, as our server opens it."""
    monkeypatch.setenv("MIRA_PAGES", "/")
    seats = [room.store.take_seat(f"laptop-{role}", team.session.id, role) for team in room.teams]
    query = {"grant": room.store.make_token(seats[0], "grant"), "m": room.code, **asked}
    monkeypatch.setenv("QUERY_STRING", "&".join(f"{key}={value}" for key, value in query.items()))
    made = CoachPage(room.store)
    made.open()
    return made


def view(made: CoachPage) -> dict[str, Any]:
    found: dict[str, Any] = made._board.view
    return found


def test_a_coachs_grant_opens_the_list_and_a_team_in_the_address_its_session(
    room: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = view(page(room, monkeypatch, {}))
    assert [row["open"]["label"] for row in listed["coach"]["rows"]] == ["Lincoln", "Tupelo Branch"]
    named = view(page(room, monkeypatch, {"team": "lincoln"}))
    assert named["head"]["title"] == "Lincoln · A tiny workbook · May 2, 2025"
    assert named["coach"]["screen"] == "reading"


@pytest.mark.parametrize("role", ["facilitator", "viewer"])
def test_other_seats_are_shown_where_the_right_door_is(room: Hall, monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    made = page(room, monkeypatch, {}, role)
    assert view(made)["key"] == "door"
    assert view(made)["centre"]["title"] == "A page for the coach"
    assert view(made)["centre"]["do"] == "This page is for the coach. Open it with your coach link."
    assert made._take({"press": "screen:teams", "save_key": "x"}) == []


@pytest.mark.parametrize("name", ["MIRA_PAGES", "SERVER_SOFTWARE"])
def test_a_server_lets_nobody_in_without_a_seat(room: Hall, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "/")
    assert granted(room.store) is None
    monkeypatch.setenv("QUERY_STRING", "grant=used-up-or-made-up-by-somebody")
    assert granted(room.store) is None


def test_in_jupyterlab_the_board_reads_this_computers_store_and_writes_files_beside_it(
    room: Hall, tmp_path: Path
) -> None:
    made = CoachPage(room.store)
    made.open()
    assert len(view(made)["coach"]["rows"]) == 2
    made._take({"press": "screen:take", "save_key": "a"})
    made._take({"press": "make:json", "save_key": "b"})
    assert view(made)["lines"][0]["text"] == f"The files are in {tmp_path / 'files' / room.code}."
    assert [path.suffix for path in (tmp_path / "files" / room.code).iterdir()] == [".json"]
    (taken,) = room.store.accesses(room.code)
    assert (taken.key, taken.format) == ("notebook", "json")
    assert taken.rows > 0


def test_a_press_is_taken_and_the_page_shows_it(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(room, monkeypatch, {"team": "lincoln"})
    value = {"text": "They laugh a lot.", "for": "private"}
    assert made._take({"press": "write", "value": value, "save_key": "n"}) == [{"save_key": "n", "ok": True}]
    assert made._take({"press": "write", "value": value, "save_key": "n"}) == [{"save_key": "n", "ok": True}]
    (note,) = view(made)["coach"]["notes"]["rows"]
    assert (note["text"], note["when"], note["tag"]) == ("They laugh a lot.", "3:00 · May 2", "private")


def test_the_notebook_calls_one_function_and_holds_no_output() -> None:
    code = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == ["from mira_workbook.notebook.coach import open_board\n\nopen_board()"]
    assert [cell.outputs for cell in code] == [[]]
    nbformat.validate(NOTEBOOK)
    assert NOTEBOOK.metadata.title == "Your teams"


def test_every_screen_that_the_notebook_tells_of_is_on_the_board(room: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
    head = view(page(room, monkeypatch, {}))["head"]
    assert [one["label"] for one in head["buttons"]] == ["My teams", "Compare", "Files"]
    assert [one["label"] for one in head["buttons"] if f"**{one['label']}.**" not in told] == []


# -------------------------------------------------------------------------------------------------- frames for analysts


@pytest.fixture
def here(room: Hall, monkeypatch: pytest.MonkeyPatch) -> Hall:
    monkeypatch.setenv("MIRA_DATABASE_URL", str(room.store._db.url))
    return room


def test_frames_have_the_tables_of_the_export_with_their_types(here: Hall) -> None:
    session = here.teams[0].session.id
    here.store.write_note(None, session, "Well prepared.", shared=True)
    here.board.refresh()
    here.press("next@all")
    found = mira_workbook.frames(here.code.lower(), team="tupelo-branch")
    assert next(iter(found)) == "responses_long"
    long = found["responses_long"]
    types = {name: str(long[name].dtype) for name in ("value_text", "value_num", "is_dk", "submitted_at")}
    assert types == {
        "value_text": "string",
        "value_num": "Float64",
        "is_dk": "boolean",
        "submitted_at": "datetime64[ns, UTC]",
    }
    assert long.attrs["about"]["status"].startswith("submitted, blank, skipped")
    notes = found["notes"]
    assert (notes["text"][0], bool(notes["shared"][0]), str(notes["written_at"].dtype)) == (
        "Well prepared.",
        True,
        "datetime64[ns, UTC]",
    )
    assert found["members"].attrs["table"] == "members"
    assert set(found["members"]["team_id"]) == {"tupelo-branch"}
    (taken,) = here.store.accesses(here.code)
    assert (taken.key, taken.format, taken.rows) == ("notebook", "frames", sum(map(len, found.values())))


def test_frames_of_what_is_not_there_say_so(here: Hall) -> None:
    with pytest.raises(SessionNotFound):
        mira_workbook.frames("ABCDEF")
    with pytest.raises(
        MiraError, match=r"No team called 'oak' is in this meeting. Take one of: tupelo-branch, lincoln"
    ):
        mira_workbook.frames(here.code, team="oak")


def test_to_import_the_package_loads_nothing_of_it() -> None:
    looks = "import sys, mira_workbook; print([m for m in ('pandas', 'pydantic', 'sqlalchemy') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", looks], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
