"""A process that has imported what every page needs and forks a kernel for each: `python -m …serve.nursery FD LIFE`.

A kernel started from scratch imports for a second and keeps a hundred megabytes to itself; a forked one shares what is
already there. The server asks over a socket, one message an order, and gets the kernel's process id. When the server
is gone the socket ends, and this process with it. Its kernels do not hang on it: they hold the end of a pipe whose
other end only the server has, and the system ends them when that one is closed.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from mira_workbook.serve.gaps import fill_gaps
from mira_workbook.serve.packing import pack

if sys.platform == "linux":
    import fcntl  # Windows has none, and there this module is read only for how long an order may be

LONGEST = 200_000
"""Bytes of an order: a kernel's whole environment. Sockets of this kind carry about that much in one message."""
READY = b"ready"
MADE = "mira_workbook.serve.made"
"""What makes a kernel; imported by name, when the debugger has been left out."""
PRELOADED = (
    "ipykernel.debugger",
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
    MADE,
)


def main(fd: int, life: int) -> None:
    """Import, make ready what can be, say so, and fork until the server is gone; in a fork, become its kernel."""
    # ipykernel imports debugpy when it can: a hundred modules that no page of ours needs.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    # What the collector would free meanwhile leaves holes on pages, which each kernel fills again for itself.
    gc.disable()
    for name in PRELOADED:
        importlib.import_module(name)
    ran = importlib.import_module(MADE).make_ready()
    if len([*Path("/proc/self/task").iterdir()]) > 1:
        raise SystemExit("A module started a thread while it was imported, and threads do not survive a fork.")
    gc.collect()
    fill_gaps()
    pack(ran)
    # Its entries are names that somebody looked up; each that a kernel replaces takes a page of memory with it.
    sys._clear_type_cache()  # noqa: SLF001 - documented so
    # Objects that are never looked at by the collector again stay shared between all kernels.
    gc.freeze()
    fill_gaps()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that end leave nothing behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the socket
    with socket.socket(fileno=fd) as orders:
        order = next_order(orders)
    if order is not None:
        gc.enable()
        become(order, life)


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


def become(order: dict[str, Any], life: int) -> None:
    """Be the kernel that was ordered, in a session of its own as if it had been started."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    end_with(life)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    importlib.import_module(MADE).launch(order["argv"])


def end_with(life: int) -> None:
    """Let the system end this process when the other end of a pipe is closed, without a thread that looks for it.

    The pipe is opened anew, since who is told of it belongs to the opened file, and forks would share one.
    """
    own = os.open(f"/proc/self/fd/{life}", os.O_RDONLY | os.O_NONBLOCK)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(own, fcntl.F_SETFL, fcntl.fcntl(own, fcntl.F_GETFL) | os.O_ASYNC)
    os.close(life)
    ended = select.poll()
    ended.register(own, select.POLLHUP)
    if ended.poll(0):
        os._exit(0)


if __name__ == "__main__":
    if sys.path[0] == "" or Path(sys.path[0]) == Path.cwd():
        del sys.path[0]
    main(*(int(word) for word in sys.argv[1:3]))
