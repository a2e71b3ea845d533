"""Answers through the one write door."""

import pytest
from tiny import Ticking, ideas, sit, yes

from mira_workbook.errors import RightError, SeatError, SessionClosed, VersionClash
from mira_workbook.records import Entry, Seat
from mira_workbook.store import Opened, Store


def test_a_saved_answer_is_in_the_snapshot(store: Store, opened: Opened, clock: Ticking) -> None:
    seat = sit(store, opened, 0)
    saved = store.record(seat, Entry("think", 1, "k1", {"seen": "a gap", "fit": 3}), yes)
    assert (saved.saved_at, saved.seq, saved.versions, saved.replayed) == (clock.at, 2, {"seen": 1, "fit": 1}, False)
    snapshot = store.snapshot(seat.session_id)
    assert snapshot.answers("think", "seen") == {"M1": "a gap"}
    assert snapshot.session.rev == 2


def test_the_same_save_key_again_inserts_nothing(store: Store, opened: Opened, clock: Ticking) -> None:
    seat = sit(store, opened, 0)
    first = store.record(seat, Entry("think", 1, "k1", {"seen": "a gap"}), yes)
    clock.forward(seconds=9)
    again = store.record(seat, Entry("think", 1, "k1", {"seen": "a gap"}), yes)
    assert again.replayed
    assert (again.saved_at, again.seq, again.versions) == (first.saved_at, first.seq, first.versions)
    assert store.revisions(seat.session_id) == (1, 0)


def test_two_people_add_rows_and_both_stay(store: Store, opened: Opened) -> None:
    one, two = sit(store, opened, 0), sit(store, opened, 1)
    a = store.record(one, Entry("collect", 1, "a", {"ideas": ideas("read")}, "team"), yes)
    assert a.merged["ideas"][0]["row_id"] == "C1"
    b = store.record(two, Entry("collect", 1, "b", {"ideas": ideas("write")}, "team"), yes)
    assert [r["row_id"] for r in b.merged["ideas"]] == ["C1", "C2"]


def test_the_same_cell_changed_two_ways_is_a_clash(store: Store, opened: Opened) -> None:
    one, two = sit(store, opened, 0), sit(store, opened, 1)
    store.record(one, Entry("agree", 1, "a", {"aim": "read more"}, "team"), yes)
    store.draft(two, "agree", 1, "aim", "write more")
    with pytest.raises(VersionClash) as clash:
        store.record(two, Entry("agree", 1, "b", {"aim": "write more"}, "team"), yes)
    assert str(clash.value) == (
        "Lena Marsh saved a newer version at 3:00. Yours is kept as a draft. Compare and save again."
    )
    assert (clash.value.head, clash.value.version) == ("read more", 1)
    assert [d.value for d in store.drafts(two.session_id, "M2")] == ["write more"]


def test_a_closed_meeting_takes_nothing(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.close_meeting(opened.meeting.code)
    with pytest.raises(SessionClosed):
        store.record(seat, Entry("think", 1, "k", {"seen": "late"}), yes)


def test_a_made_up_seat_is_refused(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    other = opened.sessions[1].id
    forged = Seat(seat.id, other, seat.meeting_id, "member", seat.member_id, "M1")
    with pytest.raises(SeatError):
        store.record(forged, Entry("think", 1, "k", {"seen": "x"}), yes)


def test_a_facilitator_without_a_person_cannot_answer_as_one(store: Store, opened: Opened) -> None:
    seat = store.take_seat("wall", opened.sessions[0].id, "facilitator")
    with pytest.raises(RightError):
        store.record(seat, Entry("think", 1, "k", {"seen": "x"}), yes)
