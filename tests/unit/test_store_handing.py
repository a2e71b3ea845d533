"""What the store writes when a source changes, which version a session uses, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from chain import FIRST, SECOND, THIRD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from teams import SENTENCE, At, first_done, open_for, rows
from tiny import Ticking

from mira_workbook.errors import RightError, SeatError, SessionClosed, StepLocked
from mira_workbook.records import NewAct, Snapshot
from mira_workbook.rules import moves
from mira_workbook.rules.needs import look_again, type_in
from mira_workbook.store import Store

TOLD = {"cycle": 1, "status": "current", "text": SENTENCE, "for_whom": "Grades 1 to 3"}
LATER = "Every student in our grades reads by the fall"


def test_a_save_of_a_source_writes_a_version_and_a_save_of_the_same_writes_none(store: Store) -> None:
    at = first_done(store)
    assert at.versions("priority.current") == [TOLD]
    at.team("sentence", {"text": SENTENCE})
    assert at.versions("priority.current") == [TOLD]
    at.to("better")
    at.team("better", {"text": LATER})
    assert at.versions("priority.current") == [TOLD, {**TOLD, "text": LATER}]
    carry = store.carries(at.session.id)["priority.current"]
    assert (carry.version, carry.slug, carry.title, carry.code) == (2, "first", "First things", at.code)
    assert (carry.source_session_id, carry.is_typed, carry.used) == (at.session.id, False, None)


def test_answers_that_are_not_on_show_are_handed_on_by_the_act_that_shows_them(store: Store, clock: Ticking) -> None:
    at = open_for(store, FIRST)
    at.to("mine")
    for n, key in enumerate(at.seats, 1):
        at.member(key, "mine", {"text": f"First {n}"})
    assert at.versions("role_priority") == []
    at.act(moves.lead("show"))
    told = [{"member": f"M{n}", "text": f"First {n}"} for n in range(1, 5)]
    assert at.versions("role_priority") == [told]
    at.act(lambda *_: [NewAct("hide", "mine")])
    assert at.versions("role_priority") == [told, None]
    assert "role_priority" not in at.snapshot.carries
    clock.forward(seconds=1)
    at.act(lambda *_: [NewAct("reveal", "mine")])
    assert at.versions("role_priority") == [told, None, told]


def test_an_act_that_shows_nothing_else_writes_nothing(store: Store) -> None:
    at = first_done(store)
    at.act(lambda *_: [NewAct("pause", "sentence")])
    at.act(moves.call_done("M1", "sentence"))
    assert at.versions("priority.current") == [TOLD]


def test_two_sessions_of_one_team_do_not_write_over_each_other_without_a_change(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, FIRST, one)
    two.to("sentence")
    two.team("sentence", {"text": LATER})
    other = {"cycle": 1, "status": "current", "text": LATER}
    assert one.versions("priority.current") == [TOLD, other]
    one.team("sentence", {"for_whom": "Grades 1 to 3"})
    assert one.versions("priority.current") == [TOLD, other]
    one.team("sentence", {"for_whom": "All of us"})
    assert one.versions("priority.current") == [TOLD, other, {**TOLD, "for_whom": "All of us"}]


def test_without_the_rule_a_store_hands_nothing_on(store: Store, clock: Ticking) -> None:
    plain = Store(store._db.url.render_as_string(hide_password=False), clock)
    at = first_done(plain)
    assert at.versions("priority.current") == []
    plain.close()


def test_a_rule_that_breaks_keeps_no_answer_from_being_saved(
    store: Store, clock: Ticking, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_snapshot: Snapshot) -> dict[str, Any]:
        raise KeyError("text")

    odd = Store(store._db.url.render_as_string(hide_password=False), clock, hands_on=breaks)
    at = first_done(odd)
    assert at.snapshot.team_answer("sentence", "text") == SENTENCE
    assert at.versions("priority.current") == []
    assert "What is handed on could not be worked out" in caplog.text
    odd.close()


def test_a_session_uses_the_newest_when_it_begins_and_goes_on_with_it(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    assert two.snapshot.carries["priority.current"] == TOLD
    one.team("sentence", {"for_whom": "Grades 1 to 4"})
    assert two.snapshot.carries["priority.current"] == {**TOLD, "for_whom": "Grades 1 to 4"}
    assert two.snapshot.newer == {}
    two.to("gather")
    one.team("sentence", {"text": LATER})
    seen = two.snapshot
    assert seen.carries["priority.current"] == {**TOLD, "for_whom": "Grades 1 to 4"}
    assert (seen.built_on["priority.current"].version, seen.built_on["priority.current"].used) == (2, 2)
    assert seen.newer["priority.current"].value["text"] == LATER


def test_to_look_again_uses_the_newer_one_and_changes_no_answer(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    two.to("gather")
    two.team("gather", {"now": rows("A", {"response": "Pull-out groups", "treats": "symptom"})})
    before = two.snapshot.responses
    one.team("sentence", {"text": LATER})
    store.use_carries(two.leader, look_again("priority.current", 2, leads=True), two.session.id)
    after = two.snapshot
    assert after.carries["priority.current"]["text"] == LATER
    assert (after.newer, after.responses) == ({}, before)


def test_only_the_newest_version_can_be_taken_and_only_by_who_may(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    two.to("gather")
    one.team("sentence", {"text": LATER})
    store.use_carries(two.leader, look_again("priority.current", 7, leads=True), two.session.id)
    assert two.snapshot.carries["priority.current"] == TOLD
    with pytest.raises(RightError, match="The facilitator writes this one"):
        store.use_carries(two.seats["M1"], look_again("priority.current", 2), two.session.id)
    with pytest.raises(RightError):
        store.use_carries(two.seats["M1"], look_again("priority.current", 2, leads=True), two.session.id)


def test_a_newer_version_that_says_the_same_asks_for_no_second_look(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    two.to("gather")
    one.team("sentence", {"text": LATER})
    one.team("sentence", {"text": SENTENCE})
    assert two.snapshot.newer == {}


def test_pages_of_the_teams_other_sessions_look_anew(store: Store) -> None:
    one = first_done(store)
    two, elsewhere = open_for(store, SECOND, one), open_for(store, SECOND)
    before = store.revisions(two.session.id), store.revisions(elsewhere.session.id)
    one.team("sentence", {"text": LATER})
    assert store.revisions(two.session.id) == tuple(n + 1 for n in before[0])
    assert store.revisions(elsewhere.session.id) == before[1]
    one.team("sentence", {"text": LATER})
    assert store.revisions(two.session.id) == tuple(n + 1 for n in before[0])


def test_a_missing_need_is_typed_in_by_anybody_before_the_first_step(store: Store) -> None:
    at = open_for(store, SECOND, pace="own")
    who = at.seats["M2"]
    assert store.type_carries(who, type_in({"priority.current": "We read  together every morning"}), at.session.id)
    assert at.snapshot.carries == {"priority.current": {"text": "We read together every morning"}}
    assert at.snapshot.built_on["priority.current"].is_typed
    store.type_carries(at.seats["M3"], type_in({"priority.current": "We read alone every morning"}), at.session.id)
    assert at.snapshot.carries == {"priority.current": {"text": "We read alone every morning"}}
    assert store.type_carries(who, type_in({"priority.current": "We read alone every morning"}), at.session.id) == ()
    at.to("gather")
    with pytest.raises(StepLocked, match="We have begun"):
        store.type_carries(who, type_in({"priority.current": "Something else altogether"}), at.session.id)


def test_words_that_do_not_fit_are_not_taken(store: Store) -> None:
    at = open_for(store, SECOND, pace="own")
    with pytest.raises(StepLocked, match=r"at least 20 characters \(you have 5\)"):
        store.type_carries(at.seats["M1"], type_in({"priority.current": "Short"}), at.session.id)
    assert store.type_carries(at.seats["M1"], type_in({"priority.current": "  ", "x": "y"}), at.session.id) == ()


def test_what_a_workbook_has_handed_on_is_not_typed_over(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one, pace="own")
    typed = type_in({"priority.current": "We read together every morning"})
    assert store.type_carries(two.seats["M1"], typed, two.session.id) == ()
    assert two.snapshot.carries["priority.current"] == TOLD


def test_who_leads_may_type_in_after_the_beginning_and_nobody_else(store: Store) -> None:
    at = open_for(store, SECOND)
    at.to("gather")
    words = {"priority.current": "We read together every morning"}
    with pytest.raises(RightError):
        store.type_carries(at.seats["M1"], type_in(words), at.session.id)
    assert store.type_carries(at.leader, type_in(words, leads=True), at.session.id) == ("priority.current",)
    other = open_for(store, SECOND)
    with pytest.raises(RightError):
        store.type_carries(other.leader, type_in(words, leads=True), at.session.id)
    store.release_seat(at.seats["M1"])
    with pytest.raises(SeatError):
        store.type_carries(at.seats["M1"], type_in(words), at.session.id)


def test_at_ones_own_pace_the_first_step_waits_for_a_required_need(store: Store) -> None:
    at = open_for(store, SECOND, pace="own")
    with pytest.raises(StepLocked, match="One thing first: “Our one priority”"):
        store.act(at.seats["M1"], moves.go_on("M1"), at.session.id)
    store.type_carries(at.seats["M1"], type_in({"priority.current": "We read together always"}), at.session.id)
    store.act(at.seats["M1"], moves.go_on("M1"), at.session.id)
    assert "M1" in at.stage.ready


def test_a_cycle_that_is_over_takes_nothing_and_hands_nothing_to_the_next(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    assert store.turn_cycle(one.session.id) == 2
    assert store.turn_cycle(one.session.id) == 2
    for write in (
        lambda: one.team("sentence", {"text": LATER}),
        lambda: store.type_carries(two.leader, type_in({"priority.current": LATER}, leads=True), two.session.id),
        lambda: store.use_carries(two.leader, look_again("priority.current", 1, leads=True), two.session.id),
        lambda: two.act(moves.lead("go")),
    ):
        with pytest.raises(SessionClosed):
            write()
    assert one.snapshot.cycle_closed
    assert two.snapshot.carries["priority.current"] == TOLD
    three = open_for(store, THIRD, one)
    assert (three.session.cycle, three.snapshot.carries, three.snapshot.cycle_closed) == (2, {}, False)


def test_a_meeting_after_a_closed_cycle_begins_the_next(store: Store) -> None:
    one = first_done(store)
    store.close_cycle(one.session.team_id, 1)
    assert open_for(store, SECOND, one).session.cycle == 2


def test_who_is_forgotten_is_taken_out_of_what_was_handed_on(store: Store) -> None:
    at = open_for(store, FIRST)
    at.to("mine")
    for key in at.seats:
        at.member(key, "mine", {"text": f"First of {key}", "tasks": rows(key, {"task": f"Task of {key}"})})
    at.act(moves.lead("show"))
    at.to("sentence")
    at.team("sentence", {"text": SENTENCE, "figure_missing": True, "found_by": "M3"})
    store.forget_member(at.code, "M3")
    assert at.versions("role_priority") == [[{"member": key, "text": f"First of {key}"} for key in ("M1", "M2", "M4")]]
    assert [row["member"] for row in at.versions("release.items")[-1]] == ["M1", "M2", "M4"]
    assert "found_by" not in at.versions("priority.current")[-1]
    assert "M3" not in str([at.versions(key) for key in ("role_priority", "release.items", "priority.current")])


def test_a_forgotten_meeting_takes_what_it_handed_on_with_it_and_a_forgotten_team_everything(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, SECOND, one)
    two.to("gather")
    store.forget_meeting(one.code)
    assert two.snapshot.carries == {}
    store.type_carries(two.leader, type_in({"priority.current": LATER}, leads=True), two.session.id)
    store.forget_team("tupelo")
    assert two.versions("priority.current") == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["text", "for_whom"]), st.sampled_from(["", "a", "b", "c"])), max_size=8))
def test_a_version_is_written_exactly_where_the_value_changed(
    sqlite_store: Store, saves: list[tuple[str, str]]
) -> None:
    at = open_for(sqlite_store, FIRST)
    at.to("sentence")
    told: dict[str, str] = {}
    expected: list[Any] = []
    for key, word in saves:
        at.team("sentence", {key: word or None})
        told[key] = word
        kept = {name: value for name, value in told.items() if value}
        value = {"cycle": 1, "status": "current", **kept} if told.get("text") else None
        if value != (expected[-1] if expected else None):
            expected.append(value)
    assert at.versions("priority.current") == expected


def test_two_sessions_that_hand_on_at_once_number_their_versions_one_after_the_other(store: Store) -> None:
    one = first_done(store)
    two = open_for(store, FIRST, one)
    two.to("sentence")
    later = open_for(store, SECOND, one)

    def write(at: At, name: str) -> None:
        for n in range(10):
            at.team("sentence", {"text": f"{name} {n}"})

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(write, one, "one"), pool.submit(write, two, "two")]:
            done.result()
    texts = [value["text"] for value in one.versions("priority.current")]
    assert len(texts) == 21
    for name in ("one", "two"):
        assert [text for text in texts if text.startswith(name)] == [f"{name} {n}" for n in range(10)]
    assert later.snapshot.carries["priority.current"]["text"] == texts[-1]
