"""Where no name was promised, nobody's words stand beside their name on anybody else's page, at any moment."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from desks import NAMES, SENTENCE, Sitting, places, sit_down, to_candidates
from tiny import Ticking

from mira_workbook.store import Store
from mira_workbook.widgets.folded import folds

Written = dict[str, int]
"""Words that nobody else wrote, to the number of who did."""


def units(node: Any, around: str = "") -> Iterator[str]:
    """Each smallest part of a page that is read as one: an entry of a list, with what its surroundings say of it."""
    if isinstance(node, dict):
        own = " | ".join([around, *(one for one in node.values() if isinstance(one, str))])
        yield own
        for one in node.values():
            if isinstance(one, dict | list):
                yield from units(one, own)
    elif isinstance(node, list):
        row = " | ".join(one for one in node if isinstance(one, str))
        yield f"{around} | {row}"
        for one in node:
            if isinstance(one, dict | list):
                yield from units(one, around)


def signed(page: Any, written: Written, me: int) -> list[str]:
    """The words on a page that stand beside the name or the key of the other person who wrote them."""
    found = []
    for unit in units(page):
        for words, who in written.items():
            if who != me and words in unit and re.search(rf"\b({NAMES[who]}|M{who + 1})\b", unit):
                found.append(unit)
    return found


@pytest.mark.parametrize(
    "page",
    [
        {"blocks": [{"kind": "cards", "cards": [{"title": "Ben", "text": "zq1 here"}]}]},
        {"blocks": [{"kind": "table", "head": ["Who", "What"], "rows": [["Ana", "else"], ["Ben", "zq1 here"]]}]},
        {"blocks": [{"kind": "own", "label": "From Ben", "lines": ["zq1 here"]}]},
        {"pages": [{"fields": [{"value": [{"row_id": "M2", "cells": {"label": "zq1 here"}}]}]}]},
        {"blocks": [{"kind": "list", "items": ["Ben: zq1 here"]}]},
    ],
)
def test_a_name_beside_words_would_be_found(page: Any) -> None:
    assert len(signed(page, {"zq1": 1}, me=0)) == 1
    assert signed(page, {"zq1": 1}, me=1) == []


def test_a_name_elsewhere_on_the_page_is_no_signature() -> None:
    page = {
        "blocks": [{"cards": [{"title": "Ben", "text": "a"}, {"title": "p1", "text": "zq1"}]}],
        "pen": {"text": "Ben"},
    }
    assert signed(page, {"zq1": 1}, me=0) == []


class Watched:
    """A session whose every page is read at every moment."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.written: Written = {}
        self.met: set[tuple[int, int]] = set()

    def word(self, who: int, what: str) -> str:
        """Words of this person alone."""
        token = f"zq{what}{who}x"
        self.written[token] = who
        return f"{token} is what I see"

    def look(self) -> None:
        """Read every page, the screens beside it, and the folded steps."""
        for me, desk in enumerate(self.sitting.desks):
            pages: list[Any] = [self.sitting.look(me)]
            for beside in ("menu:answers", "menu:today", "menu:back"):
                self.sitting.press(me, beside)
                pages.append(self.sitting.look(me))
            pages.append({"folds": [[html] for html in folds(desk.room()).values()]})
            for page in pages:
                assert signed(page, self.written, me) == []
                read = str(page)
                self.met |= {(me, who) for words, who in self.written.items() if who != me and words in read}

    def go(self) -> None:
        self.sitting.go()
        self.look()

    def all_send(self, values: Any) -> None:
        self.sitting.everyone(values)
        self.look()


@pytest.mark.parametrize("people", [3, 5])
def test_ideas_places_and_orders_never_stand_beside_the_name_of_who_gave_them(
    sqlite_store: Store, clock: Ticking, people: int
) -> None:
    room = sit_down(sqlite_store, clock, people)
    now = Watched(room)
    to_candidates(room)
    _ideas(now)
    _places(now)
    _talk_and_order(now)
    room.press(0, "pen:take")
    assert "saved_at" in room.submit(0, SENTENCE, passed=["text||W_two_aims"])
    now.look()
    now.go()
    assert now.met == {(me, who) for me in range(people) for who in range(people) if me != who}


def _ideas(now: Watched) -> None:
    now.all_send(
        lambda who, _fields: {
            "proposals": [
                {"cells": {k: now.word(who, k) for k in ("label", "sign", "students")}},
                {"cells": {"label": now.word(who, "second"), "sign": now.word(who, "because")}},
            ]
            if who < 2
            else [{"cells": {k: now.word(who, k) for k in ("label", "sign", "students")}}]
        }
    )
    now.go()
    now.sitting.press(0, "pen:take")
    assert "saved_at" in now.sitting.submit(0, {"candidates": now.sitting.fields(0)["candidates"]["value"]})
    now.look()
    now.go()


def _places(now: Watched) -> None:
    def placed(who: int, fields: Any) -> Any:
        return {"places": places(fields["places"], f"C{who % 2 + 1}"), "true_if": now.word(who, "iftrue")}

    now.all_send(placed)
    now.go()
    now.go()


def _talk_and_order(now: Watched) -> None:
    room = now.sitting
    for who in range(len(room.desks)):
        rows = [{"row_id": o["id"], "cells": {"helps": ["C3"]}} for o in room.fields(who)["also_helps"]["fixed"]]
        assert "saved_at" in room.send(who, "also_helps", rows)[0]
    room.press(0, "pen:take")
    now.look()
    assert "saved_at" in room.submit(0, {"picks": room.fields(0)["picks"]["value"]})
    now.go()
    now.all_send(lambda _who, fields: {"order": sorted(o["id"] for o in fields["order"]["options"]), "confidence": 3})
    now.go()
    now.go()
