"""The lists all workbooks share."""

import pytest

from mira_workbook.content.lists import REPORT_OF, SHARED, report_word


def test_ids_of_a_list_are_its_own_and_labels_are_not_ids() -> None:
    for options in SHARED.values():
        assert len({option.id for option in options}) == len(options)
        assert all(option.label.strip() and "_" not in option.label for option in options)


def test_every_role_group_is_reported_under_one_word() -> None:
    assert REPORT_OF.keys() == {option.id for option in SHARED["role_group"]}
    assert set(REPORT_OF.values()) == {option.id for option in SHARED["report_group"]}


@pytest.mark.parametrize(
    ("role_group", "word"),
    [
        ("administrator", "school leader"),
        ("special_education", "teacher"),
        ("assistant", "support staff"),
        ("community", "partner"),
        ("astronaut", "partner"),
    ],
)
def test_people_are_called_by_their_report_group(role_group: str, word: str) -> None:
    assert report_word(role_group) == word
