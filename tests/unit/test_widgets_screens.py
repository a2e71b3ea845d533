"""The screens beside the steps, and the buttons and lines that move a session."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from export_cases import MEMBERS, START, answer, demo, session, small, table
from rooms import acted, here, room, upto

from mira_workbook.records import Snapshot
from mira_workbook.widgets import calendar, endings, screens
from mira_workbook.widgets.attribution import attribution_line
from mira_workbook.widgets.choices import Choices, Knocking
from mira_workbook.widgets.going import go_buttons, missing_buttons, move_words, pen, pens, waiting_words
from mira_workbook.widgets.lines import lines
from mira_workbook.widgets.room import Room
from mira_workbook.widgets.view import page

BACK = {"id": "menu:back", "label": "Back to the open step", "main": True, "hint": ""}


def own_pace(now: Snapshot) -> Snapshot:
    return replace(now, meeting=replace(now.meeting, pace="own"))


def opened(*steps: str, responses: Any = (), come: bool = True) -> Snapshot:
    """Three people in a small workbook, with these steps opened one after the other."""
    now = own_pace(session(small(), (), responses))
    for step in steps:
        now = acted(now, "open", step)
    return here(now) if come else now


def words(*who: str) -> list[Any]:
    return [answer("own", "words", key, f"words of {key}") for key in who]


def texts(doc: Any) -> list[str]:
    return [block["text"] for block in doc["blocks"]]


def labels(buttons: list[Any]) -> list[tuple[str, str, bool]]:
    return [(b["id"], b["label"], b["main"]) for b in buttons]


def step_of(at: Room, key: str) -> Any:
    return at.snapshot.workbook.step(key)


# ---------------------------------------------------------------- arriving


def lobby_of(present: int, come: int) -> Any:
    members = tuple(replace(m, joined_at=START if i < come else None) for i, m in enumerate(MEMBERS[:present]))
    return screens.lobby(room(own_pace(session(small(), (), (), members=members))))


def test_who_arrives_reads_who_is_here_and_what_we_will_do() -> None:
    doc = lobby_of(3, 2)
    assert doc["title"] == "You are in, Dana."
    assert texts(doc) == [
        "Put your phone down and say hello.",
        "2 of 3 here",
        "One more is on the way.",
        "What we will do",
        "Leave with one idea.",
        "It takes about 20 minutes.",
    ]
    assert labels(doc["buttons"]) == [("go", "Start: Own", True)]


def test_when_all_are_here_nobody_is_on_the_way() -> None:
    assert texts(lobby_of(3, 3))[:3] == ["Put your phone down and say hello.", "3 of 3 here", "What we will do"]
    assert texts(lobby_of(3, 1))[2] == "2 more are on their way."


def test_who_is_alone_is_not_told_to_say_hello() -> None:
    assert texts(lobby_of(1, 1))[:2] == ["Take a breath. We go step by step.", "What we will do"]


def test_in_a_led_room_nobody_starts_from_the_lobby() -> None:
    assert screens.lobby(room(here(session(small(), (), ()))))["buttons"] == []


# ---------------------------------------------------------------- today, my answers, my link


def test_today_says_where_we_are_and_what_is_done() -> None:
    doc = screens.today(room(acted(upto("candidates"), "open", "sort")))
    assert doc["title"] == "Today"
    assert doc["blocks"] == [
        {
            "kind": "list",
            "items": [
                "Part 1 of 5 · Each role · done",
                "Part 2 of 5 · The list · here\nAdd and merge · First, focus, watch",
                "Part 3 of 5 · The talk",
                "Part 4 of 5 · The sentence",
                "Part 5 of 5 · Make room",
            ],
        },
        {"kind": "text", "text": "We end at 4:41."},
    ]
    assert doc["buttons"] == [BACK]


def test_my_answers_hold_mine_step_by_step_and_nobody_elses() -> None:
    given = [*words("M1", "M2"), answer("rank", "order", "M1", ["C2", "C1"])]
    now = opened("own", "list", responses=[*given, answer("rank", "ok", "M1", True)])
    pinned = {"ideas": [["C1", "Alpha"], ["C2", "Beta"]]}
    doc = screens.my_answers(room(acted(now, "open", "rank", lists=pinned)))
    assert doc == {
        "title": "My answers",
        "blocks": [
            {"kind": "own", "label": "Own", "lines": ["words of M1"]},
            {"kind": "own", "label": "Order", "lines": ["1. Beta", "2. Alpha", "I can live with it"]},
        ],
        "buttons": [BACK],
    }


def test_a_second_answer_stands_under_its_own_heading() -> None:
    blocks = screens.my_answers(room(demo(), "M3"))["blocks"]
    hands = {b["label"]: b["lines"] for b in blocks if b["label"].startswith("All hands")}
    assert hands == {
        "All hands": ["2 · I have worries", "Say in the sentence or plan that teacher load goes down, not up."],
        "All hands · 2": ["3 · I can live with it and will help"],
    }


def test_who_sent_nothing_reads_so_and_may_keep_what_comes() -> None:
    assert screens.my_answers(room(opened("own")))["blocks"] == [{"kind": "text", "text": "Nothing sent yet."}]
    doc = screens.my_answers(room(opened("own"), choices=Choices(link="https://x.example/r/abc")))
    assert texts(doc) == ["Nothing sent yet.", "To keep or print them, open this page:", "https://x.example/r/abc"]
    assert doc["blocks"][2]["kind"] == "link"


def test_my_own_link_is_told_to_be_kept_to_oneself() -> None:
    doc = screens.own_link(room(opened("own"), choices=Choices(link="https://x.example/r/abc")))
    told = "Your own link brings you back here on any device. Keep it to yourself."
    assert texts(doc) == [told, "https://x.example/r/abc"]
    assert (doc["title"], doc["buttons"]) == ("Keep my own link", [BACK])


# ---------------------------------------------------------------- the end


def comes_next(team: str) -> list[dict[str, str]]:
    """The two lines on what comes next, on a computer without our server."""
    return [
        {"kind": "heading", "text": "What comes next: Root-cause Coaching · about 100 min"},
        {"kind": "text", "text": f"Open the notebook “root_cause_coaching” and choose “Go on with {team}”."},
    ]


ADD = {"id": "add:contribute_release", "label": "Add a task", "main": False}


def test_the_end_shows_the_sentence_whose_ideas_are_in_it_and_my_part() -> None:
    doc = endings.ended(room(demo(), "M8"))
    (asked,) = doc.pop("pages")[0]["fields"]
    assert (asked["label"], asked["required"]) == ("One word for how you leave", False)
    assert doc.pop("submit") == {"label": "Send my word", "busy": False}
    assert doc == {
        "title": "Our one priority",
        "blocks": [
            {"kind": "big", "text": "More of our grade 1-3 students can decode on level by spring"},
            {"kind": "text", "text": "Your idea “Reading groups missed on Mondays” is in it.", "mark": "✓"},
            {"kind": "text", "text": "7 of 8 people’s ideas are in it."},
            {
                "kind": "own",
                "label": "Your part",
                "lines": ["I will bring attendance for grades 1 to 3 to the weekly look"],
            },
            {
                "kind": "own",
                "label": "You let go",
                "lines": [
                    "Count and store test materials (60 min a week)",
                    "Lunch duty every day (60 min a week)",
                ],
            },
            {"kind": "text", "text": "Next: May 30, 2025"},
            calendar.to_keep(
                "Add the date to my calendar",
                "K7M4QX-tupelo-branch@mira-workbook",
                date(2025, 5, 30),
                "We look again: More of our grade 1-3 students can decode on level by spring",
                demo().acts[-1].at,
            ),
            *comes_next("Tupelo Branch Elementary"),
            {"kind": "text", "text": "That is all for today. Thank you."},
        ],
        "buttons": [
            {**ADD, "hint": "You can add a task until May 21, 2024."},
            {"id": "menu:answers", "label": "My answers", "main": False, "hint": ""},
        ],
    }


def test_a_day_becomes_a_calendar_file_with_long_lines_folded() -> None:
    doc = calendar.to_keep(
        "Add", "K7M-4QX-lincoln@mira-workbook", date(2025, 5, 30), "We look again: é; " + "a, b " * 14, START
    )
    assert (doc["name"], doc["type"]) == ("K7M-4QX-lincoln.ics", "text/calendar")
    lines = doc["text"].split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[4:8] == [
        "UID:K7M-4QX-lincoln@mira-workbook",
        f"DTSTAMP:{START:%Y%m%dT%H%M%SZ}",
        "DTSTART;VALUE=DATE:20250530",
        "DTEND;VALUE=DATE:20250531",
    ]
    assert doc["text"].replace("\r\n ", "").split("\r\n")[8] == "SUMMARY:We look again: é\\; " + "a\\, b " * 14


def test_the_end_shows_the_sentence_as_it_was_changed() -> None:
    changed = "More students decode, and no teacher carries more"
    now = replace(demo(), responses=(*demo().responses, answer("adjust", "sentence", "TEAM", changed)))
    assert endings.ended(room(now))["blocks"][0] == {"kind": "big", "text": changed}


def test_an_end_without_a_sentence_is_still_kind() -> None:
    doc = endings.ended(room(acted(replace(upto("open"), responses=()), "end")))
    assert doc["blocks"] == [
        {"kind": "own", "label": "Your part", "lines": ["Nothing yet."]},
        {"kind": "own", "label": "You let go", "lines": ["Nothing yet."]},
        *comes_next(upto("open").team.name),
        {"kind": "text", "text": "That is all for today. Thank you."},
    ]


# ---------------------------------------------------------------- the button that moves on


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


def test_my_answers_hold_rows_of_a_table_in_one_line_each() -> None:
    notes = answer("own", "notes", "M1", table({"": "R1", "note": "paper", "cost": 12.5}, {"": "R2", "note": "glue"}))
    blocks = screens.my_answers(room(opened("own", responses=[notes])))["blocks"]
    assert blocks == [{"kind": "own", "label": "Own", "lines": ["paper · 12.5 USD", "glue"]}]


# ---------------------------------------------------------------- cards, and who comes late


def test_the_lobby_shows_a_card_of_the_workbook_with_who_said_it() -> None:
    now = own_pace(demo(steps=0))
    assert [b for b in screens.lobby(room(here(now)))["blocks"] if b["kind"] == "cards"] == [
        {
            "kind": "cards",
            "cards": [
                {
                    "title": "",
                    "text": "something that comes before all other things",
                    "by": "as stated by Mira Education",
                }
            ],
        }
    ]


def test_who_comes_late_is_welcomed_until_something_is_sent() -> None:
    now = opened("own")
    late = replace(
        now, members=(*now.members[:-1], replace(now.members[-1], joined_at=now.acts[-1].at + timedelta(seconds=1)))
    )
    me = late.members[-1]
    welcome = (
        "Welcome, "
        + me.name.split(" ")[0]
        + ". We are in part 1. You can join in from here. Nothing before this is asked of you."
    )
    assert [one["text"] for one in page(room(late, me.key))["lines"] if one["id"] == "welcome"] == [welcome]
    assert [one for one in page(room(late, late.members[0].key))["lines"] if one["id"] == "welcome"] == []
    sent = replace(late, responses=tuple(words(me.key)))
    assert [one for one in page(room(sent, me.key))["lines"] if one["id"] == "welcome"] == []


def test_a_step_that_only_the_facilitator_signs_says_what_the_wall_shows() -> None:
    told = {}
    for key in ("role_reveal", "consent"):
        at = room(upto(key, shown_too=False))
        step = step_of(at, key)
        told[key] = attribution_line(at, step, step.fields[0])
    assert told == {
        "role_reveal": "Your facilitator can see your name. The wall shows numbers only.",
        "consent": "Your facilitator can see your name. The wall shows hands only.",
    }
