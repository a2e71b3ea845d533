"""A page that is drawn anew: what is open stays open, what is wrong stays told, pictures hold their place."""

from typing import Any

import pytest
from harness import Opener, button, problem, shown
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

GROWS = "What grows? Raise money, staff or minutes."


def ask_otherwise(page: Page, field: str, hint: str = "Say it in your own words.") -> None:
    """Change what a field asks, so that its control is built anew."""
    page.evaluate("([name, hint]) => kernel.field(name, {hint})", [field, hint])
    expect(shown(page, hint)).to_be_visible()


def proposed(opened: Opener) -> Page:
    """A page on which every row has its decision, and the one that grows is sent back."""
    page = opened("decide")
    button(page, "Keep these 2 as they are").click()
    card = page.get_by_role("group", name="Monday meeting", exact=True)
    card.get_by_role("radio", name="Grow", exact=True).check()
    found = problem("rows", GROWS, row="I2", column="after", code="level_when")
    page.evaluate("problems => kernel.problems = [problems]", [found])
    button(page, "We propose this").click()
    expect(page.get_by_role("group", name="One thing to fix")).to_be_focused()
    return page


# ------------------------------------------------------------------------------------------------- what is to be mended


def test_what_is_to_be_mended_stays_open_and_told_where_its_table_is_built_anew(opened: Opener) -> None:
    page = proposed(opened)
    ask_otherwise(page, "rows")
    minutes = page.get_by_label("Minutes next year")
    expect(minutes).to_be_visible()
    expect(minutes).to_have_accessible_description("min/week " + GROWS)
    button(page.get_by_role("group", name="One thing to fix"), GROWS).click()
    expect(minutes).to_be_focused()
    minutes.fill("900")
    minutes.blur()
    ask_otherwise(page, "rows", "Now in other words.")
    expect(minutes).to_have_value("900")
    expect(minutes).to_have_accessible_description("min/week")


def test_what_is_wrong_in_one_of_several_rows_is_told_there_again(opened: Opener) -> None:
    page = opened("align")
    for _ in range(2):
        page.locator("[data-id=pending]").click()
    button(page, "Look over").click()
    both = [problem("rows", f"Please answer {row}.", row=row, column="align") for row in ("I2", "I3")]
    page.evaluate("problems => kernel.problems = [problems]", both)
    button(page, "Submit my answer").click()
    expect(page.get_by_role("heading", name="Monday meeting")).to_be_visible()
    ask_otherwise(page, "rows")
    expect(page.get_by_role("heading", name="Monday meeting")).to_be_visible()
    expect(page.locator("main .mira-card").get_by_text("Please answer I2.")).to_be_visible()
    button(page.get_by_role("group", name="2 things to fix"), "Please answer I3.").click()
    expect(page.get_by_role("heading", name="Science fair")).to_be_visible()
    expect(page.locator("main .mira-card").get_by_text("Please answer I3.")).to_be_visible()


def test_what_is_wrong_on_an_opened_card_of_a_list_to_merge_is_told_there_again(opened: Opener) -> None:
    page = opened("symptoms")
    page.evaluate(
        "problems => kernel.problems = [problems]",
        [problem("symptoms", "Say where you see it.", row="S2", column="where")],
    )
    button(page, "We are done with this").click()
    expect(page.get_by_role("group", name="One thing to fix")).to_be_focused()
    ask_otherwise(page, "symptoms")
    where = page.get_by_label("Where")
    expect(where).to_have_accessible_description("Say where you see it.")
    button(page.get_by_role("group", name="One thing to fix"), "Say where you see it.").click()
    expect(where).to_be_focused()


def test_a_second_look_that_was_passed_is_not_asked_for_again(opened: Opener) -> None:
    page = opened("kinds")
    page.evaluate(
        "problems => kernel.problems = [problems]",
        [problem("filled", "Is that everybody?", level="care", code="W01")],
    )
    button(page, "Submit my answer").click()
    expect(shown(page, "Is that everybody?")).to_be_visible()
    ask_otherwise(page, "filled")
    expect(shown(page, "Is that everybody?")).to_be_visible()
    button(page, "It is fine").click()
    ask_otherwise(page, "filled", "Now in other words.")
    expect(shown(page, "Is that everybody?")).to_have_count(0)


def test_a_table_that_no_longer_shows_earlier_answers_is_the_very_same_table(opened: Opener) -> None:
    page = opened("decide")
    page.evaluate("kernel.field('rows', {prefilled: 'from earlier answers'})")
    page.evaluate("window.held = document.querySelector('.mira-rows')")
    page.evaluate("kernel.field('rows', {prefilled: ''})")
    assert page.evaluate("window.held.isConnected")


def test_a_field_says_no_more_that_its_words_come_from_earlier_answers_once_they_are_sent(opened: Opener) -> None:
    page = opened("kinds")
    expect(shown(page, "from earlier answers")).to_be_visible()
    page.evaluate("kernel.field('filled', {prefilled: ''})")
    expect(shown(page, "from earlier answers")).to_have_count(0)


# ------------------------------------------------------------------------------------------------------ where one is


def test_a_row_that_everybody_closed_stays_closed(opened: Opener) -> None:
    page = proposed(opened)
    card = page.get_by_role("group", name="Monday meeting", exact=True)
    button(card, "Done: Monday meeting").click()
    page.evaluate("document.activeElement.blur()")
    ask_otherwise(page, "rows")
    expect(button(card, "Change row 2, Monday meeting")).to_be_visible()
    expect(page.get_by_label("Minutes next year")).to_have_count(0)
    expect(card.get_by_text(GROWS)).to_be_visible()
    button(page.get_by_role("group", name="One thing to fix"), GROWS).click()
    expect(page.get_by_label("Minutes next year")).to_be_focused()


def test_the_row_that_one_has_gone_on_to_stays_open(opened: Opener) -> None:
    page = opened("align")
    button(page, "Next: Monday meeting").click()
    page.evaluate("document.activeElement.blur()")
    ask_otherwise(page, "rows")
    expect(shown(page, "2 of 3")).to_be_visible()
    button(page, "Next: Science fair").click()
    button(page, "Look over").click()
    page.evaluate("document.activeElement.blur()")
    ask_otherwise(page, "rows", "Now in other words.")
    expect(shown(page, "Not answered yet: Reading block · Monday meeting · Science fair")).to_be_visible()


def test_the_heading_whose_lines_one_writes_stays_open(opened: Opener) -> None:
    page = opened("boxes")
    page.get_by_label("In one line").fill("Our aides know every child")
    button(page, "Next: Weaknesses").click()
    page.evaluate("document.activeElement.blur()")
    ask_otherwise(page, "items")
    expect(page.get_by_role("heading", name="Weaknesses")).to_be_visible()


def test_who_gives_the_others_their_place_goes_on_with_that(opened: Opener) -> None:
    page = opened("first")
    page.get_by_role("radio").first.check(force=True)
    page.locator("[data-id=next]").click()
    expect(page.get_by_role("group", name="Family partnership")).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.evaluate("kernel.field('places', {label: 'A place for each one'})")
    expect(page.get_by_role("group", name="Family partnership")).to_be_visible()


def test_ticked_twins_and_an_opened_card_stay_so(opened: Opener) -> None:
    page = opened("symptoms")
    for name in ("Children wait in the hall", "Reading groups begin late"):
        page.get_by_role("checkbox", name=name).check()
    button(page, "Change Children wait in the hall").click()
    page.evaluate("document.activeElement.blur()")
    ask_otherwise(page, "symptoms")
    expect(page.get_by_label("Wording", exact=True)).to_have_value("Children wait in the hall")
    expect(button(page, "Merge these 2")).to_be_enabled()


# ---------------------------------------------------------------------------------------------------------- pictures


class Drawer:
    """Draws pictures for a page, and holds back those of a version until they are let go."""

    def __init__(self, page: Page, held: str) -> None:
        self.held, self.waiting = held, list[Route]()
        page.route("**/picture/**", self.draw)

    def draw(self, route: Route) -> None:
        if f"v={self.held}&" in route.request.url + "&":
            self.waiting.append(route)
        else:
            self.give(route)

    def give(self, route: Route) -> None:
        body = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 200' width='300' height='200'/>"
        route.fulfill(body=body, content_type="image/svg+xml")

    def let_go(self) -> None:
        for route in self.waiting:
            self.give(route)


def picture(version: int, **more: Any) -> dict[str, Any]:
    rows = {"head": ["", "n"], "rows": [["Growing", str(version)]]}
    place = {"src": f"/picture/tupelo/stage/0.svg?v={version}", "title": "Where each is", "on_request": False}
    return {"kind": "picture", "alt": f"Growing: {version}.", **place, **rows, **more}


def show(page: Page, *blocks: dict[str, Any]) -> None:
    page.evaluate("after => kernel.change({after})", [{"kind": "sentence", "text": "So it stands."}, *blocks])


HEIGHT = "document.querySelector('.mira-frame').offsetHeight"


def test_a_picture_stands_until_the_next_one_is_there_and_the_page_does_not_jump(opened: Opener) -> None:
    page = opened("align")
    drawer = Drawer(page, held="2")
    show(page, picture(1))
    page.wait_for_function(f"{HEIGHT} > 100")
    before = page.evaluate(HEIGHT)
    button(page, "As a table").click()
    show(page, picture(2))
    expect(page.get_by_role("img", name="Growing: 2.")).to_be_visible()
    page.wait_for_timeout(100)
    assert page.evaluate(HEIGHT) == before
    assert page.evaluate("document.querySelector('.mira-frame img').naturalHeight") == 200
    show(page, {"kind": "sentence", "text": "And so."}, picture(2))
    assert page.evaluate(HEIGHT) == before
    expect(page.get_by_role("cell", name="2", exact=True)).to_be_visible()
    assert drawer.waiting
    drawer.let_go()
    page.wait_for_function("document.querySelector('.mira-frame img').currentSrc.includes('v=2')")
    assert page.evaluate(HEIGHT) == before


def test_a_picture_that_was_asked_for_stays_in_sight_and_is_the_newest(opened: Opener) -> None:
    page = opened("align")
    Drawer(page, held="none")
    show(page, picture(1, on_request=True))
    button(page, "Where each is").click()
    page.wait_for_function(f"{HEIGHT} > 100")
    show(page, picture(2, on_request=True))
    expect(page.get_by_role("img", name="Growing: 2.")).to_be_visible()
    page.wait_for_function("document.querySelector('.mira-frame img').currentSrc.includes('v=2')")
    button(page, "Hide the chart").click()
    show(page, picture(3, on_request=True))
    expect(page.get_by_role("img")).to_have_count(0)
    button(page, "Where each is").click()
    page.wait_for_function("document.querySelector('.mira-frame img').currentSrc.includes('v=3')")


def test_two_pictures_of_one_name_stand_beside_each_other(opened: Opener) -> None:
    page = opened("align")
    Drawer(page, held="none")
    second = {"src": "/picture/tupelo/stage/1.svg?v=1", "alt": "The other."}
    show(page, picture(1), picture(1, **second))
    show(page, picture(2), picture(2, **second))
    assert [image.get_attribute("alt") for image in page.get_by_role("img").all()] == ["Growing: 2.", "The other."]
