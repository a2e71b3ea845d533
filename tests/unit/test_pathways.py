"""Ways through the workbooks: only what is here, in order, with the minutes of all of it."""

from pathlib import Path

import pytest

from mira_workbook.content.pathways import Pathway, Stop, following, pathways

TITLES = {"priority_setting": 94, "resource_mapping": 88, "plan_test_check_in": 60}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIRA_WORKBOOKS", str(tmp_path))
    for slug, minutes in TITLES.items():
        (tmp_path / f"{slug}.toml").write_text(f'title = "{slug.title()}"\nminutes = {minutes}\n', "utf-8")
    return tmp_path


@pytest.mark.usefixtures("shelf")
def test_a_way_shows_the_workbooks_that_are_here_and_how_long_they_take_together() -> None:
    start, funds = pathways()
    assert start == Pathway(
        "Start here",
        "a school team with one planning season",
        (
            Stop("priority_setting", "Priority_Setting", 100),
            Stop("resource_mapping", "Resource_Mapping", 90),
            Stop("plan_test_check_in", "Plan_Test_Check_In", 60),
        ),
    )
    assert start.minutes == 250
    assert [stop.slug for stop in funds.stops] == ["resource_mapping", "plan_test_check_in"]


@pytest.mark.usefixtures("shelf")
def test_what_comes_next_is_the_next_that_is_here() -> None:
    assert following("priority_setting") == Stop("resource_mapping", "Resource_Mapping", 90)
    assert following("plan_test_check_in") is None
    assert following("somewhere_else") is None


def test_a_way_with_nothing_on_it_is_not_shown(shelf: Path) -> None:
    for path in shelf.glob("*.toml"):
        path.unlink()
    assert pathways() == ()


def test_a_changed_file_is_read_anew(shelf: Path) -> None:
    assert pathways()[0].minutes == 250
    path = shelf / "priority_setting.toml"
    path.write_text('title = "One Priority"\nminutes = 51\n', "utf-8")
    assert pathways()[0].stops[0] == Stop("priority_setting", "One Priority", 60)
