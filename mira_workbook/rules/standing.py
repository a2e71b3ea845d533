"""The record of where a session stands; `stage` makes it out of the acts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from mira_workbook.content.answers.base import Option

UNDO_WINDOW = timedelta(seconds=60)
CLOSING = timedelta(seconds=10)
MOST_WAITS = 3
"""How many people may add ten seconds to one countdown of a led session."""
PEN_IDLE = timedelta(seconds=45)
PEN_ANSWER = timedelta(seconds=10)
MOVES = frozenset({"open", "reveal", "round", "skip", "end"})
FACILITATOR = "FACIL"
"""Who leads, as acts and pens name them: the facilitator is no member."""
Target = Literal["show", "again", "go", "end", "skip", "back", "aside", "words"]
Place = tuple[str, int]
"""A step and its round."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Ten seconds before a move that half of the team, everyone, or who leads asked for.

    Attributes:
        to: the move.
        due: when it is carried out.
        asked: members who asked for ten more seconds; led sessions only.
        led: who leads started it: a wait makes it longer and does not end it.
    """

    to: Target
    due: datetime
    asked: frozenset[str] = frozenset()
    led: bool = False


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes a team text, since when, and who asks for it."""

    holder: str
    since: datetime
    asked_by: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a moment on these steps were open.

    `fresh` where their time begins anew: opened, a new round, or opened again when their work was over.
    """

    since: datetime
    steps: tuple[str, ...]
    fresh: bool = True


@dataclass(slots=True)
class Stage:
    """Where a session stands.

    Attributes:
        state: `lobby` before the first step, `open`, or `ended`.
        now_open: the steps open at this moment; more than one only in a warm-up stretch.
        opened: step to the moment it opened first, in order.
        reopened: step to the moment it was last opened again.
        interrupted: the steps that were at work when an earlier one was opened again: there the session goes on.
        path: what was open since when, in order; the clock reads minutes from it.
        rounds: step to its round.
        revealed: (step, round) to the moment its answers were shown.
        first_shown: (step, round) to the moment its answers were first shown, even where that was taken back.
        overridden: (step, round) shown before enough were in, to the reason given.
        hidden: (step, round) shown once and put away for now.
        sealed: (step, round) whose anonymous answers are cut off from their authors for good.
        skipped: step to why.
        done: (step, round) of team steps that the team called done.
        ready: members who want to go on.
        closing: the ten seconds before a move.
        pens: (step, page) to its pen; `rows`: (step, row id) to the member who took it.
        lists, own_lists: options pinned when steps opened; the second by member key.
        last_move: the acts of the latest move, for undo, and when it was.
        paused_at: since when all pause; `pauses` holds the pauses that are over, from and to.
        extra: step to the minutes added to it (or taken from it) in this round.
        plan, ends: minutes of steps as planned anew, and the new end of the meeting, "HH:MM" in its time zone.
        called: the step everyone was called to, until the next move.
        nudged: member to when somebody asked whether they need a hand.
        passed: (step, round, member) who leave this one out: they no longer count, unless they answer after all.
        turn: the voice that speaks now, from 1; 0 for none. `turn_at`: since when.
        voices: (step, option) to the member who will speak for it; `declines`: (step, option, member) who will not.
        asking: members who want to ask, in order; emptied by the next turn.
        picture: step to the one picture that board and wall show, and whether as a table.
        covered: entries that are hidden without their author being known.
        pinned: entry to its line, in order: lines kept beside what the room looks at.
        private: (step, field or "") to how its answers are signed from now on.
        thresholds: anonymous step to the answers it needs, set before it opened.
        scribes: a member without a device to who enters for them, a member or `FACIL`.
    """

    state: Literal["lobby", "open", "ended"] = "lobby"
    now_open: tuple[str, ...] = ()
    opened: dict[str, datetime] = field(default_factory=dict)
    reopened: dict[str, datetime] = field(default_factory=dict)
    interrupted: tuple[str, ...] = ()
    path: list[Stretch] = field(default_factory=list)
    rounds: dict[str, int] = field(default_factory=dict)
    revealed: dict[Place, datetime] = field(default_factory=dict)
    first_shown: dict[Place, datetime] = field(default_factory=dict)
    overridden: dict[Place, str] = field(default_factory=dict)
    hidden: set[Place] = field(default_factory=set)
    sealed: set[Place] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    done: set[Place] = field(default_factory=set)
    ready: set[str] = field(default_factory=set)
    closing: Closing | None = None
    pens: dict[tuple[str, str], Pen] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    lists: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    own_lists: dict[str, dict[str, tuple[Option, ...]]] = field(default_factory=dict)
    last_move: tuple[int, ...] = ()
    last_move_at: datetime | None = None
    ended_at: datetime | None = None
    paused_at: datetime | None = None
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    extra: dict[str, float] = field(default_factory=dict)
    plan: dict[str, float] = field(default_factory=dict)
    ends: str = ""
    called: str = ""
    called_at: datetime | None = None
    nudged: dict[str, datetime] = field(default_factory=dict)
    passed: set[tuple[str, int, str]] = field(default_factory=set)
    turn: int = 0
    turn_at: datetime | None = None
    voices: dict[tuple[str, str], str] = field(default_factory=dict)
    declines: set[tuple[str, str, str]] = field(default_factory=set)
    asking: tuple[str, ...] = ()
    picture: dict[str, tuple[int, bool]] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)
    pinned: dict[str, str] = field(default_factory=dict)
    private: dict[tuple[str, str], str] = field(default_factory=dict)
    thresholds: dict[str, int] = field(default_factory=dict)
    scribes: dict[str, str] = field(default_factory=dict)

    @property
    def current(self) -> str:
        """The step opened last, "" in the lobby."""
        return self.now_open[-1] if self.now_open else ""

    @property
    def speakers(self) -> dict[str, str]:
        """Option of the open step to the member who said yes to speaking for it."""
        return {option: who for (step, option), who in self.voices.items() if step == self.current}

    @property
    def declined(self) -> set[tuple[str, str]]:
        """(option, member) of the open step: people who let somebody else speak for it."""
        return {(option, who) for step, option, who in self.declines if step == self.current}

    def round_of(self, step: str) -> int:
        """The round a step is in."""
        return self.rounds.get(step, 1)

    def is_shown(self, step: str, round_: int) -> bool:
        """Whether the answers of a step's round are on show now."""
        return (step, round_) in self.revealed and (step, round_) not in self.hidden

    def was_put_back(self, step: str, round_: int) -> bool:
        """Whether answers were on show once, and showing them was taken back."""
        return (step, round_) in self.first_shown and (step, round_) not in self.revealed

    def can_undo(self, now: datetime) -> bool:
        """Whether the latest move can still be taken back."""
        return self.last_move_at is not None and now - self.last_move_at <= UNDO_WINDOW

    def options(self, name: str, member: str = "") -> tuple[Option, ...]:
        """A pinned list; the member's own where the list is personal, or what latecomers get; empty if never pinned."""
        if name in self.own_lists:
            own = self.own_lists[name]
            return own.get(member, own.get("", ()))
        return self.lists.get(name, ())
