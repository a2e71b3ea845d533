"""Text and long: trimmed, counted, looked at a second time."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from mira_workbook.content.answers import AnyField
from mira_workbook.content.answers.base import Asked, Checked, Context

FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)


def asked(**settings: object) -> Asked:
    made: Asked = FIELD.validate_python({"key": "aim", "type": "text", "label": "Aim", **settings})
    return made


def told(checked: Checked) -> list[tuple[str, str, str]]:
    return [(p.code, p.level, p.text) for p in checked.problems]


def test_text_is_kept_trimmed_on_one_line() -> None:
    assert asked().check("  Know my\n group plan ", Context()) == Checked("Know my group plan")


def test_long_text_keeps_its_lines_and_is_shown_on_one() -> None:
    field = asked(type="long")
    assert field.check("One.\r\nTwo.", Context()) == Checked("One.\nTwo.")
    assert field.show("One.\nTwo.", {}) == "One. Two."


@pytest.mark.parametrize("raw", [None, "", "   ", "\n", "\u200b", "\x00"])
def test_blank_is_a_problem_only_where_an_answer_is_required(raw: object) -> None:
    assert asked().check(raw, Context()) == Checked()
    assert told(asked(required=True).check(raw, Context())) == [
        ("E01", "stop", "Please answer this before you submit.")
    ]
    assert asked(required=True).check(raw, Context(draft=True)) == Checked()


def test_too_short_and_too_long_are_counted_after_trimming() -> None:
    field = asked(min_chars=20, max_chars=30)
    assert told(field.check("  I get  ", Context())) == [
        ("E02", "stop", "A little more, please: at least 20 characters (you have 5).")
    ]
    assert told(field.check("a" * 31, Context())) == [("E03", "stop", "Please shorten to 30 characters (you have 31).")]
    assert told(field.check("a" * 20, Context())) == []


def test_a_draft_is_never_too_short_but_told_that_it_is_too_long() -> None:
    field = asked(min_chars=20, max_chars=30)
    assert field.check("I get", Context(draft=True)) == Checked("I get")
    assert [p.code for p in field.check("a" * 31, Context(draft=True)).problems] == ["E03"]


def test_words_are_counted_where_words_are_limited() -> None:
    assert told(asked(max_words=1).check("quite hopeful", Context())) == [
        ("E03", "stop", "Please shorten to one word (you have 2).")
    ]
    assert told(asked(max_words=12).check("a " * 13, Context())) == [
        ("E03", "stop", "Please shorten to 12 words (you have 13).")
    ]


def test_second_looks_are_cares_that_can_be_passed() -> None:
    field = asked(cares=["W01", "W02", "two_aims"])
    checked = field.check("Hire tutors and give Tom time. Mail a.b@school.org", Context(names=["Tom Okafor"]))
    assert checked.stops == ()
    assert told(checked) == [
        (
            "W01",
            "care",
            "This looks like a solution (‘buy’, ‘hire’, ‘implement’, ‘program’). What problem would it fix?",
        ),
        ("W02", "care", "This names a person or a group as the problem. Try naming the condition instead."),
        ("W_student", "care", "Please leave out names or numbers that point to a student."),
    ]


def test_two_aims_are_looked_at_only_where_the_field_asks_for_it() -> None:
    words = "Raise attendance and lower noise"
    assert told(asked(cares=["two_aims"]).check(words, Context())) == [
        ("W_two_aims", "care", "This may be two priorities. Which one is first?")
    ]
    assert told(asked().check(words, Context())) == []


def test_student_privacy_is_looked_at_in_every_text_but_never_in_a_draft() -> None:
    assert [p.code for p in asked(type="long").check("Student name: Ana", Context()).problems] == ["W_student"]
    assert asked(type="long").check("Student name: Ana", Context(draft=True)).problems == ()


@pytest.mark.parametrize("raw", [5, True, ["a"], {"a": 1}, 1.5])
def test_what_is_no_text_is_not_taken_for_text(raw: object) -> None:
    assert told(asked().check(raw, Context())) == [
        ("E00", "stop", "This did not arrive in one piece. Please answer again.")
    ]


def test_a_pasted_book_is_told_its_length_and_not_kept() -> None:
    checked = asked(max_chars=200).check("a" * 2_000_000, Context())
    assert checked.value is None
    assert told(checked) == [("E03", "stop", "Please shorten to 200 characters (you have 2000000).")]
