"""Guides one person through a workbook: an empty box for each step, filled and folded as the stage moves."""

import asyncio
import logging
import random
import time
from collections.abc import Mapping
from typing import Any

import ipywidgets
from IPython.display import display

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, SeatError
from mira_workbook.notebook import start
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.store import Store
from mira_workbook.widgets.desk import Desk
from mira_workbook.widgets.folded import folds
from mira_workbook.widgets.form import Form
from mira_workbook.widgets.room import Room

log = logging.getLogger(__name__)

POLL_S = 0.7
"""Seconds between looks at the store, give or take a fifth."""
QUIET_S = 120
"""Seconds without a sign of the page after which looking stops, so that the kernel can be culled."""
REDRAW_S = 20
"""Seconds after which the page is made anew though nothing changed: the minutes on it go on."""


class Guide:
    """One person's way through a workbook. Cells call `step` for each step, and `rest` last."""

    def __init__(self, slug: str, store: Store) -> None:
        self._slug, self._store = slug, store
        self._form = Form(self._take)
        self._top = ipywidgets.VBox()
        self._boxes: dict[str, ipywidgets.VBox] = {}
        self._folds: dict[str, str] = {}
        self._desk: Desk | None = None
        self._session = 0
        self._seen = (-1, -1)
        self._heard = self._drawn = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    def step(self, key: str) -> None:
        """Show the place of a step; it is filled when the step opens."""
        display(self._box(key))

    def rest(self) -> None:
        """Show the places of steps that have no cell, then fill what is open now."""
        if self._desk is not None:
            for step in self._desk.room().snapshot.workbook.steps:
                if step.key not in self._boxes:
                    self.step(step.key)
        self._fill()
        self._watch()

    def _box(self, key: str) -> ipywidgets.VBox:
        return self._boxes.setdefault(key, ipywidgets.VBox())

    def _open(self) -> None:
        """Find the seat of this page: granted by our server, remembered on this computer, or still to be taken."""
        display(self._top)
        try:
            doors = start.granted(self._store) or start.remembered(self._store, self._slug)
        except SeatError:
            self._form.draw({**start.card(), "title": say("no_grant"), "do": "", "pages": [], "submit": None})
            self._top.children = (self._form,)
            return
        if doors:
            self._seat(doors)
        else:
            self._form.draw(start.card())
            self._top.children = (self._form,)

    def _seat(self, doors: StoreDoors) -> None:
        self._desk = Desk(doors)
        self._session = doors.seat.session_id
        doors.beat("idle")

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        self._heard = time.monotonic()
        if self._desk is None:
            return self._begin(message)
        left = message.get("field") == "$press" and (message.get("value") or {}).get("id") in _LEAVING
        if left:
            start.forget(self._slug)
        replies = self._desk.take(message)
        self._fill()
        self._watch()
        return replies

    def _begin(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The start card was sent."""
        head = {"field": message.get("field"), "save_key": message.get("save_key")}
        if message.get("field") != "$submit":
            return [] if str(message.get("field")).startswith("$") else [head | {"saved_at": "", "draft": True}]
        given = dict((message.get("value") or {}).get("values") or {})
        lacking = start.problems(given)
        if lacking:
            return [head | {"problems": lacking}]
        try:
            self._seat(start.start(self._store, self._slug, given))
        except MiraError as error:
            return [head | {"error": str(error), "final": True}]
        self._fill()
        self._watch()
        return [head | {"saved_at": "", "draft": False}]

    def _fill(self) -> None:
        """Bring the boxes and the form to how the session stands."""
        if self._desk is None:
            return
        room = self._desk.refresh()
        self._seen = (room.snapshot.session.rev, room.snapshot.session.stage_rev)
        self._drawn = time.monotonic()
        self._form.draw(self._desk.view)
        self._place(room)

    def _place(self, room: Room) -> None:
        """Put the form into the open step's box, and a folded line into those of done steps."""
        step = room.my_step()
        home = self._box(step.key) if step is not None else self._top
        for key, html in folds(room).items():
            box = self._box(key)
            if box is home or self._folds.get(key) == html:
                continue
            self._folds[key] = html
            box.children = (ipywidgets.HTML(html),) if html else ()
        for box in (self._top, *self._boxes.values()):
            if box is not home and self._form in box.children:
                box.children = ()
        if step is not None:
            self._folds.pop(step.key, None)
        if home.children != (self._form,):
            home.children = (self._form,)

    def _watch(self) -> None:
        """Look at the store from time to time, as long as the page gives a sign."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # called from a thread of JupyterLab's; the task that the cell started goes on
        if self._desk is not None and (self._task is None or self._task.done()):
            self._task = loop.create_task(self._look())

    async def _look(self) -> None:
        while self._desk is not None and time.monotonic() - self._heard < QUIET_S:
            await asyncio.sleep(POLL_S * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load, keeps no secret
            try:
                if self._moved() or time.monotonic() - self._drawn > REDRAW_S:
                    self._fill()
            except MiraError as error:
                log.warning("The store did not answer: %s", error)

    def _moved(self) -> bool:
        """Whether anything happened, or a countdown is over that somebody has to carry out."""
        if self._desk is None:
            return False
        return self._desk.closing_is_due() or self._store.revisions(self._session) != self._seen


_LEAVING = frozenset({"menu:not_me", "menu:leave"})


def open_workbook(slug: str) -> Guide:
    """Open a workbook for the person at this page.

    Args:
        slug: the workbook's name, as its file is called.
    """
    guide = Guide(slug, Store())
    guide._open()  # noqa: SLF001 - the constructor alone shows nothing
    return guide
