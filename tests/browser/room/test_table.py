"""A table in the room: whoever leads writes for the team, and for somebody who has no device."""

import re
from pathlib import Path

import pytest
from led import Behind, lead
from meeting import HOST, LAPTOP, Person, looked_over
from playwright.sync_api import Browser
from servers import Server

from mira_workbook.content.load import load, workbooks
from mira_workbook.store import NewMember, NewTeam, Opened, Store

pytestmark = pytest.mark.browser

IDEA = "Buses that come before the bell"


def opened(home: Path) -> Opened:
    store = Store(f"sqlite:///{home / 'mira.sqlite'}")
    people = tuple(NewMember(name) for name in ("Ana Fern", "Ben Oak", "Cyd Elm", "Dot Lee"))
    made = store.open_meeting(load(workbooks()["priority_setting"]), [NewTeam("Tupelo", members=people)], pace="led")
    store.close()
    return made


def three_with_phones(behind: Behind) -> None:
    """All but the last have a device of their own."""
    for member in behind.store.roster(behind.session)[:3]:
        seat = behind.store.take_seat(f"phone-{member.id}", behind.session, "member", member.id)
        behind.script(seat)


def test_who_leads_enters_an_answer_for_somebody_without_a_device_and_merges_twins(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    made = opened(tmp_path)
    behind = Behind(tmp_path, made.meeting.code)
    three_with_phones(behind)
    behind.until(lambda stage: stage.current == "candidates")
    behind.answer()
    root = f"http://{HOST}:{server.url.rsplit(':', 1)[1]}"
    table = lead(browser, f"{root}setup/{made.keys['facilitator']}", LAPTOP)
    table.sees("3 of 4 in")
    table.press("More…")
    table.page.get_by_role("link", name="Write for the team").click()
    _enters_for(table, "Dot Lee")
    (entry,) = [r for r in behind.snapshot.responses if (r.step, r.author) == ("candidates", "M4")]
    assert (entry.value[0]["cells"]["label"], entry.entered_by) == (IDEA, "FACIL")
    _merges(table, behind)
    assert table.faults == []


def _enters_for(table: Person, name: str) -> None:
    table.press("Menu")
    table.press("Enter for someone")
    table.press(name)
    table.sees(f"You are writing for {name}.")
    table.fill("What might come first", IDEA)
    table.fill("What tells you?", "Half of the class comes late")
    table.submit()
    table.sees(re.compile("Your answer is in|answer is in"))
    assert looked_over(table) == []
    table.press("Back to my page")


def _merges(table: Person, behind: Behind) -> None:
    """Nothing of what people wrote is on the table before it is shown; then two of four ideas become one."""
    table.sees_no(IDEA)
    table.page.get_by_role("link", name="Back to the board").click()
    table.press("Reveal")
    table.press("More…")
    table.page.get_by_role("link", name="Write for the team").click()
    table.press("Take the pen")
    ticks = table.page.get_by_role("checkbox")
    for n in range(2):
        ticks.nth(n).check(force=True)
    table.press(re.compile("^Merge these 2"))
    table.press("We are done with this")
    table.sees_no("We are done with this")
    rows = behind.snapshot.team_answer("candidates", "candidates")
    assert sorted(len(row["cells"]["merged_from"]) for row in rows) == [1, 1, 2]
