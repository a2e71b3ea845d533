"""The pages of those who lead and look on, on a real server: a room of teams, a table, the projector, and the wall."""

from pathlib import Path

import pytest
from meeting import LAPTOP, PATIENCE_MS
from playwright.sync_api import Browser, Page, expect
from servers import Server

from mira_workbook.content.load import load, workbooks
from mira_workbook.store import NewMember, NewTeam, Opened, Store

pytestmark = pytest.mark.browser


def opened(home: Path) -> Opened:
    """Two teams, two people of each in the room."""
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    people = (NewMember("Ana Fern"), NewMember("Ben Oak"), NewMember("Cyd Elm"))
    teams = [NewTeam(name, members=people) for name in ("Tupelo", "Lincoln")]
    made = store.open_meeting(load(workbooks()["priority_setting"]), teams, pace="led")
    for session in made.sessions:
        for member in store.roster(session.id)[:2]:
            store.take_seat(f"phone-{member.id}", session.id, "member", member.id)
    store.close()
    return made


def page_of(browser: Browser) -> Page:
    page = browser.new_context(viewport=LAPTOP).new_page()  # type: ignore[arg-type]  # the width and height it asks for
    page.set_default_timeout(PATIENCE_MS)
    return page


def test_boards_open_from_their_links_and_a_members_frame_stands_only_at_the_table(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    made = opened(tmp_path)
    page = page_of(browser)
    page.goto(f"{server.url}setup/{made.keys['facilitator']}")
    page.get_by_role("button", name="Open the board").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 teams · 4 of 6 here")
    page.get_by_role("button", name="Start for all").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("step: Opening")
    page.get_by_role("row", name="Lincoln").get_by_role("button", name="Go to").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")
    frame = (page.locator("#mira-top"), page.locator("#mira-foot"))
    for part in frame:
        expect(part).to_be_empty()

    page.get_by_role("button", name="More…").click()
    page.get_by_role("link", name="Write for the team").click()
    expect(page.get_by_role("heading", name="One thing first, for now")).to_be_visible()
    expect(frame[0]).to_contain_text("Part 1 of 5")
    page.get_by_role("link", name="Back to the board").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")
    expect(frame[0]).to_be_empty()

    board = f"{server.url}voila/render/facilitate.ipynb?m={made.meeting.code}"
    page.goto(f"{board}&team=lincoln&view=present")
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("On your phone")).to_be_visible()
    assert [name for name in ("Ana", "Ben", "Cyd") if name in page.content()] == []

    looker = page_of(browser)
    looker.goto(f"{server.url}key/{made.keys['viewer']}")
    looker.get_by_role("button", name="Open the page for the wall").click()
    expect(looker.get_by_role("heading", name="Lincoln")).to_be_visible()
    expect(looker.get_by_role("main").get_by_role("button")).to_have_count(0)
    looker.goto(board)
    expect(looker.get_by_role("main").get_by_role("button")).to_have_count(0)
