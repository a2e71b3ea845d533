"""What fields start with, from earlier answers."""

from dataclasses import replace
from datetime import date
from typing import Any

import hypothesis.strategies as st
import pytest
from desks import Sitting, sit_down, to_candidates
from export_cases import answer, demo, table
from hypothesis import given
from tiny import Ticking

from mira_workbook.content.answers.base import Use
from mira_workbook.content.answers.words import Text
from mira_workbook.records import Snapshot
from mira_workbook.rules.prefills import Here, leader_of, left_out, prefill
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import Store

MAY_14 = date(2024, 5, 14)
PLACES: dict[str, Any] = {"of": "sort.places.tier", "tie": "focus"}
SAID: dict[str, Any] = {"field": "sort.true_if", "pick": "sort.places.tier", "value": "priority"}
SOURCES: dict[str, Any] = {
    "order": "rank.order",
    "via": "candidates.candidates.merged_from",
    "of": "candidates.proposals",
}


def stage_of(snapshot: Snapshot) -> Stage:
    return fold(snapshot.acts, snapshot.workbook)


def start(use: str, snapshot: Snapshot | None = None, row: str = "", asked: Any = None, **arguments: Any) -> Any:
    """What a field of the demo team starts with."""
    now = snapshot or demo()
    return prefill(Here(now, stage_of(now), MAY_14, row, asked), Use.model_validate({"use": use, **arguments}))


def with_orders(*orders: str) -> Snapshot:
    """The demo team before it ordered, and these orders of the seven candidates, first to last."""
    now = demo(steps=7)
    given = [
        answer("rank", "order", f"M{i}", [f"C{place}" for place in order]) for i, order in enumerate(orders, start=1)
    ]
    return replace(now, responses=(*now.responses, *given))


def test_the_demo_teams_orders_lead_to_early_reading() -> None:
    assert start("leader", order="rank.order") == "C1"
    assert start("leader_label", order="rank.order") == "Early reading, grades 1-3"


def test_two_orders_are_too_few_to_lead_anywhere() -> None:
    now = with_orders("1234567", "1234567")
    assert leader_of(now, stage_of(now), "rank.order") is None
    assert start("leader_label", now, order="rank.order") is None
    assert start("of_leader", now, **SOURCES, column="sign") is None
    assert start("said_for_leader", now, **SAID, order="rank.order") is None


def test_without_orders_nothing_leads() -> None:
    assert start("leader", demo(steps=7), order="rank.order") is None


def test_a_tie_that_no_rule_settles_is_left_to_the_team() -> None:
    now = with_orders("1234567", "2134567", "1234567", "2134567")
    assert start("leader", now, order="rank.order") is None


def test_a_late_order_does_not_lead() -> None:
    now = with_orders("2134567", "2134567", "2134567")
    late = [replace(r, late=True) if r.step == "rank" else r for r in now.responses]
    assert start("leader", now, order="rank.order") == "C2"
    assert start("leader", replace(now, responses=tuple(late)), order="rank.order") is None


def test_a_copy_is_the_teams_answer_or_nothing() -> None:
    assert start("copy", field="open.review_date") == "2025-05-30"
    assert start("copy", demo(steps=0), field="open.review_date") is None


def test_what_people_wrote_for_the_leader_is_put_side_by_side_in_alphabetical_order() -> None:
    assert start("of_leader", **SOURCES, column="students") == (
        "All 156 students in grades 1, 2 and 3; Children who are out most; Children who change groups; Grades 1 to 3; "
        "Students with IEPs; The children in my two groups"
    )


def test_only_those_whose_first_pick_it_is_speak_for_a_row() -> None:
    assert start("said_for_row", row="C2", **SAID) == "late news means late help"
    assert start("said_for_row", row="C1", **SAID) == (
        "children who guess in grade 1 guess for years; one shared routine would help every group; "
        "the best lesson of the day is the one they miss"
    )
    assert start("said_for_row", row="C5", **SAID) is None


def test_what_two_wrote_alike_is_said_once() -> None:
    assert start("said_for_row", who_put_it_first("we all read", "we all read"), "C1", **SAID) == "we all read"


def who_put_it_first(*lines: str) -> Snapshot:
    """The demo team before it gave places, and people who put C1 first, each with a line for it."""
    now = demo(steps=5)
    pick = table({"": "C1", "tier": "priority"})
    said = [answer("sort", "places", f"M{i}", pick) for i in range(1, len(lines) + 1)]
    said += [answer("sort", "true_if", f"M{i}", line) for i, line in enumerate(lines, 1)]
    return replace(now, responses=(*now.responses, *said))


def kept_and_left(lines: list[str], **limits: int) -> tuple[str | None, tuple[str, ...]]:
    """What a field with these limits starts with, and what it has no room for."""
    now = who_put_it_first(*lines)
    here, use = Here(now, stage_of(now), MAY_14, "C1"), Use.model_validate({"use": "said_for_row", **SAID})
    asked = Text(key="line", type="text", label="A line", **limits)
    return prefill(here, use, asked), left_out(here, use, asked)


def test_a_start_has_as_many_whole_wordings_as_the_field_has_room_for() -> None:
    lines = ["we all read at nine", "no one is pulled", "every child has a book to take home in May"]
    assert kept_and_left(lines, max_chars=50) == ("no one is pulled; we all read at nine", (lines[2],))
    assert kept_and_left(lines, max_words=9) == ("no one is pulled; we all read at nine", (lines[2],))
    assert kept_and_left(lines, max_chars=37)[0] == "no one is pulled; we all read at nine"
    assert kept_and_left(lines, max_chars=36) == ("no one is pulled", (lines[2], lines[0]))
    assert kept_and_left(lines, max_chars=15) == (None, (lines[2], lines[1], lines[0]))


LINES = st.lists(st.text("ab ", min_size=1, max_size=12), min_size=1, max_size=5)


@given(LINES, st.integers(1, 40))
def test_a_start_always_fits_and_no_wording_is_lost(lines: list[str], most: int) -> None:
    kept, left = kept_and_left(lines, max_chars=most)
    together = "; ".join(sorted({*lines} - {*left}, key=str.casefold))
    assert len(kept or "") <= most
    assert sorted((kept or "").split("; ")) == sorted(together.split("; "))
    # Of what was left out nothing would have fitted as well.
    assert all(len(f"{kept}; {words}" if kept else words) > most for words in left)


def test_those_who_picked_the_leader_speak_for_it() -> None:
    assert start("said_for_leader", **SAID, order="rank.order") == start("said_for_row", row="C1", **SAID)


@pytest.mark.parametrize(("row", "tier"), [("C1", "focus"), ("C2", "watch"), ("C3", "focus"), ("C6", "watch")])
def test_the_place_most_people_gave_a_row_is_its_start(row: str, tier: str) -> None:
    assert start("majority", row=row, **PLACES) == tier


def given_places(*tiers: str) -> Snapshot:
    now = demo(steps=5)
    rows = [answer("sort", "places", f"M{i}", table({"": "C1", "tier": tier})) for i, tier in enumerate(tiers, 1)]
    return replace(now, responses=(*now.responses, *rows))


def test_a_row_with_equal_places_or_none_starts_with_what_the_workbook_says() -> None:
    assert start("majority", given_places("watch", "focus"), "C1", of="sort.places.tier", tie="watch") == "watch"
    assert start("majority", given_places(), "C1", **PLACES) == "focus"


def test_places_that_do_not_come_up_for_choice_have_no_vote() -> None:
    now = given_places("priority", "priority", "watch")
    assert start("majority", now, "C1", **PLACES) == "priority"
    assert start("majority", now, "C1", **PLACES, among=["focus", "watch"]) == "watch"


CANDIDATES = demo().workbook.step("candidates").field("candidates")
PROPOSALS: dict[str, Any] = {"of": "candidates.proposals", "label": "label", "about": "sign", "merged": "merged_from"}


def proposed(*rows: dict[str, Any]) -> Snapshot:
    now = demo(steps=4)
    return replace(now, responses=(*now.responses, answer("candidates", "proposals", "M1", table(*rows))))


def test_every_idea_starts_as_a_candidate_made_from_itself() -> None:
    now = proposed({"": "AAAA", "label": "More sleep", "sign": "We yawn"}, {"": "BBBB", "label": "Less noise"})
    assert start("rows_from_proposals", now, asked=CANDIDATES, **PROPOSALS) == [
        {"row_id": "C1", "cells": {"label": "More sleep", "merged_from": ["AAAA"], "about": "We yawn"}},
        {"row_id": "C2", "cells": {"label": "Less noise", "merged_from": ["BBBB"]}},
    ]


def test_candidates_start_in_the_order_of_the_pinned_ideas() -> None:
    sources = [row["cells"]["merged_from"] for row in start("rows_from_proposals", asked=CANDIDATES, **PROPOSALS)]
    assert sources == [[o.id] for o in stage_of(demo()).options("proposals")]


def test_without_ideas_the_list_starts_empty() -> None:
    assert start("rows_from_proposals", demo(steps=4), asked=CANDIDATES, **PROPOSALS) == []


def test_a_day_some_weeks_ahead_is_counted_from_the_sessions_day() -> None:
    assert start("today_plus", weeks=36) == "2025-01-21"


def test_a_plain_word_is_its_own_start_and_none_leaves_the_field_blank() -> None:
    here = Here(demo(), stage_of(demo()), MAY_14)
    assert prefill(here, "all") == "all"
    assert prefill(here, None) is None


@pytest.fixture
def three(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 3)


def test_a_sign_of_five_characters_does_not_stop_the_team_at_done(three: Sitting) -> None:
    to_candidates(three)
    three.everyone(lambda who, _fields: {"proposals": [{"cells": {"label": f"Idea {who} of us", "sign": "Buses"}}]})
    three.go()
    three.press(0, "pen:take")
    candidates = three.fields(0)["candidates"]["value"]
    assert [row["cells"]["about"] for row in candidates] == ["Buses"] * 3
    assert "saved_at" in three.submit(0, {"candidates": candidates, "set_aside": []})
