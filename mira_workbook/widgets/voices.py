"""One voice at a time: who speaks, for what, and what everybody else may do meanwhile.

Before the first turn each who holds a pick is asked quietly whether they would speak for it. No name is put up before
that person has said yes.
"""

from mira_workbook.catalogue import say
from mira_workbook.content.answers.base import Option
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.definition import Step
from mira_workbook.rules.clock import turn_seconds
from mira_workbook.rules.lists import holders
from mira_workbook.rules.reading import split
from mira_workbook.text import join_words
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import button
from mira_workbook.widgets.room import Room


def voices(room: Room, step: Step) -> tuple[Option, ...]:
    """What is spoken for, in order; none where one is alone or all chose the same."""
    if step.turns is None or room.alone:
        return ()
    listed = tuple(room.context.lists.get(step.turns.list, ()))
    return listed if len(listed) > 1 else ()


def voice(room: Room, step: Step) -> Option | None:
    """What is spoken for now; None before the first turn and after the last."""
    found, n = voices(room, step), room.stage.turn
    return found[n - 1] if step.key in room.stage.now_open and 0 < n <= len(found) else None


def speaks(room: Room, step: Step) -> bool:
    """Whether this person has the turn."""
    now = voice(room, step)
    return now is not None and room.stage.speakers.get(now.id) == room.me.key


def turn_doc(room: Room, step: Step) -> Doc:
    """What the page says while a turn runs: title, blocks, and what is spoken when it begins; {} where none runs."""
    now = voice(room, step)
    if now is None:
        return {}
    speaker = room.stage.speakers.get(now.id, "")
    if speaker == room.me.key:
        return _my_minute(room, step)
    told = say("speaks_for", name=room.name(speaker)) if speaker else say("we_hear")
    only_ask = say("only_ask")
    blocks: list[Doc] = [
        {"kind": "text", "text": told},
        {"kind": "big", "text": now.label},
        {"kind": "text", "text": only_ask},
        *_asking(room),
    ]
    spoken = f"{told} {now.label}. {only_ask}"
    return {"title": say("heads_up"), "do": "", "quote": None, "blocks": blocks, "announce": spoken}


def _my_minute(room: Room, step: Step) -> Doc:
    line, minutes = own_line(room, step), _minutes(room, step)
    blocks: list[Doc] = [{"kind": "big", "text": f"“{line}”"}] if line else []
    blocks += [{"kind": "text", "text": say("about", n=minutes)}, *_who_asks(room)]
    title = say("your_minute")
    return {"title": title, "do": "", "quote": None, "blocks": blocks, "announce": title}


def _minutes(room: Room, step: Step) -> int:
    """How long a turn is, in whole minutes."""
    return max(1, round(turn_seconds(room.stage, step, len(voices(room, step))) / 60))


def _asking(room: Room) -> list[Doc]:
    """The one button of who listens."""
    if room.leads or room.scribed:
        return _who_asks(room)
    if room.me.key not in room.stage.asking:
        return [{"kind": "buttons", "buttons": [button("ask:on", say("may_i_ask"))]}, *_who_asks(room)]
    noted = say("ask_noted" if room.led else "ask_noted_own")
    taking_back = {"kind": "buttons", "buttons": [button("ask:off", say("take_back"))]}
    return [{"kind": "text", "text": noted, "mark": "✓"}, taking_back, *_who_asks(room)]


def _who_asks(room: Room) -> list[Doc]:
    """Where nobody leads, everybody sees who wants to ask."""
    names = [room.name(key) for key in room.stage.asking if key != room.me.key]
    if room.led or not names:
        return []
    return [{"kind": "text", "text": say("they_ask", names=join_words(names), n=len(names))}]


def asked_to_speak(room: Room, step: Step) -> list[Doc]:
    """The quiet question to one who put something first, before the first turn."""
    pick = next((o for o in voices(room, step) if o.id == my_pick(room, step)), None)
    if pick is None or room.stage.turn or room.leads or room.scribed:
        return []
    yes, no = button("speak:yes", say("i_will_speak")), button("speak:no", say("someone_else"))
    speaker = room.stage.speakers.get(pick.id)
    if speaker == room.me.key:
        mine = {"kind": "sentence", "text": say("you_speak", label=pick.label)}
        return [mine, {"kind": "buttons", "buttons": [no]}]
    if speaker or (pick.id, room.me.key) in room.stage.declined:
        return []
    seen = say("speak_seen" if room.led else "speak_seen_own")
    return [
        {"kind": "heading", "text": say("you_put_first")},
        {"kind": "big", "text": pick.label},
        {"kind": "text", "text": say("would_you_speak")},
        {"kind": "buttons", "buttons": [yes, no]},
        {"kind": "text", "text": seen},
    ]


def voice_button(room: Room, step: Step) -> list[Doc]:
    """Where nobody leads, anybody gives the next voice its turn."""
    found, n = voices(room, step), room.stage.turn
    if room.led or room.scribed or n >= len(found):
        return []
    key = "voice_next" if n else "voice_first"
    return [button("voice", say(key, title=found[n].label), main=True)]


def my_pick(room: Room, step: Step) -> str:
    """The id of what this person put first, "" for none."""
    held = holders(room.shown, step.turns.list) if step.turns else {}
    return next((option for option, who in held.items() if room.me.key in who), "")


def own_line(room: Room, step: Step) -> str:
    """What this person wrote for their pick, as the sentence its row begins; "" for nothing."""
    for table in step.fields:
        if not isinstance(table, TableField) or step.turns is None or table.rows_from != step.turns.list:
            continue
        for column in table.columns:
            source = getattr(column.prefill, "arguments", {}).get("field")
            if source:
                key, field, _ = split(str(source))
                words = room.mine(room.snapshot.workbook.step(key), 1).get(field)
                if words:
                    return f"{column.label.rstrip('…')} {str(words).rstrip('.')}."
    return ""
