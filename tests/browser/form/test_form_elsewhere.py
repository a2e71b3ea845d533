"""The form in JupyterLab and on pages that are not ours."""

import pytest
from harness import Opener, button, shown
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_in_jupyterlab_the_form_brings_its_look_lines_and_foot_and_follows_the_theme(opened: Opener) -> None:
    page = opened("lines", sheet="alone")
    expect(shown(page, "Finishing in 10 s. What you have typed is kept.")).to_be_visible()
    expect(button(page, "Menu")).to_be_visible()
    expect(page.get_by_role("timer")).to_have_count(0)
    assert page.locator("[role=status], [role=alert]").count() == 2
    root = page.locator(".mira-form")
    assert root.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(251, 250, 247)"
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    expect(root).to_have_css("background-color", "rgb(19, 24, 27)")
    page.get_by_label("In my role, the one thing to put first is…").fill("Know my group plan")
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="5 of 8 in")).to_be_visible()


def test_a_form_that_is_taken_down_leaves_nothing_behind(opened: Opener) -> None:
    page = opened("lines")
    page.evaluate("kernel.stop()")
    page.wait_for_function(
        "['mira-top', 'mira-lines', 'mira-foot'].every(id => document.getElementById(id).children.length === 0)"
    )
    expect(page.locator(".mira-form")).to_have_count(0)


@pytest.mark.parametrize("sheet", ["index", "alone"])
def test_a_form_that_moves_to_another_box_keeps_words_caret_and_place(opened: Opener, sheet: str) -> None:
    page = opened("text", sheet=sheet)
    field = page.get_by_label("Because…")
    field.press_sequentially("I get told")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    page.evaluate("kernel.frame('order')")
    page.evaluate("kernel.move()")
    expect(field).to_be_focused()
    assert field.evaluate("field => [field.value, field.selectionStart]") == ["I get told", 3]
    page.wait_for_timeout(1200)
    expect(field).to_be_focused()
    button(page, "Go there").click()
    expect(page.get_by_role("heading", name="Tap them in order, first to last")).to_be_focused()


def test_a_step_that_folds_above_does_not_move_the_field_that_has_the_focus(opened: Opener) -> None:
    page = opened("text")
    field = page.get_by_label("Because…")
    field.press_sequentially("I get told")
    before = field.bounding_box()
    fold = "<details class='mira-fold'><summary><span>✓ Your role</span></summary></details>"
    page.evaluate("html => document.getElementById('form').innerHTML = html", fold)
    page.wait_for_timeout(50)
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)
