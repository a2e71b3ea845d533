"""From answers on causes to the input of each picture: exact numbers, half-filled tables, no name too many."""

from dataclasses import replace

import pytest
from causes_drawn import DANA, FACILITATOR, OUTSIDE, SEEN, data, meeting, pair, swot
from causes_team import CAUSES, dots, ends, fishbone, ratings, responses_now
from export_cases import answer, table

from mira_workbook.charts import Look, Named
from mira_workbook.charts.counts import Count, Counts
from mira_workbook.charts.dot_plot import DotPlot, DotRow, Rated
from mira_workbook.charts.fishbone import Bone
from mira_workbook.charts.ladders import Ladder, Rung
from mira_workbook.charts.lens_columns import Lens, Pattern
from mira_workbook.charts.quadrants import Line
from mira_workbook.charts.read import READS, charts
from mira_workbook.charts.read_causes import CAUSES as CAUSE_READS
from mira_workbook.charts.split_bars import SplitBar, SplitBars
from mira_workbook.rules.stage import fold


def test_every_picture_of_causes_is_read() -> None:
    assert set(CAUSE_READS) <= set(READS)
    assert set(CAUSE_READS) == {
        *("lens_columns", "quadrants", "split_bars", "ladders", "fishbone", "dot_plot", "counts"),
    }


def test_patterns_stand_under_their_lens_with_the_names_of_the_pair() -> None:
    assert data("patterns", meeting(*SEEN)).lenses == (
        Lens("Who", (Pattern("Grade 3 dips too", "Person 1 and Person 2"),)),
        Lens(
            "When",
            (
                Pattern("Missed on Mondays", "Person 1 and Person 2", 23.0, "times"),
                Pattern("Missed on Fridays", "Person 3 and Person 4"),
            ),
        ),
        Lens("Where it is better", ()),
    )


def test_a_pattern_without_a_lens_or_without_words_is_left_out() -> None:
    half = pair(3, "patterns", "patterns", table({"": "d", "pattern": "No lens"}, {"": "e", "lens": "who"}))
    assert [len(lens.patterns) for lens in data("patterns", meeting(half)).lenses] == [0, 0, 0]


def test_patterns_bear_no_names_where_none_were_promised() -> None:
    now = meeting(*SEEN)
    steps = tuple(
        s.model_copy(update={"attribution": "none"}) if s.key == "patterns" else s for s in now.workbook.steps
    )
    hidden = replace(now, workbook=now.workbook.model_copy(update={"steps": steps}))
    assert {p.who for p in data("patterns", hidden, FACILITATOR).patterns()} == {"Pair 1", "Pair 2"}


def test_a_line_counts_the_people_behind_it_once() -> None:
    now = meeting(
        answer("swot", "items", "M1", table({"": "a", "item": "Strong"}, {"": "b", "item": "Really strong"})),
        answer("swot", "items", "M2", table({"": "c", "item": "Strong lessons"})),
        swot(
            {
                "": "W1",
                "item": "Strong lessons",
                "quadrant": "strength",
                "merged_from": ["a", "b", "c"],
                "fact": "Seen",
            },
            {"": "W2", "item": "Short of hands", "quadrant": "weakness"},
            {"": "W3", "item": "No box yet"},
            {"": "W4", "quadrant": "weakness"},
        ),
    )
    strengths, weaknesses = data("swot", now).boxes
    assert (strengths.name, strengths.lines) == ("Strengths", (Line("Strong lessons", "Seen", 2),))
    assert (weaknesses.name, weaknesses.lines) == ("Weaknesses", (Line("Short of hands"),))


def test_minutes_and_money_are_split_by_what_they_treat() -> None:
    assert data("aspirin") == SplitBars(
        "50% of our minutes ease the ache, and 48% of our money.",
        ("The ache", "Both", "The cause", "We are not sure"),
        (
            SplitBar("Minutes", "minutes", (1530.0, 0.0, 1560.0, 0.0)),
            SplitBar("Money", "money", (57300.0, 0.0, 61200.0, 0.0)),
        ),
    )


def test_half_filled_responses_are_split_as_far_as_they_go() -> None:
    now = meeting(responses_now(("A", 30, None, "both"), ("B", None, None, "cause"), ("C", 10, None, None)))
    assert data("aspirin", now).bars == (SplitBar("Minutes", "minutes", (0.0, 30.0, 0.0, 0.0)),)


def test_ladders_go_from_the_main_symptom_down_to_what_the_last_why_is_about() -> None:
    chain = table(
        {"": "a", "because": "Groups start late", "evidence": "observation"},
        {"": "b", "because": "Adults arrive late", "evidence": "none_yet"},
        {"": "c", "because": "Duties overlap"},
        {"": "d"},
    )
    now = meeting(
        answer("symptoms", "symptoms", "TEAM", table({"": "S1", "label": "46% are on level"})),
        pair(2, "whys", "chain", chain),
        pair(3, "whys", "chain", table({"": "e", "because": "Each does it another way", "evidence": "numbers"})),
    )
    found = data("whys", now)
    assert found.sentence == "4 ladders, 3 different ends: mostly time and schedule."
    assert found.start == "46% are on level"
    assert found.ladders == (
        Ladder(
            "Person 3 and Person 4",
            (
                Rung("Groups start late"),
                Rung("Adults arrive late", shown=False),
                Rung("Duties overlap", shown=False),
            ),
            Named("Time and schedule", 1),
        ),
        Ladder("Person 5 and Person 6", (Rung("Each does it another way"),), Named("Practice and routines", 3)),
    )


def test_a_ladder_without_an_end_stands_without_one() -> None:
    now = meeting(*ends("time_schedule"), pair(7, "whys", "chain", table({"": "a", "because": "It rains"})))
    (alone,) = data("whys", now).ladders
    assert (alone.who, alone.end) == ("Pair 7", None)


def test_causes_stand_on_their_bones_and_those_without_one_apart() -> None:
    rows = table(
        {"": "R1", "cause": "Duties overlap", "category": "time_schedule"},
        {"": "R2", "cause": "No bone yet"},
        {"": "R3", "category": "time_schedule"},
    )
    found = data("fishbone", meeting(answer("fishbone", "causes", "TEAM", rows)))
    assert (found.head, found.loose, len(found.bones)) == ("", ("No bone yet",), 8)
    assert found.bones[0] == Bone("Time and schedule", ("Duties overlap",))
    assert found.bones[7] == Bone("Policy and funding", ())


def test_causes_have_three_marks_a_score_and_their_colour_by_place() -> None:
    found = data("tests")
    assert found.sentence == "Small-group reading time is broken up by duties scores highest with 88 of 100."
    assert found.weights == (0.5, 0.3, 0.2)
    assert found.rows[0] == DotRow(Named(CAUSES["R1"], 1), (Rated(2.875), Rated(2.375), Rated(2.5)), 265 / 3)
    assert [(row.name.color, row.watch, row.check) for row in found.rows] == [
        *((1, False, False), (2, False, False), (3, False, True), (4, False, False), (5, False, True)),
    ]


def test_dots_stand_beside_the_scores() -> None:
    found = data("dots")
    assert [row.dots for row in found.rows] == [18, 12, 4, 4, 2]
    assert found.sentence.startswith("Small-group reading time is broken up by duties has the most dots: 18 of 40.")


def test_who_does_not_know_yet_is_counted_apart_and_two_ratings_make_no_score() -> None:
    now = meeting(*ratings({"R1": ("33xxxxxx", "000     ", "33300000")}))
    found = data("tests", now)
    first = next(row for row in found.rows if row.name.color == 1)
    assert first.parts == (Rated(None, 6), Rated(0.0), Rated(1.125))
    assert (first.score, first.watch, first.check) == (None, False, True)
    assert next(row for row in found.rows if row.name.color == 2).parts == (Rated(None), Rated(None), Rated(None))


def test_what_is_not_in_our_hands_is_for_watching() -> None:
    found = data("tests", meeting(*ratings({"R4": ("33333333", "33333333", "00011110")})))
    assert found.rows[3].watch
    assert found.rows[3].flags() == "for watching"


def test_how_many_moved_is_counted_option_by_option() -> None:
    told = ("same", "different", "different", "same", "close", "different", "close", "different")
    said = [answer("statement", "hunch_same", f"M{n}", value) for n, value in enumerate(told, 1)]
    assert data("outcomes", meeting(*said)) == Counts(
        "4 of 8 ended somewhere else than where they began.",
        (Count("The same", 2), Count("Close", 2), Count("Different", 4)),
    )
    two = meeting(*said[:2])
    assert [row.people for row in data("outcomes", two).rows] == [1, 0, 1]


def test_people_from_outside_see_numbers_and_no_ones_words() -> None:
    now = meeting(*SEEN, *[answer("statement", "hunch_same", f"M{n}", "same") for n in (1, 2)])
    stage = fold(now.acts, now.workbook)
    shown = {step.key: [one.name for one in charts(now, stage, OUTSIDE, step.key)] for step in now.workbook.steps}
    assert {name for names in shown.values() for name in names} <= {"split_bars", "dot_plot", "counts"}
    (rated,) = charts(now, stage, OUTSIDE, "tests")
    assert {row.name.label for row in rated.data.rows} == set(CAUSES)
    assert rated.data.sentence == ""
    for one in charts(now, stage, OUTSIDE, "outcomes"):
        assert one.data.rows == (Count("The same", 0), Count("Close", 0), Count("Different", 0))


@pytest.mark.parametrize("step", ["patterns", "swot", "whys", "tests", "dots"])
def test_nothing_is_drawn_before_answers_are_shown(step: str) -> None:
    now = meeting(*SEEN)
    unshown = replace(now, acts=tuple(act for act in now.acts if act.kind == "open"))
    assert charts(unshown, fold(unshown.acts, unshown.workbook), DANA, step) == []


@pytest.mark.parametrize("step", ["patterns", "swot", "aspirin", "whys", "fishbone", "tests", "dots", "outcomes"])
def test_a_team_that_said_nothing_gets_pictures_that_say_so(step: str) -> None:
    now = replace(meeting(), responses=())
    (found,) = charts(now, fold(now.acts, now.workbook), DANA, step)
    assert found.words.alt in {"Nothing to show yet.", "Not enough ratings for a score yet."} or found.data.sentence
    for look in (Look("phone"), Look("board"), Look("wall")):
        assert found.draw(look).startswith(b"<svg")


def test_dots_on_a_forgotten_cause_are_left_out() -> None:
    found = data("dots", meeting(*dots("5", items=["R9"])))
    assert sum(row.dots for row in found.rows) == 35  # M1's five went to a cause that is not tested


def test_a_team_without_dots_on_show_has_no_dots_in_the_picture() -> None:
    now = meeting(fishbone())
    bare = replace(now, responses=tuple(r for r in now.responses if r.step != "dots"))
    found = data("dots", bare)
    assert isinstance(found, DotPlot)
    assert not found.dotted()
