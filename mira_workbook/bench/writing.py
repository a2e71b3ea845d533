"""One program that writes a store out, alone in its process: `python -m mira_workbook.bench.writing <which> …`."""

import csv
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import xlsxwriter

from mira_workbook.exports import COACH, EXPORTS
from mira_workbook.exports.pace import seldom_collected
from mira_workbook.exports.source import Source
from mira_workbook.exports.table import Cell, Table
from mira_workbook.exports.tables import Tables
from mira_workbook.opening import open_store

LONG = """
SELECT t.slug, s.cycle, d.slug, m.code, s.occasion, r.step, r.round, r.author, p.role_group, r.field, leaf.path,
  r.item, leaf.fullkey, leaf.atom, leaf.atom, leaf.type, 0, r.state, r.late, r.entered_by, r.saved_at, m.definition_hash
FROM responses r
JOIN sessions s ON s.id = r.session_id
JOIN meetings m ON m.id = s.meeting_id
JOIN teams t ON t.id = s.team_id
JOIN definitions d ON d.hash = m.definition_hash
JOIN json_tree(r.value) leaf ON leaf.atom IS NOT NULL AND leaf.key IS NOT 'row_id'
LEFT JOIN members p ON p.team_id = s.team_id AND p.key = r.author
"""
"""As many columns as the long table has, and a row for each value inside an answer."""

Wrote = tuple[float, int]
"""Seconds and rows."""


def bare_csv(path: Path, folder: Path) -> Wrote:
    """Hand a cursor to the csv module."""
    rows = 0

    def counted(cursor: sqlite3.Cursor) -> Any:
        nonlocal rows
        while some := cursor.fetchmany(1000):
            rows += len(some)
            yield from some

    start = time.perf_counter()
    store = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    with closing(store), (folder / "bare.csv").open("w", encoding="utf-8", newline="") as page:
        lines = csv.writer(page)
        cursor = store.execute(LONG)
        lines.writerow(column[0] for column in cursor.description)
        lines.writerows(counted(cursor))
    return time.perf_counter() - start, rows


def ours(name: str) -> Callable[[Path, Path], Wrote]:
    """Give what exports everything in a format."""

    def write(path: Path, folder: Path) -> Wrote:
        out = folder / name
        out.mkdir()
        store = open_store(f"sqlite:///{path}")
        start = time.perf_counter()
        with seldom_collected():
            rows = EXPORTS[name].write_into(Source(store.sittings(), store.snapshot), COACH, out)
        return time.perf_counter() - start, rows

    return write


class BareBook:
    """An Excel file from a loop as XlsxWriter's own examples have it."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
        self._sheets: dict[str, Any] = {}
        self._next: dict[str, int] = {}

    def add(self, table: Table) -> None:
        """Write every cell by the method for its type, going on to another sheet where one is full."""
        if table.name not in self._sheets or self._next[table.name] + len(table.rows) > _MOST_ROWS:
            self._sheets[table.name], self._next[table.name] = self._book.add_worksheet(), 0
        sheet, at = self._sheets[table.name], self._next[table.name]
        for row in table.rows:
            for place, cell in enumerate(row):
                _put(sheet, at, place, cell)
            at += 1
        self._next[table.name] = at

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


_MOST_ROWS = 1_048_576


def _put(sheet: Any, row: int, place: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    else:
        sheet.write_number(row, place, cell)


def bare_xlsx(path: Path, folder: Path) -> Wrote:
    """Write the cells of our Excel file, whose making is not timed."""
    store = open_store(f"sqlite:///{path}")
    sittings = store.sittings()
    several = len({sitting.meeting.id for sitting in sittings}) > 1
    made, book, seconds, rows = Tables(COACH, with_wide=True, several=several), BareBook(folder / "bare.xlsx"), 0.0, 0

    def timed(work: Callable[[], None]) -> None:
        nonlocal seconds
        start = time.perf_counter()
        work()
        seconds += time.perf_counter() - start

    with seldom_collected():
        for snapshot in Source(sittings, store.snapshot):
            for table in made.of(snapshot):
                timed(lambda table=table: book.add(table))  # type: ignore[misc]
                rows += len(table.rows)
        timed(lambda: book.add(made.codebook()))
        timed(book.close)
    return seconds, rows


PROGRAMS: Mapping[str, Callable[[Path, Path], Wrote]] = {
    "bare_csv": bare_csv,
    "csv": ours("csv"),
    "bare_xlsx": bare_xlsx,
    "xlsx": ours("xlsx"),
}


def peak_mb() -> float:
    """The most memory this process has had at once, in megabytes; where the system tells it, without its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Run one program, and print what it took as JSON."""
    name, path, folder = sys.argv[1:]
    seconds, rows = PROGRAMS[name](Path(path), Path(folder))
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak_mb(), "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
