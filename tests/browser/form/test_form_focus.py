"""Where the focus goes, and where it never goes."""

import re

import pytest
from harness import (
    Opener,
    button,
    focused_text,
    kept,
    last,
    problem,
    said,
    shown,
)
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_step_that_opens_while_nobody_types_takes_the_focus_to_its_heading(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.frame('order')")
    heading = page.get_by_role("heading", name="Tap them in order, first to last")
    expect(heading).to_be_focused()


def test_a_step_that_opens_while_somebody_types_changes_nothing_under_the_thumb(opened: Opener) -> None:
    page = opened("text", clock=True)
    field = page.get_by_label("Because…")
    field.press_sequentially("I get told")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    page.evaluate("scrollTo(0, 40)")
    before = page.evaluate("document.activeElement.getBoundingClientRect().top")
    page.evaluate("kernel.frame('order')")
    expect(shown(page, "The next step is open.")).to_be_visible()
    expect(field).to_be_focused()
    assert field.evaluate("field => [field.value, field.selectionStart]") == ["I get told", 3]
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") == pytest.approx(before, abs=1)
    button(page, "Go there").click()
    expect(page.get_by_role("heading", name="Tap them in order, first to last")).to_be_focused()
    assert last(page, "role_priority.because") == "I get told"
    expect(shown(page, "The next step is open.")).to_have_count(0)


def test_a_step_that_goes_back_again_leaves_the_field_alone(opened: Opener) -> None:
    page = opened("text")
    page.get_by_label("Because…").press_sequentially("I get")
    page.evaluate("kernel.frame('order')")
    page.evaluate("kernel.frame('text')")
    expect(shown(page, "The next step is open.")).to_have_count(0)
    expect(page.get_by_label("Because…")).to_be_focused()
    expect(page.get_by_label("Because…")).to_have_value("I get")


def test_a_submit_that_is_taken_leads_to_your_answer_is_in(opened: Opener) -> None:
    page = opened("text")
    page.get_by_label("In my role, the one thing to put first is…").fill("Know my group plan")
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="5 of 8 in")).to_be_visible()
    assert focused_text(page) == "✓Your answer is in."
    assert last(page, "$submit") == {"values": {"text": "Know my group plan"}, "passed": []}
    assert kept(page) == {}


def test_change_my_answer_leads_to_the_first_field(opened: Opener) -> None:
    page = opened("waiting")
    button(page, "Change my answer").click()
    page.evaluate("kernel.frame('text')")
    expect(page.get_by_label("In my role, the one thing to put first is…")).to_be_focused()
    assert last(page, "$press") == {"id": "change", "value": True}


def test_results_that_open_take_no_focus_and_are_spoken(opened: Opener) -> None:
    page = opened("waiting")
    page.evaluate("kernel.frame('results', {key: 'role_priority:1:results', announce: '5 different first picks.'})")
    expect(page.get_by_role("heading", name="First, focus, watch")).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    assert page.evaluate("kernel.spoken") == ["5 different first picks."]


def test_a_submit_that_finds_something_leads_to_the_summary_and_its_links_to_the_fields(opened: Opener) -> None:
    page = opened("text")
    sentence = "A little more, please: at least 20 characters (you have 5)."
    page.evaluate("problems => kernel.problems = [problems]", [problem("because", sentence, code="E02")])
    page.get_by_label("Because…").fill("I get")
    button(page, "Submit my answer").click()
    summary = page.get_by_role("group", name="One thing to fix")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Because…")).to_have_accessible_description(re.compile(re.escape(sentence)))
    button(summary, "Because…").click()
    expect(page.get_by_label("Because…")).to_be_focused()
    assert page.get_by_label("Because…").get_attribute("aria-invalid") == "true"


def test_several_things_to_fix_are_counted(opened: Opener) -> None:
    page = opened("text")
    both = [
        problem("text", "Please answer this before you submit."),
        problem("because", "Please answer this before you submit."),
    ]
    page.evaluate("problems => kernel.problems = [problems]", both)
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="2 things to fix")).to_be_visible()


def test_a_care_is_shown_once_and_may_be_passed(opened: Opener) -> None:
    page = opened("text")
    care = problem("text", "This may be two priorities. Which one is first?", code="W_two_aims", level="care")
    page.evaluate("problems => kernel.problems = [problems]", [care])
    page.get_by_label("In my role, the one thing to put first is…").fill("Plan and call families")
    button(page, "Submit my answer").click()
    expect(shown(page, "One thing to fix")).to_have_count(0)
    expect(button(page, "Change it")).to_be_focused()
    button(page, "It is one thing").click()
    expect(button(page, "Submit my answer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="5 of 8 in")).to_be_visible()
    assert last(page, "$submit")["passed"] == ["text||W_two_aims"]


def test_a_care_may_lead_back_to_the_field(opened: Opener) -> None:
    page = opened("text")
    care = problem(
        "because", "Please leave out names or numbers that point to a student.", code="W_student", level="care"
    )
    page.evaluate("problems => kernel.problems = [problems]", [care])
    page.get_by_label("Because…").fill("Tim in 3b")
    button(page, "Submit my answer").click()
    expect(button(page, "It is fine")).to_be_visible()
    button(page, "Change it").click()
    expect(page.get_by_label("Because…")).to_be_focused()
    assert len([m for m in said(page) if m["field"] == "$submit"]) == 1


def test_an_answer_for_a_step_that_has_moved_on_meanwhile_goes_in_under_its_own_key(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.connect('lost')")
    page.get_by_label("Because…").fill("late")
    button(page, "Submit my answer").click()
    page.evaluate("kernel.frame('order')")
    page.evaluate("kernel.connect('ok')")
    page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('mira:'))")
    expect(page.get_by_role("heading", name="Tap them in order, first to last")).to_be_visible()
    assert last(page, "$submit") == {"values": {"because": "late"}, "passed": []}
    assert {m["save_key"].split("/")[0] for m in said(page)} == {"role_priority:1:answer"}
    assert kept(page) == {}


def test_who_still_looks_at_a_step_that_has_moved_on_sends_with_one_press(opened: Opener) -> None:
    page = opened("text")
    page.get_by_label("Because…").fill("late")
    page.evaluate("kernel.frame('order')")
    expect(button(page, "Go there")).to_be_visible()
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="Tap them in order, first to last")).to_be_focused()
    assert last(page, "$submit") == {"values": {"because": "late"}, "passed": []}


def test_an_answer_that_its_step_takes_no_more_is_kept_as_drafts_and_the_page_says_so(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'moved'")
    page.get_by_label("Because…").fill("late")
    page.evaluate("kernel.frame('order')")
    button(page, "Submit my answer").click()
    expect(shown(page, "We have moved on since. What you typed is kept as a draft.")).to_be_visible()
    page.wait_for_function("kernel.said.at(-1).field === 'role_priority.because'")
    expect(shown(page, "Saved 3:42")).to_be_visible()
    assert last(page, "role_priority.because") == "late"
    assert kept(page) == {}


def test_a_second_press_sends_what_still_waits_for_its_next_try_at_once(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").fill("late")
    button(page, "Submit my answer").click()
    button(page, "Submit my answer").click()
    page.clock.run_for(4100)
    assert len([m for m in said(page) if m["field"] == "$submit"]) == 1
    page.evaluate("kernel.mode = 'ok'")
    button(page, "Submit my answer").click()
    page.clock.run_for(100)
    expect(page.get_by_role("heading", name="5 of 8 in")).to_be_visible()
    assert len({m["save_key"] for m in said(page) if m["field"] == "$submit"}) == 1
