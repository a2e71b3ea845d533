"""How long a save waits for its acknowledgement when a room types at once, and how many the store takes by itself."""

import asyncio
import random
import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from mira_workbook.bench.live import Plan, Room
from mira_workbook.bench.place import Place
from mira_workbook.bench.sockets import Page
from mira_workbook.store.engine import Database

TIMES = 12
PAUSE_S = (0.5, 1.5)
"""Seconds between two saves of one who types: a page sends what was typed about once a second."""
TURNS, COMMITS = 15, 200
_TABLE = "CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT)"
_INSERT = "INSERT INTO t (v) VALUES (?)"


async def typing(place: Place) -> list[float]:
    """Let everybody in the room type into the first field at once. Returns the seconds of every acknowledgement."""
    room = Room(place, Plan(people=len(place.pages)))
    await room.come_in()
    took = await asyncio.gather(*(_type(page) for page in place.pages))
    room.go_away()
    return [seconds for one in took for seconds in one]


async def _type(page: Page) -> list[float]:
    fields = [control for one in page.view["pages"] for control in one["fields"]]
    words = next(control["field"] for control in fields if control.get("kind") in {"text", "long"})
    took = []
    for n in range(TIMES):
        await asyncio.sleep(random.uniform(*PAUSE_S))  # noqa: S311 - a script
        begun = time.perf_counter()
        reply = await page.ask(
            {"field": words, "value": "word " * (n + 1), "save_key": f"{page.view['key']}/{secrets.token_hex(6)}"}
        )
        if "saved_at" in reply:
            took.append(time.perf_counter() - begun)
    return took


def rates(folder: Path) -> tuple[float, float]:
    """Commits a second of SQLite alone, and through the store's own door: its pool, its turns, its transactions.

    The two take turns and the median of each counts, since other work on a machine comes in bursts. A commit is one row
    in WAL with `synchronous=FULL`.
    """
    database = Database(f"sqlite:///{folder / 'own.sqlite'}")
    with closing(sqlite3.connect(folder / "rate.sqlite", isolation_level=None)) as bare, closing(database):
        bare.executescript(f"PRAGMA journal_mode=WAL; {_TABLE}")
        bare.execute("PRAGMA synchronous=FULL")
        with database.write() as connection:
            connection.exec_driver_sql(_TABLE)
        took = [(_seconds(partial(_bare, bare)), _seconds(partial(_own, database))) for _ in range(TURNS)]
    alone, own = (COMMITS / statistics.median(one) for one in zip(*took, strict=True))
    return alone, own


def _seconds(commit: Callable[[str], None]) -> float:
    begun = time.perf_counter()
    for n in range(COMMITS):
        commit(f"{n} a line that somebody has typed")
    return time.perf_counter() - begun


def _bare(store: sqlite3.Connection, line: str) -> None:
    store.execute("BEGIN IMMEDIATE")
    store.execute(_INSERT, (line,))
    store.execute("COMMIT")


def _own(database: Database, line: str) -> None:
    with database.write() as connection:
        connection.exec_driver_sql(_INSERT, (line,))
