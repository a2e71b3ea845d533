from pathlib import Path

import pytest

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.rehearse import Ahead, Rehearsed, rehearse
from mira_workbook.store import NewTeam, Store


@pytest.fixture
def real_store(tmp_path: Path) -> Store:
    made = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    made.migrate()
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_twelve_scripted_people_in_two_teams_lose_nothing_and_double_nothing(real_store: Store, seed: int) -> None:
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    opened = real_store.open_meeting(book, [NewTeam("Tupelo"), NewTeam("Cedar")])
    told: list[str] = []
    found = rehearse(real_store, opened.meeting.code, 12, seed, tell=told.append)
    assert (found.lost, found.duplicated) == (0, 0)
    assert found.acknowledged == found.found > 180
    assert [line.split(": ")[0] for line in told] == ["tupelo", "cedar"]
    assert all(line.endswith("stage ended") for line in told)


def test_a_led_meeting_is_not_rehearsed(real_store: Store) -> None:
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    code = real_store.open_meeting(book, [NewTeam("Tupelo")], pace="led").meeting.code
    with pytest.raises(MiraError, match=r"^This meeting is led\. Rehearse one at own pace"):
        rehearse(real_store, code, 3)


def test_what_was_promised_is_counted_in_four_numbers() -> None:
    assert Rehearsed(3, 2, 1, 0).counts() == {"acknowledged": 3, "found": 2, "lost": 1, "duplicated": 0}


def test_one_clock_moves_the_store_and_everybody(real_store: Store) -> None:
    clock = Ahead(real_store.clock)
    twin = real_store.under(clock)
    clock.ahead += clock.ahead.__class__(hours=3)
    assert (twin.clock() - real_store.clock()).total_seconds() == pytest.approx(3 * 3600, abs=5)
