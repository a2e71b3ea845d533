"""A browser for the form's tests, and pages of its harness; a page that throws makes its test fail."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from harness import CHROMIUM, HOST, ROOT, Opener
from playwright.sync_api import Browser, Page, sync_playwright


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=ROOT))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}/tests/browser/form_harness"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here (Debian: apt install chromium)")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
    ]
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield made
        made.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens a frame of the harness; a page that throws makes the test fail."""
    contexts = []
    faults: list[str] = []

    def go(frame: str, *, sheet: str = "index", scheme: Any = "light", clock: bool = False, width: int = 390) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 664}, color_scheme=scheme, has_touch=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if clock:
            page.clock.install(time=0)
        page.goto(f"{address}/{sheet}.html?frame={frame}")
        page.wait_for_selector("html[data-ready]")
        if clock:
            page.clock.pause_at(5000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []
