"""What the facilitator's notebook calls: `open_board()` shows the board of who leads, or the wall of who looks on."""

import os
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import ipywidgets
from IPython.display import display

from mira_workbook.boards.board import Board
from mira_workbook.boards.desk import BoardDesk
from mira_workbook.boards.door import door
from mira_workbook.boards.watched import Where
from mira_workbook.errors import MiraError, SeatError
from mira_workbook.notebook.board_doors import StoreBoardDoors
from mira_workbook.notebook.looking import Looking
from mira_workbook.notebook.table_form import TableForm
from mira_workbook.opening import open_store
from mira_workbook.store import Store
from mira_workbook.widgets.form import Form

BOARDS = frozenset({"run", "grid", "remote", "present", "table", "wall"})


def granted(store: Store) -> tuple[StoreBoardDoors, Where] | None:
    """The seat that our server granted to this page, and what the page asked to see; None where there is none."""
    asked = {key: values[0] for key, values in parse_qs(os.environ.get("QUERY_STRING", "")).items()}
    if not asked.get("grant") or not asked.get("m"):
        return None
    try:
        seat = store.redeem(asked["grant"], "grant")
    except SeatError:
        return None
    if seat.role not in {"facilitator", "viewer"}:
        return None
    view = asked.get("view", "")
    return StoreBoardDoors(store, seat, asked["m"]), Where(view if view in BOARDS else "", asked.get("team", ""))


class BoardPage:
    """One board in one page: looks at the store while the page gives a sign, and hands on what it sends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._board = Board(self._take)
        self._home = ipywidgets.VBox((self._board,))
        self._lock = threading.RLock()
        self._doors: StoreBoardDoors | None = None
        self._desk: BoardDesk | None = None
        self._table: TableForm | None = None
        self._looking = Looking(self._look, store.changed, self._lock)

    def open(self) -> None:
        """Find the seat of this page and show its board, or where the right door is."""
        _show(self._home)
        with self._lock:
            found = granted(self._store)
            if found is None:
                self._board.draw(door(os.environ.get("MIRA_PAGES", "")))
                return
            self._doors, where = found
            self._desk = BoardDesk(self._doors, where)
            self._draw(self._desk)
        self._looking.heard()

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
            if self._desk is None:
                return []
            replies = self._desk.take(message)
            if replies:
                self._draw(self._desk)
        self._looking.heard()
        return replies

    def _look(self, written: bool) -> None:  # noqa: FBT001 - as `Looking` calls it
        if self._desk is not None:
            self._draw(self._desk, written=written)

    def _draw(self, desk: BoardDesk, *, written: bool = True) -> None:
        self._board.draw(desk.refresh(written=written))
        shown: tuple[Any, ...] = (self._board,)
        if self._doors is not None and self._doors.leads and desk.where.view == "table":
            shown = (self._board, self._at_table(self._doors, written=written))
        if self._home.children != shown:
            self._home.children = shown

    def _at_table(self, doors: StoreBoardDoors, *, written: bool) -> Form:
        """The table's form; made only where it is asked for, since it brings a member's bar and foot along."""
        if self._table is None:
            self._table, written = TableForm(self._store, doors.seat, self._lock, self._looking.heard), True
        self._table.draw(written=written)
        return self._table.form


def _show(box: ipywidgets.VBox) -> None:
    display(box)  # type: ignore[no-untyped-call]


def open_board() -> None:
    """Show the board of the person at this page."""
    try:
        BoardPage(open_store()).open()
    except MiraError as error:
        board = Board(lambda _message: [])
        board.draw(door(os.environ.get("MIRA_PAGES", ""), str(error)))
        _show(ipywidgets.VBox((board,)))
