"""Where a session stands: the fold of its acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from mira_workbook.content.answers.base import Option
from mira_workbook.content.definition import Workbook
from mira_workbook.records import Act

UNDO_WINDOW = timedelta(seconds=60)
CLOSING = timedelta(seconds=10)
PEN_IDLE = timedelta(seconds=45)
PEN_ANSWER = timedelta(seconds=10)
MOVES = frozenset({"open", "reveal", "round", "skip", "end"})
Target = Literal["show", "again", "go", "end"]


@dataclass(frozen=True, slots=True)
class Closing:
    """Ten seconds before a move that half of the team or everyone asked for."""

    to: Target
    due: datetime


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes a team text, since when, and who asks for it."""

    holder: str
    since: datetime
    asked_by: str = ""
    asked_at: datetime | None = None


@dataclass(slots=True)
class Stage:
    """Where a session stands.

    Attributes:
        state: `lobby` before the first step, `open`, or `ended`.
        now_open: the steps open at this moment; more than one only in a warm-up stretch.
        opened: step to the moment it opened, in order.
        rounds: step to its round.
        revealed: (step, round) to the moment its answers were shown.
        hidden: (step, round) shown once and put away for now.
        sealed: (step, round) whose anonymous answers are cut off from their authors for good.
        skipped: step to why.
        done: (step, round) of team steps that the team called done.
        ready: members who want to go on.
        closing: the ten seconds before a move.
        pens: (step, page) to its pen; `rows`: (step, row id) to the member who took it.
        lists, own_lists: options pinned when steps opened; the second by member key.
        last_move: the acts of the latest move, for undo, and when it was.
    """

    state: Literal["lobby", "open", "ended"] = "lobby"
    now_open: tuple[str, ...] = ()
    opened: dict[str, datetime] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    revealed: dict[tuple[str, int], datetime] = field(default_factory=dict)
    hidden: set[tuple[str, int]] = field(default_factory=set)
    sealed: set[tuple[str, int]] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    done: set[tuple[str, int]] = field(default_factory=set)
    ready: set[str] = field(default_factory=set)
    closing: Closing | None = None
    pens: dict[tuple[str, str], Pen] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    lists: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    own_lists: dict[str, dict[str, tuple[Option, ...]]] = field(default_factory=dict)
    last_move: tuple[int, ...] = ()
    last_move_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def current(self) -> str:
        """The step opened last, "" in the lobby."""
        return self.now_open[-1] if self.now_open else ""

    def round_of(self, step: str) -> int:
        """The round a step is in."""
        return self.rounds.get(step, 1)

    def is_shown(self, step: str, round_: int) -> bool:
        """Whether the answers of a step's round are on show now."""
        return (step, round_) in self.revealed and (step, round_) not in self.hidden

    def can_undo(self, now: datetime) -> bool:
        """Whether the latest move can still be taken back."""
        return self.last_move_at is not None and now - self.last_move_at <= UNDO_WINDOW

    def options(self, name: str, member: str = "") -> tuple[Option, ...]:
        """A pinned list; the member's own where the list is personal, empty if it was never pinned."""
        if name in self.own_lists:
            return self.own_lists[name].get(member, ())
        return self.lists.get(name, ())


def in_force(acts: Iterable[Act]) -> list[Act]:
    """Leave out what was undone; an undo that was itself undone does not count.

    An undo in force stays in the list: it also ends the countdown and the taps that led to the move.
    """
    cancelled: set[int] = set()
    kept = []
    for act in sorted(acts, key=lambda a: a.seq, reverse=True):
        if act.seq in cancelled:
            continue
        if act.kind == "undo":
            cancelled.update({act.undoes or 0, *act.payload.get("also", ())})
        kept.append(act)
    return kept[::-1]


def fold(acts: Iterable[Act], workbook: Workbook) -> Stage:
    """Give the stage after these acts. Steps that the pinned definition does not have draw nothing."""
    known = {step.key for step in workbook.steps}
    stage = Stage()
    for act in in_force(acts):
        if not act.step or act.step in known:
            _APPLY.get(act.kind, _nothing)(stage, act)
        if act.kind in MOVES:
            _note_move(stage, act)
    return stage


def options_of(rows: Iterable[Iterable[str]]) -> tuple[Option, ...]:
    """Read options as acts hold them: `[id, label]` or `[id, label, help]`."""
    return tuple(Option(*row) for row in rows)


def _note_move(stage: Stage, act: Act) -> None:
    stage.ready, stage.closing = set(), None
    same = stage.last_move_at == act.at
    stage.last_move = (*stage.last_move, act.seq) if same else (act.seq,)
    stage.last_move_at = act.at


def _pin(stage: Stage, payload: Mapping[str, Any]) -> None:
    for name, rows in payload.get("lists", {}).items():
        stage.lists[name] = options_of(rows)
    for name, by_member in payload.get("own_lists", {}).items():
        stage.own_lists[name] = {member: options_of(rows) for member, rows in by_member.items()}


def _open(stage: Stage, act: Act) -> None:
    stage.state = "open"
    stage.now_open = (act.step, *act.payload.get("with", ()))
    for step in stage.now_open:
        stage.opened.setdefault(step, act.at)
    _pin(stage, act.payload)


def _round(stage: Stage, act: Act) -> None:
    stage.rounds[act.step] = act.round
    stage.now_open = (act.step,)
    _pin(stage, act.payload)


def _reveal(stage: Stage, act: Act) -> None:
    stage.revealed.setdefault((act.step, act.round), act.at)
    stage.hidden.discard((act.step, act.round))
    _pin(stage, act.payload)


def _hide(stage: Stage, act: Act) -> None:
    if (act.step, act.round) in stage.revealed:
        stage.hidden.add((act.step, act.round))


def _seal(stage: Stage, act: Act) -> None:
    """What is sealed stays shown: nobody could take an answer back into the fields again."""
    stage.sealed.add((act.step, act.round))
    if stage.last_move_at == stage.revealed.get((act.step, act.round)):
        stage.last_move, stage.last_move_at = (), None


def _skip(stage: Stage, act: Act) -> None:
    stage.skipped[act.step] = act.reason


def _end(stage: Stage, act: Act) -> None:
    stage.state, stage.now_open, stage.ended_at = "ended", (), act.at


def _done(stage: Stage, act: Act) -> None:
    if act.payload.get("undone"):
        stage.done.discard((act.step, act.round))
    else:
        stage.done.add((act.step, act.round))


def _ready(stage: Stage, act: Act) -> None:
    stage.ready.add(str(act.payload["member"]))


def _close(stage: Stage, act: Act) -> None:
    stage.closing = Closing(act.payload["to"], act.at + CLOSING)


def _wait(stage: Stage, _act: Act) -> None:
    stage.closing = None
    stage.ready = set()


def _pen(stage: Stage, act: Act) -> None:
    stage.pens[act.step, act.payload.get("page", "")] = Pen(str(act.payload["member"]), act.at)


def _pen_ask(stage: Stage, act: Act) -> None:
    page = act.payload.get("page", "")
    held = stage.pens.get((act.step, page))
    if held:
        stage.pens[act.step, page] = Pen(held.holder, held.since, str(act.payload["member"]), act.at)


def _pen_keep(stage: Stage, act: Act) -> None:
    page = act.payload.get("page", "")
    held = stage.pens.get((act.step, page))
    if held:
        stage.pens[act.step, page] = Pen(held.holder, act.at)


def _take(stage: Stage, act: Act) -> None:
    stage.rows[act.step, str(act.payload["row"])] = str(act.payload["member"])


def _leave(stage: Stage, act: Act) -> None:
    stage.rows.pop((act.step, str(act.payload["row"])), None)


def _nothing(_stage: Stage, _act: Act) -> None:
    """Acts that do not move the stage (excuse, merge, …)."""


_APPLY = {
    "open": _open,
    "round": _round,
    "reveal": _reveal,
    "hide": _hide,
    "seal": _seal,
    "skip": _skip,
    "end": _end,
    "done": _done,
    "ready": _ready,
    "close": _close,
    "wait": _wait,
    "undo": _wait,
    "pen": _pen,
    "pen_ask": _pen_ask,
    "pen_keep": _pen_keep,
    "take": _take,
    "leave": _leave,
}
