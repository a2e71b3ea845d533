"""A partner is gone: what stands on the two pages, and that words typed with one pair stay out of the next one's."""

from typing import Any

import pytest
from desks import sit_down
from harness import Opener, button, shown
from pairs_workbook import in_twos
from playwright.sync_api import Page, expect
from tiny import Ticking

from mira_workbook.rules.moves import lead
from mira_workbook.store import Store

pytestmark = pytest.mark.browser


def show(page: Page, view: Any) -> None:
    page.evaluate("view => kernel.show(view)", view)


def test_who_is_left_alone_sees_whom_they_are_with_and_what_they_wrote(
    opened: Opener, sqlite_store: Store, clock: Ticking
) -> None:
    room = sit_down(sqlite_store, clock, 4, in_twos())
    room.lead(lead("go"))
    room.lead(lead("go"))
    room.wait(60)
    page, theirs = opened("text"), opened("text")
    show(page, room.look(0))
    expect(page.get_by_role("heading", name="Stand up. Find Ben.")).to_be_visible()
    page.get_by_label("What is the same?").fill("Both began with a doubt")
    room.send(0, "common", "Both began with a doubt")
    room.send(2, "common", "Both were calm")
    button(page, "Ben is not here").click()
    room.press(0, "excuse:M2")
    show(page, room.look(0))
    expect(page.get_by_role("heading", name="You are with Cyd and Dot now.")).to_be_visible()
    expect(shown(page, "Nothing you wrote is lost.")).to_be_visible()
    expect(shown(page, "What you wrote before")).to_be_visible()
    expect(shown(page, "Both began with a doubt")).to_be_visible()
    expect(page.get_by_label("What is the same?")).to_have_value("Both were calm")
    show(theirs, room.look(2))
    expect(shown(theirs, "Ana is with you now.")).to_be_visible()
    button(page, "Ben is here after all").click()
    room.press(0, "back:M2")
    show(page, room.look(0))
    expect(page.get_by_role("heading", name="Stand up. Find Ben.")).to_be_visible()
    expect(page.get_by_label("What is the same?")).to_have_value("Both began with a doubt")
