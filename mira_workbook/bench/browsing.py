"""What a real browser sees of a page: when it can be typed into, and what it loads. Needs Playwright and a Chromium."""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
FIELD = ".mira-form input:visible, .mira-form textarea:visible"
"""The first thing on a workbook's page that a person can fill, under our server and under stock Voila alike."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(slots=True)
class Seen:
    """What the browser saw, over some visits.

    Attributes:
        first_field: seconds from setting out until the first field is there, for each visit.
        kilobytes, requests: of the first load, over the wire.
        again: kilobytes of a second load in the same browser.
        elsewhere: other machines that the page asked.
    """

    first_field: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)
    again: float = 0.0
    elsewhere: set[str] = field(default_factory=set)

    def middle(self, name: str) -> float:
        """The median of one of the lists."""
        return float(statistics.median(getattr(self, name)))


def why_not() -> str:
    """Why no browser can be asked here, "" if one can."""
    try:
        import playwright.sync_api  # noqa: F401, PLC0415 - a part of the tests only
    except ImportError:
        return "Playwright is not installed: pip install playwright"
    return "" if _chromium() else "Chromium is not installed (Debian: apt install chromium)"


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def visits(url: str, cookies: Sequence[str], count: int) -> Iterator[Callable[[], Seen]]:
    """Open a browser and come once, so that all is warm; what is given comes `count` times more, each a new browser.

    All pages stay open until the end, so that what the server spends on them can be looked at between.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a part of the tests only

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=[*FLAGS])
        one_by_one = _Browsing(browser, url, iter(cookies))
        one_by_one.come(Seen())

        def come() -> Seen:
            seen = Seen()
            for _ in range(count):
                one_by_one.come(seen)
            return seen

        yield come
        browser.close()


def again(url: str, cookie: str) -> float:
    """Kilobytes of a second load in one browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a part of the tests only

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=[*FLAGS])
        one = _Browsing(browser, url, iter([cookie]))
        page, loaded = one.come(Seen())
        before = loaded[0]
        page.goto(url, wait_until="commit")
        page.wait_for_selector(FIELD)
        page.wait_for_timeout(1000)
        browser.close()
        return float(loaded[0] - before) / 1e3


@dataclass(slots=True)
class _Browsing:
    browser: Any
    url: str
    cookies: Iterator[str]

    def come(self, seen: Seen) -> tuple[Any, list[int]]:
        """Open the page in a browser without a past."""
        context = self.browser.new_context()
        name, _, value = next(self.cookies, "").partition("=")
        if name:
            context.add_cookies([{"name": name, "value": value, "url": self.url}])
        page, loaded = context.new_page(), [0, 0]
        network = context.new_cdp_session(page)
        network.send("Network.enable")

        def came(event: Any) -> None:
            loaded[0] += event["encodedDataLength"]
            loaded[1] += 1

        network.on("Network.loadingFinished", came)
        page.on("request", lambda request: self._note(request.url, seen))
        begun = time.perf_counter()
        page.goto(self.url, wait_until="commit")
        page.wait_for_selector(FIELD, timeout=90_000)
        seen.first_field.append(time.perf_counter() - begun)
        page.wait_for_timeout(300)
        seen.kilobytes.append(loaded[0] / 1e3)
        seen.requests.append(loaded[1])
        return page, loaded

    def _note(self, url: str, seen: Seen) -> None:
        at = urlsplit(url)
        if at.scheme.startswith(("http", "ws")) and at.hostname != urlsplit(self.url).hostname:
            seen.elsewhere.add(str(at.hostname))
