"""The screens beside the steps: arriving, today, my answers, my own link, the end."""

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Member
from mira_workbook.rules.clock import ending
from mira_workbook.rules.progress import following
from mira_workbook.widgets.carried import asking, is_asked, known
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.going import go_buttons
from mira_workbook.widgets.lines import button, skip_words
from mira_workbook.widgets.results import quoted, sentences, spell, team_said
from mira_workbook.widgets.room import Room


def lobby(room: Room) -> Doc:
    """Before the first step: you are in, who is here, what we will do."""
    book = room.snapshot.workbook
    here = [m for m in room.snapshot.members if m.joined_at is not None and m.excused_at is None]
    missing = len(room.snapshot.present()) - len(here)
    blocks: list[Doc] = [{"kind": "text", "text": say("say_hello_solo" if room.alone else "say_hello")}]
    if not room.alone:
        blocks.append({"kind": "sentence", "text": say("here", n=len(here), of=len(room.snapshot.present()))})
        if missing:
            blocks.append({"kind": "text", "text": say("on_their_way", n=missing)})
    title = say("you_are_in", name=room.me.name.split(" ")[0])
    if is_asked(room):
        # One thing on the page: what we will do is told once that is known.
        return {"title": title, "blocks": [*blocks, *known(room)], "buttons": [], **asking(room)}
    blocks += [
        *known(room),
        {"kind": "heading", "text": say("what_we_do")},
        {"kind": "text", "text": book.purpose},
        {"kind": "text", "text": _length(room)},
        *quoted(book.cards[:1]),
    ]
    first = following(room.snapshot, room.stage)
    buttons = go_buttons(room)
    if buttons and first:
        buttons[0]["label"] = say("start", title=first.title)
    if room.led and not room.leads:
        blocks.insert(1, {"kind": "text", "text": say("opens_itself")})
    return {"title": title, "blocks": blocks, "buttons": buttons}


def _length(room: Room) -> str:
    """When we end, where that was promised; else how long it takes."""
    promised = ending(room.snapshot, room.stage, room.now).promised
    if promised is not None:
        return say("ends_at", time=room.clock(promised))
    return say("about_minutes", n=room.snapshot.workbook.length())


def today(room: Room) -> Doc:
    """What comes when: the parts, where we are and what that holds, what was left out."""
    items = []
    for n, part in enumerate(room.snapshot.workbook.parts, 1):
        steps = [s for s in room.snapshot.workbook.sitting if s.part == n]
        state = _state(room, steps)
        items.append(f"{say('part', n=n, of=len(room.snapshot.workbook.parts), title=part)}{state}")
        if any(s.key in room.stage.now_open for s in steps):
            items[-1] += "\n" + " · ".join(s.title for s in steps if s.key not in room.stage.skipped)
    promised = ending(room.snapshot, room.stage, room.now).promised
    left_out = [s for s in room.snapshot.workbook.steps if s.key in room.stage.skipped]
    blocks: list[Doc] = [{"kind": "list", "items": items}]
    blocks += [{"kind": "text", "text": skip_words(room, step)} for step in left_out]
    if promised is not None:
        blocks.append({"kind": "text", "text": say("ends_at", time=room.clock(promised))})
    back = button("menu:back", say("back_to_step"), main=True)
    return {"title": say("today"), "blocks": blocks, "buttons": [back]}


def _state(room: Room, steps: list[Step]) -> str:
    if any(s.key in room.stage.now_open for s in steps):
        return f" · {say('here_word')}"
    gone = all(s.key in room.stage.opened or s.key in room.stage.skipped for s in steps)
    return f" · {say('done_word')}" if gone else ""


def is_welcome(room: Room) -> bool:
    """Whether somebody who came late is first told what there is so far: once something has been shown."""
    missed = room.came_late and not room.choices.welcomed and not room.scribed and bool(room.stage.revealed)
    return missed and bool(_so_far(room))


def _so_far(room: Room) -> list[str]:
    """What the team has found before the open step: a line for each step that shows something."""
    here = room.my_step()
    items = []
    for key in room.stage.opened:
        step = room.snapshot.workbook.step(key)
        if here is None or key == here.key or room.put_away(step):
            continue
        said = [block["text"] for block in sentences(room, step)] if room.revealed(step) else []
        said = said or _listed(room, step)
        ours = [text for block in team_said(room, step) for text in block["lines"]]
        if said or ours:
            items.append(f"{step.title}: {(said or ours)[0]}")
    return items


def _listed(room: Room, step: Step) -> list[str]:
    """How many things a list holds that the team has merged."""
    for asked in step.fields:
        rows = room.snapshot.team_answer(step.key, asked.key) if asked.control == "merge" else None
        if rows:
            return [say("on_our_list", n=len(rows))]
    return []


def welcome(room: Room, step: Step) -> Doc:
    """A late one gets the whole current state, and is asked for nothing before it."""
    blocks: list[Doc] = [
        {"kind": "heading", "text": say("so_far")},
        {"kind": "list", "items": _so_far(room)},
        {"kind": "text", "text": say("join_from_here")},
    ]
    go = button("menu:back", say("go_to_step"), main=True)
    title = say("welcome_late", name=room.me.name.split(" ")[0], n=step.part)
    return {"title": title, "blocks": blocks, "buttons": [go]}


def without_device(room: Room) -> list[Member]:
    """The people of this session who have no page of their own yet: somebody here may write for them."""
    return [m for m in room.snapshot.present() if m.joined_at is None]


def enter_for(room: Room) -> Doc:
    """Whom one may write for."""
    blocks: list[Doc] = [{"kind": "text", "text": say("enter_for_who")}]
    people = [button(f"scribe:for:{m.key}", m.name) for m in without_device(room)]
    back = button("menu:back", say("back_to_step"), main=not people)
    return {"title": say("menu_scribe"), "blocks": blocks, "buttons": [*people, back]}


def my_answers(room: Room) -> Doc:
    """Everything this member has sent, step by step."""
    blocks: list[Doc] = []
    for step in room.snapshot.workbook.steps:
        for round_ in (1, 2):
            lines = spell(room, step, room.mine(step, round_))
            if lines:
                label = step.title if round_ == 1 else f"{step.title} · 2"
                blocks.append({"kind": "own", "label": label, "lines": lines})
    blocks = blocks or [{"kind": "text", "text": say("no_answers")}]
    if room.choices.link:
        blocks += [{"kind": "text", "text": say("keep_answers")}, {"kind": "link", "text": room.choices.link}]
    buttons = [button("menu:back", say("back_to_step"), main=True)]
    return {"title": say("my_answers"), "blocks": blocks, "buttons": buttons}


def own_link(room: Room) -> Doc:
    """The personal return link."""
    blocks = [{"kind": "text", "text": say("own_link")}, {"kind": "link", "text": room.choices.link}]
    return {
        "title": say("menu_link"),
        "blocks": blocks,
        "buttons": [button("menu:back", say("back_to_step"), main=True)],
    }
