"""A server of the bench's own, with a room full of people who have come."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from tornado.httpclient import AsyncHTTPClient

from mira_workbook import settings
from mira_workbook.bench.sockets import Page
from mira_workbook.content.load import load
from mira_workbook.errors import StoreError
from mira_workbook.opening import open_store
from mira_workbook.records import Session
from mira_workbook.store import NewMember, NewTeam, Store

UP_S = 40.0
COMING_AT_ONCE = 6
NAMES = ("Ana", "Ben", "Cyd", "Dot", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Lou")


@dataclass(slots=True)
class Place:
    """A running server, its meeting, and everybody's page.

    Attributes:
        store: the server's store.
        sessions: one for each team.
        people: team's slug to its members' pages.
        board: the page of who leads.
    """

    folder: Path
    url: str
    process: "subprocess.Popen[bytes]"
    store: Store
    code: str = ""
    slug: str = ""
    sessions: tuple[Session, ...] = ()
    people: dict[str, list[Page]] = field(default_factory=dict)
    board: Page = field(default_factory=lambda: Page("", ""))

    @property
    def pages(self) -> list[Page]:
        """The pages of all members."""
        return [page for team in self.people.values() for page in team]

    def processes(self) -> list[psutil.Process]:
        """The server, the board's kernel, then the members'; kernels are handed out in the order they were started."""
        server = psutil.Process(self.process.pid)
        kernels = [one for one in server.children(recursive=True) if _is_kernel(one)]
        return [server, *sorted(kernels, key=lambda one: one.create_time())[: 1 + len(self.pages)]]

    def stop(self) -> None:
        """End the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.store.close()


def _is_kernel(process: psutil.Process) -> bool:
    """Whether it is a kernel, not what forks them."""
    words = process.cmdline()
    return "mira_workbook.serve.kernel" in words or bool(process.parent() and process.parent().cmdline() == words)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


def is_up(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def start(folder: Path) -> Place:
    """Start a server on a free port of this machine, with a store in this folder.

    Raises:
        StoreError: it did not come up.
    """
    port = free_port()
    known = {**os.environ, "MIRA_HOME": str(folder)}
    known.pop("MIRA_DATABASE_URL", None)
    with (folder / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "mira_workbook.serve", str(port)]
        process = subprocess.Popen(command, env=known, stdout=log, stderr=log)  # noqa: S603 - our own server
    place = Place(folder, f"http://127.0.0.1:{port}/", process, open_store(f"sqlite:///{folder / 'mira.sqlite'}"))
    deadline = time.monotonic() + UP_S
    while time.monotonic() < deadline and process.poll() is None:
        if is_up(port):
            return place
        time.sleep(0.1)
    process.kill()
    raise StoreError(f"The server did not come up: {(folder / 'server.log').read_text()[-500:]}")


def open_room(place: Place, teams: int, people: int) -> None:
    """Make a led meeting of as many teams and people, everybody with a seat."""
    workbook = load(settings.shipped("workbooks") / "priority_setting.toml")
    each = [people // teams + (n < people % teams) for n in range(teams)]
    named = [
        NewTeam(f"Team {n + 1}", members=tuple(NewMember(NAMES[k % len(NAMES)], "", "teacher") for k in range(size)))
        for n, size in enumerate(each)
    ]
    opened = place.store.open_meeting(workbook, named, pace="led")
    place.code, place.slug, place.sessions = opened.meeting.code, workbook.slug, tuple(opened.sessions)
    for session in opened.sessions:
        team = place.store.team(session.team_id).slug
        place.people[team] = [_page(place, session, member.id) for member in place.store.roster(session.id)]
    browser = secrets.token_urlsafe(24)
    place.store.enter(browser, opened.keys["facilitator"])
    place.board = Page(f"{place.url}voila/render/facilitate.ipynb?m={place.code}", f"mira={browser}")


def _page(place: Place, session: Session, member_id: int) -> Page:
    browser = secrets.token_urlsafe(24)
    place.store.take_seat(browser, session.id, "member", member_id)
    return Page(f"{place.url}voila/render/{place.slug}.ipynb?m={place.code}", f"mira={browser}")


async def come_in(place: Place) -> None:
    """Open the board, then everybody's page, some at a time."""
    AsyncHTTPClient.configure(None, max_clients=1000)
    await place.board.open()
    gate = asyncio.Semaphore(COMING_AT_ONCE)

    async def one(page: Page) -> None:
        async with gate:
            await page.open()
        await page.send({"field": "$hello", "value": None, "save_key": secrets.token_hex(6)})

    await asyncio.gather(*(one(page) for page in place.pages))
