"""How a room moves at its own pace: everybody in, or half ready, ten seconds, Wait, undo; and who holds the pen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from desks import (
    Sitting,
    places,
    priority_setting,
    sit_down,
    to_candidates,
    to_consent,
    to_merging,
    to_role_priority,
    to_sort,
)
from tiny import Ticking

from mira_workbook.errors import StepLocked
from mira_workbook.rules import moves, moving
from mira_workbook.rules.stage import fold
from mira_workbook.store import NewMember, NewTeam, Store


@pytest.fixture
def three(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 3)


def kinds(sitting: Sitting) -> list[str]:
    return [act.kind for act in sitting.snapshot.acts]


def lines(sitting: Sitting, who: int) -> list[str]:
    return [line["id"] for line in sitting.look(who)["lines"]]


# ----------------------------------------------------------------------------------------------------------- own pace


def test_when_everyone_is_in_one_tap_starts_ten_seconds(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    three.press(1, "go")
    assert three.stage.closing is not None
    assert (three.stage.closing.to, "closing" in lines(three, 2)) == ("show", True)
    three.wait(9.9)
    three.look(0)
    assert not three.stage.is_shown("sort", 1)
    three.wait(0.2)
    three.look(0)
    assert three.stage.is_shown("sort", 1)


def test_anyone_can_ask_to_wait(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    three.press(1, "go")
    three.press(2, "wait")
    assert three.stage.closing is None
    assert three.stage.ready == set()
    three.wait(20)
    three.look(0)
    assert not three.stage.is_shown("sort", 1)


def test_half_of_the_team_ready_starts_the_countdown_too(sqlite_store: Store, clock: Ticking) -> None:
    four = sit_down(sqlite_store, clock, 4)
    to_role_priority(four)
    four.submit(0, {"text": "Know my group plan early", "why": "I get told at the door every day"})
    four.desks[0].doors.act(moves.go_on("M1"))
    assert four.stage.closing is None
    four.desks[1].doors.act(moves.go_on("M2"))
    assert four.stage.closing is not None


def test_too_few_answers_cannot_be_shown_however_many_are_ready(three: Sitting) -> None:
    to_sort(three)
    three.submit(0, {"places": places(three.fields(0)["places"], "C1")})
    with pytest.raises(StepLocked, match=r"^Showing results needs 3 answers; 1 are in\.$"):
        three.desks[0].doors.act(moves.go_on("M1"))


def test_an_answer_taken_back_in_the_ten_seconds_keeps_results_closed(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    three.press(1, "go")
    three.press(2, "change")
    three.wait(11)
    three.look(0)
    assert not three.stage.is_shown("sort", 1)
    assert three.stage.closing is None


def test_many_pages_that_tick_at_once_move_the_room_once(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    three.press(1, "go")
    three.wait(11)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda i: three.desks[i % 3].doors.act(moves.tick()), range(24)))
    assert kinds(three).count("reveal") == len({(a.step, a.round) for a in three.snapshot.acts if a.kind == "reveal"})
    assert three.stage.is_shown("sort", 1)
    assert three.stage.now_open == ("sort",)


def test_anyone_can_undo_for_a_minute(three: Sitting) -> None:
    to_sort(three)
    three.everyone(lambda _who, fields: {"places": places(fields["places"], "C1")})
    three.go()
    three.wait(40)
    assert "undo" in lines(three, 2)
    three.press(2, "undo")
    assert not three.stage.is_shown("sort", 1)
    assert "We went back one step. Your answer is still here." in three.words(2)


def test_after_a_minute_undo_is_refused(three: Sitting) -> None:
    to_sort(three)
    three.wait(61)
    assert "undo" not in lines(three, 0)
    (reply,) = three.press(0, "undo")
    assert (reply["error"], reply["final"]) == ("The minute for undo is over.", True)


def test_undoing_an_opening_keeps_the_answers(three: Sitting) -> None:
    to_sort(three)
    three.submit(0, {"places": places(three.fields(0)["places"], "C2")})
    three.press(1, "undo")
    assert three.stage.now_open == ("candidates",)
    three.go()
    assert three.stage.now_open == ("sort",)
    assert three.look(0)["key"] == "sort:1:waiting"
    assert three.snapshot.answers("sort", "places").keys() == {"M1"}


def test_role_priorities_are_not_shown_before_what_they_are_shown_with(three: Sitting) -> None:
    to_role_priority(three)
    three.everyone({"text": "Know my group plan early", "why": "I get told at the door every day"})
    assert not three.stage.is_shown("role_priority", 1)
    three.everyone(
        lambda _who, fields: {
            "expectations": [
                {"row_id": o["id"], "cells": {"expect": "Lead small groups", "sure": 1}}
                for o in fields["expectations"]["fixed"]
            ]
        }
    )
    assert not three.stage.is_shown("role_priority", 1)
    three.go()
    assert three.stage.now_open == ("role_reveal",)
    assert three.stage.is_shown("role_priority", 1)


def test_one_who_guessed_alone_is_read_by_nobody(sqlite_store: Store, clock: Ticking) -> None:
    four = sit_down(sqlite_store, clock, 4)
    to_role_priority(four)
    four.submit(0, {"text": "Know my group plan early", "why": "I get told at the door every day"})
    rows = [
        {"row_id": o["id"], "cells": {"expect": "A secret guess", "sure": 1}}
        for o in four.fields(0)["expectations"]["fixed"]
    ]
    four.submit(0, {"expectations": rows})
    for who in (0, 1):
        four.desks[who].doors.act(moves.go_on(f"M{who + 1}"))
    four.wait(11)
    for who in (1, 2, 3):
        assert "A secret guess" not in four.words(who)
    assert "A secret guess" not in str([a.payload for a in four.snapshot.acts])


def test_three_with_one_left_out_can_show_results(three: Sitting) -> None:
    to_sort(three)
    for who in (0, 1):
        three.submit(who, {"places": places(three.fields(who)["places"], "C1")})
    with pytest.raises(StepLocked):
        three.desks[0].doors.act(moves.lead("show"))
    three.press(0, "excuse:M3")
    three.go()
    assert three.stage.is_shown("sort", 1)


def test_a_team_that_asked_for_four_in_five_passes_with_one_at_two(sqlite_store: Store, clock: Ticking) -> None:
    five = sit_down(sqlite_store, clock, 5)
    five.go()
    five.submit(0, {"support_needed": "share80"})
    five.go()
    _on_to_consent(five)
    five.everyone(lambda who, _f: {"fist": 2, "raise": "Say that load goes down"} if who == 0 else {"fist": 4})
    five.go()
    assert "Enough of us are at 3 or above." in five.words(1)
    five.go()
    assert "adjust" in five.stage.skipped
    assert five.stage.now_open == ("contribute_release",)


def _on_to_consent(sitting: Sitting) -> None:
    for step in ("role_reveal", "candidates", "sort", "talk", "rank", "statement", "consent"):
        while step not in sitting.stage.opened:
            sitting.desks[0].doors.act(lambda s, _n: moving.next_steps(s, fold(s.acts, s.workbook)))


def test_a_row_of_a_team_table_belongs_to_who_took_it(three: Sitting) -> None:
    to_consent(three)
    while "park" not in three.stage.opened:
        three.desks[0].doors.act(lambda s, _n: moving.next_steps(s, fold(s.acts, s.workbook)))
    assert three.press(0, "row:take:C2")[0].get("error") is None
    assert three.fields(1)["parked"]["taken"] == {"C2": {"by": "Ana", "mine": False}}
    assert three.press(1, "row:take:C2")[0]["error"] == "Ana has this one. Pick another, or ask Ana."
    three.press(0, "row:leave:C2")
    assert three.press(1, "row:take:C2")[0].get("error") is None
    three.press(1, "row:take:nowhere")
    assert set(three.stage.rows) == {("park", "C2")}


def test_nobody_goes_on_before_the_list_of_the_next_step_is_saved(three: Sitting) -> None:
    to_merging(three)
    assert "go" not in three.buttons(1)
    (reply, *_) = three.press(1, "go")
    assert reply["error"] == (
        "The list is not saved yet, and the next step needs it. Somebody takes the pen and saves it."
    )
    three.submit(0, {})
    three.go()
    assert [o.id for o in three.stage.options("candidates")] == ["C1", "C2", "C3"]


# ------------------------------------------------------------------------------------------------------------ the pen


def pen(sitting: Sitting, who: int) -> str:
    text: str = sitting.look(who)["pen"]["text"]
    return text


def test_the_pen_is_taken_asked_for_and_given(three: Sitting) -> None:
    to_merging(three)
    assert [pen(three, who) for who in (0, 1)] == ["You hold the pen.", "Ana holds the pen."]
    three.press(1, "pen:take")
    assert [pen(three, who) for who in (0, 1)] == ["Ben asks for the pen.", "You asked for the pen."]
    three.press(0, "pen:give")
    assert [pen(three, who) for who in (0, 1)] == ["Ben holds the pen.", "You hold the pen."]


def test_in_a_moment_keeps_the_pen(three: Sitting) -> None:
    to_merging(three)
    three.press(1, "pen:take")
    three.press(0, "pen:keep")
    assert [pen(three, who) for who in (0, 1)] == ["You hold the pen.", "Ana holds the pen."]


def test_a_request_that_is_not_answered_for_ten_seconds_passes_the_pen(three: Sitting) -> None:
    to_merging(three)
    three.press(1, "pen:take")
    three.wait(9)
    three.press(1, "pen:take")
    assert pen(three, 0) == "Ben asks for the pen."
    three.wait(1)
    three.press(1, "pen:take")
    assert pen(three, 1) == "You hold the pen."


def test_a_pen_that_rests_for_45_seconds_can_be_taken(three: Sitting) -> None:
    to_merging(three)
    three.wait(40)
    three.send(0, "candidates", three.fields(0)["candidates"]["value"])
    three.wait(44)
    three.press(1, "pen:take")
    assert pen(three, 1) == "You asked for the pen."
    three.press(0, "pen:keep")
    three.wait(46)
    three.press(1, "pen:take")
    assert pen(three, 1) == "You hold the pen."


def test_a_pen_laid_down_is_free_for_all(three: Sitting) -> None:
    to_merging(three)
    three.press(0, "pen:pass")
    assert pen(three, 1) == "Nobody holds the pen."
    three.press(2, "pen:take")
    assert pen(three, 2) == "You hold the pen."


def test_a_led_room_has_no_button_to_move_on(sqlite_store: Store, clock: Ticking) -> None:
    people = (NewMember("Ana"), NewMember("Ben"))
    opened = sqlite_store.open_meeting(priority_setting(), [NewTeam("T", members=people)], pace="led")
    led = Sitting(sqlite_store, clock, opened.sessions[0])
    for member in sqlite_store.roster(led.session.id):
        led._sit(member.id, member.key)
    assert led.buttons(0) == []


def test_the_candidates_step_waits_for_an_idea_of_each(three: Sitting) -> None:
    to_candidates(three)
    assert three.look(0)["key"] == "candidates:1:answer"
