"""Steps without names, at the desks: one's own answer comes back, nobody else's does, and then nobody's at all."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from desks import Sitting, sit_down
from pairs_workbook import in_twos
from tiny import Ticking

from mira_workbook.errors import StepLocked
from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports.rows import Row, rows
from mira_workbook.records import Entry
from mira_workbook.rules.moves import excuse, lead
from mira_workbook.store import Store


@pytest.fixture
def team(store: Store, clock: Ticking) -> Callable[[int], Sitting]:
    """So many people at the step without names."""

    def made(people: int) -> Sitting:
        room = sit_down(store, clock, people, in_twos())
        for _ in ("recall", "compare", "trade", "hinder"):
            store.act(None, lead("go"), room.session.id)
        assert room.look(0)["key"] == "hinder:1:answer"
        return room

    return made


def worry(who: int) -> dict[str, Any]:
    return {"heavy": who % 5 + 1, "what": f"Worry number {who} of us"}


def all_in(room: Sitting) -> None:
    for who in range(len(room.desks)):
        room.wait(7)
        assert "saved_at" in room.submit(who, worry(who))


def said(room: Sitting, who: int) -> list[str]:
    view = room.look(who)
    return [view["title"], *(b["text"] for b in view["blocks"] if b["kind"] == "text")]


def sealed(room: Sitting) -> list[tuple[str, int]]:
    return [(act.step, act.round) for act in room.snapshot.acts if act.kind == "seal"]


# ----------------------------------------------------------------------------------------------- while it is answered


def test_one_reads_before_writing_that_no_name_is_kept(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    assert room.fields(0)["heavy"]["attribution"]["text"] == (
        "Anonymous. Shown once 5 have answered, in mixed order. Not stored with your name after results are shown."
    )
    assert [b for b in room.look(0)["blocks"] if b["kind"] == "check"] == []


def test_a_new_page_finds_ones_own_answer_and_it_can_be_taken_back(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    room.send(0, "what", "Half a worry")
    room.submit(1, worry(1))
    again = room.reload(1)
    assert room.look(again)["key"] == "hinder:1:waiting"
    assert "Worry number 1 of us" in room.words(again)
    assert "Worry number 1" not in room.words(0)
    assert room.fields(room.reload(0))["what"]["value"] == "Half a worry"
    room.press(again, "change")
    assert room.look(again)["key"] == "hinder:1:answer"
    assert room.fields(again)["what"]["value"] == "Worry number 1 of us"
    assert said(room, 0)[0] == "What hinders"
    room.submit(again, {"heavy": 1, "what": "Another worry of mine"})
    assert room.look(1)["title"] == "1 of 6 in"


def test_no_author_stands_under_a_members_name(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    given = [r for r in room.snapshot.responses if r.step == "hinder"]
    assert len({r.author for r in given}) == 5
    assert {len(r.author) for r in given} == {64}
    assert room.snapshot.arrived == {(f"M{n}", "hinder", 1) for n in range(1, 6)}
    for who in range(5):
        assert not any(r.author in room.words(who) for r in given)


def test_results_wait_for_five_answers(team: Callable[[int], Sitting]) -> None:
    room = team(7)
    for who in range(4):
        room.submit(who, worry(who))
    assert said(room, 0)[:1] == ["4 of 7 in"]
    waits = "We show results once 5 people have answered, so nobody can be singled out. 4 are in."
    assert waits in said(room, 0)
    assert "go" not in room.buttons(0)
    room.press(4, "go")
    assert ("hinder", 1) not in room.stage.revealed
    room.submit(4, worry(4))
    assert waits not in said(room, 0)
    assert "go" in room.buttons(0)


# ---------------------------------------------------------------------------------------------------------- small team


def test_a_small_team_shows_results_only_once_everybody_agrees_and_answers(team: Callable[[int], Sitting]) -> None:
    room = team(3)
    check = {"kind": "check", "id": "guess", "label": "I know my answer may be guessed", "value": False}
    assert room.look(0)["blocks"] == [
        {"kind": "text", "text": "Your team is small. People may guess who wrote what."},
        check,
    ]
    assert room.fields(0)["heavy"]["attribution"] is None
    all_in(room)
    ticks = "Your team is small, so results need everyone’s answer and everyone’s tick. {} ticked."
    assert ticks.format("0 of 3 have") in said(room, 0)
    room.press(0, "guess", True)
    assert check | {"value": True} in room.look(0)["blocks"]
    assert ticks.format("1 of 3 has") in said(room, 1)
    room.press(1, "guess", True)
    assert "go" not in room.buttons(0)
    room.press(2, "guess", True)
    assert "go" in room.buttons(0)
    room.press(2, "guess", False)
    assert "go" not in room.buttons(0)
    room.press(2, "guess", True)
    room.press(2, "change")
    assert "go" not in room.buttons(0)
    room.submit(2, worry(2))
    room.go()
    assert ("hinder", 1) in room.stage.revealed


# ----------------------------------------------------------------------------------------------------- once it is shown


def test_results_are_cards_without_names_or_times_in_mixed_order(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    all_in(room)
    room.go()
    tables = [b["rows"] for b in room.look(0)["blocks"] if b["kind"] == "table"]
    assert sorted(row[1] for row in tables[0]) == [f"Worry number {n} of us" for n in range(6)]
    assert [row[0] for row in tables[0]] == [f"anon_{n:02d}" for n in range(1, 7)]


def test_what_is_shown_can_be_hidden_again_for_a_minute_and_is_sealed_after_it(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    room.go()
    room.wait(40)
    room.press(0, "undo")
    assert sealed(room) == []
    assert room.look(3)["key"] == "hinder:1:waiting"
    assert "Worry number 3 of us" in room.words(3)
    room.wait(61)
    room.go()
    assert sealed(room) == []
    room.wait(61)
    for who in range(5):
        room.look(who)
    assert sealed(room) == [("hinder", 1)]
    assert room.look(3)["key"] == "hinder:1:results"
    assert room.store.own_author(room.session.id, "hinder", 1, "M1") == ""


def test_going_on_seals_at_once_and_going_back_does_not_hide_it_again(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    room.go()
    room.go()
    assert sealed(room) == [("hinder", 1)]
    room.press(0, "undo")
    assert room.look(0)["key"] == "hinder:1:results"
    assert "undo" not in [b["id"] for line in room.look(0)["lines"] for b in line["buttons"]]
    room.press(0, "undo")
    assert room.look(0)["key"] == "hinder:1:results"


def test_a_sealed_answer_is_joined_with_nobody_on_no_page_and_in_no_record(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    hashes = {r.author for r in room.snapshot.responses if r.step == "hinder"}
    room.go()
    room.wait(61)
    room.look(0)
    given = [r for r in room.snapshot.responses if r.step == "hinder"]
    assert sorted({r.author for r in given}) == ["anon_01", "anon_02", "anon_03", "anon_04", "anon_05"]
    assert {(r.saved_at, r.entered_by, r.version) for r in given} == {(None, "", 1)}
    everything = repr(room.snapshot) + "".join(json.dumps(room.look(who)) for who in range(5))
    assert [one for one in hashes if one in everything] == []
    assert all(d.doors.own_authors() == {("hinder", 1): ""} for d in room.desks)
    room.press(2, "menu:answers")
    assert "Worry" not in room.words(2)


def test_late_answers_are_refused_kindly(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    for who in range(5):
        room.submit(who, worry(who))
    room.go()
    kind = "Results are shown, so this step takes no more answers."
    assert room.buttons(5) == ["go"]
    reply = room.submit(5, worry(5))
    assert reply["error"] == kind
    room.wait(61)
    room.look(0)
    with pytest.raises(StepLocked, match=r"^Results are shown, so this step takes no more answers"):
        room.desks[5].doors.record(Entry("hinder", 1, "k", worry(5)))


ONCE = "These answers were on show once. One more now would show whose it is. Tell your team, if you like."
STAYS = "These answers were on show once. A change now would show whose it is. Yours stays."


def test_what_was_on_show_once_takes_nothing_more_and_the_page_says_so(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    for who in range(5):
        room.submit(who, worry(who))
    room.go()
    first = [r.value for r in room.snapshot.responses if r.step == "hinder"]
    room.press(0, "undo")
    assert room.look(5)["key"] == "hinder:1:waiting"
    assert said(room, 5)[:2] == ["Everyone is in", ONCE]
    assert (room.fields(5), "change" in room.buttons(1)) == ({}, False)
    for who, kind in ((5, ONCE), (1, STAYS)):
        with pytest.raises(StepLocked) as told:
            room.desks[who].doors.record(Entry("hinder", 1, f"more-{who}", worry(7)))
        assert str(told.value) == kind
    with pytest.raises(StepLocked):
        room.desks[1].doors.record(Entry("hinder", 1, "back-1", worry(1), state="withdrawn"))
    room.press(1, "change")
    room.go()
    assert [r.value for r in room.snapshot.responses if r.step == "hinder"] == first
    assert room.look(5)["key"] == "hinder:1:results"


def test_a_small_team_shows_again_what_it_has_seen_though_somebody_came_since(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.press(3, "menu:leave")
    room.store.act(None, excuse("M4"), room.session.id)
    for who in range(3):
        room.submit(who, worry(who))
        room.press(who, "guess", True)
    room.go()
    room.press(0, "undo")
    room.store.act(None, excuse("M4", back=True), room.session.id)
    room.press(0, "guess", False)
    assert "go" not in room.buttons(1)
    room.press(0, "guess", True)
    room.go()
    assert ("hinder", 1) in room.stage.revealed


def test_a_second_answer_without_a_name_starts_blank(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    room.go()
    room.go()
    room.submit(0, {"one": "One quiet hour a week"})
    room.go()
    assert sealed(room) == [("hinder", 1)]
    view = room.look(0)
    assert (view["key"], view["buttons"]) == ("hinder:2:answer", [])
    assert {name: field["value"] for name, field in room.fields(0).items()} == {"heavy": None, "what": None}
    all_in(room)
    room.go()
    room.wait(61)
    room.look(0)
    assert sealed(room) == [("hinder", 1), ("hinder", 2)]


def test_what_was_never_shown_is_sealed_when_the_end_is_final(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    all_in(room)
    room.store.act(None, lead("end"), room.session.id)
    room.look(0)
    assert sealed(room) == []
    room.wait(61)
    room.look(0)
    assert sealed(room) == [("hinder", 1)]
    assert "Worry" not in "".join(room.words(who) for who in range(5))


# --------------------------------------------------------------------------------------------------------------- files


def rows_of_coach(room: Sitting, field: str) -> list[Row]:
    return [row for row in rows(room.snapshot, room.stage, COACH) if row.field == field]


def test_a_file_has_numbers_for_names_and_no_times_before_the_seal_and_after(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    for who in range(5):
        room.submit(who, worry(who))
    assert rows_of_coach(room, "what") == []
    room.go()
    for after in (0, 61):
        room.wait(after)
        room.look(0)
        found = rows_of_coach(room, "what")
        assert [row.author for row in found] == [f"anon_{n:02d}" for n in range(1, 7)]
        assert sorted(row.value_text for row in found) == ["", *(f"Worry number {n} of us" for n in range(5))]
        assert {(row.submitted_at, row.entered_by, row.author_role_group) for row in found} == {("", "", "")}
    assert sealed(room) == [("hinder", 1)]
    (bundle,) = EXPORTS["json"].write([room.snapshot], COACH).values()
    assert b"Worry number 3 of us" in bundle
