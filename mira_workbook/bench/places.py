"""The two servers that are compared: Voila as it comes, and ours with a room of people who have their seats."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mira_workbook import settings
from mira_workbook.bench.place import UP_S, Place, free_port, is_up, open_room, start
from mira_workbook.errors import StoreError
from mira_workbook.rules import led

NOTEBOOK = "priority_setting.ipynb"
FILLED_S = 60.0


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two servers.

    Attributes:
        url: the address of the workbook's page.
        pid: the server's process.
        cookies: one for each person who may come; none where everybody is the same.
    """

    url: str
    pid: int
    cookies: tuple[str, ...] = ()

    def settle(self, least: float = 3.0) -> None:
        """Wait until nothing is going on any more: ours, until as many kernels are ready as before."""
        time.sleep(least)
        if self.cookies:
            wait_until_ready(self.url.partition("voila/")[0])


@contextmanager
def stock(folder: Path) -> Iterator[Side]:
    """Voila as it comes, on the one notebook: its own template, its own kernels, nothing started ahead."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(settings.shipped("workbooks") / NOTEBOOK)]
    command += [f"--port={port}", "--Voila.ip=127.0.0.1", "--no-browser"]
    known = {name: value for name, value in os.environ.items() if not name.startswith(("MIRA_", "JUPYTER"))}
    known |= {"MIRA_HOME": str(folder / "store"), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}
    known |= {"JUPYTER_DATA_DIR": str(folder / "data"), "IPYTHONDIR": str(folder / "ipython")}
    with (folder / "stock.log").open("wb") as log:
        process = subprocess.Popen(command, env=known, stdout=log, stderr=log)  # noqa: S603 - Voila of this Python
    try:
        _wait(process, port, folder / "stock.log")
        yield Side(f"http://127.0.0.1:{port}/", process.pid)
    finally:
        _end(process)


@contextmanager
def ours(folder: Path, people: int, teams: int = 5) -> Iterator[tuple[Side, Place]]:
    """Our server with its kernels ready, and people who may write in the first step."""
    place = start(folder)
    try:
        open_room(place, min(teams, people), people)
        for session in place.sessions:
            seat = place.store.seat(place.board.cookie.partition("=")[2], session.id, "facilitator")
            place.store.act(seat, led.warm_up(), session.id)
        wait_until_ready(place.url)
        yield Side(place.pages[0].url, place.process.pid, tuple(page.cookie for page in place.pages)), place
    finally:
        place.stop()


def wait_until_ready(url: str) -> None:
    """Wait until the server has as many kernels ready as it keeps."""
    deadline = time.monotonic() + FILLED_S
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{url}healthz", timeout=10) as answer:  # noqa: S310 - our own server
            told = json.load(answer)
        if told["ready"] >= told["keeps"]:
            return
        time.sleep(0.2)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline and process.poll() is None:
        if is_up(port):
            return
        time.sleep(0.1)
    raise StoreError(f"Voila did not come up: {log.read_text()[-500:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
