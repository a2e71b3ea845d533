"""An export that is broken off leaves no half file and no litter, and what was there before stays."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mira_workbook.bench.filled import fill

NAME = "mira-workbook-all.xlsx"
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store large enough for an export of some seconds."""
    folder = tmp_path_factory.mktemp("home")
    fill(folder / "mira.sqlite", 6_000, people=12)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """A folder with an earlier export."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / NAME).write_bytes(b"of yesterday")
    yield folder
    assert list(tmp_path.iterdir()) == [folder]


def begin(home: Path, out: Path, before: Callable[[], None] | None = None) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "mira_workbook", "export", "--all", "--format", "xlsx", "--out", str(out)]
    known = {**os.environ, "MIRA_HOME": str(home), "TMPDIR": str(out.parent)}
    known.pop("MIRA_DATABASE_URL", None)
    pipe = subprocess.PIPE

    def ready() -> None:
        # Whoever runs the tests in the background has them ignore Ctrl-C, and children inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if before:
            before()

    return subprocess.Popen(
        command,
        env=known,
        text=True,
        preexec_fn=ready,  # noqa: PLW1509 - no threads here
        stdout=pipe,
        stderr=pipe,
    )


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_export_that_is_killed_leaves_what_was_there_and_nothing_else(
    home: Path, out: Path, how: signal.Signals
) -> None:
    export = begin(home, out)
    until(lambda: any(file.stat().st_size for file in out.glob(".mira-export-*/*")))
    export.send_signal(how)
    export.communicate(timeout=PATIENCE_S)
    until(lambda: len(list(out.iterdir())) == 1)

    assert export.returncode != 0
    assert [path.name for path in out.iterdir()] == [NAME]
    assert (out / NAME).read_bytes() == b"of yesterday"


def test_a_disk_that_is_full_is_told_in_a_sentence(home: Path, out: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    export = begin(home, out, little_room)
    _, told = export.communicate(timeout=PATIENCE_S)

    assert export.returncode == 2
    assert told.strip().splitlines()[-1].startswith("File too large")
    assert [path.name for path in out.iterdir()] == [NAME]
    assert (out / NAME).read_bytes() == b"of yesterday"


def test_an_export_that_comes_through_takes_the_earlier_ones_place(home: Path, out: Path) -> None:
    export = begin(home, out)
    told, _ = export.communicate(timeout=PATIENCE_S)

    assert (export.returncode, told) == (0, f"{out / NAME}\n")
    assert [path.name for path in out.iterdir()] == [NAME]
    assert (out / NAME).read_bytes()[:2] == b"PK"
