"""What the coach's notebook calls: `open_board()` shows a coach's teams, or where the right door is."""

import os
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import ipywidgets
from IPython.display import display

from mira_workbook.boards.board import Board
from mira_workbook.boards.coach import CoachDesk
from mira_workbook.boards.coaching import Looked
from mira_workbook.boards.door import door
from mira_workbook.errors import MiraError, SeatError
from mira_workbook.notebook.coach_doors import StoreCoachDoors
from mira_workbook.notebook.looking import Looking
from mira_workbook.opening import open_store
from mira_workbook.store import Store

SERVED = ("MIRA_PAGES", "SERVER_SOFTWARE")
"""What a kernel that a server started for a visitor has in its environment: there nobody is let in without a seat."""


def granted(store: Store) -> tuple[StoreCoachDoors, Looked] | None:
    """Whose board this is: of the seat our server granted, or in JupyterLab of whoever has this computer's store.

    None where a page was opened without a seat: by its address alone, or a second time.

    Raises:
        SchemaTooOld: this computer has no store yet, or one of an earlier version.
    """
    asked = {key: values[0] for key, values in parse_qs(os.environ.get("QUERY_STRING", "")).items()}
    if not asked.get("grant"):
        if any(name in os.environ for name in SERVED):
            return None
        store.check_schema()
        return StoreCoachDoors(store, None, ""), Looked()
    try:
        seat = store.redeem(asked["grant"], "grant")
    except SeatError:
        return None
    if seat.role != "coach":
        return None
    return StoreCoachDoors(store, seat), _asked_for(store, seat.meeting_id, asked.get("team", ""))


def _asked_for(store: Store, meeting_id: int, team: str) -> Looked:
    """What the page opens with: the session of its link where the meeting has one team, or the address names one."""
    sessions = store.sessions(meeting_id)
    named = [one for one in sessions if team and store.team(one.team_id).slug == team]
    found = named or sessions
    return Looked("reading", found[0].id) if len(found) == 1 else Looked()


class CoachPage:
    """One coach's board in one page: looks at the store while the page gives a sign, and hands on what it sends."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._board = Board(self._take)
        self._lock = threading.RLock()
        self._desk: CoachDesk | None = None
        self._looking = Looking(self._look, store.changed, self._lock)

    def open(self) -> None:
        """Find whose page this is and show the board, or where the right door is."""
        display(ipywidgets.VBox((self._board,)))  # type: ignore[no-untyped-call]
        with self._lock:
            found = granted(self._store)
            if found is None:
                self._board.draw(door(os.environ.get("MIRA_PAGES", ""), role="coach"))
                return
            doors, where = found
            self._desk = CoachDesk(doors, where)
            self._board.draw(self._desk.refresh())
        self._looking.heard()

    def _take(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._lock:
            if self._desk is None:
                return []
            replies = self._desk.take(message)
            if replies:
                self._board.draw(self._desk.view)
        self._looking.heard()
        return replies

    def _look(self, written: bool) -> None:  # noqa: FBT001 - as `Looking` calls it
        if self._desk is not None:
            self._board.draw(self._desk.refresh(written=written))


def open_board() -> None:
    """Show the board of the coach at this page."""
    try:
        CoachPage(open_store()).open()
    except MiraError as error:
        board = Board(lambda _message: [])
        board.draw(door(os.environ.get("MIRA_PAGES", ""), str(error), role="coach"))
        display(ipywidgets.VBox((board,)))  # type: ignore[no-untyped-call]
