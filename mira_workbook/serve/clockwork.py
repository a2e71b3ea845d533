"""What the server does by itself, with all pages closed: ends countdowns, seals what can be sealed, notes who went.

Several servers on one database may do it at once: judges and seals change nothing the second time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mira_workbook.errors import MiraError, StoreBusy
from mira_workbook.records import Seat, Snapshot
from mira_workbook.rules.moves import is_due, tick
from mira_workbook.rules.sealing import seals_at, to_seal
from mira_workbook.rules.stage import UNDO_WINDOW, Stage, fold
from mira_workbook.serve.retention import Retention
from mira_workbook.store import Store

log = logging.getLogger(__name__)
TURN_S = 1.0
"""Seconds between two looks."""
PATIENCE = 3.0
"""Seconds a look waits for other writers; what it could not do, the next one does."""
AGAIN = timedelta(seconds=TURN_S)
AHEAD = timedelta(seconds=5)
"""More than the clocks of several servers may differ."""
_JUST_AFTER = timedelta(milliseconds=1)

Revisions = tuple[int, int]
Person = tuple[int, int]
"""Session and member."""


@dataclass(slots=True)
class Gone:
    """People whose pages came or went, noted in the store together at the next turn."""

    _states: dict[Person, str] = field(default_factory=dict)

    def note(self, seat: Seat | None, state: str) -> None:
        """Note that a member's page is there (`idle`) or not (`lost`); seats of others are nobody's presence."""
        if seat is not None and seat.member_id is not None:
            self._states[seat.session_id, seat.member_id] = state

    def take(self) -> Mapping[Person, str]:
        """What was noted since the last time."""
        taken, self._states = self._states, {}
        return taken


@dataclass(frozen=True, slots=True)
class Watched:
    """A session as it was when last looked at.

    Attributes:
        revisions: its two revisions then.
        wakes: when something comes due by itself, None if nothing does.
        counts: whether an answer can set something off, so that a move of `rev` alone matters.
    """

    revisions: Revisions
    wakes: datetime | None
    counts: bool

    def has_moved(self, now: Revisions) -> bool:
        """Whether it has to be read again."""
        return now != self.revisions if self.counts else now[1] != self.revisions[1]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that are open on this server, as the clock needs them.

    Attributes:
        seats: numbers of the seats they were opened from.
        close: ends those of these seats; called on the loop.
    """

    seats: Callable[[], Collection[int]] = tuple
    close: Callable[[Collection[int]], Awaitable[None]] | None = None


@dataclass(slots=True)
class Clockwork:
    """Looks at open meetings from time to time.

    Nothing is read while nothing was written and nothing is due: on SQLite a look is then one question to the file, on
    PostgreSQL one indexed query.

    Attributes:
        store: of its own, since only one reader may ask whether anything changed.
        gone: who came and went since the last turn.
        pages: those that are open here; a page whose seat was taken away, by whomever and wherever, is closed.
        turn_s: seconds between two looks.
        retention: forgets what is due to be forgotten; None keeps everything.
        forgotten: told when sessions are gone, so that nothing drawn from them is kept in memory.
    """

    store: Store
    gone: Gone = field(default_factory=Gone)
    pages: Pages = field(default_factory=Pages)
    turn_s: float = TURN_S
    retention: Retention | None = None
    forgotten: Callable[[], None] = lambda: None
    _held: int = 0
    _watched: dict[int, Watched] = field(default_factory=dict)
    _unread: bool = True
    _silent: bool = False
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "mira-clock"))
    _task: "asyncio.Task[None] | None" = None
    _ended: tuple[int, ...] = ()

    def start(self) -> None:
        """Begin to look, on the running loop."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Look no more; a look that is under way ends first."""
        if self._task is not None:
            self._task.cancel()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self.store.close()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self.turn_s)
            with suppress(RuntimeError):  # stopped between two looks
                await loop.run_in_executor(self._thread, self.turn)
            if self._ended and self.pages.close is not None:
                await self.pages.close(self._ended)

    def turn(self) -> None:
        """Look once. What goes wrong is logged once and tried again, so that the clock never stands still."""
        try:
            self._note_gone()
            for session_id in self._to_look_at():
                self._look_at(session_id)
            if self.retention is not None:
                self.retention.turn()
            self._silent = False
        except Exception as error:  # noqa: BLE001 - whatever it was, the next turn tries again
            self._unread = True
            if not self._silent:
                log.warning("The clock could not look at the store, and tries on: %s", error)
            self._silent = True

    def _note_gone(self) -> None:
        states = self.gone.take()
        if states:
            try:
                self.store.beats(states)
            except MiraError as error:
                log.info("It was not noted who came and went: %s", error)

    def _to_look_at(self) -> list[int]:
        """The sessions that moved since they were looked at, or in which something is due."""
        now = self.store.clock()
        due = [session_id for session_id, one in self._watched.items() if one.wakes is not None and one.wakes <= now]
        # Asked first, every time: the answer is only good once.
        if not (self.store.changed() or self._unread):
            self._ended = ()
            return due
        self._unread = True
        self._ended = self.store.ended(self.pages.seats())
        self._notice_forgotten()
        standing = self.store.standing()
        self._watched = {session_id: one for session_id, one in self._watched.items() if session_id in standing}
        moved = [
            session_id
            for session_id, revisions in standing.items()
            if session_id not in self._watched or self._watched[session_id].has_moved(revisions)
        ]
        self._unread = False
        return list(dict.fromkeys([*due, *moved]))

    def _notice_forgotten(self) -> None:
        """Say so where there are fewer sessions than before, whoever forgot them."""
        held = self.store.held()
        if held < self._held:
            self.forgotten()
        self._held = held

    def _look_at(self, session_id: int) -> None:
        """Carry out what is due in a session, and note when it has to be looked at again."""
        try:
            snapshot = self.store.snapshot(session_id)
            stage, now = fold(snapshot.acts, snapshot.workbook), self.store.clock()
            # Noted before anything is done: one session that cannot go on must not be tried for ever.
            self._watched[session_id] = watched(snapshot, stage, now)
            if runs_ahead(snapshot, now):
                return
            for step, round_ in to_seal(snapshot, stage, now):
                self.store.seal(session_id, step, round_)
            if is_due(snapshot, stage, now):
                self.store.act(None, tick(), session_id)
        except StoreBusy:
            self._again(session_id)
        except MiraError as error:
            log.warning("Session %d was left as it is: %s", session_id, error)
        except Exception:
            log.exception("Session %d was left as it is", session_id)

    def _again(self, session_id: int) -> None:
        """Look at it again at the next turn."""
        self._watched[session_id] = Watched((-1, -1), self.store.clock() + AGAIN, counts=True)


def runs_ahead(snapshot: Snapshot, now: datetime) -> bool:
    """Whether a session keeps a clock of its own, as a rehearsal does that does not wait for real minutes.

    By our clock its countdowns would be over at once, or never.
    """
    return bool(snapshot.acts) and snapshot.acts[-1].at - now > AHEAD


def watched(snapshot: Snapshot, stage: Stage, now: datetime) -> Watched:
    """Say when a session has to be looked at again."""
    due = [stage.closing.due] if stage.closing else []
    shown = [at for place, at in stage.revealed.items() if place not in stage.sealed]
    due += [at + UNDO_WINDOW + _JUST_AFTER for at in (*shown, *([stage.ended_at] if stage.ended_at else []))]
    due += [at + _JUST_AFTER] if (at := seals_at(snapshot, stage)) else []
    revisions = (snapshot.session.rev, snapshot.session.stage_rev)
    counts = bool(stage.ready) or _waits_for_words(snapshot, stage)
    return Watched(revisions, min((at for at in due if at > now), default=None), counts=counts)


def _waits_for_words(snapshot: Snapshot, stage: Stage) -> bool:
    """Whether the last word of the end, once it comes in, shows them all."""
    step = snapshot.workbook.leaving
    return step is not None and stage.state == "ended" and (step.key, 1) not in stage.first_shown
