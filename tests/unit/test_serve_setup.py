"""The set-up page: what is typed stays, and the plan's minutes are told."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from servers import Browser, Server, add_notebook, set_up, start, telling_workbooks

from mira_workbook.content.load import load
from mira_workbook.records import Meeting
from mira_workbook.serve import forms as kept_forms
from mira_workbook.serve.forms import Forms
from mira_workbook.serve.planning import say_early, say_minutes
from mira_workbook.settings import shipped

WORKBOOK = load(shipped("workbooks") / "priority_setting.toml")
MEETING = Meeting(1, "K7M4QX", "", "led", "America/New_York", datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    folder = telling_workbooks(home / "workbooks")
    add_notebook(folder, "facilitate")
    running = start(home, MIRA_WORKBOOKS=str(folder))
    yield running
    running.stop()


@pytest.fixture
def lead(server: Server) -> Browser:
    return Browser(server)


def typing(browser: Browser, **form: Any) -> int:
    return browser.post("setup/typed", workbook="priority_setting", **form).status


def test_what_is_typed_comes_back_in_the_same_browser_and_nowhere_else(lead: Browser, server: Server) -> None:
    form = {"team": "Oak <b>", "people": "Ida Hill\nJon Vale", "pace": "led", "open.fallback_decider": "Ida Hill"}
    assert typing(lead, **form) == 204
    page = lead.get("setup")
    assert page.has('value="Oak &lt;b&gt;"')
    assert page.has(">Ida Hill\nJon Vale</textarea>")
    assert page.has('name="pace" value="led" checked')
    assert page.has('value="Ida Hill"')
    assert not page.has('name="turns" value="1" checked')
    assert page.has("This is what you typed before.")
    assert not Browser(server).get("setup").has("Oak")


def test_a_form_is_forgotten_when_it_is_begun_anew_or_made(lead: Browser, server: Server) -> None:
    typing(lead, team="Oak")
    assert not lead.post("setup/typed", workbook="priority_setting", anew="1").has("Oak")
    typing(lead, team="Elm")
    set_up(lead, "Ida Hill", team="Elm")
    # The team itself can be gone on with.
    assert not lead.get("setup").has('value="Elm"')
    assert "Elm" not in "".join(path.read_text() for path in (server.home / "set-up").iterdir())


def test_what_is_typed_is_for_the_server_alone_and_has_an_end(lead: Browser, server: Server) -> None:
    typing(lead, team="Ash")
    assert (server.home / "set-up").stat().st_mode & 0o777 == 0o700
    assert typing(lead, team="Ash", people="x" * 70_000) == 413
    assert lead.post("setup/typed", workbook="../priority_setting", team="Ash").heading == WORKBOOK_PAGE


WORKBOOK_PAGE = "One Priority · set up"


def test_old_forms_and_too_many_of_them_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_forms, "MOST", 2)
    forms = Forms(tmp_path / "set-up")
    for n, browser in enumerate(("one", "two", "three")):
        assert forms.keep(browser, "mine", {"team": browser})
        (path,) = [p for p in forms.folder.iterdir() if browser in p.read_text()]
        os.utime(path, (time.time() - 100 + n, time.time() - 100 + n))
    forms.keep("three", "mine", {"team": "three"})
    assert [bool(forms.read(browser, "mine")) for browser in ("one", "two", "three")] == [False, True, True]
    (path,) = [p for p in forms.folder.iterdir() if "two" in p.read_text()]
    os.utime(path, (0, 0))
    assert forms.read("two", "mine") == {}
    path.write_text("half a f")
    assert forms.read("two", "mine") == {}


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("15:30", "17:10", "Planned 94 of 100 · 6 minutes of air"),
        ("15:30", "17:05", "Planned 94 of 95 · 1 minute of air"),
        ("15:30", "17:00", "Planned 94 of 90. With the warm-up done beforehand: 86 · 4 minutes of air"),
        ("15:30", "16:30", "Planned 94 of 60 · 34 minutes too many"),
        ("15:30", "15:30", ""),
        ("", "17:00", ""),
        ("half past", "17:00", ""),
    ],
)
def test_planned_minutes_are_compared_with_those_that_are_given(starts: str, ends: str, told: str) -> None:
    assert say_minutes(WORKBOOK, {"starts": starts, "ends": ends}) == told


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 30, 20, tzinfo=UTC), "The session starts on December 1, 2026 at 3:30. "),
        (datetime(2026, 12, 1, 20, 29, tzinfo=UTC), "The session starts at 3:30. "),
        (datetime(2026, 12, 1, 20, 30, tzinfo=UTC), ""),
    ],
)
def test_who_comes_early_is_told_when_it_begins_in_the_rooms_own_time(now: datetime, told: str) -> None:
    rest = "Come in: the page goes on by itself." if told else ""
    assert say_early(MEETING, {"day": "2026-12-01", "starts": "15:30"}, now) == told + rest
    assert say_early(MEETING, {"day": "2026-12-01"}, now) == ""


def test_a_led_session_tells_early_people_and_others_do_not(lead: Browser, server: Server) -> None:
    when = {"day": "2099-12-01", "starts": "15:30", "ends": "17:00"}
    led, own = (set_up(lead, "Ida Hill", pace=pace, **when) for pace in ("led", "own"))
    assert Browser(server).get(f"join/{led.code}").has("The session starts on December 1, 2099 at 3:30. Come in:")
    assert not Browser(server).get(f"join/{own.code}").has("The session starts")
    assert led.desk.has("Planned 94 of 90. With the warm-up done beforehand: 86 · 4 minutes of air")


def test_without_a_screen_there_is_no_projector_view_to_open(lead: Browser) -> None:
    assert not set_up(lead, "Ida Hill", pace="led", screen="no").desk.has("Open projector view")
    assert set_up(lead, "Ida Hill", pace="led", screen="yes").desk.has("Open projector view")
