"""A member's desk, message by message, on a real store."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from desks import Sitting, places, sit_down, to_candidates, to_consent, to_merging, to_rank, to_role_priority, to_sort
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny import Ticking

from mira_workbook.content.definition import Workbook
from mira_workbook.store import Store

MINE = {"text": "Know my group plan early", "why": "I get told at the door every day"}


@pytest.fixture
def three(sqlite_store: Store, clock: Ticking) -> Sitting:
    return sit_down(sqlite_store, clock, 3)


# ------------------------------------------------------------------------------------------- text on its way, sending


def test_text_on_its_way_is_kept_and_says_when(three: Sitting) -> None:
    to_role_priority(three)
    (reply,) = three.send(0, "text", "Know my")
    assert reply == {"field": "text", "save_key": reply["save_key"], "saved_at": "3:00", "draft": True}
    assert three.fields(0)["text"]["value"] == "Know my"
    assert three.snapshot.responses == tuple(r for r in three.snapshot.responses if r.author != "M1")


def test_a_draft_that_its_own_submit_has_overtaken_is_not_kept(three: Sitting) -> None:
    to_role_priority(three)
    three.submit(0, MINE)
    (reply,) = three.send(0, "role_priority.why", MINE["why"])
    assert reply["saved_at"] == "3:00"
    assert three.store.drafts(three.session.id, "M1") == ()


def test_sending_stops_at_what_is_missing(three: Sitting) -> None:
    to_role_priority(three)
    reply = three.submit(0, {"text": "Know", "why": ""})
    assert [(p["field"], p["code"], p["text"]) for p in reply["problems"]] == [
        ("text", "E02", "A little more, please: at least 10 characters (you have 4)."),
        ("why", "E01", "Please answer this before you submit."),
    ]


def test_a_second_look_is_asked_for_once_and_can_be_passed(three: Sitting) -> None:
    to_role_priority(three)
    values = MINE | {"text": "Buy a new program for reading"}
    reply = three.submit(0, values)
    assert [(p["level"], p["text"]) for p in reply["problems"]] == [
        ("care", "This looks like a solution (‘buy’, ‘hire’, ‘implement’, ‘program’). What problem would it fix?")
    ]
    passed = [f"{p['field']}|{p['row']}|{p['code']}" for p in reply["problems"]]
    assert "saved_at" in three.submit(0, values, passed)


def test_the_same_message_again_saves_once(three: Sitting) -> None:
    to_role_priority(three)
    first = three.send(0, "$submit", {"values": MINE}, save_key="one")
    assert three.send(0, "$submit", {"values": MINE}, save_key="one")[0].get("error") is None
    assert "saved_at" in first[0]
    assert [r.version for r in three.snapshot.responses if r.step == "role_priority"] == [1, 1]


def test_an_answer_can_be_changed_until_it_is_shown(three: Sitting) -> None:
    to_sort(three)
    three.submit(0, {"places": places(three.fields(0)["places"], "C1")})
    assert "change" in three.buttons(0)
    three.press(0, "change")
    assert three.look(0)["key"] == "sort:1:answer"
    assert {r["row_id"]: r["cells"]["tier"] for r in three.fields(0)["places"]["value"]}["C1"] == "priority"
    three.submit(0, {"places": places(three.fields(0)["places"], "C2")})
    tiers = {r["row_id"]: r["cells"]["tier"] for r in three.snapshot.answers("sort", "places")["M1"]}
    assert tiers["C2"] == "priority"


def test_round_two_with_eight_who_keep_is_done_in_eight_presses(sqlite_store: Store, clock: Ticking) -> None:
    eight = sit_down(sqlite_store, clock, 8)
    to_consent(eight)
    eight.everyone(lambda who, _f: {"fist": 2, "raise": "Say that load goes down"} if who == 0 else {"fist": 4})
    eight.go()
    eight.go()
    eight.press(0, "pen:take")
    answer = {"response": "condition_added", "detail": "The release list starts first"}
    eight.submit(0, {"answers": [{"row_id": "w1", "cells": answer}]})
    eight.go()
    assert eight.look(7)["key"] == "consent:2:answer"
    for who in range(8):
        assert eight.buttons(who)[:2] == ["keep", "again"]
        eight.press(who, "keep")
    assert len(eight.snapshot.answers("consent", "fist", 2)) == 8
    assert eight.look(0)["title"] == "Everyone is in"


# ---------------------------------------------------------------------------------------------------- the team's text


def table(sitting: Sitting, who: int) -> list[dict[str, Any]]:
    value: list[dict[str, Any]] = json.loads(json.dumps(sitting.fields(who)["candidates"]["value"]))
    return value


def test_a_team_text_is_live_for_all_as_soon_as_it_can_stand(three: Sitting) -> None:
    to_merging(three)
    rows = table(three, 0)
    rows[0]["cells"]["label"] = "Readers in every room"
    (reply,) = three.send(0, "candidates", rows)
    assert (reply["draft"], reply["saved_at"]) == (False, "3:01")
    assert table(three, 2)[0]["cells"]["label"] == "Readers in every room"


def test_two_who_change_different_cells_both_find_their_words(three: Sitting) -> None:
    to_merging(three)
    three.press(0, "pen:pass")
    three.send(0, "candidates", table(three, 0))
    one, other = table(three, 0), table(three, 1)
    one[0]["cells"]["label"] = "Readers in every room"
    other[1]["cells"]["label"] = "Calm ends of the day"
    three.send(0, "candidates", one)
    (reply,) = three.send(1, "candidates", other)
    labels = [row["cells"]["label"] for row in reply["value"]]
    assert labels[:2] == ["Readers in every room", "Calm ends of the day"]
    assert [row["cells"]["label"] for row in table(three, 2)][:2] == labels[:2]


def test_the_same_cell_changed_two_ways_is_told_and_the_words_stay(three: Sitting) -> None:
    to_merging(three)
    three.press(0, "pen:pass")
    three.send(0, "candidates", table(three, 0))
    one, other = table(three, 0), table(three, 1)
    one[0]["cells"]["label"] = "Readers in every room"
    other[0]["cells"]["label"] = "Books in every home"
    three.send(0, "candidates", one)
    (reply,) = three.send(1, "candidates", other)
    assert reply["error"] == "Ana saved a newer version at 3:01. Yours is kept as a draft. Compare and save again."
    assert reply["final"] is True
    assert reply["head"][0]["cells"]["label"] == "Readers in every room"
    assert table(three, 1)[0]["cells"]["label"] == "Books in every home"
    assert table(three, 2)[0]["cells"]["label"] == "Readers in every room"
    assert three.send(1, "candidates", table(three, 1))[0]["draft"] is False
    assert table(three, 0)[0]["cells"]["label"] == "Books in every home"


def test_a_base_sent_by_the_page_wins_over_what_was_drawn_last(three: Sitting) -> None:
    to_merging(three)
    three.press(0, "pen:pass")
    three.send(0, "candidates", table(three, 0))
    mine, theirs = table(three, 1), table(three, 0)
    theirs[0]["cells"]["label"] = "Readers in every room"
    three.send(0, "candidates", theirs)
    three.look(1)
    mine[0]["cells"]["label"] = "Books in every home"
    assert "error" in three.send(1, "candidates", mine, base=1)[0]


def test_somebody_who_saves_twice_does_not_clash_with_themselves(three: Sitting) -> None:
    to_merging(three)
    rows = table(three, 0)
    for label in ("Readers in a room", "Readers in two rooms", "Readers in every room"):
        rows[0]["cells"]["label"] = label
        assert three.send(0, "candidates", rows)[0].get("error") is None
    assert table(three, 1)[0]["cells"]["label"] == "Readers in every room"


# --------------------------------------------------------------------------------------------------------- the screens


def test_somebody_who_is_missing_can_be_left_out_of_the_count(three: Sitting) -> None:
    to_sort(three)
    three.submit(0, {"places": places(three.fields(0)["places"], "C1")})
    three.press(0, "menu:missing")
    assert "excuse:M3" in three.buttons(0)
    three.press(0, "excuse:M3")
    assert [m.key for m in three.snapshot.present()] == ["M1", "M2"]
    three.press(0, "menu:missing")
    assert "back:M3" in three.buttons(0)


def test_a_latecomer_has_no_colleagues_to_guess_and_is_told_so_kindly(three: Sitting) -> None:
    to_role_priority(three)
    late = three.join("Zoe")
    assert three.look(late)["key"] == "role_priority:1:answer"
    three.submit(late, MINE)
    view = three.look(late)
    assert view["key"] == "colleague_view:1:waiting"
    told = "You came after this one began, so it asks nothing of you. The next step is yours."
    assert told in [b.get("text") for b in view["blocks"]]
    assert three.stage.own_lists["my_colleagues"].keys() == {"M1", "M2", "M3"}


def test_my_answers_and_today_stand_beside_the_step(three: Sitting) -> None:
    to_candidates(three)
    three.press(0, "menu:answers")
    assert "Know my group plan early" in three.words(0)
    three.press(0, "menu:today")
    assert three.look(0)["title"] == "Today"
    three.press(0, "menu:back")
    assert three.look(0)["key"] == "candidates:1:answer"


def test_a_team_of_one_just_goes_on(sqlite_store: Store, clock: Ticking) -> None:
    solo = sit_down(sqlite_store, clock, 1)
    solo.press(0, "go")
    assert solo.stage.now_open == ("open",)
    solo.submit(0, {})
    solo.press(0, "go")
    assert (solo.stage.now_open, solo.stage.closing) == (("role_priority",), None)


# ---------------------------------------------------------------------------------------------------- hostile messages

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["$press", "$submit", "$here", "$hello", "text", "order", "confidence", "rank.order", "a.b"])
BUTTONS = st.builds(
    lambda key, rest: {"id": f"{key}:{rest}"},
    st.sampled_from(["pen", "row", "menu", "admit", "excuse", "back", "late", "keep", "row:take", "nothing"]),
    st.text(max_size=6),
)
SUBMITS = st.fixed_dictionaries(
    {"values": st.dictionaries(st.sampled_from(["order", "confidence", "x"]), JSON)}, optional={"passed": JSON}
)


@pytest.fixture(scope="module")
def ranking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitting]:
    """Three people who order the candidates."""
    clock = Ticking()
    made = Store(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'mira.sqlite'}", clock)
    made.migrate()
    sitting = sit_down(made, clock, 3)
    to_rank(sitting)
    yield sitting
    made.close()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(field=FIELDS | st.text(max_size=12) | JSON, value=BUTTONS | SUBMITS | JSON, key=JSON, base=JSON)
def test_whatever_a_page_sends_nothing_is_raised_and_nothing_odd_is_stored(
    ranking: Sitting, field: Any, value: Any, key: Any, base: Any
) -> None:
    before = ranking.snapshot
    replies = ranking.desks[1].take({"field": field, "value": value, "save_key": key, "base": base})
    json.dumps(replies)
    ranking.look(1)
    after = ranking.snapshot
    new = set(map(repr, after.responses)) - set(map(repr, before.responses))
    assert not [one for one in new if "author='M2'" not in one]
    for given_ in after.answers("rank", "order").values():
        assert sorted(given_) == ["C1", "C2", "C3"]
    for sure in after.answers("rank", "confidence").values():
        assert sure in range(1, 6)
    assert {a.kind for a in after.acts[len(before.acts) :]} <= {"excuse", "back"}


def test_the_tiny_workbook_walks_too(sqlite_store: Store, clock: Ticking, tiny_workbook: Workbook) -> None:
    five = sit_down(sqlite_store, clock, 5, tiny_workbook)
    five.go()
    five.everyone({"seen": "Doors open late", "fit": 3})
    five.go()
    assert five.stage.is_shown("think", 1)
