"""Tables: free rows, fixed rows, half rows, doubles, hidden columns."""

import re
from typing import Any

from mira_workbook.content.answers.base import Checked, Context, Option
from mira_workbook.content.answers.table import TableField

LISTS = {"candidates": [Option("C1", "Reading"), Option("C2", "Attendance"), Option("C3", "Math")], "nothing": []}
ROOM = Context(lists=LISTS)
TYPING = Context(lists=LISTS, draft=True)
TASKS = TableField.model_validate(
    {
        "key": "release",
        "type": "table",
        "label": "Tasks",
        "min_rows": 1,
        "max_rows": 3,
        "unique": "task",
        "columns": [
            {"key": "task", "type": "text", "label": "The task", "required": True, "min_chars": 5},
            {
                "key": "min_week",
                "type": "num",
                "label": "Minutes a week",
                "required": True,
                "low": 5,
                "high": 1200,
                "step": 5,
            },
            {
                "key": "action",
                "type": "one",
                "label": "What happens?",
                "required": True,
                "options": [["stop", "Stop"], ["shrink", "Shrink"]],
            },
            {
                "key": "free",
                "type": "num",
                "label": "Minutes free",
                "required": True,
                "low": 0,
                "high": 1200,
                "show_when": {"action": "shrink"},
            },
            {"key": "note", "type": "text", "label": "Note", "require_when": {"action": "stop"}},
        ],
    }
)
HALL = {"task": "Hall monitor", "min_week": 100, "action": "stop", "note": "Ask Dana"}


def fixed(**settings: object) -> TableField:
    tier = {
        "key": "tier",
        "type": "one",
        "label": "Place",
        "required": True,
        "options": [["first", "First"], ["focus", "Focus"]],
    }
    note = {"key": "note", "type": "text", "label": "Note"}
    base = {"key": "places", "type": "table", "label": "Places", "rows_from": "candidates", "columns": [tier, note]}
    return TableField.model_validate({**base, **settings})


def row(row_id: str, **cells: object) -> dict[str, Any]:
    return {"row_id": row_id, "cells": cells}


def told(checked: Checked) -> list[tuple[str, str, str, str]]:
    return [(p.code, p.row, p.column, p.text) for p in checked.problems]


def test_whole_rows_are_kept_in_their_order_under_their_ids() -> None:
    rows = [row("B", **HALL), row("A", **HALL | {"task": "Copy and file"})]
    assert TASKS.check(rows, ROOM) == Checked(rows)
    assert TASKS.show(rows[:1], LISTS) == "Hall monitor · 100 · Stop · Ask Dana"


def test_rows_without_an_id_of_their_own_get_one() -> None:
    rows = [{"cells": HALL}, row("A", **HALL | {"task": "Copy and file"}), row("A", **HALL | {"task": "Bus duty"})]
    ids = [one["row_id"] for one in TASKS.check(rows, ROOM).value]
    assert ids[1] == "A"
    assert all(re.fullmatch("[A-Z2-7]{8}", one) for one in (ids[0], ids[2]))
    assert len(set(ids)) == 3


def test_ids_that_no_page_gives_are_replaced() -> None:
    for odd in ("", " ", "<b>", "a" * 61, 5, None, ["x"]):
        (kept,) = TASKS.check([{"row_id": odd, "cells": HALL}], ROOM).value
        assert re.fullmatch("[A-Z2-7]{8}", kept["row_id"])


def test_blank_rows_are_dropped() -> None:
    assert TASKS.check([row("A"), row("B", **HALL), row("C", task="  ")], ROOM) == Checked([row("B", **HALL)])


def test_a_half_filled_row_names_what_is_missing() -> None:
    checked = TASKS.check([row("A"), row("B", task="Hall monitor")], ROOM)
    assert told(checked) == [
        ("E10", "B", "min_week", "Row 2: fill in minutes a week and what happens, or clear the row.")
    ]
    assert TASKS.check([row("B", task="Hall monitor")], TYPING) == Checked([row("B", task="Hall monitor")])


def test_of_many_missing_cells_the_first_are_named() -> None:
    wide = TASKS.model_copy(
        update={
            "columns": (
                TASKS.columns[0],
                *(TASKS.columns[1].model_copy(update={"label": f"Part {n}", "key": f"p{n}"}) for n in range(6)),
            )
        }
    )
    assert told(wide.check([row("A", task="Hall monitor")], ROOM)) == [
        ("E10", "A", "p0", "Row 1: fill in part 0, part 1, part 2 and 3 more, or clear the row.")
    ]


def test_a_merged_row_is_named_for_it_has_no_number_and_cannot_be_cleared() -> None:
    merged = TASKS.model_copy(update={"control": "merge"})
    assert told(merged.check([row("B", task="Hall monitor")], ROOM)) == [
        ("E10", "B", "min_week", "‘Hall monitor’: fill in minutes a week and what happens.")
    ]


def test_a_cell_that_is_asked_because_of_another_counts_as_missing() -> None:
    checked = TASKS.check([row("A", task="Hall monitor", min_week=100, action="stop")], ROOM)
    assert told(checked) == [("E10", "A", "note", "Row 1: fill in note, or clear the row.")]


def test_a_hidden_cell_is_dropped_and_not_asked() -> None:
    checked = TASKS.check([row("A", **HALL, free=50)], ROOM)
    assert checked == Checked([row("A", **HALL)])
    shrunk = HALL | {"action": "shrink"}
    assert told(TASKS.check([row("A", **shrunk)], ROOM)) == [
        ("E10", "A", "free", "Row 1: fill in minutes free, or clear the row.")
    ]


def test_problems_carry_their_row_and_column() -> None:
    checked = TASKS.check([row("A", **HALL | {"task": "Hall", "min_week": "a lot"})], ROOM)
    assert told(checked) == [
        ("E02", "A", "task", "A little more, please: at least 5 characters (you have 4)."),
        ("E04", "A", "min_week", "Type a number, such as 45. Leave out words and signs."),
    ]


def test_the_same_wording_twice_is_told_with_the_row_it_stands_in() -> None:
    rows = [row("A", **HALL), row("B"), row("C", **HALL | {"task": "hall  MONITOR!"})]
    assert told(TASKS.check(rows, ROOM)) == [
        ("E11", "C", "task", "‘hall MONITOR!’ is already in the list (row 1). Merge them or change the wording.")
    ]


def test_too_few_and_too_many_rows_say_how_many() -> None:
    assert told(TASKS.check(None, ROOM)) == [("E13", "", "", "Add 1 more row (at least 1).")]
    assert TASKS.check(None, TYPING) == Checked()
    five = [row(f"R{n}", **HALL | {"task": f"Task number {n}"}) for n in range(5)]
    assert told(TASKS.check(five, ROOM)) == [("E13", "", "", "Keep to 3 rows. Merge or remove 2.")]
    wants_three = TASKS.model_copy(update={"min_rows": 3})
    assert told(wants_three.check(five[:1], ROOM)) == [("E13", "", "", "Add 2 more rows (at least 3).")]


def test_a_free_table_without_a_least_may_stay_empty_unless_required() -> None:
    loose = TASKS.model_copy(update={"min_rows": 0})
    assert loose.check([], ROOM) == Checked()
    assert told(loose.model_copy(update={"required": True}).check([row("A")], ROOM)) == [
        ("E01", "", "", "Please answer this before you submit.")
    ]


def test_fixed_rows_stand_in_the_order_of_the_list() -> None:
    rows = [row("C3", tier="first"), row("C1", tier="focus", note="Why not"), row("C2", tier="focus")]
    checked = fixed(required=True).check(rows, ROOM)
    assert checked == Checked([rows[1], rows[2], rows[0]])
    assert fixed().show(checked.value, LISTS) == "Reading: Focus · Why not; Attendance: Focus; Math: First"


def test_every_fixed_row_is_asked_when_required() -> None:
    assert told(fixed(required=True).check([row("C2", tier="first")], ROOM)) == [
        ("E01", "C1", "tier", "‘Reading’: please answer this before you submit."),
        ("E01", "C3", "tier", "‘Math’: please answer this before you submit."),
    ]
    assert len(fixed(required=True).check(None, ROOM).problems) == 3
    assert fixed().check(None, ROOM) == Checked()
    assert fixed(required=True, rows_from="nothing").check(None, ROOM) == Checked()


def test_some_fixed_rows_may_be_enough() -> None:
    two = fixed(required=True, min_filled=2)
    assert two.check([row("C2", tier="first"), row("C1", tier="focus")], ROOM).problems == ()
    assert told(two.check([row("C2", tier="first")], ROOM)) == [("E13", "", "", "Fill in 1 more row (at least 2).")]
    assert two.check([row("C2", tier="first")], TYPING).problems == ()


def test_a_half_filled_fixed_row_is_called_by_its_label() -> None:
    assert told(fixed().check([row("C3", note="Later")], ROOM)) == [("E10", "C3", "tier", "‘Math’: fill in place.")]


def test_rows_of_items_that_left_the_list_are_told_unless_blank() -> None:
    checked = fixed().check([row("C9", tier="first"), row("C8"), row("C1", tier="first")], ROOM)
    assert told(checked) == [("E14", "", "", "‘C9’ is no longer in the list. Pick again.")]
    assert checked.value == [row("C1", tier="first")]


def test_conditions_can_look_at_what_is_known_of_an_item() -> None:
    columns = [
        {"key": "decision", "type": "one", "label": "Decision", "options": [["keep", "Keep"], ["drop", "Drop"]]},
        {
            "key": "leaner",
            "type": "text",
            "label": "Leaner",
            "required": True,
            "show_when": {"item.mandate": ["law", "district"]},
        },
    ]
    table = fixed(columns=columns)
    known = Context(lists=LISTS, items={"C1": {"mandate": "law"}})
    rows = [row("C1", decision="keep"), row("C2", decision="keep")]
    assert told(table.check(rows, known)) == [("E10", "C1", "leaner", "‘Reading’: fill in leaner.")]


def test_a_box_alone_does_not_make_a_row_and_must_be_ticked_once_there_is_one() -> None:
    columns = [
        {"key": "target", "type": "text", "label": "Target"},
        {"key": "seen", "type": "yes", "label": "We could see it", "must": True},
    ]
    table = TableField.model_validate({"key": "a", "type": "table", "label": "A", "columns": columns})
    assert table.check([row("A", seen=False), row("B")], ROOM) == Checked()
    assert told(table.check([row("A", target="Plan a lesson", seen=False)], ROOM)) == [
        ("E10", "A", "seen", "Row 1: fill in we could see it, or clear the row.")
    ]


def test_cells_of_columns_nobody_asked_for_are_left_out() -> None:
    assert TASKS.check([row("A", **HALL, script="x")], ROOM) == Checked([row("A", **HALL)])


def test_what_is_no_list_of_rows_is_not_taken_for_one() -> None:
    odd: Any
    for odd in ("text", 5, {"a": 1}, ["a"], [{"row_id": "A"}], [{"cells": []}], [None], [[["deep"]]]):
        assert [p.code for p in TASKS.check(odd, ROOM).problems] == ["E00"]


def test_a_flood_of_rows_is_turned_away_at_once() -> None:
    assert told(TASKS.check([{"cells": {}}] * 3000, ROOM)) == [("E13", "", "", "Keep to 3 rows. Merge or remove 2997.")]
