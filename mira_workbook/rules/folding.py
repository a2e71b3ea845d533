"""What each kind of act does to the stage: one function a kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from mira_workbook.content.answers.base import Option
from mira_workbook.records import Act
from mira_workbook.rules.standing import CLOSING, MOST_WAITS, MOVES, Closing, Pen, Stage, Stretch


def apply(stage: Stage, act: Act) -> None:
    """Let one act take effect; kinds that do not move the stage (excuse, pairs, merge, …) do nothing."""
    doing = APPLY.get(act.kind)
    if doing is not None:
        doing(stage, act)
    if act.kind in MOVES:
        _note_move(stage, act)


def options_of(rows: Iterable[Iterable[str]]) -> tuple[Option, ...]:
    """Read options as acts hold them: `[id, label]` or `[id, label, help]`."""
    return tuple(Option(*row) for row in rows)


def _note_move(stage: Stage, act: Act) -> None:
    stage.ready, stage.closing = set(), None
    stage.called, stage.called_at = "", None
    stage.nudged = {}
    same = stage.last_move_at == act.at
    stage.last_move = (*stage.last_move, act.seq) if same else (act.seq,)
    stage.last_move_at = act.at


def _pin_lists(stage: Stage, payload: Mapping[str, Any]) -> None:
    for name, rows in payload.get("lists", {}).items():
        stage.lists[name] = options_of(rows)
    for name, by_member in payload.get("own_lists", {}).items():
        stage.own_lists[name] = {member: options_of(rows) for member, rows in by_member.items()}


# ---------------------------------------------------------------------------------------------------------------- moves


def _open(stage: Stage, act: Act) -> None:
    steps = (act.step, *act.payload.get("with", ()))
    before = set(stage.opened)
    returns = act.step in stage.interrupted
    goes_on = act.payload.get("on") or (act.step not in before and not act.payload.get("aside"))
    if returns or goes_on:
        stage.interrupted = ()
    elif not stage.interrupted:
        stage.interrupted = tuple(step for step in stage.now_open if step not in steps)
    stage.state, stage.ended_at = "open", None
    _stand_at(stage, act, steps, fresh=not returns)
    for step in steps:
        stage.opened.setdefault(step, act.at)
        stage.skipped.pop(step, None)
        if step in before:
            _again(stage, act, step, fresh=not returns)
    _pin_lists(stage, act.payload)


def _again(stage: Stage, act: Act, step: str, *, fresh: bool) -> None:
    """Open what was open before: answers, rounds and what was shown stay; a team text can be written again."""
    stage.reopened[step] = act.at
    stage.done.discard((step, stage.round_of(step)))
    if fresh:
        stage.extra.pop(step, None)


def _stand_at(stage: Stage, act: Act, steps: tuple[str, ...], *, fresh: bool) -> None:
    stage.now_open = steps
    stage.path.append(Stretch(act.at, steps, fresh))
    stage.turn, stage.turn_at, stage.asking = 0, None, ()


def _round(stage: Stage, act: Act) -> None:
    stage.rounds[act.step] = act.round
    stage.extra.pop(act.step, None)
    _stand_at(stage, act, (act.step,), fresh=True)
    _pin_lists(stage, act.payload)


def _reveal(stage: Stage, act: Act) -> None:
    place = (act.step, act.round)
    stage.revealed.setdefault(place, act.at)
    stage.hidden.discard(place)
    if act.payload.get("override"):
        stage.overridden.setdefault(place, act.reason)
    _pin_lists(stage, act.payload)


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
    stage.state, stage.ended_at, stage.interrupted = "ended", act.at, ()
    _stand_at(stage, act, (), fresh=True)


def _ready(stage: Stage, act: Act) -> None:
    stage.ready.add(str(act.payload["member"]))


def _close(stage: Stage, act: Act) -> None:
    stage.closing = Closing(act.payload["to"], act.at + CLOSING, led=bool(act.payload.get("led")))


def _wait(stage: Stage, act: Act) -> None:
    """Own pace: everybody goes on working. Led: ten seconds more, once for each who asks."""
    closing = stage.closing
    if closing is None or not closing.led:
        _undo(stage, act)
        return
    member = str(act.payload.get("member", ""))
    if member and member not in closing.asked and len(closing.asked) < MOST_WAITS:
        stage.closing = replace(closing, due=closing.due + CLOSING, asked=closing.asked | {member})


def _halt(stage: Stage, _act: Act) -> None:
    stage.closing = None


def _undo(stage: Stage, _act: Act) -> None:
    """An undo also ends the countdown and the taps that led to the move."""
    stage.closing, stage.ready = None, set()


# ------------------------------------------------------------------------------------------------------------ team work


def _done(stage: Stage, act: Act) -> None:
    if act.payload.get("undone"):
        stage.done.discard((act.step, act.round))
    else:
        stage.done.add((act.step, act.round))


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


# ------------------------------------------------------------------------------------------------------------ the clock


def _extend(stage: Stage, act: Act) -> None:
    minutes = round(stage.extra.get(act.step, 0) + float(act.payload["minutes"]), 6)
    if minutes:
        stage.extra[act.step] = minutes
    else:
        stage.extra.pop(act.step, None)


def _pause(stage: Stage, act: Act) -> None:
    stage.paused_at = stage.paused_at or act.at
    stage.closing = None


def _resume(stage: Stage, act: Act) -> None:
    if stage.paused_at is not None:
        stage.pauses.append((stage.paused_at, act.at))
        stage.paused_at = None


def _replan(stage: Stage, act: Act) -> None:
    stage.plan.update({step: float(minutes) for step, minutes in act.payload.get("minutes", {}).items()})
    stage.ends = str(act.payload.get("ends") or stage.ends)


# --------------------------------------------------------------------------------------------------- people in the room


def _here(stage: Stage, act: Act) -> None:
    if act.step in stage.now_open:
        stage.called, stage.called_at = act.step, act.at


def _nudge(stage: Stage, act: Act) -> None:
    stage.nudged |= {str(member): act.at for member in act.payload.get("members", ())}


def _answer_nudge(stage: Stage, act: Act) -> None:
    member = str(act.payload["member"])
    stage.nudged.pop(member, None)
    if act.payload.get("what") == "pass":
        stage.passed.add((act.step, act.round, member))


def _turn(stage: Stage, act: Act) -> None:
    if act.step in stage.now_open:
        stage.turn, stage.asking = int(act.payload["n"]), ()
        stage.turn_at = act.at if stage.turn else None


def _speak(stage: Stage, act: Act) -> None:
    option, member = str(act.payload["option"]), str(act.payload["member"])
    if act.payload.get("yes"):
        stage.voices.setdefault((act.step, option), member)
        stage.declines.discard((act.step, option, member))
        return
    stage.declines.add((act.step, option, member))
    if stage.voices.get((act.step, option)) == member:
        del stage.voices[act.step, option]


def _ask(stage: Stage, act: Act) -> None:
    if act.step not in stage.now_open:
        return
    member = str(act.payload["member"])
    stage.asking = tuple(key for key in stage.asking if key != member)
    if act.payload.get("on"):
        stage.asking = (*stage.asking, member)


def _scribe(stage: Stage, act: Act) -> None:
    if act.payload.get("off"):
        stage.scribes.pop(str(act.payload["for"]), None)
    else:
        stage.scribes[str(act.payload["for"])] = str(act.payload["by"])


# -------------------------------------------------------------------------------------------------------------- on show


def _picture(stage: Stage, act: Act) -> None:
    stage.picture[act.step] = (int(act.payload["n"]), bool(act.payload.get("table")))


def _cover(stage: Stage, act: Act) -> None:
    entry = str(act.payload["entry"])
    (stage.covered.discard if act.payload.get("off") else stage.covered.add)(entry)


def _pin(stage: Stage, act: Act) -> None:
    if act.payload.get("off"):
        stage.pinned.pop(str(act.payload["entry"]), None)
    else:
        stage.pinned[str(act.payload["entry"])] = str(act.payload.get("text", ""))


def _private(stage: Stage, act: Act) -> None:
    stage.private[act.step, str(act.payload.get("field", ""))] = str(act.payload["to"])


def _threshold(stage: Stage, act: Act) -> None:
    if act.step not in stage.opened:
        stage.thresholds[act.step] = int(act.payload["n"])


def _pairs(stage: Stage, act: Act) -> None:
    """Who works with whom stands with the roster; here are the lists that were dealt out, as they are held since."""
    _pin_lists(stage, act.payload)


APPLY: Mapping[str, Callable[[Stage, Act], None]] = {
    "open": _open,
    "round": _round,
    "reveal": _reveal,
    "hide": _hide,
    "seal": _seal,
    "skip": _skip,
    "end": _end,
    "ready": _ready,
    "close": _close,
    "wait": _wait,
    "halt": _halt,
    "undo": _undo,
    "done": _done,
    "pen": _pen,
    "pen_ask": _pen_ask,
    "pen_keep": _pen_keep,
    "take": _take,
    "leave": _leave,
    "extend": _extend,
    "pause": _pause,
    "resume": _resume,
    "replan": _replan,
    "here": _here,
    "nudge": _nudge,
    "answer_nudge": _answer_nudge,
    "turn": _turn,
    "speak": _speak,
    "ask": _ask,
    "scribe": _scribe,
    "picture": _picture,
    "cover": _cover,
    "pin": _pin,
    "private": _private,
    "threshold": _threshold,
    "pairs": _pairs,
}
