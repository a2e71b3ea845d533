"""Files come to stand in their folder whole, all at once, or not at all."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

_PREFIX = ".mira-export-"
_GUARD = "import sys; sys.stdin.buffer.read(); import shutil; shutil.rmtree(sys.argv[1], True)"
"""Waits until whoever holds the other end of its pipe is gone, for whatever reason, and clears away."""


class Passing:
    """A folder that goes again with whoever made it, even if that process is killed.

    Attributes:
        path: the folder.
    """

    def __init__(self, within: Path) -> None:
        self.path = within.resolve() / f"{_PREFIX}{secrets.token_hex(6)}"
        self._guard = subprocess.Popen(  # noqa: S603 - Python itself, with a line of our own
            [sys.executable, "-I", "-S", "-c", _GUARD, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A Ctrl-C is meant for the export, not for what clears away after it.
            start_new_session=True,
        )
        self.path.mkdir(mode=0o700)

    def clear(self) -> None:
        """Take the folder away, with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._guard.communicate()

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear it away."""
        self.clear()


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the files to be, and move what was put there into place at the end.

    Whatever breaks off the writing, nothing of it is left.
    """
    target.mkdir(parents=True, exist_ok=True)
    with Passing(target) as folder:
        yield folder.path
        for path in sorted(folder.path.iterdir()):
            path.replace(target / path.name)
