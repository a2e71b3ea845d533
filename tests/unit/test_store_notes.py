"""Coaches' notes, the log of exports, and since when meetings rest; on both databases."""

from pathlib import Path

import pytest
from tiny import Ticking, people

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import RightError, SeatError, SessionNotFound, StoreError
from mira_workbook.records import Seat
from mira_workbook.store import Access, Lasting, NewTeam, Opened, Store


def coach(store: Store, opened: Opened, browser: str = "laptop") -> tuple[Seat, ...]:
    return store.enter(browser, opened.keys["coach"])


def test_only_shared_notes_stand_in_a_snapshot_and_a_coach_asks_for_the_others(store: Store, opened: Opened) -> None:
    seat, *_ = coach(store, opened)
    store.write_note(seat, seat.session_id, "  Lena spoke second.  ")
    store.write_note(seat, seat.session_id, "Well prepared.", shared=True)
    store.put_note(seat.session_id, "facilitator", "Ask Ben first")
    assert [note.body for note in store.snapshot(seat.session_id).notes] == ["Well prepared."]
    assert [note.body for note in store.coachs_snapshot(seat.session_id).notes] == [
        "Lena spoke second.",
        "Well prepared.",
    ]
    assert [note.body for note in store.notes(seat.session_id, "facilitator")] == ["Well prepared.", "Ask Ben first"]


def test_a_note_is_shared_made_private_and_deleted_by_coaches_only(store: Store, opened: Opened) -> None:
    seat, other = coach(store, opened)
    note = store.write_note(seat, seat.session_id, "Lena spoke second.")
    store.share_note(seat, seat.session_id, note, shared=True)
    assert store.snapshot(seat.session_id).notes[0].shared
    store.share_note(seat, seat.session_id, note, shared=False)
    assert store.snapshot(seat.session_id).notes == ()
    # A note of another session, or of those who lead, is not theirs to touch from here.
    led = store.put_note(seat.session_id, "facilitator", "Ask Ben first")
    store.drop_note(other, other.session_id, note)
    store.drop_note(seat, seat.session_id, led)
    assert len(store.notes(seat.session_id, "coach") + store.notes(seat.session_id, "facilitator")) == 2
    store.drop_note(seat, seat.session_id, note)
    assert store.notes(seat.session_id, "coach") == ()


def test_who_is_no_coach_of_the_meeting_writes_no_note(store: Store, opened: Opened, tiny_workbook: Workbook) -> None:
    session = opened.sessions[0].id
    leads = store.enter("laptop", opened.keys["facilitator"])[0]
    elsewhere = store.open_meeting(tiny_workbook, [NewTeam("Elm")])
    foreign = coach(store, elsewhere, "other")[0]
    for seat in (leads, foreign):
        with pytest.raises(RightError, match="Only a coach of this meeting writes notes here"):
            store.write_note(seat, session, "x")
    mine = coach(store, opened)[0]
    with pytest.raises(StoreError, match="Write a few words first"):
        store.write_note(mine, session, "   ")
    store.release_seat(mine)
    with pytest.raises(SeatError):
        store.write_note(mine, session, "x")


def test_the_seats_beside_one_are_its_browsers_in_the_same_role(
    store: Store, opened: Opened, tiny_workbook: Workbook
) -> None:
    second = store.open_meeting(tiny_workbook, [NewTeam("Elm")])
    first = coach(store, opened)[0]
    coach(store, second)
    coach(store, opened, "somebody else's")
    store.enter("laptop", opened.keys["facilitator"])
    held = store.beside(first)
    assert [seat.session_id for seat in held] == [*(s.id for s in opened.sessions), second.sessions[0].id]
    assert {seat.role for seat in held} == {"coach"}
    assert [s.id for s in store.sessions_with({second.sessions[0].id, 999})] == [second.sessions[0].id]
    store.revoke_keys(second.meeting.code, "coach")
    assert len(store.beside(first)) == 2


def test_the_log_of_one_meeting_is_read_by_its_code_also_when_it_is_gone(
    store: Store, opened: Opened, clock: Ticking
) -> None:
    store.log_access("coach, seat 1", opened.meeting.code, "csv", 40)
    store.log_access("coach, seat 2", "OTHER1", "csv", 7)
    store.forget_meeting(opened.meeting.code)
    assert store.accesses(opened.meeting.code.lower()) == (
        Access(clock.at, "coach, seat 1", opened.meeting.code, "csv", 40),
    )
    assert len(store.accesses()) == 2


def test_a_meeting_rests_since_its_end_or_since_the_last_thing_done_in_it(
    store: Store, opened: Opened, tiny_workbook: Workbook, clock: Ticking
) -> None:
    left_open = store.open_meeting(tiny_workbook, [NewTeam("Elm", members=people("Ana Fern"))])
    clock.forward(days=1)
    ended = clock.at
    store.close_meeting(opened.meeting.code)
    store.put_note(opened.sessions[0].id, "coach", "written later")
    clock.forward(days=2)
    store.write_note(None, left_open.sessions[0].id, "Still at it")
    noted = clock.at
    clock.forward(days=3)
    store.put_archive("ABCDEF", '{"sessions": [{"team": {"name": "Oak"}}]}')
    assert store.resting() == (
        Lasting(opened.meeting.code, ended, ("Tupelo Branch", "Cedar")),
        Lasting(left_open.meeting.code, noted, ("Elm",)),
        Lasting("ABCDEF", clock.at, ("Oak",), is_archive=True),
    )


def test_an_imported_archive_is_forgotten_by_its_code_and_told_of_by_its_teams(store: Store, opened: Opened) -> None:
    store.put_archive("ABCDEF", '{"sessions": [{"team": {"name": "Cedar"}}]}')
    store.put_archive("ABCDEG", "not ours")
    assert store.still_told_of("Cedar") == ("ABCDEF",)
    store.forget_meeting("abc-def")
    assert (store.archives(), len(store.meetings())) == (("ABCDEG",), 1)
    with pytest.raises(SessionNotFound):
        store.forget_meeting("ABCDEF")
    assert opened.meeting in store.meetings()


def test_what_somebody_typed_for_the_team_goes_with_them(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id
    lena, tom = (store.take_seat(f"b{n}", session, "member", store.roster(session)[n].id) for n in range(2))
    store.draft(lena, "agree", 1, "aim", "Lena's half sentence", author="TEAM")
    store.draft(tom, "collect", 1, "ideas", [], author="TEAM")
    store.forget_member(opened.meeting.code, "M1", "tupelo-branch")
    assert [draft.field for draft in store.drafts(session, "TEAM")] == ["ideas"]


def test_a_deleted_note_is_in_no_byte_of_the_file(sqlite_store: Store, opened_here: Opened, tmp_path: Path) -> None:
    session = opened_here.sessions[0].id
    note = sqlite_store.write_note(None, session, "zebra crossing seen at noon")
    sqlite_store.drop_note(None, session, note)
    sqlite_store.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if b"zebra crossing" in path.read_bytes()] == []


@pytest.fixture
def opened_here(sqlite_store: Store, tiny_workbook: Workbook) -> Opened:
    return sqlite_store.open_meeting(tiny_workbook, [NewTeam("Tupelo", members=people("Lena Marsh"))])
