"""A workbook under Voila as it comes, with a template and a server that are not ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import stock
from lacking import leave_out
from playwright.sync_api import Browser, expect
from stock import form, kept, press, saved

pytestmark = pytest.mark.browser

FIRST = "In my role, the one thing to put first is…"
expect.set_options(timeout=30000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if stock.CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with stock.chromium() as made:
        yield made


def test_a_page_loaded_again_brings_person_step_and_words_back(browser: Browser, tmp_path: Path) -> None:
    with stock.voila(tmp_path) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(30000)
        page.goto(url)
        stock.begin(page)
        page.get_by_label(FIRST).fill("Know my group plan")
        expect(saved(page)).to_be_visible()
        assert kept(tmp_path)[0] == {"role_priority.text": "Know my group plan"}

        page.evaluate("localStorage.clear()")
        page.reload()
        expect(page.get_by_label(FIRST)).to_have_value("Know my group plan")

        page.get_by_label("Because…").fill("I get told at the door every day")
        press(page, "Submit my answer")
        expect(form(page).get_by_text("Your answer is in.")).to_be_visible()
        assert kept(tmp_path)[1]["role_priority.why"] == "I get told at the door every day"
