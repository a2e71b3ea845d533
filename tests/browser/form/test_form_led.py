"""What the one who leads does to a page while somebody is at a field."""

import pytest
from harness import Opener, button, last, said, shown
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAUSED = '{id: "paused", mark: "~", title: "Paused. Look up.", text: "Your words stay as they are.", buttons: []}'
CLOSING = (
    '{id: "closing", mark: "~", text: "Finishing in 10 s. What you have typed is kept.",'
    ' buttons: [{id: "wait", label: "Wait, please"}]}'
)


def typing(opened: Opener, *, clock: bool = False) -> Page:
    """A page on which somebody is in the middle of a word; with a clock that stands, nothing of it is sent yet."""
    page = opened("text", clock=clock)
    field = page.get_by_label("Because…")
    field.press_sequentially("I get told")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    return page


def at_the_field(page: Page) -> list[object]:
    """Who has the focus, what stands there, and where the caret is."""
    found: list[object] = page.evaluate(
        "[document.activeElement.tagName, document.activeElement.value, document.activeElement.selectionStart]"
    )
    return found


def test_a_pause_leaves_the_field_its_focus_words_and_caret_and_is_told_politely(opened: Opener) -> None:
    page = typing(opened)
    before = page.evaluate("document.activeElement.getBoundingClientRect().top")
    page.evaluate(f"kernel.change({{lines: [{PAUSED}], announce: 'Paused. Look up. Your words stay as they are.'}})")
    expect(shown(page, "Paused. Look up.")).to_be_in_viewport()
    assert at_the_field(page) == ["TEXTAREA", "I get told", 3]
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") == pytest.approx(before, abs=1)
    expect(page.locator("#mira-polite")).to_have_text("Paused. Look up. Your words stay as they are.")
    page.keyboard.type("!")
    expect(page.get_by_label("Because…")).to_have_value("I g!et told")


def test_bringing_everybody_here_waits_for_who_types(opened: Opener) -> None:
    page = typing(opened, clock=True)
    words = "We are all in “The sentence” now."
    line = f'{{id: "called", mark: "i", text: "{words}", buttons: []}}'
    page.evaluate(f"kernel.frame('order', {{come: '{words}', lines: [{line}]}})")
    expect(shown(page, words)).to_have_count(1)
    expect(shown(page, words)).to_be_in_viewport()
    assert at_the_field(page) == ["TEXTAREA", "I get told", 3]
    button(page, "Go there").click()
    expect(page.get_by_role("heading", name="Tap them in order, first to last")).to_be_focused()
    assert last(page, "role_priority.because") == "I get told"


def test_asking_to_wait_is_no_move_of_ones_own(opened: Opener) -> None:
    page = typing(opened)
    page.evaluate(f"kernel.change({{lines: [{CLOSING}]}})")
    button(page, "Wait, please").click()
    page.get_by_label("Because…").focus()
    page.evaluate("kernel.frame('order')")
    expect(button(page, "Go there")).to_be_visible()
    expect(page.get_by_label("Because…")).to_be_focused()


def test_a_line_that_presses_stays_in_sight_and_never_lies_on_the_field(opened: Opener) -> None:
    page = opened("rows")
    field = page.locator("input:visible, textarea:visible").last
    field.focus()
    field.evaluate("field => field.scrollIntoView({block: 'start'})")
    page.evaluate(f"kernel.change({{lines: [{CLOSING}]}})")
    expect(button(page, "Wait, please")).to_be_in_viewport()
    below = page.evaluate("document.querySelector('.mira-pressing').getBoundingClientRect().bottom")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= below - 1


def test_a_nudge_has_three_answers(opened: Opener) -> None:
    page = opened("led")
    for name in ("Still thinking", "I need help", "Skip this one"):
        button(page, name).click()
    assert [message["value"]["id"] for message in said(page)] == ["nudge:thinking", "nudge:help", "nudge:pass"]


def test_each_page_shows_its_own_pen_and_another_persons_words_as_text(opened: Opener) -> None:
    page = opened("two_pens")
    expect(shown(page, "You hold the pen.")).to_be_visible()
    button(page, "Next: How we will know").click()
    expect(page.get_by_role("heading", name="How we will know")).to_be_focused()
    expect(shown(page, "Rosa holds the pen.")).to_be_visible()
    expect(shown(page, "students at benchmark")).to_be_visible()
    expect(page.get_by_role("textbox", name="Measure")).to_have_count(0)


def test_what_is_typed_for_somebody_else_stays_apart_from_ones_own(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").press_sequentially("mine")
    page.evaluate("kernel.frame('text', {key: 'role_priority:1:answer:M8', store_key: 'K7M4QX/1/M8'})")
    button(page, "Go there").click()
    expect(page.get_by_label("Because…")).to_have_value("")
    page.get_by_label("Because…").press_sequentially("theirs")
    page.evaluate("kernel.frame('text')")
    button(page, "Go there").click()
    expect(page.get_by_label("Because…")).to_have_value("mine")


def test_a_date_can_be_taken_into_a_calendar_without_https(opened: Opener) -> None:
    page = opened("calendar")
    with page.expect_download() as given:
        button(page, "Add the date to my calendar").click()
    assert given.value.suggested_filename == "K7M4QX.ics"
    assert given.value.path().read_bytes() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
