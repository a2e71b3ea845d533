"""Steps out of the ordinary: a warm-up looked at together, a round on a condition, a talk with the coach, the cap."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest
from led_room import START, WORDS, LedRoom

from mira_workbook.content.answers.base import Context
from mira_workbook.content.audit import audit
from mira_workbook.content.cards import cards
from mira_workbook.content.load import load, workbooks
from mira_workbook.records import Role, Snapshot
from mira_workbook.rules import led, moves
from mira_workbook.rules.cap import capped_words, minutes_left
from mira_workbook.rules.progress import following, is_ahead, next_move, on_request
from mira_workbook.rules.sight import Viewer, is_on_show, shown, view

CAUSES = load(workbooks()["root_cause_coaching"])
RESOURCES = load(workbooks()["resource_mapping"])


def answered(room: LedRoom, step: str, values: dict[str, Any], who: str) -> None:
    for key, value in values.items():
        room.answer(who, value, step=step, key=key)


# ------------------------------------------------------------------------------------------ a warm-up, and the room


@pytest.fixture
def warmed() -> LedRoom:
    """Everybody has answered the three questions days before."""
    room = LedRoom(book=CAUSES).then(led.warm_up())
    room.all_answer()
    room.wait(86_400)
    return room


def test_what_was_written_ahead_is_not_shown_before_the_room_meets(warmed: LedRoom) -> None:
    assert next_move(warmed.snapshot, warmed.stage) == "go"
    assert warmed.attempt(led.show()) == "This opens when the room meets."
    assert warmed.attempt(led.show("We cannot wait")) == "This opens when the room meets."
    assert not any(is_on_show(warmed.snapshot, warmed.stage, r) for r in warmed.answers.values())


def test_the_room_looks_together_at_what_it_wrote_ahead(warmed: LedRoom) -> None:
    warmed.then(led.next_step())
    assert warmed.stage.now_open == ("recap",)
    warmed.all_answer()
    assert following(warmed.snapshot, warmed.stage) == CAUSES.step("coaching")
    warmed.then(led.next_step())
    assert (warmed.stage.now_open, warmed.stage.interrupted) == (("coaching",), ())
    assert next_move(warmed.snapshot, warmed.stage) == "show"
    warmed.then(led.show())
    assert is_on_show(warmed.snapshot, warmed.stage, warmed.answers["coaching", 1, "challenges", "M1"])
    warmed.then(led.next_step())
    assert warmed.stage.now_open == ("symptoms",)
    assert not is_ahead(warmed.snapshot, warmed.stage, CAUSES.step("coaching"))


def test_a_room_that_warmed_up_nowhere_does_so_in_its_place() -> None:
    room = LedRoom(book=CAUSES).then(led.next_step())
    room.all_answer()
    room.then(led.next_step())
    room.all_answer()
    room.then(led.show(), led.next_step())
    assert list(room.stage.opened) == ["recap", "coaching", "symptoms"]


def test_the_minutes_of_a_warm_up_that_is_done_are_those_together() -> None:
    assert (CAUSES.planned(), CAUSES.planned(warmed_up=True)) == (97, 87)
    assert (CAUSES.length(), CAUSES.length(warmed_up=True)) == (100, 90)
    assert (RESOURCES.planned(), RESOURCES.length(), RESOURCES.cap) == (88, 90, 90)


def test_no_workbook_begins_with_a_step_that_the_room_has_to_come_back_to() -> None:
    raw = tomllib.loads(workbooks()["root_cause_coaching"].read_text("utf-8"))
    raw["steps"] = raw["steps"][1:]
    told = [str(p) for p in audit(raw, cards())]
    assert any("The room looks at this step once more, but nothing comes before it." in one for one in told)


# ---------------------------------------------------------------------------------------- a second round on a condition


def talked(*, rerate: bool) -> LedRoom:
    room = LedRoom(book=RESOURCES, pace="led").then(led.next_step())
    rows = [{"row_id": f"I{n:02d}", "cells": {"name": f"Program {n}"}} for n in (1, 2, 3)]
    room.team("inventory", "rows", rows)
    room.then(led.next_step(), led.next_step())
    for place, key in enumerate(room.keys):
        ratings = [(f"I{n:02d}", 3 if n < 3 else 3 * (place % 2)) for n in (1, 2, 3)]
        room.answer(key, [{"row_id": i, "cells": {"align": value}} for i, value in ratings])
    room.then(led.show(), led.next_step())
    assert room.stage.current == "talk"
    cells = {"what_we_learned": "Half of us saw the old one", "rerate": rerate}
    room.team("talk", "rows", [{"row_id": "I03", "cells": cells}])
    return room


def test_ratings_are_asked_once_more_only_where_somebody_ticked_a_row() -> None:
    room = talked(rerate=False)
    assert next_move(room.snapshot, room.stage) == "go"
    room = talked(rerate=True)
    assert next_move(room.snapshot, room.stage) == "again"
    room.then(led.again())
    assert (room.stage.current, room.stage.round_of("align")) == ("align", 2)
    assert [o.id for o in room.stage.options("my_rows", "M1")] == ["I03"]


def test_a_talk_about_nothing_is_left_out() -> None:
    room = LedRoom(book=RESOURCES).then(led.next_step())
    room.team("inventory", "rows", [{"row_id": f"I{n:02d}", "cells": {"name": f"Program {n}"}} for n in (1, 2, 3)])
    room.then(led.next_step(), led.next_step())
    for key in room.keys:
        room.answer(key, [{"row_id": f"I{n:02d}", "cells": {"align": 3}} for n in (1, 2, 3)])
    room.then(led.show(), led.next_step())
    assert (room.stage.current, room.stage.skipped) == ("evidence", {"talk": "nothing_in"})


# ------------------------------------------------------------------------------------------------- only for the coach


TALK = {"goal": "Two groups every day", "reality": WORDS * 4, "confidence": 6}


def talks(seen: Snapshot) -> list[str]:
    return [r.author for r in seen.responses if r.step == "coach_talk"]


def test_a_talk_with_the_coach_opens_on_request_only() -> None:
    room = LedRoom(book=CAUSES).then(led.bring_here("outcomes"))
    assert room.stage.current == "outcomes"
    assert next_move(room.snapshot, room.stage) == "end"
    assert on_request(room.snapshot, room.stage) == CAUSES.step("coach_talk")
    room.then(led.bring_here("coach_talk"))
    assert room.stage.current == "coach_talk"
    assert next_move(room.snapshot, room.stage) == "end"
    assert on_request(room.snapshot, room.stage) is None


def test_nobody_but_the_person_and_the_coach_sees_the_talk() -> None:
    room = LedRoom(people=5, book=CAUSES).then(led.bring_here("outcomes"), led.bring_here("coach_talk"))
    answered(room, "coach_talk", TALK, "M1")
    for judge in (None, led.end()):
        if judge is not None:
            room.then(judge)
        snapshot, stage = room.snapshot, room.stage
        assert [r for r in shown(snapshot, stage).responses if r.step == "coach_talk"] == []
        every: tuple[tuple[Role, str], ...] = (
            ("member", "M1"),
            ("member", "M2"),
            ("facilitator", ""),
            ("viewer", ""),
            ("coach", ""),
        )
        seen = {who: talks(view(snapshot, stage, Viewer(*who))) for who in every}
        assert seen == {
            ("member", "M1"): ["M1"] * 3,
            ("member", "M2"): [],
            ("facilitator", ""): [],
            ("viewer", ""): [],
            ("coach", ""): ["M1"] * 3,
        }


def test_no_move_shows_the_talk_to_the_room() -> None:
    room = LedRoom(people=5, book=CAUSES).then(led.bring_here("outcomes"), led.bring_here("coach_talk"))
    for key in room.keys:
        answered(room, "coach_talk", TALK, key)
    for judge in (led.show("We want to see it"), moves.lead("show")):
        room.attempt(judge)
    assert [r for r in shown(room.snapshot, room.stage).responses if r.step == "coach_talk"] == []


# -------------------------------------------------------------------------------------------------------------- the cap


def test_the_room_is_told_fifteen_minutes_before_its_ninety_are_over() -> None:
    room = LedRoom(book=RESOURCES)
    assert minutes_left(room.snapshot, room.stage, room.now) is None
    room.then(led.next_step())
    for minutes, left, words in (
        (0, 90, ""),
        (74, 16, ""),
        (75, 15, "15 minutes left of 90. What is open stays open."),
        (89, 1, "One minute left of 90. What is open stays open."),
        (90, 0, "The 90 minutes are over. What is open stays: book a second sitting for the rest."),
        (99, -9, "The 90 minutes are over. What is open stays: book a second sitting for the rest."),
    ):
        now = START + timedelta(minutes=minutes)
        assert minutes_left(room.snapshot, room.stage, now) == left
        assert capped_words(room.snapshot, room.stage, now) == words


def test_a_pause_does_not_use_up_the_minutes() -> None:
    room = LedRoom(book=RESOURCES).then(led.next_step())
    room.now = START + timedelta(minutes=30)
    room.act(led.pause())
    room.now = START + timedelta(minutes=50)
    room.act(led.resume())
    assert minutes_left(room.snapshot, room.stage, START + timedelta(minutes=80)) == 30
    other = LedRoom(book=CAUSES).then(led.next_step())
    assert minutes_left(other.snapshot, other.stage, other.now) is None


# ------------------------------------------------------------------------------------ a table saved while it is written


def test_a_teams_table_is_kept_while_it_is_written_and_whole_only_when_it_is_done() -> None:
    asked = RESOURCES.step("inventory").field("rows")
    begun = [{"row_id": "I01", "cells": {"name": "Tutoring", "usd_year": "41,300"}}]
    kept = asked.check(begun, Context(partial=True))
    assert kept.problems == ()
    assert kept.value == [{"row_id": "I01", "cells": {"name": "Tutoring", "usd_year": 41300}}]
    assert [p.code for p in asked.check(begun, Context()).stops] == ["E10", "E13"]
    assert asked.check(None, Context(partial=True)).problems == ()
    odd = [{"row_id": "I01", "cells": {"name": "Tutoring", "usd_year": "12k"}}]
    assert [p.code for p in asked.check(odd, Context(partial=True)).stops] == ["E04"]
