"""What became of each cause: who rated it, where it ends, and the words for it."""

from dataclasses import replace
from typing import Any

import pytest
from causes_team import CAUSES, TESTS, causes_meeting, chosen, dots, fishbone, of_causes, ratings
from export_cases import answer, table
from hypothesis import given, settings
from hypothesis import strategies as st
from two_sessions import without

from mira_workbook.records import Snapshot
from mira_workbook.rules.causes import Verdict, because, dots_by_item, rated, verdicts, weights_of

ARGS = {"rows": "fishbone.causes", "tests": "tests.ratings", "dots": "dots.dots", "chosen": "statement.cause_id"}
signs = st.text(alphabet="0123x ", min_size=4, max_size=4)
tests = st.dictionaries(st.sampled_from(list(CAUSES)), st.tuples(signs, signs, signs), min_size=1)


def told(now: Snapshot) -> dict[str, Verdict]:
    return {one.id: one for one in verdicts(now, **ARGS)}


def where(now: Snapshot) -> dict[str, tuple[str, str]]:
    return {row: (one.place, one.reason) for row, one in told(now).items()}


def of(*parts: str, **settings: Any) -> tuple[str, str]:
    """Where one cause ends that was tested and not chosen, by its three ratings."""
    workbook = of_causes().model_copy(update={"settings": {**of_causes().settings, **settings}})
    now = replace(causes_meeting(), workbook=workbook)
    now = without(now, "tests.ratings", "statement.cause_id")
    removes, evidence, influence = parts
    return where(replace(now, responses=(*now.responses, *ratings({"R1": (removes, evidence, influence)}))))["R1"]


def test_the_demo_teams_causes_each_end_in_one_place() -> None:
    assert where(causes_meeting()) == {
        "R1": ("root", "chosen"),
        "R2": ("contributing", "strong_enough"),
        "R3": ("contributing", "strong_enough"),
        "R4": ("contributing", "strong_enough"),
        "R5": ("set_aside", "check_first"),
    }


def test_a_score_of_exactly_60_counts() -> None:
    score = rated(causes_meeting(), "tests.ratings")["R4"].score

    assert score == pytest.approx(60)
    assert where(causes_meeting())["R4"] == ("contributing", "strong_enough")


def test_the_demo_teams_causes_in_words() -> None:
    assert {row: because(one) for row, one in told(causes_meeting()).items()} == {
        "R1": "Chosen: score 88, dots 18.",
        "R2": "It adds to the problem: score 84 of 100.",
        "R3": "It adds to the problem: score 63 of 100.",
        "R4": "It adds to the problem: score 60 of 100.",
        "R5": "Check first: we have little to show for it, 1.4 of 3.",
    }


def test_dots_are_told_beside_as_a_number_and_as_a_share() -> None:
    assert [(one.dots, one.dots_share) for one in told(causes_meeting()).values()] == [
        (18, 0.45),
        (12, 0.3),
        (4, 0.1),
        (4, 0.1),
        (2, 0.05),
    ]


def test_the_root_comes_first_and_within_a_place_the_highest_score() -> None:
    now = causes_meeting(chosen("R4"))

    assert list(told(now)) == ["R4", "R1", "R2", "R3", "R5"]
    assert told(now)["R1"].place == "contributing"


@pytest.mark.parametrize(
    ("parts", "place", "reason"),
    [
        (("000", "333", "333"), "symptom", "hardly_removes"),
        (("001", "333", "333"), "symptom", "hardly_removes"),
        (("111", "333", "333"), "contributing", "strong_enough"),
        (("333", "333", "000"), "set_aside", "watch"),
        (("333", "333", "111"), "contributing", "strong_enough"),
        (("000", "333", "000"), "symptom", "hardly_removes"),
        (("111", "111", "111"), "set_aside", "check_first"),
        (("1111", "1122", "1111"), "set_aside", "weak"),
        (("33", "333", "333"), "set_aside", "not_rated"),
        (("xxx", "333", "333"), "set_aside", "not_rated"),
    ],
)
def test_ratings_put_a_cause_where_it_ends(parts: tuple[str, str, str], place: str, reason: str) -> None:
    assert of(*parts) == (place, reason)


def test_a_workbook_may_move_the_floors() -> None:
    assert of("111", "333", "333", symptom_below=1.5) == ("symptom", "hardly_removes")
    assert of("333", "333", "111", watch_below=2) == ("set_aside", "watch")
    assert of("333", "333", "333", m15_check=101) == ("set_aside", "weak")
    assert of("111", "222", "111", check_below=2.5) == ("set_aside", "check_first")


def test_a_workbook_may_move_the_weights() -> None:
    assert weights_of({}).removes == 0.5
    assert weights_of({"m15_removes": 0.2, "m15_influence": 0.5}).influence == 0.5


def test_a_cause_that_was_not_picked_is_set_aside_whatever_was_said_of_it() -> None:
    now = causes_meeting(fishbone(untested=("R2", "R3")), chosen("R1"))

    assert where(now)["R2"] == ("set_aside", "not_tested")
    assert because(told(now)["R2"]) == "It was not picked for testing."


def test_the_chosen_cause_is_the_root_even_without_ratings_or_dots() -> None:
    now = causes_meeting(fishbone(untested=CAUSES), chosen("R5"))

    assert where(now)["R5"] == ("root", "chosen")
    assert because(told(without(now, "dots.dots"))["R5"]) == "Chosen: score 54."
    assert because(told(without(now, "dots.dots", "tests.ratings"))["R5"]) == "Chosen by the team."


def test_before_anybody_chose_there_is_no_root() -> None:
    now = without(causes_meeting(), "statement.cause_id")

    assert {one.place for one in told(now).values()} == {"contributing", "set_aside"}


def test_a_half_filled_table_of_causes_breaks_nothing() -> None:
    bare = answer("fishbone", "causes", "TEAM", table({"": "R1"}, {"": "R2", "test": True}))
    now = without(causes_meeting(bare), "tests.ratings", "dots.dots", "statement.cause_id")

    assert where(now) == {"R1": ("set_aside", "not_tested"), "R2": ("set_aside", "not_rated")}
    assert told(without(now, "fishbone.causes")) == {}


def test_who_does_not_know_yet_is_counted() -> None:
    score = rated(causes_meeting(*ratings({"R1": ("33x3", "3xx3", "3333")})), "tests.ratings")["R1"]

    assert (score.dk, score.evidence.dk, score.removes.mean) == (3, 2, 3)


def test_late_ratings_are_left_out() -> None:
    on_time = ratings({"R1": ("333", "333", "333")})
    late = [replace(one, author="M4", late=True) for one in ratings({"R1": ("0", "0", "0")})]
    now = without(causes_meeting(), "tests.ratings")

    assert rated(replace(now, responses=(*now.responses, *on_time, *late)), "tests.ratings")["R1"].n == 3


def test_dots_are_added_up_without_anybodys_name() -> None:
    now = without(causes_meeting(), "dots.dots")

    assert dots_by_item(now, "dots.dots") == {}
    assert dots_by_item(replace(now, responses=(*now.responses, *dots("50000", "05000"))), "dots.dots") == {
        "R1": 5,
        "R2": 5,
        "R3": 0,
        "R4": 0,
        "R5": 0,
    }


@settings(deadline=None)
@given(tests, st.sampled_from([*CAUSES, "gone"]), st.sets(st.sampled_from(list(CAUSES))))
def test_every_cause_ends_in_one_place_and_at_most_one_is_the_root(
    given_: dict[str, tuple[str, str, str]], choice: str, untested: set[str]
) -> None:
    now = without(causes_meeting(fishbone(untested=untested), chosen(choice)), "tests.ratings")
    found = verdicts(replace(now, responses=(*now.responses, *ratings(given_))), **ARGS)

    assert sorted(one.id for one in found) == sorted(CAUSES)
    assert sum(one.place == "root" for one in found) == (choice in CAUSES)
    assert all(because(one) for one in found)


@settings(deadline=None)
@given(tests)
def test_what_contributes_has_a_score_that_reaches_the_floor(given_: dict[str, tuple[str, str, str]]) -> None:
    now = without(causes_meeting(), "tests.ratings", "statement.cause_id")
    found = verdicts(replace(now, responses=(*now.responses, *ratings(given_))), **ARGS)
    contributing = [one for one in found if one.place == "contributing"]

    assert all(one.score and one.score.score and one.score.score >= 60 - 1e-9 for one in contributing)
    assert not any(one.score and one.score.score for one in found if one.reason == "not_rated")
    assert {one.id for one in found} == set(TESTS)
