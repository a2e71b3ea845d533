"""Kernels forked from a process that has everything imported, where the system can; else started as usual."""

import asyncio
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from threading import Lock, Thread
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from mira_workbook.serve.nursery import LONGEST, READY

log = logging.getLogger(__name__)
NAME = "mira-fork"
_PATIENCE = 5.0
"""Seconds an order may take before the kernel is started as usual."""


class Nursery:
    """The server's end of the process that forks kernels."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "mira_workbook.serve.nursery", str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603 - ours
        theirs.close()
        self._orders, self._lock, self.ready = ours, Lock(), False
        Thread(target=self._wait, daemon=True).start()

    def fork(self, argv: list[str], env: dict[str, str], cwd: str) -> int | None:
        """Order a kernel; None if it has to be started as usual."""
        order = json.dumps({"argv": argv, "env": env, "cwd": cwd}).encode()
        if not self.ready or len(order) > LONGEST:
            return None
        with self._lock:
            try:
                self._orders.settimeout(_PATIENCE)
                self._orders.send(order)
                answer = self._orders.recv(64)
            except OSError:
                answer = b""
            if not answer:
                # An answer that comes too late would be taken for that of the next order.
                self.ready = False
                log.warning("Kernels are started one by one from now on: the process that forks them does not answer.")
            return int(answer) if answer else None

    def close(self) -> None:
        """Let the process end, and its kernels with it."""
        self.ready = False
        self._orders.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait(self) -> None:
        try:
            self.ready = self._orders.recv(64) == READY
        except OSError:
            self.ready = False


class Forked:
    """A process that is not our child, with what jupyter_client wants of one: `subprocess.Popen`'s ways.

    It is held by a pidfd, so that no signal ever reaches another process that got the same number.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid, self.returncode = pid, None if self._open(pid) else 0

    def _open(self, pid: int) -> bool:
        try:
            self._fd = os.pidfd_open(pid)
        except ProcessLookupError:
            return False
        return True

    def poll(self) -> int | None:
        """0 once it has ended, else None; how it ended is not known here."""
        if self.returncode is None:
            watch = select.poll()
            watch.register(self._fd, select.POLLIN)
            if watch.poll(0):
                os.close(self._fd)
                self.returncode = 0
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        if self.returncode is None:
            watch = select.poll()
            watch.register(self._fd, select.POLLIN)
            watch.poll(None if timeout is None else 1000 * timeout)
        return self.poll() or 0

    def send_signal(self, signum: int) -> None:
        """Signal it, if it is still there."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._fd, signum)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkProvisioner(LocalProvisioner):
    """Gives jupyter_client a forked kernel instead of a started one."""

    nursery: ClassVar[Nursery | None] = None

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        """Fork, or start as usual when that is not possible."""
        pid = None
        if self.nursery is not None:
            kernel_args = cmd[3:]
            pid = await asyncio.to_thread(
                self.nursery.fork, kernel_args, given["env"], given.get("cwd") or str(Path.cwd())
            )
        if pid is None:
            return await super().launch_kernel(cmd, **given)
        self.process = Forked(pid)  # type: ignore[assignment]
        self.pid = self.pgid = pid
        return self.connection_info


def use_forks() -> Nursery | None:
    """Begin to fork kernels; None where the system cannot."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return None
    ForkProvisioner.nursery = Nursery()
    known = KernelProvisionerFactory.instance().provisioners
    known[NAME] = EntryPoint(NAME, f"{__name__}:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME)
    return ForkProvisioner.nursery
