"""Answers through the one write door."""

import pytest
from tiny import Ticking, ideas, people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import RightError, SeatError, SessionClosed, StepLocked, StoreError, VersionClash
from mira_workbook.judging import Ledger, Verdict
from mira_workbook.records import Entry, NewAct, Seat
from mira_workbook.store import Access, NewTeam, Opened, Store


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
    assert store.revisions(seat.session_id) == (1, 1)


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


def test_who_sends_again_gets_the_next_version_and_the_draft_goes(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.draft(seat, "think", 1, "seen", "a g")
    store.draft(seat, "think", 1, "fit", "3")
    assert store.snapshot(seat.session_id).drafting == {("M1", "think")}
    store.record(seat, Entry("think", 1, "k1", {"seen": "a gap"}), yes)
    assert [d.field for d in store.drafts(seat.session_id, "M1")] == ["fit"]
    assert store.record(seat, Entry("think", 1, "k2", {"seen": "a big gap"}), yes).versions == {"seen": 2}
    (response,) = store.snapshot(seat.session_id).responses
    assert (response.version, response.value, response.state) == (2, "a big gap", "submitted")


def test_a_draft_may_hold_anything_typed_and_goes_with_none(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    half_an_emoji = {"text": "\ud83d", "nul": "\x00", "number": "1,250"}
    store.draft(seat, "think", 1, "seen", half_an_emoji)
    assert [d.value for d in store.drafts(seat.session_id, "M1")] == [half_an_emoji]
    store.draft(seat, "think", 1, "seen", None)
    assert store.drafts(seat.session_id, "M1") == ()


def test_an_answer_can_be_taken_back(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("think", 1, "k1", {"seen": "a gap", "fit": 2}), yes)
    store.record(seat, Entry("think", 1, "k2", {"seen": None}), yes)
    store.record(seat, Entry("think", 1, "k3", {"fit": 2}, state="withdrawn"), yes)
    snapshot = store.snapshot(seat.session_id)
    assert [(r.field, r.state, r.value) for r in snapshot.responses] == [
        ("seen", "withdrawn", None),
        ("fit", "withdrawn", None),
    ]
    assert snapshot.answers("think", "seen") == {}


def test_answers_stand_in_roster_order(store: Store, opened: Opened) -> None:
    for n in (3, 0, 4):
        store.record(sit(store, opened, n), Entry("think", 1, f"k{n}", {"fit": n}), yes)
    assert list(store.snapshot(opened.sessions[0].id).answers("think", "fit")) == ["M1", "M4", "M5"]


def test_the_guard_sees_what_stands_and_marks_an_answer_late(store: Store, opened: Opened, clock: Ticking) -> None:
    seat = sit(store, opened, 0)
    seen: list[Ledger] = []

    def guard(ledger: Ledger, _seat: Seat, _entry: Entry) -> Verdict:
        seen.append(ledger)
        return Verdict(late=bool(ledger.stands))

    first = store.record(seat, Entry("think", 1, "k1", {"seen": "a"}), guard)
    clock.forward(seconds=5)
    second = store.record(seat, Entry("think", 1, "k2", {"seen": "b"}), guard)
    again = store.record(seat, Entry("think", 1, "k2", {"seen": "b"}), guard)
    assert (first.late, second.late, again.late) == (False, True, True)
    assert [ledger.stands for ledger in seen] == [frozenset(), {"seen"}]
    assert seen[1].now == clock.at
    assert store.snapshot(seat.session_id).responses[0].late


def test_a_guard_that_refuses_leaves_nothing(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)

    def no(_ledger: Ledger, _seat: Seat, _entry: Entry) -> Verdict:
        raise StepLocked("not now")

    store.draft(seat, "think", 1, "seen", "a g")
    with pytest.raises(StepLocked, match="not now"):
        store.record(seat, Entry("think", 1, "k", {"seen": "a gap"}), no)
    assert store.revisions(seat.session_id) == (0, 1)
    assert len(store.drafts(seat.session_id, "M1")) == 1


def test_the_author_is_who_sits_there_whatever_the_entry_says(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("think", 1, "k", {"seen": "x"}, author="M2"), yes)
    assert list(store.snapshot(seat.session_id).answers("think", "seen")) == ["M1"]
    with pytest.raises(RightError):
        store.record(seat, Entry("think", 1, "k2", {"seen": "x"}, author="M2", entered_by="M1"), yes)


def test_a_facilitator_types_for_somebody_and_that_is_noted(store: Store, opened: Opened) -> None:
    seat = store.take_seat("wall", opened.sessions[0].id, "facilitator")
    store.record(seat, Entry("think", 1, "k", {"seen": "x"}, author="M2", entered_by="FACIL"), yes)
    (response,) = store.snapshot(seat.session_id).responses
    assert (response.author, response.entered_by) == ("M2", "FACIL")
    with pytest.raises(RightError, match=r"Only members of Tupelo Branch can save here\."):
        store.record(seat, Entry("think", 1, "k2", {"seen": "x"}, author="M9", entered_by="FACIL"), yes)


def test_a_save_key_of_somebody_else_is_refused(store: Store, opened: Opened) -> None:
    store.record(sit(store, opened, 0), Entry("think", 1, "k", {"seen": "x"}), yes)
    with pytest.raises(StoreError, match="numbered like another one"):
        store.record(sit(store, opened, 1), Entry("think", 1, "k", {"seen": "y"}), yes)


def test_a_field_that_the_workbook_does_not_have_is_refused(store: Store, opened: Opened) -> None:
    with pytest.raises(StepLocked, match=r"This workbook has no place called think\.nothing\."):
        store.record(sit(store, opened, 0), Entry("think", 1, "k", {"nothing": 1}), yes)


def test_a_pair_writes_one_record_and_nobody_else_does(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    store.act(None, lambda *_: [NewAct("pairs", payload={"pairs": [["M1", "M2"], ["M3", "M4"]]})], session)
    store.act(None, lambda *_: [NewAct("pairs", payload={"pairs": [["M1", "M2", "M5"], ["M3", "M4"]]})], session)
    ids = [m.id for m in store.roster(session)]
    assert [p.members for p in store.snapshot(session).pairs] == [(ids[0], ids[1], ids[4]), (ids[2], ids[3])]
    for n in (0, 4):
        entry = Entry("match", 1, f"k{n}", {"same": f"by {n}"}, "pair", "PAIR1", base={"same": n // 4})
        store.record(sit(store, opened, n), entry, yes)
    (response,) = store.snapshot(session).responses
    assert (response.author, response.value, response.version, response.entered_by) == ("PAIR1", "by 4", 2, "M5")
    with pytest.raises(RightError, match="Only this pair"):
        store.record(sit(store, opened, 2), Entry("match", 1, "k", {"same": "x"}, "pair", "PAIR1"), yes)


def test_a_number_of_a_removed_row_is_never_used_again(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    first = store.record(seat, Entry("collect", 1, "a", {"ideas": ideas("read", "write")}, "team"), yes)
    rows = first.merged["ideas"]
    assert [r["row_id"] for r in rows] == ["C1", "C2"]
    store.record(seat, Entry("collect", 1, "b", {"ideas": rows[:1]}, "team", base={"ideas": 1}), yes)
    last = Entry("collect", 1, "c", {"ideas": rows[:1] + ideas("count")}, "team", base={"ideas": 2})
    assert [r["row_id"] for r in store.record(seat, last, yes).merged["ideas"]] == ["C1", "C3"]
    assert store.record(seat, last, yes).merged == {"ideas": [*rows[:1], {"row_id": "C3", "cells": {"name": "count"}}]}


def test_two_cells_of_one_row_changed_by_two_people_merge(store: Store, opened: Opened) -> None:
    one, two = sit(store, opened, 0), sit(store, opened, 1)
    rows = store.record(one, Entry("collect", 1, "a", {"ideas": ideas("read")}, "team"), yes).merged["ideas"]
    mine = [{**rows[0], "cells": {"name": "read aloud"}}]
    theirs = [{**rows[0], "cells": {"name": "read", "hours": 3}}]
    assert store.record(one, Entry("collect", 1, "b", {"ideas": mine}, "team", base={"ideas": 1}), yes).merged == {}
    saved = store.record(two, Entry("collect", 1, "c", {"ideas": theirs}, "team", base={"ideas": 1}), yes)
    assert saved.merged == {"ideas": [{"row_id": "C1", "cells": {"name": "read aloud", "hours": 3}}]}
    assert saved.versions == {"ideas": 3}


def test_the_clash_tells_the_time_of_the_room(store: Store, tiny_workbook: Workbook) -> None:
    opened = store.open_meeting(
        tiny_workbook, [NewTeam("All", members=people("Ana", "Ben"))], timezone="America/New_York"
    )
    store.record(sit(store, opened, 0), Entry("agree", 1, "a", {"aim": "x"}, "team"), yes)
    with pytest.raises(VersionClash, match=r"Ana saved a newer version at 11:00\."):
        store.record(sit(store, opened, 1), Entry("agree", 1, "b", {"aim": "y"}, "team"), yes)


def test_a_new_cycle_starts_empty_and_the_old_one_is_frozen(
    store: Store, opened: Opened, tiny_workbook: Workbook
) -> None:
    seat = sit(store, opened, 0)
    team = opened.sessions[0].team_id
    store.record(seat, Entry("agree", 1, "a", {"aim": "read more"}, "team"), yes)
    assert store.open_cycle(team) == 2
    for write in (
        lambda: store.record(seat, Entry("agree", 1, "b", {"aim": "x"}, "team", base={"aim": 1}), yes),
        lambda: store.draft(seat, "agree", 1, "aim", "x"),
        lambda: store.act(seat, lambda *_: [NewAct("open", "agree")], seat.session_id),
    ):
        with pytest.raises(SessionClosed, match="cycle is closed"):
            write()
    later = store.open_meeting(tiny_workbook, [NewTeam("", team_id=team)]).sessions[0]
    assert (later.cycle, store.snapshot(later.id).carries) == (2, {})


def test_notes_are_private_unless_shared(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    store.put_note(session, "coach", "ask about the calendar")
    store.put_note(session, "coach", "well done", shared=True)
    assert [n.body for n in store.notes(session, "coach")] == ["ask about the calendar", "well done"]
    assert [n.body for n in store.notes(session)] == ["well done"]


def test_who_took_what_out_is_logged(store: Store, clock: Ticking) -> None:
    store.log_access("coach", "K7M4QX", "xlsx", 40)
    assert store.accesses() == (Access(clock.at, "coach", "K7M4QX", "xlsx", 40),)
