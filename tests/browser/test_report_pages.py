"""A report that was taken home, in a real browser: on a phone, on a laptop, in the dark, and on paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import axe
import pytest
from lacking import leave_out
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mira_workbook import demo
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.store import Store

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FIRST = "More of our grade 1-3 students can decode on level by spring"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield running
        running.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the demo team's first session, as a coach's browser has kept it."""
    home = tmp_path_factory.mktemp("home")
    url = f"sqlite:///{home / 'mira.sqlite'}"
    store = Store(url)
    store.migrate()
    code = demo.play(demo.tell("priority_setting"), url).code
    snapshots = [store.snapshot(session.id) for session in store.sessions(store.meeting(code).id)]
    ((name, body),) = EXPORTS["html"].write(snapshots, COACH).items()
    store.close()
    (home / name).write_bytes(body)
    return home / name


def opened(browser: Browser, file: Path, width: int, theme: Literal["light", "dark"]) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=theme).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, asked


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_fetches_nothing_and_can_be_read_by_all(
    browser: Browser, file: Path, width: int, theme: Literal["light", "dark"]
) -> None:
    page, asked = opened(browser, file, width, theme)

    expect(page.get_by_text(FIRST).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    drawn = page.evaluate("[...document.images].map(one => one.complete && one.naturalWidth > 0)")
    assert len(drawn) > 8
    assert all(drawn)
    assert axe.violations(page, frozenset()) == []
    page.context.close()


def test_a_phone_and_the_dark_have_pictures_of_their_own(browser: Browser, file: Path) -> None:
    sources = set()
    for width in (390, 1280):
        for theme in ("light", "dark"):
            page, _ = opened(browser, file, width, theme)
            sources.add(page.evaluate("document.images[1].currentSrc"))
            page.context.close()

    assert len(sources) == 4


def test_on_paper_it_is_light_and_the_hand_out_has_a_page_of_its_own(browser: Browser, file: Path) -> None:
    page, _ = opened(browser, file, 1280, "dark")
    page.emulate_media(media="print", color_scheme="light")

    assert page.evaluate("getComputedStyle(document.querySelector('.rest')).breakBefore") == "page"
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    expect(page.get_by_text(FIRST).first).to_be_visible()
    assert page.evaluate("document.querySelector('.first').offsetHeight") < 1000
    page.context.close()
