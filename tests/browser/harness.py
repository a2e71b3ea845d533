"""Pages of a widget in a real browser, and what a scripted model in the kernel's place was told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from meeting import HOST
from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
FORM = ROOT / "mira_workbook/widgets/js"
PHONE = {"width": 390, "height": 664}
FRAMES = [
    *("text", "starters", "first", "order", "rows", "closed", "fixed", "inline", "taken", "merge", "share", "kinds"),
    *("hands", "again", "pen", "readers", "waiting", "look_up", "results", "folded", "lines", "end"),
    *("talk", "led", "two_pens", "calendar"),
    *("symptoms", "fishbone", "align", "tests", "boxes", "inventory", "decide"),
]

Opener = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(harness: str) -> Iterator[str]:
    """Serve the checkout to the browser; gives the address of a harness in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=ROOT))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}/tests/browser/{harness}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True, slots=True)
class Stand:
    """How a harness's pages are looked at: how wide if nothing is said, how high, and when their clock starts (ms)."""

    width: int
    height: Callable[[int], int]
    starts_at: int


@contextmanager
def opening(browser: Browser, address: str, stand: Stand) -> Iterator[Opener]:
    """Open pages of a harness; one that throws makes the test fail."""
    contexts = []
    faults: list[str] = []

    def go(frame: str, *, sheet: str = "index", scheme: Any = "light", clock: bool = False, width: int = 0) -> Page:
        wide = width or stand.width
        size = {"width": wide, "height": stand.height(wide)}
        context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=wide < 900)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if clock:
            page.clock.install(time=0)
        page.goto(f"{address}/{sheet}.html?frame={frame}")
        page.wait_for_selector("html[data-ready]")
        if clock:
            page.clock.pause_at(stand.starts_at)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def said(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("kernel.said")
    return found


def last(page: Page, field: str) -> Any:
    return [message["value"] for message in said(page) if message["field"] == field][-1]


def kept(page: Page) -> dict[str, Any]:
    """Drafts in the browser's own storage, by field."""
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('mira:'))"
        ".map(([, v]) => JSON.parse(v)).map(({field, value}) => [field, value]))"
    )
    return found


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def problem(field: str, text: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "row": "", "column": "", "code": "E01", "text": text, "level": "stop", **more}


def shown(page: Page, text: Any) -> Locator:
    """Words on the page, not those in the live regions."""
    return page.locator("body > :not(.mira-live)").get_by_text(text)


def focused_text(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.textContent")
    return found


@contextmanager
def held(page: Page, pressed: Locator, *, by: str) -> Iterator[None]:
    """A `finger`, or the button of a `mouse`, that is down on something meanwhile."""
    pressed.scroll_into_view_if_needed()
    box = pressed.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if by == "mouse":
        page.mouse.move(x, y)
        page.mouse.down()
        yield
        page.mouse.up()
        return
    hand = page.context.new_cdp_session(page)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    yield
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
