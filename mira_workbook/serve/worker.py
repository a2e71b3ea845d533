"""An export in a process of its own, started by the server: `python -m mira_workbook.serve.worker <order>`.

It tells how far it is, a share a line, and at the end what it has made, as JSON. It ends when its standard input does:
whoever wanted the file is gone.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Thread

from mira_workbook.errors import MiraError
from mira_workbook.exports import COACH, download
from mira_workbook.exports.pace import seldom_collected
from mira_workbook.exports.source import Source
from mira_workbook.opening import open_store
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import without_coachs
from mira_workbook.store import Store

_OFTEN_S = 0.2


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        name: the format.
        code: the meeting's.
        sessions: numbers of the sessions that the one who asks may have.
        of_coach: whether it is for the coach, who alone gets what was written for the coach.
        folder: where the file is to be put.
    """

    name: str
    code: str
    sessions: tuple[int, ...]
    of_coach: bool
    folder: str

    def source(self, store: Store) -> Source:
        """The sessions to read."""
        wanted = set(self.sessions)
        sittings = tuple(one for one in store.sittings(self.code) if one.session.id in wanted)

        def read(session_id: int) -> Snapshot:
            return store.coachs_snapshot(session_id) if self.of_coach else without_coachs(store.snapshot(session_id))

        return Source(sittings, read)


def main() -> None:
    """Make the file."""
    order = Order(**json.loads(sys.argv[1]))
    Thread(target=_end_with_input, daemon=True).start()
    try:
        with seldom_collected():
            made = download(order.name, replace(order.source(open_store()), told=_Telling()), COACH, Path(order.folder))
    except (MiraError, OSError) as error:
        sys.stdout.write(json.dumps({"problem": str(error)}) + "\n")
        return
    sys.stdout.write(json.dumps(asdict(made) | {"path": str(made.path)}) + "\n")


class _Telling:
    """Tells how far the export is, some times a second."""

    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: float) -> None:
        now = time.monotonic()
        if now - self._last > _OFTEN_S:
            self._last = now
            sys.stdout.write(f"{done:.3f}\n")
            sys.stdout.flush()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
