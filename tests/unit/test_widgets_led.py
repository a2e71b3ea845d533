"""What the one who leads does to a member's page: in words, and without taking anything away."""

from datetime import timedelta

import pytest
from desks import Sitting, sit_down
from tiny import Ticking

from mira_workbook.rules import led
from mira_workbook.store import Store

MINE = {"text": "Know my group plan early", "why": "I get told at the door every day"}


@pytest.fixture
def three(sqlite_store: Store, clock: Ticking) -> Sitting:
    """Three people in a led session, at the warm-up steps."""
    sitting = sit_down(sqlite_store, clock, 3, pace="led")
    sitting.lead(led.next_step())
    sitting.lead(led.next_step())
    sitting.wait(70)
    return sitting


def expect_rows(three: Sitting, who: int) -> None:
    rows = [
        {"row_id": o["id"], "cells": {"expect": "Lead small groups well", "sure": 2}}
        for o in three.fields(who)["expectations"]["fixed"]
    ]
    three.submit(who, {"expectations": rows})


def to_reveal(three: Sitting) -> None:
    """Everybody's warm-up is in, and what colleagues expected is being judged."""
    for who in range(3):
        three.submit(who, MINE)
        expect_rows(three, who)
    three.lead(led.next_step())
    three.wait(70)


def judge(three: Sitting, who: int) -> None:
    rows = [{"row_id": o["id"], "cells": {"match": 1}} for o in three.fields(who)["match"]["fixed"]]
    three.submit(who, {"match": rows})


# ---------------------------------------------------------------- before the first step


def test_the_lobby_says_that_the_page_opens_by_itself_and_offers_no_start(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3, pace="led")
    doc = sitting.look(0)
    assert doc["buttons"] == []
    assert [b["text"] for b in doc["blocks"][:3]] == [
        "Put your phone down and say hello.",
        "This page opens the first step by itself.",
        "3 of 3 here",
    ]


def test_what_the_facilitator_fills_in_is_shown_and_not_asked(sqlite_store: Store, clock: Ticking) -> None:
    sitting = sit_down(sqlite_store, clock, 3, pace="led")
    sitting.lead(led.next_step())
    doc = sitting.look(0)
    assert (doc["key"], doc["pages"], doc["submit"], doc["buttons"]) == ("open:1:results", [], None, [])


def test_before_the_day_the_page_lists_the_warm_up_and_thanks_at_its_end(sqlite_store: Store, clock: Ticking) -> None:
    day = clock().date() + timedelta(days=2)
    sitting = sit_down(sqlite_store, clock, 3, pace="led", day=day.isoformat())
    sitting.lead(led.warm_up())
    doc = sitting.look(0)
    assert (doc["key"], doc["title"]) == ("warm_up", f"Two short things before {day:%A}")
    assert (doc["bar"]["part"], doc["bar"]["time"]) == ("Warm-up", "about 9 min")
    assert [b.get("text") or b.get("lines") or b["buttons"][0]["label"] for b in doc["blocks"]] == [
        "Any time, on any device. Stop and come back: your words stay.",
        ["Not begun yet."],
        "Start",
        ["Not begun yet."],
        "Start",
        f"Nobody sees this before we open it together on {day:%A}.",
    ]
    sitting.press(0, "visit:role_priority")
    sitting.send(0, "text", "Know my")
    assert [b["label"] for b in sitting.look(0)["buttons"]] == ["Back"]
    sitting.press(0, "menu:back")
    assert {"kind": "own", "label": "1 What comes first in your role?", "lines": ["Begun, not sent yet."]} in (
        sitting.look(0)["blocks"]
    )
    sitting.press(0, "visit:role_priority")
    sitting.submit(0, MINE)
    assert sitting.look(0)["key"] == "warm_up"
    sitting.press(0, "visit:colleague_view")
    expect_rows(sitting, 0)
    doc = sitting.look(0)
    assert doc["title"] == f"Thank you. That is all until {day:%A} 3:30."
    assert [b["label"] for b in doc["blocks"]] == ["Add to my calendar"]


# ---------------------------------------------------------------- lines of the bar


def test_a_pause_is_said_and_fields_keep_what_is_typed(three: Sitting) -> None:
    three.send(0, "text", "Know my")
    key = three.look(0)["key"]
    three.lead(led.pause())
    doc = three.look(0)
    assert three.lines(0) == ["Paused. Look up. Your words stay as they are."]
    assert (doc["key"], doc["bar"]["time"], doc["announce"]) == (
        key,
        "paused",
        "Paused. Look up. Your words stay as they are.",
    )
    assert three.fields(0)["text"]["value"] == "Know my"
    assert three.fields(0)["text"]["locked"] is False
    three.lead(led.resume())
    assert three.lines(0) == []


def test_a_soft_close_takes_a_wait_from_each_once(three: Sitting) -> None:
    for who in (1, 2):
        three.send(who, "text", "Know my")
    three.lead(led.next_step())
    closing = "Finishing in 10 s. What you have typed is kept. [Wait, please]"
    assert three.lines(1) == [closing]
    three.press(1, "wait")
    assert three.lines(1) == ["Noted: ten more seconds. What you have typed is kept."]
    assert three.lines(2) == [closing.replace("10", "20")]
    three.wait(12)
    assert three.look(1)["key"] == "role_priority:1:answer"
    three.wait(10)
    assert three.look(1)["key"] != "role_priority:1:answer"


def test_results_that_are_put_away_leave_the_answer_in(three: Sitting) -> None:
    to_reveal(three)
    for who in range(3):
        judge(three, who)
    three.lead(led.show())
    three.lead(led.hide())
    words = "The facilitator has put the results away for now. Your answer is still in."
    assert words in three.words(0)
    assert three.look(0)["announce"] == "The facilitator has put the results away for now."
    assert "half of the way" not in three.words(0)


def test_an_undo_is_told_to_everybody_whose_answer_is_still_there(three: Sitting) -> None:
    to_reveal(three)
    three.lead(led.undo()) if three.stage.can_undo(three.clock()) else None
    for who in range(3):
        judge(three, who)
    three.lead(led.show())
    three.lead(led.undo())
    assert [three.lines(who) for who in range(3)] == [["We went back one step. Your answer is still here."]] * 3
    three.lead(led.redo())
    assert three.lines(0) == []
    assert three.look(0)["key"] == "role_reveal:1:results"


def test_everybody_is_brought_to_one_step_and_screens_beside_it_close(three: Sitting) -> None:
    three.press(0, "menu:today")
    assert three.look(0)["key"] == "screen:today"
    three.lead(led.bring_here("candidates"))
    doc = three.look(0)
    assert doc["key"] == "candidates:1:answer"
    assert doc["come"] == "We are all in “Add and merge” now."
    assert three.lines(0) == [
        "We are all in “Add and merge” now.",
        "We left out “What they expected” this time.",
    ]
    three.press(0, "menu:today")
    assert three.look(0)["key"] == "screen:today"


def test_a_step_left_out_while_somebody_types_keeps_the_words(three: Sitting) -> None:
    three.lead(led.bring_here("candidates"))
    three.wait(61)
    three.send(0, "proposals", [{"row_id": "a", "cells": {"label": "Read more"}}])
    three.lead(led.skip())
    assert three.lines(0)[0] == "We left out “Add and merge” this time. What you typed is kept as a draft."


def test_who_types_when_results_come_can_still_send_marked_late(three: Sitting) -> None:
    to_reveal(three)
    judge(three, 0)
    judge(three, 1)
    three.lead(led.show(reason="It is late"))
    assert three.lines(2) == [f"Closed at {three.clock_words()}. You can still send yours; it is marked late. [Send]"]
    three.press(2, "late:role_reveal")
    assert three.look(2)["key"] == "role_reveal:1:answer"
    judge(three, 2)
    late = [r.late for r in three.snapshot.responses if (r.step, r.author) == ("role_reveal", "M3")]
    assert late == [True]
    assert three.lines(2) == ["Your answer came after the results. It is marked late."]


def test_a_whole_draft_of_a_step_that_closed_goes_in_with_one_tap(three: Sitting) -> None:
    for name, value in MINE.items():
        three.send(2, name, value)
    three.lead(led.bring_here("candidates"))
    three.wait(61)
    assert three.lines(2) == ["“Your role” has closed, but you can still send yours. [Send]"]
    three.press(2, "late:role_priority")
    assert three.snapshot.answers("role_priority", "text") == {"M3": MINE["text"]}
    assert three.look(2)["key"] == "candidates:1:answer"
    assert three.lines(2) == ["Your answer is in."]


def test_an_answer_sent_from_a_page_that_has_not_seen_the_step_close_goes_in(three: Sitting) -> None:
    three.lead(led.bring_here("candidates"))
    three.wait(61)
    (reply,) = three.send(2, "$submit", {"values": MINE}, save_key="role_priority:1:answer/one")
    assert reply["draft"] is False
    assert three.snapshot.answers("role_priority", "text") == {"M3": MINE["text"]}
    assert three.look(2)["key"] == "candidates:1:answer"
    assert three.lines(2) == ["Your answer is in."]


def test_an_answer_sent_as_the_results_come_is_marked_late(three: Sitting) -> None:
    to_reveal(three)
    judge(three, 0)
    judge(three, 1)
    rows = [{"row_id": o["id"], "cells": {"match": 1}} for o in three.fields(2)["match"]["fixed"]]
    three.lead(led.show(reason="It is late"))
    (reply,) = three.send(2, "$submit", {"values": {"match": rows}}, save_key="role_reveal:1:answer/one")
    assert reply["draft"] is False
    assert [r.late for r in three.snapshot.responses if (r.step, r.author) == ("role_reveal", "M3")] == [True]
    assert three.lines(2) == ["Your answer came after the results. It is marked late."]


def test_what_is_missing_in_an_answer_to_a_closed_step_brings_that_step_back(three: Sitting) -> None:
    three.lead(led.bring_here("candidates"))
    half = {"values": {"text": MINE["text"]}}
    (reply,) = three.send(2, "$submit", half, save_key="role_priority:1:answer/one")
    assert [(p["field"], p["text"]) for p in reply["problems"]] == [("why", "Please answer this before you submit.")]
    doc = three.look(2)
    assert (doc["key"], [b["label"] for b in doc["buttons"]]) == ("role_priority:1:answer", ["Back to the open step"])
    (reply,) = three.send(2, "$submit", {"values": MINE}, save_key="role_priority:1:answer/two")
    assert reply["draft"] is False
    assert three.look(2)["key"] == "candidates:1:answer"


def test_an_answer_to_a_step_that_takes_none_any_more_is_sent_to_no_other_step(three: Sitting) -> None:
    three.submit(2, MINE)
    three.lead(led.bring_here("candidates"))
    three.wait(61)
    for key in ("role_priority:1:answer/one", "colleague_view:2:answer/two", "nowhere/three"):
        (reply,) = three.send(2, "$submit", {"values": {"text": "Another one first"}}, save_key=key)
        assert reply == {
            "field": "$submit",
            "save_key": key,
            "error": "We have moved on since. What you typed is kept as a draft.",
            "final": True,
            "moved": True,
        }
    assert three.snapshot.answers("role_priority", "text") == {"M3": MINE["text"]}
    assert three.look(2)["key"] == "candidates:1:answer"


def test_half_a_draft_brings_its_step_back_onto_the_page(three: Sitting) -> None:
    three.send(2, "text", MINE["text"])
    three.lead(led.bring_here("candidates"))
    assert "“Your role” has closed, but you can still send yours. [Send]" in three.lines(2)
    three.press(2, "late:role_priority")
    doc = three.look(2)
    assert (doc["key"], [b["label"] for b in doc["buttons"]]) == ("role_priority:1:answer", ["Back to the open step"])
    three.press(2, "menu:back")
    assert three.look(2)["key"] == "candidates:1:answer"


def test_after_the_end_a_draft_can_be_sent_until_midnight(three: Sitting) -> None:
    for name, value in MINE.items():
        three.send(2, name, value)
    three.lead(led.end())
    assert three.look(2)["key"] == "leaving:1:answer"
    assert "“Your role” has not gone in yet. You have until midnight to send it. [Send]" in three.lines(2)
    three.press(2, "late:role_priority")
    assert three.snapshot.answers("role_priority", "text") == {"M3": MINE["text"]}
    three.wait(24 * 3600)
    assert not [words for words in three.lines(1) if "midnight" in words]


def test_a_step_that_is_open_again_says_so_and_whether_its_list_has_changed(three: Sitting) -> None:
    to_reveal(three)
    for who in range(3):
        judge(three, who)
    three.lead(led.show())
    three.lead(led.next_step())
    three.wait(70)
    three.lead(led.reopen("role_reveal"))
    assert three.lines(0) == ["“What they expected” is open again. Your answer is still here."]


# ---------------------------------------------------------------- being asked


def test_a_nudge_asks_kindly_and_takes_three_answers(three: Sitting) -> None:
    three.submit(0, MINE)
    three.lead(led.nudge())
    asked = "The facilitator asks: do you need a hand? [Still thinking] [I need help] [Skip this one]"
    assert three.lines(1) == [asked]
    three.press(1, "nudge:thinking")
    assert three.lines(1) == []
    three.press(2, "nudge:help")
    assert three.lines(2) == ["Noted. Ask the person next to you, or raise a hand."]


def test_who_passes_no_longer_counts_and_may_answer_after_all(three: Sitting) -> None:
    to_reveal(three)
    draft = [{"row_id": o["id"], "cells": {"match": 1}} for o in three.fields(1)["match"]["fixed"][:1]]
    three.send(1, "match", draft)
    three.lead(led.nudge())
    three.press(1, "nudge:pass")
    doc = three.look(1)
    passed = "You can leave this one out. The facilitator has noted it. What you typed is kept as a draft."
    assert doc["blocks"] == [{"kind": "text", "text": passed}]
    assert [b["id"] for b in doc["buttons"]] == ["after_all"]
    assert three.look(0)["key"] == "role_reveal:1:answer"
    judge(three, 0)
    assert three.look(0)["title"] == "1 of 2 in"
    three.press(1, "after_all")
    assert three.fields(1)["match"]["value"] == draft
    judge(three, 1)
    assert three.look(0)["title"] == "2 of 3 in"


def test_who_passes_a_step_of_a_warm_up_goes_on_to_its_next(three: Sitting) -> None:
    three.lead(led.nudge())
    three.press(1, "nudge:pass")
    assert three.look(1)["key"] == "colleague_view:1:answer"
    assert three.lines(1) == [
        "You can leave this one out. The facilitator has noted it. What you typed is kept as a draft."
    ]


# ---------------------------------------------------------------- whose moves these are


def test_waiting_has_no_buttons_that_move_the_session(three: Sitting) -> None:
    to_reveal(three)
    judge(three, 0)
    doc = three.look(0)
    assert doc["title"] == "1 of 3 in"
    assert {"kind": "text", "text": "Rest your eyes. Results come when the facilitator shows them."} in doc["blocks"]
    assert [b["id"] for b in doc["buttons"]] == ["change"]


def test_waiting_for_a_later_step_names_it(three: Sitting) -> None:
    three.submit(0, MINE)
    expect_rows(three, 0)
    rest = {"kind": "text", "text": "Rest your eyes. These open later, with “What they expected”."}
    assert rest in three.look(0)["blocks"]


def test_who_was_there_and_of_whom_nobody_wrote_is_told_just_that(three: Sitting) -> None:
    three.lead(led.next_step())
    doc = three.look(0)
    assert (doc["key"], doc["title"]) == ("role_reveal:1:waiting", "What did they expect of you?")
    assert [b["text"] for b in doc["blocks"] if b["kind"] == "text"] == [
        "Nobody wrote for you here, so this one asks nothing of you.",
        "Rest your eyes. Results come when the facilitator shows them.",
    ]


@pytest.mark.parametrize("button", ["go", "undo", "excuse:M2", "back:M2", "voice", "scribe:for:M2"])
def test_a_member_cannot_move_a_led_session(three: Sitting, button: str) -> None:
    before = three.snapshot.acts
    three.press(0, button)
    assert three.snapshot.acts == before


def test_who_comes_late_is_told_what_there_is_so_far(three: Sitting) -> None:
    to_reveal(three)
    for who in range(3):
        judge(three, who)
    three.lead(led.show())
    three.lead(led.next_step())
    late = three.join("Tom Ash")
    doc = three.look(late)
    assert (doc["key"], doc["title"]) == ("welcome", "Welcome, Tom. We are in part 2.")
    assert [b.get("text") or b["items"] for b in doc["blocks"]] == [
        "So far",
        ["What they expected: We read each other's priorities right about half of the way. What surprised you?"],
        "You can join in from here. Nothing before this is asked of you.",
    ]
    three.press(late, "menu:back")
    assert three.look(late)["key"] == "candidates:1:answer"
