"""The live bench: a room at a real server, and how long people wait for each other.

Everybody's page is a kernel of its own behind its own socket, as in a meeting; scripted people type and send, and one
who leads shows and goes on at the board. What is timed begins when a message is sent and ends when another page shows
what came of it.
"""

import asyncio
import random
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from tornado.websocket import WebSocketClosedError

from mira_workbook.bench import baseline
from mira_workbook.bench.place import Place, come_in, open_room, start
from mira_workbook.bench.sockets import Doc, Page
from mira_workbook.bench.trees import cpu
from mira_workbook.notebook.looking import QUIET_S
from mira_workbook.rehearse.answers import answer_to
from mira_workbook.widgets.signs import HERE

BEAT_S = 5.0
SEEN_WITHIN_S = 15.0
"""Seconds after which the bench no longer waits for something to show."""
LOOK_S = 2.0
"""Seconds that one who leads looks at the board before going on."""
PRESSES = 14
"""Moves of the meeting after which the bench has seen enough steps."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How big and how long.

    Attributes:
        people, teams: who comes.
        typing_s: seconds over which a step's answers come in.
        idle_s: seconds over which idle pages are watched.
        steps: steps that people answer.
        tell: told what happens.
    """

    people: int = 60
    teams: int = 10
    typing_s: float = 25.0
    idle_s: float = 20.0
    steps: int = 4
    tell: Callable[[str], None] = lambda _line: None


@dataclass(slots=True)
class Measured:
    """What was measured; times in seconds, CPU as a share of one core.

    Attributes:
        on_board: from sending an answer until the board counts it.
        on_page: from pressing at the board until a member's page shows it.
        taken: from sending an answer until its acknowledgement.
        commit, bare: a bare commit, and until a bare process that looks as often sees it.
        kernel_idle, server_idle: CPU of a page at which nothing happens, and the server's part of it.
        kernel_gone: the same when the page was closed.
        board_idle: CPU of the board's kernel.
        silent, closed: from a phone's last sign, or from closing the page, until the board shows no connection.
        missed: answers and moves that never showed.
    """

    on_board: list[float] = field(default_factory=list)
    on_page: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    commit: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    kernel_idle: float = 0.0
    server_idle: float = 0.0
    kernel_gone: float = 0.0
    board_idle: float = 0.0
    silent: float = 0.0
    closed: float = 0.0
    missed: int = 0


def at(times: Sequence[float], share: float) -> float:
    """The time within which this share of all was done."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def run(folder: Path, plan: Plan) -> Measured:
    """Run the bench in an empty folder.

    Raises:
        StoreError: the server did not come up, or gave no page.
    """
    place = start(folder)
    try:
        open_room(place, plan.teams, plan.people)
        return asyncio.run(Room(place, plan).play())
    finally:
        place.stop()


@dataclass(slots=True)
class Room:
    """A room at play."""

    place: Place
    plan: Plan
    found: Measured = field(default_factory=Measured)
    dice: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - a script
    beats: "dict[int, asyncio.Task[None]]" = field(default_factory=dict)

    @property
    def board(self) -> Page:
        """The page of who leads."""
        return self.place.board

    async def play(self) -> Measured:
        """Let the room meet, and measure."""
        begun = time.perf_counter()
        await self.come_in()
        self.plan.tell(f"{self.plan.people} people came in {time.perf_counter() - begun:.0f} s")
        await asyncio.sleep(BEAT_S)
        await self._idle()
        await self._lose()
        await self._meet()
        self.found.commit, self.found.bare = await asyncio.to_thread(baseline.seen_after, self.place.folder, 60)
        await self._leave()
        return self.found

    async def come_in(self) -> None:
        """Open the board and everybody's page; each of them says from then on that it is there."""
        await come_in(self.place)
        for n, page in enumerate([self.board, *self.place.pages]):
            self._say_here(n, page)

    def go_away(self) -> None:
        """Close the board and everybody's page without the goodbye that would end its kernel."""
        for beat in self.beats.values():
            beat.cancel()
        for page in (self.board, *self.place.pages):
            page.close()

    def _say_here(self, n: int, page: Page) -> None:
        """Let a page say every five seconds that it is there, as it does by itself."""
        self.beats[n] = asyncio.create_task(self._beat(page))

    async def _beat(self, page: Page) -> None:
        await asyncio.sleep(self.dice.uniform(0, BEAT_S))
        sign = {"here": True} if page is self.board else {"field": HERE, "value": "idle", "save_key": "here"}
        while True:
            with suppress(WebSocketClosedError):  # a page that is closed says nothing
                await page.send(sign)
            await asyncio.sleep(BEAT_S)

    # cost

    async def _idle(self) -> None:
        server, board, *members = self.place.processes()
        spent = await self._spent([server, board, *members], self.plan.idle_s)
        self.found.server_idle, self.found.board_idle = spent[0] / len(members), spent[1]
        self.found.kernel_idle = sum(spent[2:]) / len(members)
        self.plan.tell(f"an idle page costs {100 * self.found.kernel_idle:.2f} % of a core in its kernel")

    async def _spent(self, processes: Sequence[psutil.Process], seconds: float) -> list[float]:
        """CPU of each process, as a share of one core."""
        before = [cpu(one) for one in processes]
        begun = time.perf_counter()
        await asyncio.sleep(seconds)
        took = time.perf_counter() - begun
        return [(cpu(one) - was) / took for one, was in zip(processes, before, strict=True)]

    async def _leave(self) -> None:
        """Everybody's page is gone, without the goodbye that would end its kernel."""
        self.go_away()
        await asyncio.sleep(QUIET_S + LOOK_S)
        members = self.place.processes()[2:]
        self.found.kernel_gone = sum(await self._spent(members, self.plan.idle_s / 2)) / len(members)

    # the meeting

    async def _meet(self) -> None:
        answered = 0
        for _ in range(PRESSES):
            await self._move()
            while _asks(self.place.pages[0]):
                await self._answer()
                answered += 1
                await asyncio.sleep(LOOK_S)
            if answered >= self.plan.steps:
                return

    async def _move(self) -> None:
        """Press what the board offers for all, and wait until every page shows it."""
        await asyncio.sleep(LOOK_S)
        main = next((b for b in self.board.view["head"]["buttons"] if b.get("main")), None)
        if main is None:
            return
        shown: dict[int, float] = {}
        begun = time.perf_counter()
        for n, page in enumerate(self.place.pages):
            page.on_view = _when_moved(page.view.get("key"), partial(_note, shown, n))
        press = {"press": main["id"], "value": None, "save_key": secrets.token_hex(6), "key": self.board.view["key"]}
        reply = await self.board.ask(press)
        await _until(lambda: len(shown) == len(self.place.pages))
        self.found.on_page += [when - begun for when in shown.values()]
        self.found.missed += len(self.place.pages) - len(shown)
        said = str(reply.get("error", "taken"))
        self.plan.tell(f"{main['label']}, {said}: {len(shown)} pages show {self.place.pages[0].view.get('key')}")

    async def _answer(self) -> None:
        """Everybody types for a while and sends; the board counts them."""
        sent: dict[str, list[float]] = {team: [] for team in self.place.people}
        counted: dict[str, list[float]] = {team: [] for team in self.place.people}
        self.board.on_view = lambda view: _count(view, counted)
        await asyncio.gather(
            *(self._person(page, sent[team]) for team, pages in self.place.people.items() for page in pages)
        )
        await _until(lambda: all(len(counted[team]) >= len(sent[team]) for team in sent))
        if not any(counted.values()):
            return  # two steps are open before the meeting begins, and the board counts the second
        for team, begun in sent.items():
            self.found.on_board += [seen - was for seen, was in zip(counted[team], sorted(begun), strict=False)]
            self.found.missed += max(0, len(begun) - len(counted[team]))
        self.board.on_view = lambda _view: None
        done = sum(len(one) for one in counted.values())
        self.plan.tell(f"{self.place.pages[0].view.get('key')}: {done} answers are on the board")

    async def _person(self, page: Page, sent: list[float]) -> None:
        """Type, think, and send, as slowly as a person does."""
        await asyncio.sleep(self.dice.uniform(0, self.plan.typing_s * 0.6))
        screen = str(page.view["key"])
        fields = [control for one in page.view["pages"] for control in one["fields"]]
        values = {control["field"]: answer_to(control, self.dice) for control in fields}
        words = next((c["field"] for c in fields if c.get("kind") in {"text", "long"} and "version" not in c), "")
        for share in (0.3, 0.7, 1.0) if words else ():
            await asyncio.sleep(self.plan.typing_s * self.dice.uniform(0.05, 0.13))
            text = str(values[words])
            await page.ask({"field": words, "value": text[: int(share * len(text))], "save_key": _key(screen)})
        passed: list[str] = []
        for _ in range(3):
            begun = time.perf_counter()
            reply = await page.ask(
                {"field": "$submit", "value": {"values": values, "passed": passed}, "save_key": _key(screen)}
            )
            if not reply.get("problems"):
                break
            passed = [f"{p['field']}|{p['row']}|{p['code']}" for p in reply["problems"]]
        if "saved_at" not in reply:
            self.plan.tell(f"an answer was not taken: {str(reply)[:300]}")
            return
        sent.append(begun)
        self.found.taken.append(time.perf_counter() - begun)

    # presence

    async def _lose(self) -> None:
        """One phone falls silent, and one page is closed: how long until the board says so."""
        silent, closed = list(self.place.people)[:2]
        gone = [self.place.people[team][0] for team in (silent, closed)]
        numbers = [1 + self.place.pages.index(page) for page in gone]
        await gone[0].send({"field": HERE, "value": "idle", "save_key": "here"})
        last = time.perf_counter()
        for n in numbers:
            self.beats[n].cancel()
        gone[1].close()
        self.found.silent, self.found.closed = await asyncio.gather(
            *(self._lost(team, last) for team in (silent, closed))
        )
        await gone[1].open()
        for n, page in zip(numbers, gone, strict=True):
            self._say_here(n, page)
        self.plan.tell(
            f"a lost phone shows after {self.found.silent:.1f} s, a closed page after {self.found.closed:.1f} s"
        )

    async def _lost(self, team: str, last: float) -> float:
        await _until(lambda: "lost" in _states(self.board.view, team), 2 * SEEN_WITHIN_S)
        return time.perf_counter() - last


def _asks(page: Page) -> bool:
    """Whether the page asks its person something alone."""
    return ":answer" in str(page.view.get("key")) and bool(page.view.get("submit"))


def _key(screen: str) -> str:
    return f"{screen}/{secrets.token_hex(6)}"


def _rows(view: Mapping[str, Any]) -> Sequence[Doc]:
    return (view.get("grid") or {}).get("rows") or ()


def _count(view: Mapping[str, Any], counted: dict[str, list[float]]) -> None:
    """Note when the board first showed each number of answers of each team."""
    now = time.perf_counter()
    for row in _rows(view):
        found = re.match(r"\d+", str(row["count"]))
        have = counted.get(row["id"])
        if found and have is not None:
            have += [now] * (int(found[0]) - len(have))


def _states(view: Mapping[str, Any], team: str) -> list[str]:
    return [one["state"] for row in _rows(view) if row["id"] == team for one in row["people"]]


def _note(shown: dict[int, float], n: int) -> None:
    shown.setdefault(n, time.perf_counter())


def _when_moved(key: Any, note: Callable[[], Any]) -> Callable[[Doc], None]:
    return lambda view: note() if view.get("key") != key else None


async def _until(true: Callable[[], bool], seconds: float = SEEN_WITHIN_S) -> None:
    """Wait, without keeping a core busy, until something is so, or no longer."""
    give_up = time.perf_counter() + seconds
    while not true() and time.perf_counter() < give_up:  # noqa: ASYNC110 - what it waits for is no event of ours
        await asyncio.sleep(0.05)
