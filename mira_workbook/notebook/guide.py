"""Guides one person through a workbook: an empty box for each step, filled and folded as the stage moves.

Cells run on the kernel's own loop. The page's messages come there too under Voila, but under JupyterLab in threads with
loops of their own (its setting `commsOverSubshells`). One lock guards the page, and looking stays on the cells' loop.
"""

import asyncio
import logging
import random
import threading
import time
from collections.abc import Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, SeatError
from mira_workbook.notebook import start
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.notebook.places import Places
from mira_workbook.store import Store
from mira_workbook.widgets.desk import LEAVING, Desk
from mira_workbook.widgets.folded import folds
from mira_workbook.widgets.form import Form

log = logging.getLogger(__name__)

POLL_S = 0.7
"""Seconds between looks at the store, give or take a fifth."""
QUIET_S = 120
"""Seconds without a sign of the page after which looking stops, so that the kernel can be culled."""
REDRAW_S = 20
"""Seconds after which the page is made anew though nothing changed: the minutes on it go on."""
LOBBY_S = 3
"""The same before the first step, where people arrive without anything being done."""
_FOR_PHONES = frozenset({"menu:link", "menu:help", "menu:leave"})


class Guide:
    """One person's way through a workbook. Cells call `step` for each step, and `rest` last."""

    def __init__(self, slug: str, store: Store) -> None:
        self._slug, self._store = slug, store
        self._form = Form(self._take)
        self._places = Places(self._form)
        self._desk: Desk | None = None
        self._served = False
        self._session = 0
        self._seen = (-1, -1)
        self._heard = self._drawn = time.monotonic()
        self._lock = threading.RLock()
        self._loop = _running_loop()
        self._task: asyncio.Task[None] | None = None

    def step(self, key: str) -> None:
        """Show the place of a step; it is filled when the step opens."""
        with self._lock:
            self._places.step(key)

    def rest(self) -> None:
        """Show the places of steps that have no cell, and look for what changes from now on."""
        with self._lock:
            self._places.end()
        self._watch()

    def _open(self) -> None:
        """Find the seat of this page: granted by our server, remembered on this computer, or still to be taken."""
        self._places.top()
        with self._lock:
            try:
                doors = start.granted(self._store)
                self._served = doors is not None
                doors = doors or start.remembered(self._store, self._slug)
            except SeatError:
                self._served = True
                self._ask({**start.card(), "title": say("no_grant"), "do": "", "pages": [], "submit": None})
                return
            if doors is None:
                self._ask(start.card())
                return
            self._seat(doors)
            self._fill()

    def _ask(self, card: Mapping[str, Any]) -> None:
        self._form.draw(card)
        self._places.alone()

    def _seat(self, doors: StoreDoors) -> None:
        self._desk = Desk(doors)
        self._session = doors.seat.session_id
        doors.beat("idle")

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
            self._heard = time.monotonic()
            replies = self._begin(message) if self._desk is None else self._go_on(self._desk, message)
        self._watch()
        return replies

    def _begin(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The start card was sent."""
        head = {"field": message.get("field"), "save_key": message.get("save_key")}
        if message.get("field") != "$submit":
            return [] if str(message.get("field")).startswith("$") else [head | {"saved_at": "", "draft": True}]
        given = dict((message.get("value") or {}).get("values") or {})
        if self._served:
            return [head | {"error": say("no_grant"), "final": True}]
        lacking = start.problems(given)
        if lacking:
            return [head | {"problems": lacking}]
        try:
            self._seat(start.start(self._store, self._slug, given))
        except MiraError as error:
            return [head | {"error": str(error), "final": True}]
        self._fill()
        return [head | {"saved_at": "", "draft": False}]

    def _go_on(self, desk: Desk, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """A message of somebody who has a seat."""
        replies = desk.take(message)
        pressed = (message.get("value") or {}).get("id") if message.get("field") == "$press" else ""
        if pressed in LEAVING and not self._served:
            start.forget(self._slug)
            self._desk = None
            self._ask(start.card())
        else:
            self._fill()
        return replies

    def _fill(self) -> None:
        """Bring the form and the boxes to how the session stands."""
        if self._desk is None:
            return
        room = self._desk.refresh()
        step = room.my_step()
        self._seen = (room.snapshot.session.rev, room.snapshot.session.stage_rev)
        self._drawn = time.monotonic()
        self._form.draw(self._desk.view if self._served else _for_one_computer(self._desk.view))
        self._places.put(step.key if step else "", folds(room))

    def _watch(self) -> None:
        """Look at the store from time to time, as long as the page gives a sign; may be called in any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look_on, self._loop)

    def _look_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._desk is not None and (self._task is None or self._task.done()):
            self._task = loop.create_task(self._look())

    async def _look(self) -> None:
        while self._desk is not None and time.monotonic() - self._heard < QUIET_S:
            await asyncio.sleep(POLL_S * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load, keeps no secret
            # A thread that holds the lock is taking a message, and brings the page up to date itself.
            if self._lock.acquire(blocking=False):
                try:
                    self._look_once()
                except MiraError as error:
                    log.warning("The store did not answer: %s", error)
                finally:
                    self._lock.release()

    def _look_once(self) -> None:
        """Make the page anew if anything happened, a countdown is over, or its minutes have grown old."""
        if self._desk is None:
            return
        moved = self._desk.closing_is_due() or self._store.revisions(self._session) != self._seen
        stays = LOBBY_S if self._desk.view.get("key") == "lobby" else REDRAW_S
        if moved or time.monotonic() - self._drawn > stays:
            self._fill()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _for_one_computer(view: Mapping[str, Any]) -> dict[str, Any]:
    """The page without the menu's entries for phones in a room."""
    foot = view.get("foot")
    if not foot:
        return dict(view)
    return {**view, "foot": {**foot, "menu": [b for b in foot["menu"] if b["id"] not in _FOR_PHONES]}}


def open_workbook(slug: str) -> Guide:
    """Open a workbook for the person at this page.

    Args:
        slug: the workbook's name, as its file is called.
    """
    guide = Guide(slug, Store())
    guide._open()  # noqa: SLF001 - the constructor alone shows nothing
    return guide
