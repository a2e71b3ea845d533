"""Every byte sent to every browser of a led room, looked through before and after each reveal."""

import json
import re
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from leaking import Ear
from leaks import Own, forbidden, found
from led import TEAM, Behind, lead
from meeting import HOST, LAPTOP, PHONE, Person, join
from playwright.sync_api import Browser
from servers import Server, command

from mira_workbook.rules import led
from mira_workbook.rules.progress import next_move
from mira_workbook.rules.sight import Viewer
from mira_workbook.rules.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.long]

_STAMPED = re.compile(rb'"(date|now)": ?"[^"]*"')
"""The moment a message was sent, as every message of a kernel bears it: it tells when a page was drawn, not by whom."""
SETTLES_S = 2.5
"""Seconds in which every page has looked at the store again."""
SHARE = 5
"""One file in so many is taken at each look, another one at the next: odd, so that each comes before and after."""


@dataclass
class Listener:
    """Somebody at a browser, what the wire brought there, and what this role may see."""

    person: Person
    ear: Ear
    viewer: Viewer
    sent: int = 0

    def take(self) -> bytes:
        """What was heard since the last time: words written after it cannot stand in what was sent before."""
        heard = bytes(self.ear.heard)
        self.ear.forget()
        self.sent += len(heard)
        return _STAMPED.sub(b"", heard)


@dataclass
class House:
    """A led meeting on a server, with a wire of its own for everybody."""

    server: Server
    browser: Browser
    code: str
    links: dict[str, str]

    def wire(self) -> tuple[Ear, str]:
        """A wire, and the address at its near end."""
        ear = Ear(int(self.server.url.rsplit(":", 1)[1].strip("/")))
        return ear, f"http://{HOST}:{ear.port}/"

    def member(self, n: int) -> Listener:
        """Somebody of the team."""
        ear, root = self.wire()
        return Listener(join(self.browser, root, self.code, TEAM[n], PHONE), ear, Viewer("member", f"M{n + 1}"))

    def board(self, query: str = "") -> Listener:
        """Who leads, at a board or on the wall."""
        ear, root = self.wire()
        person = lead(self.browser, root + self._path("facilitator_link"), LAPTOP)
        if query:
            person.page.goto(person.page.url + query)
        return Listener(person, ear, Viewer("facilitator"))

    def keyed(self, role: str) -> Listener:
        """A coach, or somebody who looks on from outside."""
        ear, root = self.wire()
        context = self.browser.new_context(viewport=LAPTOP)  # type: ignore[arg-type]  # width and height
        page = context.new_page()
        page.goto(root + self._path(f"{role}_link"))
        page.locator("main form button").first.click()
        return Listener(Person(role, context, page, []), ear, Viewer(role))  # type: ignore[arg-type]  # one of the roles

    def coach_at_the_board(self) -> Listener:
        """A coach who reads along on the board."""
        coach = self.keyed("coach")
        page = coach.person.page
        page.goto(f"{page.url.split('/coach/')[0]}/voila/render/coach.ipynb?m={self.code.replace('-', '')}")
        page.locator(".mira-c-step").first.wait_for()
        return coach

    def _path(self, link: str) -> str:
        return self.links[link].split("/", 3)[3]


def opened(server: Server, browser: Browser, home: Path) -> House:
    new = ("session", "new", "--workbook", "priority_setting", "--team", "Tupelo", "--pace", "led", "--json")
    made = json.loads(command(home, *new))
    keys = json.loads(command(home, "session", "keys", made["code"], "--new", "viewer", "--json"))
    return House(server, browser, made["code"], {**made, "viewer_link": keys["viewer_link"]})


def test_nobody_is_ever_sent_what_the_own_role_must_not_have(server: Server, browser: Browser, tmp_path: Path) -> None:
    house = opened(server, browser, tmp_path)
    board = house.board()
    people = [house.member(n) for n in range(len(TEAM))]
    everybody = [*people, board, house.board("&view=present"), house.keyed("coach")]
    everybody += [house.coach_at_the_board(), house.keyed("viewer")]
    behind = Behind(tmp_path, house.code)
    behind.sit_down()
    behind.act(led.next_step())
    seen, turns = 0, count()
    while behind.stage.state != "ended":
        behind.answer()
        seen += _look_through(everybody, behind, "before", next(turns))
        _anonymous_from_now(behind)
        _go_on(behind)
        if behind.stage.current in {"sort", "consent"}:
            for one in everybody:
                one.person.page.reload()
        seen += _look_through(everybody, behind, "after", next(turns))
    assert seen > 100, "words were looked for at every stage"
    for one in everybody:
        assert one.person.faults == []
        assert one.sent > 10_000, f"{one.person.name} was sent pages"


def _anonymous_from_now(behind: Behind) -> None:
    """Hands are raised without any name in this room."""
    if behind.stage.current == "statement":
        behind.act(led.private("consent", "", "anonymous"))


def _go_on(behind: Behind) -> None:
    to = next_move(behind.snapshot, behind.stage)
    behind.act({"show": led.show(), "again": led.again(), "end": led.end()}.get(str(to), led.next_step()))
    behind.act(led.now())


def _look_through(everybody: list[Listener], behind: Behind, when: str, turn: int) -> int:
    """How many strings were looked for; none may have been heard."""
    time.sleep(SETTLES_S)
    snapshot, stage, many = behind.snapshot, behind.stage, 0
    for one in everybody:
        strings = forbidden(snapshot, stage, one.viewer, Own(_hashes(behind, one.viewer)))
        if one.viewer.role == "coach":
            if "voila" in one.person.page.url:
                _reads_along(one)
            else:
                _takes_home(one, turn)
        many += sum(map(len, strings.values()))
        leaks = found(one.take(), strings)
        assert leaks == [], f"{one.person.name} ({one.viewer.role}), {when} {_place(stage)}: {leaks}"
    return many


def _hashes(behind: Behind, viewer: Viewer) -> frozenset[str]:
    """The names under which somebody's own anonymous answers stand; empty for those who lead or look on."""
    places = {(r.step, r.round) for r in behind.snapshot.responses}
    found = {behind.store.own_author(behind.session, *place, viewer.member) for place in places if viewer.member}
    return frozenset(found - {""})


def _place(stage: Stage) -> str:
    return f"{stage.current}, round {stage.round_of(stage.current)}, shown {sorted(stage.revealed)}"


def _reads_along(coach: Listener) -> None:
    """The coach opens the step that is on now, and asks for what was written there."""
    page = coach.person.page
    here = page.locator(".mira-c-step[aria-label$='open now']")
    (here if here.count() else page.locator(".mira-c-step")).last.click()
    page.wait_for_timeout(300)
    words = page.get_by_role("button", name="Show what was written")
    if words.count():
        words.click()
        page.get_by_role("region", name="What was written").wait_for()


def _takes_home(coach: Listener, turn: int) -> None:
    """The coach takes files at every moment."""
    page = coach.person.page
    page.reload()
    links = page.locator("a[href*='/export/']").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > SHARE
    for link in links[turn % SHARE :: SHARE]:
        assert page.evaluate("async link => (await fetch(link).then(r => r.arrayBuffer())).byteLength", link) > 0
