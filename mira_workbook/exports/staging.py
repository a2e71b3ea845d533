"""Files come to stand in their folder whole, all at once, or not at all."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".mira-export-"
_GUARD = "import sys; sys.stdin.buffer.read(); import shutil; shutil.rmtree(sys.argv[1], True)"
"""Waits until whoever holds the other end of its pipe is gone, for whatever reason, and clears away."""


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the files to be, and move what was put there into place at the end.

    Whatever breaks off the writing, nothing of it is left: what can be caught is cleared away here, and if the process
    itself is killed, a small one that watches over it does that.
    """
    target.mkdir(parents=True, exist_ok=True)
    folder = target / f"{_PREFIX}{secrets.token_hex(6)}"
    guard = subprocess.Popen(  # noqa: S603 - Python itself, with a line of our own
        [sys.executable, "-I", "-S", "-c", _GUARD, str(folder.resolve())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A Ctrl-C is meant for the export, not for what clears away after it.
        start_new_session=True,
    )
    try:
        folder.mkdir()
        yield folder
        for path in sorted(folder.iterdir()):
            path.replace(target / path.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        guard.communicate()
