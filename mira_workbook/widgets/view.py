"""The page of one member at one moment, as plain JSON that the form draws."""

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.rules.clock import MINUTE, left
from mira_workbook.rules.progress import is_warming_up, own_fields
from mira_workbook.widgets import before, endings, leaving, screens
from mira_workbook.widgets.answering import alone_pages, beside_pages, team_pages, undecided_fields
from mira_workbook.widgets.attribution import guess_tick, made_private
from mira_workbook.widgets.carried import asked_by_hand, carried, changed, changed_line, closed_line, is_asked, may_type
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.going import go_buttons, missing_buttons, partner_buttons, pens, waiting_words
from mira_workbook.widgets.lines import button, called_words, counted, joined, line, lines, spoken
from mira_workbook.widgets.paired import said_by_pairs
from mira_workbook.widgets.results import (
    expectations,
    own,
    partner,
    pictures,
    quoted,
    results,
    sentences,
    shows,
    team_said,
    turns,
    written_before,
)
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.typed import typed
from mira_workbook.widgets.voices import asked_to_speak, speaks, turn_doc, voice_button, voices


def page(room: Room) -> Doc:
    """Make the page. Its `key` changes exactly when another screen should open."""
    step = room.my_step()
    if room.choices.screen not in {"", "missing"}:
        body, key = _beside(room), f"screen:{room.choices.screen}"
    elif step is None:
        body, key = _outside(room)
    elif before.is_before(room) and room.visited is None:
        body, key = before.warm_up(room), "warm_up"
    elif screens.is_welcome(room):
        body, key = screens.welcome(room, step), "welcome"
    elif room.scribed:
        body, key = _scribed(room, step), room.screen_key(step)
    else:
        body, key = _STEP[room.phase(step)](room, step), room.screen_key(step)
    return _frame(room, step, body) | {"key": key}


def _outside(room: Room) -> tuple[Doc, str]:
    """Before the first step, and after the last."""
    if room.stage.state == "ended":
        last = room.leaving
        return endings.ended(room), room.screen_key(last) if last and leaving.is_asked(room) else "ended"
    return screens.lobby(room), "needs" if is_asked(room) else "lobby"


def _beside(room: Room) -> Doc:
    made = {
        "today": screens.today,
        "answers": screens.my_answers,
        "link": screens.own_link,
        "scribe": screens.enter_for,
        "changed": changed,
        "needs": asked_by_hand if may_type(room) else screens.lobby,
    }
    return made.get(room.choices.screen, screens.today)(room)


def _frame(room: Room, step: Step | None, body: Doc) -> Doc:
    """What every screen has: the bar, the lines, the foot."""
    empty: Doc = {"title": "", "do": "", "quote": None, "pen": None, "blocks": [], "pages": [], "submit": None}
    rest: Doc = {"after": [], "buttons": [], "saved_at": "", "announce": ""}
    beside = [*closed_line(room), *changed_line(room), *_welcomed(room, step), *made_private(room, step)]
    around = [*lines(room), *beside, *body.get("lines", [])]
    return {
        **empty,
        **rest,
        "store_key": f"{room.snapshot.meeting.code}/{room.snapshot.session.id}/{room.me.key}",
        "bar": _bar(room, step),
        "foot": _foot(room),
        "come": called_words(room),
        **body,
        "announce": spoken(around) or body.get("announce", ""),
        "lines": around,
    }


def _welcomed(room: Room, step: Step | None) -> list[Doc]:
    """A late one who has missed nothing is welcomed in a line."""
    if step is None or room.choices.welcomed or room.scribed or not room.came_late or screens.is_welcome(room):
        return []
    name = room.me.name.split(" ")[0]
    return [line("welcome", "i", f"{say('welcome_late', name=name, n=step.part)} {say('join_from_here')}")]


def _bar(room: Room, step: Step | None) -> Doc:
    book = room.snapshot.workbook
    if step is None or room.added == step:
        ended = room.stage.state == "ended"
        return {"part": book.title, "time": say("ended" if ended else "starts"), "share": float(ended), "heads": "down"}
    place = [s.key for s in book.sitting].index(step.key)
    if before.is_before(room):
        minutes = sum(book.step(key).minutes.total for key in room.stage.now_open)
        return {"part": say("warm_up_bar"), "time": say("about", n=round(minutes)), "share": 0.0, "heads": "down"}
    return {
        "part": say("part", n=step.part, of=len(book.parts), title=book.parts[step.part - 1]),
        "time": _time(room, step),
        "share": round((place + 1) / (len(book.sitting) + 1), 3),
        "heads": step.heads if room.phase(step) != "answer" else "down",
    }


def _time(room: Room, step: Step) -> str:
    """How long is left as a person says it: never seconds, never a threat."""
    if room.stage.paused_at is not None:
        return say("paused_word")
    minutes = left(room.snapshot, room.stage, room.now) / MINUTE
    if room.phase(step) in {"answer", "waiting"} and step.minutes.alone:
        minutes -= step.minutes.together
    if is_warming_up(room.snapshot, room.stage):
        minutes = step.minutes.total
    if minutes > 2:  # noqa: PLR2004 - the rule for time on screens
        return say("about", n=round(minutes))
    if minutes > 1:
        return say("about_two")
    return say("last_minute") if minutes > 0 and step.key in room.stage.now_open else say("more_time")


def _foot(room: Room) -> Doc:
    who = say("who", name=room.me.name, team=room.snapshot.team.name)
    if room.scribed:
        return {"who": who, "menu": []}
    writing = ["scribe"] if (room.leads or not room.led) and screens.without_device(room) else []
    menu = writing if room.leads else ["today", "answers", "link", *writing, "help", "not_me", "leave"]
    return {"who": who, "menu": [button(f"menu:{key}", say(f"menu_{key}")) for key in menu]}


def _head(step: Step, do: str) -> Doc:
    quote = {"text": step.quote.text, "by": step.quote.by} if step.quote else None
    return {"title": step.heading or step.title, "do": do, "quote": quote}


def _answer(room: Room, step: Step) -> Doc:
    """Heads down: the fields a member fills alone, or with the partner found first."""
    round_ = room.round_of(step)
    blocks = [*partner(room, step), *carried(room, step.carried), *shows(room, step), *guess_tick(room, step)]
    body = _head(step, "" if room.added == step else step.do)
    lines_here = [*joined(room, step), *typed(room, step)]
    body |= {"blocks": blocks, "pages": alone_pages(room, step), "lines": lines_here}
    body["buttons"] = partner_buttons(room, step)
    body["submit"] = {"label": step.submit or say("submit"), "busy": False}
    first = room.mine(step, 1) if round_ > 1 else {}
    if first and (step.key, round_) not in room.choices.changing:
        return _once_more(room, step, first, body)
    if step.optional:
        body["buttons"] += go_buttons(room)
    if step.key in {room.choices.visit, room.choices.adding}:
        there = room.stage.now_open and not before.is_before(room)
        body["buttons"] = [button("menu:back", say("back_to_step" if there else "back"))]
    if room.revealed(step):
        shown_at = room.clock(room.stage.revealed[step.key, round_])
        body["lines"] += [line("late", "~", say("late", time=shown_at))]
    return body


def _scribed(room: Room, step: Step) -> Doc:
    """What a scribe sees of somebody's page: what may be entered, and never what that person has sent elsewhere."""
    phase = room.phase(step)
    if phase == "answer":
        return _answer(room, step)
    if not room.sent(step):
        return _head(step, "") | {"blocks": [{"kind": "text", "text": say("nothing_to_enter", name=room.me.name)}]}
    blocks: list[Doc] = [{"kind": "text", "text": say("their_answer_in", name=room.me.name), "mark": "✓"}]
    mine = own(room, step)
    change = [button("change", say("change_it"))] if mine and phase == "waiting" and _may_change(room, step) else []
    return _head(step, "") | {"blocks": [*blocks, *mine], "buttons": change}


def _once_more(room: Room, step: Step, first: Doc, body: Doc) -> Doc:
    """Round 2: keep the first answer with one tap, or change it."""
    asked = [f for f in own_fields(step) if f.key in first]
    lead = next((f for f in asked if f.type != "table"), asked[0])
    words = lead.show(first.get(lead.key), room.context.lists)
    short = words.split(",")[0].split(" · ")[0]
    buttons = [button("keep", say("keep_mine", value=short), main=True), button("again", say("change_it"))]
    told = {"kind": "text", "text": say("your_first", value=words)}
    return body | {"blocks": [*body["blocks"], told], "pages": [], "submit": None, "buttons": buttons}


def _waiting(room: Room, step: Step) -> Doc:
    """In, and waiting without pressure: how many are in, never who."""
    if room.passed(step):
        told = [{"kind": "text", "text": say("passed")}]
        after_all = [button("after_all", say("after_all"))]
        return {"title": step.heading or step.title, "blocks": told, "buttons": after_all}
    now = room.progress(step)
    title = (say("all_in") if now.all_in else counted(step, now)) if now.expected else step.heading or step.title
    blocks: list[Doc] = []
    if room.mine(step, room.round_of(step)):
        blocks.append({"kind": "text", "text": say("answer_in"), "mark": "✓"})
    elif room.is_put_back(step) and not room.leads:
        blocks.append({"kind": "text", "text": say("shown_once")})
    elif not room.asked_of_me(step) and not room.leads:
        blocks.append({"kind": "text", "text": say("no_rows" if room.came_after(step) else "nobody_wrote")})
    blocks += [{"kind": "text", "text": _rest(room, step)}] if room.led or not now.all_in else []
    blocks += [*guess_tick(room, step), *waiting_words(room, step), *own(room, step), *written_before(room, step)]
    blocks += [] if now.all_in else quoted(step.cards[:1])
    change = [button("change", say("change_answer"))] if _may_change(room, step) else []
    missing = missing_buttons(room, step) if room.choices.screen == "missing" else []
    if not now.all_in and not missing and not room.alone and not room.led:
        missing = [button("menu:missing", say("wait_for_nobody"))]
    return {"title": title, "blocks": blocks, "buttons": [*go_buttons(room), *change, *missing]}


def _may_change(room: Room, step: Step) -> bool:
    return bool(room.mine(step, room.round_of(step))) and not room.is_put_back(step)


def _rest(room: Room, step: Step) -> str:
    """When the results come."""
    if step.reveal_with and step.reveal_with != step.key:
        return say("rest_later", title=room.snapshot.workbook.step(step.reveal_with).title)
    return say("rest_led" if room.led else "rest")


def _shown(room: Room, step: Step) -> list[Doc]:
    """The results, or that they are put away for now."""
    if not room.put_away(step):
        return [*results(room, step), *said_by_pairs(room, step, room.seen)]
    return [{"kind": "text", "text": say("put_away_yours" if room.sent(step) else "put_away")}]


def _together(room: Room, step: Step) -> Doc:
    """Heads up: what the team writes, with the results it is built on above."""
    shown = _shown(room, step) if room.revealed(step) else []
    body = _head(step, step.together or step.do if room.revealed(step) else step.do)
    held = pens(room, step)
    may_finish = not held or any(one["mine"] for one in held.values())
    asked = asked_to_speak(room, step)
    earlier = [*carried(room, step.carried), *shows(room, step)]
    body |= {"blocks": [*asked, *earlier, *turns(room, step), *shown], "pages": team_pages(room, step, held)}
    body["pen"] = held.get("")
    ahead = before.is_before(room)
    may_finish = may_finish and not ahead
    body["submit"] = {"label": step.submit or say("we_are_done"), "busy": False} if may_finish else None
    next_voice = voice_button(room, step)
    back = [button("menu:back", say("back"))] if ahead else []
    body["buttons"] = [*next_voice, *back, *([] if may_finish or next_voice or ahead else go_buttons(room))]
    # Beside what is written, and under it: numbers that change must move nothing under a thumb.
    body["after"] = [*sentences(room, step), *pictures(room.pictures(step.key))] if step.live else []
    body |= turn_doc(room, step)
    if voices(room, step) and held and not may_finish:
        # Who neither writes nor speaks looks up: no rows of the others' writing.
        body |= {"pages": [] if speaks(room, step) else beside_pages(room, step), "submit": None}
        body["pen"] = None if room.led and room.stage.turn else body["pen"]
    return body


def _results(room: Room, step: Step) -> Doc:
    """Look up: what the answers say, and the way on."""
    revealed, place = room.revealed(step), (step.key, room.round_of(step))
    # A picture of what the team made of the answers says it already.
    ours = [] if revealed and room.pictures(step.key) else team_said(room, step)
    # What to do together is done once the team has said so.
    do = ("" if place in room.stage.done else step.together) if revealed else step.do
    body = _head(step, do) | ({"title": step.title} if revealed else {})
    # What each taps alone beside the team's words stays open: one looks back once those words stand.
    aside = beside_pages(room, step) if step.key in room.stage.now_open and not room.put_away(step) else []
    body["pages"] = aside
    shown = [*sentences(room, step), *pictures(room.pictures(step.key))] if aside else _shown(room, step)
    body["blocks"] = [*expectations(room, step), *shown, *waiting_words(room, step)]
    body["blocks"] += [] if revealed else [*carried(room, step.carried), *shows(room, step)]
    body["blocks"] += [] if room.put_away(step) else ours
    body["buttons"] = go_buttons(room)
    if place in room.stage.done and not room.led:
        body["buttons"].append(button("reopen", say("back_to_writing")))
    if room.put_away(step):
        body["announce"] = say("put_away")
    return body | _undecided(room, step)


def _undecided(room: Room, step: Step) -> Doc:
    """After a second round without agreement: ways on that are not a lie."""
    if room.round_of(step) == 1 or not room.revealed(step):
        return {}
    verdict = next((m for m in room.numbers(step.key) if m.id == "M09" and m.round > 1), None)
    found = undecided_fields(room, step)
    if found is None or verdict is None or verdict.value is None or verdict.value.get("pass"):
        return {}
    if room.led and not room.leads:
        return {}
    return {"pages": [{"title": "", "do": "", "fields": found[1], "next": ""}]}


_STEP = {"answer": _answer, "waiting": _waiting, "together": _together, "results": _results}
