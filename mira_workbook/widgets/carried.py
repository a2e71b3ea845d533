"""What a session builds on, as its pages show it: the words, where they are from, and that they have changed since."""

from collections.abc import Iterable, Mapping
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.records import Carry
from mira_workbook.rules import needs
from mira_workbook.widgets.controls import Doc, Held, control
from mira_workbook.widgets.lines import button, line
from mira_workbook.widgets.room import Room

FIELD = "needs."
"""Fields in which needs are typed by hand begin so; the key follows."""
_TO_SOURCE = "source"


def carried(room: Room, keys: Iterable[str]) -> list[Doc]:
    """The words of these keys with where they are from; nothing for what is not known."""
    return [block for key in keys for block in _carried(room, key)]


def _carried(room: Room, key: str) -> list[Doc]:
    carry = room.snapshot.built_on.get(key)
    if carry is None or key not in room.snapshot.workbook.needs:
        return []
    block = {"kind": "own", "label": room.snapshot.workbook.needs[key].label, "lines": told(room, carry)}
    if not room.pages or not carry.slug or room.scribed:
        return [block]
    there = button(f"{_TO_SOURCE}:{key}", say("open_source", title=carry.title))
    return [block, {"kind": "buttons", "buttons": [there]}]


def told(room: Room, carry: Carry) -> list[str]:
    """What was handed on, line by line, and last where it is from."""
    return [*needs.lines(carry.value), where_from(room, carry)]


def where_from(room: Room, carry: Carry) -> str:
    """“from One Priority, May 14, 2024”, or that it was typed in."""
    if carry.is_typed:
        return say("typed_in")
    return say("from_source", title=carry.title, date=room.day(carry.at))


# ----------------------------------------------------------------------------------------------- what is not known yet


def may_type(room: Room) -> bool:
    """Whether this page may give by hand what is missing: before the first step, who leads or where nobody does."""
    before = room.stage.state == "lobby" and not room.snapshot.cycle_closed
    return before and not room.scribed and (room.leads or not room.led)


def is_asked(room: Room) -> bool:
    """Whether the page asks for it now: until it is known, and while somebody changes what was typed."""
    if not may_type(room) or room.choices.screen not in {"", "needs"}:
        return False
    return bool(needs.to_type(room.snapshot) if room.choices.screen == "needs" else needs.must_have(room.snapshot))


def known(room: Room) -> list[Doc]:
    """In the lobby: what the session builds on; with a way to change what was typed."""
    blocks = carried(room, room.snapshot.workbook.needs)
    if may_type(room) and not is_asked(room) and needs.to_type(room.snapshot):
        change = button("menu:needs", say("need_change" if _was_typed(room) else "needs_title"))
        blocks.append({"kind": "buttons", "buttons": [change]})
    return blocks


def _was_typed(room: Room) -> bool:
    return any(room.snapshot.built_on[key].is_typed for key in room.snapshot.built_on)


def asking(room: Room) -> Doc:
    """The fields for what is to be typed, on one page with its own button."""
    fields = [_field(room, key) for key in needs.to_type(room.snapshot)]
    pages = [{"title": "", "do": "", "fields": fields, "next": ""}]
    return {"do": say("need_do"), "pages": pages, "submit": {"label": say("need_save"), "busy": False}}


def _field(room: Room, key: str) -> Doc:
    need = room.snapshot.workbook.needs[key]
    value = needs.words(room.snapshot.carries.get(key)) or None
    return control(needs.asked(key, need), room.context, Held(value)) | {"field": f"{FIELD}{key}", "hint": need.label}


def typed(room: Room, sent: Mapping[str, Any]) -> dict[str, str]:
    """What a page sent for each key that may be typed; what it did not send stays as it is."""
    found = {}
    for key in needs.to_type(room.snapshot):
        value = sent.get(f"{FIELD}{key}", needs.words(room.snapshot.carries.get(key)))
        found[key] = value if isinstance(value, str) else ""
    return found


def asked_by_hand(room: Room) -> Doc:
    """The screen beside the lobby on which what was typed can be changed."""
    back = button("menu:back", say("back"))
    return {"title": say("needs_title"), "blocks": [], "buttons": [back], **asking(room)}


# ---------------------------------------------------------------------------------------------- what has changed since


def changed_line(room: Room) -> list[Doc]:
    """W04, once for all that has changed; where somebody leads it stands on their page."""
    theirs = room.scribed or (room.led and not room.leads)
    if not room.snapshot.newer or theirs or room.snapshot.cycle_closed:
        return []
    sources = dict.fromkeys(source(room, key) for key in room.snapshot.newer)
    look = [button("menu:changed", say("look_again_button"))] if room.choices.screen != "changed" else []
    return [line("changed", "i", say("W04", source=", ".join(sources)), *look)]


def source(room: Room, key: str) -> str:
    """What changed, as people call it: the workbook it comes from, or the label of words that were typed."""
    need = room.snapshot.workbook.needs.get(key)
    return room.snapshot.newer[key].title or (need.label if need else key)


def changed(room: Room) -> Doc:
    """The words we built on beside the newer ones; taking these changes no answer."""
    blocks: list[Doc] = []
    for key, carry in room.snapshot.newer.items():
        need = room.snapshot.workbook.needs.get(key)
        blocks += [
            {"kind": "heading", "text": need.label if need else key},
            {"kind": "own", "label": say("we_built_on"), "lines": told(room, room.snapshot.built_on[key])},
            {"kind": "own", "label": say("it_says_now"), "lines": told(room, carry)},
        ]
        if may_use(room):
            use = button(f"newer:{key}:{carry.version}", say("use_newer"), main=len(room.snapshot.newer) == 1)
            blocks.append({"kind": "buttons", "buttons": [use]})
    blocks.append({"kind": "text", "text": say("changed_text")})
    return {"title": say("changed_title"), "blocks": blocks, "buttons": [button("menu:back", say("keep_older"))]}


def may_use(room: Room) -> bool:
    """Whether the session still takes anything."""
    return room.snapshot.meeting.ended_at is None and not room.snapshot.cycle_closed


def closed_line(room: Room) -> list[Doc]:
    """That the cycle is over: everything can be read, and nothing more is taken."""
    return [line("cycle_closed", "i", say("cycle_closed"))] if room.snapshot.cycle_closed else []


# ------------------------------------------------------------------------------------------------------ ways from here


def way_to(room: Room, press: str, rest: str) -> str:
    """The address that a button of these blocks leads to, "" for none."""
    carry = room.snapshot.built_on.get(rest) if press == _TO_SOURCE else None
    if carry is not None and carry.slug and room.pages:
        return f"{room.pages}voila/render/{carry.slug}.ipynb?m={carry.code}"
    return ""
