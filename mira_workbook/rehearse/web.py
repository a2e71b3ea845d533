"""A browser of few words, for rehearsals over a network: cookies of its own, forms sent as a page of ours does."""

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError

PATIENCE = 90.0
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_TEAM = re.compile(r'href="[^"]*\?team=([^"&]+)"')
_NAME = re.compile(r'<button[^>]*name="member" value="([^"]+)"[^>]*>(.*?)</button>', re.DOTALL)
_HERE = 'class="mira-help"'
ABSENT = "Zoe"
"""Somebody on the list who never comes."""
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Got:
    """What came back, after redirects."""

    status: int
    url: str
    text: str
    body: bytes


@dataclass(slots=True)
class Browser:
    """One browser. `root` is the server's address with a slash at its end."""

    root: str
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(self, path: str, *, method: str = "GET") -> Got:
        """Load a page."""
        return self._send(urllib.request.Request(self._address(path), method=method))  # noqa: S310 - told by who rehearses

    def post(self, path: str, page: Got, **form: str) -> Got:
        """Send a form of a page that was loaded."""
        found = _TOKEN.search(page.text)
        body = urllib.parse.urlencode({"token": found[1] if found else "", **form}).encode()
        return self._send(urllib.request.Request(self._address(path), body))  # noqa: S310 - told by who rehearses

    def cookie(self) -> str:
        """What goes with each request."""
        return "; ".join(f"{one.name}={one.value}" for one in self.cookies)

    def _address(self, path: str) -> str:
        return urllib.parse.urljoin(self.root, path)

    def _send(self, request: urllib.request.Request) -> Got:
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor(self.cookies)]
        if is_near(self.root):
            handlers.append(urllib.request.ProxyHandler({}))
        try:
            answer = urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        except OSError as error:
            raise MiraError(say("rehearse_no_server", url=self.root, why=str(error))) from error
        with answer:
            body = answer.read()
            return Got(answer.status, answer.url, body.decode("utf-8", "replace"), body)


def is_near(root: str) -> bool:
    """Whether an address is this machine's own, which no proxy knows."""
    return (urllib.parse.urlsplit(root).hostname or "") in LOOPBACK


def teams(browser: Browser, code: str) -> list[str]:
    """The slugs of a meeting's teams as its join page offers them; "" where there is only one.

    Raises:
        MiraError: the server knows no such meeting, or it has ended.
    """
    page = browser.get(f"join/{code}")
    if page.status != 200:  # noqa: PLR2004 - HTTP
        raise MiraError(say("rehearse_no_meeting", code=code, url=browser.root))
    return [html.unescape(urllib.parse.unquote(one)) for one in _TEAM.findall(page.text)] or [""]


def join(browser: Browser, code: str, team: str, name: str) -> str:
    """Sit down as the first on the list who is not here yet, else under a new name; gives the page's address.

    Raises:
        MiraError: the server let nobody in.
    """
    path = f"join/{code}" + (f"?team={urllib.parse.quote(team)}" if team else "")
    page = browser.get(path)
    free = [key for key, words in _NAME.findall(page.text) if _HERE not in words and ABSENT not in words]
    ways: list[dict[str, str]] = [{"member": key} for key in free]
    for form in (*ways, {"name": name, "group": "teach", "role": ""}):
        # Where two tap the same name at once the slower one takes the next.
        came = browser.post(path, page, sure="1", **form)
        if "/voila/render/" in came.url:
            return came.url
    raise MiraError(say("rehearse_not_in", name=name, code=code))
