"""Merging any table: marks, groups, rows that are added, and what is wrong at the right row."""

import pytest
from harness import Opener, button, last, problem, shown
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def group(page: Page, name: str) -> Locator:
    return page.locator(f".mira-group[data-group='{name}']")


def labels(page: Page, key: str) -> list[str]:
    return [box.get_attribute("aria-label") or "" for box in group(page, key).locator(".mira-merge-card").all()]


def test_exactly_one_row_is_marked_as_the_main_one(opened: Opener) -> None:
    page = opened("symptoms")
    page.get_by_role("radio", name="The main symptom: Groups begin ten minutes late").check()
    page.get_by_role("radio", name="The main symptom: Children wait in the hall").check()
    assert [row["cells"].get("main") for row in last(page, "symptoms")] == [None, True, None]
    expect(page.get_by_role("radio", name="The main symptom: Groups begin ten minutes late")).not_to_be_checked()


def test_other_columns_are_quiet_words_and_are_changed_on_the_opened_card(opened: Opener) -> None:
    page = opened("symptoms")
    expect(shown(page, "Grades 1 to 3 · Daily")).to_be_visible()
    button(page, "Change Children wait in the hall").click()
    expect(page.get_by_label("Wording", exact=True)).to_be_focused()
    page.get_by_label("Where").fill("In the main hall")
    page.get_by_label("Weekly").check()
    assert last(page, "symptoms")[1]["cells"] == {
        "label": "Children wait in the hall",
        "where": "In the main hall",
        "how_often": "weekly",
        "merged_from": ["a2"],
    }
    button(page, "Done").click()
    expect(button(page, "Change Children wait in the hall")).to_be_focused()
    expect(shown(page, "In the main hall · Weekly")).to_be_visible()


def test_merging_keeps_the_mark_and_fills_what_the_first_lacks(opened: Opener) -> None:
    page = opened("symptoms")
    page.get_by_role("radio", name="The main symptom: Reading groups begin late").check()
    page.get_by_role("checkbox", name="Children wait in the hall").check()
    page.get_by_role("checkbox", name="Reading groups begin late").check()
    button(page, "Merge these 2").click()
    rows = {row["row_id"]: row["cells"] for row in last(page, "symptoms")}
    assert rows["S3"] == {
        "label": "Reading groups begin late",
        "where": "Room 12",
        "main": True,
        "merged_from": ["a3", "a2"],
    }
    button(page, "Take apart Reading groups begin late").click()
    assert last(page, "symptoms")[2]["cells"] == {
        "label": "Children wait in the hall",
        "where": "Main hall",
        "merged_from": ["a2"],
    }
    assert last(page, "symptoms")[1]["cells"]["main"] is True


def test_rows_stand_under_their_group_and_an_empty_group_is_named(opened: Opener) -> None:
    page = opened("fishbone")
    expect(page.get_by_role("heading", name="Time and schedule · 2")).to_be_visible()
    assert labels(page, "time") == ["The timetable has no minute to walk", "Two bells ring at different times"]
    expect(page.get_by_role("heading", name="People and skills · 0")).to_be_visible()
    expect(group(page, "people").get_by_text("Nothing here yet")).to_be_visible()
    assert labels(page, "") == ["The plan is told too late"]
    expect(button(page, "Set aside")).to_have_count(0)


def test_a_row_moves_to_another_group(opened: Opener) -> None:
    page = opened("fishbone")
    page.get_by_label("Move to… The plan is told too late").select_option("people")
    assert labels(page, "people") == ["The plan is told too late"]
    expect(page.get_by_role("heading", name="Not placed yet")).to_have_count(0)
    expect(page.get_by_label("Move to… The plan is told too late")).to_be_focused()
    assert last(page, "causes")[3]["cells"]["category"] == "people"
    assert "The plan is told too late now stands under People and skills" in page.evaluate("kernel.spoken")


def test_a_row_that_moves_up_under_a_thumb_leaves_the_next_one_where_it_was(opened: Opener) -> None:
    page = opened("fishbone")
    page.get_by_label("Move to… The timetable has no minute to walk").select_option("talk")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    top = "document.querySelector('[data-row=R1]').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.get_by_label("Move to… Nobody knows who opens the rooms").select_option("time")
    assert page.evaluate(top) == pytest.approx(before, abs=1)


def test_who_moves_a_row_by_keys_goes_with_it(opened: Opener) -> None:
    page = opened("fishbone")
    select = page.get_by_label("Move to… The timetable has no minute to walk")
    select.focus()
    select.press("ArrowDown")
    select = page.get_by_label("Move to… The timetable has no minute to walk")
    expect(select).to_be_focused()
    expect(select).to_be_in_viewport()
    assert labels(page, "people") == ["The timetable has no minute to walk"]


def test_ticked_rows_are_counted_live_and_the_limit_is_told(opened: Opener) -> None:
    page = opened("fishbone")
    expect(shown(page, "0 ticked; 2 to 3").first).to_be_visible()
    for name in ("The timetable has no minute to walk", "Two bells ring at different times"):
        page.get_by_label(f"Test it: {name}").check()
    expect(shown(page, "2 ticked; 2 to 3").first).to_be_visible()
    assert page.evaluate("kernel.spoken.filter(s => s.includes('ticked'))") == []
    page.get_by_label("Test it: The plan is told too late").check()
    assert "3 ticked; 2 to 3" in page.evaluate("kernel.spoken")
    assert [row["cells"].get("test") for row in last(page, "causes")] == [True, None, True, True]
    page.get_by_label("Test it: The plan is told too late").uncheck()
    assert last(page, "causes")[3]["cells"].get("test") is None


def test_twins_of_two_groups_merge_into_the_group_of_the_first(opened: Opener) -> None:
    page = opened("fishbone")
    card(page, "Nobody knows who opens the rooms").get_by_role("checkbox").first.check()
    card(page, "Two bells ring at different times").get_by_role("checkbox").first.check()
    button(page, "Merge these 2").click()
    merged = next(row for row in last(page, "causes") if len(row["cells"]["merged_from"]) == 2)
    assert merged["cells"] == {
        "cause": "Two bells ring at different times",
        "category": "time",
        "from": "swot",
        "merged_from": ["w3", "w2"],
    }


def test_a_row_that_nobody_brought_is_added_and_can_be_removed(opened: Opener) -> None:
    page = opened("fishbone", clock=True)
    button(page, "Add a cause: People and skills").click()
    expect(page.get_by_label("Cause", exact=True)).to_be_focused()
    page.get_by_label("Cause", exact=True).fill("Nobody has been shown how")
    button(page, "Keep this wording").click()
    assert last(page, "causes")[4]["cells"] == {
        "cause": "Nobody has been shown how",
        "category": "people",
        "from": "new",
    }
    button(page, "Remove Nobody has been shown how").click()
    assert len(last(page, "causes")) == 4
    button(page, "Undo").click()
    assert labels(page, "people") == ["Nobody has been shown how"]
    button(page, "Remove Nobody has been shown how").click()
    page.clock.run_for(10100)
    expect(shown(page, "Row removed.")).to_have_count(0)


def test_a_row_that_is_added_and_left_blank_is_no_row(opened: Opener) -> None:
    page = opened("fishbone")
    button(page, "Add a cause: People and skills").click()
    button(page, "Keep this wording").click()
    assert labels(page, "people") == []
    expect(shown(page, "4 on the list. Keep 3 to 40.")).to_be_visible()


def test_what_is_wrong_with_a_row_stands_on_its_card(opened: Opener) -> None:
    page = opened("symptoms")
    found = [
        problem("symptoms", "A little more, please.", row="S2", column="where", code="E02"),
        problem("symptoms", "‘Groups’ is already in the list (row 1).", row="S3", column="label", code="E11"),
    ]
    page.evaluate("problems => kernel.problems = [problems]", found)
    button(page, "We are done with this").click()
    expect(page.get_by_label("Where")).to_have_accessible_description("A little more, please.")
    expect(card(page, "Reading groups begin late").get_by_text("‘Groups’ is already in the list")).to_be_visible()
    summary = page.get_by_role("group", name="2 things to fix")
    button(summary, "A little more, please.").click()
    expect(page.get_by_label("Where")).to_be_focused()
    button(summary, "‘Groups’ is already in the list (row 1).").click()
    expect(button(page, "Change Reading groups begin late")).to_be_focused()


def test_who_does_not_hold_the_pen_reads_marks_as_words(opened: Opener) -> None:
    page = opened("fishbone")
    page.evaluate(
        """() => {
          const view = structuredClone(kernel.frames.fishbone);
          const spec = view.pages[0].fields[0];
          spec.locked = true;
          spec.value[0].cells.test = true;
          kernel.show({...view, key: "fishbone:1:x", pen: {mine: false, text: "Rosa holds the pen.", buttons: []}});
        }"""
    )
    go = button(page, "Go there")
    if go.count():
        go.click()
    row = card(page, "The timetable has no minute to walk")
    expect(row.get_by_text("Test it")).to_be_visible()
    expect(row.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_label("Move to…")).to_have_count(0)


def test_a_row_that_was_added_keeps_its_open_card_when_its_number_comes(opened: Opener) -> None:
    page = opened("fishbone", clock=True)
    button(page, "Add a cause: People and skills").click()
    field = page.get_by_label("Cause", exact=True)
    field.press_sequentially("Nobody has been")
    page.clock.run_for(700)
    rows = last(page, "causes")
    field.press_sequentially(" shown")
    new = rows[-1]["row_id"]
    value = [*rows[:-1], {**rows[-1], "row_id": "R9"}]
    page.evaluate("more => kernel.field('causes', more)", {"value": value, "numbers": {new: "R9"}})
    expect(field).to_be_focused()
    expect(field).to_have_value("Nobody has been shown")
    expect(shown(page, "This was changed:")).to_have_count(0)
    button(page, "Keep this wording").click()
    assert [(row["row_id"], row["cells"]["cause"]) for row in last(page, "causes")][-1] == (
        "R9",
        "Nobody has been shown",
    )
