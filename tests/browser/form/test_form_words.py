"""Words, numbers and dates."""

import pytest
from harness import Opener, button, last, said, shown
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_enter_in_a_line_goes_to_the_next_field_and_never_submits(opened: Opener) -> None:
    page = opened("text")
    page.get_by_label("In my role, the one thing to put first is…").press("Enter")
    expect(page.get_by_label("Because…")).to_be_focused()
    assert said(page) == []


def test_the_count_appears_from_four_fifths_of_the_limit_on(opened: Opener) -> None:
    page = opened("starters")
    field = page.get_by_label("Who would feel the difference?")
    field.fill("x" * 23)
    expect(shown(page, "characters left")).to_have_count(0)
    field.fill("x" * 24)
    expect(shown(page, "6 characters left")).to_be_visible()
    assert "6 characters left" in page.evaluate("kernel.spoken")
    field.fill("x" * 31)
    expect(shown(page, "1 character too many")).to_be_visible()
    expect(field).to_have_value("x" * 31)


def test_a_starter_fills_the_field_and_never_throws_words_away(opened: Opener) -> None:
    page = opened("starters")
    field = page.get_by_label("What might come first")
    button(page, "Keeping our teachers").click()
    expect(field).to_have_value("Keeping our teachers")
    expect(field).to_be_focused()
    button(page, "Support for new educators").click()
    expect(field).to_have_value("Support for new educators")
    field.fill("in our first years")
    button(page, "Support for new educators").click()
    expect(field).to_have_value("Support for new educators in our first years")


def test_a_date_is_also_read_in_words_and_a_number_may_be_typed_freely(opened: Opener) -> None:
    page = opened("kinds")
    expect(shown(page, "February 2, 2024")).to_be_visible()
    number = page.get_by_label("Today’s figure")
    number.fill("1,250")
    number.blur()
    assert last(page, "baseline") == "1,250"
    assert number.get_attribute("inputmode") == "decimal"


def test_what_is_not_asked_is_not_shown_and_not_sent(opened: Opener) -> None:
    page = opened("kinds")
    page.get_by_label("Today’s figure").fill("46.2")
    page.get_by_label("We do not have this figure yet").check()
    expect(page.get_by_label("Today’s figure")).to_be_hidden()
    page.get_by_label("Who brings it?").fill("Grace")
    button(page, "Submit my answer").click()
    values = last(page, "$submit")["values"]
    assert "baseline" not in values
    assert (values["missing"], values["found_by"]) == (True, "Grace")


def test_a_closed_field_can_be_read_and_focused_but_not_changed(opened: Opener) -> None:
    page = opened("kinds")
    field = page.get_by_label("A field that is closed")
    field.focus()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("readonly", "")
