"""What the store is asked when somebody who writes alone types and sends, while colleagues do so too."""

from collections.abc import Iterator
from typing import Any

import pytest
from desks import Sitting, sit_down, to_candidates
from guides import asked, guide_of
from tiny import Ticking

from mira_workbook.notebook.guide import Guide
from mira_workbook.store import Store

ANSWER = {"proposals": [{"cells": {"label": "Plan the groups together", "sign": "We see it every day"}}]}


@pytest.fixture
def sitting(sqlite_store: Store, clock: Ticking) -> Sitting:
    found = sit_down(sqlite_store, clock, 4)
    to_candidates(found)
    return found


@pytest.fixture
def guide(sitting: Sitting) -> Iterator[Guide]:
    with guide_of(sitting, "priority_setting") as made:
        yield made


def send(guide: Guide, field: str, value: Any) -> dict[str, Any]:
    """What the page sends; not by way of the guide, which without a loop that looks would draw the page each time."""
    assert guide._desk is not None
    (reply,) = guide._desk.take({"field": field, "value": value, "save_key": f"{guide._form.view['key']}/{field}"})
    return reply


def shown(guide: Guide) -> Any:
    assert guide._desk is not None
    return guide._desk.view


def readings(statements: list[str]) -> int:
    """How often the answers of the whole session were read."""
    return sum("responses.value" in one and "max(" in one for one in statements)


def test_a_word_on_its_way_reads_no_answers_though_colleagues_have_sent_some(guide: Guide, sitting: Sitting) -> None:
    sitting.submit(1, ANSWER)
    statements = asked(guide._store)
    assert send(guide, "proposals", ANSWER["proposals"])["draft"]
    assert readings(statements) == 0
    session, member = sitting.session.id, sitting.snapshot.members[0].key
    (kept,) = sitting.store.drafts(session, member)
    assert kept.value[0]["cells"] == ANSWER["proposals"][0]["cells"]


def test_an_answer_that_is_sent_reads_them_once_for_the_page_that_follows(guide: Guide, sitting: Sitting) -> None:
    sitting.submit(1, ANSWER)
    statements = asked(guide._store)
    assert not send(guide, "$submit", {"values": ANSWER})["draft"]
    assert shown(guide)["title"] == "2 of 4 in"
    assert readings(statements) == 1


def test_what_was_typed_last_is_what_an_answer_without_values_sends(guide: Guide, sitting: Sitting) -> None:
    send(guide, "proposals", ANSWER["proposals"])
    sitting.submit(1, ANSWER)
    assert not send(guide, "$submit", {"values": {}})["draft"]
    sent = [r.value for r in sitting.snapshot.responses if r.step == "candidates"]
    assert [rows[0]["cells"] for rows in sent] == [ANSWER["proposals"][0]["cells"]] * 2


def test_where_the_stage_has_moved_an_answer_goes_by_the_new_one(guide: Guide, sitting: Sitting) -> None:
    for who in (1, 2, 3):
        sitting.submit(who, ANSWER)
    sitting.press(1, "menu:missing")
    sitting.press(1, "excuse:M1")
    sitting.go()
    reply = send(guide, "$submit", {"values": ANSWER})
    assert (reply["error"], reply["moved"]) == ("We have moved on since. What you typed is kept as a draft.", True)
    assert not [r for r in sitting.snapshot.responses if r.author == "M1" and r.step == "candidates"]


def test_an_answer_from_a_second_page_of_ones_own_is_followed_by_the_newer_one(guide: Guide, sitting: Sitting) -> None:
    sitting.submit(0, ANSWER)
    later = {"proposals": [{"cells": {"label": "Plan them on Mondays", "sign": "We see it every day"}}]}
    assert not send(guide, "$submit", {"values": later})["draft"]
    (mine,) = (r for r in sitting.snapshot.responses if r.step == "candidates")
    assert (mine.version, mine.value[0]["cells"]["label"]) == (2, "Plan them on Mondays")


def test_a_page_that_stops_at_a_problem_is_not_taken_to_know_what_it_has_not_read(
    guide: Guide, sitting: Sitting
) -> None:
    sitting.submit(1, ANSWER)
    guide._looking._once()
    assert guide._behind.grown
    rev, _ = sitting.store.revisions(sitting.session.id)
    (reply,) = guide._take({"field": "$submit", "value": {"values": {}}, "save_key": f"{guide._form.view['key']}/s"})
    assert [one["code"] for one in reply["problems"]] == ["E13"]
    assert (guide._behind.rev, guide._behind.grown) == (rev, False)
