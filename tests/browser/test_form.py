"""The form's controls in a real browser, by their accessible names; a scripted model stands for the kernel."""

import re
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
FORM = ROOT / "mira_workbook/widgets/js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# A name that is not localhost: schools' phones come over plain http, where several browser functions are missing.
HOST = "mira.test"
PHONE = {"width": 390, "height": 664}
FRAMES = [
    *("text", "starters", "first", "order", "rows", "closed", "fixed", "inline", "taken", "merge", "share", "kinds"),
    *("hands", "again", "pen", "readers", "waiting", "look_up", "results", "folded", "lines", "end"),
]

Opener = Callable[..., Page]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=ROOT))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}/tests/browser/form_harness"
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
    """Opens a frame of the harness; a page that throws makes the test fail."""
    contexts = []
    faults: list[str] = []

    def go(frame: str, *, sheet: str = "index", scheme: Any = "light", clock: bool = False, width: int = 390) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 664}, color_scheme=scheme, has_touch=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        if clock:
            page.clock.install(time=0)
        page.goto(f"{address}/{sheet}.html?frame={frame}")
        page.wait_for_selector("html[data-ready]")
        if clock:
            page.clock.pause_at(5000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def said(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("kernel.said")
    return found


def last(page: Page, field: str) -> Any:
    return [message["value"] for message in said(page) if message["field"] == field][-1]


def kept(page: Page) -> dict[str, Any]:
    """Drafts in the browser's own storage, by field."""
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('mira:'))"
        ".map(([, v]) => JSON.parse(v)).map(({field, value}) => [field, value]))"
    )
    return found


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def problem(field: str, text: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "row": "", "column": "", "code": "E01", "text": text, "level": "stop", **more}


def shown(page: Page, text: Any) -> Locator:
    """Words on the page, not those in the live regions."""
    return page.locator("body > :not(.mira-live)").get_by_text(text)


def focused_text(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.textContent")
    return found


# Drafts and the save line


def test_a_draft_goes_out_700_ms_after_the_last_key(opened: Opener) -> None:
    page = opened("text", clock=True)
    field = page.get_by_label("Because…")
    field.press_sequentially("late")
    page.clock.run_for(650)
    assert said(page) == []
    page.clock.run_for(60)
    assert [(m["field"], m["value"]) for m in said(page)] == [("because", "late")]
    assert re.fullmatch(r"role_priority:1:answer/[a-z2-7]{12}", said(page)[0]["save_key"])


def test_a_draft_goes_out_when_the_field_is_left(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.get_by_label("Because…").fill("late")
    page.get_by_label("In my role, the one thing to put first is…").focus()
    assert [(m["field"], m["value"]) for m in said(page)] == [("because", "late")]


def test_a_draft_stays_in_the_browser_until_it_is_acknowledged(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").fill("I get told at the door")
    assert kept(page) == {"because": "I get told at the door"}
    page.wait_for_timeout(900)
    assert kept(page) == {"because": "I get told at the door"}
    message = said(page)[-1]
    page.evaluate("m => kernel.answer({...m, value: undefined, saved_at: '3:42', draft: true})", message)
    assert kept(page) == {}
    expect(shown(page, "Saved 3:42")).to_be_visible()


def test_a_page_that_comes_back_brings_the_words_and_sends_them(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").fill("I get told at the door")
    key = page.evaluate("JSON.parse(Object.values(localStorage).find(v => v.includes('because'))).save_key")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_label("Because…")).to_have_value("I get told at the door")
    assert (said(page)[0]["field"], said(page)[0]["save_key"]) == ("because", key)
    expect(shown(page, "Saved 3:42")).to_be_visible()
    assert kept(page) == {}


def test_without_an_answer_the_line_says_on_this_phone_only_and_tries_the_same_key_again(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.evaluate("kernel.mode = 'silent'")
    page.get_by_label("Because…").fill("late")
    page.clock.run_for(700)
    page.clock.run_for(3900)
    expect(shown(page, "Saving…")).to_be_visible()
    page.clock.run_for(200)
    expect(shown(page, "On this phone only · trying again in 2 s")).to_be_visible()
    page.clock.run_for(2000)
    page.clock.run_for(4000)
    expect(shown(page, "On this phone only · trying again in 4 s")).to_be_visible()
    page.evaluate("kernel.mode = 'ok'")
    button(page, "Try now").click()
    page.clock.run_for(100)
    expect(shown(page, "Saved 3:42")).to_be_visible()
    assert len({m["save_key"] for m in said(page)}) == 1
    assert len(said(page)) == 3


def test_not_saved_says_why_keeps_the_words_and_is_told_at_once(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.mode = 'refuse'")
    page.get_by_label("Because…").fill("late")
    page.get_by_label("Because…").blur()
    why = "Not saved: the session’s computer has no space left. Your words stay on this phone. Tell the facilitator."
    expect(shown(page, why)).to_be_visible()
    assert f"! {why}" in page.evaluate("kernel.spoken")
    button(page, "Copy my words").click()
    page.evaluate("kernel.mode = 'ok'")
    button(page, "Try again").click()
    expect(shown(page, "Saved 3:42")).to_be_visible()
    assert len({m["save_key"] for m in said(page)}) == 1
    expect(page.get_by_label("Because…")).to_have_value("late")


def test_a_refusal_for_good_stands_at_the_field_and_is_not_tried_again(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.evaluate("kernel.mode = 'clash'")
    page.get_by_label("Because…").fill("late")
    page.clock.run_for(800)
    text = "Rosa saved a newer version at 4:39. Yours is kept as a draft. Compare and save again."
    expect(page.get_by_label("Because…")).to_have_accessible_description(re.compile(re.escape(text)))
    page.clock.run_for(60000)
    assert len(said(page)) == 1


def test_words_typed_while_the_line_is_cut_go_in_by_themselves(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.connect('lost')")
    page.get_by_label("Because…").fill("late")
    page.get_by_label("Because…").blur()
    assert said(page) == []
    page.evaluate("kernel.connect('ok')")
    expect(shown(page, "Saved 3:42")).to_be_visible()
    assert [m["value"] for m in said(page)] == ["late"]


def test_the_save_line_starts_with_nothing_saved_and_only_the_first_save_is_spoken(opened: Opener) -> None:
    page = opened("text")
    expect(shown(page, "Nothing saved yet")).to_be_visible()
    for words in ("one", "two", "three"):
        page.get_by_label("Because…").fill(words)
        page.get_by_label("Because…").blur()
        expect(shown(page, "Saved 3:42")).to_be_visible()
    assert page.evaluate("kernel.spoken") == ["Saved 3:42"]


def test_the_page_says_that_it_is_there_and_whether_somebody_types(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.clock.run_for(5100)
    page.get_by_label("Because…").press_sequentially("x")
    page.clock.run_for(9900)
    page.clock.run_for(10000)
    assert beats(page) == ["quiet", "quiet", "typing", "typing", "idle", "idle"]
    page.clock.run_for(110000)
    assert beats(page)[-1] == "quiet"
    assert page.evaluate("kernel.sent[0].field") == "$hello"


def test_a_page_out_of_sight_says_so_once_and_comes_back_at_once(opened: Opener) -> None:
    page = opened("text", clock=True)
    see = "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
    see += " document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(see, True)
    page.clock.run_for(30000)
    assert beats(page) == ["quiet", "away"]
    page.evaluate(see, False)
    assert beats(page) == ["quiet", "away", "quiet"]


def test_a_page_without_its_line_gives_no_signs_that_would_come_late_all_at_once(opened: Opener) -> None:
    page = opened("text", clock=True)
    page.evaluate("kernel.connect('lost')")
    page.clock.run_for(30000)
    assert beats(page) == ["quiet"]
    page.evaluate("kernel.connect('ok')")
    assert beats(page) == ["quiet", "quiet"]


def beats(page: Page) -> list[str]:
    found: list[str] = page.evaluate("kernel.sent.filter(m => m.field === '$here').map(m => m.value)")
    return found


# Focus


def test_a_step_that_opens_while_nobody_types_takes_the_focus_to_its_heading(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.frame('order')")
    heading = page.get_by_role("heading", name="Tap them in order, first to last")
    expect(heading).to_be_focused()


def test_a_step_that_opens_while_somebody_types_changes_nothing_under_the_thumb(opened: Opener) -> None:
    page = opened("text")
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


def test_an_answer_for_a_step_that_has_moved_on_is_kept_as_drafts(opened: Opener) -> None:
    page = opened("text")
    page.evaluate("kernel.connect('lost')")
    page.get_by_label("Because…").fill("late")
    button(page, "Submit my answer").click()
    page.evaluate("kernel.frame('order')")
    page.evaluate("kernel.connect('ok')")
    page.wait_for_function("kernel.said.length > 0")
    assert {(m["field"], m["value"]) for m in said(page)} == {("role_priority.because", "late")}


# What others do meanwhile


def test_a_focused_field_is_never_overwritten(opened: Opener) -> None:
    page = opened("pen")
    field = page.get_by_label("For whom")
    field.focus()
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1', changed_by: 'Rosa'})")
    expect(shown(page, "Rosa changed this:")).to_be_visible()
    expect(field).to_have_value("All 156 students in grades 1, 2 and 3")
    button(page, "Show").click()
    expect(field).to_have_value("All students in grade 1")
    expect(field).to_be_focused()
    expect(shown(page, "Rosa changed this:")).to_have_count(0)


def test_a_change_of_somebody_else_shows_at_once_where_nobody_writes(opened: Opener) -> None:
    page = opened("pen")
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1'})")
    expect(page.get_by_label("For whom")).to_have_value("All students in grade 1")


def test_the_kernels_own_echo_is_no_news(opened: Opener) -> None:
    page = opened("text")
    field = page.get_by_label("Because…")
    field.press_sequentially("late ")
    page.wait_for_function("kernel.said.length > 0")
    field.press_sequentially("news")
    page.evaluate("kernel.field('because', {value: 'late'})")
    expect(shown(page, "This was changed:")).to_have_count(0)
    expect(field).to_have_value("late news")


def test_rows_that_come_back_in_another_order_are_no_news(opened: Opener) -> None:
    page = opened("first")
    page.get_by_role("radio", name="Behavior and belonging").check()
    button(page, "Next: the other six").click()
    page.get_by_role("group", name="Student attendance").get_by_label("Watch").check(force=True)
    rows = [{"row_id": "C2", "cells": {"tier": "priority"}}, {"row_id": "C1", "cells": {"tier": "watch"}}]
    page.evaluate("value => kernel.field('places', {value})", rows)
    expect(shown(page, "This was changed:")).to_have_count(0)


def test_a_tap_finds_its_button_although_news_goes_when_the_field_is_left(opened: Opener) -> None:
    page = opened("pen")
    page.get_by_label("For whom").focus()
    page.evaluate("kernel.field('for_whom', {value: 'All students in grade 1'})")
    expect(shown(page, "This was changed:")).to_be_visible()
    button(page, "Next").click()
    expect(page.get_by_role("heading", name="How we will know")).to_be_visible()
    page.wait_for_timeout(500)
    button(page, "Back").click()
    expect(page.get_by_label("For whom")).to_have_value("All students in grade 1")


def test_who_does_not_hold_the_pen_reads_text_not_closed_fields(opened: Opener) -> None:
    page = opened("readers")
    expect(shown(page, "Rosa holds the pen.")).to_be_visible()
    expect(shown(page, "All 156 students in grades 1, 2 and 3")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
    button(page, "Ask for it").click()
    assert last(page, "$press") == {"id": "pen:take", "value": True}
    page.evaluate("kernel.frame('pen')")
    expect(page.get_by_label("For whom")).to_be_visible()


def test_a_field_closes_at_once_when_the_pen_passes_on(opened: Opener) -> None:
    page = opened("pen")
    field = page.get_by_label("For whom")
    field.focus()
    page.evaluate("kernel.frame('readers')")
    expect(field).to_have_attribute("readonly", "")
    expect(field).to_be_focused()
    field.blur()
    expect(field).to_have_count(0)
    expect(shown(page, "All 156 students in grades 1, 2 and 3")).to_be_visible()


def test_a_new_line_does_not_move_the_field_that_has_the_focus(opened: Opener) -> None:
    page = opened("text")
    field = page.get_by_label("Because…")
    field.focus()
    before = field.bounding_box()
    line = {"id": "closing", "mark": "~", "text": "Finishing in 10 s. What you have typed is kept.", "buttons": []}
    page.evaluate("scrollTo(0, 0)")
    page.evaluate("line => kernel.change({lines: [line]})", line)
    expect(shown(page, "Finishing in 10 s. What you have typed is kept.")).to_be_visible()
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)


# Words, numbers, dates


def test_enter_in_a_line_goes_to_the_next_field_and_never_submits(opened: Opener) -> None:
    page = opened("text")
    page.get_by_label("In my role, the one thing to put first is…").press("Enter")
    expect(page.get_by_label("Because…")).to_be_focused()
    assert said(page) == []


def test_the_count_appears_from_four_fifths_of_the_limit_on(opened: Opener) -> None:
    page = opened("starters")
    field = page.get_by_label("Who would feel the difference?")
    field.fill("x" * 23)
    expect(shown(page, "characters left")).to_have_count(0)
    field.fill("x" * 24)
    expect(shown(page, "6 characters left")).to_be_visible()
    assert "6 characters left" in page.evaluate("kernel.spoken")
    field.fill("x" * 31)
    expect(shown(page, "1 character too many")).to_be_visible()
    expect(field).to_have_value("x" * 31)


def test_a_starter_fills_the_field_and_never_throws_words_away(opened: Opener) -> None:
    page = opened("starters")
    field = page.get_by_label("What might come first")
    button(page, "Keeping our teachers").click()
    expect(field).to_have_value("Keeping our teachers")
    expect(field).to_be_focused()
    button(page, "Support for new educators").click()
    expect(field).to_have_value("Support for new educators")
    field.fill("in our first years")
    button(page, "Support for new educators").click()
    expect(field).to_have_value("Support for new educators in our first years")


def test_a_date_is_also_read_in_words_and_a_number_may_be_typed_freely(opened: Opener) -> None:
    page = opened("kinds")
    expect(shown(page, "February 2, 2024")).to_be_visible()
    number = page.get_by_label("Today’s figure")
    number.fill("1,250")
    number.blur()
    assert last(page, "baseline") == "1,250"
    assert number.get_attribute("inputmode") == "decimal"


def test_what_is_not_asked_is_not_shown_and_not_sent(opened: Opener) -> None:
    page = opened("kinds")
    page.get_by_label("Today’s figure").fill("46.2")
    page.get_by_label("We do not have this figure yet").check()
    expect(page.get_by_label("Today’s figure")).to_be_hidden()
    page.get_by_label("Who brings it?").fill("Grace")
    button(page, "Submit my answer").click()
    values = last(page, "$submit")["values"]
    assert "baseline" not in values
    assert (values["missing"], values["found_by"]) == (True, "Grace")


def test_a_closed_field_can_be_read_and_focused_but_not_changed(opened: Opener) -> None:
    page = opened("kinds")
    field = page.get_by_label("A field that is closed")
    field.focus()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("readonly", "")


# Choices


def test_a_choice_is_radios_in_a_named_group_moved_by_arrows(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Does it need you?")
    group.get_by_role("radio", name="No").focus()
    page.keyboard.press("ArrowDown")
    expect(group.get_by_role("radio", name="Partly")).to_be_checked()
    assert last(page, "need") == "partly"


def test_hands_have_number_and_words_and_take_digits(opened: Opener) -> None:
    page = opened("hands")
    page.get_by_role("radio", name="0, I would block it").focus()
    page.keyboard.press("3")
    expect(page.get_by_role("radio", name="3, I can live with it and will help")).to_be_checked()
    assert last(page, "fist") == 3
    expect(page.get_by_label("What one change would move you up a step?")).to_be_hidden()
    page.keyboard.press("2")
    expect(page.get_by_label("What one change would move you up a step?")).to_be_visible()


def test_a_scale_names_its_ends_and_dont_know_yet_stands_apart(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="How strong is the evidence?")
    expect(group.get_by_role("radio")).to_have_count(11)
    group.get_by_role("radio", name="10, strong").focus()
    page.keyboard.press("Space")
    assert last(page, "strength") == 10
    group.get_by_label("Don’t know yet").check()
    assert last(page, "strength") == {"dk": True}


def test_several_of_a_list_tell_the_limit_and_do_not_lock_the_boxes(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Would this help others get better?")
    expect(group).to_have_accessible_description(re.compile("Choose 1 to 2"))
    group.get_by_label("Student attendance").check()
    group.get_by_label("Family partnership").check()
    assert "2 of 2 chosen" in page.evaluate("kernel.spoken")
    group.get_by_label("Behavior and belonging").check()
    expect(shown(page, "Choose 1 to 2. You chose 3.")).to_be_visible()
    assert last(page, "helps") == ["C1", "C2", "C3"]


def test_something_else_asks_what_and_clear_takes_a_choice_back(opened: Opener) -> None:
    page = opened("kinds")
    group = page.get_by_role("group", name="Unit")
    group.get_by_label("Something else…").check()
    group.get_by_label("What is it?").fill("minutes of reading")
    group.get_by_label("What is it?").blur()
    assert last(page, "unit") == {"id": "other", "other_text": "minutes of reading"}
    button(group, "Clear: Unit").click()
    assert last(page, "unit") is None


def test_a_long_list_is_a_native_select(opened: Opener) -> None:
    page = opened("kinds")
    page.get_by_label("Who decides if we cannot?").select_option("Early reading, grades 1-3")
    assert last(page, "who") == "C4"


# Pick one first


def test_one_is_first_by_construction_and_back_keeps_everything(opened: Opener) -> None:
    page = opened("first")
    button(page, "Next: the other six").click()
    expect(shown(page, "Choose the one that comes first.")).to_be_visible()
    first = page.get_by_role("radio", name="Behavior and belonging")
    first.check()
    button(page, "Next: the other six").click()
    expect(page.get_by_role("heading", name="And the others?")).to_be_focused()
    expect(page.get_by_role("group", name="Behavior and belonging")).to_have_count(0)
    page.get_by_role("group", name="Student attendance").get_by_label("Watch").check(force=True)
    words = page.get_by_label("Behavior and belonging should come first if it is true that…")
    words.fill("late news means late help")
    button(page, "Back: change my first").click()
    expect(first).to_be_checked()
    button(page, "Next: the other six").click()
    expect(page.get_by_role("group", name="Student attendance").get_by_label("Watch")).to_be_checked()
    expect(words).to_have_value("late news means late help")
    button(page, "Submit my answer").click()
    assert last(page, "$submit")["values"] == {
        "places": [{"row_id": "C1", "cells": {"tier": "watch"}}, {"row_id": "C2", "cells": {"tier": "priority"}}],
        "true_if": "late news means late help",
    }


def test_another_first_takes_the_place_of_the_one_before(opened: Opener) -> None:
    page = opened("first")
    page.get_by_label("Behavior and belonging").check()
    page.get_by_label("Student attendance").check()
    assert last(page, "places") == [{"row_id": "C1", "cells": {"tier": "priority"}}]


# Order


def test_tapping_places_in_order_and_the_last_one_places_itself(opened: Opener) -> None:
    page = opened("order")
    labels = [
        "Early reading, grades 1-3",
        "Behavior and belonging",
        "Math fluency, grades 3-5",
        "Life after ESSER",
        "Student attendance",
        "Keeping and supporting our teachers",
    ]
    for label in labels:
        button(page, label).click()
    assert last(page, "order") == ["C4", "C2", "C5", "C6", "C1", "C7", "C3"]
    assert page.evaluate("kernel.spoken")[-1] == "Family partnership is last and placed itself: place 7 of 7"
    expect(button(page, "This is my order")).to_be_visible()


def test_placing_too_few_leads_to_the_list_and_says_what_is_left(opened: Opener) -> None:
    page = opened("order")
    for label in ("Early reading, grades 1-3", "Behavior and belonging"):
        button(page, label).click()
    expect(button(page, "This is my order")).to_have_count(0)
    button(page, "Place 5 more").click()
    sentence = (
        "Place every item. Still to place: Math fluency, grades 3-5, Life after ESSER, "
        "Keeping and supporting our teachers, Student attendance, Family partnership."
    )
    expect(shown(page, sentence)).to_be_visible()
    assert f"! {sentence}" in page.evaluate("kernel.spoken")
    expect(page.get_by_role("heading", name="Still to place: 5")).to_be_focused()
    assert last(page, "order") == ["C4", "C2"]


def test_a_placed_entry_can_be_moved_and_taken_out_by_keys_alone(opened: Opener) -> None:
    page = opened("order")
    button(page, "Life after ESSER").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Life after ESSER, place 1 of 7")).to_be_focused()
    button(page, "Student attendance").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    button(page, "Up: Student attendance").press("Enter")
    assert "Moved up to 1" in page.evaluate("kernel.spoken")
    assert last(page, "order") == ["C1", "C6"]
    button(page, "Take out: Student attendance").press("Enter")
    assert last(page, "order") == ["C6"]
    expect(button(page, "Student attendance")).to_be_focused()


def test_the_list_to_tap_stays_where_it_is_while_the_order_grows(opened: Opener) -> None:
    page = opened("order")
    page.evaluate("scrollTo(0, 120)")
    heading = page.get_by_role("heading", name=re.compile("^Still to place"))
    before = heading.bounding_box()
    button(page, "Student attendance").click()
    after = heading.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == pytest.approx(before["y"], abs=1)


# Rows


def fill_row(page: Page, task: str) -> None:
    page.get_by_label("A task that does not need you").fill(task)
    page.get_by_label("How long does it take?: minutes each time").fill("30")
    page.get_by_label("How long does it take?: times a week").fill("5")


def test_minutes_are_asked_as_so_long_and_so_often(opened: Opener) -> None:
    page = opened("rows")
    fill_row(page, "Copy and file")
    expect(shown(page, "= 150 minutes a week")).to_be_visible()
    page.get_by_label("Shrink").check()
    page.get_by_label("How many of these come free?").fill("100")
    page.get_by_label("How many of these come free?").blur()
    [row] = last(page, "release")
    assert re.fullmatch("[a-z2-7]{8}", row["row_id"])
    assert row["cells"] == {"task": "Copy and file", "min_week": 150, "action": "shrink", "released_min": "100"}


def test_one_card_is_open_and_a_closed_one_is_a_line_with_change(opened: Opener) -> None:
    page = opened("rows")
    fill_row(page, "Copy and file")
    button(page, "Add another task").click()
    expect(page.get_by_label("A task that does not need you")).to_be_focused()
    expect(page.get_by_label("A task that does not need you")).to_have_count(1)
    closed = page.get_by_role("group", name="Row 1, Copy and file")
    expect(closed.get_by_text("150 min/week")).to_be_visible()
    assert "Row added, 2 of 3" in page.evaluate("kernel.spoken")
    button(page, "Change row 1, Copy and file").click()
    expect(page.get_by_label("A task that does not need you")).to_have_value("Copy and file")
    expect(page.get_by_label("How long does it take?: minutes each time")).to_have_value("30")
    button(page, "Add another task").click()
    fill_row(page, "Hall monitor")
    button(page, "Done: Row 2").click()
    expect(button(page, "Change row 2, Hall monitor")).to_be_focused()
    button(page, "Add another task").click()
    expect(button(page, "Add another task")).to_have_count(0)


def test_a_removed_row_can_be_brought_back_for_ten_seconds(opened: Opener) -> None:
    page = opened("closed", clock=True)
    button(page, "Change row 1, Copy and file for three teachers").click()
    button(page, "Remove row 1").click()
    expect(shown(page, "Row removed.")).to_be_visible()
    expect(button(page, "Change row 1, Hall monitor, reading block")).to_be_focused()
    assert [row["row_id"] for row in last(page, "release")] == ["bbbbbbbb"]
    button(page, "Undo").click()
    assert [row["row_id"] for row in last(page, "release")] == ["aaaaaaaa", "bbbbbbbb"]
    button(page, "Change row 1, Copy and file for three teachers").click()
    button(page, "Remove row 1").click()
    page.clock.run_for(9900)
    expect(shown(page, "Row removed.")).to_be_visible()
    page.clock.run_for(200)
    expect(shown(page, "Row removed.")).to_have_count(0)


def test_a_half_filled_row_opens_says_what_is_missing_and_can_be_cleared(opened: Opener) -> None:
    page = opened("closed")
    sentence = "Row 2: fill in minutes and what happens, or clear the row."
    page.evaluate(
        "problems => kernel.problems = [problems]",
        [problem("release", sentence, row="bbbbbbbb", column="", code="E10")],
    )
    button(page, "Submit my answer").click()
    summary = page.get_by_role("group", name="One thing to fix")
    expect(summary).to_be_focused()
    button(summary, sentence).click()
    card = page.get_by_role("group", name="Row 2, Hall monitor, reading block")
    expect(card.get_by_label("A task that does not need you")).to_be_focused()
    button(card, "Clear the row").click()
    assert [row["row_id"] for row in last(page, "release")] == ["aaaaaaaa"]


def test_a_problem_of_a_cell_stands_at_the_cell(opened: Opener) -> None:
    page = opened("closed")
    found = problem(
        "release", "You cannot release 200 of 150 minutes.", row="aaaaaaaa", column="released_min", code="not_above"
    )
    page.evaluate("problems => kernel.problems = [problems]", [found])
    button(page, "Submit my answer").click()
    field = page.get_by_label("How many of these come free?")
    expect(field).to_have_accessible_description(re.compile("You cannot release 200 of 150 minutes."))


def test_fixed_rows_lead_from_one_to_the_next(opened: Opener) -> None:
    page = opened("fixed")
    page.get_by_role("radio", name="partly").check(force=True)
    button(page, "Next: Keep the reading block free of interruptions").click()
    card = page.get_by_role("group", name="Keep the reading block free of interruptions", exact=True)
    card.get_by_role("radio", name="same").check(force=True)
    assert last(page, "match") == [{"row_id": "M4", "cells": {"match": 1}}, {"row_id": "M1", "cells": {"match": 2}}]
    button(page, "Done: Keep the reading block free of interruptions").click()
    expect(button(page, "Change row 2, Keep the reading block free of interruptions")).to_be_focused()


def test_rows_with_one_thing_asked_stand_open_together(opened: Opener) -> None:
    page = opened("inline")
    page.get_by_role("group", name="Behavior and belonging").get_by_role("radio", name="2, very much").check(force=True)
    page.get_by_role("group", name="Family partnership").get_by_label("Don’t know yet").check()
    assert last(page, "near") == [
        {"row_id": "C2", "cells": {"fit": 2}},
        {"row_id": "C3", "cells": {"fit": {"dk": True}}},
    ]


def test_a_row_is_taken_by_one_person_and_others_read_it(opened: Opener) -> None:
    page = opened("taken")
    expect(page.get_by_role("group", name="Math fluency, grades 3-5").get_by_text("Rosa keeps it")).to_be_visible()
    expect(button(page.get_by_role("group", name="Math fluency, grades 3-5"), "Change")).to_have_count(0)
    button(page, "I will: Family partnership").click()
    assert last(page, "$press") == {"id": "row:take", "value": "C3"}
    taken = {
        "C1": {"by": "Lena Marsh", "mine": True},
        "C3": {"by": "Lena Marsh", "mine": True},
        "C5": {"by": "Rosa", "mine": False},
    }
    page.evaluate("taken => kernel.field('parked', {taken})", taken)
    card = page.get_by_role("group", name="Family partnership", exact=True)
    card.get_by_label("Look again when…").fill("fewer than half come")
    button(card, "Save").click()
    assert last(page, "parked")[1] == {"row_id": "C3", "cells": {"tier": "watch", "trigger": "fewer than half come"}}


def test_rows_of_others_come_in_while_mine_is_open(opened: Opener) -> None:
    page = opened("taken")
    button(page, "Change row 1, Student attendance").click()
    field = page.get_by_label("Look again when…")
    field.press_sequentially("absence passes")
    page.wait_for_function("kernel.said.length > 0")
    rows = [
        {"row_id": "C1", "cells": {"tier": "watch", "trigger": "absence passes"}},
        {"row_id": "C3", "cells": {"tier": "focus", "trigger": "half come"}},
        {"row_id": "C5", "cells": {"tier": "watch", "trigger": "scores fall"}},
    ]
    page.evaluate("value => kernel.field('parked', {value})", rows)
    expect(shown(page, "Watch · scores fall")).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("absence passes")


# Merging


def test_likely_twins_lie_next_to_each_other_and_merge_keeps_every_source(opened: Opener) -> None:
    page = opened("merge")
    cards = page.locator(".mira-merge-card")
    assert [card.get_attribute("aria-label") for card in cards.all()][:2] == [
        "Small groups start late",
        "Groups start late after recess",
    ]
    expect(shown(page, "alike?")).to_have_count(2)
    expect(shown(page, "5 on the list. Keep 3 to 9.")).to_be_visible()
    page.get_by_role("checkbox", name="Small groups start late").check()
    page.get_by_role("checkbox", name="Groups start late after recess").check()
    button(page, "Merge these 2").click()
    expect(shown(page, "4 on the list. Keep 3 to 9.")).to_be_visible()
    merged = last(page, "candidates")[0]
    assert merged == {
        "row_id": "C1",
        "cells": {
            "label": "Small groups start late",
            "about": "17 of 36 sessions ran on time · Clock in the hall",
            "merged_from": ["p1", "p4"],
        },
    }
    button(page, "Take apart Small groups start late").click()
    expect(shown(page, "5 on the list. Keep 3 to 9.")).to_be_visible()
    assert [row["cells"]["merged_from"] for row in last(page, "candidates")] == [["p1"], ["p4"], ["p2"], ["p3"], ["p5"]]


def test_setting_aside_takes_a_ready_reason_or_another(opened: Opener) -> None:
    page = opened("merge")
    button(page, "Set aside Families hear from us too late").click()
    button(page, "It is well under way").click()
    [aside] = last(page, "set_aside")
    assert aside["cells"] == {"proposal": "p3", "why": "under_way"}
    button(page, "Set aside New teachers are alone with planning").click()
    page.get_by_label("Another reason").fill("It belongs to the district")
    button(page, "Set aside").click()
    assert last(page, "set_aside")[1]["cells"] == {
        "proposal": "p5",
        "why": {"id": "other", "other_text": "It belongs to the district"},
    }
    expect(shown(page, "3 on the list. Keep 3 to 9.")).to_be_visible()
    button(page, "Put back Families hear from us too late").click()
    assert len(last(page, "set_aside")) == 1
    assert [row["cells"]["label"] for row in last(page, "candidates")][-1] == "Families hear from us too late"


def test_a_wording_can_be_changed_on_the_list(opened: Opener) -> None:
    page = opened("merge")
    button(page, "Change the wording of Small groups start late").click()
    page.get_by_label("Wording", exact=True).fill("Reading groups start late")
    button(page, "Keep this wording").click()
    expect(button(page, "Change the wording of Reading groups start late")).to_be_focused()
    page.wait_for_function("kernel.said.length > 0")
    assert last(page, "candidates")[0]["cells"]["label"] == "Reading groups start late"


# Shares


def test_a_share_fills_towards_its_total_by_buttons_and_keys(opened: Opener) -> None:
    page = opened("share")
    expect(shown(page, "525 minutes left to place")).to_be_visible()
    button(page, "More Email").click()
    page.get_by_role("textbox", name="Duties").press("PageUp")
    expect(shown(page, "470 minutes left to place")).to_be_visible()
    page.get_by_role("textbox", name="Duties").press("ArrowDown")
    page.get_by_role("textbox", name="Duties").blur()
    assert last(page, "minutes") == {"teach": 1500, "plan": 300, "mail": 5, "duty": 45}
    page.get_by_role("textbox", name="Teaching").fill("2000")
    expect(shown(page, "25 minutes too many")).to_be_visible()


# Around the step


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


def test_text_of_people_never_becomes_markup(opened: Opener) -> None:
    page = opened("waiting")
    evil = "<img src=x onerror=alert(1)>"
    page.evaluate("text => kernel.change({title: text, blocks: [{kind: 'own', label: text, lines: [text]}]})", evil)
    expect(page.get_by_role("heading", name=evil)).to_be_visible()
    expect(page.locator("img")).to_have_count(0)


# A page that is not ours


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


# Every frame


@pytest.mark.parametrize(("width", "size"), [(390, "1"), (320, "1"), (320, "1.4")])
def test_no_frame_scrolls_sideways_and_targets_and_text_are_large_enough(opened: Opener, width: int, size: str) -> None:
    page = opened("text", width=width)
    page.evaluate("size => document.documentElement.dataset.size = size", size)
    found = {}
    for frame in FRAMES:
        page.evaluate(
            "name => kernel.stop && kernel.show({...structuredClone(kernel.frames[name]), key: name + ':1:x'})", frame
        )
        page.wait_for_function("name => document.querySelector('.mira-screen') && kernel", arg=frame)
        if shown(page, "Go there").count():
            button(page, "Go there").click()
        wrong = page.evaluate(
            """() => {
              const apart = ".mira-live, .mira-unseen, .mira-skip, .mira-row .mira-help";
              const seen = (e) => e.offsetParent && getComputedStyle(e).visibility === "visible" && !e.closest(apart);
              const all = [...document.querySelectorAll("body *")].filter(seen);
              const spell = (e) => e.outerHTML.slice(0, 120);
              const typed = "input:not([type=radio], [type=checkbox])";
              const target = `button, select, textarea, summary, ${typed}, label:has(input)`;
              const size = (e) => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width);
              const small = all.filter((e) => e.matches(target) && size(e) < 44).map(spell);
              const words = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
              const tiny = all.filter((e) => words(e) && !e.matches(".mira-mark"))
                .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 15).map(spell);
              const wide = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
              return [...wide, ...small, ...tiny];
            }"""
        )
        if wrong:
            found[frame] = wrong
    assert found == {}


@pytest.mark.parametrize("frame", ["text", "starters", "first", "order", "rows", "fixed", "hands", "share", "pen"])
def test_heading_and_first_field_are_seen_without_scrolling(opened: Opener, frame: str) -> None:
    page = opened(frame)
    box = (
        page.locator(".mira-field")
        .locator("input:visible, textarea:visible, button:visible, select:visible")
        .first.bounding_box()
    )
    assert box is not None
    assert box["y"] + min(box["height"], 48) <= PHONE["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_frame(opened: Opener, scheme: str) -> None:
    axe = FORM / "node_modules/axe-core/axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed here (npm ci in mira_workbook/widgets/js)")
    page = opened("text", scheme=scheme)
    page.add_script_tag(path=axe)
    found = {}
    for frame in FRAMES:
        page.evaluate("name => kernel.show({...structuredClone(kernel.frames[name]), key: name + ':1:x'})", frame)
        if shown(page, "Go there").count():
            button(page, "Go there").click()
        if frame == "text":
            button(page, "Menu").click()
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (one["id"], node["html"][:160], node["failureSummary"][:300])
            for one in result["violations"]
            for node in one["nodes"]
            if one["impact"] in {"serious", "critical"}
        ]
        if serious:
            found[frame] = serious
    assert found == {}


# The bundle


def test_the_bundle_is_what_its_sources_make(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not (FORM / "node_modules/esbuild").exists():
        pytest.skip("npm or esbuild is not installed here (npm ci in mira_workbook/widgets/js)")
    subprocess.run([npm, "run", "--silent", "build", "--", "--outdir", str(tmp_path)], cwd=FORM, check=True)
    for name in ("form.js", "form.css"):
        assert (tmp_path / name).read_bytes() == (FORM.parent / name).read_bytes(), name
