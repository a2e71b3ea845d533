"""When each kernel last said something, and whether it is busy: noted with little work for each message.

Jupyter's own way checks the signature of every message of every kernel, of most of them twice: a quarter of what a
server does for a room that writes. On what is noted hangs when an idle kernel ends, and what a page is told that doubts
its line; and the wire leads to the kernel's own socket.
"""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

from jupyter_client.session import DELIM
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from mira_workbook.store import now_in_utc

_HEADER, _PARENT, _CONTENT = 2, 3, 5
"""Places behind the delimiter; the signature stands first."""


class WatchedKernels(AsyncMappingKernelManager):
    """Manages kernels, and listens to each."""

    def start_watching_activity(self, kernel_id: str) -> None:
        """Note from now on what a kernel does."""
        kernel: Any = self.get_kernel(kernel_id)
        kernel.reason, kernel.last_activity = "", now_in_utc()
        kernel._activity_stream = kernel.connect_iopub()  # noqa: SLF001 - where Jupyter looks for it to stop
        kernel._activity_stream.on_recv(partial(note, self, kernel))  # noqa: SLF001 - the same


def note(kernels: Any, kernel: Any, parts: Sequence[bytes]) -> None:
    """Note one message of a kernel, by the same rules as Jupyter does.

    Args:
        kernels: who manages them.
        kernel: the one that said something.
        parts: the message as it came over the wire.
    """
    begin = parts.index(DELIM)
    kind = json.loads(parts[begin + _HEADER]).get("msg_type")
    asked = json.loads(parts[begin + _PARENT]).get("msg_type")
    counts = kernels.track_message_type(asked)
    if counts or kernels.track_message_type(kind) or kernel.execution_state == "busy":
        kernels.last_kernel_activity = kernel.last_activity = now_in_utc()
    if kind != "status":
        return
    state = json.loads(parts[begin + _CONTENT])["execution_state"]
    if counts:
        kernel.execution_state = state
    elif kernel.execution_state == "starting" and state != "starting":
        kernel.execution_state = "idle"
