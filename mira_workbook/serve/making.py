"""Files that take a while: made in a process of their own, one at a time, so that a live room feels nothing."""

import asyncio
import json
import logging
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import gettempdir
from threading import Event, Lock, Thread

from mira_workbook.catalogue import say
from mira_workbook.exports import Download
from mira_workbook.exports.source import Source
from mira_workbook.exports.staging import Passing
from mira_workbook.serve.worker import Order

log = logging.getLogger(__name__)
LIGHT = frozenset({"csv", "json", "handout"})
"""Formats that need no large library."""
LIGHT_SIZE = 2_000
"""Answers and acts up to which these are made where the page is: a tenth of a second."""
PATIENCE_S = 60.0
"""Seconds after which somebody who does not ask for their file any more is taken to be gone."""
_LOOK_S = 0.1
_POLITE = "10"


def is_heavy(name: str, source: Source) -> bool:
    """Whether making a file would be felt where pages are served."""
    return name not in LIGHT or source.size > LIGHT_SIZE


@dataclass(slots=True)
class Making:
    """One file on its way, or ready.

    Attributes:
        folder: where it is made; goes with it.
        share: how much is done, 0 to 1.
        made: the file, once it is ready.
        problem: a sentence, if it could not be made.
        asked: when somebody last asked for it.
    """

    order: Order
    folder: Passing
    share: float = 0.0
    made: Download | None = None
    problem: str = ""
    asked: float = field(default_factory=time.monotonic)
    ended: Event = field(default_factory=Event)
    process: "subprocess.Popen[str] | None" = None

    async def wait(self, seconds: float) -> None:
        """Wait for its end, for so long at most; holds up nobody else."""
        for _ in range(round(seconds / _LOOK_S)):
            if self.ended.is_set():
                break
            await asyncio.sleep(_LOOK_S)
        self.asked = time.monotonic()

    def run(self) -> None:
        """Let the process make it, and hear how far it is."""
        polite = shutil.which("nice")
        # From its first import on: a room that meets at the same time comes first.
        before = [polite, "-n", _POLITE] if polite else []
        command = [*before, sys.executable, "-m", "mira_workbook.serve.worker", json.dumps(asdict(self.order))]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as self.process:  # noqa: S603 - our own
            for line in self.process.stdout or ():
                self._hear(json.loads(line))
        self.process = None
        if self.made is None and not self.problem:
            self.problem = say("files_broke")

    def _hear(self, told: float | dict[str, str]) -> None:
        if isinstance(told, float):
            self.share = told
        elif "problem" in told:
            self.problem = told["problem"]
        else:
            self.made = Download(Path(told["path"]), told["media_type"], int(told["lines"]))

    def stop(self) -> None:
        """End it, wherever it stands, and take away what is there of it."""
        process = self.process
        if process is not None:
            process.kill()
        self.folder.clear()


@dataclass(slots=True)
class Makings:
    """All files on their way, by who wants what."""

    _all: dict[str, Making] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def get(self, key: str) -> Making | None:
        """The file that is on its way, None if there is none."""
        making = self._all.get(key)
        if making is not None:
            making.asked = time.monotonic()
        return making

    def begin(self, key: str, order: Order) -> Making:
        """Begin to make a file, unless it is on its way."""
        with self._lock:
            known = self.get(key)
            if known is not None:
                return known
            folder = Passing(Path(gettempdir()))
            making = Making(Order(**(asdict(order) | {"folder": str(folder.path)})), folder)
            self._all[key] = making
        Thread(target=self._run, args=(making,), daemon=True).start()
        Thread(target=self._watch, args=(key, making), daemon=True).start()
        return making

    def take(self, key: str) -> Making | None:
        """Take a file out that is ready: whoever does clears its folder away after it. None if somebody else has."""
        with self._lock:
            return self._all.pop(key, None)

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            left, self._all = list(self._all.values()), {}
        for making in left:
            making.stop()

    def _run(self, making: Making) -> None:
        with self._one_at_a_time:
            try:
                if making.folder.path.exists():
                    making.run()
            except Exception:
                log.exception("A file could not be made")
                making.problem = say("files_broke")
            finally:
                making.ended.set()

    def _watch(self, key: str, making: Making) -> None:
        """Stop making what nobody asks for any more."""
        while self._all.get(key) is making:
            if time.monotonic() - making.asked > PATIENCE_S:
                if self.take(key) is making:
                    making.stop()
                return
            time.sleep(1)
