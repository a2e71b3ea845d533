"""The desk of one who leads or looks on: reads what moved, makes the page, and takes what it sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from mira_workbook.boards import dialogs
from mira_workbook.boards.door import door
from mira_workbook.boards.doors import BoardDoors, Handed, Waiting
from mira_workbook.boards.grid import FILTERS, grid
from mira_workbook.boards.lobby import lobby
from mira_workbook.boards.page import Page
from mira_workbook.boards.people import Here
from mira_workbook.boards.present import present
from mira_workbook.boards.presses import ALL, ONCE, Press, as_seen, judge_of, read, stands
from mira_workbook.boards.remote import remote
from mira_workbook.boards.replies import Replies, Reply
from mira_workbook.boards.run import run
from mira_workbook.boards.table import table
from mira_workbook.boards.wall import wall
from mira_workbook.boards.watched import Watched, Where
from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.records import Presence, Session, Snapshot
from mira_workbook.rules import led
from mira_workbook.rules.context import local
from mira_workbook.rules.entries import veiled
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.text import say_time
from mira_workbook.widgets.controls import Doc

NAMES = timedelta(seconds=10)
"""How long names are on the screen."""
MOST_DIGITS = 9
DOORS = timedelta(seconds=10)
"""After this the doors are looked at again though no revision moved: a knock is forgotten after a while."""
"""Presses that are remembered, so that one sent twice acts once."""
PRESENCE = timedelta(seconds=2)
"""How often it is asked who is there."""
VIEWS: Mapping[str, Callable[[Page], Doc]] = {
    "run": lambda page: lobby(page) if page.team.has_not_begun else run(page),
    "remote": remote,
    "present": present,
    "table": table,
}
"""Views of one who leads; the grid is for several teams, the wall for who looks on."""


@dataclass(slots=True)
class Standing:
    """A session as it was read last, at a revision."""

    session: Session
    snapshot: Snapshot
    stage: Stage


@dataclass(slots=True)
class BoardDesk:
    """One board in one page.

    Attributes:
        doors: the world.
        where: what this page looks at.
        view: the page as it was made last.
        dialog: the dialog that somebody asked for, "" for none.
        handed: the link that it shows, if it shows one.
    """

    doors: BoardDoors
    where: Where = field(default_factory=Where)
    view: Doc = field(default_factory=dict)
    dialog: str = ""
    handed: Handed = field(default_factory=Handed)
    _standing: dict[int, Standing] = field(default_factory=dict)
    _stirred: dict[int, dict[int, datetime]] = field(default_factory=dict)
    _waiting: Sequence[Waiting] = ()
    _doors_at: datetime | None = None
    _present: dict[int, dict[int, Presence]] = field(default_factory=dict)
    _present_at: datetime | None = None
    _notes: dict[int, str] = field(default_factory=dict)
    _replies: Replies = field(default_factory=Replies)
    _lock: Any = field(default_factory=RLock)

    # ------------------------------------------------------------------------------------------------------- looking

    def refresh(self, *, written: bool = True) -> Doc:
        """Make the page anew; only sessions whose revision moved are read, and none where nobody has written."""
        with self._lock:
            if written:
                self._notes.clear()
            teams = self._teams(written=written)
            if self.doors.leads and self._carry_out(teams):
                teams = self._teams()
            made = self._view(teams) if teams else door(self.doors.links().pages)
            if _without_ticks(made) != _without_ticks(self.view):
                self.view = made
            return self.view

    def _teams(self, *, written: bool = True) -> list[Watched]:
        """All teams now."""
        now = self.doors.now()
        sessions = (
            self.doors.sessions() if written or not self._standing else [s.session for s in self._standing.values()]
        )
        moved = [s for s in sessions if s.id not in self._standing or self._standing[s.id].session != s]
        for session in moved:
            snapshot = self.doors.snapshot(session)
            stage = veiled(snapshot, fold(snapshot.acts, snapshot.workbook))
            self._standing[session.id] = Standing(session, snapshot, stage)
        if self.doors.leads and (moved or self._doors_at is None or now - self._doors_at > DOORS):
            self._waiting, self._doors_at = self.doors.waiting(), now
        if self._present_at is None or now - self._present_at >= PRESENCE:
            self._present, self._present_at = self._presences(now), now
        present = self._present
        return [
            self._watched(session, Here(now, present.get(session.id, {}), self._stirred[session.id]))
            for session in sessions
        ]

    def _presences(self, now: datetime) -> dict[int, dict[int, Presence]]:
        found: dict[int, dict[int, Presence]] = {key: {} for key in self._standing}
        for one in self.doors.presences():
            found.setdefault(one.session_id, {})[one.member_id] = one
            if one.state == "typing":
                self._stirred.setdefault(one.session_id, {})[one.member_id] = one.seen_at or now
        for key in found:
            self._stirred.setdefault(key, {})
        return found

    def _watched(self, session: Session, here: Here) -> Watched:
        known = self._standing[session.id]
        snapshot = known.snapshot
        return Watched(
            snapshot,
            known.stage,
            here,
            [one for one in self._waiting if one.session_id == session.id],
            lambda step, size: self.doors.pictures(snapshot, step, size),
            lambda step: self.doors.numbers(snapshot, step),
        )

    def _carry_out(self, teams: Sequence[Watched]) -> bool:
        """Carry out countdowns that are over; the server does it too, and whoever comes second changes nothing."""
        due = [t for t in teams if t.stage.closing and led.is_due(t.snapshot, t.stage, t.now)]
        return bool(sum(len(self.doors.act(led.tick(), team.session.id)) for team in due))

    def _view(self, teams: Sequence[Watched]) -> Doc:
        team = self._own(teams)
        page = Page(team or teams[0], teams, self.where, self.doors.links())
        if not self.doors.leads:
            return wall(page)
        made = self._led(page, team)
        if self.dialog in dialogs.ASKED and self.where.view != "present":
            made["dialog"] = dialogs.ASKED[self.dialog](page.team, self.handed)
        return made

    def _led(self, page: Page, team: Watched | None) -> Doc:
        """The page of who leads."""
        name, several = self.where.view, len(page.teams) > 1
        if name not in {"remote", "present"} and team is None and several:
            return grid(page.teams, self.where, page.links)
        if name not in {"remote", "present", "table"}:
            page = replace(page, noted=self._noted(page.team.session.id))
        return VIEWS.get(name, VIEWS["run"])(page)

    def _noted(self, session_id: int) -> str:
        """The notes of those who lead, read anew only where somebody has written."""
        if session_id not in self._notes:
            self._notes = {session_id: self.doors.noted(session_id)}
        return self._notes[session_id]

    def _own(self, teams: Sequence[Watched]) -> Watched | None:
        """The team this board looks at: the one chosen, or the only one."""
        found = next((team for team in teams if team.slug == self.where.team), None)
        return found or (teams[0] if len(teams) == 1 else None)

    # -------------------------------------------------------------------------------------------------------- taking

    def take(self, message: Mapping[str, Any]) -> list[Reply]:
        """Take one message `{press, value, save_key}` of the page and give the answers to it.

        Raises:
            nothing: what goes wrong is an answer with a sentence.
        """
        if "press" not in message or not self.doors.leads:
            return []

        def press() -> Reply:
            self._press(str(message["press"])[:200], message.get("value"), str(message.get("key") or ""))
            noted = message["press"] == "note"
            return {"saved_at": say_time(local(self.doors.meeting(), self.doors.now()))} if noted else {}

        with self._lock:
            reply, is_done = self._replies.once(message, press)
            if is_done:
                self.refresh()
            return [reply]

    def _press(self, key: str, value: Any, screen: str) -> None:
        if key == "note":
            self._note(value)
            return
        press = read(key, value)
        if press.verb in ONCE and screen and screen != self.view.get("key"):
            raise MiraError(say("press_moved"))
        self.where = replace(self.where, note="")
        doing = _HERE.get(press.verb)
        if doing is not None:
            doing(self, press)
            return
        seen = {key: stands(one.stage) for key, one in self._standing.items()}
        teams = self._teams()
        team = self._meant(teams, press)
        judge = judge_of(press, team or teams[0])
        if judge is None:
            raise MiraError(say("press_unknown"))
        if press.verb in ONCE:
            judge = as_seen(judge, seen)
        self.dialog = ""
        if team is not None:
            self.doors.act(judge, team.session.id)
            return
        n = self.doors.act_everywhere(led.wherever(judge))
        if n < len(teams):
            self.where = replace(self.where, note=say("some_teams_moved", n=n, of=len(teams)))

    def _meant(self, teams: Sequence[Watched], press: Press) -> Watched | None:
        """The team a button means; None for all of them.

        Raises:
            MiraError: there is no such team, or none any more.
        """
        if not teams:
            raise MiraError(say("press_unknown"))
        if press.to == ALL:
            return None if len(teams) > 1 else teams[0]
        if not press.to:
            return self._own(teams)
        found = next((team for team in teams if team.slug == press.to), None)
        if found is None:
            raise MiraError(say("press_unknown"))
        return found

    def _note(self, value: Any) -> None:
        team = self._own(self._teams())
        if team is not None:
            self.doors.note(team.session.id, str(value or "")[:4000])


def _without_ticks(view: Doc) -> Doc:
    """A page without what moves by itself: the page counts on from the moment it was given."""
    kept = {**view, "now": ""}
    centre, rows = view.get("centre"), view.get("grid")
    if centre and centre.get("clock"):
        kept["centre"] = {**centre, "clock": {**centre["clock"], "text": ""}}
    if rows:
        kept["grid"] = {**rows, "rows": [{**row, "time": "" if row["until"] else row["time"]} for row in rows["rows"]]}
    return kept


# ------------------------------------------------------------------------------------ presses that stay on this page


def _look(desk: BoardDesk, press: Press) -> None:
    view = "run" if desk.where.view in {"grid", "table"} else desk.where.view
    desk.where, desk.dialog = replace(desk.where, team=press.arg, view=view, names_until=None), ""


def _open_view(desk: BoardDesk, press: Press) -> None:
    desk.where, desk.dialog = replace(desk.where, view=press.verb, names_until=None), ""


def _filter(desk: BoardDesk, press: Press) -> None:
    if press.arg in FILTERS:
        desk.where = replace(desk.where, filter=press.arg)


def _names(desk: BoardDesk, press: Press) -> None:
    named = f"{press.to}/{press.arg}" if press.verb == "name" else ""
    desk.where = replace(desk.where, names_until=desk.doors.now() + NAMES, named=named)


def _ask(desk: BoardDesk, press: Press) -> None:
    desk.dialog = press.arg if press.arg in dialogs.ASKED else ""
    if desk.dialog in dialogs.WITH_LINK:
        desk.handed = desk.doors.hand()


def _close(desk: BoardDesk, _press: Press) -> None:
    desk.dialog = ""


def _admit(desk: BoardDesk, press: Press) -> None:
    found = next((one for one in desk.doors.waiting() if str(one.id) == press.arg), None)
    if found is None:
        raise MiraError(say("nobody_waits"))
    desk.doors.admit(found)


def _helped(desk: BoardDesk, press: Press) -> None:
    teams = desk._teams()  # noqa: SLF001 - it is our own
    team = desk._meant(teams, press)  # noqa: SLF001
    found = [team] if team else teams
    for member_of, member in [(team, m) for team in found for m in team.needing_help()]:
        if press.arg in {"", member.key}:
            desk.doors.helped(member_of.session.id, member.id)
    desk._present_at = None  # noqa: SLF001


def _newer(desk: BoardDesk, press: Press) -> None:
    """Go on with the newer words of what a session builds on."""
    key, _, version = press.arg.rpartition(":")
    team = desk._meant(desk._teams(), press)  # noqa: SLF001 - one room
    if team is not None and version.isascii() and version.isdigit():
        desk.doors.look_again(key, int(version[:MOST_DIGITS]), team.session.id)


_HERE: Mapping[str, Callable[[BoardDesk, Press], None]] = {
    "look": _look,
    "run": _open_view,
    "grid": _open_view,
    "remote": _open_view,
    "table": _open_view,
    "filter": _filter,
    "names": _names,
    "name": _names,
    "ask": _ask,
    "close": _close,
    "admit": _admit,
    "helped": _helped,
    "newer": _newer,
}
"""Presses that move no stage."""
