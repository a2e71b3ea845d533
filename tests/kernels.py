"""A page's kernel, forked or started, without a server: for tests that speak with it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from mira_workbook.serve.forks import NAME, ForkProvisioner, end_forks, forks_are_ready, use_forks
from mira_workbook.serve.kernel import PLAIN
from mira_workbook.serve.kernels import OurKernels

FORKED = pytest.param(
    NAME, marks=pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"), id="forked"
)
STARTED = pytest.param("", id="started")


@contextmanager
def kernel_by(provisioner: str) -> Iterator[BlockingKernelClient]:
    """One kernel, and who speaks with it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OurKernels, "provisioner", provisioner)
        if provisioner:
            use_forks()
            deadline = time.monotonic() + 60
            while not forks_are_ready() and time.monotonic() < deadline:
                time.sleep(0.1)
        manager = KernelManager(kernel_spec_manager=OurKernels(), kernel_name="python3")
        manager.start_kernel(extra_arguments=[*PLAIN])
        assert isinstance(manager.provisioner, ForkProvisioner) == bool(provisioner)
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        yield client
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        end_forks()


def answer_to(client: BlockingKernelClient, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Ask over the shell channel and wait for the reply."""
    asked = client.session.msg(kind, content)
    client.shell_channel.send(asked)
    while True:
        reply: dict[str, Any] = client.get_shell_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == asked["header"]["msg_id"]:
            return reply
