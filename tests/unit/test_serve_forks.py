"""Kernels forked from one process: they come, they end, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from servers import Browser, Made, Server, kernel_of, set_up, start, telling_workbooks, told_by_kernel

from mira_workbook.serve.forks import Forked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = str(telling_workbooks(tmp_path / "workbooks"))
    running = start(tmp_path, MIRA_WORKBOOKS=folder, MIRA_READY_KERNELS="0")
    wait_until(lambda: bool(nurseries(running)))
    yield running
    running.stop()


@pytest.fixture
def made(server: Server) -> Made:
    return set_up(Browser(server), "Lena Marsh\nTom Ash")


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.1)


def nurseries(server: Server) -> list[psutil.Process]:
    return [p for p in psutil.Process(server.pid).children() if "mira_workbook.serve.nursery" in p.cmdline()]


def page_of(server: Server, made: Made, key: str) -> tuple[Browser, str]:
    phone = Browser(server)
    page = phone.post(f"join/{made.code}", member=key)
    assert told_by_kernel(page)["QUERY_STRING"].startswith("grant=")
    return phone, kernel_of(page)


def test_a_page_is_drawn_by_a_fork_that_ends_with_it(server: Server, made: Made) -> None:
    def forks() -> list[psutil.Process]:
        return list(nurseries(server)[0].children())

    wait_until(lambda: page_came_by_fork(server, made, forks))
    phone, kernel = page_of(server, made, "M2")
    assert len(forks()) == 1
    assert phone.post(f"voila/api/shutdown/{kernel}").status == 204
    assert forks() == []


def page_came_by_fork(server: Server, made: Made, forks: Callable[[], list[psutil.Process]]) -> bool:
    """Draw a page and end it; the very first ones may come before the process that forks is ready."""
    phone = Browser(server)
    page = phone.post(f"join/{made.code}", name=f"Early {time.monotonic()}", group="other")
    forked = bool(forks())
    phone.post(f"voila/api/shutdown/{kernel_of(page)}")
    return forked


def test_a_page_goes_on_when_what_it_came_from_is_killed_and_new_pages_come_all_the_same(
    server: Server, made: Made
) -> None:
    wait_until(lambda: page_came_by_fork(server, made, lambda: list(nurseries(server)[0].children())))
    phone, kernel = page_of(server, made, "M1")
    killed = nurseries(server)[0]
    (process,) = killed.children()
    killed.kill()
    other, its = page_of(server, made, "M2")
    assert phone.get(f"api/kernels/{kernel}").status == other.get(f"api/kernels/{its}").status == 200
    assert process.is_running()
    wait_until(lambda: bool(nurseries(server)) and nurseries(server)[0].pid != killed.pid)
    wait_until(lambda: page_came_by_fork(server, made, lambda: list(nurseries(server)[0].children())))
    assert phone.post(f"voila/api/shutdown/{kernel}").status == 204
    wait_until(lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)


def test_a_server_that_is_killed_leaves_no_process_behind(server: Server, made: Made) -> None:
    page_of(server, made, "M1")
    everyone = psutil.Process(server.pid).children(recursive=True)
    assert len(everyone) > 1
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not [p for p in everyone if p.is_running() and p.status() != psutil.STATUS_ZOMBIE])


def test_a_forks_end_is_seen_and_its_number_is_never_mistaken() -> None:
    process = subprocess.Popen(["sleep", "60"])
    held = Forked(process.pid)
    assert held.poll() is None
    held.terminate()
    assert held.wait(30) == 0
    process.wait()
    held.kill()
    assert Forked(process.pid).poll() == 0


def test_where_the_system_cannot_fork_a_page_comes_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os\ndel os.pidfd_open\n")
    folder = str(telling_workbooks(tmp_path / "workbooks"))
    server = start(tmp_path, MIRA_WORKBOOKS=folder, PYTHONPATH=str(tmp_path))
    try:
        assert nurseries(server) == []
        phone, kernel = page_of(server, set_up(Browser(server), "Lena Marsh\nTom Ash"), "M1")
        assert phone.get(f"api/kernels/{kernel}").status == 200
        (started,) = psutil.Process(server.pid).children()
        assert "mira_workbook.serve.kernel" in started.cmdline()
        assert phone.post(f"voila/api/shutdown/{kernel}").status == 204
        wait_until(lambda: not started.is_running())
    finally:
        server.stop()


def test_the_server_is_read_where_python_is_another_systems() -> None:
    """What others brought in stays: they have their own ways there."""
    code = """
import sys, voila.app, jupyter_server.serverapp, tornado.httpserver
sys.platform, sys.modules["fcntl"] = "another", None
import mira_workbook.serve.app
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
