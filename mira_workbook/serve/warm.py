"""Drawing a page once before any kernel is forked, for nobody, on a store that is thrown away.

What the first page of a process leaves behind (compiled statements and patterns, defaults of widgets, bytecode that has
been run) is then there in every kernel, shared, instead of being worked out and kept anew by each.
"""

import asyncio
import logging
import os
import random
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from ipykernel.zmqshell import ZMQInteractiveShell
from ipywidgets import Widget

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.notebook import Guide
from mira_workbook.opening import open_store
from mira_workbook.rehearse.answers import answer_to
from mira_workbook.serve import cells
from mira_workbook.serve.trial import Trial, code_run_by
from mira_workbook.settings import shipped
from mira_workbook.store import NewMember, NewTeam, Store
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.signs import HERE

log = logging.getLogger(__name__)
_NOBODY = "nobody-at-all"
_SCREENS = 4
"""Screens that are gone through: the lobby, an answer together and what became of it, and one alone."""


def draw_once(launch: Callable[[str], None]) -> frozenset[int]:
    """Draw every workbook's page once, and use one, last in a fork as a kernel; what does not go through is left out.

    Args:
        launch: becomes the kernel of a connection file.

    Returns:
        The code that a page's kernel runs, as `code_run_by` gives it.
    """
    ran: frozenset[int] = frozenset()
    shell = ZMQInteractiveShell.instance()
    names = set(shell.user_ns)
    with TemporaryDirectory(prefix="mira-") as folder:
        store = open_store(f"sqlite:///{folder}/mira.sqlite")
        try:
            store.migrate()
            pages = [_Page(folder, store, load(path)) for path in sorted(shipped("workbooks").glob("*.toml"))]
            for page in pages:
                with _surroundings(page.told()):
                    _run(page.sources)
            with _surroundings(pages[0].told()):
                _run(pages[0].used)
            ran = code_run_by(Trial(launch, Path(folder), pages[0].told(), pages[0].used))
        except Exception:
            log.debug("Pages were not drawn ahead.", exc_info=True)
        finally:
            store.close()
    for name in set(shell.user_ns) - names:
        del shell.user_ns[name]
    shell.displayhook.flush()  # type: ignore[no-untyped-call]
    return ran


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of nobody's, in a meeting of its own."""

    home: str
    store: Store
    workbook: Workbook

    def told(self) -> dict[str, str]:
        """What its kernel is told; a grant opens one page only."""
        team = NewTeam("Nobody", members=(NewMember("Nobody", "", "teach"),))
        session = self.store.open_meeting(self.workbook, [team]).sessions[0]
        seat = self.store.take_seat(_NOBODY, session.id, "member", self.store.roster(session.id)[0].id)
        return {
            "MIRA_HOME": self.home,
            "MIRA_DATABASE_URL": self.store.url,
            "MIRA_PAGES": "/",
            "MIRA_PUBLIC": "http://nobody",
            "QUERY_STRING": urlencode({"grant": self.store.make_token(seat, "grant")}),
        }

    @property
    def sources(self) -> list[str]:
        """Its cells as a notebook has them, whose own are not run here: what they leave would reach everybody."""
        slug = self.workbook.slug
        begin = f"from mira_workbook.notebook import open_workbook\nworkbook = open_workbook({slug!r})"
        steps = (f"workbook.step({step.key!r})" for step in self.workbook.steps)
        return [begin, *steps, "workbook.rest()"]

    @property
    def used(self) -> list[str]:
        """The same, and then somebody types, sends and goes on."""
        return [*self.sources, f"from {__name__} import use\nuse(workbook)"]


def use(guide: Guide) -> None:
    """Go from screen to screen as the page of somebody who types, sends and goes on."""
    dice = random.Random(0)  # noqa: S311 - any answer will do
    for _ in range(_SCREENS):
        view = guide._form.view  # noqa: SLF001 - what the page sees
        for doing in _doings(view, dice):
            guide._take(doing | {"save_key": f"{view['key']}/{secrets.token_hex(6)}"})  # noqa: SLF001 - what it says


def _doings(view: Doc, dice: random.Random) -> Iterator[Doc]:
    """What is done on a screen: its fields are filled and sent, or its first button is pressed."""
    given = {field["field"]: answer_to(field, dice) for page in view["pages"] for field in page["fields"]}
    yield {"field": HERE, "value": "typing"}
    yield from ({"field": name, "value": value} for name, value in given.items())
    if view["submit"]:
        yield {"field": "$submit", "value": {"values": given}}
    elif view["buttons"]:
        yield {"field": "$press", "value": {"id": view["buttons"][0]["id"]}}


def _run(sources: Sequence[str]) -> None:
    loop = asyncio.new_event_loop()
    try:
        if fault := loop.run_until_complete(cells.run({}, sources))["fault"]:
            log.debug("A page was not drawn to its end:\n%s", fault)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()
        Widget.close_all()


@contextmanager
def _surroundings(told: Mapping[str, str]) -> Iterator[None]:
    """Let the environment say this for a while."""
    before = dict(os.environ)
    os.environ.update(told)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
