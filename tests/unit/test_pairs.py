"""Pairs: who works with whom, one record for two, and nobody waits for a person who is not there."""

from collections.abc import Callable
from typing import Any

import pytest
from desks import Sitting, sit_down
from hypothesis import given
from hypothesis import strategies as st
from pairs_workbook import alone_and_in_twos
from pairs_workbook import in_twos as in_twos_workbook
from tiny import Ticking

from mira_workbook.errors import RightError, StepLocked
from mira_workbook.exports import COACH
from mira_workbook.exports.rows import Row, rows
from mira_workbook.notebook.doors import StoreDoors
from mira_workbook.records import Entry
from mira_workbook.rules.moves import lead
from mira_workbook.rules.pairs import in_twos, joined
from mira_workbook.rules.sight import Viewer, view
from mira_workbook.rules.sitting import Groups
from mira_workbook.serve.answers import told
from mira_workbook.store import Store

KEYS = st.integers(0, 40).map(lambda n: [f"M{i}" for i in range(1, n + 1)])


def everybody(groups: Groups) -> list[str]:
    return [key for group in groups for key in group]


# ---------------------------------------------------------------------------------------------------------- forming


@given(KEYS)
def test_everybody_is_in_exactly_one_pair_in_roster_order(keys: list[str]) -> None:
    assert everybody(in_twos(keys)) == keys


@given(KEYS)
def test_pairs_are_two_or_once_three_and_only_a_lone_person_is_alone(keys: list[str]) -> None:
    sizes = [len(group) for group in in_twos(keys)]
    assert sizes == ([1] if len(keys) == 1 else [2] * (len(keys) // 2 - len(keys) % 2) + [3] * (len(keys) % 2))


def test_five_make_a_two_and_a_three() -> None:
    assert in_twos(["M1", "M2", "M3", "M4", "M5"]) == (("M1", "M2"), ("M3", "M4", "M5"))


# ---------------------------------------------------------------------------------------------------------- joining


@given(KEYS.filter(bool), st.integers(0, 12), st.data())
def test_joining_keeps_partners_together_and_takes_everybody_in(
    keys: list[str], late: int, data: st.DataObject
) -> None:
    before, came = in_twos(keys), [f"L{i}" for i in range(late)]
    here = data.draw(st.sets(st.sampled_from(keys)))
    after = joined(before, came, here)
    assert sorted(everybody(after)) == sorted([*keys, *came])
    assert all(now[: len(then)] == then for then, now in zip(before, after, strict=True))


@given(KEYS.filter(lambda keys: len(keys) > 1), st.integers(0, 12))
def test_where_all_are_here_the_largest_pair_is_never_two_ahead(keys: list[str], late: int) -> None:
    sizes = [len(group) for group in joined(in_twos(keys), [f"L{i}" for i in range(late)], set(keys))]
    assert max(sizes) - min(sizes) <= 1


def test_a_latecomer_joins_the_smallest_pair_and_the_first_of_equals() -> None:
    pairs = (("M1", "M2"), ("M3", "M4"), ("M5", "M6", "M7"))
    everyone = {"M1", "M2", "M3", "M4", "M5", "M6", "M7"}
    assert joined(pairs, ["M8"], everyone) == (("M1", "M2", "M8"), ("M3", "M4"), ("M5", "M6", "M7"))
    assert joined(pairs, ["M8", "M9"], everyone)[1] == ("M3", "M4", "M9")


def test_a_latecomer_joins_whoever_was_left_alone_but_not_a_pair_that_is_gone() -> None:
    pairs = (("M1", "M2"), ("M3", "M4"), ("M5", "M6"))
    assert joined(pairs, ["M7"], {"M1", "M2", "M6"})[2] == ("M5", "M6", "M7")
    assert joined(pairs, ["M7"], {"M1", "M2", "M5", "M6"}) == (("M1", "M2", "M7"), ("M3", "M4"), ("M5", "M6"))


# ------------------------------------------------------------------------------------------- at the desks of a team

SIGNS: list[dict[str, Any]] = [{"cells": {"sign": "They ask each other", "often": 3}}]
OURS: dict[str, Any] = {"signs": SIGNS, "common": "Both lessons began with a doubt"}


@pytest.fixture
def team(store: Store, clock: Ticking) -> Callable[[int], Sitting]:
    """So many people who have answered the warm-up and are at the first step for pairs."""

    def made(people: int) -> Sitting:
        room = sit_down(store, clock, people, in_twos_workbook())
        room.go()
        room.everyone({"lesson": "The one on fractions"})
        room.go()
        room.go()
        assert room.look(0)["key"] == "compare:1:answer"
        return room

    return made


def paired(room: Sitting) -> list[list[str]]:
    keys = {m.id: m.key for m in room.snapshot.members}
    return [[keys[i] for i in pair.members] for pair in room.snapshot.pairs]


def blocks(room: Sitting, who: int) -> list[str]:
    return [b["text"] for b in room.look(who)["blocks"] if "text" in b]


def line(room: Sitting, who: int) -> str:
    return str(room.look(who)["pages"][0]["fields"][0]["attribution"]["text"])


def test_two_find_each_other_and_read_who_sees_their_answer(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    assert paired(room) == [["M1", "M2"], ["M3", "M4", "M5"]]
    assert [act.kind for act in room.snapshot.acts][-2:] == ["pairs", "open"]
    assert blocks(room, 0) == ["Stand up. Find Ben."]
    assert blocks(room, 1) == ["Stand up. Find Ana."]
    assert blocks(room, 3) == ["Stand up. Find Cyd and Eli."]
    assert line(room, 0) == "Only you two see this until the results are shown."
    assert line(room, 3) == "Only the few of you see this until the results are shown."


def test_seven_make_two_twos_and_a_three(team: Callable[[int], Sitting]) -> None:
    assert paired(team(7)) == [["M1", "M2"], ["M3", "M4"], ["M5", "M6", "M7"]]


def test_one_answer_stands_for_both_and_either_may_change_it(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    assert "saved_at" in room.submit(0, OURS)
    for who in (0, 1):
        page = room.look(who)
        assert (page["key"], page["title"]) == ("compare:1:waiting", "1 of 2 pairs in")
        assert "Both lessons began with a doubt" in str(page["blocks"])
    assert room.look(2)["key"] == "compare:1:answer"
    assert [(r.author_kind, r.author, r.entered_by) for r in room.snapshot.responses if r.step == "compare"] == [
        ("pair", "PAIR1", "M1"),
        ("pair", "PAIR1", "M1"),
    ]
    room.press(1, "change")
    for who in (0, 1):
        assert room.look(who)["key"] == "compare:1:answer"
        assert room.fields(who)["common"]["value"] == OURS["common"]
    assert "saved_at" in room.submit(0, {"common": "Both began with a question"})
    assert room.snapshot.answers("compare", "common") == {"PAIR1": "Both began with a question"}


def test_what_one_types_the_other_finds_and_nobody_else(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.send(0, "common", "Both began with a dou")
    assert room.fields(1)["common"]["value"] == "Both began with a dou"
    assert "dou" not in room.words(2)
    room.submit(0, OURS)
    assert "doubt" not in room.words(2)
    assert "doubt" not in room.words(3)


def test_two_who_write_at_once_keep_both_their_words(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.submit(0, {"signs": SIGNS, "common": "Both began with a doubt"})
    room.look(1)
    reply = room.submit(1, {"signs": SIGNS, "common": "Both ended with a song"})
    assert reply["error"] == "Ana saved a newer version at 3:00. Yours is kept as a draft. Compare and save again."
    assert reply["head"] == "Both began with a doubt"
    assert room.look(1)["key"] == "compare:1:answer"
    assert room.fields(1)["common"]["value"] == "Both ended with a song"
    assert room.look(0)["key"] == "compare:1:waiting"
    assert "saved_at" in room.submit(1, {"common": "Both began with a doubt and ended with a song"})
    assert room.look(1)["key"] == "compare:1:waiting"
    assert room.snapshot.answers("compare", "common") == {"PAIR1": "Both began with a doubt and ended with a song"}


def test_rows_of_both_stand_when_two_send_at_once(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.submit(0, OURS)
    room.submit(1, OURS | {"signs": [{"cells": {"sign": "Nobody looks at the clock"}}]})
    (rows,) = room.snapshot.answers("compare", "signs").values()
    assert {row["cells"]["sign"] for row in rows} == {"They ask each other", "Nobody looks at the clock"}


def test_who_comes_late_joins_the_smallest_pair_and_finds_its_words(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    room.send(1, "common", "Both began with a dou")
    late = room.join("Ivy")
    assert paired(room) == [["M1", "M2", "M6"], ["M3", "M4", "M5"]]
    assert blocks(room, late) == ["Stand up. Find Ana and Ben."]
    assert room.fields(late)["common"]["value"] == "Both began with a dou"
    assert "saved_at" in room.submit(late, OURS)
    assert room.look(0)["key"] == "compare:1:waiting"


def test_of_two_in_all_who_is_left_goes_on_alone(team: Callable[[int], Sitting]) -> None:
    room = team(2)
    assert room.buttons(0) == ["excuse:M2"]
    assert room.look(0)["buttons"][0]["label"] == "Ben is not here"
    room.press(0, "excuse:M2")
    assert blocks(room, 0) == []
    assert line(room, 0) == "Only you see this until the results are shown."
    assert room.buttons(0) == ["back:M2"]
    assert "saved_at" in room.submit(0, OURS)
    assert room.look(0)["title"] == "Everyone is in"


def test_pairs_outlast_an_undo(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    before = paired(room)
    room.press(3, "undo")
    assert room.look(0)["key"] == "recall:1:results"
    room.go()
    assert room.look(0)["key"] == "compare:1:answer"
    assert paired(room) == before
    assert [act.kind for act in room.snapshot.acts].count("pairs") == 1


def test_before_the_reveal_only_the_pair_itself_sees_its_answer(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.submit(0, OURS)

    def seen(viewer: Viewer) -> set[str]:
        found = view(room.snapshot, room.stage, viewer).responses
        return {r.author for r in found if r.step == "compare"}

    members = [Viewer("member", f"M{n}") for n in (1, 2, 3, 4)]
    assert [seen(viewer) for viewer in (*members, COACH)] == [{"PAIR1"}, {"PAIR1"}, set(), set(), set()]
    doors = room.desks[1].doors
    assert isinstance(doors, StoreDoors)
    assert OURS["common"] in str(told(room.snapshot, doors.seat)["steps"])


def test_a_pair_that_is_gone_does_not_count(team: Callable[[int], Sitting]) -> None:
    room = team(6)
    for who in (0, 2):
        room.submit(who, OURS)
    assert room.look(0)["title"] == "2 of 3 pairs in"
    assert "go" not in room.buttons(0)
    room.press(0, "menu:missing")
    assert [b for b in room.buttons(0) if b.startswith("excuse")] == ["excuse:M5", "excuse:M6"]
    for key in ("M5", "M6"):
        room.press(0, f"excuse:{key}")
    assert room.look(0)["title"] == "Everyone is in"
    assert "go" in room.buttons(0)


def test_only_a_pairs_own_people_save_for_it_and_only_before_it_is_shown(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    doors = room.desks[2].doors
    with pytest.raises(RightError, match=r"^Only members of this pair can save here.$"):
        doors.record(Entry("compare", 1, "k", {"common": "Ours now"}, "pair", "PAIR1"))
    with pytest.raises(RightError):
        doors.record(Entry("compare", 1, "k", {"common": "Ours now"}, "team"))
    with pytest.raises(StepLocked, match=r"^This step is not open yet"):
        doors.record(Entry("trade", 1, "k", {"tip": "Wait longer"}, "pair", "PAIR2"))
    for who in (0, 2):
        room.submit(who, OURS)
    room.go()
    assert ("compare", 1) in room.stage.revealed
    with pytest.raises(StepLocked, match=r"^Results are shown. Your answer stays as it was.$"):
        doors.record(Entry("compare", 1, "k", {"common": "Too late"}, "pair", "PAIR2"))


def test_pairs_are_kept_answers_are_shown_and_a_second_round_starts_from_them(team: Callable[[int], Sitting]) -> None:
    room = team(4)
    room.submit(0, OURS)
    room.submit(2, OURS | {"common": "Both classes were small"})
    room.go()
    for who in range(4):
        assert [("Ana and Ben", OURS["common"]), ("Cyd and Dot", "Both classes were small")] == cards(room, who)
    assert "late" not in room.buttons(0)
    room.go()
    assert room.look(0)["key"] == "trade:1:answer"
    assert paired(room) == [["M1", "M2"], ["M3", "M4"]]
    assert [act.kind for act in room.snapshot.acts].count("pairs") == 1
    room.submit(1, {"tip": "Ask before you tell"})
    room.submit(3, {"tip": "Wait a little"})
    room.go()
    # No picture shows the tips: each reads what the other pair wrote under its names.
    told = [(b["label"], b["lines"]) for b in room.look(0)["blocks"] if b["kind"] == "own"]
    assert told == [("Your answer", ["Ask before you tell"]), ("Cyd and Dot", ["Wait a little"])]
    room.go()
    assert (room.look(1)["key"], room.buttons(1)[:2]) == ("compare:2:answer", ["keep", "again"])
    room.press(1, "keep")
    room.press(3, "again")
    assert room.fields(3)["common"]["value"] == "Both classes were small"
    room.submit(3, {"common": "Both classes were calm"})
    assert room.look(0)["title"] == "Everyone is in"
    second = room.snapshot.answers("compare", "common", 2)
    assert second == {"PAIR1": "Both lessons began with a doubt", "PAIR2": "Both classes were calm"}


def cards(room: Sitting, who: int) -> list[tuple[str, ...]]:
    return [tuple(row) for b in room.look(who)["blocks"] if b["kind"] == "table" for row in b["rows"]]


def test_a_step_may_ask_alone_and_in_pairs_at_once(store: Store, clock: Ticking) -> None:
    room = sit_down(store, clock, 4, alone_and_in_twos())
    for _ in ("recall", "compare"):
        store.act(None, lead("go"), room.session.id)
    assert list(room.fields(0)) == ["own", "signs", "common"]
    assert "saved_at" in room.submit(0, OURS | {"own": "How quiet it was"})
    assert room.look(0)["title"] == "1 of 4 in"
    assert room.look(1)["key"] == "compare:1:answer"
    assert room.fields(1)["common"]["value"] == OURS["common"]
    assert "quiet" not in room.words(1)
    assert "saved_at" in room.submit(1, {"own": "How loud it was"})
    assert room.snapshot.answers("compare", "own") == {"M1": "How quiet it was", "M2": "How loud it was"}
    assert room.snapshot.answers("compare", "common") == {"PAIR1": OURS["common"]}
    room.press(1, "change")
    assert room.snapshot.answers("compare", "own") == {"M1": "How quiet it was"}
    assert room.look(0)["key"] == "compare:1:waiting"


def test_a_file_has_one_row_a_pair_and_says_who_typed(team: Callable[[int], Sitting]) -> None:
    room = team(5)
    room.submit(1, OURS)
    room.press(2, "excuse:M4")
    rows = [r for r in rows_of_coach(room) if r.field == "common"]
    assert rows == []
    room.submit(2, OURS)
    room.go()
    rows = [r for r in rows_of_coach(room) if r.field == "common"]
    assert [(r.author, r.value_text, r.status, r.entered_by) for r in rows] == [
        ("PAIR1", "Both lessons began with a doubt", "submitted", "M2"),
        ("PAIR2", "Both lessons began with a doubt", "submitted", "M3"),
    ]
    assert [(m.value, m.n) for m in room.desks[0].doors.numbers(room.snapshot, "compare") if m.id == "M01"] == [(1, 2)]


def rows_of_coach(room: Sitting) -> list[Row]:
    return list(rows(room.snapshot, room.stage, COACH))
