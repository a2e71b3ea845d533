"""The page of one member at one moment, as plain JSON that the form draws."""

from datetime import datetime

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.rules.progress import in_pairs, own_fields
from mira_workbook.widgets import screens
from mira_workbook.widgets.answering import alone_pages, guess_tick, team_pages, undecided_fields
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.going import (
    button,
    go_buttons,
    line,
    lines,
    missing_buttons,
    partner_buttons,
    pen,
    waiting_words,
)
from mira_workbook.widgets.results import expectations, own, partner, quoted, results, shows, team_said, turns
from mira_workbook.widgets.room import Room


def page(room: Room) -> Doc:
    """Make the page. Its `key` changes exactly when another screen should open."""
    step = room.my_step()
    if room.choices.screen not in {"", "missing"}:
        body, key = _beside(room), f"screen:{room.choices.screen}"
    elif room.stage.state == "ended":
        body, key = screens.ended(room), "ended"
    elif step is None:
        body, key = screens.lobby(room), "lobby"
    else:
        phase = room.phase(step)
        body, key = _STEP[phase](room, step), f"{step.key}:{room.round_of(step)}:{phase}"
    return _frame(room, step, body) | {"key": key}


def _beside(room: Room) -> Doc:
    made = {"today": screens.today, "answers": screens.my_answers, "link": screens.own_link}
    return made.get(room.choices.screen, screens.today)(room)


def _frame(room: Room, step: Step | None, body: Doc) -> Doc:
    """What every screen has: the bar, the lines, the foot."""
    empty: Doc = {"title": "", "do": "", "quote": None, "pen": None, "blocks": [], "pages": [], "submit": None}
    rest: Doc = {"after": [], "buttons": [], "saved_at": "", "announce": ""}
    return {
        **empty,
        **rest,
        "store_key": f"{room.snapshot.meeting.code}/{room.snapshot.session.id}/{room.me.key}",
        "bar": _bar(room, step),
        "foot": _foot(room),
        **body,
        "lines": [*lines(room), *body.get("lines", [])],
    }


def _bar(room: Room, step: Step | None) -> Doc:
    book = room.snapshot.workbook
    if step is None:
        ended = room.stage.state == "ended"
        return {"part": book.title, "time": say("ended" if ended else "starts"), "share": float(ended), "heads": "down"}
    place = [s.key for s in book.steps].index(step.key)
    return {
        "part": say("part", n=step.part, of=len(book.parts), title=book.parts[step.part - 1]),
        "time": _time(room, step),
        "share": round((place + 1) / (len(book.steps) + 1), 3),
        "heads": step.heads if room.phase(step) != "answer" else "down",
    }


def _time(room: Room, step: Step) -> str:
    """How long is left as a person says it: never seconds, never a threat."""
    alone = room.phase(step) in {"answer", "waiting"} and step.minutes.alone
    planned = step.minutes.alone if alone else step.minutes.total
    left = planned - _minutes_since(room, room.stage.opened.get(step.key, room.now))
    if left > 2:  # noqa: PLR2004 - the rule for time on screens
        return say("about", n=round(left))
    if left > 1:
        return say("about_two")
    return say("last_minute") if left > 0 else say("more_time")


def _minutes_since(room: Room, moment: datetime) -> float:
    return (room.now - moment).total_seconds() / 60


def _foot(room: Room) -> Doc:
    menu = ["today", "answers", "link", "help", "not_me", "leave"]
    who = say("who", name=room.me.name, team=room.snapshot.team.name)
    return {"who": who, "menu": [button(f"menu:{key}", say(f"menu_{key}")) for key in menu]}


def _head(step: Step, do: str) -> Doc:
    quote = {"text": step.quote.text, "by": step.quote.by} if step.quote else None
    return {"title": step.heading or step.title, "do": do, "quote": quote}


def _answer(room: Room, step: Step) -> Doc:
    """Heads down: the fields a member fills alone, or with the partner found first."""
    round_ = room.round_of(step)
    blocks = [*partner(room, step), *shows(room, step), *guess_tick(room, step)]
    body = _head(step, step.do) | {"blocks": blocks, "pages": alone_pages(room, step)}
    body["buttons"] = partner_buttons(room, step)
    body["submit"] = {"label": step.submit or say("submit"), "busy": False}
    first = room.mine(step, 1) if round_ > 1 else {}
    if first and (step.key, round_) not in room.choices.changing:
        return _once_more(room, step, first, body)
    if room.revealed(step):
        shown_at = room.clock(room.stage.revealed[step.key, round_])
        body["lines"] = [line("late", "~", say("late", time=shown_at))]
    return body


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
    now = room.progress(step)
    count = say("pairs_in" if in_pairs(step) else "in_of", n=now.count, of=len(now.expected))
    counted = say("all_in") if now.all_in else count
    blocks: list[Doc] = []
    if room.mine(step, room.round_of(step)):
        blocks.append({"kind": "text", "text": say("answer_in"), "mark": "✓"})
    elif not room.asked_of_me(step):
        blocks.append({"kind": "text", "text": say("no_rows")})
    rest = "rest_later" if step.reveal_with and step.reveal_with != step.key else "rest"
    blocks += [] if now.all_in else [{"kind": "text", "text": say(rest)}]
    blocks += [*guess_tick(room, step), *waiting_words(room, step), *own(room, step)]
    blocks += [] if now.all_in else quoted(step.cards[:1])
    change = [button("change", say("change_answer"))] if room.mine(step, room.round_of(step)) else []
    missing = missing_buttons(room, step) if room.choices.screen == "missing" else []
    if not now.all_in and not missing and not room.alone:
        missing = [button("menu:missing", say("wait_for_nobody"))]
    return {"title": counted, "blocks": blocks, "buttons": [*go_buttons(room), *change, *missing]}


def _together(room: Room, step: Step) -> Doc:
    """Heads up: what the team writes, with the results it is built on above."""
    shown = results(room, step) if room.revealed(step) else []
    body = _head(step, step.together or step.do if room.revealed(step) else step.do)
    body |= {"blocks": [*shows(room, step), *turns(room, step), *shown], "pages": team_pages(room, step)}
    body["pen"] = pen(room, step)
    may_finish = body["pen"] is None or body["pen"]["mine"]
    body["submit"] = {"label": step.submit or say("we_are_done"), "busy": False} if may_finish else None
    body["buttons"] = [] if may_finish else go_buttons(room)
    return body


def _results(room: Room, step: Step) -> Doc:
    """Look up: what the answers say, and the way on."""
    do = step.together if room.revealed(step) else step.do
    body = _head(step, do) | ({"title": step.title} if room.revealed(step) else {})
    hidden = (step.key, room.round_of(step)) in room.stage.hidden
    body["blocks"] = [*expectations(room, step), *([] if hidden else results(room, step)), *waiting_words(room, step)]
    body["blocks"] += [] if room.revealed(step) else [*shows(room, step), *team_said(room, step)]
    body["buttons"] = go_buttons(room)
    if (step.key, room.round_of(step)) in room.stage.done:
        body["buttons"].append(button("reopen", say("back_to_writing")))
    if room.revealed(step) and room.takes_late(step) and not room.mine(step, room.round_of(step)):
        body["buttons"].append(button("late", say("submit")))
    return body | _undecided(room, step)


def _undecided(room: Room, step: Step) -> Doc:
    """After a second round without agreement: ways on that are not a lie."""
    if room.round_of(step) == 1 or not room.revealed(step):
        return {}
    verdict = next((m for m in room.numbers(step.key) if m.id == "M09" and m.round > 1), None)
    found = undecided_fields(room, step)
    if found is None or verdict is None or verdict.value is None or verdict.value.get("pass"):
        return {}
    return {"pages": [{"title": "", "do": "", "fields": found[1], "next": ""}]}


_STEP = {"answer": _answer, "waiting": _waiting, "together": _together, "results": _results}
