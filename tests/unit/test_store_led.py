"""A led meeting on a real store: who may lead, who writes for whom, and what the write door holds."""

import pytest
from tiny import Ticking, ideas, people, sit

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import RightError, StepLocked
from mira_workbook.records import Entry, Seat
from mira_workbook.rules import led, moves
from mira_workbook.rules.guards import may_record
from mira_workbook.rules.moving import Judge
from mira_workbook.rules.sealing import to_seal
from mira_workbook.rules.stage import FACILITATOR, Stage, fold
from mira_workbook.store import NewTeam, Opened, Store


@pytest.fixture
def opened(store: Store, tiny_workbook: Workbook) -> Opened:
    """A led meeting of two teams: five at Tupelo, two at Cedar."""
    tupelo = NewTeam("Tupelo", members=people("Lena", "Tom", "Ana", "Ben", "Eva"))
    return store.open_meeting(tiny_workbook, [tupelo, NewTeam("Cedar", members=people("Ida", "Jon"))], pace="led")


@pytest.fixture
def host(store: Store, opened: Opened) -> Seat:
    return store.take_seat("wall", opened.sessions[0].id, "facilitator")


def stage_of(store: Store, session: int) -> Stage:
    snapshot = store.snapshot(session)
    return fold(snapshot.acts, snapshot.workbook)


@pytest.mark.parametrize("judge", [led.next_step(), led.show("why"), led.pause(), led.cover("x"), led.excuse("M2")])
def test_only_a_facilitators_seat_leads(store: Store, opened: Opened, judge: Judge) -> None:
    session = opened.sessions[0].id
    for seat in (sit(store, opened, 0), store.take_seat("phone", session, "viewer")):
        with pytest.raises(RightError):
            store.act(seat, judge, session)
    assert store.snapshot(session).acts == ()


def test_a_member_is_told_who_leads(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    with pytest.raises(RightError, match=r"^Only the facilitator can do this\.$"):
        store.act(seat, led.next_step(), seat.session_id)


def test_one_tap_moves_all_teams_and_each_where_it_can(store: Store, opened: Opened, host: Seat) -> None:
    one, two = (session.id for session in opened.sessions)
    store.act_everywhere(host, led.next_step(), opened.meeting.id)
    for n in range(2):
        store.record(sit(store, opened, n, 1), Entry("think", 1, f"k{n}", {"seen": "a gap"}), may_record)
    with pytest.raises(StepLocked):
        store.act_everywhere(host, led.show(), opened.meeting.id)
    assert not stage_of(store, two).is_shown("think", 1)
    store.act_everywhere(host, led.wherever(led.show()), opened.meeting.id)
    assert [stage_of(store, session).is_shown("think", 1) for session in (one, two)] == [False, True]


def test_a_scribe_enters_for_a_person_without_a_device(store: Store, opened: Opened, host: Seat) -> None:
    session, tom = opened.sessions[0].id, sit(store, opened, 1)
    store.act(host, led.next_step(), session)
    what = Entry("think", 1, "s1", {"seen": "what Ana said"}, "member", "M3", entered_by="M2")
    with pytest.raises(RightError, match="Nobody has asked you"):
        store.record(tom, what, may_record)
    store.act(host, led.scribe("M2", "M3"), session)
    store.record(tom, what, may_record)
    (answer,) = store.snapshot(session).responses
    assert (answer.author, answer.entered_by, answer.value) == ("M3", "M2", "what Ana said")
    sit(store, opened, 2)
    with pytest.raises(StepLocked, match=r"^Ana answers on their own device\.$"):
        store.record(tom, Entry("think", 1, "s2", {"seen": "other"}, "member", "M3", entered_by="M2"), may_record)


def test_the_facilitator_enters_anonymous_answers_without_a_mark(store: Store, opened: Opened, host: Seat) -> None:
    session = opened.sessions[0].id
    store.act(host, led.next_step(), session)
    store.act(host, led.next_step(), session)
    store.act(host, led.scribe(FACILITATOR, "M3"), session)
    said = Entry("whisper", 1, "s1", {"worry": "load"}, "member", "M3", entered_by=FACILITATOR)
    store.record(host, said, may_record)
    (answer,) = store.snapshot(session).responses
    assert (answer.entered_by, answer.author == "M3") == ("", False)


def test_a_row_is_its_takers_also_where_pages_are_behind(store: Store, opened: Opened, host: Seat) -> None:
    session = opened.sessions[0].id
    lena, tom = sit(store, opened, 0), sit(store, opened, 1)
    store.act(host, led.reopen("collect"), session)
    store.record(lena, Entry("collect", 1, "a", {"ideas": ideas("Reading", "Calm")}, "team"), may_record)
    rows = store.snapshot(session).team_answer("collect", "ideas")
    store.act(lena, moves.take_row("M1", "collect", "C1"), session)

    def changed(name: str, why: str) -> list[dict[str, object]]:
        return [r | {"cells": {**r["cells"], "why": why}} if r["cells"]["name"] == name else r for r in rows]

    base = {"ideas": 1}
    with pytest.raises(StepLocked, match=r"^Lena has this one\. Pick another, or ask Lena\.$"):
        store.record(
            tom, Entry("collect", 1, "b", {"ideas": changed("Reading", "mine")}, "team", base=base), may_record
        )
    mine = Entry("collect", 1, "c", {"ideas": changed("Reading", "many wait")}, "team", base=base)
    store.record(lena, mine, may_record)
    theirs = Entry("collect", 1, "d", {"ideas": changed("Calm", "noon is loud")}, "team", base=base)
    store.record(tom, theirs, may_record)
    stands = store.snapshot(session).team_answer("collect", "ideas")
    assert [row["cells"]["why"] for row in stands] == ["many wait", "noon is loud"]


def test_a_countdown_is_carried_out_by_whoever_looks_first(
    store: Store, opened: Opened, host: Seat, clock: Ticking
) -> None:
    session = opened.sessions[0].id
    seats = [sit(store, opened, n) for n in range(5)]
    store.act(host, led.next_step(), session)
    for n in range(3):
        store.record(seats[n], Entry("think", 1, f"k{n}", {"seen": "a gap"}), may_record)
    store.act(host, led.show(), session)
    store.act(seats[4], moves.wait("M5"), session)
    clock.forward(seconds=19)
    assert store.act(None, moves.tick(), session) == ()
    clock.forward(seconds=1)
    assert [act.kind for act in store.act(seats[0], moves.tick(), session)] == ["reveal"]
    assert store.act(None, moves.tick(), session) == ()


def test_what_was_whispered_is_sealed_when_the_minute_is_over(
    store: Store, opened: Opened, host: Seat, clock: Ticking
) -> None:
    session = opened.sessions[0].id
    store.act(host, led.reopen("whisper"), session)
    for n in range(5):
        store.record(sit(store, opened, n), Entry("whisper", 1, f"k{n}", {"worry": f"w{n}"}), may_record)
    store.act(host, led.show(), session)
    clock.forward(seconds=10)
    store.act(host, led.next_step(), session)
    store.act(host, led.undo(), session)
    store.act(host, led.undo(), session)
    store.act(host, led.redo(), session)
    clock.forward(seconds=50)
    snapshot = store.snapshot(session)
    assert to_seal(snapshot, fold(snapshot.acts, snapshot.workbook), clock()) == ()
    clock.forward(seconds=1)
    assert to_seal(snapshot, fold(snapshot.acts, snapshot.workbook), clock()) == (("whisper", 1),)


def test_the_facilitators_pen_is_asked_for_like_anybodys(
    sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking
) -> None:
    book = tiny_workbook.model_copy(
        update={
            "steps": tuple(s.model_copy(update={"pen": "one"}) if s.key == "agree" else s for s in tiny_workbook.steps)
        }
    )
    opened = sqlite_store.open_meeting(book, [NewTeam("T", members=people("Lena", "Tom"))], pace="led")
    session = opened.sessions[0].id
    host, lena = sqlite_store.take_seat("wall", session, "facilitator"), sit(sqlite_store, opened, 0)

    def holder() -> tuple[str, str]:
        pen = stage_of(sqlite_store, session).pens["agree", ""]
        return pen.holder, pen.asked_by

    sqlite_store.act(host, led.reopen("agree"), session)
    sqlite_store.act(host, moves.take_pen(FACILITATOR, "agree", ""), session)
    sqlite_store.act(lena, moves.take_pen("M1", "agree", ""), session)
    assert holder() == (FACILITATOR, "M1")
    with pytest.raises(StepLocked, match=r"^The facilitator holds the pen\. What you typed is kept\.$"):
        sqlite_store.record(lena, Entry("agree", 1, "a", {"aim": "x"}, "team"), may_record)
    sqlite_store.record(host, Entry("agree", 1, "b", {"aim": "y"}, "team"), may_record)
    sqlite_store.act(host, moves.pass_pen(FACILITATOR, "agree", "", "M1"), session)
    assert holder() == ("M1", "")
    clock.forward(seconds=45)
    sqlite_store.act(host, moves.take_pen(FACILITATOR, "agree", ""), session)
    assert holder() == (FACILITATOR, "")
