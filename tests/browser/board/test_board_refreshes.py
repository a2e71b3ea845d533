"""What a new view leaves alone: focus, words, places; and what goes on by itself: the clock, names."""

import pytest
from board_page import button, pressed, run, shown, top
from harness import Opener
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser


def test_a_refresh_leaves_focus_caret_and_a_half_typed_note_alone(opened: Opener) -> None:
    page = opened("run")
    notes = page.get_by_label("Notes (yours)")
    notes.press_sequentially("ask Rosa")
    notes.evaluate("field => field.setSelectionRange(3, 3)")
    run(page, "kernel.frame('few')")
    run(page, "kernel.frame('shown')")
    expect(notes).to_be_focused()
    assert notes.evaluate("field => [field.value, field.selectionStart]") == ["ask Rosa", 3]


def test_a_note_goes_out_700_ms_after_the_last_key(opened: Opener) -> None:
    page = opened("run", clock=True)
    page.get_by_label("Notes (yours)").press_sequentially("late")
    page.clock.run_for(650)
    assert pressed(page) == []
    page.clock.run_for(100)
    assert pressed(page) == [("note", "late")]
    expect(shown(page, "Saved 4:07")).to_be_visible()


def test_a_note_of_another_page_shows_where_nobody_writes(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.frame('run', {side: {say: '', cards: [], pins: [], notes: {value: 'from the phone'}}})")
    expect(page.get_by_label("Notes (yours)")).to_have_value("from the phone")


def test_a_refresh_leaves_menu_focus_and_scroll_alone(opened: Opener) -> None:
    page = opened("run")
    button(page, "More…").click()
    page.keyboard.press("ArrowDown")
    expect(button(page, "Skip this step")).to_be_focused()
    run(page, "window.scrollTo(0, 20)")
    run(page, "kernel.centre({do: 'On phones.'})")
    expect(shown(page, "On phones.")).to_be_visible()
    expect(button(page, "Skip this step")).to_be_focused()
    assert run(page, "window.scrollY") == 20
    page.keyboard.press("Escape")
    expect(button(page, "More…")).to_be_focused()
    expect(button(page, "Skip this step")).to_have_count(0)


def test_a_refresh_keeps_the_very_button_that_has_the_focus(opened: Opener) -> None:
    page = opened("run")
    button(page, "Pause all").focus()
    run(page, "window.held = document.activeElement")
    run(
        page,
        "kernel.centre({buttons: [{id: 'pause', label: 'Go on, all'}, {id: 'reveal', label: 'Reveal', main: true}]})",
    )
    assert run(page, "window.held === document.activeElement && window.held.textContent") == "Go on, all"


def test_a_line_that_comes_does_not_move_what_is_being_read(opened: Opener) -> None:
    page = opened("shown", width=390)
    run(page, "window.scrollTo(0, 500)")
    before = top(button(page, "Hide again"))
    run(page, "kernel.change({lines: [{id: 'help', mark: '?', text: 'One person needs help.', buttons: []}]})")
    expect(shown(page, "One person needs help.")).to_have_count(1)
    assert top(button(page, "Hide again")) == pytest.approx(before, abs=1)


def test_a_picture_stands_until_the_next_one_is_there(opened: Opener) -> None:
    page = opened("shown")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/chart.svg?v=2", hold)
    frame = page.locator(".mira-b-frame")
    page.wait_for_function("document.querySelector('.mira-b-frame img').naturalHeight > 0")
    before = frame.bounding_box()
    newer = "kernel.centre({picture: {...kernel.view.centre.picture, src: '%s?v=2', dark_src: '', alt: 'Two more.'}})"
    run(page, newer % "/tests/browser/board_harness/chart.svg")
    image = page.get_by_role("img", name="Two more.")
    expect(image).to_be_visible()
    page.wait_for_timeout(100)
    assert frame.bounding_box() == before
    (route,) = waiting
    route.continue_()
    page.wait_for_function("document.querySelector('.mira-b-frame img').complete")
    assert image.get_attribute("src") == "/tests/browser/board_harness/chart.svg?v=2"
    assert frame.bounding_box() == before


def test_the_next_move_stays_in_sight_however_much_is_shown(opened: Opener) -> None:
    page = opened("entries")
    run(
        page,
        "kernel.centre({entries: Array.from({length: 40}, (_, i) => ({id: `e${i}`, text: `Idea ${i}`, buttons: []}))})",
    )
    main = button(page, "Next: Merge")
    expect(main).to_be_in_viewport(ratio=1)
    before = top(main)
    run(page, "window.scrollTo(0, 400)")
    assert top(main) == before
    page.get_by_text("Idea 39").scroll_into_view_if_needed()
    expect(main).to_be_in_viewport(ratio=1)


def test_words_of_people_never_become_markup(opened: Opener) -> None:
    page = opened("entries")
    text = "<img src=x onerror=\"document.title='x'\">"
    run(page, "text => kernel.centre({entries: [{id: 'a', text, who: text, buttons: []}]})", text)
    expect(shown(page, text)).to_have_count(2)
    assert page.title() == "Board"


def test_what_is_hidden_from_the_room_stays_folded_and_never_stands_on_the_wall(opened: Opener) -> None:
    page = opened("entries")
    expect(shown(page, "Somebody is named here")).not_to_be_visible()
    page.get_by_text("Hidden from the room").click()
    expect(shown(page, "Somebody is named here")).to_be_visible()
    run(page, "kernel.change({wall: true})")
    expect(shown(page, "Somebody is named here")).to_have_count(0)


def test_the_clock_goes_by_the_server_and_never_by_the_laptop(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(
        page,
        """() => {
          const now = Date.now() + 3600000;
          const clock = {until: new Date(now + 80000).toISOString(), paused: false, text: "", plain: ""};
          const {centre, ...view} = kernel.view;
          kernel.give({...view, now: new Date(now).toISOString(), centre: {...centre, clock}});
        }""",
    )
    timer = page.get_by_role("timer")
    expect(timer).to_have_attribute("aria-live", "off")
    expect(timer).to_have_text("1:20")
    page.clock.run_for(15000)
    expect(timer).to_have_text("1:05")
    page.clock.run_for(75000)
    expect(timer).to_have_text("0:10 over")


def test_a_paused_clock_stands(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.centre({clock: {until: null, paused: true, text: '0:48', plain: 'about 1 min'}})")
    page.clock.run_for(5000)
    expect(page.get_by_role("timer")).to_have_text("0:48")


def test_one_minute_is_spoken_and_no_other_second(opened: Opener) -> None:
    page = opened("run", clock=True)
    page.clock.run_for(60000)
    assert run(page, "kernel.spoken") == ["One minute left."]


def test_names_hide_by_themselves_after_ten_seconds(opened: Opener) -> None:
    page = opened("run", clock=True)
    button(page, "Show names for 10 seconds").click()
    run(page, "kernel.centre({names: {text: 'Still writing: Grace and Tom.'}})")
    expect(shown(page, "Still writing: Grace and Tom.")).to_be_visible()
    expect(shown(page, "Hidden again in 10 s")).to_be_visible()
    page.clock.run_for(6000)
    run(page, "kernel.change({})")
    expect(shown(page, "Hidden again in 4 s")).to_be_visible()
    page.clock.run_for(4500)
    expect(shown(page, "Still writing: Grace and Tom.")).to_have_count(0)
    button(page, "Show names for 10 seconds").click()
    run(page, "kernel.change({})")
    expect(shown(page, "Still writing: Grace and Tom.")).to_be_visible()
