"""People in browsers, and a wire that can be cut: for tests of a whole meeting."""

import contextlib
import os
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import axe
from lacking import leave_out
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

HOST = "mira.test"
"""A name that is not loopback: phones come over plain http, where the browser holds back what it gives to 127.0.0.1."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 45_000


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; without one on this machine the test is left out."""
    if CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield made
        made.close()


@dataclass
class Wire:
    """A small TCP proxy in front of a server; cut, it drops every connection and takes no new one."""

    to_port: int
    port: int = 0
    is_cut: bool = False
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection and refuse new ones."""
        self.is_cut = True
        for pair in self._pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                    end.close()
        self._pairs.clear()

    def heal(self) -> None:
        """Let connections through again."""
        self.is_cut = False

    def close(self) -> None:
        """End for good."""
        self.cut()
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.to_port))
            self._pairs.append((near, far))
            for a, b, through in ((near, far, self.upward), (far, near, self.downward)):
                threading.Thread(target=_pump, args=(a, b, through), daemon=True).start()

    def upward(self, data: bytes) -> bytes:
        """What the browser says, on its way to the server."""
        return data

    def downward(self, data: bytes) -> bytes:
        """What the server says, on its way to the browser."""
        return data


def _pump(source: socket.socket, sink: socket.socket, through: Callable[[bytes], bytes]) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(through(data))
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.close()


@dataclass
class Person:
    """Somebody with a browser."""

    name: str
    context: BrowserContext
    page: Page
    faults: list[str]

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """The first button of this name."""
        return self.page.get_by_role("button", name=name).first

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button once it is there."""
        expect(self.button(name)).to_be_visible(timeout=PATIENCE_MS)
        if "facilitate" in self.page.url:
            # A board takes no second press at the same place within 600 ms: it would be half of a double click.
            self.page.wait_for_timeout(800)
        self.button(name).click()

    def fill(self, label: str | re.Pattern[str], text: str) -> None:
        """Type into the field of this label."""
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str | re.Pattern[str], n: int = 0) -> None:
        """Choose the nth option of this label; its words lie over the round sign, as people tap them."""
        self.page.get_by_label(label, exact=isinstance(label, str)).nth(n).check(force=True)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until the text stands on the page."""
        shown = self.page.get_by_text(text).locator("visible=true")
        expect(shown.first).to_be_visible(timeout=PATIENCE_MS)

    def sees_no(self, text: str | re.Pattern[str]) -> None:
        """Wait until the text stands on the page no more."""
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0, timeout=PATIENCE_MS)

    def submit(self, name: str = "Submit my answer") -> None:
        """Send the answer, passing second looks."""
        heading = self.page.locator("h1").first
        before = heading.inner_text()
        self.press(name)
        fine = self.page.get_by_role("button", name=re.compile("It is (fine|one thing)"))
        for _ in range(240):
            if not self.button(name).is_visible() or heading.inner_text() != before:
                return
            if fine.count():
                fine.first.click()
                self.press(name)
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{self.name} could not send: {self.page.inner_text('main')}")


OF_THE_LINE = ("Failed to load resource", "WebSocket connection to")
"""What a browser's console says of a line that is down, as tests have it on purpose."""


def faults_of(page: Page) -> list[str]:
    """What goes wrong in a page's scripts from now on: what nobody caught, and what was caught and told as an error."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda told: (
            faults.append(told.text) if told.type == "error" and not told.text.startswith(OF_THE_LINE) else None
        ),
    )
    return faults


def join(browser: Browser, root: str, code: str, who: tuple[str, str, str], size: dict[str, int]) -> Person:
    """Come in by code: name, what one does, and the choice of five."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]  # the width and height it asks for
    page = context.new_page()
    faults = faults_of(page)
    page.goto(root)
    page.get_by_label("Code from the wall").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    other = page.get_by_text("I am not on this list")
    if other.count():
        other.click()
    page.get_by_label("Your name").fill(who[0])
    page.get_by_label("What you do").fill(who[1])
    page.get_by_label(who[2]).check()
    page.get_by_role("button", name="Come in").click()
    person = Person(who[0], context, page, faults)
    person.sees("You are in")
    return person


def move(people: list[Person], label: str, then: str | re.Pattern[str]) -> None:
    """One taps the button that moves the session; after ten seconds everybody sees what comes next."""
    people[0].press(label)
    people[-1].sees("Finishing in 10 s")
    for person in people:
        person.sees(then)


def looked_over(person: Person) -> list[str]:
    """What axe finds serious or critical on the page, and whether the page scrolls sideways."""
    found = axe.violations(person.page)
    wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]
