"""Choices, a first pick, and an order tapped in."""

import re

import pytest
from harness import (
    Opener,
    button,
    last,
    shown,
)
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_choice_is_radios_in_a_named_group_moved_by_arrows(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Does it need you?")
    group.get_by_role("radio", name="No").focus()
    page.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name="Partly")).to_be_checked()
    assert last(page, "need") == "partly"


def test_hands_have_number_and_words_and_take_digits(opened: Opener) -> None:
    page = opened("hands")
    page.get_by_role("radio", name="0, I would block it").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="3, I can live with it and will help")).to_be_checked()
    assert last(page, "fist") == 3
    expect(page.get_by_label("What one change would move you up a step?")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.get_by_label("What one change would move you up a step?")).to_be_visible()


def test_a_scale_names_its_ends_and_dont_know_yet_stands_apart(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="How strong is the evidence?")
    expect(group.get_by_role("radio")).to_have_count(11)
    group.get_by_role("radio", name="10, strong").focus()
    page.keyboard.press("Space")
    assert last(page, "strength") == 10
    group.get_by_label("Don’t know yet").check()
    assert last(page, "strength") == {"dk": True}


def test_several_of_a_list_tell_the_limit_and_do_not_lock_the_boxes(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Would this help others get better?")
    expect(group).to_have_accessible_description(re.compile("Choose 1 to 2"))
    group.get_by_label("Student attendance").check()
    group.get_by_label("Family partnership").check()
    assert "2 of 2 chosen" in page.evaluate("kernel.spoken")
    group.get_by_label("Behavior and belonging").check()
    expect(shown(page, "Choose 1 to 2. You chose 3.")).to_be_visible()
    assert last(page, "helps") == ["C1", "C2", "C3"]


def test_something_else_asks_what_and_clear_takes_a_choice_back(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Unit")
    group.get_by_label("Something else…").check()
    group.get_by_label("What is it?").fill("minutes of reading")
    group.get_by_label("What is it?").blur()
    assert last(page, "unit") == {"id": "other", "other_text": "minutes of reading"}
    button(group, "Clear: Unit").click()
    assert last(page, "unit") is None


def test_a_long_list_is_a_native_select(opened: Opener) -> None:
    page = opened("kinds")
    page.get_by_label("Who decides if we cannot?").select_option("Early reading, grades 1-3")
    assert last(page, "who") == "C4"


def test_one_is_first_by_construction_and_back_keeps_everything(opened: Opener) -> None:
    page = opened("first")
    button(page, "Next: the other six").click()
    expect(shown(page, "Choose the one that comes first.")).to_be_visible()
    first = page.get_by_role("radio", name="Behavior and belonging")
    first.check()
    button(page, "Next: the other six").click()
    expect(page.get_by_role("heading", name="And the others?")).to_be_focused()
    expect(page.get_by_role("group", name="Behavior and belonging")).to_have_count(0)
    page.get_by_role("group", name="Student attendance").get_by_label("Watch").check(force=True)
    words = page.get_by_label("Behavior and belonging should come first if it is true that…")
    words.fill("late news means late help")
    button(page, "Back: change my first").click()
    expect(first).to_be_checked()
    button(page, "Next: the other six").click()
    expect(page.get_by_role("group", name="Student attendance").get_by_label("Watch")).to_be_checked()
    expect(words).to_have_value("late news means late help")
    button(page, "Submit my answer").click()
    assert last(page, "$submit")["values"] == {
        "places": [{"row_id": "C1", "cells": {"tier": "watch"}}, {"row_id": "C2", "cells": {"tier": "priority"}}],
        "true_if": "late news means late help",
    }


def test_another_first_takes_the_place_of_the_one_before(opened: Opener) -> None:
    page = opened("first")
    page.get_by_label("Behavior and belonging").check()
    page.get_by_label("Student attendance").check()
    assert last(page, "places") == [{"row_id": "C1", "cells": {"tier": "priority"}}]


def test_tapping_places_in_order_and_the_last_one_places_itself(opened: Opener) -> None:
    page = opened("order")
    labels = [
        "Early reading, grades 1-3",
        "Behavior and belonging",
        "Math fluency, grades 3-5",
        "Life after ESSER",
        "Student attendance",
        "Keeping and supporting our teachers",
    ]
    for label in labels:
        button(page, label).click()
    assert last(page, "order") == ["C4", "C2", "C5", "C6", "C1", "C7", "C3"]
    assert page.evaluate("kernel.spoken")[-1] == "Family partnership is last and placed itself: place 7 of 7"
    expect(button(page, "This is my order")).to_be_visible()


def test_placing_too_few_leads_to_the_list_and_says_what_is_left(opened: Opener) -> None:
    page = opened("order")
    for label in ("Early reading, grades 1-3", "Behavior and belonging"):
        button(page, label).click()
    expect(button(page, "This is my order")).to_have_count(0)
    button(page, "Place 5 more").click()
    sentence = (
        "Place every item. Still to place: Math fluency, grades 3-5, Life after ESSER, "
        "Keeping and supporting our teachers, Student attendance, Family partnership."
    )
    expect(shown(page, sentence)).to_be_visible()
    assert f"! {sentence}" in page.evaluate("kernel.spoken")
    expect(page.get_by_role("heading", name="Still to place: 5")).to_be_focused()
    assert last(page, "order") == ["C4", "C2"]


def test_a_placed_entry_can_be_moved_and_taken_out_by_keys_alone(opened: Opener) -> None:
    page = opened("order")
    button(page, "Life after ESSER").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Life after ESSER, place 1 of 7")).to_be_focused()
    button(page, "Student attendance").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    button(page, "Up: Student attendance").press("Enter")
    assert "Moved up to 1" in page.evaluate("kernel.spoken")
    assert last(page, "order") == ["C1", "C6"]
    button(page, "Take out: Student attendance").press("Enter")
    assert last(page, "order") == ["C6"]
    expect(button(page, "Student attendance")).to_be_focused()


def test_the_list_to_tap_stays_where_it_is_while_the_order_grows(opened: Opener) -> None:
    page = opened("order")
    page.evaluate("scrollTo(0, 120)")
    heading = page.get_by_role("heading", name=re.compile("^Still to place"))
    before = heading.bounding_box()
    button(page, "Student attendance").click()
    after = heading.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)
