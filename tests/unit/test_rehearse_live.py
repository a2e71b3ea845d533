"""People at a real server: pages, kernels and sockets of their own, lines that break, kernels that end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Server, start

from mira_workbook import settings
from mira_workbook.content.load import load
from mira_workbook.errors import MiraError
from mira_workbook.rehearse import Plan, rehearse_as_planned
from mira_workbook.rehearse.web import Browser, teams
from mira_workbook.store import NewTeam, Store

pytestmark = pytest.mark.long


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = start(tmp_path)
    yield running
    running.stop()


def test_six_people_at_a_real_server_lose_no_answer_when_lines_break_and_kernels_end(server: Server) -> None:
    store = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    code = store.open_meeting(book, [NewTeam("Tupelo")], pace="led").meeting.code
    found = rehearse_as_planned(store, code, Plan(6, seed=2, faults=True, url=server.url))
    assert found.odd == []
    assert (found.lost, found.duplicated) == (0, 0)
    assert found.acknowledged == found.found > 30
    assert {"cuts", "reloads", "loses kernel", "sent again after a cut"} <= set(found.did)
    with pytest.raises(MiraError, match=r"^The server at http.* lets nobody in with the code QQQQQQ\.$"):
        teams(Browser(server.url), "QQQQQQ")


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    store.migrate()
    book = load(settings.shipped("workbooks") / "priority_setting.toml")
    code = store.open_meeting(book, [NewTeam("Tupelo")], pace="led").meeting.code
    with pytest.raises(MiraError, match=r"^Nobody answers at http://127\.0\.0\.1:9/ \(.*\)\. Check the address"):
        rehearse_as_planned(store, code, Plan(1, url="http://127.0.0.1:9"))
