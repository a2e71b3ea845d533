"""What one who leads does beside moving the session: people, the talk, the wall, and the plan."""

import pytest
from desks import priority_setting
from led_room import BOOK, LedRoom

from mira_workbook.errors import StepLocked
from mira_workbook.rules import led, moves
from mira_workbook.rules.progress import progress
from mira_workbook.rules.stage import FACILITATOR


@pytest.fixture
def room() -> LedRoom:
    """Six people in the first step."""
    return LedRoom().then(led.next_step())


@pytest.fixture
def shown(room: LedRoom) -> LedRoom:
    """The first step's answers are shown."""
    room.all_answer()
    return room.then(led.show())


# --------------------------------------------------------------------------------------------------------------- people


def test_who_is_asked_whether_they_need_a_hand_answers_once(room: LedRoom) -> None:
    room.answer("M1")
    assert room.act(led.nudge()) == ["nudge think"]
    assert list(room.stage.nudged) == ["M2", "M3", "M4", "M5", "M6"]
    assert room.act(moves.answer_nudge("M2", "thinking")) == ["answer_nudge think"]
    assert room.act(moves.answer_nudge("M2", "pass")) == []
    assert "M2" not in room.stage.nudged
    assert room.act(led.nudge(["M1"])) == []


def test_who_passes_no_longer_counts_unless_they_answer_after_all(room: LedRoom) -> None:
    think = BOOK.step("think")
    room.act(led.nudge(["M2"]))
    room.act(moves.answer_nudge("M2", "pass"))
    assert room.stage.passed == {("think", 1, "M2")}
    assert progress(room.snapshot, room.stage, think).expected == ("M1", "M3", "M4", "M5", "M6")
    room.answer("M2")
    assert progress(room.snapshot, room.stage, think).expected == tuple(room.keys)


def test_a_pass_is_for_the_step_that_waits_for_the_person() -> None:
    room = LedRoom(book=priority_setting()).then(led.warm_up())
    room.answer("M1", step="role_priority")
    room.act(led.nudge())
    room.act(moves.answer_nudge("M1", "pass"))
    room.act(moves.answer_nudge("M2", "pass"))
    assert room.stage.passed == {("colleague_view", 1, "M1"), ("role_priority", 1, "M2")}


def test_a_nudge_is_over_with_the_next_move(room: LedRoom) -> None:
    room.act(led.nudge())
    room.then(led.next_step())
    assert room.stage.nudged == {}


def test_who_comes_after_the_reveal_counts_only_from_the_next_step_on(shown: LedRoom) -> None:
    shown.joined["M6"] = shown.now
    del shown.answers["think", 1, "seen", "M6"]
    shown.people = 7
    shown.joined["M7"] = shown.now
    now = progress(shown.snapshot, shown.stage, BOOK.step("think"))
    assert (now.expected, now.all_in) == (("M1", "M2", "M3", "M4", "M5"), True)
    shown.then(led.next_step())
    assert len(progress(shown.snapshot, shown.stage, BOOK.step("whisper")).expected) == 7


def test_an_absent_person_is_left_out_and_brought_back(room: LedRoom) -> None:
    assert room.act(led.excuse("M2")) == ["excuse"]
    assert room.act(led.excuse("M2")) == []
    assert len(progress(room.snapshot, room.stage, BOOK.step("think")).expected) == 5
    assert room.act(led.excuse("M2", back=True)) == ["back"]
    assert len(progress(room.snapshot, room.stage, BOOK.step("think")).expected) == 6


def test_a_scribe_enters_only_for_who_has_no_device(room: LedRoom) -> None:
    room.joined["M6"] = None
    assert room.act(led.scribe(FACILITATOR, "M6")) == ["scribe"]
    assert room.act(led.scribe("M1", "M6")) == ["scribe"]
    assert room.stage.scribes == {"M6": "M1"}
    assert room.act(led.scribe("M6", "M6")) == []
    assert room.act(led.scribe("M1", "M6", off=True)) == ["scribe"]
    assert room.stage.scribes == {}
    assert room.attempt(led.scribe("M1", "M2")) == "Person 2 answers on their own device."


def test_at_their_own_pace_colleagues_enter_for_each_other() -> None:
    room = LedRoom(pace="own", joined={"M6": None})
    assert room.act(moves.enter_for("M1", "M6")) == ["scribe"]
    assert room.stage.scribes == {"M6": "M1"}


# --------------------------------------------------------------------------------------------------- the talk, the wall


@pytest.fixture
def talk() -> LedRoom:
    """Six people in the talk, three put C1 first and three C2."""
    room = LedRoom(book=priority_setting()).then(led.reopen("candidates"))
    rows = [{"row_id": f"C{n}", "cells": {"label": f"Idea {n}"}} for n in (1, 2, 3)]
    room.team("candidates", "candidates", rows)
    room.then(led.reopen("sort"))
    for n, key in enumerate(room.keys):
        first = "C1" if n < 3 else "C2"
        room.answer(key, [{"row_id": first, "cells": {"tier": "priority"}}], key="places")
    return room.then(led.show(), led.next_step())


def test_the_talk_has_a_turn_for_each_voice(talk: LedRoom) -> None:
    assert [o.id for o in talk.stage.options("first_picks")] == ["C1", "C2"]
    assert talk.act(led.turn(1)) == ["turn talk"]
    assert (talk.stage.turn, talk.stage.turn_at) == (1, talk.now)
    assert talk.act(led.turn(3)) == []
    assert talk.act(led.turn(0)) == ["turn talk"]
    assert (talk.stage.turn, talk.stage.turn_at) == (0, None)


def test_only_who_put_it_first_speaks_for_it_and_the_first_who_says_yes(talk: LedRoom) -> None:
    assert talk.act(moves.speak("M4", "C1", yes=True)) == []
    assert talk.act(moves.speak("M1", "C1", yes=False)) == ["speak talk"]
    assert talk.act(moves.speak("M2", "C1", yes=True)) == ["speak talk"]
    assert talk.act(moves.speak("M3", "C1", yes=True)) == []
    assert (talk.stage.speakers, talk.stage.declined) == ({"C1": "M2"}, {("C1", "M1")})
    talk.act(moves.speak("M2", "C1", yes=False))
    assert talk.stage.speakers == {}


def test_questions_stand_in_order_until_the_next_turn(talk: LedRoom) -> None:
    for who in ("M3", "M1", "M5"):
        talk.act(moves.ask(who, on=True))
    talk.act(moves.ask("M1", on=False))
    assert talk.stage.asking == ("M3", "M5")
    assert talk.act(moves.ask("M3", on=True)) == []
    talk.act(led.turn(2))
    assert not talk.stage.asking


def test_there_is_nobody_to_ask_outside_a_talk(room: LedRoom) -> None:
    assert room.act(moves.ask("M1", on=True)) == []
    assert room.act(led.turn(1)) == []
    assert room.act(moves.speak("M1", "C1", yes=True)) == []


def test_one_picture_stands_before_the_room(room: LedRoom) -> None:
    assert room.act(led.picture(1, table=True)) == ["picture think"]
    assert room.stage.picture == {"think": (1, True)}
    assert room.act(led.picture(1, table=True)) == []


def test_an_entry_is_covered_and_a_line_is_pinned(shown: LedRoom) -> None:
    entry = "0123456789ab"
    assert shown.act(led.cover(entry)) == ["cover think"]
    assert shown.act(led.cover(entry)) == []
    shown.act(led.pin(entry, " Load goes down "))
    assert (shown.stage.covered, shown.stage.pinned) == ({entry}, {entry: "Load goes down"})
    shown.then(led.next_step())
    assert shown.stage.covered == {entry}
    shown.act(led.cover(entry, off=True))
    shown.act(led.pin(entry, off=True))
    assert (shown.stage.covered, shown.stage.pinned) == (set(), {})


def test_a_step_becomes_only_more_private_once_somebody_wrote(room: LedRoom) -> None:
    assert room.act(led.private("roles", "", "named")) == ["private roles"]
    room.drafts = {("M1", "think")}
    assert room.act(led.private("think", "seen", "role")) == ["private think"]
    assert room.stage.private == {("roles", ""): "named", ("think", "seen"): "role"}
    told = room.attempt(led.private("think", "seen", "named"))
    assert told == "People have written here already, so this step can only become more private."
    assert room.act(led.private("think", "seen", "role")) == []
    assert room.act(led.private("think", "nothing", "role")) == []


def test_all_teams_that_can_do_and_the_others_stay(room: LedRoom) -> None:
    room.all_answer(1)
    assert room.act(led.wherever(led.show())) == []
    room.all_answer()
    assert room.act(led.wherever(led.show())) == ["reveal think"]


def test_a_plan_has_minutes_and_a_time_of_day(room: LedRoom) -> None:
    assert room.act(led.replan({"agree": 1.5}, "17:04")) == ["replan"]
    assert (room.stage.plan, room.stage.ends) == ({"agree": 1.5}, "17:04")
    for minutes, ends in (({"nowhere": 1.0}, None), ({"agree": -1.0}, None), ({}, "5 pm")):
        with pytest.raises(StepLocked, match=r"^Give minutes from 0 to 600, and a time such as 17:04\.$"):
            room.act(led.replan(minutes, ends))
    assert room.act(led.replan({})) == []
