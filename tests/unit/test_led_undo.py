"""Taking back what one who leads did, and taking that back: for a minute, and never past the rule."""

import pytest
from led_room import LedRoom

from mira_workbook.rules import led


@pytest.fixture
def room() -> LedRoom:
    """Six people in the first step."""
    return LedRoom().then(led.next_step())


@pytest.fixture
def shown(room: LedRoom) -> LedRoom:
    """The first step's answers are shown."""
    room.all_answer()
    return room.then(led.show())


def test_an_undo_hides_what_was_shown_and_a_redo_shows_it_again(shown: LedRoom) -> None:
    before = shown.still()
    shown.then(led.undo())
    assert ("think", 1) not in shown.stage.revealed
    shown.wait(40)
    shown.then(led.redo())
    assert shown.still() == before


def test_redo_asks_the_rule_again(shown: LedRoom) -> None:
    shown.then(led.undo())
    for key in shown.keys[:4]:
        shown.answer(key, back=True)
    assert shown.attempt(led.redo()) == "Showing results needs 3 answers; 2 are in."


def test_nothing_is_redone_after_another_move_or_a_minute(shown: LedRoom) -> None:
    shown.then(led.undo(), led.next_step())
    assert shown.act(led.redo()) == []
    shown.then(led.undo())
    shown.wait(61)
    assert shown.attempt(led.redo()) == "The minute for undo is over."


def test_a_redo_is_not_redone(shown: LedRoom) -> None:
    shown.then(led.undo(), led.redo())
    assert shown.act(led.redo()) == []
    assert shown.act(led.undo()) == ["undo think"]


def test_undo_takes_back_being_called_with_the_steps_that_were_left_out() -> None:
    room = LedRoom().then(led.next_step())
    before = room.still()
    room.then(led.bring_here("own"), led.undo())
    assert room.still() == before


def test_the_minute_for_undo_ends(shown: LedRoom) -> None:
    shown.wait(60)
    assert shown.attempt(led.undo()) == "The minute for undo is over."
