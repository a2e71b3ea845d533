"""The page client in a real browser, over a line that can be cut: widgets, weight, connection, coming back, leaving."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe
import pytest
from lacking import leave_out
from playwright.sync_api import Browser, Page, expect, sync_playwright

import mira_workbook

pytestmark = pytest.mark.browser

TEMPLATE = Path(mira_workbook.__file__).parent / "serve" / "template"
CLIENT = TEMPLATE.parent / "client"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOST = "room.test"  # a name that is not this machine's own: plain http, without what browsers keep for secure pages
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-features=HttpsUpgrades",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
]
expect.set_options(timeout=30000)
PHONE = {"width": 390, "height": 664}
LOST = "No connection. Keep writing. Your words are kept on this phone and go in by themselves when you are back."
RETURNING = "Bringing your page back… your words stay."

SERVER = """
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from voila.app import Voila

class Full(AsyncMappingKernelManager):
    async def start_kernel(self, **options):
        if len(self) >= 2:
            raise HTTPError(503, reason="Busy")
        return await super().start_kernel(**options)

class App(Voila):
    name = "voila"
    def init_settings(self):
        return {**super().init_settings(), "compress_response": True, "disable_check_xsrf": True}

App.launch_instance()
"""

STEP = '''
import anywidget, traitlets, ipywidgets as w
print("plain <b>text</b>")
name = w.Text(description="Your name", tooltip="")
said = w.HTML("<p>Nothing yet</p>")
go = w.Button(description="Say it", tooltip="")
go.on_click(lambda _: setattr(said, "value", f"<p>Hello {name.value}</p>"))

class Echo(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      const label = document.createElement("label");
      const words = document.createElement("input");
      const heard = document.createElement("p");
      words.id = "field-words"; heard.id = "heard"; label.append("Words", words);
      words.addEventListener("input", () => { model.set("words", words.value); model.save_changes(); });
      words.addEventListener("change", () => model.send({ words: words.value }));
      model.on("msg:custom", (message) => { heard.textContent = message.answer; });
      model.on("change:count", () => { heard.dataset.count = model.get("count"); });
      el.append(label, heard);
    } };
    """
    words = traitlets.Unicode("").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)

echo = Echo()
mirror = w.HTML("<p id='mirror'></p>")
echo.observe(lambda change: setattr(mirror, "value", f"<p id='mirror'>{change.new}</p>"), "words")
def hear(_, message, buffers):
    echo.count += 1
    echo.send({"answer": message["words"].upper()})
echo.on_msg(hear)
w.VBox([name, w.HBox([go]), said, echo, mirror])
'''

HOSTILE = """
import ipywidgets as w
described = (
    "<b onclick='bad=1' title='t'>Bold</b><script>bad=1</script><img src='x' onerror='bad=1'>"
    "<a href='java\\tscript:bad=1'>one</a><a href='/two'>two</a><svg onload='bad=1'><b>in</b></svg>"
    "<table><tr><td>cell</td></tr></table><style>*{display:none}</style>&lt;i&gt;"
)
w.Text(description=described, description_allow_html=True)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server on this machine
            return int(reply.status)
    except urllib.error.HTTPError as reply:
        return reply.code
    except OSError:
        return 0


def until(check: Any, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.1)
    return bool(check())


def cell(kind: str, source: str, tags: list[str] | None = None) -> dict[str, Any]:
    rest: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {
        "id": f"{kind}-{len(source)}",
        "cell_type": kind,
        "source": source,
        "metadata": {"tags": tags or []},
        **rest,
    }


class Line:
    """The network from phone to server: it can be cut, made deaf (open sockets lose their bytes), and mended."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.state = "whole"
        self.sockets: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.state = "cut"
        for one in self.sockets:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def deafen(self) -> None:
        self.state = "deaf"

    def mend(self) -> None:
        """Lets new connections through; those that were open when the line went deaf stay dead."""
        self.state = "whole"

    def close(self) -> None:
        self.cut()
        for one in (self.listener, *self.sockets):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                phone, _ = self.listener.accept()
            except OSError:
                return
            if self.state == "cut":
                phone.close()
                continue
            threading.Thread(target=self._join, args=(phone,), daemon=True).start()

    def _join(self, phone: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            phone.close()
            return
        server.settimeout(None)
        self.sockets += [phone, server]
        dead = threading.Event()
        for source, sink in ((phone, server), (server, phone)):
            threading.Thread(target=self._pump, args=(source, sink, dead), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, dead: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self.state == "deaf":
                    dead.set()
                if not dead.is_set():
                    sink.sendall(data)
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Server:
    """A small Voila with our template, over a folder with one notebook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "server.log"
        (folder / "notebooks").mkdir()
        self.write(
            "small",
            cell("markdown", "# A small workbook", tags=["on-page"]),
            cell("markdown", "Not for the page"),
            cell("code", STEP),
            cell("code", "raise RuntimeError('a secret reason')"),
        )
        self.write("hostile", cell("code", HOSTILE))
        self.start()

    def write(self, name: str, *cells: dict[str, Any]) -> None:
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        metadata = {"title": "A small <workbook>", "kernelspec": kernel}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
        (self.folder / "notebooks" / f"{name}.ipynb").write_text(json.dumps(notebook))

    def start(self) -> None:
        environment = {**os.environ, "JUPYTER_PATH": str(TEMPLATE), "IPYTHONDIR": str(self.folder / "ipython")}
        options = ["--no-browser", f"--port={self.port}", "--Voila.port_retries=0", "--template=mira"]
        kernels = ["--KernelRestarter.restart_limit=0", "--VoilaConfiguration.multi_kernel_manager_class=__main__.Full"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVER, "notebooks", *options, *kernels],
                cwd=self.folder,
                env=environment,
                stdout=log,
                stderr=log,
            )
        assert until(lambda: status(f"http://127.0.0.1:{self.port}/voila/tree") == 200, 90), self.log.read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def has_kernel(self, kernel: str) -> bool:
        return status(f"http://127.0.0.1:{self.port}/api/kernels/{kernel}") == 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("page"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        leave_out("Chromium", "Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    line = Line(server.port)
    yield line
    line.close()


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 664})
    page = context.new_page()
    page.set_default_timeout(30000)
    yield page
    if page.url.startswith("http"):
        line.mend()
        page.goto("about:blank")  # leaving ends the kernel
    context.close()


def address(line: Line) -> str:
    return f"http://{HOST}:{line.port}/voila/render/small.ipynb"


def enter(page: Page, line: Line) -> str:
    """Opens the page, waits until its widgets are drawn and returns its kernel's id."""
    page.goto(address(line))
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#field-words")).to_be_visible()
    return str(json.loads(page.locator("#jupyter-config-data").inner_text())["kernelId"])


def test_standard_widgets_and_an_anywidget_speak_with_the_kernel_both_ways(page: Page, line: Line) -> None:
    enter(page, line)
    assert page.evaluate("window.isSecureContext") is False

    page.get_by_label("Your name").fill("Lena")
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Hello Lena")).to_be_visible()

    page.get_by_label("Words").fill("read early")
    page.get_by_label("Words").blur()
    expect(page.locator("#heard")).to_have_text("READ EARLY")
    expect(page.locator("#heard")).to_have_attribute("data-count", "1")
    expect(page.locator("#mirror")).to_have_text("read early")


def test_a_first_load_is_light_and_asks_no_other_host(page: Page, line: Line) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sent: list[str] = []
    received: list[float] = []
    wire.on("Network.requestWillBeSent", lambda event: sent.append(event["request"]["url"]))
    wire.on("Network.webSocketCreated", lambda event: sent.append(event["url"]))
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    enter(page, line)

    sent = [url for url in sent if not url.startswith(("blob:", "data:"))]
    assert len(sent) <= 10
    assert sum(received) <= 600_000
    assert {url.split("/")[2] for url in sent} == {f"{HOST}:{line.port}"}


def test_text_is_shown_as_text_and_a_broken_cell_says_nothing_of_its_reason(page: Page, line: Line) -> None:
    enter(page, line)

    expect(page.locator("pre")).to_have_text("plain <b>text</b>")
    expect(page.get_by_text("This part of the page did not open. Your words are safe.")).to_be_visible()
    assert "a secret reason" not in page.content()
    assert "Not for the page" not in page.content()


def test_a_description_keeps_its_small_html_and_loses_what_could_act(page: Page, line: Line) -> None:
    page.goto(address(line).replace("small", "hostile"))
    expect(page.get_by_text("Bold")).to_be_visible()

    assert page.locator(".widget-label").inner_html() == (
        '<b title="t">Bold</b><img src="x"><a>one</a><a href="/two">two</a><b>in</b>cell&lt;i&gt;'
    )
    assert page.evaluate("typeof bad") == "undefined"


def test_the_page_has_landmarks_two_live_regions_and_a_skip_link_first(page: Page, line: Line) -> None:
    enter(page, line)

    assert page.title() == "A small <workbook>"
    assert page.locator("html").get_attribute("lang") == "en"
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    assert page.locator("[role=status], [role=alert], [aria-live]").count() == 2
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the step")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "step"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_theme_and_text_size_of_this_phone_stand_before_the_first_paint(page: Page, line: Line) -> None:
    page.add_init_script("localStorage.setItem('mira-theme', 'dark'); localStorage.setItem('mira-size', '1.4')")
    enter(page, line)

    assert page.evaluate("({...document.documentElement.dataset}).theme") == "dark"
    assert page.evaluate("document.documentElement.dataset.size") == "1.4"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_passes_axe(page: Page, line: Line, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('mira-theme', '{theme}')")
    enter(page, line)
    assert axe.violations(page, frozenset()) == []
    line.cut()
    expect(page.locator("#mira-connection")).to_be_visible()
    assert axe.violations(page, frozenset()) == []


def test_a_cut_line_is_told_after_four_seconds_and_nothing_typed_is_lost(page: Page, line: Line) -> None:
    enter(page, line)
    page.evaluate("() => { window.states = []; mira.onConnection((state) => states.push(state)); }")
    page.get_by_label("Words").fill("before")
    line.cut()
    page.wait_for_timeout(3000)
    expect(page.get_by_text(LOST)).to_have_count(0)
    expect(page.locator("#mira-connection")).to_contain_text(LOST)
    expect(page.get_by_role("alert")).to_have_text(LOST)
    assert page.evaluate("mira.connection") == "lost"

    page.get_by_label("Words").fill("written in the dark")
    line.mend()
    page.get_by_role("button", name="Try now").click()
    expect(page.locator("#mira-connection")).to_contain_text("You are back. Nothing was lost.")
    expect(page.locator("#mirror")).to_have_text("written in the dark")
    expect(page.get_by_role("status")).to_have_text("You are back. Nothing was lost.")
    expect(page.locator("#mira-connection")).to_have_count(0)
    assert page.evaluate("[mira.connection, states.join()]") == ["ok", "lost,ok"]


def test_a_short_cut_stays_silent(page: Page, line: Line) -> None:
    enter(page, line)
    line.cut()
    expect(page.locator("html[data-ready]")).to_be_attached()
    line.mend()
    page.wait_for_function("mira.connection === 'ok'")
    page.get_by_label("Words").fill("still here")
    expect(page.locator("#mirror")).to_have_text("still here")
    assert page.locator("#mira-connection").count() == 0


def test_words_sent_into_a_deaf_line_arrive_when_it_is_whole_again(page: Page, line: Line) -> None:
    enter(page, line)
    line.deafen()
    page.get_by_label("Words").fill("into the void")
    page.get_by_label("Words").fill("into the void again")
    expect(page.locator("#mira-connection")).to_contain_text(LOST)
    line.mend()
    expect(page.locator("#mirror")).to_have_text("into the void again")


def test_the_connection_line_moves_nothing_under_a_thumb(page: Page, line: Line) -> None:
    enter(page, line)
    page.evaluate("document.getElementById('step').style.paddingBottom = '900px'")
    page.get_by_label("Words").focus()
    page.evaluate("window.scrollTo(0, 60)")
    before = page.locator("#field-words").bounding_box()
    line.cut()
    expect(page.locator("#mira-connection")).to_be_visible()
    assert page.locator("#field-words").bounding_box() == before
    line.mend()


def test_a_page_whose_kernel_crashed_comes_back_by_itself(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True)
    for child in children.stdout.split():
        os.kill(int(child), signal.SIGKILL)

    expect(page.locator("#mira-connection")).to_contain_text(RETURNING)
    new_kernel(page, kernel)
    expect(page.locator("html[data-ready]")).to_be_attached()


def test_a_page_whose_kernel_was_ended_comes_back_to_the_field(page: Page, line: Line) -> None:
    kernel = enter(page, line)
    page.get_by_label("Words").focus()
    page.evaluate("(id) => fetch(`/api/kernels/${id}`, { method: 'DELETE' }).then(() => null)", kernel)
    page.keyboard.type("a")

    expect(page.locator("#mira-connection")).to_contain_text(RETURNING)
    new_kernel(page, kernel)
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#field-words")).to_be_focused()


def new_kernel(page: Page, old: str) -> None:
    script = "(old) => !(document.getElementById('jupyter-config-data')?.textContent ?? old).includes(old)"
    page.wait_for_function(script, arg=old, timeout=60000)


def test_a_page_comes_back_after_the_server_was_started_anew(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    server.stop()
    page.wait_for_timeout(2000)
    server.start()
    new_kernel(page, kernel)
    page.get_by_label("Words").fill("here again")
    expect(page.locator("#mirror")).to_have_text("here again")


def test_leaving_the_page_ends_its_kernel(page: Page, line: Line, server: Server) -> None:
    kernel = enter(page, line)
    assert server.has_kernel(kernel)
    page.goto("about:blank")
    assert until(lambda: not server.has_kernel(kernel))


def test_a_full_room_lets_the_next_person_in_by_itself(browser: Browser, page: Page, line: Line) -> None:
    others = [browser.new_context().new_page() for _ in range(2)]
    for other in others:
        enter(other, line)
    page.goto(address(line))
    expect(page.get_by_role("heading", name="The room is full for a moment")).to_be_visible()
    expect(page.get_by_text("next try in")).to_be_visible()
    assert axe.violations(page, frozenset()) == []
    others[0].goto("about:blank")
    expect(page.locator("html[data-ready]")).to_be_attached()
    for other in others:
        other.goto("about:blank")
        other.context.close()


def test_a_page_nobody_knows_says_so_in_our_look(page: Page, line: Line) -> None:
    page.goto(f"http://{HOST}:{line.port}/voila/render/nowhere.ipynb")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Voil" not in page.content()
    assert "://" not in page.content()
