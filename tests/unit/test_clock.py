"""The room's clock: minutes used and left, the promised end, and the named ways to keep it."""

from datetime import UTC, datetime, timedelta

import pytest
from desks import priority_setting
from led_room import START, LedRoom

from mira_workbook.rules import clock, led
from mira_workbook.rules.clock import Cut, Ending

DAY = {"day": "2025-05-02", "starts": "15:30", "ends": "17:00"}


def minutes(span: timedelta) -> float:
    return span / timedelta(minutes=1)


@pytest.fixture
def room() -> LedRoom:
    """In the first step, planned for two minutes."""
    room = LedRoom()
    room.act(led.next_step())
    return room


def left(room: LedRoom) -> float:
    return minutes(clock.left(room.snapshot, room.stage, room.now))


def due(room: LedRoom) -> datetime | None:
    return clock.due(room.snapshot, room.stage, room.stage.current)


# ------------------------------------------------------------------------------------------------------------- one step


def test_a_step_is_over_when_its_minutes_are(room: LedRoom) -> None:
    assert due(room) == START + timedelta(minutes=2)
    room.wait(90)
    assert (left(room), due(room)) == (0.5, START + timedelta(minutes=2))
    room.wait(60)
    assert left(room) == -0.5


def test_a_minute_more_and_a_minute_less(room: LedRoom) -> None:
    room.act(led.extend(1))
    assert (due(room), room.stage.extra) == (START + timedelta(minutes=3), {"think": 1.0})
    room.act(led.extend(-1))
    assert (due(room), room.stage.extra) == (START + timedelta(minutes=2), {})
    assert room.act(led.extend(-3)) == []
    assert room.act(led.extend(0)) == []


def test_while_all_pause_the_clock_stands(room: LedRoom) -> None:
    room.wait(30)
    assert room.act(led.pause()) == ["pause think"]
    assert room.act(led.pause()) == []
    room.wait(600)
    assert (left(room), due(room)) == (1.5, None)
    assert room.act(led.resume()) == ["resume think"]
    assert room.act(led.resume()) == []
    assert (left(room), due(room)) == (1.5, room.now + timedelta(minutes=1.5))
    room.wait(60)
    assert left(room) == 0.5


def test_a_pause_ends_a_countdown(room: LedRoom) -> None:
    room.drafts = {("M2", "think")}
    room.act(led.next_step())
    room.act(led.pause())
    assert room.stage.closing is None


def test_a_second_round_has_the_minutes_alone_and_begins_anew(room: LedRoom) -> None:
    room.all_answer()
    room.act(led.show())
    room.act(led.extend(5))
    room.wait(300)
    room.act(led.again())
    assert (left(room), room.stage.extra) == (2.0, {})
    assert minutes(clock.elapsed(room.stage, "think", room.now + timedelta(minutes=1))) == 1


def test_a_step_opened_again_has_its_own_minutes_and_the_one_at_work_keeps_the_rest(room: LedRoom) -> None:
    room.act(led.next_step())
    room.wait(60)
    room.act(led.reopen("think"))
    assert left(room) == 2.0
    room.wait(300)
    room.act(led.next_step())
    assert (room.stage.current, left(room)) == ("whisper", 1.0)
    used = clock.used(room.snapshot, room.stage, room.now + timedelta(seconds=30))
    assert used == {"think": 5.0, "whisper": 1.5}


def test_minutes_planned_anew_count(room: LedRoom) -> None:
    room.act(led.replan({"think": 4, "agree": 1}))
    assert left(room) == 4.0
    assert clock.planned(room.snapshot, room.stage, "agree") == 1.0


def test_nothing_runs_in_the_lobby_and_after_the_end(room: LedRoom) -> None:
    lobby = LedRoom()
    assert clock.left(lobby.snapshot, lobby.stage, lobby.now) == timedelta()
    room.act(led.end())
    assert left(room) == 0
    assert due(room) is None
    room.wait(600)
    assert clock.used(room.snapshot, room.stage, room.now) == {"think": 0.0}


def test_a_warm_up_before_the_day_takes_no_minutes_of_the_room() -> None:
    room = LedRoom(book=priority_setting())
    room.act(led.warm_up())
    room.wait(20 * 3600)
    assert (left(room), due(room)) == (0, None)
    room.act(led.next_step())
    room.wait(60)
    used = clock.used(room.snapshot, room.stage, room.now)
    assert used == {"role_priority": 0.0, "colleague_view": 0.0, "open": 1.0}


def test_a_warm_up_in_the_room_shares_its_minutes_by_plan() -> None:
    room = LedRoom(book=priority_setting()).then(led.next_step(), led.next_step())
    room.wait(9 * 60 - 1)
    assert left(room) == 0
    assert {k: round(v, 9) for k, v in clock.used(room.snapshot, room.stage, room.now).items()} == {
        "open": round(1 / 60, 9),
        "role_priority": 5.0,
        "colleague_view": 4.0,
    }


# ------------------------------------------------------------------------------------------------------------- the talk


@pytest.mark.parametrize(
    ("voices", "seconds"),
    [(0, 0), (1, 180), (2, 120), (5, 120), (6, 110), (8, 82), (9, 73)],
)
def test_a_turn_is_the_longest_or_the_minutes_shared_out(voices: int, seconds: int) -> None:
    assert clock.turn_seconds(LedRoom().stage, priority_setting().step("talk"), voices) == seconds


def test_turns_grow_and_shrink_with_the_talk() -> None:
    room = LedRoom(book=priority_setting())
    talk = room.book.step("talk")
    room.act(led.replan({"talk": 10}))
    assert clock.turn_seconds(room.stage, talk, 9) == 60
    assert clock.turn_seconds(room.stage, room.book.step("sort"), 9) == 0


def test_a_turn_has_an_end_that_pauses_move() -> None:
    room = LedRoom(book=priority_setting()).then(led.reopen("candidates"))
    room.team("candidates", "candidates", [{"row_id": f"C{n}", "cells": {"label": f"Idea {n}"}} for n in (1, 2, 3)])
    room.then(led.reopen("sort"))
    for n, key in enumerate(room.keys):
        room.answer(key, [{"row_id": f"C{n % 3 + 1}", "cells": {"tier": "priority"}}], key="places")
    room.then(led.show(), led.next_step())
    assert clock.turn_due(room.snapshot, room.stage) is None
    room.act(led.turn(1))
    began = room.now
    assert clock.turn_due(room.snapshot, room.stage) == began + timedelta(minutes=2)
    room.wait(30)
    room.act(led.pause())
    assert clock.turn_due(room.snapshot, room.stage) is None
    room.wait(60)
    room.act(led.resume())
    assert clock.turn_due(room.snapshot, room.stage) == began + timedelta(minutes=3)


# ---------------------------------------------------------------------------------------------------------- the meeting


def ending(room: LedRoom) -> Ending:
    return clock.ending(room.snapshot, room.stage, room.now)


def test_the_promised_end_is_the_one_that_was_set_in_the_meetings_time_zone() -> None:
    room = LedRoom(facts=DAY, timezone="America/New_York", book=priority_setting())
    room.now = datetime(2025, 5, 1, 9, tzinfo=UTC)
    told = ending(room)
    assert told.promised == datetime(2025, 5, 2, 21, tzinfo=UTC)
    # 84 minutes of steps and 10 around them, from half past three
    assert told.expected == datetime(2025, 5, 2, 21, 4, tzinfo=UTC)
    assert told.over_min == 4


def test_a_meeting_on_another_day_keeps_its_hours() -> None:
    room = LedRoom(facts=DAY, book=priority_setting())
    room.now = datetime(2025, 5, 9, 15, 40, tzinfo=UTC)
    room.act(led.next_step())
    assert ending(room).promised == datetime(2025, 5, 9, 17, tzinfo=UTC)


def test_without_an_end_the_workbooks_length_is_promised() -> None:
    room = LedRoom(book=priority_setting())
    assert ending(room).promised is None
    room.act(led.next_step())
    assert ending(room).promised == START + timedelta(minutes=100)


def test_with_the_warm_up_done_the_meeting_is_promised_to_be_shorter() -> None:
    room = LedRoom(book=priority_setting()).then(led.warm_up())
    room.wait(3600)
    room.act(led.next_step())
    assert ending(room).promised == room.now + timedelta(minutes=90)


def test_a_new_end_is_a_new_promise() -> None:
    room = LedRoom(facts=DAY).then(led.next_step(), led.replan({}, "17:04"))
    assert ending(room).promised == datetime(2025, 5, 2, 17, 4, tzinfo=UTC)


def test_an_end_in_the_small_hours_is_of_the_next_day() -> None:
    room = LedRoom(facts={"ends": "00:30"}, now=datetime(2025, 5, 2, 23, tzinfo=UTC)).then(led.next_step())
    assert ending(room).promised == datetime(2025, 5, 3, 0, 30, tzinfo=UTC)


def test_an_odd_end_promises_nothing_that_was_not_said() -> None:
    room = LedRoom(facts={"ends": "five"})
    assert ending(room).promised is None


def test_what_takes_longer_moves_the_expected_end(room: LedRoom) -> None:
    # 2 + 2 + 1 + 1 + 3 + 5 + 3 minutes
    assert ending(room).expected == START + timedelta(minutes=17)
    room.wait(120)
    assert ending(room).expected == START + timedelta(minutes=17)
    room.wait(240)
    assert ending(room).expected == START + timedelta(minutes=21)
    room.act(led.pause())
    room.wait(60)
    assert ending(room).expected == START + timedelta(minutes=22)
    room.act(led.end())
    assert ending(room).expected == room.now


def late(minutes_late: float) -> LedRoom:
    """In the opening of One Priority, from half past three to five, with this many minutes over."""
    room = LedRoom(book=priority_setting(), facts=DAY, now=datetime(2025, 5, 2, 15, 30, tzinfo=UTC))
    room.act(led.next_step())
    opening = room.book.step("open").minutes.total
    room.wait(60 * (opening + minutes_late) - 60 * (90 - minutes_of(room)))
    return room


def minutes_of(room: LedRoom) -> float:
    """From the opening to the end, as planned."""
    return minutes(ending(room).expected - room.now)


def test_a_meeting_in_time_needs_no_cut() -> None:
    room = LedRoom(facts=DAY).then(led.next_step())
    assert clock.cuts(room.snapshot, room.stage, room.now) == ()


def test_three_named_cuts_win_the_minutes_back() -> None:
    room = late(3)
    assert ending(room).over_min == 3
    squeeze, leave_out, later = clock.cuts(room.snapshot, room.stage, room.now)
    won = ending(room).expected - timedelta(minutes=3)
    assert squeeze == Cut("squeeze", "3 minutes from “Speak for it”", 3.0, won, {"talk": 9.0})
    assert leave_out == Cut("leave_out", "“A place for the others” waits for the review date", 3.0, won, skip=("park",))
    assert later == Cut("later", "End at 5:03", 0, datetime(2025, 5, 2, 17, 3, tzinfo=UTC), ends="17:03")


@pytest.mark.parametrize(("which", "over"), [("squeeze", 0), ("leave_out", 0), ("later", 0), ("nothing", 3)])
def test_a_cut_is_made_by_its_name(which: str, over: int) -> None:
    room = late(3)
    room.act(led.cut(which))
    assert ending(room).over_min == over


def test_a_cut_of_the_talk_says_how_long_turns_are() -> None:
    room = LedRoom(book=priority_setting(), now=datetime(2025, 5, 2, 15, 30, tzinfo=UTC)).then(led.reopen("candidates"))
    room.team("candidates", "candidates", [{"row_id": f"C{n}", "cells": {"label": f"Idea {n}"}} for n in range(1, 7)])
    room.then(led.reopen("sort"))
    for n, key in enumerate(room.keys):
        room.answer(key, [{"row_id": f"C{n + 1}", "cells": {"tier": "priority"}}], key="places")
    room.then(led.show(), led.replan({"consent": 2, "rank": 3, "statement": 10, "contribute_release": 4, "adjust": 3}))
    room.facts = {"ends": "16:00"}
    squeeze, *_ = clock.cuts(room.snapshot, room.stage, room.now)
    assert squeeze.words == "6 minutes from “Speak for it”: turns of 0:50"
