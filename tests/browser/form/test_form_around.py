"""What stands around a step: lines, menu, settings, pages, pictures."""

import axe
import pytest
from harness import Opener, button, kept, last, said, shown
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_lines_and_their_buttons_reach_the_kernel(opened: Opener) -> None:
    page = opened("lines")
    button(page, "Wait, please").click()
    button(page, "Let in").click()
    assert [m["value"]["id"] for m in said(page)] == ["wait", "admit:1"]


def test_a_button_that_could_not_work_says_why(opened: Opener) -> None:
    page = opened("results")
    page.evaluate("kernel.answer({field: '$press', save_key: 'x', error: 'Not open yet.', final: true})")
    expect(shown(page, "Not open yet.")).to_be_visible()


def test_the_menu_opens_closes_by_escape_and_gives_the_focus_back(opened: Opener) -> None:
    page = opened("text")
    menu = button(page, "Menu")
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(button(page, "This is not me")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.click()
    button(page, "My answers").click()
    assert last(page, "$press")["id"] == "menu:answers"


def test_text_size_and_colours_are_kept_in_the_browser(opened: Opener) -> None:
    page = opened("text")
    button(page, "Menu").click()
    page.get_by_role("radio", name="A++, Largest").check(force=True)
    page.get_by_role("radio", name="Dark").check(force=True)
    assert page.evaluate("[localStorage['mira-size'], localStorage['mira-theme']]") == ["1.4", "dark"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 24, 27)"
    assert page.evaluate("getComputedStyle(document.querySelector('.mira-do')).fontSize") == "23.8px"
    page.reload()
    assert page.evaluate("[document.documentElement.dataset.size, document.documentElement.dataset.theme]") == [
        "1.4",
        "dark",
    ]


def test_leaving_with_something_unsent_asks_first(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").fill("late")
    button(page, "Menu").click()
    button(page, "Leave and clear this phone").click()
    expect(shown(page, "One answer has not gone in yet.")).to_be_visible()
    assert [m for m in said(page) if m["field"] == "$press"] == []
    button(page, "Clear anyway").click()
    assert last(page, "$press")["id"] == "menu:leave"
    assert kept(page) == {}


def test_keeping_the_first_answer_is_one_tap_and_changing_it_opens_the_fields(opened: Opener) -> None:
    page = opened("again")
    button(page, "Change it").click()
    page.evaluate("kernel.frame('hands', {key: 'consent:2:answer', blocks: []})")
    expect(page.get_by_role("radio", name="0, I would block it")).to_be_focused()


def test_a_second_page_goes_to_its_heading_and_back_to_the_control_that_was_left(opened: Opener) -> None:
    page = opened("pen")
    page.get_by_label("Why now").focus()
    button(page, "Next").click()
    expect(page.get_by_role("heading", name="How we will know")).to_be_focused()
    page.get_by_label("Measure").fill("Sessions on time")
    button(page, "Back").click()
    expect(page.get_by_label("Why now")).to_be_focused()
    button(page, "Next").click()
    expect(page.get_by_label("Measure")).to_have_value("Sessions on time")


def test_a_picture_waits_until_it_is_asked_for_and_is_also_a_table(opened: Opener) -> None:
    page = opened("results")
    expect(page.get_by_role("img", name="Early reading leads")).to_have_count(0)
    button(page, "Show the chart").click()
    expect(page.get_by_role("img", name="Early reading leads")).to_be_visible()
    button(page, "As a table").click()
    expect(page.get_by_role("cell", name="3").first).to_be_visible()


def test_who_hears_the_page_knows_which_of_two_pictures_a_button_is_about(opened: Opener) -> None:
    page = opened("results")
    drawing = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>"
    first, second = (
        {
            "kind": "picture",
            "src": drawing,
            "title": title,
            "alt": f"{title}.",
            "head": ["", "n"],
            "rows": [["Growing", "3"]],
        }
        for title in ("Where each is", "What each costs")
    )
    page.evaluate("blocks => kernel.change({blocks})", [first, {**second, "on_request": True}])
    button(page, "As a table: Where each is").click()
    expect(page.get_by_role("table", name="Where each is")).to_be_visible()
    button(page, "What each costs").click()
    expect(page.get_by_role("img", name="What each costs.")).to_be_visible()
    button(page, "As a table: What each costs").click()
    expect(page.get_by_role("table", name="What each costs")).to_be_visible()
    button(page, "Hide the chart: What each costs").click()
    expect(page.get_by_role("img", name="What each costs.")).to_be_hidden()
    expect(shown(page, "Hide the chart")).to_have_count(0)


def test_rows_of_sentences_are_cards_on_a_phone_and_still_a_table_to_hear(opened: Opener) -> None:
    words = "Groups start eleven minutes late on most days, since children wait in the hall"
    table = {"kind": "table", "caption": "What is in the way", "head": ["Who", "In the way", "What it does"]}
    for width, beside in ((390, False), (1280, True)):
        page = opened("waiting", width=width)
        page.evaluate("block => kernel.change({blocks: [block]})", table | {"rows": [["Lena Marsh", words, words]]})
        cells = page.get_by_role("row", name="Lena Marsh").get_by_role("cell")
        first, second = (cells.nth(n).bounding_box() for n in (0, 1))
        assert first
        assert second
        assert (first["y"] == second["y"]) is beside
        assert first["width"] > 200
        assert axe.violations(page) == []
        expect(page.get_by_role("columnheader", name="What it does")).to_have_count(1)


def test_text_of_people_never_becomes_markup(opened: Opener) -> None:
    page = opened("waiting")
    evil = "<img src=x onerror=alert(1)>"
    page.evaluate("text => kernel.change({title: text, blocks: [{kind: 'own', label: text, lines: [text]}]})", evil)
    expect(page.get_by_role("heading", name=evil)).to_be_visible()
    expect(page.locator("img")).to_have_count(0)
