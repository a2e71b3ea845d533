"""Drawing a page once before any kernel is forked, for nobody, on a store that is thrown away.

What the first page of a process leaves behind (compiled statements and patterns, defaults of widgets, bytecode that has
been run) is then there in every kernel, shared, instead of being worked out and kept anew by each.
"""

import asyncio
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from ipykernel.zmqshell import ZMQInteractiveShell
from ipywidgets import Widget

from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.opening import open_store
from mira_workbook.serve import cells
from mira_workbook.settings import shipped
from mira_workbook.store import NewMember, NewTeam, Store

log = logging.getLogger(__name__)
_NOBODY = "nobody-at-all"


def draw_once() -> None:
    """Draw every workbook's page once; what does not go through is left to whoever opens it."""
    shell = ZMQInteractiveShell.instance()
    names = set(shell.user_ns)
    with TemporaryDirectory(prefix="mira-") as folder:
        store = open_store(f"sqlite:///{folder}/mira.sqlite")
        try:
            store.migrate()
            for path in sorted(shipped("workbooks").glob("*.toml")):
                _draw(store, path, {"MIRA_HOME": folder, "MIRA_DATABASE_URL": store.url})
        except Exception:
            log.debug("Pages were not drawn ahead.", exc_info=True)
        finally:
            store.close()
    for name in set(shell.user_ns) - names:
        del shell.user_ns[name]
    shell.displayhook.flush()  # type: ignore[no-untyped-call]


def _draw(store: Store, path: Path, told: Mapping[str, str]) -> None:
    team = NewTeam("Nobody", members=(NewMember("Nobody", "", "teach"),))
    workbook = load(path)
    session = store.open_meeting(workbook, [team]).sessions[0]
    seat = store.take_seat(_NOBODY, session.id, "member", store.roster(session.id)[0].id)
    page = {"MIRA_PAGES": "/", "MIRA_PUBLIC": "http://nobody"}
    page["QUERY_STRING"] = urlencode({"grant": store.make_token(seat, "grant")})
    with _surroundings({**told, **page}):
        _run(_cells(workbook))


def _cells(workbook: Workbook) -> list[str]:
    """A page's cells as a notebook has them. Its own are not run here: what they leave behind would reach everybody."""
    begin = f"from mira_workbook.notebook import open_workbook\nworkbook = open_workbook({workbook.slug!r})"
    return [begin, *(f"workbook.step({step.key!r})" for step in workbook.steps), "workbook.rest()"]


def _run(sources: list[str]) -> None:
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(cells.run({}, sources))
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
