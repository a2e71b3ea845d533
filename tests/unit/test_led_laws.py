"""Laws of a led session: whatever who leads and the members do, in whatever order."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from led_room import BOOK, LedRoom
from sight_world import book

from mira_workbook.content.definition import Workbook
from mira_workbook.content.privacy import may_become
from mira_workbook.records import LEADING, Act
from mira_workbook.rules import clock, led, moves
from mira_workbook.rules.moving import Judge
from mira_workbook.rules.progress import ANONYMOUS_FLOOR, is_anonymous, progress
from mira_workbook.rules.sealing import to_seal
from mira_workbook.rules.sight import shown
from mira_workbook.rules.stage import UNDO_WINDOW, fold

STEPS = [step.key for step in BOOK.steps]
LEADER = [
    *("show", "show", "show anyway", "show anyway", "next", "next", "next", "again", "now", "halt", "hide", "skip"),
    *("reopen", "here", "end", "undo", "undo", "redo", "redo", "extend", "pause", "resume", "excuse", "back", "nudge"),
    *("threshold", "private", "cover"),
]
MEMBER = [*("answer",) * 6, "take back", "draft", "wait", "pass", "go on", "undo mine", "tick", "tick"]
TAPS = st.tuples(st.sampled_from([*LEADER, *MEMBER]), st.integers(0, 6), st.sampled_from([0, 1, 3, 11, 11, 40, 70]))
Taps = list[tuple[str, int, int]]
BOOKS = {"each way of answering": BOOK, "a step that is shown with a later one": book()}
of_each_kind = pytest.mark.parametrize("of", BOOKS.values(), ids=list(BOOKS))


def judge_of(room: LedRoom, what: str, n: int) -> Judge | None:
    member, step = room.keys[n % room.people], room.book.steps[n % len(room.book.steps)].key
    how = ("named", "role", "none", "anonymous", "facilitator_only")[n % 5]
    made = {
        "show": led.show(),
        "show anyway": led.show("we have to go"),
        "next": led.next_step(),
        "again": led.again(),
        "now": led.now(),
        "halt": led.halt(),
        "hide": led.hide(),
        "skip": led.skip(),
        "reopen": led.reopen(step),
        "here": led.bring_here(step),
        "end": led.end(),
        "undo": led.undo(),
        "redo": led.redo(),
        "extend": led.extend(1),
        "pause": led.pause(),
        "resume": led.resume(),
        "excuse": led.excuse(member) if len(room.away) < room.people - 1 else None,
        "back": led.excuse(member, back=True),
        "nudge": led.nudge(),
        "threshold": led.threshold("whisper", 3 + n % 3),
        "private": led.private(step, "", how),  # type: ignore[arg-type]
        "cover": led.cover("0123456789ab", off=bool(n % 2)),
        "wait": moves.wait(member),
        "pass": moves.answer_nudge(member, "pass"),
        "go on": moves.go_on(member),
        "undo mine": moves.undo(member),
        "tick": moves.tick(),
    }
    return made.get(what)


def play(room: LedRoom, what: str, n: int, seconds: int) -> None:
    room.wait(seconds)
    member, current = room.keys[n % room.people], room.stage.current
    judge = judge_of(room, what, n)
    if judge is not None:
        room.attempt(judge)
    elif current and room.book.step(current).asks("individual"):
        locked = (current, room.stage.round_of(current)) in room.stage.revealed
        if what == "answer" and not locked:
            room.answer(member)
        elif what == "take back" and not locked:
            room.answer(member, back=True)
        elif what == "draft":
            room.drafts.add((member, current))


def in_now(room: LedRoom, step: str, round_: int) -> int:
    found = {
        who for (s, r, _, who), one in room.answers.items() if (s, r) == (step, round_) and one.state == "submitted"
    }
    return len(found - room.away)


@of_each_kind
@settings(max_examples=120, deadline=None)
@given(people=st.integers(1, 7), taps=st.lists(TAPS, min_size=10, max_size=50))
def test_no_answer_is_shown_before_the_rule(of: Workbook, people: int, taps: Taps) -> None:
    room = LedRoom(people, of)
    for tap in taps:
        before, now = room.stage.revealed.keys(), room.effective
        play(room, *tap)
        stage = room.stage
        for step_key, round_ in stage.revealed.keys() - before:
            step, count = now.step(step_key), in_now(room, step_key, round_)
            passed = {who for s, r, who in stage.passed if (s, r) == (step_key, round_)}
            answered = {
                who for (s, r, _, who), one in room.answers.items() if (s, r) == (step_key, round_) and one.value
            }
            units = len(set(room.keys) - room.away - (passed - answered))
            if is_anonymous(step):
                floor = stage.thresholds.get(step_key, ANONYMOUS_FLOOR)
                assert count >= floor
                assert units >= ANONYMOUS_FLOOR
            elif (step_key, round_) in stage.overridden:
                assert count >= 1
            else:
                assert count >= min(3, units)
                assert 2 * count >= units


@of_each_kind
@settings(max_examples=120, deadline=None)
@given(people=st.integers(1, 7), taps=st.lists(TAPS, min_size=5, max_size=40))
def test_what_is_not_on_show_is_in_nobodys_sight(of: Workbook, people: int, taps: Taps) -> None:
    room = LedRoom(people, of)
    for tap in taps:
        play(room, *tap)
        stage = room.stage
        for one in shown(room.snapshot, stage).responses:
            step = room.effective.step(one.step)
            with_ = step.reveal_of(step.field(one.field))
            public = stage.state == "ended" and step.attribution_of(step.field(one.field)) != "anonymous"
            assert not {(one.step, one.round), (with_, one.round)} & stage.hidden
            assert public or stage.is_shown(one.step, one.round)
            assert public or with_ == one.step or with_ in stage.opened


def with_a_field_that_waits() -> Workbook:
    """In the step “plain” the words are shown with the step, and the rows only with a later one."""
    laws = book()
    plain = laws.step("plain")
    rows = plain.field("rows").model_copy(update={"reveal_with": "numbers"})
    waits = plain.model_copy(update={"fields": (plain.field("words"), rows)})
    return laws.model_copy(update={"steps": tuple(waits if s is plain else s for s in laws.steps)})


@settings(max_examples=60, deadline=None)
@given(people=st.integers(3, 7), taps=st.lists(TAPS, max_size=40))
def test_a_field_that_waits_for_a_later_step_is_shown_with_it_and_not_before(people: int, taps: Taps) -> None:
    room = LedRoom(people, with_a_field_that_waits()).then(led.skip("hunch"), led.next_step())
    room.all_answer()
    for who in room.keys:
        room.answer(who, [{"row_id": f"row{who}", "cells": {"note": "words"}}], key="rows")
    for tap in [("show", 0, 1), ("now", 0, 1), *taps]:
        play(room, *tap)
        stage, seen = room.stage, {(one.step, one.field) for one in shown(room.snapshot, room.stage).responses}
        if tap == ("now", 0, 1):
            assert seen == {("plain", "words")}
        assert ("plain", "rows") not in seen or "numbers" in stage.opened or stage.state == "ended"


@of_each_kind
@settings(max_examples=120, deadline=None)
@given(people=st.integers(3, 7), taps=st.lists(TAPS, min_size=5, max_size=40))
def test_undo_then_redo_changes_nothing(of: Workbook, people: int, taps: Taps) -> None:
    room = LedRoom(people, of)
    for tap in taps:
        play(room, *tap)
    before, seen = room.still(), shown(room.snapshot, room.stage).responses
    if not room.stage.last_move or room.attempt(led.undo()):
        return
    room.wait(30)
    assert room.attempt(led.redo()) == ""
    assert room.still() == before
    assert shown(room.snapshot, room.stage).responses == seen


@settings(max_examples=80, deadline=None)
@given(taps=st.lists(TAPS, min_size=10, max_size=50))
def test_nothing_that_who_leads_does_takes_an_answer_away(taps: Taps) -> None:
    room = LedRoom(6)
    for what, n, seconds in taps:
        kept = dict(room.answers)
        play(room, what, n, seconds)
        assert what not in LEADER or room.answers == kept


@settings(max_examples=100, deadline=None)
@given(people=st.integers(3, 7), taps=st.lists(TAPS, min_size=10, max_size=50))
def test_a_countdown_ends_once_and_never_lasts_more_than_forty_seconds(people: int, taps: Taps) -> None:
    room = LedRoom(people)
    for tap in taps:
        play(room, *tap)
        closing = room.stage.closing
        if closing is None:
            continue
        assert closing.due - began(room.acts) <= timedelta(seconds=40)
        if room.now >= closing.due:
            room.act(moves.tick())
            count = len(room.acts)
            assert room.stage.closing is None
            room.act(moves.tick())
            assert len(room.acts) == count


@of_each_kind
@settings(max_examples=100, deadline=None)
@given(people=st.integers(3, 7), taps=st.lists(TAPS, min_size=10, max_size=50))
def test_how_answers_are_signed_only_ever_becomes_more_private(of: Workbook, people: int, taps: Taps) -> None:
    room = LedRoom(people, of)
    promised: dict[tuple[str, str], str] = {}
    for tap in taps:
        play(room, *tap)
        given_to = {(step, field) for step, _, field, _ in room.answers}
        for step in room.effective.steps:
            for asked in step.asks("individual"):
                place, how = (step.key, asked.key), step.attribution_of(asked)
                before = promised.get(place, how)
                assert how == before or may_become(before, how)  # type: ignore[arg-type]
                if place in given_to:
                    promised[place] = how


def began(acts: list[Act]) -> datetime:
    return next(act.at for act in reversed(acts) if act.kind == "close")


@settings(deadline=None)
@given(who=st.lists(st.integers(1, 7), max_size=12))
def test_each_of_the_first_three_who_ask_adds_ten_seconds(who: list[int]) -> None:
    room = LedRoom(7).then(led.next_step())
    room.all_answer(4)
    room.act(led.show())
    for n in who:
        room.act(moves.wait(f"M{n}"))
    closing = room.stage.closing
    assert closing is not None
    assert closing.due - began(room.acts) == timedelta(seconds=10 + 10 * min(3, len(set(who))))


@settings(deadline=None)
@given(
    steps=st.sampled_from([1, 2]),
    people=st.integers(3, 7),
    away=st.lists(st.integers(1, 7), max_size=3),
    back=st.lists(st.integers(1, 7), max_size=7),
    reason=st.sampled_from(["", "we have to go"]),
)
def test_a_redo_shows_only_what_the_rule_still_allows(
    steps: int, people: int, away: list[int], back: list[int], reason: str
) -> None:
    room, step = LedRoom(people).then(*[led.next_step()] * steps), BOOK.step(STEPS[steps - 1])
    room.all_answer()
    for n in away:
        room.answer(f"M{min(n, people)}", back=True)
    for judge in (led.show(reason), led.now(), led.undo()):
        room.attempt(judge)
    for n in back:
        room.answer(f"M{min(n, people)}", step=step.key, back=True)
    told = room.attempt(led.redo())
    if (step.key, 1) in room.stage.revealed and not told:
        count = in_now(room, step.key, 1)
        least = ANONYMOUS_FLOOR if is_anonymous(step) else 1 if reason else max(min(3, people), people / 2)
        assert count >= least


@settings(max_examples=100, deadline=None)
@given(people=st.integers(5, 7), taps=st.lists(TAPS, min_size=10, max_size=50))
def test_nothing_is_sealed_while_an_undo_could_hide_it(people: int, taps: Taps) -> None:
    room = LedRoom(people)
    for tap in taps:
        play(room, *tap)
        for place in to_seal(room.snapshot, room.stage, room.now):
            since = room.stage.revealed.get(place, room.stage.ended_at)
            assert since is not None
            assert room.now - since > UNDO_WINDOW


@settings(max_examples=100, deadline=None)
@given(taps=st.lists(TAPS, min_size=5, max_size=40))
def test_no_member_moves_a_led_session(taps: Taps) -> None:
    room = LedRoom(6)
    for what, n, seconds in taps:
        before = room.stage.last_move
        closing = room.stage.closing
        play(room, what, n, seconds)
        if what in {"go on", "undo mine", "pass", "answer", "take back"} or (what == "tick" and closing is None):
            assert room.stage.last_move == before


@settings(deadline=None)
@given(seconds=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 600)), max_size=6))
def test_pausing_never_uses_minutes(seconds: list[tuple[int, int]]) -> None:
    room = LedRoom().then(led.next_step())
    start = room.now
    worked = 1
    for work, rest in seconds:
        room.wait(work)
        worked += work
        room.act(led.pause())
        room.wait(rest)
        room.act(led.resume())
    assert clock.elapsed(room.stage, "think", room.now) == timedelta(seconds=worked)
    assert clock.used(room.snapshot, room.stage, room.now) == {"think": worked / 60}
    assert room.now - start >= timedelta(seconds=worked - 1)


@settings(deadline=None)
@given(given_=st.lists(st.sampled_from([1, 2, 5, 0.5]), max_size=8))
def test_minutes_given_and_taken_again_leave_nothing(given_: list[float]) -> None:
    room = LedRoom().then(led.next_step())
    before = room.stage
    for much in given_:
        room.act(led.extend(much))
    for much in given_:
        room.act(led.extend(-much))
    assert room.stage == before


@settings(deadline=None)
@given(who=st.lists(st.integers(1, 6), max_size=10))
def test_excused_and_back_again_leaves_nothing(who: list[int]) -> None:
    room = LedRoom().then(led.next_step())
    before = progress(room.snapshot, room.stage, BOOK.step("think"))
    for n in who:
        room.act(led.excuse(f"M{n}"))
    for n in who:
        room.act(led.excuse(f"M{n}", back=True))
    assert progress(room.snapshot, room.stage, BOOK.step("think")) == before


def test_the_stage_reads_the_same_from_acts_in_any_order() -> None:
    room = LedRoom(6)
    for n, what in enumerate(LEADER * 2):
        play(room, what, n, 3)
    assert fold(reversed(room.acts), BOOK) == room.stage


def test_what_leads_is_marked() -> None:
    room = LedRoom(6)
    made = {what: judge_of(room, what, 0) for what in LEADER}
    assert [what for what, judge in made.items() if not getattr(judge, LEADING, False)] == []
