"""Second looks at free text: what they find, and what they leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.content import cares

NAMES = ["Dana Whitfield", "Grace Yoon", "Tom Okafor", "Will Ng"]


@pytest.mark.parametrize(
    "text",
    ["Buy tablets for grade 2", "Hiring two aides", "implement a new reading program", "More programs", "BUY it"],
)
def test_a_thing_to_buy_or_hire_looks_like_a_solution(text: str) -> None:
    assert cares.looks_like_solution(text)


@pytest.mark.parametrize(
    "text", ["More children read on level", "The busy hour before lunch", "Reprogramming", "Higher trust"]
)
def test_a_condition_does_not_look_like_a_solution(text: str) -> None:
    assert not cares.looks_like_solution(text)


@pytest.mark.parametrize(
    "text",
    [
        "Parents are lazy",
        "Grade 5 teachers won’t change",
        "They refuse to meet",
        "Dana Whitfield decides alone",
        "dana whitfield decides alone",
        "Nobody hears it because Tom is away",
        "It is Okafor's list",
        "We wait for Grace every time",
        "They don't care",
    ],
)
def test_a_person_or_a_group_named_as_the_problem_is_seen(text: str) -> None:
    assert cares.blames(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Meetings start late",
        "Grace periods are too long",
        "We meet. Will this change?",
        "students will wait",
        "Tomorrow is too late",
        "A custom plan",
    ],
)
def test_words_that_only_look_like_names_are_left_alone(text: str) -> None:
    assert not cares.blames(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Raise attendance and lower noise in halls",
        "Reduce referrals; build trust",
        "Keep teachers & grow leaders",
        "Raising attendance and getting calm halls",
        "More of our grade 1-3 students can decode on level by spring and more families visit",
    ],
)
def test_two_deeds_or_a_long_join_may_be_two_aims(text: str) -> None:
    assert cares.joins_two_aims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Students and families",
        "Read and write",
        "Reading and writing",
        "Raise attendance",
        "Behavior and belonging",
        "Get buses and morning arrival calm",
        "Keeping and supporting our teachers",
        "One long aim without any joining word that goes on past sixty characters",
        "and",
        "; ;",
    ],
)
def test_one_thing_with_an_and_in_it_is_left_alone(text: str) -> None:
    assert not cares.joins_two_aims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ask ana.m@school.org",
        "Call (803) 555-0142",
        "803-555-0142",
        "803.555.0142",
        "+44 20 7946 0958",
        "call 555-0142",
        "ID 123456",
        "Student name: Ana",
        "student’s name = Ana",
        "Name of student: Ana",
    ],
)
def test_what_could_point_to_a_student_is_seen(text: str) -> None:
    assert cares.points_to_student(text)


@pytest.mark.parametrize(
    "text",
    [
        "46.2 percent of 156 students",
        "By 2025-05-30",
        "In 2023-2024",
        "$12,500 a year",
        "48,660",
        "@ the door",
        "Students name their goals",
    ],
)
def test_plain_figures_and_dates_point_to_nobody(text: str) -> None:
    assert not cares.points_to_student(text)


@given(st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_no_text_and_no_name_breaks_a_second_look(text: str, names: list[str]) -> None:
    found = (
        cares.looks_like_solution(text),
        cares.blames(text, names),
        cares.joins_two_aims(text),
        cares.points_to_student(text),
    )
    assert all(isinstance(one, bool) for one in found)
