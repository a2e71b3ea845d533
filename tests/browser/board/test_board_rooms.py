"""A room of teams, and the dialogs."""

import pytest
from board_page import button, pressed, run, shown
from harness import Opener
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_arrows_move_through_the_room_and_enter_opens_a_menu(opened: Opener) -> None:
    page = opened("grid")
    grid = page.get_by_role("table")
    first = grid.get_by_role("button", name="Amelia, in, step First, focus, watch").first
    button(page, "Needs help").focus()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    for key in ("End", "ArrowDown", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(button(page, "Lena, needs help, step First, focus, watch")).to_be_focused()
    page.keyboard.press("Tab")
    expect(button(page, "Go to").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(button(page, "Give 1 more minute")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert pressed(page) == [("nudge:Lena", True)]
    expect(button(page, "Lena, needs help, step First, focus, watch")).to_be_focused()
    expect(button(page, "Give 1 more minute")).to_have_count(0)


def test_the_room_counts_down_tells_signs_apart_by_letter_and_presses_filters(opened: Opener) -> None:
    page = opened("grid", clock=True)
    signs = page.locator("tbody .mira-b-state").evaluate_all("all => all.map((one) => one.dataset.sign)")
    assert set(signs) == {"✓", "~", "", "×", "?", "z", "–"}
    assert button(page, "All").get_attribute("aria-pressed") == "true"
    button(page, "Needs help").click()
    assert pressed(page) == [("filter:help", True)]
    run(
        page,
        "() => { const until = new Date(Date.now() + 65000).toISOString();"
        " const {grid} = structuredClone(kernel.view); grid.rows[0].until = until; kernel.change({grid}); }",
    )
    row = page.get_by_role("row", name="Tupelo Branch")
    expect(row.locator(".mira-b-time")).to_have_text("1:05")
    page.clock.run_for(5000)
    expect(row.locator(".mira-b-time")).to_have_text("1:00")


def test_an_empty_room_says_what_brings_people_in(opened: Opener) -> None:
    page = opened("nowhere")
    expect(shown(page, "No team here yet. The code on the wall brings them in.")).to_be_visible()


def test_a_dialog_starts_at_the_least_harmful_button_and_gives_the_focus_back(opened: Opener) -> None:
    page = opened("few")
    opener = button(page, "Reveal anyway…")
    opener.click()
    dialog = page.get_by_role("dialog", name="Reveal before enough are in?")
    expect(button(dialog, "Wait")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    button(dialog, "Wait").click()
    expect(opener).to_be_focused()
    assert pressed(page) == []


def test_a_reason_goes_with_the_press_and_a_refusal_stays_in_the_dialog(opened: Opener) -> None:
    page = opened("few")
    button(page, "Reveal anyway…").click()
    dialog = page.get_by_role("dialog")
    run(page, "kernel.mode = 'Say why, so that it can stand in the log.'")
    button(dialog, "Reveal anyway").click()
    expect(dialog.get_by_role("alert")).to_have_text("Say why, so that it can stand in the log.")
    dialog.get_by_label("Why now?").fill("The bus leaves")
    run(page, "kernel.centre({count: {text: '3 of 8 in', marks: []}})")
    expect(dialog.get_by_label("Why now?")).to_be_focused()
    expect(dialog.get_by_label("Why now?")).to_have_value("The bus leaves")
    run(page, "kernel.mode = 'ok'")
    page.wait_for_timeout(700)
    button(dialog, "Reveal anyway").click()
    expect(dialog).to_have_count(0)
    assert pressed(page)[-1] == ("reveal_anyway", {"reason": "The bus leaves"})


def test_minutes_are_made_up_by_one_of_three_cuts_and_nothing_before_do_this(opened: Opener) -> None:
    page = opened("run")
    button(page, "Make up 4 minutes").click()
    dialog = page.get_by_role("dialog", name="Make up 4 minutes")
    expect(dialog.get_by_role("radio")).to_have_count(3)
    dialog.get_by_role("radio", name="Park by review date We end at 5:00").check()
    assert pressed(page) == []
    button(dialog, "Do this").click()
    expect(dialog).to_have_count(0)
    assert pressed(page) == [("cut", {"option": "park"})]


def test_a_dialog_of_a_step_that_has_moved_on_closes_and_says_so(opened: Opener) -> None:
    page = opened("few")
    button(page, "Reveal anyway…").click()
    run(page, "kernel.frame('shown')")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(shown(page, "The step has moved on. Nothing was done.")).to_be_visible()


def test_the_kernels_own_dialog_opens_patches_and_closes_with_the_view(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.change({dialog: kernel.dialogs.END})")
    dialog = page.get_by_role("dialog", name="End the session?")
    expect(button(dialog, "Go on")).to_be_focused()
    run(page, "kernel.change({dialog: {...kernel.dialogs.END, text: 'One person has a draft.'}})")
    expect(dialog.get_by_text("One person has a draft.")).to_be_visible()
    expect(button(dialog, "Go on")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert pressed(page) == [("close", "end")]
    run(page, "kernel.change({dialog: kernel.dialogs.END})")
    expect(dialog).to_have_count(0)


def test_a_dialog_of_a_menu_gives_the_focus_back_to_the_menus_button(opened: Opener) -> None:
    page = opened("run")
    button(page, "More…").click()
    button(page, "Someone left for today").click()
    dialog = page.get_by_role("dialog", name="Who left for today?")
    dialog.get_by_label("Name").select_option(label="Lena Marsh")
    button(dialog, "Excuse for today").click()
    expect(dialog).to_have_count(0)
    expect(button(page, "More…")).to_be_focused()
    assert pressed(page) == [("excuse", {"member": "M3", "back": False})]
