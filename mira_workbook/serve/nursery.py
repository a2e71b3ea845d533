"""A process that has imported what every page needs and forks a kernel for each: `python -m …serve.nursery FD`.

A kernel started from scratch imports for a second and keeps a hundred megabytes to itself; a forked one shares what is
already there. The server asks over a socket, one message an order, and gets the kernel's process id. When the server
is gone the socket ends, this process ends, and so do its kernels, which watch their parent.
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

LONGEST = 200_000
"""Bytes of an order: a kernel's whole environment. Sockets of this kind carry about that much in one message."""
READY = b"ready"
PRELOADED = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.history",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
    "encodings.idna",
    "http.client",
    "psutil",
    "pydoc",
    "sqlite3",
    "sqlalchemy.dialects.sqlite",
    "anywidget",
    "ipywidgets",
    "mira_workbook.notebook",
    "mira_workbook.notebook.facilitate",
    "mira_workbook.serve.cells",
)


def main(fd: int) -> None:
    """Import, say so, and fork until the server is gone; in a fork, become its kernel."""
    # ipykernel imports debugpy when it can: a hundred modules that no page of ours needs.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in PRELOADED:
        importlib.import_module(name)
    if threading.active_count() > 1:
        raise SystemExit("A module started a thread while it was imported, and threads do not survive a fork.")
    # Objects that are never looked at by the collector again stay shared between all kernels.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave nothing behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the socket
    with socket.socket(fileno=fd) as orders:
        order = next_order(orders)
    if order is not None:
        become(order)


def next_order(orders: socket.socket) -> dict[str, Any] | None:
    """Fork for each order. Returns the order in the fork, and None here once the server is gone."""
    orders.send(READY)
    while raw := orders.recv(LONGEST):
        pid = os.fork()
        if pid == 0:
            found: dict[str, Any] = json.loads(raw)
            return found
        orders.send(str(pid).encode())
    return None


def become(order: dict[str, Any]) -> None:
    """Be the kernel that was ordered, in a session of its own as if it had been started."""
    parent = os.getppid()
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])

    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported above, in the process this one came from

    from mira_workbook.settings import settings  # noqa: PLC0415 - the same

    settings.cache_clear()
    IPKernelApp.launch_instance(argv=[*order["argv"], f"--IPKernelApp.parent_handle={parent}"])


if __name__ == "__main__":
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    main(int(sys.argv[1]))
