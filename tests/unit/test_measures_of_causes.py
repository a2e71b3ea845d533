"""Measures of causes as a session shows them: values, cases and sentences."""

from dataclasses import replace
from typing import Any

import pytest
from causes_team import CAUSES, causes_meeting, dots, ends, ratings, responses_now
from export_cases import answer
from two_sessions import without

from mira_workbook.measures.found import At
from mira_workbook.measures.table import MEASURES, measures
from mira_workbook.measures.wall import wall_measures
from mira_workbook.records import Act, Measure, Response, Snapshot
from mira_workbook.rules.sight import Viewer, of_measure
from mira_workbook.rules.stage import fold

NAMES = list(CAUSES.values())


def found(now: Snapshot, measure: str, of: str = "") -> Measure:
    return next(m for m in measures(now, fold(now.acts, now.workbook)) if (m.id, m.of) == (measure, of))


def only(field: str, *given: Response) -> Snapshot:
    """The team's session with these answers to a field in place of those it gave."""
    now = without(causes_meeting(), field)
    return replace(now, responses=(*now.responses, *given))


def scored(**tests: tuple[str, str, str]) -> Measure:
    return found(only("tests.ratings", *ratings(tests)), "M15")


def test_the_demo_teams_scores() -> None:
    told = found(causes_meeting(), "M15")

    assert told.value["R1"] == {
        "score": pytest.approx(88.3, abs=0.05),
        "removes": 2.875,
        "evidence": 2.375,
        "influence": 2.5,
        "cns_removes": pytest.approx(0.88, abs=0.005),
        "cns_evidence": pytest.approx(0.75, abs=0.005),
        "cns_influence": pytest.approx(0.74, abs=0.005),
        "dk": 0,
    }
    assert [round(one["score"], 1) for one in told.value.values()] == [88.3, 83.8, 63.3, 60.0, 54.2]
    assert (told.n, told.unit, told.band) == (8, "0–100", "strong")
    assert told.sentence == f"{NAMES[0]} scores highest with 88 of 100."


def test_causes_that_are_level_are_told_together() -> None:
    told = scored(R1=("222", "222", "222"), R2=("222", "222", "222"), R3=("111", "111", "111"))

    assert told.sentence == f"{NAMES[0]} and {NAMES[1]} score highest together with 67 of 100."
    assert told.band == "check"


def test_a_cause_out_of_our_hands_is_named_for_watching() -> None:
    told = scored(R1=("333", "333", "333"), R2=("222", "222", "000"))

    assert told.sentence == (f"{NAMES[0]} scores highest with 100 of 100. For watching, not for work: {NAMES[1]}.")


def test_too_few_ratings_give_no_score_and_no_sentence() -> None:
    nobody = scored(R1=("33", "33", "33"))
    assert (nobody.value, nobody.n, nobody.sentence) == (None, 2, "")

    some = scored(R1=("333", "333", "333"), R2=("3xx", "333", "333"))
    assert some.value["R2"] == {
        "score": None,
        "removes": None,
        "evidence": 3,
        "influence": 3,
        "cns_removes": None,
        "cns_evidence": 1,
        "cns_influence": 1,
        "dk": 2,
    }
    assert list(some.value) == ["R1", "R2"]


@pytest.mark.parametrize("role", ["member", "coach", "facilitator", "viewer"])
@pytest.mark.parametrize(("measure", "of"), [("M15", ""), ("M05", "dots"), ("M05", "share of dots"), ("M16", "")])
def test_what_is_kept_by_item_stays_for_everybody(measure: str, of: str, role: Any) -> None:
    now = causes_meeting()
    told = found(now, measure, of)

    assert of_measure(told, Viewer(role), now).value == told.value


def test_scores_and_dots_may_leave_the_room_but_the_numbers_of_two_may_not() -> None:
    now = causes_meeting()
    outside = {(m.id, m.of): m for m in wall_measures(now, fold(now.acts, now.workbook), Viewer("viewer"))}

    assert outside["M05", "dots"].value["R1"] == 18
    # It repeats what somebody wrote.
    assert outside["M15", ""].sentence == ""
    few = only("dots.dots", *dots("50000", "05000", "00500"))
    left = [(m.id, m.of) for m in wall_measures(few, fold(few.acts, few.workbook), Viewer("viewer"))]
    assert ("M05", "dots") not in left


def test_hidden_ratings_give_no_scores() -> None:
    now = causes_meeting()
    hidden = replace(now, acts=(*now.acts, Act(900, now.acts[-1].at, "hide", "tests")))
    told = {(m.id, m.of): m.value for m in measures(hidden, fold(hidden.acts, hidden.workbook))}

    assert ("M15", "") not in told
    assert told["M07", "dots and ratings"] is None


def test_the_demo_teams_dots() -> None:
    told, share = found(causes_meeting(), "M05", "dots"), found(causes_meeting(), "M05", "share of dots")

    assert told.value == {"R1": 18, "R2": 12, "R3": 4, "R4": 4, "R5": 2}
    assert (told.n, told.unit) == (8, "dots")
    assert told.sentence == f"{NAMES[0]} has the most dots: 18 of 40."
    assert share.value == {"R1": 0.45, "R2": 0.3, "R3": 0.1, "R4": 0.1, "R5": 0.05}
    assert (share.unit, share.sentence) == ("share", "")


def test_dots_that_are_level_are_told_together_and_two_people_are_too_few() -> None:
    level = found(only("dots.dots", *dots("50000", "05000", "50000", "05000")), "M05", "dots")
    assert level.sentence == f"{NAMES[0]} and {NAMES[1]} have the most dots together: 10 each."

    two = found(only("dots.dots", *dots("50000", "05000")), "M05", "dots")
    assert (two.value, two.n, two.sentence) == (None, 2, "")


def test_the_demo_teams_dots_and_ratings_point_the_same_way() -> None:
    told = found(causes_meeting(), "M07", "dots and ratings")

    assert told.value == {"dots": "R1", "ratings": "R1"}
    assert told.sentence == "Our dots and our ratings point the same way."


@pytest.mark.parametrize(
    ("placed", "first", "said"),
    [
        (("05000",) * 3, "R2", NAMES[1]),
        (("50000", "05000", "32000", "23000"), "R1, R2", f"{NAMES[0]} and {NAMES[1]}"),
    ],
    ids=["another", "level with another"],
)
def test_dots_that_differ_from_ratings_ask_why(placed: tuple[str, ...], first: str, said: str) -> None:
    told = found(only("dots.dots", *dots(*placed)), "M07", "dots and ratings")

    assert told.value == {"dots": first, "ratings": "R1"}
    assert told.sentence == f"Our dots say {said}; our ratings say {NAMES[0]}. Why?"


def test_dots_and_ratings_are_compared_from_three_people_on_and_only_with_scores() -> None:
    assert found(only("dots.dots", *dots("50000", "05000")), "M07", "dots and ratings").value is None
    few = only("tests.ratings", *ratings({"R1": ("33", "33", "33")}))
    assert found(few, "M07", "dots and ratings").value is None


def test_half_of_what_the_demo_team_does_eases_the_ache() -> None:
    told = found(causes_meeting(), "M16")

    assert told.value == {
        "min": pytest.approx(0.495, abs=0.001),
        "usd": pytest.approx(0.484, abs=0.001),
        "unsure_min": 0,
        "unsure_usd": 0,
    }
    assert (told.n, told.unit) == (5, "share")
    assert told.sentence == "50% of our minutes ease the ache, and 48% of our money."


@pytest.mark.parametrize(
    ("rows", "value", "sentence"),
    [
        ([("A", 30, None, "symptom"), ("B", 90, None, "cause")], 0.25, "25% of our minutes ease the ache."),
        ([("A", 30, None, "both")], 0.5, "50% of our minutes ease the ache."),
        ([("A", None, 100, "symptom")], None, "0% of our minutes ease the ache, and 100% of our money."),
    ],
)
def test_where_no_money_is_known_minutes_are_told_alone(
    rows: list[tuple[Any, ...]], value: float | None, sentence: str
) -> None:
    told = found(causes_meeting(responses_now(*rows)), "M16")

    assert (told.value["min"], told.sentence) == (value, sentence)


@pytest.mark.parametrize("treats", [None, "unsure"])
def test_before_anything_is_sorted_it_says_so(treats: str | None) -> None:
    told = found(causes_meeting(responses_now(("A", 60, 10, treats), ("B", None, None, None))), "M16")

    assert (told.value, told.sentence) == (None, "Nothing is sorted into ache or cause yet.")


def test_what_nobody_is_sure_about_is_told_apart() -> None:
    rows = (("A", 60, 100, "symptom"), ("B", 60, 300, "unsure"), ("C", 60, None, "unsure"))
    told = found(causes_meeting(responses_now(*rows)), "M16")

    assert told.value == {"min": 1, "usd": 1, "unsure_min": 120, "unsure_usd": 300}


@pytest.mark.parametrize(
    ("categories", "value", "sentence"),
    [
        ((), 1 / 6, "4 ladders, 3 different ends: mostly time and schedule."),
        (("people_skills",) * 3, 1, "All our ladders end in people and skills."),
        (("people_skills", "policy_funding"), 0, "Our 2 ladders end in 2 different places."),
        (
            ("people_skills", "policy_funding") * 2,
            1 / 3,
            "4 ladders, 2 different ends: mostly people and skills and policy and funding.",
        ),
    ],
)
def test_ladders_end_in_one_place_in_some_or_each_in_its_own(
    categories: tuple[str, ...], value: float, sentence: str
) -> None:
    told = found(only("whys.end_category", *ends(*categories)), "M17")

    assert (told.value, told.sentence) == (pytest.approx(value), sentence)


def test_one_ladder_has_nothing_to_agree_with() -> None:
    told = found(only("whys.end_category", *ends("people_skills")), "M17")

    assert (told.value, told.n, told.sentence) == (None, 1, "")


def hunches(*said: str) -> list[Response]:
    return [answer("statement", "hunch_same", f"M{n}", one) for n, one in enumerate(said, 1)]


@pytest.mark.parametrize(
    ("said", "value", "sentence"),
    [
        ("dsdsdcds", 0.5, "4 of 8 ended somewhere else than where they began."),
        ("dss", 1 / 3, "One of us ended somewhere else than where we began."),
        ("sc", 0, "Nobody ended somewhere else than they began."),
        ("d", None, ""),
    ],
)
def test_those_who_ended_somewhere_else_are_counted(said: str, value: float | None, sentence: str) -> None:
    words = {"d": "different", "s": "same", "c": "close"}
    told = found(causes_meeting(*hunches(*(words[sign] for sign in said))), "M11", "hunch")

    assert told.value == (value if value is None else pytest.approx(value))
    assert (told.n, told.unit, told.sentence) == (len(said), "share", sentence)


def test_a_plain_choice_is_a_pick_as_a_whole() -> None:
    now = causes_meeting(*hunches("different", "different", "same"))
    at = At(now, fold(now.acts, now.workbook), now.workbook.step("outcomes"))
    most = MEASURES["M03"](at, {"pick": "statement.hunch_same"})

    assert at.picks({"pick": "statement.hunch_same"}) == {"M1": "different", "M2": "different", "M3": "same"}
    assert (most.value, most.slots["label"]) == (pytest.approx(2 / 3), "Different")


def test_what_would_help_is_counted_option_by_option() -> None:
    asked = [["coach", "visit"], ["coach"], ["practice"]]
    told = found(
        causes_meeting(*(answer("outcomes", "support_wanted", f"M{n}", one) for n, one in enumerate(asked, 1))),
        "M03",
        "support",
    )

    assert (told.value, told.n, told.unit) == ({"coach": 2, "practice": 1, "visit": 1}, 3, "people")
    assert of_measure(told, Viewer("member"), causes_meeting()).value == told.value


def test_where_nobody_wants_anything_nothing_is_counted() -> None:
    told = found(causes_meeting(answer("outcomes", "student", "TEAM", "They read.")), "M03", "support")

    assert (told.value, told.n) == (None, 0)
