"""The projector, and the wall of who looks on."""

import pytest
from board_page import WALLS, button, pressed, run, shown
from harness import Opener
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_walls_keys_do_what_the_view_says(opened: Opener) -> None:
    page = opened("present")
    for key in ("ArrowRight", "ArrowLeft", "Space", "+", "-", "p", "T", "PageDown"):
        page.keyboard.press(key)
        page.wait_for_timeout(650)
    told = ["next", "undo", "reveal", "plus", "minus", "pause", "table", "next"]
    assert [press for press, _ in pressed(page)] == told


def test_the_keys_are_listed_and_can_be_switched_off(opened: Opener) -> None:
    page = opened("present")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this window")
    expect(dialog.get_by_role("row")).to_have_count(9)
    expect(button(dialog, "Close")).to_be_focused()
    dialog.get_by_role("checkbox", name="Keys act in this window").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("?")
    expect(dialog).to_have_count(0)
    assert pressed(page) == []
    page.keyboard.press("Tab")
    while run(page, "document.activeElement.textContent") != "Keys":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    dialog.get_by_role("checkbox", name="Keys act in this window").check()
    button(dialog, "Close").click()
    page.keyboard.press("ArrowRight")
    assert pressed(page) == [("next", True)]


def test_f_fills_the_screen_and_keys_with_a_modifier_are_the_browsers(opened: Opener) -> None:
    page = opened("present")
    page.keyboard.press("Control+p")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    assert pressed(page) == []


def test_a_key_that_could_not_work_says_why_for_a_while(opened: Opener) -> None:
    page = opened("present", clock=True)
    run(page, "kernel.mode = 'Reveal needs 4 answers; 2 are in.'")
    page.keyboard.press("Space")
    page.clock.run_for(100)
    expect(shown(page, "Reveal needs 4 answers; 2 are in.")).to_be_visible()
    page.clock.run_for(9000)
    expect(shown(page, "Reveal needs 4 answers; 2 are in.")).to_have_count(0)


def test_who_looks_on_has_no_keys_and_nothing_to_press(opened: Opener) -> None:
    page = opened("viewer")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("?")
    assert pressed(page) == []
    expect(page.locator("main").get_by_role("button")).to_have_count(0)


def test_the_wall_is_light_in_a_dark_room_and_the_board_is_not(opened: Opener) -> None:
    page = opened("wall_shown", scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert run(page, paper) == "rgb(251, 250, 247)"
    assert page.get_by_role("img").get_attribute("src") == "/tests/browser/board_harness/chart.svg"
    run(page, "kernel.frame('shown')")
    assert run(page, paper) == "rgb(19, 24, 27)"
    assert page.get_by_role("img").get_attribute("src") == "/tests/browser/board_harness/chart-dark.svg"


def test_the_wall_counts_seconds_only_in_spoken_turns(opened: Opener) -> None:
    page = opened("present", clock=True)
    expect(page.get_by_role("timer")).to_have_text("about 1 min")
    run(page, "kernel.frame('turn')")
    expect(page.get_by_role("timer")).to_have_text("1:15")
    page.clock.run_for(5000)
    expect(page.get_by_role("timer")).to_have_text("1:10")


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_wall_never_scrolls_and_says_how_much_does_not_fit(opened: Opener, width: int) -> None:
    page = opened("present", width=width)
    for frame in WALLS:
        run(page, "name => kernel.frame(name)", frame)
        page.wait_for_timeout(100)
        over = run(
            page,
            "[document.documentElement, ...document.querySelectorAll('.mira-b-wall, .mira-w-middle')]"
            ".map((e) => Math.max(e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth))",
        )
        small = run(
            page,
            """() => [...document.querySelectorAll(".mira-b-wall :is(p, h1, td, th, li, span)")]
              .filter((e) => e.offsetParent && e.textContent.trim() && !e.closest("button, .mira-unseen"))
              .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 24).map((e) => e.outerHTML)""",
        )
        assert (frame, max(over) <= 1, small) == (frame, True, [])
    run(page, "kernel.frame('wall_table')")
    rows = page.locator("tbody tr:visible").count()
    expect(shown(page, f"and {15 - rows} more")).to_be_visible()
