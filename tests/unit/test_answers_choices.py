"""One, many, rate and yes."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from mira_workbook.content.answers import AnyField
from mira_workbook.content.answers.base import Asked, Checked, Context, Option

FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)
ROOM = Context(lists={"candidates": [Option("C1", "Reading"), Option("C2", "Attendance"), Option("C3", "Math")]})
TYPING = Context(lists=ROOM.lists, draft=True)


def asked(kind: str, **settings: object) -> Asked:
    made: Asked = FIELD.validate_python({"key": "pick", "type": kind, "label": "Pick", **settings})
    return made


def told(checked: Checked) -> list[tuple[str, str]]:
    return [(p.code, p.text) for p in checked.problems]


def test_one_keeps_the_id_and_shows_the_label() -> None:
    field = asked("one", list="candidates", required=True)
    assert field.check("C2", ROOM) == Checked("C2")
    assert field.check({"id": "C2"}, ROOM) == Checked("C2")
    assert field.show("C2", ROOM.lists) == "Attendance"
    assert told(field.check("", ROOM)) == [("E01", "Please answer this before you submit.")]


def test_shared_lists_need_not_be_handed_in() -> None:
    assert asked("one", list="evidence_kind").check("numbers", Context()) == Checked("numbers")


def test_what_is_no_longer_in_the_list_is_to_be_picked_again() -> None:
    assert told(asked("one", list="candidates").check("C9", ROOM)) == [
        ("E14", "‘C9’ is no longer in the list. Pick again.")
    ]
    assert told(asked("one", list="nobody_knows").check("C1", ROOM)) == [
        ("E14", "‘C1’ is no longer in the list. Pick again.")
    ]


def test_other_comes_with_three_to_sixty_characters_of_its_own() -> None:
    field = asked("one", options=[["a", "A"]], other=True)
    spoken = {"id": "other", "other_text": "A neighbor"}
    assert field.check(spoken | {"other_text": " A  neighbor "}, ROOM) == Checked(spoken)
    assert field.show(spoken, {}) == "A neighbor"
    assert told(field.check("other", ROOM)) == [("E02", "A little more, please: at least 3 characters (you have 0).")]
    assert told(field.check({"id": "other", "other_text": "x" * 61}, ROOM)) == [
        ("E03", "Please shorten to 60 characters (you have 61).")
    ]
    assert field.check("other", TYPING) == Checked({"id": "other", "other_text": ""})


def test_other_is_not_in_a_list_that_does_not_offer_it() -> None:
    assert [p.code for p in asked("one", options=[["a", "A"]]).check("other", ROOM).problems] == ["E14"]
    assert asked("one", options=[["other", "Something else"]]).check("other", ROOM) == Checked("other")


def test_no_evidence_yet_deserves_a_second_look() -> None:
    field = asked("one", list="evidence_kind", cares=["W03"])
    assert told(field.check("none_yet", ROOM)) == [("W03", "No evidence yet. You can go on, but plan how to check it.")]
    assert field.check("none_yet", ROOM).stops == ()
    assert field.check("numbers", ROOM).problems == ()
    many = asked("many", list="evidence_kind", cares=["W03"])
    assert [p.code for p in many.check(["none_yet"], ROOM).problems] == ["W03"]
    assert many.check(["none_yet", "numbers"], ROOM).problems == ()


def test_many_are_kept_in_the_order_of_the_list_each_once() -> None:
    field = asked("many", list="candidates", other=True)
    odd = {"id": "other", "other_text": "Music"}
    assert field.check([odd, "C3", "C1", "C3"], ROOM) == Checked(["C1", "C3", odd])
    assert field.show(["C1", "C3", odd], ROOM.lists) == "Reading, Math, Music"
    assert field.check([], ROOM) == Checked()


@pytest.mark.parametrize(
    ("limits", "picks", "expected"),
    [
        ({"low": 2, "high": 3}, ["C1"], ("E07", "Choose 2 to 3. You chose 1.")),
        ({"high": 2}, ["C1", "C2", "C3"], ("E07", "Choose 0 to 2. You chose 3.")),
        ({"low": 2}, ["C1"], ("E07", "Choose 2 to 3. You chose 1.")),
        ({"low": 2, "high": 2}, ["C1"], ("E07", "Choose exactly 2. You chose 1.")),
        ({"low": 1, "high": 1}, ["C1", "C2"], ("E06", "Choose exactly one. You chose 2.")),
    ],
)
def test_too_few_or_too_many_picks_say_how_many(
    limits: dict[str, int], picks: list[str], expected: tuple[str, str]
) -> None:
    assert told(asked("many", list="candidates", **limits).check(picks, ROOM)) == [expected]


def test_a_draft_may_have_too_few_picks_but_not_too_many() -> None:
    field = asked("many", list="candidates", low=2, high=2)
    assert field.check(["C1"], TYPING).problems == ()
    assert [p.code for p in field.check(["C1", "C2", "C3"], TYPING).problems] == ["E07"]


def test_a_rating_is_a_whole_number_in_its_range() -> None:
    field = asked("rate", low=0, high=5)
    assert field.check(3, ROOM) == field.check("3", ROOM) == field.check(3.0, ROOM) == Checked(3)
    assert field.check(0, ROOM) == Checked(0)
    assert told(field.check(6, ROOM)) == [("E05", "This should be between 0 and 5. You typed 6.")]
    assert told(field.check(2.5, ROOM)) == [("E05", "This should be between 0 and 5. You typed 2.5.")]
    assert [p.code for p in field.check(True, ROOM).problems] == ["E00"]
    assert [p.code for p in field.check("much", ROOM).problems] == ["E04"]


def test_not_knowing_yet_is_an_answer_where_it_is_offered() -> None:
    assert asked("rate", low=1, high=3, dk=True, required=True).check({"dk": True}, ROOM) == Checked({"dk": True})
    assert asked("rate", low=1, high=3, dk=True).show({"dk": True}, {}) == "I don’t know yet"
    assert [p.code for p in asked("rate", low=1, high=3).check({"dk": True}, ROOM).problems] == ["E00"]


def test_a_rating_is_shown_with_its_word_where_every_value_has_one() -> None:
    assert asked("rate", low=1, high=3, ends=["a guess", "fairly sure", "sure"]).show(2, {}) == "2 · fairly sure"
    assert asked("rate", low=1, high=5, ends=["not sure", "very sure"]).show(2, {}) == "2"


def test_only_a_box_that_must_be_ticked_blocks() -> None:
    assert asked("yes", required=True).check(None, ROOM) == Checked()
    assert asked("yes", required=True).check(False, ROOM) == Checked(False)
    must = asked("yes", must=True)
    assert [p.code for p in must.check(None, ROOM).problems] == ["E01"]
    assert [p.code for p in must.check(False, ROOM).problems] == ["E01"]
    assert must.check(True, ROOM) == Checked(True)
    assert [must.show(value, {}) for value in (True, False, None)] == ["Yes", "No", ""]
    assert [p.code for p in must.check("yes", ROOM).problems] == ["E00"]
