"""A coach at the board, on a real server: two links, filters, a note, a comparison, a download, and what axe says."""

import zipfile
from pathlib import Path

import axe
import pytest
from meeting import LAPTOP, PATIENCE_MS
from playwright.sync_api import Browser, Locator, Page, expect
from servers import Server

from mira_workbook.content.load import load, workbooks
from mira_workbook.demo import demo
from mira_workbook.store import NewTeam, Store

pytestmark = pytest.mark.browser


def seated(server: Server, browser: Browser, home: Path) -> tuple[Page, str]:
    """A laptop that has opened the coach's links of the demo team's sessions, and of a room that has not begun."""
    url = f"sqlite:///{home / 'mira.sqlite'}"
    played = {one.workbook: one.code for one in demo(url)}
    store = Store(url)
    keys = [store.new_key(code, "coach") for code in played.values()]
    fresh = store.open_meeting(load(workbooks()["priority_setting"]), [NewTeam("Lincoln"), NewTeam("Oak")])
    store.close()
    page = browser.new_context(viewport=LAPTOP, accept_downloads=True).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE_MS)
    for secret in (*keys[1:], fresh.keys["coach"], keys[0]):
        page.goto(f"{server.url}key/{secret}")
        page.get_by_role("button").first.click()
    return page, played["priority_setting"]


def odd(page: Page) -> list[str]:
    """What axe says is serious, in both colours, and whether anything is too wide."""
    found = []
    for scheme in ("light", "dark"):
        # Without motion: a colour on its way to another is neither.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme} {one}" for one in axe.violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]


def test_a_coach_finds_a_team_reads_notes_compares_and_takes_files(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    page, code = seated(server, browser, tmp_path)
    page.get_by_role("link", name="Open the board").click()
    expect(heading(page)).to_have_text("What stands")
    filters(page)
    reads_and_notes(page)
    compares(page)
    takes(page)
    assert code in {one.what for one in Store(f"sqlite:///{tmp_path / 'mira.sqlite'}").accesses()}
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("Files", "Compare", "My teams"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(heading(page)).to_have_text(name)
        assert odd(page) == [], name


def heading(page: Page) -> Locator:
    """The one heading that says which screen this is."""
    return page.get_by_role("heading", level=1)


def filters(page: Page) -> None:
    """The list of teams answers to what is typed, says where nothing fits, and comes back."""
    page.get_by_role("button", name="My teams").click()
    expect(heading(page)).to_have_text("My teams")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(3)
    expect(page.get_by_role("status").filter(has_text="visits")).to_have_text("3 of 5 visits")
    page.get_by_label("Search").fill("tupelo map")
    expect(rows).to_have_count(1)
    page.get_by_label("Search").fill("nobody")
    expect(page.get_by_text("No team fits.")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(rows).to_have_count(5)
    page.get_by_label("Workbook").select_option(label="One Priority")
    expect(rows).to_have_count(3)
    assert odd(page) == []


def reads_and_notes(page: Page) -> None:
    """A team's name leads to its session; a step has its picture and words, and a note is shared."""
    page.get_by_role("button", name="Tupelo Branch Elementary · One Priority · May 14, 2024").click()
    expect(page.get_by_text("More of our grade 1-3 students can decode on level by spring")).to_be_visible()
    page.get_by_role("button", name="Order, done").click()
    expect(heading(page)).to_have_text("Order")
    expect(page.get_by_role("img")).to_be_visible()
    drawn = "async () => { const i = document.querySelector('figure img'); await i.decode(); return i.naturalWidth }"
    assert page.evaluate(drawn) > 300
    page.get_by_role("button", name="Show what was written").click()
    expect(page.get_by_role("region", name="What was written")).to_be_visible()
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("Your note").fill("Lena spoke second.")
    page.get_by_role("button", name="Keep the note").click()
    note = page.get_by_role("region", name="My notes").get_by_role("listitem")
    expect(note).to_contain_text("private")
    note.get_by_role("button", name="Share").click()
    expect(note).to_contain_text("shared")
    assert odd(page) == []


def compares(page: Page) -> None:
    """One visit compares its rounds; three teams are too few for a pattern."""
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Team").select_option(label="Tupelo Branch Elementary")
    expect(page.get_by_text("One visit so far. The second one makes a comparison.")).to_be_visible()
    assert odd(page) == []
    page.get_by_role("button", name="Teams in one workbook").click()
    expect(page.get_by_text("Too few to show. 3 teams have used this workbook")).to_be_visible()


def takes(page: Page) -> None:
    """Files come with the shared note in them, and stand in the log."""
    page.get_by_role("button", name="Files").click()
    expect(heading(page)).to_have_text("Files")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tables for Excel").click()
    assert b"Lena spoke second." in zipfile.ZipFile(coming.value.path()).read("notes.csv")
    page.get_by_role("link", name="One-page hand-out", exact=True).focus()
    address = page.evaluate("document.activeElement.href")
    assert "Lena spoke second." in page.request.get(address).text()
    expect(page.get_by_role("region", name="What was taken so far").get_by_role("row")).to_have_count(3)
    assert odd(page) == []
