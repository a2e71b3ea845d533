"""What a session builds on, on the board of who leads: in the foot, beside the fields, and looked at again."""

from typing import Any

import pytest
from boards import Hall, hall
from chain import SECOND, THIRD, book
from desks import Sitting
from teams import SENTENCE, At, first_done
from tiny import Ticking

from mira_workbook.errors import RightError
from mira_workbook.rules import moves
from mira_workbook.rules.needs import type_in
from mira_workbook.store import NewTeam, Store

LATER = "Every student in our grades reads by the fall"
CAUSE = "Groups start late because calls cut in"


def go_on(at: At, clock: Ticking, raw: dict[str, Any], pace: Any = "led") -> Hall:
    opened = at.store.open_meeting(book(raw), [NewTeam("", team_id=at.session.team_id)], pace=pace)
    sitting = Sitting(at.store, clock, opened.sessions[0])
    for member in at.store.roster(sitting.session.id):
        sitting._sit(member.id, member.key)
    made = Hall(at.store, clock, opened.meeting.code, [sitting])
    made.board = made.seat()
    return made


@pytest.fixture
def first(sqlite_store: Store) -> At:
    return first_done(sqlite_store)


def test_the_foot_bears_the_priority_that_was_handed_on_and_the_cause_once_it_is_known(
    first: At, clock: Ticking
) -> None:
    board = go_on(first, clock, THIRD)
    assert board.look()["foot"]["left"] == f"Priority: {SENTENCE}"
    typed = type_in({"root.current": CAUSE}, leads=True)
    first.store.type_carries(
        first.store.take_seat("x", board.teams[0].session.id, "facilitator"), typed, board.teams[0].session.id
    )
    board.press("next")
    assert board.look()["foot"]["left"] == f"Priority: {SENTENCE} · Cause: {CAUSE}"


def test_without_it_the_foot_says_that_it_is_not_known(sqlite_store: Store, clock: Ticking, first: At) -> None:
    sqlite_store.turn_cycle(first.session.id)
    board = go_on(first, clock, SECOND)
    assert board.look()["foot"]["left"] == "Priority: not known yet"
    board.press("next")
    assert board.look()["foot"]["left"] == "Priority: not known yet"


def test_board_and_wall_show_it_where_the_step_is_built_on_it(first: At, clock: Ticking) -> None:
    board = go_on(first, clock, SECOND)
    board.press("next")
    told = {
        "kind": "own",
        "label": "Our one priority",
        "lines": [SENTENCE, "from First things, May 2, 2025"],
    }
    assert told in board.look()["centre"]["blocks"]
    wall = board.seat("present").refresh()
    assert told in wall["centre"]["blocks"]


def test_who_leads_is_told_that_it_changed_and_takes_the_newer_words(first: At, clock: Ticking) -> None:
    board = go_on(first, clock, SECOND)
    board.press("next")
    assert [one["id"] for one in board.look()["lines"]] == ["undo"]
    first.team("sentence", {"text": LATER})
    line = next(one for one in board.look()["lines"] if one["id"] == "changed")
    assert line["text"] == "This was built on an earlier version of First things. Look again?"
    dialog = line["buttons"][0]["dialog"]
    assert dialog["text"] == f"We built on: {SENTENCE}. It says now: {LATER}. Our answers stay as they are."
    assert [(b["id"], b["label"]) for b in dialog["buttons"]] == [
        ("newer:priority.current:2", "Go on with the newer words"),
        ("close", "Not now"),
    ]
    board.press("newer:priority.current:2")
    assert board.look()["foot"]["left"] == f"Priority: {LATER}"
    assert all(one["id"] != "changed" for one in board.look()["lines"])
    # Phones of a led room are not asked.
    assert board.teams[0].lines(0) == []


def test_only_who_leads_may_take_the_newer_words(first: At, clock: Ticking) -> None:
    board = go_on(first, clock, SECOND)
    board.press("next")
    first.team("sentence", {"text": LATER})
    looks_on = board.seat(role="coach")
    with pytest.raises(RightError):
        looks_on.doors.look_again("priority.current", 2, board.teams[0].session.id)
    assert board.teams[0].snapshot.carries["priority.current"]["text"] == SENTENCE
    assert "error" not in board.tap("newer:nonsense")
    assert "error" not in board.tap("newer:priority.current:99999999999")


def test_a_closed_cycle_says_so_on_the_board(first: At, clock: Ticking) -> None:
    board = go_on(first, clock, SECOND)
    board.teams[0].lead(moves.lead("go"))
    first.store.turn_cycle(first.session.id)
    (line,) = [one for one in board.look()["lines"] if one["id"] == "cycle_closed"]
    assert line["text"] == "This priority's work is closed. You can read it, but nothing more is taken."
    assert "closed" in board.tap("next")["error"]


def test_at_the_end_the_board_leads_to_the_workbook_that_comes_next(sqlite_store: Store, clock: Ticking) -> None:
    board = hall(sqlite_store, clock, (2,))
    board.press("end")
    centre = board.look()["centre"]
    assert "What comes next: Root-cause Coaching · about 100 min" in [block.get("text") for block in centre["blocks"]]
    assert centre["buttons"][-1]["label"] == "Set it up for Tupelo Branch"
    assert centre["buttons"][-1]["href"] == "/setup?workbook=root_cause_coaching&team=tupelo-branch"
