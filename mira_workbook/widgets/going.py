"""The buttons that move a session at its own pace: results, next, the pen, who is missing."""

from mira_workbook.catalogue import say
from mira_workbook.content.definition import Step
from mira_workbook.rules.moves import allowed
from mira_workbook.rules.pairs import at_first, pair_of, partners
from mira_workbook.rules.progress import (
    ANONYMOUS_FLOOR,
    Progress,
    following,
    in_pairs,
    is_anonymous,
    next_move,
    on_request,
    pen_page,
    ready_to_move,
)
from mira_workbook.rules.stage import Target
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.lines import button
from mira_workbook.widgets.room import Room


def move_words(room: Room, to: Target) -> str:
    """What the button that moves the session says."""
    if to == "show":
        return say("show_results")
    if to in {"again", "words"}:
        return say("once_more" if to == "again" else "show_words")
    ahead = following(room.snapshot, room.stage)
    return say("next_step", title=ahead.title) if to == "go" and ahead else say("finish")


def go_buttons(room: Room) -> list[Doc]:
    """The button that moves the session, where the rules allow the move; own pace only."""
    to = next_move(room.snapshot, room.stage)
    if to is None or room.led or room.stage.closing or room.leads or room.scribed:
        return []
    if not allowed(room.snapshot, room.stage, to) or room.me.key in room.stage.ready:
        return []
    return [button("go", move_words(room, to), main=ready_to_move(room.snapshot, room.stage)), *_aside(room)]


def _aside(room: Room) -> list[Doc]:
    """The way to a step that opens on request only, once everything else is done."""
    extra = on_request(room.snapshot, room.stage)
    if extra is None:
        return []
    return [button("aside", say("open_aside", title=extra.title, n=round(extra.minutes.total)))]


def waiting_words(room: Room, step: Step) -> list[Doc]:
    """Who is in, what is missing, and what one's own readiness does."""
    now = room.progress(step)
    blocks: list[Doc] = []
    to = next_move(room.snapshot, room.stage)
    if to == "show" and not now.can_show and is_anonymous(step):
        blocks.append({"kind": "text", "text": few_words(room, now)})
    elif to == "show" and not now.can_show and now.all_in and now.needed:
        few = say("needs_one") if now.needed == 1 else say("needs_more", needed=now.needed, n=now.count)
        blocks.append({"kind": "text", "text": few})
    present = len(room.snapshot.present())
    if room.me.key in room.stage.ready and present > 1 and not room.stage.closing:
        half = (present + 1) // 2
        blocks.append({"kind": "text", "text": say("ready_in", n=len(room.stage.ready), of=present, half=half)})
    return blocks


def few_words(room: Room, now: Progress) -> str:
    """What answers without names still wait for."""
    if len(now.expected) >= ANONYMOUS_FLOOR:
        return say("needs_five", needed=now.needed, n=now.count)
    here = room.snapshot.present()
    return say("needs_ticks", n=sum(m.guess_ok_at is not None for m in here), of=len(here))


def partner_buttons(room: Room, step: Step) -> list[Doc]:
    """Say that a partner is not here, so that nobody waits; or that one is here after all."""
    if not step.asks("pair") or room.led or room.scribed:
        return []
    with_me = partners(room.snapshot, room.me.key)
    gone = [m for m in room.snapshot.members if m.excused_at and m.key in at_first(room.snapshot, room.me.key)]
    return [
        *(button(f"excuse:{key}", say("not_here", name=room.name(key))) for key in with_me),
        *(button(f"back:{m.key}", say("bring_back", name=m.name)) for m in gone),
    ]


def pens(room: Room, step: Step) -> dict[str, Doc]:
    """Each page's pen, by the page; one under "" where all is on one page, none where everybody writes."""
    if step.pen != "one" or room.alone:
        return {}
    pages = dict.fromkeys(pen_page(step, f) for f in room.writes(step)) or {"": None}
    return {page: pen(room, step, page, n) for n, page in enumerate(pages, 1)}


def pen(room: Room, step: Step, page: str = "", n: int = 1) -> Doc:
    """Who writes the team text, or the page `n` of it, and how to get or give the pen."""
    held = room.stage.pens.get((step.key, page))
    end = f":{n}" if page else ""

    def one(what: str, label: str) -> Doc:
        return button(f"pen:{what}{end}", say(label))

    if held is None or not held.holder:
        return {"mine": False, "text": say("pen_free"), "buttons": [one("take", "take_pen")]}
    if held.holder != room.me.key:
        asked = held.asked_by == room.me.key
        text = say("asked_pen") if asked else say("pen_theirs", name=room.name(held.holder))
        return {"mine": False, "text": text, "buttons": [] if asked else [one("take", "ask_pen")]}
    if held.asked_by:
        buttons = [one("give", "give_pen"), one("keep", "in_a_moment")]
        return {"mine": True, "text": say("asks_pen", name=room.name(held.asked_by)), "buttons": buttons}
    return {"mine": True, "text": say("pen_mine"), "buttons": [one("pass", "pass_pen")]}


def missing_buttons(room: Room, step: Step) -> list[Doc]:
    """Leave somebody who is not here out of the count, or bring a person back; own pace only."""
    if room.led or room.scribed:
        return []
    arrived = set(room.progress(step).arrived)
    away = [m for m in room.snapshot.members if m.excused_at is not None]
    unit = {m.key: pair_of(room.snapshot, m.key) if in_pairs(step) else m.key for m in room.snapshot.present()}
    waited_for = [m for m in room.snapshot.present() if unit[m.key] not in arrived and m.key != room.me.key]
    return [
        *(button(f"excuse:{m.key}", say("not_here", name=m.name)) for m in waited_for),
        *(button(f"back:{m.key}", say("bring_back", name=m.name)) for m in away),
    ]
