"""Versions, backups, archives and forgetting."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import fresh_database
from sqlalchemy import event, text
from tiny import ideas, people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.errors import SchemaTooNew, SchemaTooOld, SessionNotFound, StoreError
from mira_workbook.records import Entry, NewAct, Snapshot
from mira_workbook.store import NewMember, NewTeam, Opened, Store, schema
from mira_workbook.store.migrate import SCRIPTS


def test_migrations_make_the_tables_that_the_code_speaks_of(store: Store) -> None:
    with store._db.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert differences == []
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == schema.VERSIONS


def test_a_kernel_only_compares_versions(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    with pytest.raises(SchemaTooOld) as old:
        store.check_schema()
    assert str(old.value) == (
        "The store has version none, this program needs 0003. "
        "Start mira-workbook serve once; it brings the store up to date."
    )
    with pytest.raises(SchemaTooOld):
        store.meetings()
    store.migrate()
    store.migrate()
    store.check_schema()
    with store._db.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for look in (store.check_schema, store.migrate):
        with pytest.raises(SchemaTooNew, match="pip install -U mira-workbook"):
            look()
    store.close()


def lived_in(store: Store, opened: Opened) -> Snapshot:
    """A session with a bit of everything."""
    seat = sit(store, opened, 0)
    store.act(seat, lambda *_: [NewAct("open", "think"), NewAct("excuse", payload={"member": "M5"})], seat.session_id)
    store.record(seat, Entry("think", 1, "a", {"seen": "été 🌱", "fit": 3}), yes)
    store.record(seat, Entry("whisper", 1, "b", {"worry": "the noise"}), yes)
    store.record(seat, Entry("collect", 1, "c", {"ideas": ideas("read")}, "team"), yes)
    store.record(seat, Entry("agree", 1, "d", {"aim": "read more"}, "team"), yes)
    store.draft(seat, "think", 1, "seen", "été, and")
    return store.snapshot(seat.session_id)


@pytest.mark.parametrize("into", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_backup_goes_into_an_empty_store_of_either_kind(
    store: Store, opened: Opened, into: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    was = lived_in(store, opened)
    store.backup(tmp_path / "backup")
    if into == "sqlite":
        check_restored(f"sqlite:///{tmp_path / 'other.sqlite'}", tmp_path / "backup", was, opened)
        return
    with fresh_database(request.getfixturevalue("postgresql_server")) as url:
        check_restored(url, tmp_path / "backup", was, opened)


def check_restored(url: str, backup: Path, was: Snapshot, opened: Opened) -> None:
    other = Store(url)
    other.restore(backup)
    assert other.snapshot(was.session.id) == was
    assert other.key_role(opened.keys["coach"])[1] == "coach"
    assert other.open_meeting(was.workbook, [NewTeam("New")]).meeting.id == was.meeting.id + 1
    with pytest.raises(StoreError, match="set MIRA_HOME to a new folder"):
        other.restore(backup)
    other.close()


def test_a_backup_made_while_people_write_is_one_moment(store: Store, opened: Opened, tmp_path: Path) -> None:
    seats = [sit(store, opened, n) for n in range(3)]

    def write(n: int) -> None:
        for k in range(25):
            store.record(seats[n], Entry("think", 1, f"{n}-{k}", {"seen": str(k), "fit": 1}), yes)

    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(write, n) for n in range(3)]
        for n in range(4):
            store.backup(tmp_path / f"backup-{n}")
        for job in jobs:
            job.result()
    for n in range(4):
        copy = Store(f"sqlite:///{tmp_path / f'copy-{n}.sqlite'}")
        copy.restore(tmp_path / f"backup-{n}")
        with copy._db.read() as connection:
            saved = connection.execute(text("SELECT count(*) FROM responses")).scalar()
        assert copy.revisions(seats[0].session_id) == (saved, 3)
        copy.close()


def test_a_backup_never_overwrites_and_half_a_one_is_not_left(store: Store, tmp_path: Path) -> None:
    store.backup(tmp_path / "backup")
    with pytest.raises(StoreError, match=r"is there already\. Choose another name"):
        store.backup(tmp_path / "backup")
    with pytest.raises(StoreError, match=r"The backup cannot be written to|cannot be opened"):
        store.backup(tmp_path / "nowhere" / "backup")
    assert [p.name for p in tmp_path.glob("backup*")] == ["backup"]


@pytest.mark.parametrize("content", ["", "Dear diary\n", "[1]\n", '{"mira_backup": "0003"}\n{"table": "x"}\n'])
def test_a_file_that_is_no_backup_leaves_the_store_as_it_was(store: Store, tmp_path: Path, content: str) -> None:
    (tmp_path / "odd").write_text(content)
    with pytest.raises(StoreError, match="is no backup of ours, or not all of it"):
        store.restore(tmp_path / "odd")
    with pytest.raises(StoreError, match="cannot be read"):
        store.restore(tmp_path / "absent")


def test_an_imported_export_is_kept_byte_for_byte_under_its_code(store: Store, opened: Opened) -> None:
    body = '{"b": 1,\n "a": "é \\u00e9"}\n'
    store.put_archive("k7m-4qx", body)
    assert store.archive("K7M4QX") == body
    assert store.archives() == ("K7M4QX",)
    with pytest.raises(StoreError, match="K7M-4QX is in this store already"):
        store.put_archive("K7M4QX", body)
    with pytest.raises(StoreError, match="is in this store already"):
        store.put_archive(opened.meeting.code, body)
    with pytest.raises(SessionNotFound):
        store.archive("ABCDEF")


def everything(store: Store) -> str:
    with store._db.read() as connection:
        tables = [table for table in schema.metadata.sorted_tables if table.name != "definitions"]
        return "\n".join(str(row) for table in tables for row in connection.execute(table.select()))


def test_a_forgotten_member_leaves_no_answer_and_no_name(store: Store, opened: Opened) -> None:
    lived_in(store, opened)
    ben = sit(store, opened, 1)
    store.record(ben, Entry("think", 1, "z", {"seen": "something of Tom"}), yes)
    with pytest.raises(StoreError, match="Say which team is meant, with --team: cedar, tupelo-branch"):
        store.forget_member(opened.meeting.code, "M1")
    with pytest.raises(StoreError, match="Nobody in this team has the key M9"):
        store.forget_member(opened.meeting.code, "M9", "cedar")
    store.forget_member(opened.meeting.code, "M1", "tupelo-branch")
    snapshot = store.snapshot(ben.session_id)
    assert [(r.author, r.field, r.entered_by) for r in snapshot.responses] == [
        ("M2", "seen", ""),
        ("TEAM", "ideas", ""),
        ("TEAM", "aim", ""),
    ]
    assert [m.key for m in snapshot.members] == ["M2", "M3", "M4", "M5"]
    assert (store.seats_of("browser-0-0"), store.drafts(ben.session_id, "M1")) == ((), ())
    assert not any(trace in everything(store) for trace in ("Lena", "été", "the noise"))
    new = store.add_member(ben.session_id, NewMember("Newcomer"))
    assert new.key == "M6"


def test_what_acts_pinned_of_a_forgotten_member_is_blank(store: Store, opened: Opened) -> None:
    ana, ben = sit(store, opened, 2), sit(store, opened, 3)
    rows = [{"row_id": "x7k2m9qa", "cells": {"what": "Ana's idea"}}]
    store.record(ana, Entry("own", 1, "k", {"list": rows}), yes)
    pinned = {
        "lists": {"team": [["M3", "Ana Fern"], ["M4", "Ben Oak"]], "rows": [["x7k2m9qa", "Ana's idea", "Ana Fern"]]},
        "own_lists": {"about_me": {"M3": [["M4", "of Ben"]], "M4": [["M3", "Ana wrote this", "Ana Fern"]]}},
    }
    store.act(None, lambda *_: [NewAct("open", "own", payload=pinned)], ana.session_id)
    store.forget_member(opened.meeting.code, "M3", "tupelo-branch")
    (act,) = store.snapshot(ben.session_id).acts
    assert act.payload == {
        "lists": {"team": [["M3", ""], ["M4", "Ben Oak"]], "rows": [["x7k2m9qa", "", ""]]},
        "own_lists": {"about_me": {"M4": [["M3", "", ""]]}},
    }


def test_a_forgotten_meeting_takes_its_lonely_teams_along(
    store: Store, opened: Opened, tiny_workbook: Workbook
) -> None:
    lived_in(store, opened)
    cedar = opened.sessions[1].team_id
    later = store.open_meeting(tiny_workbook, [NewTeam("Cedar", team_id=cedar)])
    store.forget_meeting(opened.meeting.code)
    assert store.meetings() == (later.meeting,)
    assert [team.name for team in store.teams()] == ["Cedar"]
    assert not any(trace in everything(store) for trace in ("Lena", "été", "read more", "Tupelo"))
    with pytest.raises(SessionNotFound):
        store.snapshot(opened.sessions[0].id)


def test_a_forgotten_team_leaves_the_others_of_its_meeting(store: Store, opened: Opened) -> None:
    lived_in(store, opened)
    store.forget_team("tupelo-branch")
    assert [team.slug for team in store.teams()] == ["cedar"]
    assert [s.id for s in store.sessions(opened.meeting.id)] == [opened.sessions[1].id]
    store.forget_team("cedar")
    assert (store.meetings(), store.teams()) == ((), ())
    with pytest.raises(StoreError, match="No team is called cedar"):
        store.forget_team("cedar")


def test_reading_and_saving_search_indexes_and_never_scan(sqlite_store: Store, tiny_workbook: Workbook) -> None:
    opened = sqlite_store.open_meeting(tiny_workbook, [NewTeam("All", members=people("Ana"))])
    seat = sit(sqlite_store, opened, 0)
    plans: list[str] = []

    def explain(_connection: object, cursor: sqlite3.Cursor, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[3] for row in plan)

    event.listen(sqlite_store._db.engine, "before_cursor_execute", explain)
    sqlite_store.snapshot(seat.session_id)
    sqlite_store.revisions(seat.session_id)
    sqlite_store.record(seat, Entry("whisper", 1, "k", {"worry": "x"}), yes)
    sqlite_store.record(seat, Entry("agree", 1, "l", {"aim": "x"}, "team"), yes)
    sqlite_store.draft(seat, "think", 1, "seen", "x")
    sqlite_store.act(seat, lambda *_: [NewAct("open", "think")], seat.session_id)
    searched = {plan.split()[1] for plan in plans if plan.startswith("SEARCH")}
    assert {"responses", "acts", "sessions", "drafts", "attendance", "carries", "seats"} <= searched
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
