"""A table one row at a time, and lines under one heading at a time."""

import pytest
from harness import Opener, button, last, problem, said, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def tap(page: Page, name: str) -> None:
    page.locator("label.mira-option", has_text=name).first.tap()


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=2)).to_be_focused()


def test_with_one_choice_a_tap_goes_on_by_itself_and_says_where_one_is(opened: Opener) -> None:
    # The page's clock stands, so that a slow test still sees what is shown before the next row comes.
    page = opened("align", clock=True)
    expect(shown(page, "1 of 3")).to_be_visible()
    tap(page, "clearly")
    expect(page.get_by_label("clearly")).to_be_checked()
    expect(shown(page, "1 of 3")).to_be_visible()
    page.clock.run_for(400)
    heading(page, "Monday meeting")
    assert "2 of 3. Monday meeting" in page.evaluate("kernel.spoken")
    assert last(page, "rows") == [{"row_id": "I1", "cells": {"align": 2}}]


def test_a_second_tap_of_the_same_finger_does_not_answer_the_next_row(opened: Opener) -> None:
    page = opened("align")
    label = page.locator("label.mira-option", has_text="clearly")
    box = label.bounding_box()
    assert box is not None
    at = (box["x"] + 20, box["y"] + 20)
    # The page's clock stands but for what the test lets pass, so that a slow machine makes no finger slow.
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    page.touchscreen.tap(*at)
    page.clock.run_for(400)
    heading(page, "Monday meeting")
    page.touchscreen.tap(*at)
    page.clock.run_for(300)
    assert last(page, "rows") == [{"row_id": "I1", "cells": {"align": 2}}]


def test_keys_choose_without_going_on_and_enter_goes_on(opened: Opener) -> None:
    page = opened("align")
    page.get_by_role("radio", name="not", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(600)
    expect(page.get_by_role("radio", name="clearly")).to_be_focused()
    expect(shown(page, "1 of 3")).to_be_visible()
    page.keyboard.press("Enter")
    heading(page, "Monday meeting")
    button(page, "Back").click()
    expect(page.get_by_role("radio", name="clearly")).to_be_focused()


def test_what_one_does_not_know_yet_is_one_more_choice_set_apart(opened: Opener) -> None:
    page = opened("align")
    expect(page.locator(".mira-apart").get_by_label("Don’t know yet")).to_be_visible()
    tap(page, "Don’t know yet")
    heading(page, "Monday meeting")
    assert last(page, "rows") == [{"row_id": "I1", "cells": {"align": {"dk": True}}}]


def test_at_the_end_all_rows_are_looked_over_and_the_open_ones_are_named(opened: Opener) -> None:
    page = opened("align")
    expect(button(page, "Submit my answer")).to_have_count(0)
    tap(page, "clearly")
    heading(page, "Monday meeting")
    button(page, "Next: Science fair").click()
    button(page, "Look over").click()
    heading(page, "Your answers")
    expect(shown(page, "Not answered yet: Monday meeting · Science fair")).to_be_visible()
    expect(page.get_by_role("group", name="Reading block").get_by_text("clearly", exact=True)).to_be_visible()
    expect(button(page, "Submit my answer")).to_be_visible()
    button(page, "Fill in Science fair").click()
    heading(page, "Science fair")
    tap(page, "not")
    heading(page, "Your answers")
    expect(shown(page, "Not answered yet: Monday meeting")).to_be_visible()
    button(page, "Change row 1, Reading block").click()
    heading(page, "Reading block")


def test_a_row_that_is_missing_is_led_to(opened: Opener) -> None:
    page = opened("align")
    for _ in range(2):
        page.locator("[data-id=pending]").click()
    button(page, "Look over").click()
    both = [problem("rows", "Please answer this.", row=row, column="align") for row in ("I2", "I3")]
    page.evaluate("problems => kernel.problems = [problems]", both)
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="Monday meeting")).to_be_visible()
    summary = page.get_by_role("group", name="2 things to fix")
    button(summary, "Please answer this.").nth(1).click()
    expect(page.get_by_role("heading", name="Science fair")).to_be_visible()
    expect(page.get_by_role("radio", name="not", exact=True)).to_be_focused()


def test_with_several_scales_a_button_goes_on(opened: Opener) -> None:
    page = opened("tests")
    tap(page, "much")
    page.locator(".mira-scale label").nth(2).tap()
    page.wait_for_timeout(600)
    expect(shown(page, "1 of 3")).to_be_visible()
    button(page, "Next: Nobody knows who opens the rooms").click()
    heading(page, "Nobody knows who opens the rooms")
    assert last(page, "ratings") == [{"row_id": "w1", "cells": {"removes": 2, "influence": 2}}]


def test_a_page_that_comes_back_opens_the_first_row_without_an_answer(opened: Opener) -> None:
    page = opened("align")
    rows = [{"row_id": "I1", "cells": {"align": 1}}]
    page.evaluate("value => kernel.field('rows', {value})", rows)
    page.evaluate("value => kernel.frame('align', {key: 'align:2:answer'})")
    expect(shown(page, "1 of 3")).to_be_visible()


def test_rows_of_others_come_in_while_one_is_open(opened: Opener) -> None:
    page = opened("align")
    rows = [{"row_id": row, "cells": {"align": 3}} for row in ("I2", "I3")]
    page.evaluate("value => kernel.field('rows', {value})", rows)
    tap(page, "clearly")
    heading(page, "Monday meeting")
    expect(page.get_by_role("radio", name="centrally")).to_be_checked()
    assert len(last(page, "rows")) == 3


# ------------------------------------------------------------------------------------------------------------- boxes


def test_one_box_is_asked_after_the_other(opened: Opener) -> None:
    page = opened("boxes")
    expect(page.get_by_role("heading", name="Strengths")).to_be_visible()
    expect(shown(page, "In our hands, and it helps.")).to_be_visible()
    page.get_by_label("In one line").fill("Our aides know every child")
    page.get_by_label("A fact that shows it").fill("Nine years on average")
    button(page, "Next: Weaknesses").click()
    heading(page, "Weaknesses")
    assert "2 of 3. Weaknesses" in page.evaluate("kernel.spoken")
    page.get_by_label("In one line").fill("Groups begin late")
    button(page, "Next: Threats").click()
    button(page, "Submit my answer").click()
    assert [row["cells"] for row in last(page, "$submit")["values"]["items"]] == [
        {"quadrant": "strength", "item": "Our aides know every child", "fact": "Nine years on average"},
        {"quadrant": "weakness", "item": "Groups begin late"},
    ]


def test_back_returns_to_the_lines_of_the_box_before(opened: Opener) -> None:
    page = opened("boxes")
    page.get_by_label("In one line").fill("Our aides know every child")
    button(page, "Next: Weaknesses").click()
    button(page, "Back").click()
    expect(page.get_by_label("In one line")).to_be_focused()
    expect(page.get_by_label("In one line")).to_have_value("Our aides know every child")
    expect(button(page, "Back")).to_have_count(0)


def test_a_second_line_may_be_added_and_taken_away_up_to_the_limit(opened: Opener) -> None:
    page = opened("boxes")
    expect(button(page, "Add a second line")).to_have_count(0)
    page.get_by_label("In one line").fill("Our aides know every child")
    button(page, "Add a second line").click()
    expect(page.get_by_label("In one line, line 2")).to_be_focused()
    page.get_by_label("In one line, line 2").fill("Families come to school")
    expect(button(page, "Add another line")).to_have_count(0)
    button(page, "Remove Strengths, line 1").click()
    assert [row["cells"]["item"] for row in last(page, "items")] == ["Families come to school"]
    button(page, "Undo").click()
    assert [row["cells"]["item"] for row in last(page, "items")] == [
        "Our aides know every child",
        "Families come to school",
    ]


def test_what_is_seldom_asked_waits_behind_a_button(opened: Opener) -> None:
    page = opened("boxes")
    expect(page.get_by_label("Children wait in the hall")).to_be_hidden()
    button(page, "Add: Which symptoms it touches").click()
    page.get_by_label("Children wait in the hall").check()
    page.get_by_label("In one line").fill("The hall is wide enough")
    page.get_by_label("In one line").blur()
    assert last(page, "items")[0]["cells"]["touches"] == ["a2"]


def test_what_is_wrong_with_a_line_leads_to_its_box(opened: Opener) -> None:
    page = opened("boxes")
    page.get_by_label("In one line").fill("Short")
    button(page, "Next: Weaknesses").click()
    button(page, "Next: Threats").click()
    row = said(page)[-1]["value"][0]["row_id"]
    found = [problem("items", "A little more, please.", row=row, column="item", code="E02")]
    page.evaluate("problems => kernel.problems = [problems]", found)
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="Strengths")).to_be_visible()
    expect(page.get_by_label("In one line")).to_have_accessible_description("A little more, please.")
    button(page.get_by_role("group", name="One thing to fix"), "A little more, please.").click()
    expect(page.get_by_label("In one line")).to_be_focused()
