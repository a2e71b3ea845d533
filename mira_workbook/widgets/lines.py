"""The lines under the top bar: what the room, the one who leads and the clock do to this page, each in words.

A line never takes the focus and never closes a field: what somebody types stays where it is.
"""

import math
from collections.abc import Iterator

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Act
from mira_workbook.rules.cap import capped_words
from mira_workbook.rules.context import local
from mira_workbook.rules.progress import Progress, in_pairs
from mira_workbook.rules.stage import MOST_WAITS, MOVES, UNDO_WINDOW, in_force
from mira_workbook.text import join_words
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.room import Room

TOLD_FOR = UNDO_WINDOW
"""How long a line tells of something that happened: as long as it can be taken back."""
SPOKEN = ("paused", "called", "closing", "went_back", "reopened", "nudge", "skipped", "joined")
"""Lines a screen reader is told of, the first of them first."""
_TENS = 10


def counted(step: Step, now: Progress) -> str:
    """How many are in: people, or pairs."""
    of = len(now.expected)
    key = "in_of" if not in_pairs(step) else "pair_in" if of == 1 else "pairs_in"
    return say(key, n=now.count, of=of)


def button(key: str, label: str, *, main: bool = False, hint: str = "") -> Doc:
    """A button of the page."""
    return {"id": key, "label": label, "main": main, "hint": hint}


def line(key: str, mark: str, text: str, *buttons: Doc, title: str = "") -> Doc:
    """A line under the top bar."""
    return {"id": key, "mark": mark, "title": title, "text": text, "buttons": list(buttons)}


def lines(room: Room) -> list[Doc]:
    """What happens around the step, most pressing first."""
    if room.scribed:
        return [_writing_for(room), *_closing(room)]
    makers = (
        _paused,
        _capped,
        _called,
        _closing,
        _went_back,
        _moved,
        _skipped,
        _reopened,
        _nudged,
        _unsent,
        _at_the_door,
        _asked_to_write,
    )
    found = [one for make in makers for one in make(room)]
    if room.choices.note:
        found.append(line("note", "i", room.choices.note))
    return found


def spoken(found: list[Doc]) -> str:
    """What a screen reader is told of these lines, "" for nothing: the newest move, never a count or a save."""
    for key in SPOKEN:
        for one in found:
            if one["id"] == key:
                return f"{one['title']} {one['text']}".strip()
    return ""


def joined(room: Room, step: Step) -> list[Doc]:
    """Who has come to this pair since the step opened; nothing of it where nobody has."""
    names = [room.name(key) for key in room.newcomers] if step.asks("pair") else []
    return [line("joined", "i", say("joined_pair", names=join_words(names), n=len(names)))] if names else []


def _writing_for(room: Room) -> Doc:
    return line("scribe", "i", say("writing_for", name=room.me.name), button("scribe:back", say("back_to_mine")))


def _paused(room: Room) -> Iterator[Doc]:
    if room.stage.paused_at is not None and room.stage.state == "open":
        yield line("paused", "~", say("paused_words"), title=say("paused"))


def _capped(room: Room) -> Iterator[Doc]:
    """How near a sitting is to the minutes it never goes beyond; where somebody leads, only they are told."""
    words = "" if room.led and not room.leads else capped_words(room.snapshot, room.stage, room.now)
    if words:
        yield line("cap", "~", words)


def called_words(room: Room) -> str:
    """“We are all in …”, where the one who leads has brought everybody to the step on this page; else ""."""
    step = room.my_step()
    if step is None or room.stage.called != step.key:
        return ""
    return say("all_here", title=step.title)


def _called(room: Room) -> Iterator[Doc]:
    at, words = room.stage.called_at, called_words(room)
    if words and at is not None and room.now - at <= TOLD_FOR:
        yield line("called", "i", words)


def _closing(room: Room) -> Iterator[Doc]:
    """A countdown: at one's own pace `Wait` stops it; where somebody leads it gives ten seconds more, once for each."""
    closing = room.stage.closing
    if closing is None:
        return
    if closing.led and room.me.key in closing.asked:
        yield line("closing", "~", say("wait_noted"))
        return
    left = (closing.due - room.now).total_seconds()
    text = say("closing", n=max(_TENS, _TENS * math.ceil(left / _TENS)))
    may_wait = not room.scribed and not (closing.led and len(closing.asked) >= MOST_WAITS)
    yield line("closing", "~", text, *([button("wait", say("wait_please"))] if may_wait else []))


def _went_back(room: Room) -> Iterator[Doc]:
    """The latest move was taken back. Who takes an undo back is told of the move instead."""
    last = _last_move(room)
    if last is None or last.kind != "undo" or room.now - last.at > TOLD_FOR:
        return
    if any(act.seq == last.undoes and act.kind == "undo" for act in room.snapshot.acts):
        return
    step = room.my_step()
    has = step is not None and (room.sent(step) or room.has_draft(step))
    yield line("went_back", "i", say("went_back" if has else "went_back_bare"))


def _last_move(room: Room) -> Act | None:
    acts = in_force(room.snapshot.acts)
    return next((act for act in reversed(acts) if act.kind in {*MOVES, "undo"}), None)


def _moved(room: Room) -> Iterator[Doc]:
    """At one's own pace anybody may take the latest move back."""
    stage = room.stage
    if not room.led and not stage.closing and stage.can_undo(room.now) and stage.opened:
        yield line("undo", "", _moved_words(room), button("undo", say("undo")))


def _moved_words(room: Room) -> str:
    step = room.my_step()
    if step is None:
        last = room.leaving
        return say("words_shown" if last is not None and room.revealed(last) else "undo_line")
    return say("results_shown") if room.revealed(step) else say("moved_on", title=step.title)


def skip_words(room: Room, step: Step) -> str:
    """That a step was left out, and why where a rule of the workbook says so."""
    use = step.skip_when
    if use is not None and room.stage.skipped.get(step.key) == use.use:
        return say(f"skipped_{use.use}", title=step.title, **use.arguments)
    return say("skipped", title=step.title)


def _skipped(room: Room) -> Iterator[Doc]:
    """What the latest move left out, for a minute; words typed there stay as a draft."""
    at = room.stage.last_move_at
    if at is None or room.now - at > TOLD_FOR:
        return
    left_out = {act.step for act in in_force(room.snapshot.acts) if act.kind == "skip" and act.at == at}
    for step in room.snapshot.workbook.steps:
        if step.key in left_out and step.key in room.stage.skipped:
            kept = f" {say('kept_as_draft')}" if room.has_draft(step) else ""
            yield line("skipped", "i", skip_words(room, step) + kept)


def _reopened(room: Room) -> Iterator[Doc]:
    """A step that is open once more, and whether the list it builds on has changed since."""
    step = room.my_step()
    if step is None or step.key not in room.stage.reopened:
        return
    words = say("reopened_yours" if room.sent(step) else "reopened", title=step.title)
    source = _changed_source(room, step)
    if source and (room.sent(step) or room.has_draft(step)):
        yield line("reopened", "?", f"{words} {say('W04', source=source)}")
    elif room.now - room.stage.reopened[step.key] <= TOLD_FOR:
        yield line("reopened", "i", words)


def _changed_source(room: Room, step: Step) -> str:
    """The title of the step whose list stood otherwise when this one was open before, "" where nothing changed."""
    acts = in_force(room.snapshot.acts)
    opens = [a for a in acts if a.kind == "open" and step.key in {a.step, *a.payload.get("with", ())}]
    if len(opens) < 2:  # noqa: PLR2004 - before and now
        return ""
    before, after = (opens[i].payload.get("lists", {}) for i in (-2, -1))
    for name, rows in after.items():
        if name in before and [row[0] for row in rows] != [row[0] for row in before[name]]:
            return _made_in(room, name)
    return ""


def _made_in(room: Room, name: str) -> str:
    """The title of the step that a list is made of."""
    use = room.snapshot.workbook.lists.get(name)
    keys = {step.key: step.title for step in room.snapshot.workbook.steps}
    for value in use.arguments.values() if use else ():
        key = str(value).partition(".")[0]
        if "." in str(value) and key in keys:
            return f"“{keys[key]}”"
    return ""


def _nudged(room: Room) -> Iterator[Doc]:
    if room.me.key not in room.stage.nudged:
        return
    buttons = (
        button("nudge:thinking", say("still_thinking")),
        button("nudge:help", say("menu_help")),
        button("nudge:pass", say("skip_this_one")),
    )
    yield line("nudge", "?", say("nudge"), *buttons)


def _unsent(room: Room) -> Iterator[Doc]:
    """Answers that can still be sent: on this step after its results, and drafts of steps that have closed."""
    here = room.my_step()
    for key in room.stage.opened:
        step = room.snapshot.workbook.step(key)
        if not room.can_still_send(step) or (here is not None and key == here.key and room.phase(step) == "answer"):
            continue
        on_page = here is not None and key == here.key
        if on_page or room.has_draft(step):
            words = _unsent_words(room, step, on_page=on_page)
            if words:
                yield line(f"late:{key}", "~", words, button(f"late:{key}", say("send")))


def _unsent_words(room: Room, step: Step, *, on_page: bool) -> str:
    stage = room.stage
    if stage.ended_at is not None:
        meeting = room.snapshot.meeting
        same_day = local(meeting, room.now).date() == local(meeting, stage.ended_at).date()
        return say("until_midnight", title=step.title) if same_day else ""
    shown_at = stage.revealed.get((step.key, room.round_of(step)))
    if shown_at is None:
        return "" if on_page else say("send_still", title=step.title)
    time = room.clock(shown_at)
    return say("late", time=time) if on_page else say("late_there", title=step.title, time=time)


def _at_the_door(room: Room) -> Iterator[Doc]:
    """At one's own pace the team lets people in; else whoever leads does."""
    for one in () if room.led else room.knocking:
        yield line(f"knock:{one.id}", "?", say("knocks", name=one.name), button(f"admit:{one.id}", say("let_in")))


def _asked_to_write(room: Room) -> Iterator[Doc]:
    """Whoever leads asks this person to write for somebody without a device."""
    if not room.led:
        return
    for key, by in room.stage.scribes.items():
        absent = next((m for m in room.snapshot.members if m.key == key and m.joined_at is None), None)
        if by == room.me.key and absent is not None:
            go = button(f"scribe:for:{key}", say("write_for", name=absent.name))
            yield line("write_for", "?", say("asked_to_write", name=absent.name), go)
