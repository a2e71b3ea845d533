"""Tables that are asked in their own ways, at desks on a real store: sheets, offers, boxes, merging, rows to take."""

from dataclasses import replace
from typing import Any

import pytest
from desks import Sitting, priority_setting, sit_down, to_merging
from tables_workbook import tables
from tiny import Ticking

from mira_workbook.store import Store
from mira_workbook.widgets.controls import Doc
from mira_workbook.widgets.merging import merging, most_each, picked
from mira_workbook.widgets.offers import bulk, suggestions

SHEET = "name,purpose,usd\nBus,Two rounds,100\nHall,Watch,12k\nGym,Rent,300\n"

LAW = """
[[steps.checks]]
use = "forbid_when"
on = "rows.decision"
when = {"item.kind" = "program", decision = "release"}
say = "This is required by law."
"""
KINDS = ((1, "Safety drills", "program"), (2, "Hall duty", "meeting"))


@pytest.fixture
def two(sqlite_store: Store, clock: Ticking) -> Sitting:
    sitting = sit_down(sqlite_store, clock, 2, tables())
    sitting.go()
    return sitting


def rows(sitting: Sitting, field: str = "rows", who: int = 0) -> list[dict[str, Any]]:
    """The cells of a table as a page shows it."""
    return [row["cells"] for row in sitting.fields(who)[field]["value"] or ()]


def bring(sitting: Sitting, sheet: Any, who: int = 0, field: str = "rows") -> dict[str, Any]:
    (reply,) = sitting.send(who, "$rows", {"field": field, "text": sheet})
    return reply


def stand(sitting: Sitting, names: tuple[str, ...] = ("Bus", "Hall", "Gym")) -> None:
    """The list is there, and the next step is open."""
    listed = [{"row_id": f"I{n}", "cells": {"name": name}} for n, name in enumerate(names, 1)]
    assert "saved_at" in sitting.submit(0, {"rows": listed})
    sitting.go()


# ------------------------------------------------------------------------------------------------- rows from a sheet


def test_a_sheet_comes_into_the_team_s_table_in_one_save_and_its_bad_lines_come_back(two: Sitting) -> None:
    reply = bring(two, SHEET)
    assert {key: reply[key] for key in ("field", "draft", "added", "updated", "problems", "left")} == {
        "field": "$rows",
        "draft": False,
        "added": 2,
        "updated": 0,
        "problems": [{"line": 3, "text": "Line 3: usd ‘12k’ is not a number."}],
        "left": "name,purpose,usd\nHall,Watch,12k",
    }
    wanted = [
        {"name": "Bus", "purpose": "Two rounds", "usd": 100},
        {"name": "Gym", "purpose": "Rent", "usd": 300},
    ]
    assert rows(two, who=1) == wanted
    assert [r.version for r in two.snapshot.responses if r.step == "list"] == [1]


def test_a_row_of_the_same_name_is_changed_and_cells_left_out_stay(two: Sitting) -> None:
    bring(two, SHEET)
    before = two.fields(0)["rows"]["value"]
    reply = bring(two, "Name;Money a year\nbus;250\nArt;1")
    assert (reply["added"], reply["updated"], reply["problems"], reply["left"]) == (1, 1, [], "")
    after = two.fields(0)["rows"]["value"]
    assert [row["row_id"] for row in after[:2]] == [row["row_id"] for row in before]
    assert after[0]["cells"] == {"name": "bus", "purpose": "Two rounds", "usd": 250}


def test_more_rows_than_fit_are_told_and_none_comes_in(two: Sitting) -> None:
    bring(two, SHEET)
    sheet = "name\n" + "".join(f"Row {n}\n" for n in range(10_000))
    reply = bring(two, sheet)
    assert reply["problems"] == [
        {"line": 0, "text": "That would make 10002 rows, and 5 fit. Take out 9997 and try again."}
    ]
    assert (reply["added"], reply["updated"], reply["left"]) == (0, 0, sheet)
    assert len(rows(two)) == 2


def test_of_very_many_bad_lines_only_some_are_told(two: Sitting) -> None:
    reply = bring(two, "name,usd\n" + "".join(f"Row {n},12k\n" for n in range(200)))
    assert len(reply["problems"]) == 31
    assert reply["problems"][-1] == {"line": 0, "text": "And 170 more lines."}


def test_a_sheet_that_says_nothing_new_saves_nothing(two: Sitting) -> None:
    bring(two, "name,usd\nBus,100")
    reply = bring(two, "name,usd\nBus,100")
    assert (reply["added"], reply["updated"], "saved_at" in reply) == (0, 0, False)
    assert [r.version for r in two.snapshot.responses if r.step == "list"] == [1]


@pytest.mark.parametrize("sheet", [None, 7, ["name"], {"text": "name"}])
def test_what_is_no_text_is_refused(two: Sitting, sheet: Any) -> None:
    assert bring(two, sheet)["error"] == "Rows cannot be brought in here now."


def test_tables_that_take_no_sheet_and_fields_that_are_not_there_are_refused(two: Sitting) -> None:
    assert "error" in bring(two, SHEET, field="nothing")
    stand(two)
    two.press(0, "pen:take")
    assert bring(two, SHEET)["error"] == "Rows cannot be brought in here now."
    assert bring(two, SHEET, field="list.rows")["error"] == "Rows cannot be brought in here now."


def test_the_page_is_told_what_the_table_can_do(two: Sitting) -> None:
    doc = two.fields(0)["rows"]
    assert (doc["control"], doc["import_rows"], doc["brief"]) == ("rows", True, ["name", "purpose"])


# -------------------------------------------------------------------------------------------------- rows with one tap


@pytest.mark.parametrize("wrapped", [False, True])
def test_rows_from_earlier_work_are_offered_until_the_table_holds_them(two: Sitting, *, wrapped: bool) -> None:
    carried = [{"name": "Bus", "usd_year": 100, "treats": "both"}, {"name": "Tutoring"}, {"usd_year": 5}, "odd"]

    class Carry:
        value = carried

    room = two.desks[0].room()
    given = Carry() if wrapped else carried
    room = replace(room, snapshot=replace(room.snapshot, carries={"responses_now": given}))
    asked = tables().step("list").field("rows")
    assert suggestions(room, asked, []) == [
        {"label": "Bus", "cells": {"name": "Bus", "usd": 100}},
        {"label": "Tutoring", "cells": {"name": "Tutoring"}},
    ]
    assert [one["label"] for one in suggestions(room, asked, [{"cells": {"name": "bus "}}])] == ["Tutoring"]
    bare = replace(room, snapshot=replace(room.snapshot, carries={}))
    assert suggestions(bare, asked, []) == []


def test_undecided_rows_with_a_good_hint_may_be_kept_all_at_once(two: Sitting) -> None:
    stand(two)
    hints = {"I1": "keep", "I2": "reshape", "I3": "keep_and_test"}
    room = two.desks[0].room()
    asked = tables().step("decide").field("rows")
    offered = bulk(room, asked, [{"row_id": "I2", "cells": {"reason": "Old"}}], hints)
    assert offered == {
        "label": "Keep these 2 as they are",
        "rows": {"I1": {"decision": "keep"}, "I3": {"decision": "keep"}},
    }
    decided = [{"row_id": row, "cells": {"decision": "grow"}} for row in ("I1", "I3")]
    one_left = bulk(room, asked, decided[:1], hints)
    assert one_left is not None
    assert one_left["label"] == "Keep this one as it is"
    assert bulk(room, asked, decided, hints) is None
    assert bulk(room, asked, [], room.hints("things")) is None


# --------------------------------------------------------------------------------------------------- boxes, merging


def told(sitting: Sitting, step_key: str, field: str) -> Doc:
    """What a merging table is told beside its columns, before there are ideas."""
    step = tables().step(step_key)
    return merging(sitting.desks[0].room(), step, step.field(field), (), [])


def test_boxes_know_how_many_lines_each_holds_and_ticks_how_many_are_wanted() -> None:
    step = tables().step("lines")
    assert (most_each(step, step.field("items")), most_each(step, step.field("merged"))) == (2, None)
    assert picked(step, step.field("items")) is None
    assert picked(step, step.field("merged")) == {"field": "test", "low": 1, "high": 3}


def test_everyone_s_own_rows_are_merged_and_none_is_added(two: Sitting) -> None:
    assert told(two, "lines", "merged") == {
        "proposals": [],
        "label_field": "item",
        "merged_field": "from",
        "origin_field": None,
        "group": "box",
        "added": None,
        "picked": {"field": "test", "low": 1, "high": 3},
        "aside_field": None,
        "aside": [],
        "reasons": [],
    }


def test_to_what_was_gathered_rows_may_be_added_that_say_so(two: Sitting) -> None:
    doc = told(two, "bones", "causes")
    assert (doc["added"], doc["origin_field"], doc["group"], doc["picked"]) == ({"from": "new"}, "from", "bone", None)


def test_candidates_are_merged_as_before(sqlite_store: Store, clock: Ticking) -> None:
    three = sit_down(sqlite_store, clock, 3, priority_setting())
    to_merging(three)
    doc = three.fields(0)["candidates"]
    assert (doc["label_field"], doc["merged_field"], doc["aside_field"]) == ("label", "merged_from", "set_aside")
    assert doc["proposals"][0]["cells"] == {"label": doc["proposals"][0]["label"], "about": "We see it every day"}
    assert "set_aside" not in three.fields(0)
    assert len(doc["reasons"]) > 1


# ------------------------------------------------------------------------------------------------------ rows to take


@pytest.fixture
def ending(two: Sitting) -> Sitting:
    stand(two)
    two.press(0, "pen:take")
    decided = [{"row_id": f"I{n}", "cells": {"decision": "release"}} for n in (1, 2, 3)]
    assert "saved_at" in two.submit(0, {"rows": decided})
    two.go()
    return two


def test_a_taken_row_that_is_whole_saves_by_itself_with_its_taker(ending: Sitting) -> None:
    ending.press(1, "row:take", "I2")
    mine = [{"row_id": "I2", "cells": {"first_step": "Tell the drivers", "thanks": "Never late"}}]
    (reply,) = ending.send(1, "rows", mine)
    assert reply["draft"] is False
    assert ending.snapshot.team_answer("ends", "rows") == [
        {"row_id": "I2", "cells": {"first_step": "Tell the drivers", "thanks": "Never late", "who": "M2"}}
    ]


def test_rows_that_nobody_took_hinder_nobody(ending: Sitting) -> None:
    ending.press(1, "row:take", "I2")
    half = {"row_id": "I3", "cells": {"thanks": "It was loud"}}
    whole = {"row_id": "I2", "cells": {"first_step": "Tell the drivers", "thanks": "Never late"}}
    assert "saved_at" in ending.submit(1, {"rows": [whole, half]})


def test_a_row_that_somebody_took_is_finished_or_given_back_first(ending: Sitting) -> None:
    ending.press(1, "row:take", "I2")
    ending.press(1, "row:take", "I3")
    half = {"row_id": "I3", "cells": {"thanks": "It was loud"}}
    whole = {"row_id": "I2", "cells": {"first_step": "Tell the drivers", "thanks": "Never late"}}
    reply = ending.submit(1, {"rows": [whole, half]})
    assert [(p["row"], p["text"]) for p in reply["problems"]] == [("I3", "‘Gym’: fill in first step.")]
    ending.press(1, "row:leave", "I3")
    assert "saved_at" in ending.submit(1, {"rows": [whole, half]})


def test_at_least_one_row_is_taken(ending: Sitting) -> None:
    reply = ending.submit(0, {"rows": []})
    assert [p["text"] for p in reply["problems"]] == ["Fill in 1 more row (at least 1)."]


def test_the_page_is_told_the_numbers_of_its_new_rows_with_the_answer_and_with_the_next_view(two: Sitting) -> None:
    typed: list[dict[str, Any]] = [{"row_id": "abcdefgh", "cells": {"name": "Bus"}}]
    (reply,) = two.send(0, "rows", typed)
    assert reply["numbers"] == {"abcdefgh": "I1"}
    assert reply["value"] == [{"row_id": "I1", "cells": {"name": "Bus"}}]
    two.look(0)
    field = two.fields(0)["rows"]
    assert (field["numbers"], field["value"]) == ({"abcdefgh": "I1"}, reply["value"])
    assert two.fields(1)["rows"]["numbers"] == {}
    typed[0]["cells"]["purpose"] = "To school"
    (again,) = two.send(0, "rows", typed)
    assert again["value"] == [{"row_id": "I1", "cells": {"name": "Bus", "purpose": "To school"}}]


def test_what_the_law_asks_for_is_refused_at_once_and_for_everybody_while_it_stands(
    sqlite_store: Store, clock: Ticking
) -> None:
    two = sit_down(sqlite_store, clock, 2, tables(LAW))
    two.go()
    listed = [{"row_id": f"I{n}", "cells": {"name": name, "kind": kind}} for n, name, kind in KINDS]
    assert "saved_at" in two.submit(0, {"rows": listed})
    two.go()
    told = {"row": "I1", "column": "decision", "text": "This is required by law."}
    (reply,) = two.send(0, "rows", [{"row_id": "I1", "cells": {"decision": "release"}}])
    assert reply["refused"] == [told]
    for who in (0, 1):
        two.look(who)
        assert two.fields(who)["rows"]["refused"] == [told]
    (reply,) = two.send(0, "rows", [{"row_id": "I1", "cells": {"decision": "keep"}}])
    assert reply["refused"] == []
    two.look(1)
    assert two.fields(1)["rows"]["refused"] == []
