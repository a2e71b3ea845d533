"""Drafts, and the line that says where the words are."""

import re

import pytest
from harness import (
    Opener,
    button,
    kept,
    said,
    shown,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


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
