"""Over the web: going on with a team, what a workbook builds on, pathways, and a cycle that is over."""

import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from chain import CAUSES
from servers import Browser, Got, Server, add_notebook, command, start, telling_workbooks

from mira_workbook.judging import Verdict
from mira_workbook.opening import open_store
from mira_workbook.records import Entry, NewAct
from mira_workbook.store import Store

WORDS = "More of our students can decode on level"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    folder = telling_workbooks(home / "workbooks")
    (folder / "root_cause_coaching.toml").write_text(CAUSES, "utf-8")
    for name in ("root_cause_coaching", "facilitate"):
        add_notebook(folder, name)
    running = start(home, MIRA_WORKBOOKS=str(folder))
    yield running
    running.stop()


@pytest.fixture
def lead(server: Server) -> Browser:
    return Browser(server)


@pytest.fixture(scope="module")
def store(server: Server) -> Iterator[Store]:
    made = open_store(f"sqlite:///{server.home / 'mira.sqlite'}")
    yield made
    made.close()


def first(browser: Browser, team: str) -> None:
    page = browser.get("setup?workbook=priority_setting")
    given = dict(re.findall(r'name="(open[^"]+)" value="([^"]*)"', page.text))
    form: dict[str, Any] = {"workbook": "priority_setting", "team": team, "open.support_needed": "all", **given}
    browser.post("setup", people="Ida Hill, Principal\nJon Vale, Teacher", once=secrets.token_hex(8), **form)


def causes(browser: Browser, **form: str) -> Got:
    given: dict[str, Any] = {"workbook": "root_cause_coaching", "once": secrets.token_hex(8), **form}
    return browser.post("setup", **given)


def need(browser: Browser, desk: Got, words: str) -> Got:
    """Type what a team builds on, on its desk."""
    form: dict[str, Any] = {"act": "need", "team": "rowan", "needs.priority.current": words}
    return browser.post(desk.path, **form)


def write_priority(store: Store, slug: str, text: str) -> None:
    """The team writes its sentence in the session it has."""
    team = next(t for t in store.teams() if t.slug == slug)
    session = next(s for m in store.meetings() for s in store.sessions(m.id) if s.team_id == team.id)
    seat = store.take_seat("writer", session.id, "facilitator")
    store.act(seat, lambda *_: [NewAct("open", "statement")], session.id)
    store.record(seat, Entry("statement", 1, slug, {"text": text}, "team"), lambda *_: Verdict())


def test_a_browser_goes_on_with_a_team_it_has_led_and_what_that_decided_comes_along(
    lead: Browser, server: Server, store: Store
) -> None:
    first(lead, "Maple")
    write_priority(store, "maple", WORDS)
    page = lead.get("setup?workbook=root_cause_coaching")
    assert page.has("Go on with Maple")
    assert page.has("The list of people is kept. What the team decided comes along.")
    assert not Browser(server).get("setup?workbook=root_cause_coaching").has("Maple")
    desk = causes(lead, go_on="maple", people="Jon Vale\nAmy New, Coach", day="2026-12-08", starts="15:30")
    assert desk.heading == "Root-cause Coaching, Maple"
    assert [name for name in ("Ida Hill", "Jon Vale", "Amy New") if desk.has(name)] == [
        "Ida Hill",
        "Jon Vale",
        "Amy New",
    ]
    assert desk.has(WORDS)
    assert desk.has("from One Priority, ")
    assert not desk.has('value="need"')
    team = next(t for t in store.teams() if t.slug == "maple")
    assert [m.key for m in store.members(team.id)] == ["M1", "M2", "M3"]
    assert dict(team.facts) == {"day": "2026-12-08", "starts": "15:30"}


def test_nobody_goes_on_with_a_team_that_another_browser_led(lead: Browser, server: Server) -> None:
    first(lead, "Willow")
    got = causes(Browser(server), go_on="willow")
    assert got.status == 403
    assert got.has("This browser has not led that team.")


def test_what_a_new_team_builds_on_is_typed_at_the_set_up(lead: Browser) -> None:
    page = lead.get("setup?workbook=root_cause_coaching")
    assert page.has("What we build on")
    short = causes(lead, team="Hazel", **{"needs.priority.current": "Short"})
    assert short.status == 422
    assert short.has("A little more, please: at least 20 characters (you have 5).")
    desk = causes(lead, team="Hazel", **{"needs.priority.current": WORDS})
    assert desk.has(WORDS)
    assert desk.has("typed in, not carried")


def test_what_is_missing_is_typed_on_the_desk_and_what_is_odd_is_said_there(lead: Browser) -> None:
    desk = causes(lead, team="Rowan")
    assert desk.has("Nobody has handed this on yet.")
    odd = need(lead, desk, "Short")
    assert odd.status == 422
    assert odd.has("at least 20 characters (you have 5)")
    done = need(lead, desk, WORDS)
    assert done.has("typed in, not carried")
    again = need(lead, desk, WORDS + " this year")
    assert again.has(WORDS + " this year")


def test_a_closed_cycle_is_told_at_the_door_and_on_the_desk(lead: Browser, server: Server, store: Store) -> None:
    desk = causes(lead, team="Cherry")
    code = re.search(r'mira-code-shown">([^<]+)', desk.text)
    assert code
    store.turn_cycle(store.sessions(store.meeting(code[1]).id)[0].id)
    assert Browser(server).get(f"join/{code[1]}").has("This priority’s work is closed")
    assert lead.get(desk.path).has("This priority's work is closed.")


def test_the_command_line_closes_a_cycle_with_its_meeting(lead: Browser, server: Server) -> None:
    code = re.search(r'mira-code-shown">([^<]+)', causes(lead, team="Linden").text)
    assert code
    told = command(server.home, "session", "close", code[1], "--cycle")
    assert "The cycle of Linden is closed; its next is number 2. Go on with: --team-id linden" in told
    assert "number 2" in command(server.home, "session", "close", code[1], "--cycle")
    assert Browser(server).get(f"join/{code[1]}").has("This session has ended.")


def test_the_first_page_shows_the_ways_through_the_workbooks_quietly(lead: Browser) -> None:
    page = lead.get("")
    assert page.has("<summary>Ways through the workbooks</summary>")
    assert page.has("for a school team with one planning season · about 120 min in all")
    assert page.has('<a href="/setup?workbook=root_cause_coaching">Root-cause Coaching (20 min)</a>')
    # Nothing of the second way is here.
    assert not page.has("When funds end")
