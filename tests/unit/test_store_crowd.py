"""Many at once: processes, threads and forks on one store, nothing lost."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from tiny import Ticking, ideas, people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import StoreBusy, StoreError
from mira_workbook.records import Entry, NewAct, Seat
from mira_workbook.store import NewMember, NewTeam, Opened, Store, engine

SAVES = 60


def save_many(url: str, seat: Seat, start: int) -> int:
    store = Store(url)
    for n in range(SAVES):
        store.record(seat, Entry("think", 1, f"{start}-{n}", {"seen": f"{start} {n}"}), yes)
    store.close()
    return SAVES


def migrate_new(url: str) -> None:
    store = Store(url)
    store.migrate()
    store.close()


def in_processes(count: int, job: Any, arguments: list[tuple[Any, ...]]) -> list[Any]:
    # A fork server that has everything imported: processes as separate as spawned ones, at a tenth of the price.
    processes = get_context("forkserver")
    processes.set_forkserver_preload(["mira_workbook.store", "tiny", "alembic.command", "psycopg"])
    with processes.Pool(count) as pool:
        return pool.starmap(job, arguments)


def test_two_processes_of_sixty_saves_at_once_lose_nothing(store: Store, opened: Opened, database_url: str) -> None:
    one, two = sit(store, opened, 0), sit(store, opened, 1)
    assert in_processes(2, save_many, [(database_url, one, 1), (database_url, two, 2)]) == [SAVES, SAVES]
    snapshot = store.snapshot(one.session_id)
    assert snapshot.session.rev == 2 * SAVES
    assert {r.author: (r.version, r.value) for r in snapshot.responses} == {
        "M1": (SAVES, f"1 {SAVES - 1}"),
        "M2": (SAVES, f"2 {SAVES - 1}"),
    }


def read_then_write(url: str, seat: Seat, deferred: bool) -> int:  # noqa: FBT001 - sent to a process by position
    """Count the saves that fail, with our transactions or with the database's own kind of beginning."""
    store, failed = Store(url, patience=120), 0
    if deferred:
        # Never taken back: the process does nothing else.
        pytest.MonkeyPatch().setattr(engine, "_begin_to_write", _begin_late)
    for n in range(12):
        try:
            store.record(seat, Entry("think", 1, f"{seat.id}-{deferred}-{n}", {"seen": str(n)}), yes)
        except StoreBusy:
            failed += 1
    store.close()
    return failed


def _begin_late(connection: Connection, _patience: float) -> None:
    connection.exec_driver_sql("BEGIN")


def test_sixteen_processes_fail_with_deferred_transactions_and_never_with_ours(
    sqlite_store: Store, tiny_workbook: Workbook
) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people_of(16))])
    url = f"sqlite:///{sqlite_store._db.path}"
    seats = [sit(sqlite_store, opened, n) for n in range(16)]
    assert sum(in_processes(16, read_then_write, [(url, seat, True) for seat in seats])) > 0
    assert sum(in_processes(16, read_then_write, [(url, seat, False) for seat in seats])) == 0


def people_of(count: int) -> tuple[NewMember, ...]:
    return people(*(f"Person {n}" for n in range(count)))


def test_threads_share_a_store(store: Store, opened: Opened) -> None:
    seats = [sit(store, opened, n) for n in range(5)]

    def work(seat: Seat) -> None:
        for n in range(10):
            store.record(seat, Entry("think", 1, f"{seat.id}-{n}", {"fit": n % 4 + 1}), yes)
            store.snapshot(seat.session_id)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(work, seats))
    assert store.revisions(seats[0].session_id) == (50, 5)


def test_people_who_add_rows_at_once_all_keep_theirs(store: Store, opened: Opened) -> None:
    seats = [sit(store, opened, n) for n in range(5)]

    def add(seat: Seat) -> None:
        for n in range(6):
            name = f"{seat.member_key} {n}"
            store.record(seat, Entry("collect", 1, name, {"ideas": ideas(name)}, "team"), yes)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(add, seats))
    rows = store.snapshot(seats[0].session_id).team_answer("collect", "ideas")
    assert sorted(r["row_id"] for r in rows) == sorted(f"C{n}" for n in range(1, 31))
    assert len({r["cells"]["name"] for r in rows}) == 30


def test_two_taps_at_once_move_the_room_once(store: Store, opened: Opened) -> None:
    session = opened.sessions[0].id

    def tap(_: int) -> int:
        return len(store.act(None, lambda snapshot, _now: [] if snapshot.acts else [NewAct("open", "think")], session))

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(tap, range(6))) == 1


def test_a_fork_opens_connections_of_its_own(store: Store, opened: Opened) -> None:
    seat = sit(store, opened, 0)
    store.changed()
    child = os.fork()
    if child == 0:
        done = 1
        try:
            store.record(seat, Entry("think", 1, "child", {"seen": "child"}), yes)
            done = 0
        finally:
            os._exit(done)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    store.record(seat, Entry("think", 1, "parent", {"fit": 2}), yes)
    assert {r.field for r in store.snapshot(seat.session_id).responses} == {"seen", "fit"}


def test_six_processes_that_migrate_at_once_all_succeed(empty_database_url: str) -> None:
    in_processes(6, migrate_new, [(empty_database_url,)] * 6)
    store = Store(empty_database_url)
    store.check_schema()
    assert store.meetings() == ()
    store.close()


def test_a_writer_who_waits_too_long_hears_that_the_store_is_busy(
    sqlite_store: Store, tiny_workbook: Workbook, clock: Ticking
) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people_of(1))])
    seat = sit(sqlite_store, opened, 0)
    hurried = Store(f"sqlite:///{sqlite_store._db.path}", clock, patience=0.1)
    holder = sqlite3.connect(sqlite_store._db.path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as busy:
        hurried.record(seat, Entry("think", 1, "k", {"seen": "x"}), yes)
    assert str(busy.value) == "The store is busy with other saves. Try again in a moment; nothing was lost."
    holder.rollback()
    holder.close()
    assert hurried.record(seat, Entry("think", 1, "k", {"seen": "x"}), yes).seq == 1
    hurried.close()


def test_changed_says_when_another_process_wrote(sqlite_store: Store, tiny_workbook: Workbook) -> None:
    other = Store(f"sqlite:///{sqlite_store._db.path}")
    assert sqlite_store.changed()
    assert not sqlite_store.changed()
    other.open_meeting(tiny_workbook, [NewTeam("All")])
    assert sqlite_store.changed()
    assert not sqlite_store.changed()
    sqlite_store.open_meeting(tiny_workbook, [NewTeam("More")])
    assert sqlite_store.changed()
    other.close()


def test_a_full_disk_is_said_in_words(sqlite_store: Store) -> None:
    with sqlite_store._db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError) as full:
        sqlite_store.put_archive("ABC234", "x" * 1_000_000)
    assert str(full.value) == "The disk is full, so this was not saved. Free some space, then save again."


def test_a_store_that_may_only_be_read_is_said_in_words(sqlite_store: Store, opened_once: Opened) -> None:
    with sqlite_store._db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert sqlite_store.meeting(opened_once.meeting.code) == opened_once.meeting
    with pytest.raises(StoreError, match=r"The store can be read but not written\. Give this account the right"):
        sqlite_store.put_archive("ABC234", "{}")


@pytest.fixture
def opened_once(sqlite_store: Store, tiny_workbook: Workbook) -> Opened:
    return sqlite_store.open_meeting(tiny_workbook, [NewTeam("All")])


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'nowhere' / 'mira.sqlite'}")
    with pytest.raises(StoreError, match=r"cannot be opened\. Check that the folder exists and may be written"):
        store.migrate()


def test_a_file_that_is_no_store_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "mira.sqlite"
    path.write_text("Dear diary, " * 200)
    with pytest.raises(StoreError, match="is damaged or no store of ours"):
        Store(f"sqlite:///{path}").migrate()


def test_a_server_that_is_not_there_is_said_in_words() -> None:
    store = Store("postgresql://mira:secret@127.0.0.1:9/mira", patience=2)
    with pytest.raises(StoreError) as away:
        store.meetings()
    assert str(away.value) == (
        "The database at postgresql+psycopg://mira:***@127.0.0.1:9/mira does not answer. "
        "Check that it runs and that the address and password are right."
    )
