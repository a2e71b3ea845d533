"""The buttons and lines that move a session, and the pen."""

from dataclasses import replace

import pytest
from export_cases import MEMBERS, START, answer, session, small
from rooms import acted, here, room, upto
from screened import labels, opened, step_of, words

from mira_workbook.records import Snapshot
from mira_workbook.widgets.choices import Choices, Knocking
from mira_workbook.widgets.going import go_buttons, missing_buttons, move_words, pen, pens, waiting_words
from mira_workbook.widgets.lines import lines
from mira_workbook.widgets.room import Room


def test_results_are_offered_when_enough_are_in_and_pressed_for_when_all_are() -> None:
    assert go_buttons(room(opened("own", responses=words("M1", "M2")))) == []
    assert labels(go_buttons(room(opened("own", responses=words("M1", "M2", "M3"))))) == [("go", "Show results", True)]


def test_after_the_results_the_next_step_has_its_title_on_the_button() -> None:
    now = acted(opened("own", responses=words("M1", "M2", "M3")), "reveal", "own")
    assert labels(go_buttons(room(now))) == [("go", "Next: List", True)]


def test_while_the_team_writes_moving_on_is_not_the_main_thing() -> None:
    assert labels(go_buttons(room(opened("own", "list")))) == [("go", "Next: Order", False)]


def test_who_is_ready_or_sees_the_countdown_has_no_button() -> None:
    now = opened("own", "list")
    assert go_buttons(room(acted(now, "ready", "list", member="M1"))) == []
    assert labels(go_buttons(room(acted(now, "ready", "list", member="M2")))) == [("go", "Next: Order", False)]
    assert go_buttons(room(acted(now, "close", "list", to="go"))) == []


def test_a_led_room_and_one_that_has_ended_have_no_button() -> None:
    led = here(acted(session(small(), (), ()), "open", "list"))
    assert go_buttons(room(led)) == []
    assert go_buttons(room(acted(opened("own", "list"), "end"))) == []


def test_the_button_says_what_comes() -> None:
    at = room(opened("own"))
    assert [move_words(at, to) for to in ("show", "again", "go", "end")] == [
        "Show results",
        "Vote once more",
        "Next: List",
        "Finish",
    ]


# ---------------------------------------------------------------- waiting


def said(now: Snapshot, step: str, me: str = "M1") -> list[str]:
    at = room(now, me)
    return [block["text"] for block in waiting_words(at, step_of(at, step))]


def test_who_is_ready_reads_how_many_are() -> None:
    now = acted(opened("own", "list"), "ready", "list", member="M1")
    assert said(now, "list") == ["1 of 3 want to go on. At 2 we go."]
    assert said(now, "list", "M2") == []


def test_answers_without_names_wait_for_five_or_in_a_small_team_for_all_ticks() -> None:
    word = [answer("bye", "word", "anon_1", "thanks", author_kind="anon")]
    book = small()
    steps = tuple(
        s.model_copy(update={"fields": tuple(f.model_copy(update={"required": True}) for f in s.fields)})
        if s.key == "bye"
        else s
        for s in book.steps
    )
    now = replace(opened("bye", responses=word), workbook=book.model_copy(update={"steps": steps}))
    assert said(now, "bye") == [
        "Your team is small, so results need everyone’s answer and everyone’s tick. 0 of 3 have ticked."
    ]
    more = tuple(replace(MEMBERS[0], id=i, key=f"M{i}", joined_at=START) for i in range(1, 6))
    assert said(replace(now, members=more), "bye") == [
        "We show results once 5 people have answered, so nobody can be singled out. 1 is in."
    ]


def test_somebody_missing_can_be_left_out_and_brought_back() -> None:
    now = opened("own", responses=words("M1"))
    away = (now.members[0], replace(now.members[1], excused_at=START), now.members[2])
    at = room(replace(now, members=away))
    assert labels(missing_buttons(at, step_of(at, "own"))) == [
        ("excuse:M3", "Grace Yoon is not here", False),
        ("back:M2", "Lena Marsh is here after all", False),
    ]


# ---------------------------------------------------------------- lines


def told(at: Room) -> list[tuple[str, str, str, list[str]]]:
    return [(one["id"], one["mark"], one["text"], [b["id"] for b in one["buttons"]]) for one in lines(at)]


def test_a_move_can_be_undone_for_a_minute() -> None:
    now = opened("own")
    assert told(room(now, seconds=60)) == [("undo", "", "We went on to “Own”.", ["undo"])]
    assert told(room(now, seconds=61)) == []
    shown = acted(now, "reveal", "own")
    late = ("late:own", "~", "Closed at 3:02. You can still send yours; it is marked late.", ["late:own"])
    assert told(room(shown)) == [("undo", "", "Results are shown.", ["undo"]), late]
    assert told(room(acted(shown, "end"))) == [("undo", "", "We moved on.", ["undo"])]


def test_the_countdown_takes_the_place_of_undo() -> None:
    now = acted(opened("own"), "close", "own", to="show")
    assert told(room(now)) == [("closing", "~", "Finishing in 10 s. What you have typed is kept.", ["wait"])]


def test_somebody_at_the_door_and_a_note_to_me_stand_below() -> None:
    at = room(opened("own"), seconds=100, knocking=[Knocking(7, "Grace Yoon")], choices=Choices(note="Noted."))
    assert told(at) == [
        ("knock:7", "?", "Grace Yoon wants in on a second device.", ["admit:7"]),
        ("note", "i", "Noted.", []),
    ]


# ---------------------------------------------------------------- the pen


@pytest.mark.parametrize(
    ("done", "mine", "text", "buttons"),
    [
        ([], False, "Nobody holds the pen.", ["pen:take"]),
        ([("pen", "M1")], True, "You hold the pen.", ["pen:pass"]),
        ([("pen", "")], False, "Nobody holds the pen.", ["pen:take"]),
        ([("pen", "M2")], False, "Marcus Bell holds the pen.", ["pen:take"]),
        ([("pen", "M2"), ("pen_ask", "M1")], False, "You asked for the pen.", []),
        ([("pen", "M1"), ("pen_ask", "M2")], True, "Marcus Bell asks for the pen.", ["pen:give", "pen:keep"]),
        ([("pen", "M1"), ("pen_ask", "M2"), ("pen_keep", "M1")], True, "You hold the pen.", ["pen:pass"]),
    ],
)
def test_the_pen_says_who_writes_and_how_to_get_it(
    done: list[tuple[str, str]], *, mine: bool, text: str, buttons: list[str]
) -> None:
    now = acted(upto("sort"), "open", "talk")
    for kind, member in done:
        now = acted(now, kind, "talk", member=member)
    at = room(now)
    doc = pen(at, step_of(at, "talk"))
    assert (doc["mine"], doc["text"], [b["id"] for b in doc["buttons"]]) == (mine, text, buttons)


def test_where_everybody_writes_or_one_is_alone_there_is_no_pen() -> None:
    at = room(upto("park"))
    assert pens(at, step_of(at, "park")) == {}
    alone = room(replace(upto("talk"), members=upto("talk").members[:1]))
    assert pens(alone, step_of(alone, "talk")) == {}
