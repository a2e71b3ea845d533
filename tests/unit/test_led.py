"""What one who leads may do: show, go on, go back, and close, with what each writes and what each refuses."""

from datetime import timedelta

import pytest
from desks import priority_setting
from led_room import BOOK, START, LedRoom

from mira_workbook.errors import RightError
from mira_workbook.records import LEADING, NewAct
from mira_workbook.rules import led, moves
from mira_workbook.rules.progress import following, is_warming_up, next_move, writing


@pytest.fixture
def room() -> LedRoom:
    """Six people in the first step."""
    return LedRoom().then(led.next_step())


@pytest.fixture
def shown(room: LedRoom) -> LedRoom:
    """The first step's answers are shown."""
    room.all_answer()
    return room.then(led.show())


# -------------------------------------------------------------------------------------------------------------- showing


def test_when_all_are_in_answers_are_shown_at_once(room: LedRoom) -> None:
    room.all_answer()
    assert room.act(led.show()) == ["reveal think"]
    assert room.stage.is_shown("think", 1)


def test_when_enough_are_in_the_others_get_ten_seconds(room: LedRoom) -> None:
    room.all_answer(3)
    assert room.act(led.show()) == ["close think"]
    closing = room.stage.closing
    assert closing is not None
    assert (closing.to, closing.due - room.now, closing.led) == ("show", timedelta(seconds=10), True)
    assert room.act(led.show()) == []
    room.wait(10)
    assert moves.is_due(room.snapshot, room.stage, room.now)
    assert room.act(moves.tick()) == ["reveal think"]
    assert room.act(moves.tick()) == []


def test_too_few_answers_are_not_shown_without_a_reason(room: LedRoom) -> None:
    room.all_answer(2)
    assert room.attempt(led.show()) == "Showing results needs 3 answers; 2 are in."
    assert room.attempt(led.show("  ")) == "Showing results needs 3 answers; 2 are in."
    assert room.act(led.show("We have to go")) == ["reveal think"]
    assert room.stage.overridden == {("think", 1): "We have to go"}


def test_nothing_is_shown_where_nobody_has_answered(room: LedRoom) -> None:
    assert room.attempt(led.show("We have to go")) == "Showing results needs 3 answers; 0 are in."


def test_no_reason_shows_too_few_anonymous_answers() -> None:
    room = LedRoom().then(led.next_step(), led.next_step())
    room.all_answer(4)
    assert room.attempt(led.show("We have to go")) == "Showing results needs 5 answers; 4 are in."
    room.answer("M5")
    assert room.act(led.show("We have to go")) == ["close whisper"]


def test_a_threshold_of_three_holds_if_it_was_set_before_the_step_opened() -> None:
    room = LedRoom().then(led.next_step(), led.threshold("whisper", 3), led.next_step())
    room.all_answer(2)
    assert room.attempt(led.show()) == "Showing results needs 3 answers; 2 are in."
    room.answer("M3")
    assert room.act(led.show()) == ["close whisper"]
    told = room.attempt(led.threshold("whisper", 4))
    assert told == "This step is open, so the number of answers it needs stays."


@pytest.mark.parametrize(("step", "n"), [("whisper", 2), ("whisper", 6), ("think", 3), ("nowhere", 3)])
def test_no_other_threshold_is_taken(step: str, n: int) -> None:
    assert LedRoom().act(led.threshold(step, n)) == []


def test_four_people_need_everyones_tick_whatever_was_set() -> None:
    room = LedRoom(4).then(led.threshold("whisper", 3), led.next_step(), led.next_step())
    room.all_answer()
    assert "needs 4 answers" in room.attempt(led.show())
    room.ticks = set(room.keys)
    assert room.act(led.show()) == ["reveal whisper"]


def test_showing_twice_changes_nothing(shown: LedRoom) -> None:
    assert shown.act(led.show()) == []


def test_what_is_hidden_stays_hidden_until_it_is_shown_again(shown: LedRoom) -> None:
    assert shown.act(led.hide()) == ["hide think"]
    assert not shown.stage.is_shown("think", 1)
    assert shown.act(led.hide()) == []
    shown.then(led.next_step())
    assert not shown.stage.is_shown("think", 1)
    shown.then(led.reopen("think"))
    assert shown.act(led.show()) == ["reveal think"]
    assert shown.stage.is_shown("think", 1)


def test_a_team_step_has_nothing_to_show() -> None:
    room = LedRoom().then(led.reopen("agree"))
    assert room.act(led.show()) == []


def test_a_step_whose_rows_nobody_wrote_asks_nobody_and_is_gone_on_from() -> None:
    for pace in ("led", "own"):
        room = LedRoom(book=priority_setting(), pace=pace)
        room.add(NewAct("open", "role_priority", payload={"with": ["colleague_view"]}))
        room.act(moves.lead("go"))
        room.act(moves.lead("go"))
        assert room.stage.now_open == ("role_reveal",)
        assert next_move(room.snapshot, room.stage) == "go"
    room.pace = "led"
    assert room.attempt(led.show()) == "This step asks nobody anything now, so there is nothing to show."


def test_answers_that_nobody_had_to_give_can_be_shown_too() -> None:
    room = LedRoom().then(led.reopen("roles"))
    assert room.attempt(led.show()) == "Showing results needs 3 answers; 0 are in."
    room.all_answer()
    assert room.act(led.show()) == ["reveal roles"]


def test_what_waited_for_a_step_is_shown_with_it_once_enough_came_in() -> None:
    room = LedRoom(book=priority_setting()).then(led.next_step(), led.next_step())
    for key, about in zip(room.keys, (*room.keys[1:], "M1"), strict=True):
        room.answer(key, [{"row_id": about, "cells": {"expect": "Lead groups"}}])
    room.then(led.next_step())
    assert ("colleague_view", 1) in room.stage.revealed
    assert room.attempt(led.show()) == "Showing results needs 3 answers; 0 are in."
    for key in room.keys:
        room.answer(key, step="role_priority")
    assert room.act(led.show()) == ["reveal role_priority"]
    room.all_answer(3)
    assert room.act(led.show()) == ["close role_reveal"]


# -------------------------------------------------------------------------------------------------------- the countdown


def test_the_one_who_leads_goes_on_at_once_where_nobody_writes(room: LedRoom) -> None:
    assert room.act(led.next_step()) == ["open whisper"]


def test_people_who_still_write_get_ten_seconds_and_keep_their_drafts(room: LedRoom) -> None:
    room.drafts = {("M2", "think"), ("M3", "whisper")}
    assert writing(room.snapshot, room.stage) == ("M2",)
    assert room.act(led.next_step()) == ["close think"]
    assert room.act(led.next_step()) == []
    room.wait(10)
    assert room.act(moves.tick()) == ["open whisper"]
    assert ("M2", "think") in room.drafts


def test_a_draft_of_one_who_is_in_holds_nobody_up(room: LedRoom) -> None:
    room.answer("M2")
    room.drafts = {("M2", "think")}
    assert room.act(led.next_step()) == ["open whisper"]


def test_each_person_adds_ten_seconds_once_and_three_people_at_most(room: LedRoom) -> None:
    room.drafts = {("M2", "think")}
    room.act(led.next_step())
    first = room.stage.closing
    for who in ("M2", "M2", "M3", "M4", "M5"):
        room.act(moves.wait(who))
    closing = room.stage.closing
    assert first is not None
    assert closing is not None
    assert closing.due - first.due == timedelta(seconds=30)
    assert closing.asked == {"M2", "M3", "M4"}


def test_a_countdown_can_be_stopped_or_made_at_once(room: LedRoom) -> None:
    room.all_answer(3)
    room.act(led.show())
    assert room.act(led.halt()) == ["halt think"]
    assert room.stage.closing is None
    assert room.act(led.halt()) == []
    assert room.act(led.now()) == []
    room.act(led.show())
    assert room.act(led.now()) == ["reveal think"]


def test_an_answer_taken_back_stops_the_countdown(room: LedRoom) -> None:
    room.all_answer(3)
    room.act(led.show())
    room.answer("M1", back=True)
    assert room.attempt(led.now()) == "Showing results needs 3 answers; 2 are in."
    room.wait(11)
    assert room.act(moves.tick()) == ["halt think"]
    assert room.stage.closing is None


def test_nothing_moves_a_led_room_but_who_leads(room: LedRoom) -> None:
    room.all_answer()
    assert room.attempt(moves.go_on("M1")) == "Your facilitator moves this session on."
    assert room.attempt(moves.undo("M1")) == "Your facilitator moves this session on."
    assert room.attempt(moves.excuse("M2")) == "Your facilitator moves this session on."
    room.add(NewAct("ready", "think", payload={"member": "M1"}))
    assert room.act(moves.tick()) == []
    assert not moves.is_due(room.snapshot, room.stage, room.now)


def test_a_team_at_its_own_pace_is_moved_by_nobody_else() -> None:
    room = LedRoom(pace="own")
    for judge in (led.show(), led.next_step(), led.end(), led.undo(), led.bring_here("agree"), led.hide()):
        with pytest.raises(RightError, match=r"^This team goes at its own pace: its people move it on\.$"):
            room.act(judge)


def test_every_judge_of_who_leads_is_marked_and_no_members_is() -> None:
    made = [led.show(), led.next_step(), led.end(), led.pause(), led.cover("a"), led.excuse("M1"), led.cut("later")]
    assert all(getattr(judge, LEADING, False) for judge in made)
    theirs = [moves.wait("M1"), moves.ask("M1", on=True), moves.tick(), moves.take_pen("M1", "agree", "")]
    assert not any(getattr(judge, LEADING, False) for judge in theirs)


# ---------------------------------------------------------------------------------------------------------------- again


def test_the_second_round_opens_once_the_first_was_shown(room: LedRoom) -> None:
    room.all_answer()
    assert room.attempt(led.again()) == "Show the first answers before you ask once more."
    room.then(led.show())
    assert room.act(led.again()) == ["round think"]
    assert room.stage.round_of("think") == 2
    assert room.act(led.again()) == []
    assert next_move(room.snapshot, room.stage) == "show"


def test_a_step_that_goes_back_to_another_opens_its_second_round() -> None:
    room = LedRoom(book=priority_setting()).then(led.reopen("consent"))
    for key in room.keys:
        room.answer(key, 2, key="fist")
    room.then(led.show(), led.next_step())
    assert room.stage.now_open == ("adjust",)
    assert next_move(room.snapshot, room.stage) == "again"
    assert room.act(led.again()) == ["round consent"]
    for key in room.keys:
        room.answer(key, 2, key="fist")
    room.then(led.show())
    assert (("consent", 2) in room.stage.revealed, room.stage.now_open) == (True, ("consent",))


# -------------------------------------------------------------------------------------------- skipping, going back, end


def test_a_step_left_out_while_open_waits_for_the_next_move(room: LedRoom) -> None:
    assert room.act(led.skip()) == ["skip think"]
    assert (room.stage.skipped, room.stage.now_open) == ({"think": "led"}, ("think",))
    assert next_move(room.snapshot, room.stage) == "go"
    assert room.act(led.skip()) == []
    room.then(led.next_step())
    assert room.stage.now_open == ("whisper",)


def test_a_step_to_come_can_be_left_out(room: LedRoom) -> None:
    assert room.act(led.skip("whisper")) == ["skip whisper"]
    room.then(led.next_step())
    assert room.stage.now_open == ("roles",)
    assert room.act(led.skip("think")) == []


def test_a_step_opened_again_keeps_its_answers_and_what_was_shown(shown: LedRoom) -> None:
    shown.then(led.next_step(), led.reopen("think"))
    stage = shown.stage
    assert (stage.now_open, stage.interrupted, stage.is_shown("think", 1)) == (("think",), ("whisper",), True)
    assert stage.reopened.keys() == {"think"}
    assert stage.opened["think"] == START


def test_after_a_step_opened_again_the_session_goes_on_where_it_was(shown: LedRoom) -> None:
    shown.then(led.next_step(), led.reopen("think"))
    coming = following(shown.snapshot, shown.stage)
    assert coming is not None
    assert coming.key == "whisper"
    shown.then(led.next_step())
    assert (shown.stage.now_open, shown.stage.interrupted) == (("whisper",), ())
    shown.then(led.next_step())
    assert shown.stage.now_open == ("roles",)


def test_a_step_that_was_left_out_can_be_opened_after_all(room: LedRoom) -> None:
    room.then(led.skip(), led.reopen("think"))
    assert (room.stage.skipped, room.stage.now_open) == ({}, ("think",))


def test_lists_are_made_anew_when_a_step_opens_again() -> None:
    room = LedRoom(book=priority_setting()).then(led.reopen("candidates"))
    room.team("candidates", "candidates", [{"row_id": "C1", "cells": {"label": "Reading"}}])
    room.then(led.reopen("sort"))
    assert [o.id for o in room.stage.options("candidates")] == ["C1"]
    two = [{"row_id": "C1", "cells": {"label": "Reading"}}, {"row_id": "C2", "cells": {"label": "Attendance"}}]
    room.team("candidates", "candidates", two)
    room.then(led.reopen("candidates"), led.next_step())
    assert [o.id for o in room.stage.options("candidates")] == ["C1", "C2"]


def test_a_session_that_ended_can_be_opened_again(room: LedRoom) -> None:
    assert room.act(led.end()) == ["end"]
    assert room.act(led.end()) == []
    assert room.act(led.next_step()) == []
    room.wait(300)
    assert room.act(led.reopen("think")) == ["open think"]
    assert (room.stage.state, room.stage.ended_at, room.stage.now_open) == ("open", None, ("think",))


def test_a_step_that_never_opened_and_lies_before_makes_the_one_at_work_wait(room: LedRoom) -> None:
    room.then(led.skip("whisper"), led.next_step(), led.reopen("whisper"))
    assert (room.stage.now_open, room.stage.interrupted) == (("whisper",), ("roles",))
    room.then(led.next_step())
    assert room.stage.now_open == ("roles",)


def test_a_step_further_on_leaves_out_what_lies_between(room: LedRoom) -> None:
    assert room.act(led.reopen("own")) == ["skip whisper", "skip roles", "open own"]
    room.then(led.next_step())
    assert room.stage.now_open == ("match",)


def test_bringing_all_here_moves_who_is_behind_and_who_is_ahead() -> None:
    behind = LedRoom().then(led.next_step())
    assert behind.act(led.bring_here("own")) == ["skip whisper", "skip roles", "open own", "here own"]
    assert (behind.stage.called, behind.stage.skipped) == ("own", {"whisper": "led", "roles": "led"})
    ahead = LedRoom().then(*[led.next_step()] * 5)
    assert ahead.act(led.bring_here("own")) == ["open own", "here own"]
    assert ahead.stage.interrupted == ("match",)
    there = LedRoom().then(*[led.next_step()] * 4)
    assert there.act(led.bring_here("own")) == ["here own"]
    ended = LedRoom().then(led.next_step(), led.end())
    assert ended.act(led.bring_here("own")) == []


def test_being_called_ends_with_the_next_move() -> None:
    room = LedRoom().then(led.next_step(), led.bring_here("own"), led.next_step())
    assert (room.stage.called, room.stage.called_at) == ("", None)


def test_the_session_ends_after_its_last_step() -> None:
    room = LedRoom().then(led.reopen("agree"), *[led.skip(s.key) for s in BOOK.steps[:-1]])
    assert next_move(room.snapshot, room.stage) == "end"
    assert room.act(led.next_step()) == ["end"]


def test_people_are_let_in_early_and_the_meeting_begins_with_its_opening() -> None:
    room = LedRoom(book=priority_setting())
    assert room.act(led.warm_up()) == ["open role_priority"]
    assert room.stage.now_open == ("role_priority", "colleague_view")
    assert is_warming_up(room.snapshot, room.stage)
    assert room.act(led.warm_up()) == []
    room.wait(20 * 3600)
    assert room.act(moves.tick()) == []
    room.then(led.next_step())
    began = room.stage
    assert (began.now_open, is_warming_up(room.snapshot, began)) == (("open",), False)
    room.then(led.warm_up())
    assert (room.stage.now_open, room.stage.interrupted) == (("role_priority", "colleague_view"), ("open",))


def test_a_workbook_without_a_warm_up_has_none_to_open() -> None:
    assert LedRoom().act(led.warm_up()) == []
