"""What a session hands on as it stands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from chain import FIRST, SECOND, THIRD
from teams import SENTENCE, first_done, open_for, rows

from mira_workbook.demo import play, tell
from mira_workbook.opening import open_store
from mira_workbook.records import NewAct
from mira_workbook.rules import moves
from mira_workbook.rules.carry import carried
from mira_workbook.store import Store


def test_the_demo_team_hands_on_its_priority_its_parked_list_and_what_people_let_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mira.sqlite'}"
    store = open_store(url)
    store.migrate()
    code = play(tell("priority_setting"), url).code
    session = store.sessions(store.meeting(code).id)[0]
    snapshot = store.snapshot(session.id)
    found = carried(snapshot)
    assert found["priority.current"] == {
        "cycle": 1,
        "status": "current",
        "text": "More of our grade 1-3 students can decode on level by spring",
        "for_whom": "All 156 students in grades 1, 2 and 3",
        "why_now": "Fewer than half were on level this winter, and two reading posts paid by ESSER end in September.",
        "measure": "Grade 1-3 students at or above benchmark on the decoding screener",
        "unit": "percent of students",
        "direction": "up",
        "baseline": 46.2,
        "baseline_n": 156,
        "baseline_date": "2024-02-02",
        "target": 60.3,
        "review_date": "2025-05-30",
        "done_test": found["priority.current"]["done_test"],
    }
    assert found["priority.parked"][0].keys() <= {"label", "tier", "trigger", "keeper"}
    assert [row["member"] for row in found["role_priority"]] == [f"M{n}" for n in range(1, 9)]
    assert {key for row in found["release.items"] for key in row} == {
        *("member", "task", "min_week", "needs_my_expertise", "action", "released_min")
    }
    assert sum(row["released_min"] for row in found["release.items"]) == 1155
    # What the store wrote on the way is what the rule gives at the end.
    assert {key: carry.value for key, carry in store.carries(session.id).items()} == found
    store.close()


def test_the_changed_sentence_wins_and_a_missing_figure_says_who_brings_it(store: Store) -> None:
    at = first_done(store)
    at.team("sentence", {"unit": {"id": "other", "other_text": "pages"}, "figure_missing": True, "found_by": "M2"})
    at.to("better")
    at.team("better", {"text": "Better words"})
    assert carried(at.snapshot)["priority.current"] == {
        "cycle": 1,
        "status": "current",
        "text": "Better words",
        "for_whom": "Grades 1 to 3",
        "unit": "pages",
        "found_by": "M2",
    }


def test_what_names_people_is_handed_on_only_where_names_are_shown(store: Store) -> None:
    at = open_for(store, FIRST)
    at.act(lambda *_: [NewAct("private", "mine", payload={"field": "tasks", "to": "role"})])
    at.to("mine")
    for key in at.seats:
        at.member(key, "mine", {"text": f"First of {key}", "tasks": rows(key, {"task": "Copying"})})
    assert carried(at.snapshot) == {}
    at.act(moves.lead("show"))
    assert list(carried(at.snapshot)) == ["role_priority"]


def test_the_cause_brings_its_score_and_parts_once_three_have_rated_it(store: Store) -> None:
    at = open_for(store, SECOND, first_done(store))
    at.to("gather")
    at.team("gather", {"causes": rows("R", {"cause": "Groups start late"}, {"cause": "No time to plan"})})
    at.to("test")
    for key, removes in (("M1", 3), ("M2", 3), ("M3", 2)):
        told = {"removes": removes, "evidence": 2, "influence": 3}
        at.member(key, "test", {"ratings": [{"row_id": "R1", "cells": told}]})
    at.act(moves.lead("show"))
    at.to("cause")
    at.team("cause", {"cause_id": "R1", "statement": "Groups start late because calls cut in", "category": "people"})
    assert carried(at.snapshot)["root.current"] == {
        "statement": "Groups start late because calls cut in",
        "category": "people",
        "cause": "Groups start late",
        # 100 (0.5 · 8/9 + 0.3 · 2/3 + 0.2 · 1)
        "score": pytest.approx(84.444444),
        "evidence": 2.0,
        "influence": 3.0,
    }
    at.act(lambda *_: [NewAct("hide", "test")])
    assert carried(at.snapshot)["root.current"].keys() == {"statement", "category", "cause"}


def test_responses_and_boxes_are_handed_on_as_rows_without_blanks(store: Store) -> None:
    at = open_for(store, SECOND)
    at.to("gather")
    at.team(
        "gather",
        {
            "now": rows(
                "A",
                {"response": "Pull-out groups", "treats": "symptom", "min_week": 300, "usd_year": 0},
                {"response": "Coaching", "treats": "cause"},
            ),
            "boxes": rows("W", {"item": "Two trained tutors", "quadrant": "strength"}, {"item": "Cuts", "fact": "-4%"}),
        },
    )
    found = carried(at.snapshot)
    assert found["responses_now"] == [
        {"name": "Pull-out groups", "min_week": 300, "usd_year": 0, "treats": "symptom"},
        {"name": "Coaching", "treats": "cause"},
    ]
    assert found["swot"] == [
        {"quadrant": "strength", "text": "Two trained tutors"},
        {"text": "Cuts", "evidence": "-4%"},
    ]


def test_initiatives_bring_the_list_what_was_found_and_what_a_decision_frees(store: Store) -> None:
    at = open_for(store, THIRD, first_done(store))
    at.to("list")
    listed = [
        {"name": "Tutors", "usd_year": 9000, "staff_min_week": 300, "fund_end": "2024-09-30"},
        {"name": "Assemblies", "staff_min_week": 240},
    ]
    at.team("list", {"by": "2024-12-31", "rows": rows("I", *listed)})
    at.to("serves")
    for key, first in (("M1", 3), ("M2", 2), ("M3", 3)):
        told = [{"row_id": "I1", "cells": {"align": first}}, {"row_id": "I2", "cells": {"align": {"dk": True}}}]
        at.member(key, "serves", {"rows": told})
    at.act(moves.lead("show"))
    at.to("life")
    at.team("life", {"rows": rows("I", {"stage": "steady"})})
    at.to("decide")
    decided = {"decision": "release", "after_min_week": 0, "after_usd": 0, "minutes_stay": "stay"}
    at.team("decide", {"rows": [{"row_id": "I2", "cells": decided}]})
    assert carried(at.snapshot)["initiatives"] == [
        {"initiative_id": "I1", **listed[0], "align_mean": pytest.approx(8 / 3), "stage": "steady"},
        {
            "initiative_id": "I2",
            **listed[1],
            "decision": "release",
            "after_usd": 0,
            "after_fte": 0,
            "after_min_week": 0,
            "freed_usd": 0,
            "freed_fte": 0,
            "reduced_min": 240,
            "usable_min": 240,
            "need_usd": 0,
            "need_min": 0,
        },
    ]


def test_a_definition_pinned_in_an_earlier_format_hands_nothing_on(store: Store) -> None:
    at = first_done(store)
    earlier = at.snapshot.workbook.model_copy(update={"carries": {"priority.current": "sentence.text"}})
    snapshot = at.snapshot
    assert carried(snapshot)["priority.current"]["text"] == SENTENCE
    object.__setattr__(snapshot, "workbook", earlier)
    assert carried(snapshot) == {}


def test_the_moment_it_was_written_is_the_saves(store: Store) -> None:
    at = first_done(store)
    carry = store.carries(at.session.id)["priority.current"]
    assert carry.at == datetime(2025, 5, 2, 15, 0, tzinfo=UTC)
