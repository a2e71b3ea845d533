"""Rows of a table, merging, and shares of a whole."""

import re

import pytest
from harness import (
    Opener,
    button,
    last,
    problem,
    shown,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


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


def test_a_row_that_gets_its_number_keeps_the_focus_and_what_is_being_typed(opened: Opener) -> None:
    page = opened("rows")
    fill_row(page, "Copy and file")
    button(page, "Add another task").click()
    field = page.get_by_label("A task that does not need you")
    field.press_sequentially("Hall mon")
    page.wait_for_function("kernel.said.at(-1)?.value?.length === 2")
    sent = last(page, "release")
    field.press_sequentially("itor")
    ids = {sent[0]["row_id"]: "I01", sent[1]["row_id"]: "I02"}
    numbered = [{**row, "row_id": ids[row["row_id"]]} for row in sent]
    page.evaluate("more => kernel.field('release', more)", {"value": numbered, "numbers": ids, "version": 1})
    expect(field).to_have_count(1)
    expect(field).to_be_focused()
    expect(field).to_have_value("Hall monitor")
    expect(page.locator(".mira-card")).to_have_count(2)
    expect(shown(page, "This was changed:")).to_have_count(0)
    field.press_sequentially("s")
    field.blur()
    assert [(row["row_id"], row["cells"]["task"]) for row in last(page, "release")] == [
        ("I01", "Copy and file"),
        ("I02", "Hall monitors"),
    ]


def test_a_row_that_was_removed_before_it_had_its_number_comes_back_under_it(opened: Opener) -> None:
    page = opened("closed", clock=True)
    button(page, "Change row 1, Copy and file for three teachers").click()
    button(page, "Remove row 1").click()
    page.evaluate("more => kernel.field('release', more)", {"numbers": {"aaaaaaaa": "I01", "bbbbbbbb": "I02"}})
    button(page, "Undo").click()
    assert [row["row_id"] for row in last(page, "release")] == ["I01", "I02"]


def test_what_cannot_stay_is_told_beside_its_cell_at_once_and_goes_when_it_is_changed(opened: Opener) -> None:
    page = opened("closed")
    law = "This is required by law. Choose keep or reshape."
    button(page, "Change row 1, Copy and file for three teachers").click()
    page.get_by_label("Stop").check()
    [message] = [one for one in page.evaluate("kernel.said") if one["field"] == "release"]
    refused = [{"row": "aaaaaaaa", "column": "action", "text": law}]
    page.evaluate("more => kernel.field('release', more)", {"refused": refused, "value": message["value"]})
    card = page.locator(".mira-card").first
    expect(card.locator("[data-field=action] .mira-error")).to_have_text(f"!{law}")
    button(page, "Done: Row 1").click()
    expect(card.locator(".mira-row-error")).to_have_text(f"!{law}")
    button(page, "Change row 1, Copy and file for three teachers").click()
    expect(card.locator("[data-field=action] .mira-error")).to_have_text(f"!{law}")
    page.get_by_label("A task that does not need you").fill("Copy and file for two teachers")
    expect(card.locator("[data-field=action] .mira-error")).to_have_text(f"!{law}")
    page.get_by_label("Shrink").check()
    expect(shown(page, law)).to_have_count(0)
    expect(page.get_by_label("Shrink")).to_be_focused()
