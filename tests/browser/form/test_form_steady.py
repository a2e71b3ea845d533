"""A press goes to what was under the finger, also where the page moves before the finger is up."""

import pytest
from harness import Opener, button, held, last, said, shown
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LOOK_UP = '{id: "paused", mark: "~", title: "Paused. Look up.", text: "Your words stay.", buttons: []}'
CLOSING = (
    '{{id: "closing", mark: "~", text: "Finishing in {seconds} s.", buttons: [{{id: "wait", label: "Wait, please"}}]}}'
)
either = pytest.mark.parametrize("by", ["finger", "mouse"])


def top(thing: Locator) -> float:
    box = thing.bounding_box()
    assert box is not None
    return box["y"]


def option(page: Page, name: str) -> Locator:
    return page.locator("label.mira-option", has_text=name).first


def lines(page: Page, *shown_now: str) -> None:
    page.evaluate(f"kernel.change({{lines: [{', '.join(shown_now)}]}})")


def push(page: Page) -> None:
    """Something above grows, as a picture that has come: what is below moves down by 72 px."""
    page.evaluate("document.body.style.marginTop = '72px'")


@either
def test_an_option_that_moves_away_under_the_finger_is_chosen(opened: Opener, by: str) -> None:
    page = opened("align", clock=True)
    before = top(option(page, "clearly"))
    with held(page, option(page, "clearly"), by=by):
        push(page)
        assert top(option(page, "clearly")) == before + 72
    expect(page.get_by_label("clearly")).to_be_checked()
    expect(page.get_by_label("clearly")).to_be_focused()
    page.clock.run_for(400)
    assert last(page, "rows") == [{"row_id": "I1", "cells": {"align": 2}}]


@either
def test_a_button_that_moves_away_under_the_finger_is_pressed_once(opened: Opener, by: str) -> None:
    page = opened("text")
    page.get_by_label("Because…").fill("I get told")
    page.get_by_label("Because…").blur()
    page.set_viewport_size({"width": 390, "height": 1200})
    submit = button(page, "Submit my answer")
    before = top(submit)
    with held(page, submit, by=by):
        push(page)
        assert top(submit) == before + 72
    expect(shown(page, "Your answer is in.")).to_be_visible()
    assert len([message for message in said(page) if message["field"] == "$submit"]) == 1


@either
def test_a_button_that_is_drawn_anew_under_the_finger_is_pressed_once(opened: Opener, by: str) -> None:
    page = opened("text")
    lines(page, CLOSING.format(seconds=10))
    with held(page, button(page, "Wait, please"), by=by):
        lines(page, LOOK_UP, CLOSING.format(seconds=9))
    expect(shown(page, "Finishing in 9 s.")).to_be_visible()
    page.wait_for_function("kernel.said.length > 0")
    page.wait_for_timeout(500)
    assert [(message["field"], message["value"]["id"]) for message in said(page)] == [("$press", "wait")]


@either
def test_where_a_button_has_gone_the_finger_presses_nothing_in_its_place(opened: Opener, by: str) -> None:
    page = opened("align")
    lines(page, CLOSING.format(seconds=1))
    where = top(button(page, "Wait, please"))
    with held(page, button(page, "Wait, please"), by=by):
        # Room is made so that a choice comes to lie exactly where the button was.
        lines(page)
        page.evaluate(
            "y => { const to = document.querySelector('label.mira-option');"
            " document.body.style.marginTop = `${y - to.getBoundingClientRect().top}px`; }",
            where,
        )
        assert top(option(page, "not")) == pytest.approx(where, abs=2)
    page.wait_for_timeout(500)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert said(page) == []


def test_a_pointer_that_slides_away_presses_nothing(opened: Opener) -> None:
    page = opened("align")
    with held(page, option(page, "clearly"), by="mouse"):
        push(page)
        page.mouse.move(20, 600)
    page.wait_for_timeout(500)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


def test_the_next_press_after_one_that_was_led_is_an_ordinary_one(opened: Opener) -> None:
    page = opened("align", clock=True)
    with held(page, option(page, "clearly"), by="finger"):
        push(page)
    option(page, "not").tap()
    expect(page.get_by_role("radio", name="not", exact=True)).to_be_checked()
