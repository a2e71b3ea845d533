"""How long a save waits for its acknowledgement when a room types at once, and how many the store takes by itself."""

import asyncio
import random
import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from mira_workbook.bench.live import Plan, Room
from mira_workbook.bench.place import Place
from mira_workbook.bench.sockets import Page
from mira_workbook.store.engine import Database

TIMES = 12
PAUSE_S = (0.5, 1.5)
"""Seconds between two saves of one who types: a page sends what was typed about once a second."""
COMMITS = 1500


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


def bare_rate(folder: Path) -> float:
    """Commits a second of SQLite alone: one row each, in WAL with `synchronous=FULL`."""
    with closing(sqlite3.connect(folder / "rate.sqlite", isolation_level=None)) as store:
        store.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT);")
        store.execute("PRAGMA synchronous=FULL")
        begun = time.perf_counter()
        for n in range(COMMITS):
            store.execute("BEGIN IMMEDIATE")
            store.execute("INSERT INTO t (v) VALUES (?)", (f"{n} a line that somebody has typed",))
            store.execute("COMMIT")
        return COMMITS / (time.perf_counter() - begun)


def store_rate(folder: Path) -> float:
    """The same through the store's own door to its file: its pool, its turns, its transactions."""
    database = Database(f"sqlite:///{folder / 'own.sqlite'}")
    try:
        with database.write() as connection:
            connection.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT)")
        begun = time.perf_counter()
        for n in range(COMMITS):
            with database.write() as connection:
                connection.exec_driver_sql("INSERT INTO t (v) VALUES (?)", (f"{n} a line that somebody has typed",))
        return COMMITS / (time.perf_counter() - begun)
    finally:
        database.close()
