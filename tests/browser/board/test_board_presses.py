"""What is pressed goes once and is answered, also while the server is lost."""

import pytest
from board_page import button, pressed, run, shown
from harness import Opener, held
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_press_says_what_on_which_screen_and_under_a_key_of_its_own(opened: Opener) -> None:
    page = opened("run")
    button(page, "Reveal").click()
    (message,) = run(page, "kernel.pressed")
    assert (message["press"], message["value"], message["key"]) == ("reveal", True, "run:tupelo:sort:1:down")
    assert len(message["save_key"]) == 12


def test_a_double_press_acts_once_even_when_another_main_button_has_come_in_its_place(opened: Opener) -> None:
    page = opened("run")
    run(page, "kernel.moves = {reveal: 'shown', next: 'run'}")
    # In one go inside the page: a busy machine must not make the second click a late one.
    page.evaluate(
        """async () => {
          const main = () => document.querySelector(".mira-main");
          main().click();
          while (!main().textContent.startsWith("Next")) await new Promise(requestAnimationFrame);
          main().click();
        }"""
    )
    expect(button(page, "Next: Speak for it")).to_be_visible()
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


@pytest.mark.parametrize("by", ["finger", "mouse"])
def test_a_button_that_moves_away_under_the_finger_is_pressed_once(opened: Opener, by: str) -> None:
    page = opened("remote", width=390)
    reveal = button(page, "Reveal")
    with held(page, reveal, by=by):
        before = run(page, "document.querySelector('[data-id=reveal]').getBoundingClientRect().top")
        run(page, "document.querySelector('.mira-board').style.marginTop = '96px'")
        assert run(page, "document.querySelector('[data-id=reveal]').getBoundingClientRect().top") == before + 96
    page.wait_for_function("kernel.pressed.length > 0")
    page.wait_for_timeout(500)
    assert pressed(page) == [("reveal", True)]
