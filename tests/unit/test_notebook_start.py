"""The start card in JupyterLab: a team of one on this computer, found again by the next notebook."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mira_workbook import settings
from mira_workbook.notebook import start
from mira_workbook.store import Store

GIVEN = {"team": " Tupelo ", "name": "Ana", "role": "Principal", "group": "lead"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("MIRA_HOME", str(tmp_path))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    monkeypatch.delenv("QUERY_STRING", raising=False)
    settings.settings.cache_clear()
    yield Store()
    settings.settings.cache_clear()


def test_a_first_start_opens_a_meeting_and_the_next_finds_the_seat(here: Store) -> None:
    assert start.remembered(here, "priority_setting") is None
    doors = start.start(here, "priority_setting", GIVEN)
    (member,) = here.roster(doors.seat.session_id)
    assert (member.name, member.role, member.role_group) == ("Ana", "Principal", "administrator")
    again = start.remembered(here, "priority_setting")
    assert again is not None
    assert again.seat == doors.seat
    start.forget("priority_setting")
    assert start.remembered(here, "priority_setting") is None


def test_the_words_of_a_role_choose_the_group_as_at_the_doors(here: Store) -> None:
    given = {**GIVEN, "role": "Grade 1 teacher", "group": "teach"}
    doors = start.start(here, "priority_setting", given)
    assert [m.role_group for m in here.roster(doors.seat.session_id)] == ["teacher_k2"]
    offered = next(f for f in start.card()["pages"][0]["fields"] if f["field"] == "group")["options"]
    assert [(o["id"], o["label"]) for o in offered] == [
        ("lead", "lead the school"),
        ("teach", "teach"),
        ("support", "support students or staff"),
        ("family", "are family or a student"),
        ("other", "other"),
    ]


def test_team_and_name_are_needed() -> None:
    assert [p["field"] for p in start.problems({"name": " ", "role": "Coach"})] == ["team", "name"]
    assert start.problems(GIVEN) == []


def test_a_grant_opens_one_page_once(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    doors = start.start(here, "priority_setting", GIVEN)
    assert start.granted(here) is None
    monkeypatch.setenv("QUERY_STRING", f"grant={here.make_token(doors.seat, 'grant')}")
    granted = start.granted(here)
    assert granted is not None
    assert granted.member == "M1"


def test_pages_and_store_read_one_clock(here: Store) -> None:
    doors = start.start(here, "priority_setting", GIVEN)
    assert abs((doors.now() - here.clock()).total_seconds()) < 5
