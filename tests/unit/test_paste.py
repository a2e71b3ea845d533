"""Rows pasted from a spreadsheet."""

from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.content.answers.base import Context, Option
from mira_workbook.content.answers.table import TableField
from mira_workbook.content.paste import rows_from_text

COLUMNS = [
    {"key": "task", "type": "text", "label": "The task", "required": True},
    {"key": "min_week", "type": "num", "label": "Minutes a week", "low": 0, "high": 2000},
    {
        "key": "action",
        "type": "one",
        "label": "What happens?",
        "options": [["stop", "Stop"], ["hand_over", "Hand over"]],
        "other": True,
    },
    {"key": "who", "type": "many", "label": "Who", "list": "team"},
    {"key": "sure", "type": "rate", "label": "Sure?", "low": 1, "high": 3, "dk": True},
    {"key": "done", "type": "yes", "label": "Done"},
]
FREE = TableField.model_validate({"key": "t", "type": "table", "label": "T", "columns": COLUMNS})
FIXED = TableField.model_validate(
    {"key": "t", "type": "table", "label": "T", "columns": COLUMNS[:2], "rows_from": "items"}
)
LISTS = {
    "team": [Option("M1", "Dana"), Option("M2", "Tom")],
    "items": [Option("C1", "Early reading, grades 1-3"), Option("C2", "Attendance")],
}
ROOM = Context(lists=LISTS)
HEADER = "The task\tMinutes a week\tWhat happens?\tWho\tSure?\tDone\r\n"


def test_a_paste_becomes_rows_that_check() -> None:
    pasted = (
        HEADER
        + 'Hall monitor\t"1,250"\tHand over\tTom; Dana\t2\tx\r\n\t\t\t\t\t\r\n'
        + '"Copy\nand file"\t50\tGive it up\t\t?\tno\r\n'
    )
    checked = FREE.check(rows_from_text(FREE, pasted, LISTS), ROOM)
    assert checked.problems == ()
    assert [row["cells"] for row in checked.value] == [
        {"task": "Hall monitor", "min_week": 1250, "action": "hand_over", "who": ["M1", "M2"], "sure": 2, "done": True},
        {
            "task": "Copy and file",
            "min_week": 50,
            "action": {"id": "other", "other_text": "Give it up"},
            "sure": {"dk": True},
            "done": False,
        },
    ]


def test_a_first_line_that_is_no_header_is_a_row() -> None:
    assert rows_from_text(FREE, "Hall monitor\t100") == [{"cells": {"task": "Hall monitor", "min_week": "100"}}]


def test_what_cannot_be_read_is_told_by_the_check() -> None:
    checked = FREE.check(rows_from_text(FREE, "Bus duty\ta lot\tStop\tNobody", LISTS), ROOM)
    assert [(p.code, p.column) for p in checked.problems] == [("E04", "min_week"), ("E14", "who")]


def test_fixed_rows_are_found_by_label_or_taken_in_order() -> None:
    named = "Item\tThe task\tMinutes a week\nAttendance\tCall home\t30\nearly reading grades 1-3\tRead aloud\t60"
    assert rows_from_text(FIXED, named, LISTS) == [
        {"row_id": "C2", "cells": {"task": "Call home", "min_week": "30"}},
        {"row_id": "C1", "cells": {"task": "Read aloud", "min_week": "60"}},
    ]
    assert [row["row_id"] for row in rows_from_text(FIXED, "Read aloud\t60\nCall home\t30", LISTS)] == ["C1", "C2"]
    left_over = rows_from_text(FIXED, "a\t1\nb\t2\nc\t3", LISTS)
    assert [p.code for p in FIXED.check(left_over, ROOM).problems] == ["E14"]


@given(st.text(st.sampled_from('a1\t\n\r"\x00;,') | st.characters(), max_size=80))
def test_no_paste_raises(pasted: str) -> None:
    for table in (FREE, FIXED):
        table.check(rows_from_text(table, pasted, LISTS), ROOM)


def test_a_stray_quote_before_a_long_paste_is_read_line_by_line() -> None:
    rows = rows_from_text(FREE, '"' + "a\n" * 100_000)
    assert rows[1] == {"cells": {"task": "a"}}
