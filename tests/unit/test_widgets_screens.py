"""The screens beside the steps."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from export_cases import MEMBERS, START, answer, demo, session, small, table
from rooms import acted, here, room, upto
from screened import BACK, labels, opened, own_pace, step_of, texts, words

from mira_workbook.widgets import calendar, endings, screens
from mira_workbook.widgets.attribution import attribution_line
from mira_workbook.widgets.choices import Choices
from mira_workbook.widgets.view import page


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
