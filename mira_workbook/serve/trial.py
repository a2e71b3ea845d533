"""A kernel tried out in a fork before any page needs one, to learn which code a page runs; see `packing`."""

import logging
import math
import os
import select
import signal
import sys
import threading
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn

import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

from mira_workbook.notebook.looking import POLL_S
from mira_workbook.serve import cells
from mira_workbook.widgets.signs import HERE

log = logging.getLogger(__name__)
PATIENCE_S = 10.0
"""Seconds that a trial may take; after that it is ended, and what a page runs is not known."""
_KEY = b"trial"


def code_run_by(work: Callable[[Callable[[], None]], None]) -> frozenset[int]:
    """Do something in a fork and see which code runs there, in any of its threads.

    Args:
        work: what to do; it is given what to call at the end, which ends the fork.

    Returns:
        `id` of each code object that ran and was here already: a fork has them at the same places. None of them if the
        work did not come to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _watch(work, writing)
    os.close(writing)
    found = array("Q")
    with open(reading, "rb", buffering=0) as heard:  # noqa: PTH123 - a descriptor, not a path
        if select.select([heard], [], [], PATIENCE_S)[0]:
            found.frombytes(heard.readall())
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return frozenset(found)


def _watch(work: Callable[[Callable[[], None]], None], writing: int) -> NoReturn:
    """Be the fork: do the work, write down what ran, and end without a word to whatever else hangs on this process."""
    ran: dict[int, CodeType] = {}

    def note(frame: Any, event: str, _about: Any) -> None:
        if event == "call":
            ran[id(frame.f_code)] = frame.f_code

    def done() -> NoReturn:
        with open(writing, "wb") as told:
            told.write(array("Q", [*ran]).tobytes())
        os._exit(0)

    # Should this process be gone by then, nobody else would end it.
    signal.alarm(math.ceil(PATIENCE_S))
    try:
        threading.setprofile(note)
        sys.setprofile(note)
        work(done)
    except BaseException:
        log.debug("A kernel could not be tried out.", exc_info=True)
    finally:
        os._exit(0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A page that is asked for as a server and a browser do.

    Attributes:
        launch: becomes the kernel of a connection file.
        folder: where that file may lie.
        told, sources: what the page is told, and its cells, as `cells.run` takes them.
    """

    launch: Callable[[str], None]
    folder: Path
    told: Mapping[str, str]
    sources: Sequence[str]

    def __call__(self, done: Callable[[], None]) -> None:
        """Be the kernel, and in another thread its visitor, who says when it is done."""
        place = self.folder / "kernel"
        file, info = write_connection_file(f"{place}.json", transport="ipc", ip=str(place), key=_KEY)
        threading.Thread(target=self._ask, args=(info, done), daemon=True).start()
        self.launch(file)

    def _ask(self, info: Mapping[str, Any], done: Callable[[], None]) -> None:
        # Only the kernel's side counts.
        sys.setprofile(None)
        session = Session(key=_KEY)
        with zmq.Context() as context, context.socket(zmq.DEALER) as shell, context.socket(zmq.SUB) as heard:
            shell.connect(f"ipc://{info['ip']}-{info['shell_port']}")
            heard.connect(f"ipc://{info['ip']}-{info['iopub_port']}")
            heard.subscribe(b"")

            def ask(kind: str, **content: Any) -> Any:
                session.send(shell, kind, content)
                return session.deserialize(session.feed_identities(shell.recv_multipart())[1])["content"]

            ask("kernel_info_request")
            ask(cells.REQUEST, told=dict(self.told), sources=[*self.sources])
            for model in ask("comm_info_request", target_name="jupyter.widget")["comms"]:
                session.send(shell, "comm_msg", {"comm_id": model, "data": {"method": "request_state"}})
                sign = {"field": HERE, "value": "idle", "save_key": "here"}
                session.send(shell, "comm_msg", {"comm_id": model, "data": {"method": "custom", "content": sign}})
            time.sleep(1.4 * POLL_S)
            ask("kernel_info_request")
        done()
