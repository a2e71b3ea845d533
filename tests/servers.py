"""A real server in a process of its own, and a browser of few words that keeps cookies: for tests over HTTP."""

import contextlib
import html
import http.cookiejar
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 40.0


@dataclass(slots=True)
class Server:
    """A running server; `url` ends with a slash."""

    url: str
    pid: int
    home: Path
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(15)


def start(home: Path, *, host: str = "127.0.0.1", base: str = "/", **env: str) -> Server:
    """Start a server on a free port of this machine; what it says stands in `home/server.log`.

    Args:
        home: an empty folder for its store.
        host: the address it listens on.
        base: path before all its addresses.
        **env: further variables of its environment.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # One kernel ahead shows what many would, and does not hold the machine up.
    known = {**os.environ, "MIRA_READY_KERNELS": "1", "MIRA_HOME": str(home), **env}
    known.pop("MIRA_DATABASE_URL", None)
    with (home / "server.log").open("wb") as log:
        command = [sys.executable, "-m", "mira_workbook.serve", str(port), host, base]
        process = subprocess.Popen(command, env=known, stdout=log, stderr=log, cwd=ROOT)
    server = Server(f"http://127.0.0.1:{port}{base}", process.pid, home, process)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(server.url + "healthz", timeout=2) as answer:  # noqa: S310 - our own server
                json.load(answer)
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.stop()
    raise RuntimeError((home / "server.log").read_text())


@contextlib.contextmanager
def running(home: Path, **env: str) -> Iterator[Server]:
    """A server that ends with the block."""
    server = start(home, **env)
    try:
        yield server
    finally:
        server.stop()


def command(home: Path, *words: str) -> str:
    """Run our command line on a store, and give what it says."""
    env = {**os.environ, "MIRA_HOME": str(home)}
    whole = (sys.executable, "-m", "mira_workbook", *words)
    return subprocess.run(whole, env=env, capture_output=True, text=True, check=True).stdout


@dataclass(frozen=True, slots=True)
class Got:
    """What came back, after redirects."""

    status: int
    url: str
    text: str
    headers: Message
    body: bytes = b""

    @property
    def path(self) -> str:
        """Where the redirects led, with its query."""
        parts = urllib.parse.urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def heading(self) -> str:
        """The page's heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return found[1].strip() if found else ""

    def has(self, words: str) -> bool:
        """Whether the page says this."""
        return words in self.text.replace("&#39;", "'").replace("&#34;", '"')


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


@dataclass(slots=True)
class Browser:
    """One browser: cookies of its own, forms sent as a page of ours sends them."""

    server: Server
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(
        self, path: str, *, follow: bool = True, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Got:
        """Load a page."""
        request = urllib.request.Request(self._address(path), headers=dict(headers or {}), method=method)  # noqa: S310
        return self._send(request, follow=follow)

    def post(self, path: str, *, follow: bool = True, headers: Mapping[str, str] | None = None, **form: str) -> Got:
        """Send a form; it carries the mark of the page at that address, unless `token` is given."""
        if "token" not in form:
            found = re.search(r'name="token" value="([^"]+)"', self.get("leave").text)
            form["token"] = found[1] if found else ""
        body = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self._address(path), body, headers=dict(headers or {}))  # noqa: S310 - our own
        return self._send(request, follow=follow)

    def _address(self, path: str) -> str:
        return urllib.parse.urljoin(self.server.url, path)

    def _send(self, request: urllib.request.Request, *, follow: bool) -> Got:
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor(self.cookies)]
        opener = urllib.request.build_opener(*handlers, *([] if follow else [_Stay()]))
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            body = answer.read()
            return Got(answer.status, answer.url, body.decode(errors="replace"), answer.headers, body)


WORDS_OF_ENVIRONMENT = "ENVIRONMENT "
_TELLING = """import json, os
import ipywidgets as widgets
print("ENVIRONMENT " + json.dumps(dict(os.environ)))
widgets.HTML("drawn")"""


def telling_workbooks(folder: Path) -> Path:
    """A folder with the first workbook's questions, whose notebook only tells what its kernel knows."""
    folder.mkdir()
    shutil.copy(ROOT / "workbooks" / "priority_setting.toml", folder)
    add_notebook(folder, "priority_setting")
    return folder


def add_notebook(folder: Path, name: str) -> Path:
    """Put one more telling notebook there, as a board will lie there one day."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": _TELLING,
        "outputs": [],
        "execution_count": None,
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = folder / f"{name}.ipynb"
    path.write_text(json.dumps(notebook))
    return path


def told_by_kernel(page: Got) -> dict[str, str]:
    """The environment that a page's kernel knows."""
    line = html.unescape(page.text.partition(WORDS_OF_ENVIRONMENT)[2].partition("\n")[0])
    known: dict[str, str] = json.loads(line)
    return known


def kernel_of(page: Got) -> str:
    """The id of a page's kernel."""
    found = re.search(r'"kernelId": "([^"]+)"', page.text)
    assert found, page.text
    return found[1]


@dataclass(frozen=True, slots=True)
class Made:
    """A meeting made over the web: its code, and the links as the desk shows them."""

    code: str
    desk: Got
    facilitator: str
    coach: str


def set_up(browser: Browser, people: str, **more: str) -> Made:
    """Make a meeting by the set-up page, as a facilitator does."""
    page = browser.get("setup?workbook=priority_setting")
    given: dict[str, Any] = dict(re.findall(r'name="(open[^"]+)" value="([^"]*)"', page.text)) | {
        "open.support_needed": "all"
    }
    form: dict[str, Any] = {"workbook": "priority_setting", "team": "Tupelo Branch", **given, **more}
    desk = browser.post("setup", people=people, once=secrets.token_hex(8), **form)
    links = re.findall(r'value="(http[^"]+)"', desk.text)
    code = re.search(r'mira-code-shown">([^<]+)', desk.text)
    assert code, desk.text
    return Made(code[1], desk, links[1], links[2])
