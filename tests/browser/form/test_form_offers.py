"""Large tables: fields that a phone leaves out, rows that are offered or filled with one tap, and rows from a sheet."""

from typing import Any

import pytest
from harness import Opener, button, last, said, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def ids(page: Page) -> list[str]:
    return [row["cells"]["name"] for row in last(page, "rows")]


def asked(page: Page) -> dict[str, Any]:
    """The sheet that the page has sent."""
    page.wait_for_function("kernel.said.some(m => m.field === '$rows')")
    return next(message for message in said(page) if message["field"] == "$rows")


def answer(page: Page, **told: Any) -> None:
    head = {"field": "$rows", "save_key": asked(page)["save_key"]}
    page.evaluate("message => kernel.answer(message)", {**head, "problems": [], "added": 0, "updated": 0, **told})


# ------------------------------------------------------------------------------------------------- what a phone asks


def test_a_phone_asks_the_few_columns_and_one_tap_brings_the_others(opened: Opener) -> None:
    page = opened("inventory")
    expect(shown(page, "Program")).to_have_count(0)
    button(page, "Add another line").click()
    expect(page.get_by_label("What it is for, and what it takes")).to_be_visible()
    expect(page.get_by_label("Who leads it")).to_be_hidden()
    button(page, "All fields").click()
    expect(page.get_by_label("Program", exact=True)).to_be_focused()
    expect(page.get_by_label("Who leads it")).to_be_visible()
    expect(button(page, "All fields")).to_have_count(0)


def test_a_wide_screen_asks_all_columns_side_by_side(opened: Opener) -> None:
    page = opened("inventory", width=1280)
    expect(shown(page, "Program · Ms. Hart")).to_be_visible()
    button(page, "Change row 1, Reading block").click()
    expect(button(page, "All fields")).to_have_count(0)
    boxes = [page.get_by_label(name).bounding_box() for name in ("Money a year", "Staff minutes a week")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=2)
    assert boxes[0]["x"] < boxes[1]["x"]


def test_what_is_known_of_a_row_stands_on_its_closed_card(opened: Opener) -> None:
    page = opened("decide")
    expect(page.get_by_role("group", name="Monday meeting").get_by_text("Hint: reshape.")).to_be_visible()


# ------------------------------------------------------------------------------------ what another answer asks for


def test_what_a_decision_asks_for_is_not_called_optional_and_its_row_is_open_until_it_is_there(opened: Opener) -> None:
    page = opened("decide")
    button(page, "Keep these 2 as they are").click()
    card = page.get_by_role("group", name="Monday meeting", exact=True)
    why = card.get_by_role("textbox", name="Why", exact=True)
    expect(card.get_by_role("textbox", name="Why (if you like)")).to_be_visible()
    card.get_by_role("radio", name="Grow", exact=True).check()
    expect(why).to_have_attribute("aria-required", "true")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("kernel.field('rows', {hint: 'One line each.'})")
    expect(shown(page, "One line each.")).to_be_visible()
    expect(why).to_be_visible()
    button(page, "Change row 1, Reading block").click()
    expect(button(page, "Next: Monday meeting")).to_be_visible()
    button(page, "Next: Monday meeting").click()
    why.fill("It carries our priority")
    card.get_by_role("radio", name="Keep", exact=True).check()
    expect(card.get_by_role("textbox", name="Why (if you like)")).to_have_value("It carries our priority")
    expect(card.get_by_role("textbox", name="Why (if you like)")).not_to_have_attribute("aria-required", "true")


def test_what_another_field_asks_for_is_not_called_optional(opened: Opener) -> None:
    page = opened("kinds")
    page.evaluate("kernel.field('unit', {require_when: {missing: true}})")
    expect(page.get_by_role("group", name="Unit (if you like)")).to_be_visible()
    page.get_by_label("We do not have this figure yet").check()
    expect(page.get_by_role("group", name="Unit", exact=True)).to_be_visible()


# ---------------------------------------------------------------------------------------------- rows with one tap


def test_a_row_from_earlier_work_is_added_with_one_tap_and_the_next_offer_stays_in_place(opened: Opener) -> None:
    page = opened("inventory")
    top = "document.querySelector('.mira-suggested').getBoundingClientRect().top"
    before = page.evaluate(top)
    button(page, "Add “After-school tutoring”").click()
    assert page.evaluate(top) == pytest.approx(before, abs=60)
    assert ids(page) == ["Reading block", "Monday meeting", "After-school tutoring"]
    assert last(page, "rows")[2]["cells"] == {"name": "After-school tutoring", "minutes": 240}
    expect(button(page, "Add “After-school tutoring”")).to_have_count(0)
    expect(button(page, "Add “Hall passes”")).to_be_focused()
    button(page, "Add “Hall passes”").click()
    expect(shown(page, "From earlier work")).to_have_count(0)


def test_a_row_that_the_table_holds_is_not_offered(opened: Opener) -> None:
    page = opened("inventory")
    button(page, "Add another line").click()
    page.get_by_label("Name", exact=True).fill("hall passes ")
    page.get_by_label("Name", exact=True).blur()
    button(page, "Done: Row 3").click()
    expect(button(page, "Add “Hall passes”")).to_have_count(0)
    expect(button(page, "Add “After-school tutoring”")).to_be_visible()


def test_undecided_rows_are_filled_at_once_and_can_be_opened_again(opened: Opener) -> None:
    page = opened("decide", clock=True)
    button(page, "Keep these 2 as they are").click()
    assert [row["cells"].get("decision") for row in last(page, "rows")] == ["keep", None, "keep"]
    expect(shown(page, "2 rows filled.")).to_be_visible()
    expect(button(page, "Undo")).to_be_focused()
    button(page, "Undo").click()
    assert [row["cells"] for row in last(page, "rows")] == [{"after": 100}, {"after": 200}, {"after": 300}]
    button(page, "Keep these 2 as they are").click()
    page.clock.run_for(10100)
    expect(shown(page, "2 rows filled.")).to_have_count(0)
    expect(button(page, "Keep these 2 as they are")).to_have_count(0)


def test_a_row_that_was_decided_by_hand_is_left_alone(opened: Opener) -> None:
    page = opened("decide")
    page.get_by_label("Grow").check()
    button(page, "Keep the other one as it is").click()
    assert [row["cells"].get("decision") for row in last(page, "rows")] == ["grow", None, "keep"]


# ------------------------------------------------------------------------------------------------- rows from a sheet


def test_pasted_rows_are_sent_and_what_came_in_is_told(opened: Opener) -> None:
    page = opened("inventory")
    shown(page, "Paste rows, or choose a CSV file").click()
    page.get_by_label("Rows from a spreadsheet").fill("name,usd\nBus,100\nHall,12k")
    button(page, "Bring these rows in").click()
    assert asked(page)["value"] == {"field": "rows", "text": "name,usd\nBus,100\nHall,12k"}
    answer(
        page,
        added=1,
        updated=2,
        problems=[{"line": 3, "text": "Line 3: usd ‘12k’ is not a number."}],
        left="name,usd\nHall,12k",
    )
    expect(shown(page, "One row came in. 2 rows were changed.")).to_be_visible()
    expect(shown(page, "One line to mend:")).to_be_visible()
    expect(shown(page, "Line 3: usd ‘12k’ is not a number.")).to_be_visible()
    expect(page.get_by_label("Rows from a spreadsheet")).to_have_value("name,usd\nHall,12k")
    assert "One row came in. 2 rows were changed." in page.evaluate("kernel.spoken")[-1]


def test_the_new_rows_come_by_the_table_itself(opened: Opener) -> None:
    page = opened("inventory")
    value = page.evaluate("kernel.frames.inventory.pages[0].fields[0].value")
    value.append({"row_id": "I3", "cells": {"name": "Bus", "purpose": "Two rounds"}})
    page.evaluate("value => kernel.field('rows', {value})", value)
    expect(page.get_by_role("group", name="Row 3, Bus")).to_be_visible()


@pytest.mark.parametrize(("encoding", "bytes_"), [("utf-8-sig", b"\xef\xbb\xbf"), ("windows-1252", b"Caf\xe9")])
def test_a_file_is_read_as_utf_8_or_as_old_spreadsheets_write(opened: Opener, encoding: str, bytes_: bytes) -> None:
    page = opened("inventory")
    shown(page, "Paste rows, or choose a CSV file").click()
    words = "name;purpose\nCafé;Für alle".encode(encoding)
    assert bytes_ in words
    page.get_by_label("Or choose a file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": words})
    expect(page.get_by_label("Rows from a spreadsheet")).to_have_value("name;purpose\nCafé;Für alle")
    expect(button(page, "Bring these rows in")).to_be_focused()


def test_without_an_answer_the_lines_stay(opened: Opener) -> None:
    page = opened("inventory", clock=True)
    shown(page, "Paste rows, or choose a CSV file").click()
    button(page, "Bring these rows in").click()
    expect(shown(page, "Paste some rows first.")).to_be_visible()
    page.get_by_label("Rows from a spreadsheet").fill("name\nBus")
    button(page, "Bring these rows in").click()
    expect(button(page, "Bring these rows in")).to_be_disabled()
    page.clock.run_for(21000)
    expect(shown(page, "No answer yet. Your lines are still here: try again.")).to_be_visible()
    expect(page.get_by_label("Rows from a spreadsheet")).to_have_value("name\nBus")
    expect(button(page, "Bring these rows in")).to_be_enabled()


def test_a_refusal_is_told_in_its_own_words(opened: Opener) -> None:
    page = opened("inventory")
    shown(page, "Paste rows, or choose a CSV file").click()
    page.get_by_label("Rows from a spreadsheet").fill("name\nBus")
    button(page, "Bring these rows in").click()
    answer(page, error="Rows cannot be brought in here now.", final=True)
    expect(shown(page, "Rows cannot be brought in here now.")).to_be_visible()


def test_rows_for_a_step_that_has_moved_on_name_it_in_full(opened: Opener) -> None:
    page = opened("inventory")
    shown(page, "Paste rows, or choose a CSV file").click()
    page.get_by_label("Rows from a spreadsheet").fill("name\nBus")
    page.evaluate("kernel.frame('order')")
    button(page, "Bring these rows in").click()
    assert asked(page)["value"] == {"field": "inventory.rows", "text": "name\nBus"}
