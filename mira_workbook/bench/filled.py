"""A store full of sittings, as large as wanted: a few are played through, all others are copies of these."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mira_workbook import settings
from mira_workbook.content.answers.base import Option
from mira_workbook.content.definition import Workbook
from mira_workbook.content.load import load
from mira_workbook.opening import open_store
from mira_workbook.records import AuthorKind, Seat, Session, Snapshot
from mira_workbook.rules import moves
from mira_workbook.rules.context import lists_for
from mira_workbook.rules.progress import next_move
from mira_workbook.rules.stage import Stage, fold
from mira_workbook.store import NewMember, NewTeam, Store

PEOPLE = 60
TEAMS = 10
"""Teams in a meeting."""
PLAYED = 4
"""Sittings that are played; with one alone all teams would have said the same."""
GROUPS = ("teacher_k2", "teacher_35", "administrator", "specialist", "assistant")
WORDS = (
    *("We", "keep", "the", "reading", "block", "free", "of", "calls,", "so", "that", "groups", "start", "on", "time"),
    *("pupils", "who", "miss", "“first” lessons", "né", "families", "\n", "🙂", "-"),
)
"""With what a file of commas has to quote."""


@dataclass(slots=True)
class Filled:
    """The store that was made.

    Attributes:
        path: the SQLite file.
        sessions, responses: how many it holds.
    """

    path: Path
    sessions: int
    responses: int


def fill(path: Path, responses: int, people: int = PEOPLE, teams: int = TEAMS) -> Filled:
    """Make a store with at least so many responses of people who set their priority.

    Args:
        path: the SQLite file to make.
        responses: rows in its table of responses; a whole sitting more at most.
        people: in each team.
        teams: in each meeting, but those that are played, which meet alone.
    """
    store = open_store(f"sqlite:///{path}", Clock(datetime(2025, 3, 3, 15, tzinfo=UTC)))
    store.migrate()
    workbook = load(settings.shipped("workbooks") / "priority_setting.toml")
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        for n in range(PLAYED):
            _play(store, rows, workbook, n, people)
            (made,) = rows.execute("SELECT count(*) FROM responses").fetchone()
            if made >= responses:
                break
        store.close()
        _copy(rows, responses, teams)
        counts = [rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("sessions", "responses")]  # noqa: S608 - two names of ours
    return Filled(path, *counts)


@dataclass(slots=True)
class Clock:
    """A clock that goes on by some seconds with each look."""

    moment: datetime

    def __call__(self) -> datetime:
        """The time on it."""
        self.moment += timedelta(seconds=7)
        return self.moment


@dataclass(slots=True)
class Sitting:
    """One team's sitting while it is played: everybody answers everything, and the facilitator goes on."""

    store: Store
    rows: sqlite3.Connection
    session: Session
    seat: Seat
    dice: random.Random

    def run(self) -> None:
        """Play it to its end."""
        done: set[tuple[str, int]] = set()
        while (stage := self._look()[1]).state != "ended":
            for place in [(key, stage.round_of(key)) for key in stage.now_open]:
                if place not in done:
                    done.add(place)
                    self._answer(place)
            to = next_move(*self._look())
            self.store.act(self.seat, moves.lead(to or "end"), self.session.id)

    def _look(self) -> tuple[Snapshot, Stage]:
        snapshot = self.store.snapshot(self.session.id)
        return snapshot, fold(snapshot.acts, snapshot.workbook)

    def _answer(self, place: tuple[str, int]) -> None:
        """Everybody's answers of a step's round, straight into the table: the doors take some thousand a minute."""
        snapshot, stage = self._look()
        step, round_ = snapshot.workbook.step(place[0]), place[1]
        seq, now = snapshot.session.rev, self.store.clock()
        given: list[tuple[Any, ...]] = []
        for kind, author in _authors(snapshot, round_):
            lists = lists_for(snapshot, stage, author)
            for asked in step.fields:
                if step.mode_of(asked) == _MODES[kind] and (value := _value(asked, lists, self.dice)) is not None:
                    at = (now + timedelta(seconds=len(given))).replace(tzinfo=None).isoformat(" ", "microseconds")
                    seq += 1
                    spelled = json.dumps(value, separators=(",", ":"))
                    where = (self.session.id, seq, f"played-{seq}", step.key, round_, "", asked.key)
                    given.append((*where, kind, author, 1, "submitted", spelled, 0, 0, "", at))
        marks = ", ".join("?" * 16)
        self.rows.execute("BEGIN")
        self.rows.executemany(f"INSERT INTO responses VALUES ({marks})", given)  # noqa: S608 - marks only
        self.rows.execute("UPDATE sessions SET rev = ? WHERE id = ?", (seq, self.session.id))
        self.rows.execute("COMMIT")


_MODES: Mapping[AuthorKind, str] = {"member": "individual", "team": "team", "facilitator": "facilitator"}


def _authors(snapshot: Snapshot, round_: int) -> Iterator[tuple[AuthorKind, str]]:
    yield from (("member", member.key) for member in snapshot.members)
    if round_ == 1:
        yield from (("team", "TEAM"), ("facilitator", "FACIL"))


def _play(store: Store, rows: sqlite3.Connection, workbook: Workbook, n: int, people: int) -> None:
    """Let one team sit."""
    everybody = tuple(
        NewMember(f"Person {k + 1}", f"Role {k % 7}", GROUPS[k % len(GROUPS)], 2000 + k) for k in range(people)
    )
    opened = store.open_meeting(workbook, [NewTeam(f"Played {n + 1}", members=everybody)], pace="led")
    session = opened.sessions[0]
    for member in store.roster(session.id):
        store.take_seat(f"played-{n}-{member.key}", session.id, "member", member.id)
    seat = store.enter(f"played-{n}", opened.keys["facilitator"])[0]
    Sitting(store, rows, session, seat, random.Random(n)).run()  # noqa: S311 - the same store each time
    store.close_meeting(opened.meeting.code)


def _value(asked: Any, lists: Mapping[str, tuple[Option, ...]], dice: random.Random) -> Any:
    """A fitting answer to a field or a column; None where there is nothing to choose from."""
    options = [o.id for o in getattr(asked, "options", ()) or lists.get(getattr(asked, "list", None) or "", ())]
    if asked.type in {"one", "many", "rank", "alloc"} and not options:
        return None
    return _MAKERS[asked.type](asked, options, lists, dice)


def _words(asked: Any, dice: random.Random) -> str:
    text = " ".join(dice.choice(WORDS) for _ in range(dice.randint(4, 14)))
    return text[: asked.max_chars].strip().ljust(asked.min_chars, "e")


def _number(asked: Any, dice: random.Random) -> float:
    low, high = (limit if isinstance(limit, int | float) else 10 for limit in (asked.low, asked.high))
    return dice.choice((round(low + dice.random() * (min(high, 1000) - low), 1), int(low), int(min(high, 1000))))


def _table(asked: Any, lists: Mapping[str, tuple[Option, ...]], dice: random.Random) -> list[dict[str, Any]] | None:
    if asked.rows_from:
        ids = [option.id for option in lists.get(asked.rows_from, ())]
    else:
        ids = [f"R{k + 1:03d}" for k in range(min(asked.max_rows, dice.randint(max(1, asked.min_rows), 8)))]
    columns = [(column.key, column) for column in asked.columns]
    made = [{"row_id": id_, "cells": {key: _value(column, lists, dice) for key, column in columns}} for id_ in ids]
    return made or None


_MAKERS: Mapping[str, Callable[..., Any]] = {
    "text": lambda asked, _options, _lists, dice: _words(asked, dice),
    "long": lambda asked, _options, _lists, dice: _words(asked, dice),
    "num": lambda asked, _options, _lists, dice: _number(asked, dice),
    "date": lambda _asked, _options, _lists, dice: f"2025-04-{dice.randint(1, 28):02d}",
    "yes": lambda _asked, _options, _lists, dice: dice.random() < 0.5,  # noqa: PLR2004 - heads or tails
    "rate": lambda asked, _options, _lists, dice: dice.randint(asked.low, asked.high),
    "one": lambda _asked, options, _lists, dice: dice.choice(options),
    "many": lambda _asked, options, _lists, dice: dice.sample(options, min(len(options), dice.randint(1, 3))),
    "rank": lambda _asked, options, _lists, dice: dice.sample(options, len(options)),
    "alloc": lambda _asked, options, _lists, _dice: dict.fromkeys(options, 1),
    "table": lambda asked, _options, lists, dice: _table(asked, lists, dice),
}


COPIED = (
    """INSERT INTO teams SELECT c.id, printf('school-%05d', c.id), printf('School %d', c.id), facts
    FROM copies c JOIN teams t ON t.id = c.of""",
    """INSERT INTO members SELECT c.id * 100000 + m.id, c.id, key, name, role, role_group, contract_min, position,
    left_at FROM copies c JOIN members m ON m.team_id = c.of""",
    """INSERT INTO cycles SELECT c.id, n, opened_at, closed_at FROM copies c JOIN cycles y ON y.team_id = c.of""",
    """INSERT INTO meetings SELECT DISTINCT c.meeting, printf('B%05d', c.meeting), definition_hash, pace, timezone,
    opened_at, ended_at FROM copies c JOIN meetings m ON m.id = 1""",
    """INSERT INTO sessions SELECT c.id, c.meeting, c.id, cycle, occasion, rev, stage_rev
    FROM copies c JOIN sessions s ON s.id = c.of""",
    """INSERT INTO attendance SELECT c.id, c.id * 100000 + member_id, position, joined_at, excused_at, guess_ok_at
    FROM copies c JOIN attendance a ON a.session_id = c.of""",
    """INSERT INTO acts SELECT c.id, seq, at, kind, step, round, payload, seat_id, reason, undoes
    FROM copies c JOIN acts a ON a.session_id = c.of""",
    """INSERT INTO responses SELECT c.id, seq, save_key, step, round, item, field, author_kind, author, version, state,
    value, base_version, late, entered_by, saved_at FROM copies c JOIN responses r ON r.session_id = c.of""",
)
"""A sitting once more, under numbers of its own: its team, people, meeting, acts and answers."""


def _copy(rows: sqlite3.Connection, responses: int, teams: int) -> None:
    """Copy what was played until there are enough responses; teams have the numbers of their sessions."""
    each = [n for (n,) in rows.execute("SELECT count(*) FROM responses GROUP BY session_id ORDER BY session_id")]
    copies: list[tuple[int, int, int]] = []
    have, played = sum(each), len(each)
    while have < responses:
        k = len(copies)
        copies.append((played + k + 1, k % played + 1, played + k // teams + 1))
        have += each[k % played]
    # A store for measuring may be lost in a power cut.
    rows.execute("PRAGMA synchronous = OFF")
    rows.execute("BEGIN")
    rows.execute("CREATE TEMP TABLE copies (id INTEGER PRIMARY KEY, of INTEGER, meeting INTEGER)")
    rows.executemany("INSERT INTO copies VALUES (?, ?, ?)", copies)
    for statement in COPIED:
        rows.execute(statement)
    rows.execute("COMMIT")
    rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
