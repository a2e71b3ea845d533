"""JupyterLab and stock Voila in processes of their own, and their pages as a person uses them: for tests of both."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from mira_workbook.store import Store

ROOT = Path(__file__).parents[2]
NOTEBOOK = "priority_setting.ipynb"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 90.0
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run"]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, "--disable-component-update"])
        yield made
        made.close()


def lab(home: Path) -> "contextlib.AbstractContextManager[str]":
    """Our command; gives the address of the notebook."""
    return _lab(["-m", "mira_workbook", "lab", "--no-browser", "--port", str(_port())], home)


def plain_lab(home: Path, folder: Path) -> "contextlib.AbstractContextManager[str]":
    """JupyterLab as it comes, on a folder of notebooks."""
    given = [f"--ServerApp.port={_port()}", f"--ServerApp.root_dir={folder}", "--no-browser", "--allow-root"]
    return _lab(["-m", "jupyterlab", *given], home)


@contextlib.contextmanager
def _lab(command: Sequence[str], home: Path) -> Iterator[str]:
    with _running(command, home) as log:
        found = _wait(log, lambda text: re.search(r"(http://127\S+)/lab\?(token=\w+)", text))
        yield f"{found[1]}/lab/tree/{NOTEBOOK}?{found[2]}"


@contextlib.contextmanager
def voila(home: Path) -> Iterator[str]:
    """Voila as it comes, on the one notebook; gives its address."""
    port = _port()
    given = [f"--port={port}", "--Voila.ip=127.0.0.1", "--no-browser"]
    with _running(["-m", "voila", str(ROOT / "workbooks" / NOTEBOOK), *given], home) as log:
        _wait(log, lambda text: re.search(r"http://\S+", text))
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def _running(command: Sequence[str], home: Path) -> Iterator[Path]:
    """A process whose settings, of Jupyter's and ours, lie in `home`; gives the file with what it says."""
    known = {k: v for k, v in os.environ.items() if not k.startswith(("MIRA_", "JUPYTER"))}
    known |= {"MIRA_HOME": str(home / "store"), "JUPYTER_CONFIG_DIR": str(home / "jupyter")}
    known |= {"JUPYTER_DATA_DIR": str(home / "data"), "IPYTHONDIR": str(home / "ipython")}
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, *command], env=known, stdout=out, stderr=out, cwd=ROOT)
    try:
        yield log
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(log: Path, found: Callable[[str], "re.Match[str] | None"]) -> "re.Match[str]":
    """Wait until the process has said something."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        said = found(log.read_text())
        if said:
            return said
        time.sleep(0.1)
    raise RuntimeError(log.read_text())


def run_all(page: Page) -> None:
    """Run all cells from JupyterLab's menu, once the kernel is there."""
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    choose(page, "Run", "Run All Cells")


def choose(page: Page, menu: str, entry: str) -> None:
    """Choose from JupyterLab's menu."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$")).click()


def restart_and_run_all(page: Page) -> None:
    """Press the double arrow above the notebook, and confirm."""
    page.get_by_role("button", name=re.compile("Restart the kernel and run all cells")).click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()


def form(page: Page) -> Locator:
    """The form on the page."""
    return page.locator(".mira-form")


def press(page: Page, name: str) -> None:
    """Press a button of the form."""
    form(page).get_by_role("button", name=name, exact=True).click()


def saved(page: Page) -> Locator:
    """The line that says when the words went into the store."""
    return form(page).get_by_text(re.compile(r"^Saved \d"))


def begin(page: Page) -> None:
    """Fill the start card, and go to the first step that a person answers alone."""
    page.get_by_label("Team").fill("Tupelo Branch")
    page.get_by_label("Your name").fill("Lena Marsh")
    page.get_by_label("What you do").fill("Reading coach")
    page.get_by_label("support students or staff").check()
    press(page, "Start")
    press(page, "Start: Opening")
    press(page, "We are done with this")
    press(page, "Next: Your role")
    expect(form(page).get_by_role("heading", name="What comes first in your role?")).to_be_visible()


def kept(home: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the store holds of the only member in the newest session: drafts, and answers, by field."""
    store = Store(f"sqlite:///{home / 'store' / 'mira.sqlite'}")
    session = store.sessions(store.meetings()[0].id)[0]
    drafts = {f"{d.step}.{d.field}": d.value for d in store.drafts(session.id, "M1")}
    answers = {f"{r.step}.{r.field}": r.value for r in store.snapshot(session.id).responses if r.author == "M1"}
    store.close()
    return drafts, answers
