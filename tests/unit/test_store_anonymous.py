"""Anonymous steps: names known while open, cut off for good when sealed."""

from pathlib import Path

import pytest
from tiny import Ticking, people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import StepLocked
from mira_workbook.records import Entry
from mira_workbook.store import NewTeam, Opened, Store
from mira_workbook.store.codes import anonymous_author


def test_while_open_only_a_hash_stands_and_its_person_finds_it(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("whisper", 1, "k", {"worry": "the noise", "safe": 2}), yes)
    snapshot = store.snapshot(seat.session_id)
    (author,) = {r.author for r in snapshot.responses}
    assert {(r.author_kind, r.entered_by) for r in snapshot.responses} == {("member", "")}
    assert len(author) == 64
    assert store.own_author(seat.session_id, "whisper", 1, "M1") == author
    assert store.own_author(seat.session_id, "whisper", 1, "M2") != author
    assert store.own_author(seat.session_id, "whisper", 2, "M1") == ""
    assert snapshot.arrived == {("M1", "whisper", 1)}


def test_an_anonymous_answer_can_be_changed_and_taken_back(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    for n, worry in enumerate(["the noise", "the din", None]):
        store.record(seat, Entry("whisper", 1, f"k{n}", {"worry": worry}), yes)
    snapshot = store.snapshot(seat.session_id)
    assert [(r.version, r.state, r.value) for r in snapshot.responses] == [(3, "withdrawn", None)]
    assert snapshot.arrived == frozenset()


def test_drafts_stand_under_the_hash_without_their_seat(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 1)
    store.draft(seat, "whisper", 1, "worry", "hal")
    assert [d.value for d in store.drafts(seat.session_id, "M2")] == ["hal"]
    assert store.drafts(seat.session_id, "M1") == ()
    assert store.snapshot(seat.session_id).drafting == {("M2", "whisper")}
    store.record(seat, Entry("whisper", 1, "k", {"worry": "half a thought"}), yes)
    assert store.drafts(seat.session_id, "M2") == ()


def test_sealing_keeps_the_answers_and_nothing_that_tells_whose(store: Store, opened: Opened, clock: Ticking) -> None:
    seats = [sit(store, opened, n) for n in range(5)]
    for n, seat in enumerate(seats):
        clock.forward(seconds=7)
        store.record(seat, Entry("whisper", 1, f"k{n}", {"worry": f"worry {n}", "safe": n + 1}), yes)
    hashes = sorted(store.own_author(seat.session_id, "whisper", 1, seat.member_key) for seat in seats)
    by_hash = {r.author: r.value for r in store.snapshot(seats[0].session_id).responses if r.field == "worry"}
    store.draft(seats[0], "whisper", 1, "worry", "again")
    store.seal(seats[0].session_id, "whisper", 1)
    snapshot = store.snapshot(seats[0].session_id)
    worries = [r for r in snapshot.responses if r.field == "worry"]
    assert [r.author for r in worries] == ["anon_01", "anon_02", "anon_03", "anon_04", "anon_05"]
    assert [r.value for r in worries] == [by_hash[one] for one in hashes]
    assert {(r.version, r.saved_at, r.entered_by, r.late) for r in snapshot.responses} == {(1, None, "", False)}
    assert {r.author: r.value for r in snapshot.responses if r.field == "safe"}["anon_01"] == int(
        worries[0].value[-1]
    ) + 1
    assert [(a.kind, a.step) for a in snapshot.acts] == [("seal", "whisper")]
    assert (snapshot.drafting, snapshot.arrived) == (frozenset(), frozenset())
    assert store.own_author(seats[0].session_id, "whisper", 1, "M1") == ""
    before = store.revisions(seats[0].session_id)
    store.seal(seats[0].session_id, "whisper", 1)
    assert store.revisions(seats[0].session_id) == before


def test_nothing_can_be_added_to_sealed_answers(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.seal(seat.session_id, "whisper", 1)
    with pytest.raises(StepLocked):
        store.record(seat, Entry("whisper", 1, "k", {"worry": "late"}), yes)
    with pytest.raises(StepLocked):
        store.draft(seat, "whisper", 1, "worry", "late")


def test_after_sealing_no_byte_of_the_files_joins_answer_and_person(
    sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking
) -> None:
    names = [f"Person {n}" for n in range(50)]
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people(*names))])
    session = opened.sessions[0].id
    seats = [sit(sqlite_store, opened, n) for n in range(50)]
    times = []
    for n, seat in enumerate(seats):
        times.append(clock.forward(seconds=61, microseconds=n + 1))
        sqlite_store.draft(seat, "whisper", 1, "worry", f"half a worry {n}")
        sqlite_store.record(seat, Entry("whisper", 1, f"savekey-{n}-x", {"worry": f"worry number {n}"}), yes)
    hashes = [sqlite_store.own_author(session, "whisper", 1, seat.member_key) for seat in seats]
    traces = [*hashes, *(f"savekey-{n}-x" for n in range(50)), *(str(at)[:26] for at in times)]
    before = file_bytes(sqlite_store)
    assert [trace for trace in traces if trace.encode() not in before] == []
    clock.forward(hours=1)
    sqlite_store.seal(session, "whisper", 1)
    after = file_bytes(sqlite_store)
    assert [trace for trace in [*traces, "half a worry"] if trace.encode() in after] == []
    assert all(f"worry number {n}".encode() in after for n in range(50))


def file_bytes(store: Store) -> bytes:
    """Every byte of the database's files, read when nothing of ours holds them open."""
    store.close()
    path = store._db.path
    return b"".join(file.read_bytes() for file in Path(path.parent).glob(f"{path.name}*"))


def test_the_log_is_emptied_while_the_store_stays_open(sqlite_store: Store, tiny_workbook: Workbook) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people("Ana Fern"))])
    seat = sit(sqlite_store, opened, 0)
    sqlite_store.record(seat, Entry("whisper", 1, "k", {"worry": "the noise"}), yes)
    log = sqlite_store._db.path.with_name("mira.sqlite-wal")
    assert log.stat().st_size > 0
    sqlite_store.seal(seat.session_id, "whisper", 1)
    assert log.stat().st_size == 0


def test_the_end_of_a_meeting_seals_what_is_open(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.record(seat, Entry("whisper", 1, "k", {"worry": "the noise"}), yes)
    store.close_meeting(opened.meeting.code)
    assert [r.author for r in store.snapshot(seat.session_id).responses] == ["anon_01"]
    assert store.meeting(opened.meeting.code).ended_at is not None
    store.close_meeting(opened.meeting.code)


def test_names_by_hash_differ_from_step_to_step() -> None:
    assert anonymous_author("00" * 32, "M1") != anonymous_author("01" * 32, "M1")
