"""What each button does: its id leads to a judge, which the store asks inside its transaction.

An id is `verb`, `verb:argument`, and `@team` or `@all` after it where it does not mean the board's own team.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mira_workbook.boards.showing import entries
from mira_workbook.boards.watched import Watched
from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError, StepLocked
from mira_workbook.records import Snapshot
from mira_workbook.rules import led
from mira_workbook.rules.moves import Acts, Judge
from mira_workbook.rules.stage import Stage, fold

ALL = "all"
LONGEST = 240
"""Letters of a reason or a line that are kept."""


@dataclass(frozen=True, slots=True)
class Press:
    """One tap, read.

    Attributes:
        verb: what is to happen.
        arg: to what; may hold colons.
        to: a team's slug, `all`, or "" for the board's own team.
        value: what a dialog's fields hold.
    """

    verb: str
    arg: str = ""
    to: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)

    def given(self, name: str) -> str:
        """One field of the dialog as text."""
        return str(self.value.get(name) or "")[:LONGEST].strip()


def read(key: str, value: Any) -> Press:
    """Read a button's id and what came with it."""
    what, _, to = key.rpartition("@") if "@" in key else (key, "", "")
    verb, _, arg = what.partition(":")
    return Press(verb, arg[:LONGEST], to, value if isinstance(value, Mapping) else {})


Making = Callable[[Press, Watched], Judge]


def _whole(text: str, low: int, high: int) -> int:
    """A whole number of a button's id.

    Raises:
        MiraError: it is none, or none that a button has.
    """
    try:
        n = int(text)
    except ValueError:
        n = low - 1
    if not low <= n <= high:
        raise MiraError(say("press_unknown"))
    return n


def _extend(press: Press, _team: Watched) -> Judge:
    return led.extend(_whole(press.arg, -5, 5))


def _picture(press: Press, _team: Watched) -> Judge:
    n, _, table = press.arg.partition(":")
    return led.picture(_whole(n, 0, 99), table=table == "table")


def _turn(press: Press, _team: Watched) -> Judge:
    return led.turn(_whole(press.arg, 0, 99))


def _pin(press: Press, team: Watched) -> Judge:
    """Keep a line on the board's side: its words are read here, since a page may send any."""
    found = next((one for one in entries(team) if one["id"] == press.arg and not one["covered"]), None)
    if found is None:
        raise MiraError(say("press_unknown"))
    return led.pin(press.arg, found["text"])


def _private(press: Press, team: Watched) -> Judge:
    return led.private(team.stage.current, "", press.given("option"))  # type: ignore[arg-type]


def _threshold(press: Press, _team: Watched) -> Judge:
    return led.threshold(press.given("step"), _whole(press.given("n"), 3, 5))


def _person(press: Press) -> str:
    return press.arg or press.given("member")


OWN_PACE: Mapping[str, Making] = {
    "excuse": lambda press, _team: led.excuse(_person(press)),
    "back": lambda press, _team: led.excuse(_person(press), back=True),
    "nudge": lambda press, _team: led.nudge((press.arg,) if press.arg else ()),
}
"""What a facilitator may do for a team that goes at its own pace."""
LED: Mapping[str, Making] = {
    "show": lambda press, _team: led.show(press.given("reason")),
    "words": lambda _press, _team: led.words(),
    "hide": lambda _press, _team: led.hide(),
    "next": lambda _press, _team: led.next_step(),
    "again": lambda _press, _team: led.again(),
    "now": lambda _press, _team: led.now(),
    "halt": lambda _press, _team: led.halt(),
    "undo": lambda _press, _team: led.undo(),
    "redo": lambda _press, _team: led.redo(),
    "warm_up": lambda _press, _team: led.warm_up(),
    "skip": lambda press, _team: led.skip(press.arg),
    "reopen": lambda press, _team: led.reopen(press.arg or press.given("step")),
    "here": lambda press, _team: led.bring_here(press.arg),
    "end": lambda _press, _team: led.end(),
    "extend": _extend,
    "pause": lambda _press, _team: led.pause(),
    "resume": lambda _press, _team: led.resume(),
    "cut": lambda press, _team: led.cut(press.given("option")),
    "turn": _turn,
    "picture": _picture,
    "cover": lambda press, _team: led.cover(press.arg),
    "uncover": lambda press, _team: led.cover(press.arg, off=True),
    "pin": _pin,
    "unpin": lambda press, _team: led.pin(press.arg, "", off=True),
    "private": _private,
    "threshold": _threshold,
    "scribe": lambda press, _team: led.scribe(press.given("by"), press.given("member")),
}
"""What only one who leads the session may do."""


ONCE = frozenset({"next", "again", "skip", "end", "turn", "undo", "redo", "here", "reopen"})
"""What two who lead must not do twice because both saw the same screen."""
Stand = tuple[Any, ...]
"""Where a session stood on the screen that somebody pressed on."""


def stands(stage: Stage) -> Stand:
    """Where a session stands, as far as a button means it."""
    places = [(key, stage.round_of(key)) for key in stage.now_open]
    return (stage.state, stage.now_open, places, [place in stage.revealed for place in places], stage.turn)


@led.leads
def as_seen(judge: Judge, seen: Mapping[int, Stand]) -> Judge:
    """The same, only where a session still stands as the screen showed it.

    Raises:
        StepLocked: somebody else was faster.
    """

    def where_it_stands(snapshot: Snapshot, now: datetime) -> Acts:
        stage = fold(snapshot.acts, snapshot.workbook)
        if seen.get(snapshot.session.id, stands(stage)) != stands(stage):
            raise StepLocked(say("press_moved"))
        return judge(snapshot, now)

    return where_it_stands


def judge_of(press: Press, team: Watched) -> Judge | None:
    """The judge of a button; None where the button moves nothing in the store.

    Raises:
        MiraError: the team goes at its own pace, or no button has this argument.
    """
    if press.verb in OWN_PACE:
        return OWN_PACE[press.verb](press, team)
    if press.verb not in LED:
        return None
    if not team.is_led:
        raise MiraError(say("own_pace_board"))
    return LED[press.verb](press, team)
