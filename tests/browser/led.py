"""A led session for browser tests: a board beside its members, and people who fill in what a test does not look at."""

import random
import secrets
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from meeting import PATIENCE_MS, Person, faults_of
from playwright.sync_api import Browser, expect

from mira_workbook.opening import open_store
from mira_workbook.records import Seat, Snapshot
from mira_workbook.rehearse.pages import DeskPage
from mira_workbook.rehearse.people import Person as Scripted
from mira_workbook.rules import led
from mira_workbook.rules.progress import next_move
from mira_workbook.rules.stage import Stage, fold

MOST_ROUNDS = 60
TEAM = (
    ("Ana Ortiz", "Principal", "lead the school"),
    ("Ben Hale", "Grade 2 teacher", "teach"),
    ("Cyd Moe", "Counselor", "support students or staff"),
    ("Dot Lee", "Grade 4 teacher", "teach"),
    ("Eli Fox", "Coach", "support students or staff"),
)


def lead(browser: Browser, key_link: str, size: dict[str, int], name: str = "Dana, who leads") -> Person:
    """Open the board with a facilitator's link."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]  # the width and height it asks for
    page = context.new_page()
    faults = faults_of(page)
    page.goto(key_link)
    page.get_by_role("button", name="Open the board").click()
    person = Person(name, context, page, faults)
    person.sees("Priority: not chosen yet") if "view" in page.url else expect(page.get_by_role("main")).to_be_visible(
        timeout=PATIENCE_MS
    )
    return person


@dataclass
class Behind:
    """The same session from behind: scripted second devices of its members, and a facilitator's seat."""

    home: Path
    code: str
    people: list[Scripted] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = open_store(f"sqlite:///{self.home / 'mira.sqlite'}")
        self.session = self.store.sessions(self.store.meeting(self.code).id)[0].id
        self.leader: Seat = self.store.take_seat("behind", self.session, "facilitator")
        self.dice = random.Random(7)  # noqa: S311 - a script, no secret

    @property
    def snapshot(self) -> Snapshot:
        """The session as it stands."""
        return self.store.snapshot(self.session)

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return fold(self.snapshot.acts, self.snapshot.workbook)

    def act(self, judge: led.Judge) -> None:
        """Lead."""
        self.store.act(self.leader, judge, self.session)

    def sit_down(self) -> None:
        """Give every member a second device with somebody scripted at it."""
        for member in self.store.roster(self.session):
            knock = self.store.knock(secrets.token_hex(8), self.session, member.id)
            self.script(self.store.admit(self.leader, knock))

    def seat_all(self) -> None:
        """Let every member come with a first device, and somebody scripted at it."""
        for member in self.store.roster(self.session):
            seat = self.store.take_seat(f"phone-{member.id}", self.session, "member", member.id)
            self.script(seat)

    def script(self, seat: Seat) -> None:
        """Put somebody scripted at a device."""
        page, dice = DeskPage(self.store, seat), random.Random(self.dice.random())  # noqa: S311 - a script
        self.people.append(Scripted(page, partial(DeskPage, self.store, seat), dice))
        self.keys.append(seat.member_key)

    def person(self, key: str) -> Scripted:
        """Who is scripted for a member."""
        return self.people[self.keys.index(key)]

    def answer(self, without: Container[str] = ()) -> None:
        """Let everybody do what their pages ask, until nobody has anything to do; all but these, by their keys."""
        people = [self.person(key) for key in self.keys if key not in without]
        for _ in range(MOST_ROUNDS):
            busy = [person.turn() for person in people]
            if not any(busy):
                return
        raise AssertionError(f"Nobody came to an end at {self.stage.current}.")

    def until(self, there: Callable[[Stage], bool]) -> None:
        """Go on from step to step, everything answered and shown, until a stage is reached."""
        for _ in range(MOST_ROUNDS):
            if there(self.stage):
                return
            self.answer()
            to = next_move(self.snapshot, self.stage)
            self.act({"show": led.show(), "again": led.again(), "end": led.end()}.get(str(to), led.next_step()))
            self.act(led.now())
        raise AssertionError(f"The session stood still at {self.stage.current}.")
