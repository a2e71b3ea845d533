"""The run view, the lobby, the remote and the projector of one team: what they say, word by word."""

import json
from typing import Any

import pytest
from boards import Hall, buttons, hall, main
from desks import NAMES
from tiny import TINY, Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Entry
from mira_workbook.rules.guards import may_record
from mira_workbook.store import NewMember, Store, shown_code
from mira_workbook.widgets.controls import Doc

BOOK = Workbook.model_validate(TINY)


@pytest.fixture
def room(sqlite_store: Store, clock: Ticking) -> Hall:
    """Eight people, and somebody who leads."""
    made = hall(sqlite_store, clock, workbook=BOOK)
    made.here()
    return made


def send(room: Hall, *people: int, text: str = "The bell is too early") -> None:
    for who in people:
        room.teams[0].look(who)
        reply = room.teams[0].submit(who, {"seen": text})
        assert "saved_at" in reply, reply


def labels(buttons_of: list[Doc]) -> list[str]:
    return [one["label"] for one in buttons_of]


def line(view: Doc, key: str) -> dict[str, Any]:
    (found,) = [one for one in view["lines"] if one["id"] == key]
    return dict(found)


def test_the_lobby_says_who_is_here_who_is_missing_and_where_it_begins(room: Hall) -> None:
    room.store.add_member(room.teams[0].session.id, NewMember("Ida"))
    view = room.look()
    lobby = view["lobby"]
    assert view["key"] == "lobby:tupelo-branch"
    assert (lobby["count"], lobby["missing_text"], lobby["ends"]) == ("8 of 9 here", "not yet: Ida", "We end at 3:20.")
    assert lobby["here"] == list(NAMES)
    assert lobby["join_link"].endswith(f"/join/{lobby['code']}")
    assert labels(lobby["buttons"]) == ["Copy the link", "Print the packet", "Start: Think alone", "More…"]
    assert [one["label"] for one in lobby["buttons"] if one["main"]] == ["Start: Think alone"]
    assert (view["head"]["title"], view["head"]["sub"]) == ("Tupelo Branch · A tiny workbook", "starts 3:00")


def test_an_open_room_expects_nobody_by_name_before_the_first_has_come(sqlite_store: Store, clock: Ticking) -> None:
    made = hall(sqlite_store, clock, sizes=(0,), workbook=BOOK)
    boards = [made.look(), made.seat("present").refresh()]
    assert [board["lobby"]["count"] for board in boards] == ["0 here", "0 here"]
    remote = made.seat("remote").refresh()
    assert "0 here" in json.dumps(remote)
    assert "of 0" not in json.dumps([*boards, remote])


def test_a_warm_up_that_nobody_can_have_done_is_not_counted(sqlite_store: Store, clock: Ticking) -> None:
    made = hall(sqlite_store, clock, sizes=(0,))
    assert made.look()["lobby"]["warm"] is None
    made.store.add_member(made.teams[0].session.id, NewMember("Ida"))
    assert made.look()["lobby"]["warm"]["text"] == "Warm-up: 0 of 1 done."


def test_heads_down_it_counts_who_is_in_and_says_what_a_reveal_does(room: Hall) -> None:
    room.press("next")
    send(room, 0, 1, 2, 3, 4)
    room.here("idle", "idle", "idle", "idle", "idle", "typing", "quiet")
    room.wait(3)
    view = room.look()
    centre = view["centre"]
    assert centre["title"] == "Think alone"
    assert centre["do"] == "On phones."
    assert centre["count"]["text"] == "5 of 8 in · 1 writing · 1 quiet · 1 not started"
    assert [mark["state"] for mark in centre["count"]["marks"]] == ["in"] * 5 + ["writing", "quiet", "none"]
    assert centre["hint"] == "You can reveal now: 5 of 8 is enough. The other three get ten seconds to finish."
    assert labels(centre["buttons"]) == [
        "Show names for 10 seconds",
        "Ask all: need help?",
        "Reveal",
        "+1",
        "−1",
        "Pause all",
        "More…",
    ]
    assert main(view) == "Reveal"
    assert (centre["clock"]["text"], centre["clock"]["plain"]) == ("1:57", "about 1 min")
    assert view["foot"] == {"left": "Priority: not chosen yet", "right": "✓ Everything saved 3:00"}


def test_too_few_answers_are_shown_only_with_a_reason(room: Hall) -> None:
    room.press("next")
    send(room, 0, 1)
    view = room.look()
    reveal = next(one for one in view["centre"]["buttons"] if one["id"] == "show")
    assert (reveal["off"], reveal["why"]) == (True, "Reveal needs 4 answers; 2 are in.")
    anyway = next(one for one in view["centre"]["buttons"] if one["id"] == "anyway")["dialog"]
    assert anyway["title"] == "Reveal before enough are in?"
    assert anyway["text"] == "2 of 8 have answered. The others can still send, marked late. Why now?"
    assert labels(anyway["buttons"]) == ["Reveal anyway", "Wait"]
    assert room.tap("show")["error"] == "Showing results needs 4 answers; 2 are in."
    assert room.press("show", {"reason": "The bell rang"})["key"].endswith(":shown")


def test_a_countdown_can_be_stopped_or_carried_out_at_once(room: Hall) -> None:
    room.press("next")
    send(room, 0, 1, 2, 3, 4)
    room.here("idle", "idle", "idle", "idle", "idle", "typing", "typing")
    room.look()
    room.wait(3)
    closing = line(room.press("show"), "closing")
    assert closing["text"] == "Finishing in 10 s. What is typed is kept. Two people still typing."
    assert labels(closing["buttons"]) == ["Do it now", "Stop"]
    assert [one["id"] for one in room.press("halt")["lines"]] == ["undo"]
    room.press("show")
    room.wait(11)
    assert room.look()["key"].endswith(":shown")


def test_after_a_reveal_words_stand_one_by_one_and_undo_hides_them_again(room: Hall) -> None:
    room.press("next")
    for who in range(8):
        send(room, who, text=f"Bell number {who} is early")
    room.wait(61)
    view = room.press("show")
    assert main(view) == "Next: Whisper"
    assert {one["text"] for one in view["centre"]["entries"]} == {f"Bell number {who} is early" for who in range(8)}
    assert {one["who"] for one in view["centre"]["entries"]} == set(NAMES)
    assert [one["id"] for one in view["lines"]] == ["undo"]
    back = room.press("undo")
    assert (back["key"], back["centre"]["entries"]) == ("run:tupelo-branch:think:1:collect", [])
    assert labels(line(back, "redo")["buttons"]) == ["Do it again after all"]
    assert room.press("redo")["key"] == "run:tupelo-branch:think:1:shown"


def test_a_line_is_covered_or_kept_beside_and_the_wall_follows(room: Hall) -> None:
    room.press("next")
    for who in range(8):
        send(room, who, text=f"Bell number {who} is early")
    view = room.press("show")
    first, second = view["centre"]["entries"][:2]
    room.press(f"cover:{first['id']}")
    view = room.press(f"pin:{second['id']}")
    assert next(one for one in view["centre"]["entries"] if one["id"] == first["id"])["covered"]
    assert [one["text"] for one in view["side"]["pins"]] == [second["text"]]
    wall = room.seat("present").refresh()
    assert first["text"] not in json.dumps(wall)
    assert len(wall["centre"]["entries"]) == 7
    assert room.press(f"unpin:{second['id']}")["side"]["pins"] == []


def test_hidden_answers_leave_board_and_wall(room: Hall) -> None:
    room.press("next")
    send(room, *range(8))
    room.press("show")
    view = room.press("hide")
    assert view["centre"]["blocks"] == [{"kind": "text", "text": "Hidden for now. Nothing that was written is lost."}]
    assert "Show again" in labels(view["centre"]["buttons"])
    wall = room.seat("present").refresh()
    assert wall["centre"]["blocks"] == [{"kind": "text", "text": "Hidden for now. Your answers are kept."}]
    assert "bell" not in json.dumps([view, wall])


def test_minutes_run_over_and_cuts_are_offered_with_the_new_end(room: Hall) -> None:
    room.press("next")
    room.wait(9 * 60)
    view = room.look()
    assert view["head"]["over"]
    assert view["head"]["ends"] == "We end at 3:24 · 4 min over"
    made = view["head"]["buttons"][0]["dialog"]
    assert made["title"] == "Make up 4 minutes"
    assert [(one["label"], one["help"]) for one in made["options"]] == CUTS
    assert room.press("cut", {"option": "later"})["head"]["ends"] == "We end at 3:24"


CUTS = [
    ("“Agree” waits for the review date", "We end at 3:21"),
    ("End at 3:24", "We end at 3:24"),
]


def test_names_stand_for_ten_seconds_only_after_somebody_asked(room: Hall) -> None:
    room.press("next")
    send(room, *range(6))
    assert room.look()["centre"]["names"] is None
    room.here()
    assert room.press("names")["centre"]["names"] == {"text": "Not started: Gus and Hal."}
    room.wait(11)
    assert room.look()["centre"]["names"] is None


def test_who_asked_for_help_keeps_asking_until_help_is_there(room: Hall) -> None:
    room.press("next")
    room.here("help")
    room.wait(3)
    room.here("idle")
    view = room.look()
    assert line(view, "help")["text"] == "1 person needs help."
    assert view["announce"] == "1 person needs help."
    room.press("names")
    assert line(room.look(), "help")["text"] == "Needs help: Ana."
    assert [one["id"] for one in room.press("helped")["lines"]] == ["undo"]


def test_somebody_who_left_is_no_longer_waited_for(room: Hall) -> None:
    room.press("next")
    send(room, *range(7))
    asked = room.press("ask:left")["dialog"]
    assert asked["title"] == "Someone left for today?"
    assert [one["label"] for one in asked["fields"][0]["options"]] == list(NAMES)
    view = room.press("excuse", {"member": "M8"})
    assert view["dialog"] is None
    assert view["centre"]["hint"] == "All 7 are in."


def test_a_step_that_is_left_out_is_said_to_be(room: Hall) -> None:
    room.press("next")
    view = room.press("skip:think")
    assert view["centre"]["hint"] == "We left out “Think alone” this time."
    assert main(view) == "Next: Whisper"
    assert view["agenda"][0]["steps"][0]["state"] == "skipped"


def test_answers_can_be_made_more_private_and_a_number_set_before_a_step_opens(room: Hall) -> None:
    room.press("next")
    asked = room.press("ask:private")["dialog"]
    assert [one["label"] for one in asked["options"]] == [
        "Only you see names; the wall shows none",
        "Shown by role, where two or more carry it",
        "Shown without name or label",
        "Anonymous: shown once enough have answered, in mixed order",
    ]
    room.press("private", {"option": "none"})
    send(room, *range(8))
    assert {one["who"] for one in room.press("show")["centre"]["entries"]} == {""}
    asked = room.press("ask:threshold")["dialog"]
    assert [one["value"] for one in asked["fields"]] == ["whisper", "5"]
    room.press("threshold", {"step": "whisper", "n": "3"})
    assert room.teams[0].stage.thresholds == {"whisper": 3}


def test_the_end_says_how_many_drafts_there_are(room: Hall) -> None:
    room.press("next")
    room.teams[0].send(0, "seen", "The bell")
    room.teams[0].send(1, "seen", "The stairs")
    send(room, 2)
    more = next(one for one in room.look()["centre"]["buttons"] if one["id"] == "more")
    end = next(one for one in more["items"] if one["id"] == "end")["dialog"]
    assert end["title"] == "End the session?"
    told = "Everybody keeps reading. Two people have drafts: they have until midnight to send them."
    assert end["text"] == told
    assert labels(end["buttons"]) == ["End the session", "Go on"]
    view = room.press("end")
    assert (view["key"], view["head"]["ends"]) == ("ended:tupelo-branch", "The session has ended.")
    assert labels(view["centre"]["buttons"]) == ["Open it again"]
    assert room.press("reopen", {"step": "think"})["key"] == "run:tupelo-branch:think:1:collect"


def test_the_remote_has_four_thumbs_and_asks_twice_before_it_goes_on(room: Hall) -> None:
    phone = room.seat("remote")
    room.press("next")
    send(room, *range(8))
    view = phone.refresh()
    assert (view["head"]["title"], view["head"]["ends"]) == ("Tupelo Branch", "We end at 3:20")
    assert (view["centre"]["title"], view["centre"]["count"]["text"]) == ("Think alone", "8 of 8 in")
    assert labels(view["centre"]["buttons"]) == ["Reveal", "− 1 min", "+ 1 min", "Pause all", "Undo"]
    room.press("show")
    onward = phone.refresh()["centre"]["buttons"][0]
    assert (onward["label"], onward["kind"], onward["again"]) == ("Next: Whisper", "guard", "Tap again to go on")


def test_the_wall_says_one_thing_in_large_words_and_takes_keys(room: Hall) -> None:
    wall = room.seat("present")
    assert wall.refresh()["lobby"]["count"] == "8 of 8 here"
    room.press("next")
    send(room, *range(5))
    view = wall.refresh()
    assert view["head"]["title"] == "Part 1 of 1 · All of it"
    assert (view["centre"]["title"], view["centre"]["do"]) == ("Think alone", "Say what you see.")
    assert view["centre"]["count"]["text"] == "5 of 8 in"
    assert view["foot"]["left"] == "On your phone"
    assert view["keys"] == {
        "ArrowRight": "show",
        "ArrowLeft": "undo",
        " ": "show",
        "+": "extend:1",
        "-": "extend:-1",
        "p": "pause",
    }
    assert view["centre"]["buttons"] == []


def test_at_the_teams_own_pace_the_board_shows_and_does_not_lead(sqlite_store: Store, clock: Ticking) -> None:
    room = hall(sqlite_store, clock, pace="own", workbook=BOOK)
    room.teams[0].go()
    view = room.look()
    assert view["centre"]["hint"] == "This team goes at its own pace. You can follow it here, and help."
    assert buttons(view) == ["names", "nudge", "more"]
    for key in ("next", "show", "end", "pause", "extend:1", "skip:think", "private"):
        assert room.tap(key)["error"] == "This team goes at its own pace. You can follow it here, and help."
    assert room.press("excuse:M8")["centre"]["count"]["text"].startswith("0 of 7 in")
    assert room.press("nudge")


def test_the_board_says_what_was_left_blank_beforehand_until_it_is_filled_in(
    sqlite_store: Store, clock: Ticking
) -> None:
    room = hall(sqlite_store, clock)
    told = line(room.look(), "blank")
    assert told["text"] == "Still blank: “We are done when” and “We look again on”."
    assert [(b["label"], b["href"]) for b in told["buttons"]] == [("Fill it in", f"/before/{shown_code(room.code)}")]
    room.press("next")
    assert line(room.look(), "blank")["text"] == told["text"]
    fill_in(room, "support_needed", "all")
    assert line(room.look(), "blank")["text"] == "Still blank: “We look again on”."
    fill_in(room, "review_date", "2025-06-10")
    assert not [one for one in room.look()["lines"] if one["id"] == "blank"]


def fill_in(room: Hall, key: str, value: str) -> None:
    """What was left blank beforehand is given by who leads."""
    seat = room.store.take_seat("fills", room.teams[0].session.id, "facilitator")
    room.store.record(seat, Entry("open", 1, key, {key: value}, "facilitator", "FACIL"), may_record)
