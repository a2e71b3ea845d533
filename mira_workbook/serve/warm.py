"""Drawing a page once before any kernel is forked, for nobody, on a store that is thrown away.

What the first page of a process leaves behind (compiled statements and patterns, defaults of widgets, bytecode that has
been run) is then there in every kernel, shared, instead of being worked out and kept anew by each.
"""

import asyncio
import gc
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from ipykernel.zmqshell import ZMQInteractiveShell
from ipywidgets import Widget

from mira_workbook.content.load import load
from mira_workbook.opening import open_store
from mira_workbook.serve import cells
from mira_workbook.serve.notebooks import notebook
from mira_workbook.settings import settings, shipped
from mira_workbook.store import NewMember, NewTeam

log = logging.getLogger(__name__)
_NOBODY = "nobody-at-all"


def draw_once() -> None:
    """Draw every workbook's page once; what does not go through is left to whoever opens it."""
    shell = ZMQInteractiveShell.instance()
    names = set(shell.user_ns)
    for path in sorted(shipped("workbooks").glob("*.toml")):
        try:
            _draw(path)
        except Exception:
            log.debug("%s was not drawn ahead.", path.name, exc_info=True)
    for name in set(shell.user_ns) - names:
        del shell.user_ns[name]
    shell.displayhook.flush()
    gc.collect()


def _draw(path: Path) -> None:
    with TemporaryDirectory(prefix="mira-") as folder:
        url = f"sqlite:///{folder}/mira.sqlite"
        store = open_store(url)
        try:
            store.migrate()
            team = NewTeam("Nobody", members=(NewMember("Nobody", "", "teach"),))
            session = store.open_meeting(load(path), [team]).sessions[0]
            seat = store.take_seat(_NOBODY, session.id, "member", store.roster(session.id)[0].id)
            grant = store.make_token(seat, "grant")
            told = {"MIRA_HOME": folder, "MIRA_DATABASE_URL": url, "MIRA_PAGES": "/", "MIRA_PUBLIC": "http://nobody"}
            with _surroundings(told | {"QUERY_STRING": urlencode({"grant": grant})}):
                _run(notebook(path.with_suffix(".ipynb")).sources)
        finally:
            store.close()


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
    settings.cache_clear()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        settings.cache_clear()
