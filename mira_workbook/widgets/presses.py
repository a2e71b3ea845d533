"""What each button of a member's page does at the desk. Every judge is one of a member's: none of these leads."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError
from mira_workbook.rules import moves
from mira_workbook.rules.moves import Judge
from mira_workbook.widgets.doors import Doors
from mira_workbook.widgets.room import Choices, Room
from mira_workbook.widgets.saving import Saver, writers

LONGEST_KNOCK = 10


class AtDesk(Protocol):
    """What a button needs of the desk it stands on."""

    doors: Doors
    choices: Choices
    saver: Saver

    def room(self) -> Room:
        """Look at the session now."""
        ...


def _step(desk: AtDesk) -> Step:
    step = desk.room().my_step()
    if step is None:
        raise MiraError(say("not_open_yet"))
    return step


def _go(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.go_on(desk.doors.member))


def _wait(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.wait(desk.doors.member))


def _undo(desk: AtDesk, _rest: str, _value: Any) -> None:
    if desk.doors.act(moves.undo(desk.doors.member)):
        desk.choices.note = say("went_back")


def _change(desk: AtDesk, _rest: str, _value: Any) -> None:
    """Take one's answer back into the fields: it counts again once it is sent."""
    room, step = desk.room(), _step(desk)
    round_ = room.round_of(step)
    mine = room.mine(step, round_)
    if mine and not room.revealed(step):
        desk.saver.take_back(room, step, mine)
        # After it, since taking back lets the drafts of a step go.
        for name, value in mine.items():
            desk.doors.draft((step.key, round_, name), value, author=writers(room, step, step.field(name)))


def _again(desk: AtDesk, _rest: str, _value: Any) -> None:
    """Round 2: change the first answer rather than keep it."""
    room, step = desk.room(), _step(desk)
    desk.choices.changing.add((step.key, room.round_of(step)))


def _keep(desk: AtDesk, _rest: str, _value: Any) -> None:
    """Round 2: the first answer stands."""
    room, step = desk.room(), _step(desk)
    first = room.mine(step, 1)
    if room.round_of(step) > 1 and first:
        desk.saver.save(room, step, first, secrets.token_hex(12), team=False)


def _late(desk: AtDesk, _rest: str, _value: Any) -> None:
    room, step = desk.room(), _step(desk)
    desk.choices.sending_late.add((step.key, room.round_of(step)))


def _reopen(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.call_done(desk.doors.member, _step(desk).key, undone=True))


def _pen(desk: AtDesk, what: str, _value: Any) -> None:
    me, step = desk.doors.member, _step(desk).key
    held = desk.room().stage.pens.get((step, ""))
    judges: dict[str, Callable[[], Judge]] = {
        "take": lambda: moves.take_pen(me, step, ""),
        "give": lambda: moves.pass_pen(me, step, "", held.asked_by if held else ""),
        "keep": lambda: moves.keep_pen(me, step, ""),
        "pass": lambda: moves.pass_pen(me, step, "", ""),
    }
    if what in judges:
        desk.doors.act(judges[what]())


def _row(desk: AtDesk, rest: str, value: Any) -> None:
    what, _, row = rest.partition(":")
    row = row or str(value or "")
    judge = moves.take_row if what == "take" else moves.leave_row
    desk.doors.act(judge(desk.doors.member, _step(desk).key, row))


def _menu(desk: AtDesk, what: str, _value: Any) -> None:
    if what in {"link", "answers"}:
        desk.choices.link = desk.doors.own_link() if what == "link" else desk.doors.answers_page()
    if what == "help":
        desk.doors.beat("help")
        desk.choices.note = say("help_noted")
    desk.choices.screen = what if what in {"today", "answers", "link", "missing"} else ""  # type: ignore[assignment]


def _excuse(desk: AtDesk, member: str, _value: Any) -> None:
    desk.doors.act(moves.excuse(member))
    desk.choices.screen = ""


def _back(desk: AtDesk, member: str, _value: Any) -> None:
    desk.doors.act(moves.excuse(member, back=True))
    desk.choices.screen = ""


def _guess(desk: AtDesk, _rest: str, value: Any) -> None:
    desk.doors.guess_ok(ok=value is True)


def _admit(desk: AtDesk, knock: str, _value: Any) -> None:
    if knock.isascii() and knock.isdigit() and len(knock) < LONGEST_KNOCK:
        desk.doors.admit(int(knock))


PRESSES: Mapping[str, Callable[[AtDesk, str, Any], None]] = {
    "go": _go,
    "wait": _wait,
    "undo": _undo,
    "change": _change,
    "again": _again,
    "keep": _keep,
    "late": _late,
    "reopen": _reopen,
    "pen": _pen,
    "row": _row,
    "menu": _menu,
    "excuse": _excuse,
    "back": _back,
    "guess": _guess,
    "admit": _admit,
}
