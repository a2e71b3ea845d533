"""What a member's page and an answer cost; printed as the rows of the README's table, with a ceiling far above."""

import gzip
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tiny import people, sit, yes

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Entry
from mira_workbook.settings import PACKAGE
from mira_workbook.store import NewTeam, Store

STATIC = PACKAGE / "serve" / "template" / "voila" / "templates" / "mira" / "static"
SCRIPTS = (STATIC / "client.js", PACKAGE / "widgets" / "form.js", PACKAGE / "widgets" / "form.css", STATIC / "mira.css")
START = """
import time
start = time.perf_counter()
import mira_workbook.notebook
print(time.perf_counter() - start)
import psutil
print(psutil.Process().memory_info().rss / 2**20)
"""
ANSWERS = 200


def told(what: str, measured: str) -> None:
    """Print a row."""
    sys.stdout.write(f"\n| {what} | {measured} |\n")


def test_what_a_page_loads_once() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in SCRIPTS}
    told("scripts and styles of a member's page, compressed", f"{sum(sizes.values()) / 1000:.0f} KB")
    assert sum(sizes.values()) < 300_000


def test_what_a_page_imports() -> None:
    took = []
    for _ in range(5):
        ran = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
        took.append(tuple(float(line) for line in ran.stdout.split()))
    seconds, size = (statistics.median(found) for found in zip(*took, strict=True))
    told("imports of a member's page, where a kernel is not forked", f"{seconds:.1f} s, {size:.0f} MB")
    assert size < 120


def test_what_an_answer_costs(tmp_path: Path, tiny_workbook: Workbook) -> None:
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    store.migrate()
    opened = store.open_meeting(tiny_workbook, [NewTeam("Tupelo", members=people("Lena Marsh"))])
    seat = sit(store, opened, 0)
    took = []
    for n in range(ANSWERS):
        start = time.perf_counter()
        store.record(seat, Entry("think", 1, f"save-{n}", {"seen": f"Answer {n}", "fit": 3}), yes)
        took.append(time.perf_counter() - start)
    store.close()
    told(f"an answer saved on SQLite, median of {ANSWERS}", f"{1000 * statistics.median(took):.0f} ms")
    assert statistics.median(took) < 1
