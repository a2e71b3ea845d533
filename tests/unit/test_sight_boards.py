"""What boards must not show: words before they are shown, names beside what bears none, anything to people outside."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from boards import Hall, hall
from desks import NAMES, Sitting, places, to_candidates, to_consent
from leaks import beside, forbidden, found
from led_room import LedRoom
from tiny import Ticking

from mira_workbook.rules import led
from mira_workbook.rules.sight import Viewer
from mira_workbook.store import Store

VIEWS = ("run", "grid", "remote", "present")


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    """A team of eight at its own pace, with a board beside it."""
    return hall(sqlite_store, clock, (8,), pace="own")


def pages(room: Hall) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for view in VIEWS:
        board = room.seat(view)
        yield view, board.refresh()
    yield "viewer", room.seat(role="viewer").refresh()


def check(room: Hall, written: Mapping[str, tuple[str, ...]]) -> None:
    """Every page of who leads and of who looks on, now."""
    team: Sitting = room.teams[0]
    for name, page in pages(room):
        viewer = Viewer("viewer" if name == "viewer" else "facilitator")
        assert found(page, forbidden(team.snapshot, team.stage, viewer)) == [], name
        assert beside(page, written) == [], name


def test_boards_hold_nobodys_words_before_they_are_shown_and_no_signature_after(room: Hall) -> None:
    team = room.teams[0]
    to_candidates(team)
    check(room, {})
    ideas = {f"zqidea{who}x": (NAMES[who], f"M{who + 1}") for who in range(8)}
    team.everyone(
        lambda who, _f: {"proposals": [{"cells": {"label": f"zqidea{who}x of us", "sign": f"zqidea{who}x daily"}}]}
    )
    check(room, ideas)
    team.go()
    check(room, ideas)
    shown = str(dict(pages(room))["run"])
    assert all(word in shown for word in ideas)
    assert all(word not in str(dict(pages(room))["viewer"]) for word in ideas)


def test_hands_that_only_the_facilitator_may_trace_bear_no_name_unless_names_are_asked_for(room: Hall) -> None:
    team = room.teams[0]
    to_consent(team)
    worries = {f"zqworry{who}x": (NAMES[who], f"M{who + 1}") for who in range(8)}
    team.everyone(lambda who, _f: {"fist": 2, "raise": f"zqworry{who}x stays with me", "safe_to_try": "because"})
    check(room, worries)
    team.go()
    check(room, worries)
    run = room.seat("run")
    run.refresh()
    assert all(name not in str(run.view["centre"]) for name in NAMES[:8])


def test_a_rating_without_names_is_never_traced_beside_one_that_may_be(room: Hall) -> None:
    team = room.teams[0]
    to_consent(team)
    team.store.act(None, led.private("consent", "fist", "none"), team.session.id)
    team.everyone({"fist": 4})
    team.go()
    run = room.seat("run")
    run.take({"press": "names", "save_key": "n1"})
    assert all(name not in str(run.refresh()["centre"]) for name in NAMES[:8])


def test_sorting_by_role_stays_without_names_on_every_board(room: Hall) -> None:
    team = room.teams[0]
    to_candidates(team)
    team.everyone(lambda who, _f: {"proposals": [{"cells": {"label": f"Idea {who} of us", "sign": "We see it daily"}}]})
    team.go()
    team.press(0, "pen:take")
    team.submit(0, {"candidates": team.fields(0)["candidates"]["value"], "set_aside": []})
    team.go()
    true_if = {f"zqtrue{who}x": (NAMES[who], f"M{who + 1}") for who in range(8)}
    team.everyone(
        lambda who, fields: {"places": places(fields["places"], "C1"), "true_if": f"zqtrue{who}x would have to be so"}
    )
    check(room, true_if)
    team.go()
    check(room, true_if)


def test_answers_that_are_shown_already_become_anonymous_only_where_enough_are() -> None:
    room = LedRoom().then(led.next_step())
    room.all_answer(4)
    room.act(led.show("We have to go"))
    room.wait(11)
    room.act(led.now())
    assert room.stage.is_shown("think", 1)
    told = room.attempt(led.private("think", "", "anonymous"))
    assert told == "These answers are shown already, and they are too few to be anonymous."
    assert room.act(led.private("think", "", "none")) == ["private think"]
    room.answer("M5")
    assert room.act(led.private("think", "", "anonymous")) == ["private think"]
