"""Regrouping: where people go when a partner is gone, who is back with whom, and what is kept of what they wrote."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from desks import Sitting, sit_down
from hypothesis import given
from hypothesis import strategies as st
from pairs_workbook import dealt_out
from pairs_workbook import in_twos as in_twos_workbook
from tiny import Ticking

from mira_workbook.content.answers.base import Option
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Entry
from mira_workbook.rules import led
from mira_workbook.rules.dealing import handed_on
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.moves import lead
from mira_workbook.rules.pairs import in_twos
from mira_workbook.rules.regrouping import MOST, homeward, settled
from mira_workbook.rules.regrouping import seated as again
from mira_workbook.rules.sitting import Sitting as Pairs
from mira_workbook.serve.answers import told
from mira_workbook.store import Store

# ---------------------------------------------------------------------------------------------------------- the rule


def seated(*groups: str, away: str = "", done: tuple[int, ...] = ()) -> Pairs:
    """Pairs of one-letter people, at home where they sit."""
    homes = {key: place for place, group in enumerate(groups) for key in group}
    people = tuple(tuple(group) for group in groups)
    return Pairs(people, frozenset(homes) - set(away), frozenset(done), homes)


def sits(sitting: Pairs) -> list[str]:
    """Who of each pair is here."""
    return ["".join(sitting.present(place)) for place in range(len(sitting.groups))]


def test_who_is_left_alone_goes_to_the_nearest_pair_of_two() -> None:
    assert sits(settled(seated("AB", "CD", "EF", away="F"))) == ["AB", "CDE", ""]
    assert sits(settled(seated("AB", "CD", "EF", away="C"))) == ["ABD", "", "EF"]


def test_two_who_are_left_alone_find_each_other() -> None:
    assert sits(settled(seated("AB", "CD", "EF", away="BF"))) == ["", "CD", "EA"]


def test_where_all_others_are_threes_the_last_of_the_nearest_comes_over() -> None:
    assert sits(settled(seated("AB", "CDE", "FGH", away="B"))) == ["AE", "CD", "FGH"]


def test_a_pair_that_has_finished_neither_takes_nor_sends_anybody() -> None:
    assert sits(settled(seated("AB", "CD", "EF", away="B", done=(1,)))) == ["", "CD", "EFA"]
    assert sits(settled(seated("AB", "CD", away="B", done=(0,)))) == ["A", "CD"]
    assert sits(settled(seated("AB", "CD", away="B", done=(1,)))) == ["A", "CD"]


def test_a_lone_person_whom_no_pair_can_take_stays() -> None:
    assert sits(settled(seated("AB", away="B"))) == ["A"]


def test_who_moved_goes_back_to_those_they_began_with() -> None:
    after = settled(seated("AB", "CD", away="B"))
    back = Pairs(after.groups, after.here | {"B"}, after.done, after.homes)
    assert sits(homeward(back, {"A", "B"})) == ["BA", "CD"]


def test_nobody_goes_back_where_that_would_leave_somebody_alone() -> None:
    sitting = Pairs((("B",), ("C", "D", "A")), frozenset("ABC"), frozenset(), {"A": 0, "B": 0, "C": 1, "D": 1})
    assert sits(settled(homeward(sitting, {"A", "B"}), "B")) == ["", "CAB"]


def test_who_comes_back_when_all_have_finished_joins_the_answer_of_those_they_know() -> None:
    sitting = Pairs((("B",), ("C", "D", "A")), frozenset("ABCD"), frozenset({1}), {"A": 0, "B": 0, "C": 1, "D": 1})
    assert sits(settled(homeward(sitting, {"A", "B"}), "B")) == ["", "CDAB"]


@st.composite
def comings_and_goings(draw: st.DrawFn) -> list[tuple[Pairs, Pairs, str]]:
    """Before and after each of some people going and coming back, and who came back; now and then a pair finishes."""
    keys = [f"M{n}" for n in range(1, draw(st.integers(1, 11)) + 1)]
    groups = in_twos(keys)
    homes = {key: place for place, group in enumerate(groups) for key in group}
    sitting = Pairs(groups, frozenset(keys), frozenset(), homes)
    seen = []
    for key, finishes in draw(st.lists(st.tuples(st.sampled_from(keys), st.booleans()), max_size=12)):
        place = sitting.place(key)
        assert place is not None
        if finishes and sitting.present(place):
            sitting = Pairs(sitting.groups, sitting.here, sitting.done | {place}, homes)
            continue
        back = "" if key in sitting.here else key
        before = Pairs(sitting.groups, sitting.here ^ {key}, sitting.done, homes)
        sitting = again(before, back)
        seen.append((before, sitting, back))
    return seen


@given(comings_and_goings())
def test_everybody_stays_in_exactly_one_pair(seen: list[tuple[Pairs, Pairs, str]]) -> None:
    for before, after, _ in seen:
        assert sorted(k for g in after.groups for k in g) == sorted(k for g in before.groups for k in g)


@given(comings_and_goings())
def test_a_pair_at_work_is_one_persons_only_where_no_other_works(seen: list[tuple[Pairs, Pairs, str]]) -> None:
    for _, after, _ in seen:
        at_work = [size for place, size in enumerate(after.sizes()) if size and place not in after.done]
        assert 1 not in at_work or at_work == [1]


@given(comings_and_goings())
def test_no_pair_grows_over_three_but_a_finished_one(seen: list[tuple[Pairs, Pairs, str]]) -> None:
    for _, after, _ in seen:
        assert all(size <= MOST for place, size in enumerate(after.sizes()) if place not in after.done)


@given(comings_and_goings())
def test_who_is_away_and_who_has_finished_stays_where_they_are(seen: list[tuple[Pairs, Pairs, str]]) -> None:
    for before, after, back in seen:
        still = [k for k in before.homes if k not in before.here or before.place(k) in before.done]
        assert all(before.place(key) == after.place(key) for key in still if key != back)


@given(comings_and_goings())
def test_where_nobody_sits_alone_nobody_moves_and_once_settled_nothing_moves_again(
    seen: list[tuple[Pairs, Pairs, str]],
) -> None:
    for before, after, back in seen:
        assert settled(after, back) == after
        if not back and all(size != 1 for size in before.sizes()):
            assert before == after


# ----------------------------------------------------------------------------------------------------- dealt rows


def dealt(count: int, sitting: Pairs) -> Mapping[str, tuple[Option, ...]]:
    groups = sitting.groups
    options = tuple(Option(f"I{n:02d}", f"Program {n}") for n in range(1, count + 1))
    shares = {f"PAIR{n + 1}": options[n :: len(groups)] for n in range(len(groups))}
    return {**{key: shares[f"PAIR{n + 1}"] for n, group in enumerate(groups) for key in group}, **shares}


@given(comings_and_goings(), st.integers(0, 20))
def test_each_row_is_held_by_somebody_who_is_here_or_answered(seen: list[tuple[Pairs, Pairs, str]], count: int) -> None:
    if not seen:
        return
    homes = seen[0][0].homes
    first = Pairs(in_twos(list(homes)), frozenset(homes))
    now = start = dealt(count, first)
    everything = {option for part in start.values() for option in part}
    for _, after, _ in seen:
        now = handed_on(start, now, first.groups, after)
        holding = [p for p, size in enumerate(after.sizes()) if size or p in after.done]
        if not any(after.sizes()):
            continue
        assert {option for p in holding for option in now[f"PAIR{p + 1}"]} == everything
        for place in holding:
            part = now[f"PAIR{place + 1}"]
            assert len(part) == len(set(part))
            assert all(now[key] == part for key in after.present(place))


def test_rows_go_with_who_goes_and_come_back_with_them() -> None:
    first = seated("AB", "CD", "EF")
    start = dealt(6, first)
    after = settled(Pairs(first.groups, first.here - {"B"}, first.done, first.homes))
    moved = handed_on(start, start, first.groups, after)
    assert [o.id for o in moved["PAIR2"]] == ["I01", "I04", "I02", "I05"]
    assert moved["A"] == moved["C"] == moved["PAIR2"]
    assert "PAIR1" not in moved
    assert handed_on(start, moved, first.groups, first) == start


def test_the_rows_of_a_pair_that_is_gone_are_shared_out() -> None:
    first = seated("AB", "CD", "EF", away="AB")
    found = handed_on(dealt(6, first), dealt(6, first), first.groups, first)
    assert [[o.id for o in found[f"PAIR{n}"]] for n in (2, 3)] == [["I02", "I05", "I01"], ["I03", "I06", "I04"]]


# ------------------------------------------------------------------------------------------------- at the desks

SIGNS: list[dict[str, Any]] = [{"cells": {"sign": "They ask each other", "often": 3}}]
OURS: dict[str, Any] = {"signs": SIGNS, "common": "Both lessons began with a doubt"}
CALM = OURS | {"common": "Both were calm"}


@pytest.fixture
def team(store: Store, clock: Ticking) -> Callable[..., Sitting]:
    """So many people at the first step for pairs."""

    def made(people: int, pace: Any = "own") -> Sitting:
        room = sit_down(store, clock, people, in_twos_workbook(), pace=pace)
        for step in ("recall", "compare"):
            room.lead(lead("go"))
            assert step in room.stage.now_open
        room.wait(60)
        return room

    return made


def texts(room: Sitting, who: int) -> list[str]:
    return [b["text"] for b in room.look(who)["blocks"] if "text" in b]


def paired(room: Sitting) -> list[list[str]]:
    keys = {m.id: m.key for m in room.snapshot.members}
    return [[keys[i] for i in pair.members] for pair in room.snapshot.pairs]


APART = [["M2"], ["M1", "M3", "M4"]]
"""Ben away and Ana with Cyd and Dot."""
TOGETHER = [["M1", "M2"], ["M3", "M4"]]


def test_who_is_left_alone_is_told_who_they_are_with_and_the_others_who_came(team: Callable[..., Sitting]) -> None:
    room = team(4)
    room.send(0, "common", "Both began with a dou")
    room.send(2, "common", "Both were calm")
    assert room.look(0)["key"] == "compare:1:answer"
    room.press(0, "excuse:M2")
    assert [sorted(pair) for pair in paired(room)] == APART
    assert texts(room, 0) == ["You are with Cyd and Dot now.", "Nothing you wrote is lost."]
    assert room.look(0)["key"] == "compare:1:answer:PAIR2"
    assert room.fields(0)["common"]["value"] == "Both were calm"
    (before,) = [b for b in room.look(0)["blocks"] if b["kind"] == "own"]
    assert before == {"kind": "own", "label": "What you wrote before", "lines": ["Both began with a dou"]}
    assert "dou" not in room.words(2)
    assert "Ana is with you now." in room.lines(2)
    assert room.look(2)["announce"] == "Ana is with you now."
    assert texts(room, 2) == ["Stand up. Find Ana and Dot."]
    assert "Ana is with you now." not in room.lines(0)


def test_who_comes_back_has_their_partner_and_their_words_again(team: Callable[..., Sitting]) -> None:
    room = team(4)
    room.send(0, "common", "Both began with a dou")
    room.press(0, "excuse:M2")
    (back,) = [b for b in room.look(0)["buttons"] if b["id"] == "back:M2"]
    assert back["label"] == "Ben is here after all"
    room.press(0, "back:M2")
    assert [sorted(pair) for pair in paired(room)] == TOGETHER
    for who in (0, 1):
        assert room.fields(who)["common"]["value"] == "Both began with a dou"
    assert texts(room, 0) == ["Stand up. Find Ben."]
    assert texts(room, 2) == ["Stand up. Find Dot."]
    assert "Ana is with you now." not in room.lines(2)


def test_words_on_the_way_from_the_first_screen_do_not_become_the_second_pairs(team: Callable[..., Sitting]) -> None:
    room = team(4)
    room.send(2, "common", "Both were calm")
    room.press(0, "excuse:M2")
    room.desks[0].take({"field": "common", "value": "Both began late", "save_key": "compare:1:answer/late"})
    assert room.fields(2)["common"]["value"] == "Both were calm"
    assert "Both began late" in room.words(0)
    sent = {"values": OURS, "passed": []}
    (reply,) = room.desks[0].take({"field": "$submit", "value": sent, "save_key": "compare:1:answer/sent"})
    assert reply["moved"] is True
    assert room.snapshot.answers("compare", "common") == {}


def test_who_has_sent_stays_and_need_not_move(team: Callable[..., Sitting]) -> None:
    room = team(4)
    room.submit(0, OURS)
    room.press(2, "excuse:M2")
    assert [sorted(pair) for pair in paired(room)] == TOGETHER
    assert room.look(0)["key"] == "compare:1:waiting"
    assert OURS["common"] in room.words(0)
    room.submit(2, CALM)
    assert room.look(0)["title"] == "Everyone is in"


def test_an_answer_keeps_its_author_and_its_names_after_its_pair_was_parted(team: Callable[..., Sitting]) -> None:
    room = team(4)
    room.submit(0, OURS)
    room.submit(2, CALM)
    room.wait(60)
    room.lead(lead("show"))
    before = {(r.author, r.field): (r.value, r.seq) for r in room.snapshot.responses}
    room.lead(lead("go"))
    assert room.stage.now_open == ("trade",)
    room.wait(60)
    room.press(0, "excuse:M2")
    assert [sorted(pair) for pair in paired(room)] == APART
    assert {(r.author, r.field): (r.value, r.seq) for r in room.snapshot.responses} == before
    assert "saved_at" in room.submit(0, {"tip": "Ask before you tell"})
    assert room.snapshot.answers("trade", "tip") == {"PAIR2": "Ask before you tell"}
    assert room.look(2)["title"] == "Everyone is in"
    doors = room.desks[0].doors
    assert isinstance(doors, StoreDoors)
    room.press(0, "menu:answers")
    for kept in (room.words(0), str(told(room.snapshot, doors.seat)["steps"])):
        assert OURS["common"] in kept
        assert "Both were calm" not in kept
        assert "Ask before you tell" in kept
    (shown,) = doors.pictures(room.snapshot, "compare")
    assert shown.rows == (("Ana and Ben", OURS["common"]), ("Cyd and Dot", "Both were calm"))


def test_in_a_led_session_the_board_does_the_same(team: Callable[..., Sitting]) -> None:
    room = team(4, "led")
    room.lead(led.excuse("M2"))
    assert texts(room, 0) == ["You are with Cyd and Dot now.", "Nothing you wrote is lost."]
    assert "Ana is with you now." in room.lines(3)
    room.lead(led.excuse("M2", back=True))
    assert [sorted(pair) for pair in paired(room)] == TOGETHER


def test_who_was_away_when_a_step_for_pairs_opens_leaves_nobody_alone_in_it(team: Callable[..., Sitting]) -> None:
    room = team(4, "led")
    room.submit(0, OURS)
    room.submit(2, CALM)
    room.lead(lead("show"))
    room.lead(led.excuse("M2"))
    assert [sorted(pair) for pair in paired(room)] == TOGETHER
    room.lead(lead("go"))
    assert [sorted(pair) for pair in paired(room)] == APART
    assert texts(room, 0) == ["Stand up. Find Cyd and Dot."]
    room.lead(led.excuse("M2", back=True))
    assert [sorted(pair) for pair in paired(room)] == TOGETHER


def own_rows(room: Sitting, who: int) -> list[str]:
    return [o["label"] for o in room.fields(who)["seen"]["fixed"]]


def test_the_rows_of_who_is_alone_are_asked_of_the_pair_they_come_to(store: Store, clock: Ticking) -> None:
    room = sit_down(store, clock, 6, dealt_out(), pace="led")
    seat = store.take_seat("leads", room.session.id, "facilitator")
    room.lead(lead("go"))
    lessons = [{"row_id": f"L{n}", "cells": {"name": f"Lesson {n}"}} for n in range(1, 7)]
    store.record(seat, Entry("gather", 1, "rows", {"rows": lessons}, "team"), may_record)
    room.lead(lead("go"))
    room.wait(60)
    assert [own_rows(room, who) for who in (0, 2, 4)] == [
        ["Lesson 1", "Lesson 4"],
        ["Lesson 2", "Lesson 5"],
        ["Lesson 3", "Lesson 6"],
    ]
    room.send(0, "seen", [{"row_id": "L1", "cells": {"sign": "They laugh"}}])
    room.send(2, "seen", [{"row_id": "L2", "cells": {"sign": "They ask"}}])
    room.lead(led.excuse("M2"))
    theirs = ["Lesson 1", "Lesson 4", "Lesson 2", "Lesson 5"]
    assert [own_rows(room, who) for who in (0, 2, 3)] == [theirs, theirs, theirs]
    assert [row["cells"]["sign"] for row in room.fields(2)["seen"]["value"]] == ["They ask"]
    assert "Lesson 1: They laugh" in room.words(0)
    whole = [{"row_id": f"L{n}", "cells": {"sign": "They ask each other"}} for n in (1, 2, 4, 5)]
    assert "saved_at" in room.submit(0, {"seen": whole})
    room.lead(led.excuse("M2", back=True))
    groups = {tuple(sorted(pair)) for pair in paired(room)}
    assert groups == {(), ("M1", "M3", "M4"), ("M2", "M5", "M6")}
    assert own_rows(room, 1) == own_rows(room, 4) == ["Lesson 3", "Lesson 6"]
