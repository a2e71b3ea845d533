"""What exports of a large store cost, and that a server goes on answering while one is made."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from servers import Browser, start

from mira_workbook.bench import export, told_export
from mira_workbook.bench.filled import fill
from mira_workbook.store import Store

pytestmark = pytest.mark.bench
RESPONSES = int(os.environ.get("MIRA_BENCH_RESPONSES", "100000"))
"""Answers in the store; the command measures a million, which takes half an hour."""
LOOKS, FEWEST = 100, 20


def test_exports_stay_within_what_they_may_take(tmp_path: Path) -> None:
    found = export.run(tmp_path, RESPONSES)
    sys.stdout.write("\n" + "\n".join(told_export.rows(found)) + "\n")

    assert found.peak_mb < export.MEMORY_MB
    assert found.csv_times <= export.CSV_TIMES
    assert found.xlsx_times <= export.XLSX_TIMES


def looks(browser: Browser, go_on: Callable[[], bool] = lambda: True) -> list[float]:
    """Seconds of some quick questions, one after another with a breath between them, for as long as it goes on."""
    took: list[float] = []
    while len(took) < LOOKS and go_on():
        began = time.perf_counter()
        browser.get("healthz")
        took.append(time.perf_counter() - began)
        time.sleep(0.02)
    return took


def is_being_made(coach: Browser, how_far: str) -> bool:
    """Whether a file is still on its way, as the page asks."""
    return coach.get(how_far).text.isdigit()


def test_a_server_answers_as_quickly_while_a_large_file_is_made_and_sent(tmp_path: Path) -> None:
    fill(tmp_path / "mira.sqlite", 40_000, teams=100)
    store = Store(f"sqlite:///{tmp_path / 'mira.sqlite'}")
    code = max(store.meetings(), key=lambda meeting: len(store.sessions(meeting.id))).code
    server = start(tmp_path)
    try:
        coach, other = Browser(server), Browser(server)
        coach.post(f"key/{store.new_key(code, 'coach')}")
        alone = looks(other)
        assert coach.get(f"export/{code}/csv").status == 202
        beside = looks(other, partial(is_being_made, coach, f"export/{code}/csv/far"))
    finally:
        server.stop()
        store.close()
    told = {name: f"{1000 * statistics.median(took):.1f} ms" for name, took in (("alone", alone), ("beside", beside))}
    sys.stdout.write(f"\n{json.dumps(told)}\n")
    assert len(beside) >= FEWEST
    # Two processes on two cores: half as long again, and what a machine of many tenants adds.
    assert statistics.median(beside) < 3 * statistics.median(alone) + 0.01
