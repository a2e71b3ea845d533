"""What other people do while somebody is at a field."""

import pytest
from harness import Opener, button, last, shown
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_focused_field_is_never_overwritten(opened: Opener) -> None:
    page = opened("pen")
    field = page.get_by_label("For whom")
    field.focus()
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1', changed_by: 'Rosa'})")
    expect(shown(page, "Rosa changed this:")).to_be_visible()
    expect(field).to_have_value("All 156 students in grades 1, 2 and 3")
    button(page, "Show").click()
    expect(field).to_have_value("All students in grade 1")
    expect(field).to_be_focused()
    expect(shown(page, "Rosa changed this:")).to_have_count(0)


def test_a_change_of_somebody_else_shows_at_once_where_nobody_writes(opened: Opener) -> None:
    page = opened("pen")
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1'})")
    expect(page.get_by_label("For whom")).to_have_value("All students in grade 1")


def test_the_kernels_own_echo_is_no_news(opened: Opener) -> None:
    page = opened("text")
    field = page.get_by_label("Because…")
    field.press_sequentially("late ")
    page.wait_for_function("kernel.said.length > 0")
    field.press_sequentially("news")
    page.evaluate("kernel.field('because', {value: 'late'})")
    expect(shown(page, "This was changed:")).to_have_count(0)
    expect(field).to_have_value("late news")


def test_rows_that_come_back_in_another_order_are_no_news(opened: Opener) -> None:
    page = opened("first")
    page.get_by_role("radio", name="Behavior and belonging").check()
    button(page, "Next: the other six").click()
    page.get_by_role("group", name="Student attendance").get_by_label("Watch").check(force=True)
    rows = [{"row_id": "C2", "cells": {"tier": "priority"}}, {"row_id": "C1", "cells": {"tier": "watch"}}]
    page.evaluate("value => kernel.field('places', {value})", rows)
    expect(shown(page, "This was changed:")).to_have_count(0)


def test_a_tap_finds_its_button_although_news_goes_when_the_field_is_left(opened: Opener) -> None:
    page = opened("pen")
    page.get_by_label("For whom").focus()
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1'})")
    expect(shown(page, "This was changed:")).to_be_visible()
    button(page, "Next").click()
    expect(page.get_by_role("heading", name="How we will know")).to_be_visible()
    page.wait_for_timeout(500)
    button(page, "Back").click()
    expect(page.get_by_label("For whom")).to_have_value("All students in grade 1")


def test_who_does_not_hold_the_pen_reads_text_not_closed_fields(opened: Opener) -> None:
    page = opened("readers")
    expect(shown(page, "Rosa holds the pen.")).to_be_visible()
    expect(shown(page, "All 156 students in grades 1, 2 and 3")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    button(page, "Ask for it").click()
    assert last(page, "$press") == {"id": "pen:take", "value": True}
    page.evaluate("kernel.frame('pen')")
    expect(page.get_by_label("For whom")).to_be_visible()


def test_a_field_closes_at_once_when_the_pen_passes_on(opened: Opener) -> None:
    page = opened("pen")
    field = page.get_by_label("For whom")
    field.focus()
    page.evaluate("kernel.frame('readers')")
    expect(field).to_have_attribute("readonly", "")
    expect(field).to_be_focused()
    field.blur()
    expect(field).to_have_count(0)
    expect(shown(page, "All 156 students in grades 1, 2 and 3")).to_be_visible()


def test_a_new_line_does_not_move_the_field_that_has_the_focus(opened: Opener) -> None:
    page = opened("text")
    field = page.get_by_label("Because…")
    field.focus()
    before = field.bounding_box()
    line = {"id": "closing", "mark": "~", "text": "Finishing in 10 s. What you have typed is kept.", "buttons": []}
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("line => kernel.change({lines: [line]})", line)
    expect(shown(page, "Finishing in 10 s. What you have typed is kept.")).to_be_visible()
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)
