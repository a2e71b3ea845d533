"""What is noted of a kernel is what Jupyter's own manager notes, message by message."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jupyter_client.session import Session
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from mira_workbook.serve.activity import WatchedKernels

KINDS = ("status", "comm_msg", "stream", "kernel_info_reply", "comm_info_reply")
ASKED = ("", "comm_msg", "execute_request", "kernel_info_request", "comm_info_request")
STATES = ("starting", "busy", "idle")
BEFORE = object()


class Wire:
    """One end of a kernel's wire, which keeps who listens."""

    def __init__(self) -> None:
        self.hear: Callable[[Sequence[bytes]], None] = lambda _parts: None

    def on_recv(self, hear: Callable[[Sequence[bytes]], None]) -> None:
        self.hear = hear


def watched(kind: type[AsyncMappingKernelManager]) -> tuple[Any, Any]:
    """A manager of this kind, and a kernel it listens to."""
    wire = Wire()
    kernel = SimpleNamespace(execution_state="starting", session=Session(key=b"k"), connect_iopub=lambda: wire)
    manager: Any = kind()
    manager._kernels["one"] = kernel
    manager.start_watching_activity("one")
    return manager, kernel


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(ASKED), st.sampled_from(STATES)), max_size=12))
def test_it_is_the_same_for_any_messages(said: list[tuple[str, str, str]]) -> None:
    ours, theirs = watched(WatchedKernels), watched(AsyncMappingKernelManager)
    session = Session(key=b"k")
    for kind, asked, state in said:
        parent = session.msg_header(asked) if asked else {}
        message = session.msg(kind, {"execution_state": state} if kind == "status" else {}, parent=parent)
        parts = [b"kernel.one.topic", *session.serialize(message)]
        noted = []
        for _, kernel in (ours, theirs):
            kernel.last_activity = BEFORE
            kernel._activity_stream.hear(parts)
            noted.append((kernel.execution_state, kernel.last_activity is not BEFORE, kernel.reason))
        assert noted[0] == noted[1]
    for manager, kernel in (ours, theirs):
        if kernel.last_activity is not BEFORE and said:
            assert manager.last_kernel_activity == kernel.last_activity
