"""Every view: sizes, axe, names, one main button, JupyterLab, and the size of what is sent."""

import axe
import pytest
from board_page import BOARDS, SOURCES, WALLS, button, pressed, run
from harness import Opener
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "size"), [(1280, "1"), (390, "1"), (320, "1"), (320, "1.4")])
def test_no_board_scrolls_sideways_and_targets_and_text_are_large_enough(opened: Opener, width: int, size: str) -> None:
    page = opened("run", width=width)
    run(page, "size => document.documentElement.dataset.size = size", size)
    least, smallest = (36, 14) if width >= 900 else (44, 15)
    found = {}
    for frame in BOARDS:
        run(page, "name => kernel.frame(name)", frame)
        wrong = run(
            page,
            """([least, smallest]) => {
              const apart = ".mira-live, .mira-unseen, .mira-skip, .mira-b-state, .mira-mark";
              const seen = (e) => e.offsetParent && !e.closest(apart);
              const all = [...document.querySelectorAll("main *")].filter(seen);
              const size = (e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width);
              const target = "a, button, select, textarea, summary, label:has(input)";
              // The agenda is a dense list.
              const needed = (e) => (e.closest(".mira-b-agenda") ? 36 : least);
              const small = all.filter((e) => e.matches(target) && size(e) < needed(e)).map((e) => e.outerHTML);
              const words = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
              const fine = (e) => parseFloat(getComputedStyle(e).fontSize) >= smallest;
              const tiny = all.filter((e) => words(e) && !fine(e)).map((e) => e.outerHTML);
              const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
              return [small, tiny, wide].some((one) => one.length || one > 0) ? {small, tiny, wide} : null;
            }""",
            [least, smallest],
        )
        if wrong:
            found[frame] = wrong
    assert found == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 390), ("light", 1280), ("dark", 1920)])
def test_axe_finds_nothing_serious_on_any_board(opened: Opener, scheme: str, width: int) -> None:
    page = opened("run", scheme=scheme, width=width)
    found = {}
    for frame in [*BOARDS, *WALLS, "menu", "dialog"]:
        if frame in {"menu", "dialog"}:
            run(page, "kernel.frame('run')")
            button(page, "More…" if frame == "menu" else "Make up 4 minutes").click()
        else:
            run(page, "name => kernel.frame(name)", frame)
        if serious := axe.violations(page):
            found[frame] = serious
    assert found == {}


def test_a_board_holds_no_name_of_who_is_not_in_and_one_main_button(opened: Opener) -> None:
    page = opened("run")
    for frame in ("run", "few", "shown", "entries", "remote"):
        run(page, "name => kernel.frame(name)", frame)
        expect(page.locator(".mira-main")).to_have_count(1)
        assert not {"Grace", "Tom"} & set(page.locator("main").inner_text().split())


def test_above_a_tables_form_stands_a_head_that_leaves_the_main_button_to_the_form(opened: Opener) -> None:
    page = opened("table")
    expect(button(page, "Back to the board")).to_be_visible()
    expect(page.locator(".mira-main")).to_have_count(0)
    assert run(page, "document.querySelector('main').clientWidth") == 640


def test_the_lobby_copies_the_link_and_shows_who_came(opened: Opener) -> None:
    page = opened("lobby")
    expect(page.get_by_role("heading", level=1)).to_have_text("6 of 8 here")
    assert page.get_by_role("list", name="Here").get_by_role("listitem").all_inner_texts()[0] == "Amelia"
    button(page, "Copy the link").click()
    page.wait_for_function("kernel.spoken.includes('Copied.')")
    assert pressed(page) == []
    button(page, "My phone as remote").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="QR code of your own link")).to_be_visible()


def test_in_jupyterlab_the_board_brings_its_look_follows_the_theme_and_speaks(opened: Opener) -> None:
    page = opened("run", sheet="alone")
    paper = "getComputedStyle(document.querySelector('.mira-board')).backgroundColor"
    assert run(page, paper) == "rgb(251, 250, 247)"
    run(page, "document.body.dataset.jpThemeLight = 'false'")
    page.wait_for_function(f"{paper} === 'rgb(19, 24, 27)'")
    run(page, "kernel.moves = {reveal: 'shown'}")
    button(page, "Reveal").click()
    expect(page.get_by_role("status")).to_contain_text("5 different first picks.")
    run(page, "kernel.frame('present')")
    page.wait_for_function(f"{paper} === 'rgb(251, 250, 247)'")


def test_a_board_that_is_taken_down_leaves_nothing_behind(opened: Opener) -> None:
    page = opened("present", clock=True)
    run(page, "kernel.stop()")
    sent = run(page, "kernel.sent.length")
    page.keyboard.press("ArrowRight")
    page.clock.run_for(30000)
    assert run(page, "kernel.sent.length") == sent
    expect(page.locator(".mira-board")).to_have_count(0)


def test_a_page_in_sight_says_that_it_is_here_every_ten_seconds(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.sent.length = 0")
    page.clock.run_for(30000)
    assert run(page, "kernel.sent") == [{"here": True}] * 3


def test_the_script_stays_small() -> None:
    # It draws what who leads sees, the wall, the remote and the coach's screens; compressed it is a third.
    assert (SOURCES.parent / "board.js").stat().st_size < 66_000
