"""Numbers, dates, shares of a total, and orders."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mira_workbook.content.answers import AnyField
from mira_workbook.content.answers.base import Asked, Checked, Context, Option
from mira_workbook.content.answers.numbers import day_of

FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)
DAY = date(2024, 5, 14)
LISTS = {"candidates": [Option("C1", "Reading"), Option("C2", "Attendance"), Option("C3", "Math")], "nothing": []}
ROOM = Context(lists=LISTS, today=DAY, limits={"contract": 2325})
TYPING = Context(lists=LISTS, today=DAY, draft=True)


def asked(kind: str, **settings: object) -> Asked:
    made: Asked = FIELD.validate_python({"key": "a", "type": kind, "label": "A", **settings})
    return made


def minutes(**settings: object) -> Asked:
    return asked("num", **{"low": 5, "high": 1200, "step": 5, "unit": "min/week", **settings})


def told(checked: Checked) -> list[tuple[str, str]]:
    return [(p.code, p.text) for p in checked.problems]


def test_a_number_on_a_whole_grid_is_an_int_and_else_a_float() -> None:
    whole = minutes().check("$1,200", ROOM)
    assert (whole, type(whole.value)) == (Checked(1200), int)
    share = asked("num", low=0, high=100, step=0.1).check("46.2", ROOM)
    assert (share, type(share.value)) == (Checked(46.2), float)
    assert type(asked("num", low=0, high=100, step=0.1).check("46", ROOM).value) is float


def test_words_are_no_number() -> None:
    for raw in ("forty", "45 min", "nan", float("nan"), float("inf"), 10**30, "9" * 41):
        assert told(minutes().check(raw, ROOM)) == [("E04", "Type a number, such as 45. Leave out words and signs.")]


def test_a_number_out_of_range_is_told_with_its_unit() -> None:
    assert told(minutes().check("1,250", ROOM)) == [
        ("E05", "This should be between 5 and 1,200 min/week. You typed 1,250.")
    ]
    assert told(asked("num", low=0, high=9).check(-1, ROOM)) == [
        ("E05", "This should be between 0 and 9. You typed -1.")
    ]


def test_a_number_off_the_grid_is_told_the_nearest_that_fits() -> None:
    assert told(minutes().check(102, ROOM)) == [("E05", "This goes in steps of 5, such as 100. You typed 102.")]
    assert told(asked("num", low=0, high=9).check("2.5", ROOM)) == [
        ("E05", "Use whole numbers here, such as 2. You typed 2.5.")
    ]
    assert asked("num", low=0.05, high=1, step=0.1).check("0.15", ROOM).problems == ()


def test_a_limit_can_come_from_the_session() -> None:
    field = asked("num", low=0, high={"from": "contract"}, unit="min/week")
    assert told(field.check(2400, ROOM)) == [("E05", "This should be between 0 and 2,325 min/week. You typed 2,400.")]
    assert field.check(2400, Context()).problems == ()
    assert told(field.check(-5, Context())) == [("E05", "This should be 0 min/week or more. You typed -5.")]


def test_a_number_is_shown_with_its_unit() -> None:
    assert minutes().show(1200, {}) == "1,200 min/week"
    assert minutes().show(None, {}) == ""


def test_a_year_is_told_without_a_comma() -> None:
    year = asked("num", low=1980, high=2100)
    assert year.show(2022, {}) == "2022"
    assert asked("num", low=0, high=2100).show(2022, {}) == "2,022"
    assert asked("num", low=1980, high=2100, unit="USD").show(2022, {}) == "2,022 USD"


def test_a_draft_keeps_what_cannot_be_read_yet() -> None:
    assert minutes().check("4x", TYPING).value == "4x"
    assert asked("rate", low=1, high=5).check("4x", TYPING).value == "4x"
    assert asked("date").check("5/30", TYPING).value == "5/30"
    assert asked("alloc", list="candidates", total=3).check({"C1": "x", "C2": "1"}, TYPING).value == {
        "C1": "x",
        "C2": 1,
    }


def test_a_day_is_iso_and_shown_in_words() -> None:
    assert asked("date").check(" 2025-05-30 ", ROOM) == Checked("2025-05-30")
    assert asked("date").show("2025-05-30", {}) == "May 30, 2025"
    for raw in ("5/30/2025", "2025-02-30", "20250530", "2025-05-30T10:00", "tomorrow"):
        assert told(asked("date").check(raw, ROOM)) == [("E04", "Pick a day, such as May 14, 2024.")]


@pytest.mark.parametrize(
    ("limits", "raw", "expected"),
    [
        ({"earliest": "+6w", "latest": "+18m"}, "2024-06-24", "Choose a day from June 25, 2024 to November 14, 2025."),
        ({"earliest": "+6w", "latest": "+18m"}, "2025-11-15", "Choose a day from June 25, 2024 to November 14, 2025."),
        ({"latest": "today"}, "2024-05-15", "Choose May 14, 2024 or earlier."),
        ({"earliest": "2024-06-01"}, "2024-05-31", "Choose June 1, 2024 or later."),
    ],
)
def test_a_day_beyond_its_limits_is_told_them(limits: dict[str, str], raw: str, expected: str) -> None:
    assert told(asked("date", **limits).check(raw, ROOM)) == [("E12", expected)]


def test_limits_of_days_hold_at_the_edges_of_months_and_of_the_calendar() -> None:
    assert day_of("+1m", date(2024, 1, 31)) == date(2024, 2, 29)
    assert day_of("-1y", date(2024, 2, 29)) == date(2023, 2, 28)
    assert day_of("-6w", date.min) == date.min
    assert day_of("+999y", date(9999, 1, 1)) == date.max


def test_a_limit_that_is_no_day_is_refused_in_the_file() -> None:
    with pytest.raises(ValidationError, match="earliest"):
        asked("date", earliest="next week")


def shares(**settings: object) -> Asked:
    return asked("alloc", **{"list": "candidates", "total": 5, "unit": "dots", **settings})


def test_shares_hold_every_item_zeros_included() -> None:
    assert shares().check({"C1": "3", "C3": 2}, ROOM) == Checked({"C1": 3, "C2": 0, "C3": 2})
    assert shares().show({"C1": 3, "C2": 0, "C3": 2}, LISTS) == "Reading 3, Attendance 0, Math 2"


def test_shares_that_miss_the_total_say_what_is_left_or_over() -> None:
    assert told(shares().check({"C1": 3}, ROOM)) == [("E08", "You have 2 dots left to place.")]
    assert told(shares().check({"C1": 3, "C2": 4}, ROOM)) == [("E08", "You placed 2 dots too many.")]
    assert shares(exact=False).check({"C1": 3}, ROOM).problems == ()
    assert shares().check({"C1": 3}, TYPING) == Checked({"C1": 3})


def test_slack_lets_a_week_of_minutes_be_nearly_right() -> None:
    week = shares(total={"from": "contract"}, unit="minutes", slack=15)
    assert week.check({"C1": 2310}, ROOM).problems == ()
    assert told(week.check({"C1": 2309}, ROOM)) == [("E08", "You have 16 minutes left to place.")]


def test_no_share_is_below_zero_or_broken() -> None:
    assert told(shares().check({"C1": -1, "C2": 6}, ROOM)) == [("E05", "This should be 0 dots or more. You typed -1.")]
    assert told(shares().check({"C1": 2.5, "C2": 2.5}, ROOM))[0] == (
        "E05",
        "Use whole numbers here, such as 2. You typed 2.5.",
    )
    assert told(shares().check({"C9": 5}, ROOM)) == [("E14", "‘C9’ is no longer in the list. Pick again.")]


def test_an_order_names_what_is_still_to_place() -> None:
    order = asked("rank", list="candidates", required=True)
    assert order.check(["C3", "C1", "C2"], ROOM) == Checked(["C3", "C1", "C2"])
    assert told(order.check(["C3"], ROOM)) == [("E09", "Place every item. Still to place: Reading, Attendance.")]
    assert told(order.check(["C3", "C3", "C1"], ROOM)) == [("E09", "Place every item. Still to place: Attendance.")]
    assert told(order.check([], ROOM)) == [("E01", "Please answer this before you submit.")]
    assert order.check(["C3"], TYPING) == Checked(["C3"])
    assert order.show(["C3", "C1", "C2"], LISTS) == "1. Math, 2. Reading, 3. Attendance"


def test_an_order_drops_what_left_the_list_and_says_so() -> None:
    order = asked("rank", list="candidates")
    checked = order.check(["C9", "C3", "C1", "C2"], ROOM)
    assert checked.value == ["C3", "C1", "C2"]
    assert told(checked) == [("E14", "‘C9’ is no longer in the list. Pick again.")]


def test_an_empty_list_asks_for_nothing() -> None:
    for kind in ({"type": "rank"}, {"type": "alloc", "total": 3}):
        field: Asked = FIELD.validate_python({"key": "a", "label": "A", "required": True, "list": "nothing", **kind})
        assert field.check(None, ROOM) == Checked()
