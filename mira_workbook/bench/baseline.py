"""What the same machine does at best: a bare commit, and a bare process that looks as seldom as a page."""

import multiprocessing
import random
import sqlite3
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from mira_workbook.notebook.looking import POLL_S

EVERY_S = 0.25


def seen_after(folder: Path, times: int) -> tuple[list[float], list[float]]:
    """Commit so many times, and let another process look for it.

    Returns:
        Seconds of each commit, and seconds from its beginning until the other process has seen it.
    """
    path = folder / "bare.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (n INTEGER PRIMARY KEY, at REAL);")
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    looker = multiprocessing.get_context("spawn").Process(target=_look, args=(str(path), theirs, times), daemon=True)
    looker.start()
    ours.recv()
    commits, begun = [], []
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA synchronous=FULL")
        for n in range(times):
            time.sleep(EVERY_S * random.uniform(0, 2))  # noqa: S311 - no secret
            begun.append(time.monotonic())
            store.execute("BEGIN IMMEDIATE")
            store.execute("INSERT INTO t VALUES (?, ?)", (n, begun[-1]))
            store.execute("COMMIT")
            commits.append(time.monotonic() - begun[-1])
    seen: list[float] = ours.recv()
    looker.join(10)
    return commits, [at - start for at, start in zip(seen, begun, strict=True)]


def _look(path: str, line: Connection, times: int) -> None:
    """Look whether anything was written, as a page does, until all is seen."""
    seen: list[float] = []
    known = -1
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        line.send("ready")
        while len(seen) < times:
            time.sleep(POLL_S * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
            (version,) = store.execute("PRAGMA data_version").fetchone()
            if version != known:
                known = version
                (count,) = store.execute("SELECT count(*) FROM t").fetchone()
                seen += [time.monotonic()] * (count - len(seen))
    line.send(seen)
