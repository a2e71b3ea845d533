"""The facilitator's board in a real browser, by its accessible names; a scripted model stands for the kernel."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "mira_workbook/boards/js"
AXE = ROOT / "mira_workbook/widgets/js/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A name that is not localhost: schools' laptops come over plain http, where several browser functions are missing.
HOST = "mira.test"
HEIGHTS = {320: 640, 390: 844, 1280: 720, 1920: 1080}
BOARDS = ["lobby", "nobody", "run", "few", "shown", "entries", "ended", "grid", "nowhere", "remote", "table"]
WALLS = ["present", "turn", "wall_shown", "wall_table", "wall_lobby", "wall_end", "wall_words", "viewer"]

Opener = Callable[..., Page]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=ROOT))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}/tests/browser/board_harness"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here (Debian: apt install chromium)")
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
    ]
    with sync_playwright() as play:
        made = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield made
        made.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens a view of the harness; a page that throws makes the test fail."""
    contexts = []
    faults: list[str] = []

    def go(frame: str, *, sheet: str = "index", scheme: Any = "light", clock: bool = False, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": HEIGHTS[width]}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if clock:
            page.clock.install(time=0)
        page.goto(f"{address}/{sheet}.html?frame={frame}")
        page.wait_for_selector("html[data-ready]")
        if clock:
            page.clock.pause_at(10)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def pressed(page: Page) -> list[tuple[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("kernel.pressed")
    return [(one["press"], one["value"]) for one in found]


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def shown(page: Page, text: Any) -> Locator:
    """Words on the board, not those in the live regions."""
    return page.locator("main").get_by_text(text)


def run(page: Page, script: str, value: Any = None) -> Any:
    return page.evaluate(script, value)


def top(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


# Pressing


def test_a_press_says_what_on_which_screen_and_under_a_key_of_its_own(opened: Opener) -> None:
    page = opened("run")
    button(page, "Reveal").click()
    (message,) = run(page, "kernel.pressed")
    assert (message["press"], message["value"], message["key"]) == ("reveal", True, "run:tupelo:sort:1:down")
    assert len(message["save_key"]) == 12


def test_a_double_press_acts_once_even_when_another_main_button_has_come_in_its_place(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.moves = {reveal: 'shown', next: 'run'}")
    button(page, "Reveal").dblclick(delay=60)
    expect(button(page, "Next: Speak for it")).to_be_visible()
    page.locator(".mira-main").dispatch_event("click")
    assert pressed(page) == [("reveal", True)]


def test_two_buttons_pressed_one_right_after_the_other_both_go(opened: Opener) -> None:
    page = opened("run")
    run(page, "document.querySelector('[data-id=reveal]').click(); document.querySelector('[data-id=pause]').click()")
    assert [press for press, _ in pressed(page)] == ["reveal", "pause"]


def test_a_second_press_waits_for_the_answer_to_the_first(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.mode = 'silent'")
    button(page, "+1").click()
    page.clock.run_for(1000)
    button(page, "+1").click()
    assert pressed(page) == [("plus", True)]


def test_a_whole_reveal_goes_by_keys_alone(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.moves = {reveal: 'shown'}")
    for _ in range(20):
        page.keyboard.press("Tab")
        if run(page, "document.activeElement.dataset.id") == "reveal":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="First, focus, watch")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button(page, "Next: Speak for it")).to_be_focused()
    page.wait_for_timeout(650)
    page.keyboard.press("Enter")
    assert pressed(page) == [("reveal", True), ("next", True)]
    assert run(page, "kernel.spoken.at(-1)").startswith("5 different first picks.")


def test_a_button_that_cannot_work_says_why_and_stays_in_reach(opened: Opener) -> None:
    page = opened("few")
    reveal = button(page, "Reveal")
    expect(reveal).to_have_attribute("aria-disabled", "true")
    expect(reveal).to_have_accessible_description("Reveal needs 4 answers; 2 are in.")
    reveal.click(force=True)
    assert pressed(page) == []
    assert run(page, "kernel.spoken") == ["Reveal needs 4 answers; 2 are in."]


def test_a_press_that_is_refused_says_so_until_it_was_read(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.mode = 'Rosa was faster: the next step is open.'")
    button(page, "Reveal").click()
    line = shown(page, "Rosa was faster: the next step is open.")
    expect(line).to_be_visible()
    button(page, "Good").click()
    expect(line).to_have_count(0)


def test_a_guarded_button_wants_a_second_tap_within_three_seconds(opened: Opener) -> None:
    page = opened("remote", clock=True, width=390)
    button(page, "Next: Speak for it").click()
    expect(button(page, "Tap again to go on (3 s)")).to_be_visible()
    page.clock.run_for(1000)
    expect(button(page, "Tap again to go on (2 s)")).to_be_visible()
    page.clock.run_for(2500)
    button(page, "Next: Speak for it").click()
    assert pressed(page) == []
    page.clock.run_for(1500)
    button(page, "Tap again to go on (2 s)").click()
    assert pressed(page) == [("next", True)]


# A lost server


def test_a_lost_server_is_said_with_a_count_that_ends_in_a_try(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.connect('lost')")
    page.clock.run_for(500)
    expect(shown(page, "Lost the server.")).to_have_count(0)
    page.clock.run_for(1000)
    rest = "Phones go on saving on their own; the clock runs on."
    expect(shown(page, f"Lost the server. Trying again in 2 s. {rest}")).to_be_visible()
    assert run(page, "kernel.tries") == 0
    page.clock.run_for(2000)
    expect(shown(page, f"Lost the server. Trying now. {rest}")).to_be_visible()
    assert run(page, "kernel.tries") == 1
    button(page, "Try now").click()
    assert run(page, "kernel.tries") == 2
    page.clock.run_for(1000)
    run(page, "kernel.connect('ok')")
    expect(shown(page, "The server is back. Nothing was lost.")).to_be_visible()
    page.clock.run_for(8000)
    expect(shown(page, "The server is back. Nothing was lost.")).to_have_count(0)
    assert run(page, "window.mira.ownLines") is True


def test_a_press_while_the_server_is_lost_is_kept_and_goes_once(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.connect('lost')")
    button(page, "Reveal").click()
    expect(shown(page, "“Reveal” has not gone yet. It goes by itself when the server is back.")).to_be_visible()
    page.clock.run_for(9000)
    assert pressed(page) == []
    run(page, "kernel.connect('ok')")
    page.clock.run_for(1000)
    assert pressed(page) == [("reveal", True)]
    page.clock.run_for(20000)
    assert pressed(page) == [("reveal", True)]
    expect(shown(page, "has not gone yet")).to_have_count(0)


def test_a_press_that_waits_can_be_taken_back(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.connect('lost')")
    button(page, "Reveal").click()
    page.clock.run_for(1000)
    button(page, "Do not send it").click()
    run(page, "kernel.connect('ok')")
    page.clock.run_for(5000)
    assert pressed(page) == []


@pytest.mark.parametrize(
    ("ahead", "between", "text"),
    [
        (1000, "kernel.frame('shown')", "“Reveal” did not go: the board has moved on."),
        (64000, "1", "“Reveal” did not go: the server was away for too long. Press it again."),
    ],
)
def test_a_press_that_has_become_wrong_is_said_not_to_have_gone(
    opened: Opener, ahead: int, between: str, text: str
) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.connect('lost')")
    button(page, "Reveal").click()
    page.clock.run_for(ahead)
    run(page, between)
    run(page, "kernel.connect('ok')")
    page.clock.run_for(1000)
    expect(shown(page, text)).to_be_visible()
    assert pressed(page) == []


def test_a_press_without_an_answer_is_asked_for_again_under_its_own_key(opened: Opener) -> None:
    page = opened("run", clock=True)
    run(page, "kernel.mode = 'silent'")
    button(page, "Reveal").click()
    page.clock.run_for(4500)
    expect(shown(page, "No word yet whether “Reveal” went. Asking again.")).to_be_visible()
    first, second = run(page, "kernel.pressed")
    assert first["save_key"] == second["save_key"]
    run(page, "message => kernel.answer({save_key: message.save_key, ok: true})", first)
    expect(shown(page, "No word yet")).to_have_count(0)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("lost", "“Reveal” did not go. Press it again if you still want it."),
        ("ok", "The page closed before “Reveal” was answered. What you see now is how things stand."),
    ],
)
def test_a_page_that_comes_back_says_what_became_of_a_press(opened: Opener, state: str, text: str) -> None:
    page = opened("run")
    run(page, "state => { kernel.mode = 'silent'; kernel.connect(state); }", state)
    button(page, "Reveal").click()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(shown(page, text)).to_be_visible()
    assert pressed(page) == []


# Patching


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


# Clock and names


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


# The room grid


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


# Dialogs


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


# The projector


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


# Every view


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
    if not AXE.exists():
        pytest.skip("axe-core is not installed here (npm ci in mira_workbook/widgets/js)")
    page = opened("run", scheme=scheme, width=width)
    page.add_script_tag(path=AXE)
    found = {}
    for frame in [*BOARDS, *WALLS, "menu", "dialog"]:
        if frame in {"menu", "dialog"}:
            run(page, "kernel.frame('run')")
            button(page, "More…" if frame == "menu" else "Make up 4 minutes").click()
        else:
            run(page, "name => kernel.frame(name)", frame)
        result = run(page, "axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (one["id"], node["html"][:160], node["failureSummary"][:300])
            for one in result["violations"]
            for node in one["nodes"]
            if one["impact"] in {"serious", "critical"}
        ]
        if serious:
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


# The bundle


def test_the_bundle_is_what_its_sources_make_and_stays_small(tmp_path: Path) -> None:
    assert (SOURCES.parent / "board.js").stat().st_size < 60_000
    npm = shutil.which("npm")
    if npm is None or not (SOURCES / "node_modules/esbuild").exists():
        pytest.skip("npm or esbuild is not installed here (npm ci in mira_workbook/boards/js)")
    subprocess.run([npm, "run", "--silent", "build", "--", "--outdir", str(tmp_path)], cwd=SOURCES, check=True)
    for name in ("board.js", "board.css"):
        assert (tmp_path / name).read_bytes() == (SOURCES.parent / name).read_bytes(), name
