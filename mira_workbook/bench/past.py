"""Sessions that are over, in numbers that a district has after years: put into a store all at once."""

import sqlite3
from contextlib import closing
from pathlib import Path

PER_TEAM, PEOPLE, STEPS = 100, 6, 4
_NUMBERS = "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {})"
_LONG_AGO = "'2025-01-01 00:00:00'"


def fill(path: Path, sessions: int) -> None:
    """Put so many ended meetings of one team each into a SQLite store in which one meeting was opened already."""
    teams = -(-sessions // PER_TEAM)
    with closing(sqlite3.connect(path, timeout=60)) as store:
        first = {
            name: store.execute(f"SELECT coalesce(max(id), 0) FROM {name}").fetchone()[0]  # noqa: S608 - our own names
            for name in ("teams", "members", "meetings", "sessions")
        }
        (definition,) = store.execute("SELECT hash FROM definitions LIMIT 1").fetchone()
        team = f"{first['teams']} + 1 + (n - 1) / {PER_TEAM}"
        whose = f"{first['members']} + ((n - 1) / {PER_TEAM}) * {PEOPLE} + k.n"
        put = (
            (teams, "teams (id, slug, name, facts)", f"{first['teams']} + n, 'past-' || n, 'Past ' || n, '{{}}'", ""),
            (
                teams * PEOPLE,
                "members (id, team_id, key, name)",
                f"{first['members']} + n, {first['teams']} + 1 + (n - 1) / {PEOPLE}, 'M' || (1 + (n - 1) % {PEOPLE}), 'P'",
                "",
            ),
            (
                sessions,
                "meetings (id, code, definition_hash, pace, timezone, opened_at, ended_at)",
                f"{first['meetings']} + n, 'P' || n, '{definition}', 'led', 'UTC', {_LONG_AGO}, {_LONG_AGO}",
                "",
            ),
            (
                sessions,
                "sessions (id, meeting_id, team_id, cycle, rev, stage_rev)",
                f"{first['sessions']} + n, {first['meetings']} + n, {team}, 1, {STEPS * PEOPLE}, {STEPS}",
                "",
            ),
            (
                sessions,
                "attendance (session_id, member_id, position)",
                f"{first['sessions']} + many.n, {whose.replace('(n', '(many.n')}, k.n",
                _each(PEOPLE),
            ),
            (
                sessions,
                "acts (session_id, seq, at, kind, step, payload)",
                f"{first['sessions']} + many.n, k.n, {_LONG_AGO}, 'open', 'step' || k.n, '{{}}'",
                _each(STEPS),
            ),
            (
                sessions,
                "responses (session_id, seq, step, field, author_kind, author, version, state, value, late, saved_at)",
                f"{first['sessions']} + many.n, k.n, 'step' || (k.n % {STEPS}), 'words', 'member', "
                f"'M' || (1 + k.n / {STEPS}), 1, 'sent', '\"A line that somebody has typed.\"', 0, {_LONG_AGO}",
                _each(STEPS * PEOPLE),
            ),
        )
        for count, into, values, beside in put:
            numbers = _NUMBERS.format(count) + (f", {beside}" if beside else "")
            source = "many, k" if beside else "many"
            store.execute(f"{numbers} INSERT INTO {into} SELECT {values} FROM {source}")  # noqa: S608 - our own
        store.commit()
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _each(count: int) -> str:
    return f"k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < {count})"
