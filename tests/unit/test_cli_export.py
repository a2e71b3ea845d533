"""The command that exports, and its bar: what stands on which stream."""

import json
import os
import pty
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mira_workbook import demo
from mira_workbook.cli.waiting import AFTER_S
from mira_workbook.opening import open_store
from mira_workbook.store import Store

WAITING = f"""
import time
from mira_workbook.cli.waiting import bar
with bar("Writing", "Packing") as told:
    for n in range(12):
        told(n / 10)
        time.sleep({AFTER_S} / 8)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    demo.demo(f"sqlite:///{folder / 'mira.sqlite'}")
    return folder


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{home / 'mira.sqlite'}")
    yield opened
    opened.close()


def run(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    known = {**os.environ, "MIRA_HOME": str(home)}
    known.pop("MIRA_DATABASE_URL", None)
    command = [sys.executable, "-m", "mira_workbook", "export", *words]
    return subprocess.run(command, env=known, capture_output=True, text=True, check=False)


def test_all_meetings_are_written_told_and_noted_once(home: Path, store: Store, tmp_path: Path) -> None:
    ended = run(home, "--all", "--format", "csv", "--out", str(tmp_path), "--json")
    paths = json.loads(ended.stdout)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert sorted(paths) == sorted(str(path) for path in tmp_path.iterdir())
    noted = store.accesses()[-1]
    assert (noted.key, noted.what, noted.format) == ("command line", "all meetings", "csv")
    assert noted.rows == sum(len(lines_of(Path(path))) for path in paths)


def lines_of(path: Path) -> list[str]:
    """Lines of a CSV file without its head; a break inside a cell is none."""
    return path.read_bytes().decode("utf-8-sig").split("\r\n")[1:-1]


@pytest.mark.parametrize("words", [(), ("ABCDEF", "--all")])
def test_it_wants_a_code_or_all_of_them(home: Path, words: tuple[str, ...]) -> None:
    ended = run(home, *words)
    assert (ended.returncode, ended.stderr) == (2, "Give a meeting's code, or --all for every meeting.\n")


def test_a_format_that_is_none_is_told_with_those_that_are(home: Path) -> None:
    ended = run(home, "--all", "--format", "doc")
    assert ended.returncode == 2
    assert "'doc' is none of these: csv, xlsx, json" in " ".join(ended.stderr.split())


def test_a_team_that_is_not_there_is_told_with_those_that_are(home: Path, store: Store) -> None:
    code = store.meetings()[0].code
    ended = run(home, code, "--team", "nobody")
    assert ended.stderr == "No team called 'nobody' is in this meeting. Take one of: tupelo-branch.\n"


def test_a_bar_comes_on_a_terminal_after_two_seconds_and_nowhere_else() -> None:
    plain = subprocess.run([sys.executable, "-c", WAITING], capture_output=True, text=True, check=True)
    assert (plain.stdout, plain.stderr) == ("", "")

    ours, theirs = pty.openpty()
    known = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", WAITING], stderr=theirs, env=known):
        os.close(theirs)
        first = os.read(ours, 1000)
        waited = time.monotonic() - began
        shown = first + b"".join(iter(lambda: read(ours), b""))
    os.close(ours)
    words = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())

    assert waited >= AFTER_S
    assert re.search(r"Writing ━+.* \d+%", words)
    assert "Packing" in words


def read(terminal: int) -> bytes:
    """What comes from a terminal; nothing once nobody writes to it any more."""
    try:
        return os.read(terminal, 1000)
    except OSError:
        return b""
