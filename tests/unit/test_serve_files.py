"""Files that take a while, over HTTP: made aside, told how far, handed over once, and never left lying."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from servers import Browser, Server, start

from mira_workbook.bench.filled import fill
from mira_workbook.serve.making import PATIENCE_S, Makings, is_heavy
from mira_workbook.serve.worker import Order
from mira_workbook.store import Store

# The one who makes files gives way to all else, so on a busy machine that takes long.
PATIENCE = 300.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    fill(folder / "mira.sqlite", 6_000, people=12, teams=100)
    return folder


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    running = start(home)
    yield running
    running.stop()


@pytest.fixture
def doomed(home: Path) -> Iterator[Server]:
    """A server that a test may end."""
    running = start(home)
    yield running
    running.stop()


@pytest.fixture
def code(store: Store) -> str:
    """The code of a meeting of many teams."""
    return max(store.meetings(), key=lambda meeting: len(store.sessions(meeting.id))).code


@pytest.fixture
def coach(server: Server, store: Store, code: str) -> Browser:
    return coach_at(server, store, code)


def coach_at(server: Server, store: Store, code: str) -> Browser:
    browser = Browser(server)
    browser.post(f"key/{store.new_key(code, 'coach')}")
    return browser


def passing(home: Path) -> list[Path]:
    return list((home / "files").glob(".mira-export-*"))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def workers(of: int) -> list[psutil.Process]:
    return [one for one in psutil.Process(of).children(recursive=True) if "mira_workbook.serve.worker" in one.cmdline()]


def test_a_page_waits_for_a_large_file_and_the_file_comes_once(
    coach: Browser, store: Store, code: str, home: Path
) -> None:
    page = coach.get(f"export/{code}/xlsx")
    assert (page.status, page.heading) == (202, "Getting your file ready…")
    assert page.has("It downloads by itself.")
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.text
    assert store.accesses() == ()

    until(lambda: coach.get(f"export/{code}/xlsx/far").text == "ready")
    file = coach.get(f"export/{code}/xlsx")
    assert file.headers["Content-Disposition"] == f'attachment; filename="priority_setting-{code}.xlsx"'
    assert file.body.startswith(b"PK")
    assert len(file.body) == int(file.headers["Content-Length"])
    (noted,) = store.accesses()
    assert (noted.what, noted.format) == (code, "xlsx")
    assert noted.rows > 10_000
    assert coach.get(f"export/{code}/xlsx/far").text == "none"
    until(lambda: passing(home) == [])


def test_a_question_begins_nothing(coach: Browser, code: str, home: Path, server: Server) -> None:
    assert coach.get(f"export/{code}/xlsx", method="HEAD").status == 200
    assert coach.get(f"export/{code}/xlsx/far").text == "none"
    assert (workers(server.pid), passing(home)) == ([], [])


def test_nobody_else_hears_how_far_a_file_is(server: Server, code: str) -> None:
    assert Browser(server).get(f"export/{code}/xlsx/far").status == 403


@pytest.mark.parametrize("how", ["terminate", "kill"])
def test_a_server_that_ends_takes_its_unfinished_files_with_it(
    store: Store, code: str, home: Path, doomed: Server, how: str
) -> None:
    coach_at(doomed, store, code).get(f"export/{code}/zip")
    (worker,) = workers(doomed.pid)
    assert worker.nice() >= 10
    getattr(doomed.process, how)()
    doomed.process.wait(60)

    until(lambda: passing(home) == [] and not worker.is_running())


def test_a_file_that_nobody_asks_for_any_more_is_given_up(
    store: Store, code: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIRA_HOME", str(home))
    monkeypatch.delenv("MIRA_DATABASE_URL", raising=False)
    makings = Makings(tmp_path)
    sessions = tuple(one.session.id for one in store.sittings(code))
    making = makings.begin("one", Order("xlsx", code, sessions, "coach", ""))
    assert makings.begin("one", making.order) is making
    until(lambda: making.process is not None)
    making.asked -= PATIENCE_S + 1

    until(lambda: making.ended.is_set() and list(tmp_path.iterdir()) == [])
    assert (makings.get("one"), making.made) == (None, None)


def test_what_is_small_is_made_at_once(store: Store, code: str) -> None:
    every = tuple(one.session.id for one in store.sittings(code))
    assert is_heavy("csv", Order("csv", code, every, "coach", "").source(store))
    assert not is_heavy("csv", Order("csv", code, every[:1], "coach", "").source(store))
    assert is_heavy("xlsx", Order("xlsx", code, every[:1], "coach", "").source(store))
