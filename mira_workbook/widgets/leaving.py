"""What the end page asks of everybody without names, and the words of all once they may be shown."""

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.records import Snapshot
from mira_workbook.rules.entries import entries
from mira_workbook.rules.stage import Stage
from mira_workbook.widgets.answering import alone_pages
from mira_workbook.widgets.attribution import guess_tick, may_be_guessed
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.going import few_words, go_buttons
from mira_workbook.widgets.lines import button
from mira_workbook.widgets.results import own
from mira_workbook.widgets.room import Room


def is_asked(room: Room) -> bool:
    """Whether this page asks for a word now."""
    step = room.leaving
    return step is not None and not room.alone and room.phase(step) == "answer"


def leaving(room: Room) -> Doc:
    """What the end page takes over: the question, or that one's word is in, or the words of all."""
    step = room.leaving
    if step is None or room.alone:
        return {}
    if room.stage.is_shown(step.key, 1):
        return {"blocks": words(room.seen, room.stage, step)}
    if is_asked(room):
        submit = {"label": step.submit or say("submit"), "busy": False}
        return {"blocks": guess_tick(room, step), "pages": alone_pages(room, step), "submit": submit}
    return _waiting(room, step) if room.sent(step) else {}


def _waiting(room: Room, step: Step) -> Doc:
    """One's word is in; it can be changed until it is shown."""
    change = [] if room.is_closed(step, step.fields[0]) else [button("change", say("change_it"))]
    return {"blocks": [*own(room, step), *waiting_for_words(room, step)], "buttons": [*go_buttons(room), *change]}


def waiting_for_words(room: Room, step: Step) -> list[Doc]:
    """How many words are in, and what they wait for."""
    now = room.progress(step)
    if may_be_guessed(room, step) and not now.can_show:
        return [{"kind": "text", "text": few_words(room, now)}]
    told = say("words_in", n=now.count) if now.can_show else say("words_wait", needed=now.needed, n=now.count)
    return [{"kind": "text", "text": told}]


def words(seen: Snapshot, stage: Stage, step: Step) -> list[Doc]:
    """The words that people leave with, each once, in an order that tells nothing of them."""
    said = [one.text for one in entries(seen, stage, step.key) if not one.covered]
    label = step.heading or step.title
    return [{"kind": "own", "label": label, "lines": [" · ".join(dict.fromkeys(said))]}] if said else []
