"""Sessions that are over, in numbers that a district has after years: put into a store all at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PER_TEAM, PEOPLE, STEPS, ANSWERS = 100, 6, 4, 12
_LONG_AGO = "'2025-01-01 00:00:00'"
_WORDS = """'"A line that somebody has typed."'"""
_FIRST = ("teams", "members", "meetings", "sessions")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are put into a table: `values` says them by `many.n`, which counts to `count`, and `k.n`, to `each`."""

    count: int
    into: str
    values: str
    each: int = 1

    def sql(self) -> str:
        """The statement."""
        return (
            # Names and numbers of ours only.
            f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {self.count}), "  # noqa: S608 - names and numbers of ours
            f"k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {self.each}) "
            f"INSERT INTO {self.into} SELECT {self.values} FROM many, k"
        )


def fill(path: Path, sessions: int) -> None:
    """Put so many ended meetings of one team each into a SQLite store in which one meeting was opened already."""
    with closing(sqlite3.connect(path, timeout=60)) as store:
        store.executescript("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
        highest = ", ".join(f"(SELECT coalesce(max(id), 0) FROM {name})" for name in _FIRST)  # noqa: S608 - names of ours
        teams, members, meetings, first = store.execute(f"SELECT {highest}").fetchone()
        (definition,) = store.execute("SELECT hash FROM definitions LIMIT 1").fetchone()
        for rows in (*_people(sessions, teams, members), *_meetings(sessions, teams, meetings, first, definition)):
            store.execute(rows.sql())
        for rows in _inside(sessions, members, first):
            store.execute(rows.sql())
        store.commit()
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _people(sessions: int, teams: int, members: int) -> Iterator[Rows]:
    count = -(-sessions // PER_TEAM)
    yield Rows(count, "teams (id, slug, name, facts)", f"{teams} + many.n, 'past-' || many.n, 'Past', '{{}}'")
    who = f"{members} + (many.n - 1) * {PEOPLE} + k.n, {teams} + many.n, 'M' || k.n, 'Somebody'"
    yield Rows(count, "members (id, team_id, key, name)", who, PEOPLE)


def _meetings(sessions: int, teams: int, meetings: int, first: int, definition: str) -> Iterator[Rows]:
    columns = "id, code, definition_hash, pace, timezone, opened_at, ended_at"
    values = f"{meetings} + many.n, 'P' || many.n, '{definition}', 'led', 'UTC', {_LONG_AGO}, {_LONG_AGO}"
    yield Rows(sessions, f"meetings ({columns})", values)
    whose = f"{teams} + 1 + (many.n - 1) / {PER_TEAM}"
    values = f"{first} + many.n, {meetings} + many.n, {whose}, 1, {ANSWERS}, {STEPS}"
    yield Rows(sessions, "sessions (id, meeting_id, team_id, cycle, rev, stage_rev)", values)


def _inside(sessions: int, members: int, first: int) -> Iterator[Rows]:
    who = f"{members} + ((many.n - 1) / {PER_TEAM}) * {PEOPLE} + k.n"
    yield Rows(sessions, "attendance (session_id, member_id, position)", f"{first} + many.n, {who}, k.n", PEOPLE)
    values = f"{first} + many.n, k.n, {_LONG_AGO}, 'open', 'step' || k.n, '{{}}'"
    yield Rows(sessions, "acts (session_id, seq, at, kind, step, payload)", values, STEPS)
    columns = "session_id, seq, step, field, author_kind, author, version, state, value, late, saved_at"
    values = f"{first} + many.n, k.n, 'step' || (k.n % {STEPS}), 'words', 'member', 'M' || (1 + k.n / {STEPS})"
    yield Rows(sessions, f"responses ({columns})", f"{values}, 1, 'sent', {_WORDS}, 0, {_LONG_AGO}", ANSWERS)
