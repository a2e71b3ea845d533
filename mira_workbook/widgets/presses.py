"""What each button of a member's page does at the desk. Every judge is one of a member's: none of these leads."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from mira_workbook.catalogue import say
from mira_workbook.content.checking import check_step
from mira_workbook.content.definition import Step
from mira_workbook.errors import MiraError
from mira_workbook.rules import moves
from mira_workbook.rules.moving import Judge
from mira_workbook.rules.pens import keep_pen, leave_row, pass_pen, take_pen, take_row
from mira_workbook.rules.progress import own_fields
from mira_workbook.widgets.choices import Choices
from mira_workbook.widgets.doors import Doors
from mira_workbook.widgets.going import pens
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.saving import Saver, writers
from mira_workbook.widgets.voices import my_pick

LONGEST_KNOCK = 10


class AtDesk(Protocol):
    """What a button needs of the desk it stands on."""

    doors: Doors
    choices: Choices
    saver: Saver

    def room(self) -> Room:
        """Look at the session now."""
        ...

    def write_for(self, member: str) -> None:
        """Begin to write for somebody without a device; "" goes back to one's own page."""
        ...


def _step(desk: AtDesk) -> Step:
    room = desk.room()
    step = room.my_step() or room.leaving
    if step is None:
        raise MiraError(say("not_open_yet"))
    return step


def _go(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.go_on(desk.doors.member))


def _aside(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.go_on(desk.doors.member, aside=True))


def _wait(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.wait(desk.doors.member))


def _undo(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.undo(desk.doors.member))


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


def _late(desk: AtDesk, key: str, _value: Any) -> None:
    """Send what was typed for a step that has gone on; where something is missing the step comes back onto the page."""
    room = desk.room()
    step = next((s for s in room.snapshot.workbook.steps if s.key == key), None) or _step(desk)
    if not room.can_still_send(step):
        return
    desk.choices.bring_back(step.key, room.round_of(step))
    drafts = {f.key: room.drafts.get((step.key, room.round_of(step), f.key)) for f in own_fields(step)}
    if any(value is not None for value in drafts.values()):
        _send_drafts(desk, step, {k: v for k, v in drafts.items() if v is not None})


def _send_drafts(desk: AtDesk, step: Step, values: Mapping[str, Any]) -> None:
    room = desk.room()
    answers, problems = check_step(step, values, room.context, list(own_fields(step)))
    kept = {key: answers[key] for key in values if answers.get(key) is not None}
    if problems or not kept:
        return
    saved = desk.saver.save(room, step, kept, secrets.token_hex(12), team=False)
    desk.choices.sending_late.discard((step.key, room.round_of(step)))
    desk.choices.visit = ""
    desk.choices.note = say("late_in" if saved.late else "answer_in")


def _after_all(desk: AtDesk, _rest: str, _value: Any) -> None:
    """Answer a step that was left out."""
    room, step = desk.room(), _step(desk)
    desk.choices.answering.add((step.key, room.round_of(step)))


def _add(desk: AtDesk, key: str, _value: Any) -> None:
    """Fill after the end what stays open for days; as long as the whole step is taken, that."""
    room = desk.room()
    step = next((s for s in room.snapshot.workbook.steps if s.key == key), None)
    if step is None or not room.to_add(step):
        return
    if room.takes_the_rest(step):
        desk.choices.bring_back(step.key, room.round_of(step))
    else:
        desk.choices.adding, desk.choices.screen = step.key, ""


def _visit(desk: AtDesk, key: str, _value: Any) -> None:
    """Go to one of the steps that are open before the day."""
    desk.choices.visit = key if key in desk.room().stage.now_open else ""


def _nudge(desk: AtDesk, what: str, _value: Any) -> None:
    """Answer the one who asks whether a hand is needed."""
    if what not in {"thinking", "help", "pass"}:
        return
    step = _step(desk)
    desk.doors.act(moves.answer_nudge(desk.doors.member, what))  # type: ignore[arg-type]
    if what == "pass" and _step(desk) != step:
        # The page goes on to the next step of a warm-up, where nothing else would say so.
        desk.choices.note = say("passed")
    if what == "help":
        desk.doors.beat("help")
        desk.choices.note = say("help_noted")


def _speak(desk: AtDesk, what: str, _value: Any) -> None:
    """Say whether one would speak for what one put first."""
    option = my_pick(desk.room(), _step(desk))
    if option:
        desk.doors.act(moves.speak(desk.doors.member, option, yes=what == "yes"))


def _ask(desk: AtDesk, what: str, _value: Any) -> None:
    desk.doors.act(moves.ask(desk.doors.member, on=what == "on"))


def _voice(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.next_voice(desk.doors.member))


def _scribe(desk: AtDesk, rest: str, _value: Any) -> None:
    """Begin to write for somebody without a device, or go back to one's own page."""
    what, _, key = rest.partition(":")
    if what == "for":
        desk.write_for(key)
    elif what == "back":
        desk.write_for("")


def _reopen(desk: AtDesk, _rest: str, _value: Any) -> None:
    desk.doors.act(moves.call_done(desk.doors.member, _step(desk).key, undone=True))


def _pen(desk: AtDesk, what: str, _value: Any) -> None:
    """Take, ask for, give or keep the pen of one page, or where no page is named those of all."""
    room, step = desk.room(), _step(desk)
    what, _, n = what.partition(":")
    pages = list(pens(room, step))
    one = n.isascii() and n.isdigit() and 0 < int(n) <= len(pages)
    for page in [pages[int(n) - 1]] if one else pages:
        _pen_of(desk, what, step, page)


def _pen_of(desk: AtDesk, what: str, step: Step, page: str) -> None:
    me, key = desk.doors.member, step.key
    held = desk.room().stage.pens.get((key, page))
    judges: dict[str, Callable[[], Judge]] = {
        "take": lambda: take_pen(me, key, page),
        "give": lambda: pass_pen(me, key, page, held.asked_by if held else ""),
        "keep": lambda: keep_pen(me, key, page),
        "pass": lambda: pass_pen(me, key, page, ""),
    }
    if what in judges:
        desk.doors.act(judges[what]())


def _row(desk: AtDesk, rest: str, value: Any) -> None:
    what, _, row = rest.partition(":")
    row = row or str(value or "")
    judge = take_row if what == "take" else leave_row
    desk.doors.act(judge(desk.doors.member, _step(desk).key, row))


_SCREENS = {"today", "answers", "link", "missing", "scribe", "changed", "needs"}


def _menu(desk: AtDesk, what: str, _value: Any) -> None:
    if what in {"link", "answers"}:
        desk.choices.link = desk.doors.own_link() if what == "link" else desk.doors.answers_page()
    if what == "help":
        desk.doors.beat("help")
        desk.choices.note = say("help_noted")
    desk.choices.screen = what if what in _SCREENS else ""  # type: ignore[assignment]
    if what == "back":
        desk.choices.visit, desk.choices.adding, desk.choices.welcomed = "", "", True


def _excuse(desk: AtDesk, member: str, _value: Any) -> None:
    desk.doors.act(moves.excuse(member))
    desk.choices.screen = ""


def _back(desk: AtDesk, member: str, _value: Any) -> None:
    desk.doors.act(moves.excuse(member, back=True))
    desk.choices.screen = ""


def _guess(desk: AtDesk, _rest: str, value: Any) -> None:
    desk.doors.guess_ok(ok=value is True)


def _admit(desk: AtDesk, knock: str, _value: Any) -> None:
    if not desk.room().led and knock.isascii() and knock.isdigit() and len(knock) < LONGEST_KNOCK:
        desk.doors.admit(int(knock))


def _newer(desk: AtDesk, what: str, _value: Any) -> None:
    """Go on with the newer words of what the session builds on."""
    key, _, version = what.rpartition(":")
    if version.isascii() and version.isdigit() and len(version) < LONGEST_KNOCK:
        desk.doors.look_again(key, int(version))
    desk.choices.screen = "changed" if desk.room().snapshot.newer else ""


def _leave(_desk: AtDesk, _where: str, _value: Any) -> None:
    """Follow a way from here: the desk gives the address."""


SCRIBES = frozenset({"change", "again", "keep", "late", "after_all", "scribe"})
"""What a scribe may do on somebody's page: answer for that person, never move the session."""
PRESSES: Mapping[str, Callable[[AtDesk, str, Any], None]] = {
    "go": _go,
    "aside": _aside,
    "wait": _wait,
    "undo": _undo,
    "change": _change,
    "again": _again,
    "keep": _keep,
    "late": _late,
    "reopen": _reopen,
    "pen": _pen,
    "row": _row,
    "after_all": _after_all,
    "add": _add,
    "visit": _visit,
    "nudge": _nudge,
    "speak": _speak,
    "ask": _ask,
    "voice": _voice,
    "scribe": _scribe,
    "menu": _menu,
    "excuse": _excuse,
    "back": _back,
    "guess": _guess,
    "admit": _admit,
    "newer": _newer,
    "source": _leave,
}
