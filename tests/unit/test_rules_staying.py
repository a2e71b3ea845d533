"""What is still taken after the end: for seven days, from whoever let nothing go."""

from datetime import date, timedelta
from typing import Any

import pytest
from desks import Sitting, priority_setting, sit_down
from hypothesis import given
from hypothesis import strategies as st
from tiny import Ticking

from mira_workbook.errors import MiraError, SessionClosed, StepLocked
from mira_workbook.records import Entry, NewAct
from mira_workbook.rules import led
from mira_workbook.rules.staying import last_day, only_adds, open_until
from mira_workbook.store import Store

DAYS = 24 * 3600
TASK: list[dict[str, Any]] = [
    {
        "row_id": "r0000001",
        "cells": {
            "task": "Copy and file",
            "min_week": 150,
            "needs_my_expertise": "no",
            "action": "shrink",
            "released_min": 100,
        },
    }
]
PART = "I will run two groups each morning"
ADDED = ["Nothing yet.", "You can add a task until May 9, 2025."]


@pytest.fixture
def room(store: Store, clock: Ticking) -> Sitting:
    """Three people at the end of a session: the first has let a task go, the others have sent nothing."""
    made = sit_down(store, clock, 3, priority_setting(), pace="led")
    made.store.act(None, lambda *_: [NewAct("open", "contribute_release")], made.session.id)
    made.desks[0].doors.record(
        Entry("contribute_release", 1, "first", {"contribution": PART, "fit": 3, "release": TASK})
    )
    made.lead(led.end())
    made.wait(61)
    return made


def let_go(room: Sitting, who: int) -> list[str]:
    return next(b["lines"] for b in room.look(who)["blocks"] if b.get("label") == "You let go")


def buttons(room: Sitting, who: int) -> list[str]:
    return [b["label"] for b in room.look(who)["buttons"]]


def record(room: Sitting, who: int, **values: Any) -> str:
    """What a save is told; "" where it is taken."""
    try:
        room.desks[who].doors.record(
            Entry("contribute_release", 1, f"save-{who}-{len(room.snapshot.responses)}", values)
        )
    except MiraError as error:
        return str(error)
    return ""


def test_who_let_nothing_go_may_add_a_task_for_seven_days(room: Sitting) -> None:
    assert let_go(room, 0) == ["Copy and file (100 min a week)"]
    room.wait(6 * DAYS)
    assert let_go(room, 1) == ADDED
    assert buttons(room, 1) == ["Add a task", "My answers"]
    room.press(1, "add:contribute_release")
    page = room.look(1)
    assert [f["field"] for one in page["pages"] for f in one["fields"]] == ["release"]
    assert [b["label"] for b in page["buttons"]] == ["Back"]
    assert (page["do"], page["bar"]["time"]) == ("", "done")
    room.send(1, "release", TASK)
    assert "saved_at" in room.submit(1, {"release": TASK})
    assert let_go(room, 1) == ["Copy and file (100 min a week)"]
    late = [(r.author, r.field, r.late) for r in room.snapshot.responses if r.author == "M2"]
    assert late == [("M2", "release", True)]


def test_on_the_day_itself_the_whole_step_comes_back(room: Sitting) -> None:
    room.press(1, "add:contribute_release")
    page = room.look(1)
    assert [f["field"] for one in page["pages"] for f in one["fields"]] == ["contribution", "fit", "release"]


def test_one_may_go_back_without_adding(room: Sitting) -> None:
    room.wait(2 * DAYS)
    room.press(1, "add:contribute_release")
    room.press(1, "menu:back")
    assert room.look(1)["key"] == "ended"


def test_nothing_but_that_field_is_taken_and_nothing_changed_or_taken_back(room: Sitting) -> None:
    room.wait(2 * DAYS)
    over = "This meeting has ended, and the time to send what was left is over. Your draft is kept."
    assert record(room, 1, contribution=PART) == over
    assert record(room, 1, contribution=PART, release=TASK) == over
    assert record(room, 1) == over
    assert record(room, 0, release=TASK) == over
    assert record(room, 0, release=more(TASK, "Lunch duty"), contribution=PART) == over
    with pytest.raises(StepLocked):
        room.desks[0].doors.record(Entry("contribute_release", 1, "back", {"release": None}, state="withdrawn"))
    with pytest.raises(StepLocked):
        room.desks[1].doors.record(Entry("contribute_release", 2, "round", {"release": TASK}))
    assert record(room, 1, release=TASK) == ""
    assert record(room, 1, release=TASK) == over


def test_after_seven_days_nothing_is_offered_and_nothing_taken(room: Sitting) -> None:
    room.wait(8 * DAYS)
    assert let_go(room, 1) == ["Nothing yet."]
    assert buttons(room, 1) == ["My answers"]
    room.press(1, "add:contribute_release")
    assert room.look(1)["key"] == "ended"
    assert record(room, 1, release=TASK).startswith("This meeting has ended")


def test_once_the_cycle_is_closed_nothing_is_taken(room: Sitting) -> None:
    room.store.close_cycle(room.snapshot.team.id, 1)
    with pytest.raises(SessionClosed):
        room.desks[1].doors.record(Entry("contribute_release", 1, "closed", {"release": TASK}))


def test_only_what_bears_names_stays_open(room: Sitting) -> None:
    book = room.snapshot.workbook
    step = book.step("contribute_release")
    asked = step.field("release")
    until = open_until(room.snapshot.meeting, room.stage, step, asked)
    assert until is not None
    assert last_day(room.snapshot.meeting, until) == date(2025, 5, 9)
    for how in ("anonymous", "none", "role", "facilitator_only", "coach"):
        kept = asked.model_copy(update={"attribution": how})
        assert open_until(room.snapshot.meeting, room.stage, step, kept) is None
    assert open_until(room.snapshot.meeting, room.stage, step, step.field("fit")) is None
    assert until - room.stage.ended_at > timedelta(days=7)  # type: ignore[operator]


# ---------------------------------------------------------------------------------------------------- one task more


def task(name: str) -> dict[str, Any]:
    return {"row_id": f"r-{name}", "cells": {**TASK[0]["cells"], "task": name}}


def more(rows: list[Any], *names: str) -> list[Any]:
    return [*rows, *map(task, names)]


def stands(room: Sitting, who: str) -> tuple[list[str], bool]:
    (found,) = [r for r in room.snapshot.responses if (r.author, r.field) == (who, "release")]
    return [row["cells"]["task"] for row in found.value], found.late


def test_who_let_one_task_go_may_add_others_up_to_three(room: Sitting) -> None:
    room.wait(6 * DAYS)
    (add,) = [b for b in room.look(0)["buttons"] if b["label"] == "Add a task"]
    assert add["hint"] == "You can add a task until May 9, 2025."
    room.press(0, "add:contribute_release")
    ((asked,),) = [page["fields"] for page in room.look(0)["pages"]]
    assert (asked["value"], asked["max"]) == (None, 2)
    room.send(0, "release", more([], "Lunch duty"))
    assert "saved_at" in room.submit(0, {"release": more([], "Lunch duty")})
    assert let_go(room, 0) == ["Copy and file (100 min a week)", "Lunch duty (100 min a week)"]
    assert stands(room, "M1") == (["Copy and file", "Lunch duty"], False), "what came in time stays in time"
    room.press(0, "add:contribute_release")
    assert room.fields(0)["release"]["value"] is None
    assert "saved_at" in room.submit(0, {"release": more([], "Hall duty")})
    assert buttons(room, 0) == ["My answers"]


def test_a_task_added_to_one_that_came_late_is_late_too(room: Sitting) -> None:
    room.wait(2 * DAYS)
    assert record(room, 1, release=TASK) == ""
    assert record(room, 1, release=more(TASK, "Lunch duty")) == ""
    assert stands(room, "M2") == (["Copy and file", "Lunch duty"], True)


def test_what_was_added_is_there_when_one_comes_back_to_add(room: Sitting) -> None:
    room.wait(2 * DAYS)
    room.press(0, "add:contribute_release")
    room.send(0, "release", more([], "Lunch duty"))
    again = room.reload(0)
    room.press(again, "add:contribute_release")
    assert [row["cells"]["task"] for row in room.fields(again)["release"]["value"]] == ["Lunch duty"]


ROWS = st.lists(st.sampled_from("abcdef").map(task), max_size=4, unique_by=lambda row: row["row_id"])


@given(stood=ROWS, sent=ROWS)
def test_rows_are_added_and_what_stood_is_neither_changed_nor_moved_nor_gone(stood: list[Any], sent: list[Any]) -> None:
    assert only_adds(stood, [*stood, *sent]) == bool(sent)
    taken = only_adds(stood, sent)
    assert taken == (sent[: len(stood)] == stood and len(sent) > len(stood))
    if taken:
        assert all(row in sent for row in stood)


@given(stood=ROWS.filter(bool), n=st.integers(0, 3), added=ROWS)
def test_a_cell_that_was_changed_makes_it_no_addition(stood: list[Any], n: int, added: list[Any]) -> None:
    row = stood[n % len(stood)]
    changed = [{**r, "cells": {**r["cells"], "min_week": 5}} if r == row else r for r in stood]
    assert not only_adds(stood, [*changed, *added])


def test_only_tables_are_added_to() -> None:
    assert not only_adds("one", "one and two")
    assert not only_adds([task("a")], None)
