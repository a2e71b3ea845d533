"""A member on a network that lets pages through and no WebSocket goes on by the simple page."""

import json
import re
from collections.abc import Iterator

import pytest
from meeting import HOST, PATIENCE_MS, PHONE, Person, Wire, faults_of, looked_over
from playwright.sync_api import Browser, expect
from servers import Browser as Fetching
from servers import Made, Server, set_up
from simple_phones import lead, seated, session_of

from mira_workbook.store import Store

pytestmark = pytest.mark.browser

TEXT, WHY = "Know my group plan early", "I get told at the door every day"
BLOCKED = "This network blocks live pages. Your words stay on this phone."
OFFER = "Use the simple page"
EXPECTED = "Lead the small groups every day"


class Strict(Wire):
    """A network whose filter takes the upgrade out of every request."""

    def upward(self, data: bytes) -> bytes:
        return re.sub(rb"(?i)\r\nupgrade: websocket", b"\r\nX-Filtered: websocket", data)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = Store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def made(server: Server, store: Store) -> Made:
    meeting = set_up(Fetching(server), "Lena Marsh\nTom Ash\nAna Fern")
    lead(store, meeting, 2)
    return meeting


def port_of(server: Server) -> int:
    return int(server.url.rsplit(":", 1)[1].strip("/"))


def come(browser: Browser, port: int, made: Made, name: str) -> Person:
    """Tap a name on the list."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]  # the width and height it asks for
    page = context.new_page()
    person = Person(name, context, page, faults_of(page))
    person.page.goto(f"http://{HOST}:{port}/join/{made.code}")
    person.press(name)
    return person


def test_a_member_answers_and_sees_results_where_websockets_are_blocked(
    server: Server, browser: Browser, made: Made, store: Store
) -> None:
    wire = Strict(port_of(server))
    lena = come(browser, wire.port, made, "Lena Marsh")
    lena.sees(BLOCKED)
    lena.sees("Same steps, same answers. Results come every few seconds.")
    assert looked_over(lena) == []
    lena.page.get_by_role("link", name=OFFER).click()

    lena.sees("What comes first in your role?")
    assert looked_over(lena) == []
    lena.fill("In my role, the one thing", TEXT)
    lena.fill("Because", WHY)
    lena.sees(re.compile("^Saved"))
    lena.submit()
    lena.sees("What do two colleagues need to put first?")
    answers = [r for r in store.snapshot(session_of(store, made)).responses if r.step == "role_priority"]
    assert [(r.author, r.field, r.value, r.version) for r in answers] == [
        ("M1", "text", TEXT, 1),
        ("M1", "why", WHY, 1),
    ]
    lena.sees("✓ Your role")

    for left in (True, False):
        lena.fill("Their role most needs to put first", "Answer the phones first")
        lena.choose("fairly sure")
        if left:
            lena.press(re.compile("^Next: "))
    lena.submit()
    for key in ("M2", "M3"):
        phone = seated(server, made, key)
        phone.say("$submit", {"values": {"text": TEXT, "why": WHY}, "passed": []})
        phone.expect(EXPECTED)
    lead(store, made, 1)
    lena.sees("What did they expect of you?")
    lena.sees(EXPECTED)
    assert looked_over(lena) == []
    _is_told_when_nothing_answers(lena, wire)
    assert json.loads(Fetching(server).get("healthz").text)["kernels"] == 0

    lena.page.get_by_role("link", name="Try the live page").click()
    lena.sees(BLOCKED)
    assert lena.faults == []
    wire.close()


def _is_told_when_nothing_answers(person: Person, wire: Wire) -> None:
    wire.cut()
    person.sees("No connection. Keep writing.")
    expect(person.page.get_by_role("link", name=OFFER)).to_have_count(0)
    wire.heal()
    person.sees("You are back. Nothing was lost.")


def test_a_live_page_that_loses_its_line_is_not_offered_the_simple_one(
    server: Server, browser: Browser, made: Made
) -> None:
    wire = Wire(port_of(server))
    tom = come(browser, wire.port, made, "Tom Ash")
    tom.sees("What comes first in your role?")
    wire.cut()
    tom.sees("No connection. Keep writing.")
    tom.page.wait_for_timeout(3000)
    assert [tom.page.get_by_text(words).count() for words in (OFFER, "blocks live pages")] == [0, 0]
    wire.heal()
    tom.sees("You are back. Nothing was lost.")
    expect(tom.page.locator("#mira-connection")).to_have_count(0, timeout=PATIENCE_MS)
    assert tom.faults == []
    wire.close()
