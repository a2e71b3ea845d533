"""Guides one person through a workbook: an empty box for each step, filled and folded as the stage moves.

Cells run on the kernel's own loop. The page's messages come there too under Voila, but under JupyterLab in threads with
loops of their own (its setting `commsOverSubshells`). One lock guards the page, and looking stays on the cells' loop.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, SeatError
from mira_workbook.notebook import start
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.notebook.looking import Looking
from mira_workbook.notebook.places import Places
from mira_workbook.opening import open_store
from mira_workbook.store import Store
from mira_workbook.widgets.desk import LEAVING, Desk
from mira_workbook.widgets.folded import folds
from mira_workbook.widgets.form import Form
from mira_workbook.widgets.signs import HERE

REDRAW_S = 20
"""Seconds after which the page is made anew though nothing changed: the minutes on it go on."""
CALM_S = 2.0
"""Seconds between two looks at colleagues' answers for somebody who still writes alone: nothing there shows them."""
CROWD, WRITING_S, WAITING_S = 10, 1.0, 0.3
"""People of a team from which on who writes alone looks at colleagues' answers, and who waits sees how many are in, so
many seconds a person later: where answers come all the time, pages that are drawn for each of them hold up everybody.
"""
_FOR_PHONES = frozenset({"menu:link", "menu:help", "menu:leave"})


@dataclass(slots=True)
class Behind:
    """How far a page that was drawn at these revisions is behind the store.

    Attributes:
        rev, stage_rev: the revisions on the page.
        touched: something was written somewhere.
        grown: answers came into this session.
        moved: its stage or its roster moved.
    """

    rev: int = -1
    stage_rev: int = -1
    touched: bool = False
    grown: bool = False
    moved: bool = False

    def note(self, rev: int, stage_rev: int) -> None:
        """Something was written; these are the session's revisions now."""
        self.touched = True
        self.grown = rev != self.rev
        self.moved = stage_rev != self.stage_rev


class Guide:
    """One person's way through a workbook. Cells call `step` for each step, and `rest` last."""

    def __init__(self, slug: str, store: Store) -> None:
        self._slug, self._store = slug, store
        self._form = Form(self._take)
        self._places = Places(self._form)
        self._desk: Desk | None = None
        self._served = False
        self._doors: StoreDoors | None = None
        self._behind = Behind()
        self._drawn = time.monotonic()
        self._people = 0
        # Whether something was typed that the page shows already, and the form not yet.
        self._owing = False
        self._lock = threading.RLock()
        self._looking = Looking(self._look, store.changed, self._lock)

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
                self._ask(
                    {**start.card(), "after": [], "title": say("no_grant"), "do": "", "pages": [], "submit": None}
                )
                return
            if doors is None:
                self._ask(start.card(start.known_teams(self._store)))
                return
            self._seat(doors)
            self._fill()

    def _ask(self, card: Mapping[str, Any]) -> None:
        self._form.draw(card)
        self._places.alone()

    def _seat(self, doors: StoreDoors) -> None:
        self._doors, self._desk = doors, Desk(doors)
        doors.beat("idle")

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
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
            self._ask(start.card(start.known_teams(self._store)))
        elif not self._looking.is_on or (message.get("field") != HERE and not _kept(replies)):
            # The desk has read everything anew after these.
            self._fill(resting=message.get("field") in {"$submit", "$press"})
        elif message.get("field") != HERE:
            self._owing = True
        return replies

    def _fill(self, *, resting: bool = False) -> None:
        """Bring the form and the boxes to how the session stands.

        With `resting`, to how it stood when it was read last, unless something is known to have been written since.
        """
        if self._desk is None or self._doors is None:
            return
        self._doors.resting = resting and not self._behind.touched
        try:
            room = self._desk.refresh()
        finally:
            self._doors.resting = False
        step = room.my_step()
        self._behind = Behind(room.snapshot.session.rev, room.snapshot.session.stage_rev)
        self._people, self._owing = len(room.snapshot.present()), False
        self._drawn = time.monotonic()
        self._form.draw(self._desk.view if self._served else _for_one_computer(self._desk.view))
        self._places.put(step.key if step else "", folds(room))

    def _watch(self) -> None:
        """Look at the store from time to time, as long as the page gives a sign; may be called in any thread."""
        if self._desk is not None:
            self._looking.heard()

    def _look(self, written: bool) -> None:  # noqa: FBT001 - what a look is told
        """Make the page anew if anything happened on it, a countdown is over, or its minutes have grown old."""
        desk, doors, behind = self._desk, self._doors, self._behind
        if desk is None or doors is None:
            return
        if written:
            behind.note(*self._store.revisions(doors.seat.session_id))
        age = time.monotonic() - self._drawn
        calm = self._calm(desk)
        typed = desk.watch.has_moved(written=written)
        if desk.closing_is_due() or behind.moved or typed or ((behind.grown or self._owing) and age >= calm):
            self._fill()
        elif age > REDRAW_S:
            self._fill(resting=True)

    def _calm(self, desk: Desk) -> float:
        """Seconds for which a page may stand although answers came in."""
        screen, crowd = str(desk.view.get("key")), self._people if self._people > CROWD else 0
        if ":answer" in screen:
            return CALM_S if desk.watch.is_on else max(CALM_S, WRITING_S * crowd)
        return WAITING_S * crowd if ":waiting" in screen else 0.0


def _kept(replies: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all that happened is that text on its way was kept: the page shows it, and others look for it."""
    return bool(replies) and all(reply.get("draft") for reply in replies)


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
    guide = Guide(slug, open_store())
    guide._open()  # noqa: SLF001 - the constructor alone shows nothing
    return guide
