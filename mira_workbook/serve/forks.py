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
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, ClassVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from mira_workbook.serve.environment import kernel_env
from mira_workbook.serve.nursery import LONGEST, READY

log = logging.getLogger(__name__)
NAME = "mira-fork"
KERNEL = "mira_workbook.serve.kernel"
"""The module that a kernel is started with, and whose place a fork takes."""
_PATIENCE = 5.0
"""Seconds an order may take before the kernel is started as usual."""
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "OPENBLAS_NUM_THREADS": "1",
}
"""How kernels use memory: one arena for all threads, and what is large goes back to the system at once."""
_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
"""Seconds before another process takes the place of one that ended; more each time where none lives long."""


class Nursery:
    """The server's end of the process that forks kernels; when that process ends, another one takes its place."""

    def __init__(self) -> None:
        self._lock, self._ready, self._closing = Lock(), Event(), False
        # Kernels hold the one end and end with the other, which only we have: they outlive the process they came from.
        self._life, self._held = os.pipe()
        self._begin()
        Thread(target=self._tend, name="mira-nursery", daemon=True).start()

    @property
    def is_ready(self) -> bool:
        """Whether it forks."""
        return self._ready.is_set()

    def fork(self, argv: Sequence[str], env: Mapping[str, str], cwd: str) -> int | None:
        """Order a kernel; None if it has to be started as usual. Waits for a process that has only begun."""
        order = json.dumps({"argv": [*argv], "env": dict(env), "cwd": cwd}).encode()
        if len(order) > LONGEST or not self._ready.wait(_PATIENCE):
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
                self._ready.clear()
                self._process.kill()
            return int(answer) if answer else None

    def close(self) -> None:
        """Let the process end, and all kernels that were forked."""
        self._closing = True
        self._ready.clear()
        os.close(self._held)
        self._orders.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._life)

    def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        passed = (theirs.fileno(), self._life)
        command = [sys.executable, "-m", "mira_workbook.serve.nursery", *map(str, passed)]
        # What its kernels will know, so that settings read here are theirs too.
        known = kernel_env(os.environ) | _FRUGAL
        self._process = subprocess.Popen(command, pass_fds=passed, stdin=subprocess.DEVNULL, env=known)  # noqa: S603 - ours
        theirs.close()
        self._orders = ours

    def _tend(self) -> None:
        """Say when the process is ready, and start another one when it has ended."""
        pause = _PAUSE
        while True:
            begun = time.monotonic()
            try:
                if self._orders.recv(64) == READY:
                    self._ready.set()
            except OSError:
                log.debug("The process that forks kernels ended before it was ready.")
            self._process.wait()
            self._ready.clear()
            if self._closing:
                return
            log.warning("The process that forks kernels has ended; another one takes its place. Pages go on.")
            pause = _PAUSE if time.monotonic() - begun > _LONGEST_PAUSE else min(2 * pause, _LONGEST_PAUSE)
            time.sleep(pause)
            with self._lock:
                self._orders.close()
                if self._closing:
                    return
                self._begin()


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
    """Gives jupyter_client a forked kernel instead of a started one; a started one where the system cannot fork."""

    nursery: ClassVar[Nursery | None] = None

    async def launch_kernel(self, cmd: list[str], **given: Any) -> KernelConnectionInfo:
        """Fork, or start as usual when that is not possible."""
        pid = await asyncio.to_thread(self._fork, cmd, given)
        if pid is None:
            return await super().launch_kernel(cmd, **given)
        self.process = Forked(pid)  # type: ignore[assignment]
        self.pid = self.pgid = pid
        return self.connection_info

    def _fork(self, cmd: Sequence[str], given: Mapping[str, Any]) -> int | None:
        nursery = use_forks()
        if nursery is None or [*cmd[:3]] != [sys.executable, "-m", KERNEL]:
            return None
        return nursery.fork(cmd[3:], given["env"], given.get("cwd") or str(Path.cwd()))


_making = Lock()


def use_forks() -> Nursery | None:
    """Find the process that forks kernels for this one, and begin it when it is first asked for.

    Returns:
        None where the system cannot.
    """
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return None
    with _making:
        if ForkProvisioner.nursery is None:
            # Jupyter finds it by its entry point; a checkout that was never installed has none.
            entry = EntryPoint(NAME, f"{__name__}:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME)
            KernelProvisionerFactory.instance().provisioners.setdefault(NAME, entry)
            ForkProvisioner.nursery = Nursery()
    return ForkProvisioner.nursery


def forks_are_ready() -> bool:
    """Whether the process that forks kernels is there and has imported what they need."""
    return ForkProvisioner.nursery is not None and ForkProvisioner.nursery.is_ready


def end_forks() -> None:
    """End that process and all kernels that came from it."""
    with _making:
        nursery, ForkProvisioner.nursery = ForkProvisioner.nursery, None
    if nursery is not None:
        nursery.close()
