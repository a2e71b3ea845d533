"""A workbook in JupyterLab, as one person on one computer uses it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import stock
from lacking import leave_out
from playwright.sync_api import Browser, Page, expect
from stock import ROOT, form, kept, press, saved

pytestmark = pytest.mark.browser

FIRST = "In my role, the one thing to put first is…"
expect.set_options(timeout=30000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if stock.CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with stock.chromium() as made:
        yield made


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(30000)
    page.goto(url)
    stock.run_all(page)
    return page


def test_a_person_is_asked_once_and_gets_half_typed_words_back_after_a_restart(
    browser: Browser, tmp_path: Path
) -> None:
    with stock.lab(tmp_path) as url:
        page = opened(browser, url)
        stock.begin(page)
        cell = page.locator(".jp-CodeCell", has=page.locator(".mira-form"))
        expect(cell).to_contain_text('workbook.step("role_priority")')

        page.get_by_label(FIRST).fill("Know my group plan")
        expect(saved(page)).to_be_visible()
        assert kept(tmp_path)[0] == {"role_priority.text": "Know my group plan"}

        stock.restart_and_run_all(page)
        expect(page.get_by_label(FIRST)).to_have_value("Know my group plan")
        expect(page.get_by_text("Who is working here?")).to_have_count(0)

        page.get_by_label("Because…").fill("I get told at the door every day")
        press(page, "Submit my answer")
        press(page, "Next: Add and merge")
        expect(cell).to_contain_text('workbook.step("candidates")')
        assert kept(tmp_path) == (
            {},
            {"role_priority.text": "Know my group plan", "role_priority.why": "I get told at the door every day"},
        )

        press(page, "Menu")
        press(page, "This is not me")
        expect(form(page).get_by_role("heading", name="Who is working here?")).to_be_visible()


def test_the_notebook_is_locked_saves_no_outputs_and_says_when_it_has_stopped(browser: Browser, tmp_path: Path) -> None:
    with stock.lab(tmp_path) as url:
        page = opened(browser, url)
        expect(page.get_by_role("heading", name="Who is working here?")).to_be_in_viewport()
        expect(page.locator(".jp-InputPlaceholder").first).to_be_attached()
        expect(page.locator(".jp-CodeCell .jp-Cell-inputWrapper:visible")).to_have_count(0)
        page.get_by_role("heading", name="One Priority").dblclick()
        expect(page.locator(".jp-Notebook .cm-editor:visible")).to_have_count(0)
        with page.expect_response(lambda answer: answer.request.method == "PUT" and stock.NOTEBOOK in answer.url):
            page.keyboard.press("Control+s")
        copy = tmp_path / "store" / "notebooks" / stock.NOTEBOOK
        saved = json.loads(copy.read_text())
        assert [cell["id"] for cell in saved["cells"] if cell.get("outputs") or cell.get("execution_count")] == []
        stock.choose(page, "Kernel", "Shut Down Kernel")
        expect(form(page)).to_contain_text("This page has stopped. Press ▶▶ above: your words come back.")


def test_callbacks_work_in_the_threads_of_a_lab_as_it_comes(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    shutil.copy(ROOT / "workbooks" / stock.NOTEBOOK, folder)
    with stock.plain_lab(tmp_path, folder) as url:
        page = opened(browser, url)
        stock.begin(page)
        page.get_by_label(FIRST).fill("Know my group plan")
        page.get_by_label("Because…").fill("I get told at the door every day")
        expect(saved(page)).to_be_visible()
        press(page, "Submit my answer")
        expect(form(page).get_by_text("Your answer is in.")).to_be_visible()
        assert kept(tmp_path)[1]["role_priority.text"] == "Know my group plan"
