"""The tables and the hand-out of Root-cause Coaching, of the demo team and of teams that write odd things."""

import functools
from dataclasses import replace
from typing import Any

import pytest
from format_cases import derived_of, plainly
from played_cases import changed, of, played
from test_export_leaks import texts

from mira_workbook.exports import COACH
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.csv import spell, write
from mira_workbook.exports.outputs import derived
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.table import Cell
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer, without_coachs

SLUG = "root_cause_coaching"
Records = list[dict[str, Cell]]


@functools.cache
def demo(role: str = "coach") -> dict[str, Records]:
    return derived_of(played(SLUG), Viewer(role))  # type: ignore[arg-type]


def rounded(cell: Cell, places: int) -> Cell:
    return round(cell, places) if isinstance(cell, float) else cell


def test_causes_have_the_numbers_the_demo_was_written_for() -> None:
    names = ("cause_id", "removes", "evidence", "influence", "score", "removes_cns", "dots", "dots_share", "verdict")
    found = [tuple(rounded(row[name], 2) for name in names) for row in demo()["causes"][:5]]

    assert found == [
        ("R1", 2.88, 2.38, 2.5, 88.33, 0.88, 18, 0.45, "root"),
        ("R2", 2.62, 2.0, 3.0, 83.75, 0.75, 12, 0.3, "contributing"),
        ("R3", 2.0, 1.25, 2.62, 63.33, 0.85, 4, 0.1, "contributing"),
        ("R4", 1.38, 2.88, 1.25, 60.0, 0.75, 4, 0.1, "contributing"),
        ("R5", 1.62, 1.38, 2.0, 54.17, 0.75, 2, 0.05, "set_aside"),
    ]
    assert [row["why"] for row in demo()["causes"][:6:5]] == [
        "Chosen: score 88, dots 18.",
        "It was not picked for testing.",
    ]
    assert [(row["rated_n"], row["dk"], row["dk_share"]) for row in demo()["causes"][4:6]] == [
        (8, 0, 0.0),
        (None, None, None),
    ]
    assert len(demo()["causes"]) == 24


def test_chains_are_numbered_pair_by_pair() -> None:
    found = demo()["whys"]

    assert [(row["author"], row["n"]) for row in found] == [(f"PAIR{p}", n) for p in range(1, 5) for n in range(1, 5)]
    assert found[3] == {
        "author": "PAIR1",
        "n": 4,
        "because": "The schedule leaves no other slack between 8:15 and 9:45",
        "evidence": "documents",
        "how_we_know": "Master schedule",
        "stop_reason": "act",
        "end_category": "time_schedule",
    }


def test_rows_say_who_only_where_people_or_pairs_answered() -> None:
    assert list(demo()["responses_now"][0]) == ["row_id", "response", "treats", "min_week", "usd_year", "keep_for_now"]
    assert [tuple(row.values()) for row in demo()["responses_now"]] == [
        ("A1", "After-school tutoring", "symptom", 720, 41300, True),
        ("A2", "Computer reading practice", "symptom", 540, 14800, True),
        ("A3", "Practice-test packets", "symptom", 270, 1200, False),
        ("A4", "Small-group decoding lessons", "cause", 1260, 61200, True),
        ("A5", "Coaching cycles on phonics", "cause", 300, 0, True),
    ]
    assert [(row["author"], row["lens"], row["figure"]) for row in demo()["patterns"]] == [
        ("PAIR1", "when", None),
        ("PAIR2", "since", 17.5),
        ("PAIR2", "who", 23),
        ("PAIR3", "better", 21),
        ("PAIR4", "who", None),
    ]


def test_the_cause_is_one_row_without_what_people_answered_alone() -> None:
    (row,) = demo()["root"]

    assert list(row) == ["cause_id", "statement", "category", "evidence", "still_unknown", "who_confirms"]
    assert (row["cause_id"], row["category"]) == ("R1", "time_schedule")
    assert row["evidence"] == (
        "17.5 of 36 sessions ran in a usual week · Numbers; "
        "Rooms with unbroken sessions grew 21 points · Numbers; Assistants pulled 23 times in April · Documents"
    )


def test_people_are_joined_by_their_names_and_by_nothing_else() -> None:
    found = demo()["coaching"]
    named, by_role, unsigned = found[:8], found[8:16], found[16:]

    assert [(row["author"], row["step"]) for row in named] == [(f"M{n}", "") for n in range(1, 9)]
    assert {row["step"] for row in by_role} == {"coaching"}
    assert {row["step"] for row in unsigned} == {"statement"}
    for row in found:
        filled = {name for name, cell in row.items() if cell is not None} - {"author", "step"}
        assert filled in ({"first_hunch"}, {"challenges", "daily", "long_term", "outcomes"}, {"hunch_same"})
    names = {member.name for member in played(SLUG).members} | {member.key for member in played(SLUG).members}
    assert not names & {str(row["author"]) for row in (*by_role, *unsigned)}


def test_a_facilitator_reads_names_where_only_a_facilitator_may() -> None:
    assert [row["author"] for row in demo("facilitator")["support"]] == [f"M{n}" for n in (1, 2, 4, 5, 6, 7, 8)]
    wanted = [row["author"] for row in demo()["support"] if row["support_wanted"]]
    assert len(wanted) == 7
    assert all(str(author).startswith("p") for author in wanted)


def test_only_a_coach_reads_who_would_like_a_talk() -> None:
    asking = {role: [row for row in demo(role)["support"] if row["coach_talk"]] for role in ("coach", "facilitator")}
    assert [row["author"] for row in asking["coach"]] == ["M3", "M7"]
    assert asking["facilitator"] == []


def test_whoever_looks_on_gets_no_rows() -> None:
    assert not any(demo("viewer").values())


def test_before_anything_is_shown_the_tables_are_there_and_empty() -> None:
    empty = of(played(SLUG).workbook, {})

    found = derived_of(replace(empty, acts=()))
    assert set(found) == set(demo())
    assert not any(found.values())


HOSTILE = ["=HYPERLINK('x')", "+1", "-1", "@SUM(A1)", "\u202egnirts\u202c", "a" * 2000, '<b onload="x">', "‘,;\n”"]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_texts_come_through_every_table_and_start_no_formula(text: str) -> None:
    odd = changed(played(SLUG), "aspirin", "responses", [{"row_id": "A1", "cells": {"response": text}}])
    odd = changed(odd, "fishbone", "causes", [{"row_id": "R1", "cells": {"cause": text, "test": True}}])
    odd = changed(odd, "recap", "first_hunch", text, "M1")
    odd = changed(odd, "whys", "chain", [{"row_id": "A", "cells": {"because": text}}], "PAIR1")
    odd = changed(odd, "statement", "statement", text)
    found = derived_of(odd)

    assert found["responses_now"][0]["response"] == text
    assert found["causes"][0]["cause"] == text
    assert found["coaching"][0]["first_hunch"] == text
    assert found["whys"][0]["because"] == text
    assert found["root"][0]["statement"] == text
    for table in derived(sighted(odd, COACH)):
        assert write(table)
        spelled = [spell(cell) for row in table.rows for cell in row if isinstance(cell, str)]
        assert not [cell for cell in spelled if cell.startswith(("=", "+", "-", "@"))]


HALF: list[tuple[str, str, Any]] = [
    ("fishbone", "causes", [{"row_id": "R1", "cells": {}}, {"row_id": "R2", "cells": {"test": True}}]),
    ("fishbone", "causes", None),
    ("statement", "cause_id", "R99"),
    ("statement", "evidence", [{"row_id": "E", "cells": {}}]),
    ("aspirin", "responses", [{"row_id": "A1", "cells": {"min_week": 720}}]),
    ("symptoms", "symptoms", [{"row_id": "S1", "cells": {"merged_from": []}}]),
]


@pytest.mark.parametrize(("step", "field", "value"), HALF)
def test_half_filled_team_tables_break_no_file(step: str, field: str, value: Any) -> None:
    half = changed(played(SLUG), step, field, value)

    assert set(derived_of(half)) == set(demo())
    assert blocks(sighted(half, COACH))


def test_dont_know_yet_is_counted_and_never_a_number() -> None:
    rated = [{"row_id": "R1", "cells": {part: {"dk": True} for part in ("removes", "evidence", "influence")}}]
    row = derived_of(changed(played(SLUG), "tests", "ratings", rated, "M1"))["causes"][0]

    assert (row["rated_n"], row["dk"], row["dk_share"]) == (8, 3, 0.125)
    assert rounded(row["removes"], 3) == 2.857


def test_the_causes_hand_out_says_this() -> None:
    cause, verdicts, outcomes, now = blocks(sighted(played(SLUG), COACH))

    assert cause.title == "The cause we work on"
    assert cause.text == (
        "Fewer than half of our grade 1-3 readers are on level because small-group reading time is broken up by "
        "duties, coverage and pull-outs, so planned teaching does not happen."
    )
    assert cause.facts == (
        (
            "What shows it",
            (
                "17.5 of 36 sessions ran in a usual week (Numbers)\n"
                "Rooms with unbroken sessions grew 21 points (Numbers)\nAssistants pulled 23 times in April (Documents)"
            ),
        ),
        ("What we still do not know", "How much the different routines matter once time is protected"),
        (
            "Who closest to this should confirm it?",
            "All six assistants and the four grade 2-3 teachers not on the team",
        ),
    )
    assert verdicts.rows == (
        ("Small-group reading time is broken up by duties, coverage and pull-outs", "Chosen: score 88, dots 18."),
        ("Adults who lead groups do not share one routine", "It adds to the problem: score 84 of 100."),
        ("Newer teachers get little feedback on phonics lessons", "It adds to the problem: score 63 of 100."),
        ("Absences cluster on Mondays and Fridays", "It adds to the problem: score 60 of 100."),
        (
            "Screening results reach teams too late to regroup",
            "Check first: we have little to show for it, 1.4 of 3.",
        ),
    )
    assert verdicts.foot == ("19 more causes were named and not picked for testing.",)
    assert outcomes.facts == (
        ("For students", "Every reader is in a group that runs to its end"),
        ("For staff", "We know the plan by Friday and are not pulled from it"),
        ("In the week", "Coverage comes from somewhere else between 8:15 and 9:45"),
    )
    assert now.head == (
        "What we do",
        "It treats",
        "Staff minutes a week, all together",
        "Money a year",
        "We keep it for now",
    )
    assert now.rows[3] == ("Small-group decoding lessons", "The cause", "1,260 min/week", "61,200 USD/year", "Yes")
    assert now.numbers == (2, 3)


def test_a_hand_out_without_a_cause_says_what_there_is() -> None:
    found = blocks(sighted(changed(played(SLUG), "statement", "statement", None), COACH))

    assert [block.title for block in found] == [
        "Why this cause and not another",
        "If we treat this cause",
        "What we do now about the symptom",
    ]


@pytest.mark.parametrize("step", ["recap", "coaching", "symptoms", "patterns", "swot", "whys"])
def test_what_people_wrote_in_a_hidden_step_stands_in_no_file(step: str) -> None:
    ended = played(SLUG)
    hide = replace(ended.acts[-1], seq=len(ended.acts) + 1, kind="hide", step=step, round=1)
    hidden = replace(ended, acts=(*ended.acts, hide))
    alone = {"member", "pair"}
    secretly = [r.step == step and r.author_kind in alone for r in ended.responses]
    both = list(zip(ended.responses, secretly, strict=True))
    elsewhere = "\n".join(text for r, is_secret in both if not is_secret for text in texts(r.value))
    wrote = {text for r, is_secret in both if is_secret for text in texts(r.value)}
    secret = {text for text in wrote if len(text) >= 12 and " " in text and text not in elsewhere}

    found = plainly(hidden)
    assert len(secret) > 3
    assert [text for text in secret if text in found] == []


def test_labels_gathered_from_a_hidden_step_stand_in_no_file() -> None:
    ended = played(SLUG)
    hidden = replace(ended.acts[-1], seq=len(ended.acts) + 1, kind="hide", step="whys", round=1)
    lists = {"lists": {"named_causes": [["7EVWHCRI", "A secret rung"]]}}
    pinned = tuple(replace(act, payload=lists) if act.kind == "open" else act for act in ended.acts)
    given = replace(ended, acts=(*pinned, hidden))

    shown = [row.value_text for row in sighted(replace(ended, acts=pinned), COACH).rows]
    assert "A secret rung" in shown
    assert "A secret rung" not in [row.value_text for row in sighted(given, COACH).rows]


COACH_TALK = {
    "goal": "To keep one lesson a day whole",
    "reality": "I stop two lessons each morning to take a call from the office.",
    "will_action": "Ask the office to hold calls until ten",
    "will_date": "2024-06-03",
    "confidence": 6,
}


def with_coach_talk() -> Snapshot:
    """The demo team's session in which one member has written to the coach."""
    talked = played(SLUG)
    for field, value in COACH_TALK.items():
        talked = changed(talked, "coach_talk", field, value, "M3")
    opened = replace(talked.acts[0], seq=0, step="coach_talk", payload={})
    return replace(talked, acts=(opened, *talked.acts))


def test_a_coach_talk_stands_in_the_coachs_notes_with_a_name() -> None:
    (row,) = derived_of(with_coach_talk())["coach_notes"]

    assert row == {"author": "M3", "step": "", **COACH_TALK}


@pytest.mark.parametrize(
    "viewer", [Viewer("facilitator"), Viewer("viewer"), Viewer("member", "M7"), Viewer("member", "M3")], ids=str
)
def test_a_coach_talk_stands_in_nobody_elses_files(viewer: Viewer) -> None:
    talked = with_coach_talk()

    assert derived_of(talked, viewer)["coach_notes"] == []
    found = plainly(talked, viewer)
    assert [text for text in map(str, COACH_TALK.values()) if len(text) > 12 and text in found] == []


def test_what_was_written_for_the_coach_is_not_in_what_somebody_else_takes() -> None:
    talked = without_coachs(with_coach_talk())

    assert derived_of(talked)["coach_notes"] == []
    for_coach = {("outcomes", "coach_talk"), *(("coach_talk", field) for field in COACH_TALK)}
    gone = {(r.step, r.field) for r in with_coach_talk().responses} - {(r.step, r.field) for r in talked.responses}
    assert gone == for_coach
