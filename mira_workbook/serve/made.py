"""A kernel that is made but for its sockets and threads, which must not be there when it is forked.

What a kernel touches while it is being made becomes its own copy of memory. Made before the fork, the shell, its magics
and its settings are shared by all kernels, and none of them has to spend the time.
"""

import sys
import threading
from collections.abc import Sequence
from typing import Any, ClassVar

import ipywidgets
import zmq
from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell

from mira_workbook.serve.kernel import PLAIN
from mira_workbook.serve.page_kernel import STREAM, PageKernel
from mira_workbook.serve.warm import draw_once
from mira_workbook.settings import settings


class _Sparse:
    """`sys` as a kernel sees it while it is made: without modules.

    A kernel looks at every module there is and lists its file, for a debugger that ours has not. Looking at them alone
    makes each kernel's own copy of a third of all memory.
    """

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class _NoThread:
    """In place of the thread that takes messages of the page and hands them on: there is none."""

    parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


class MadeKernel(PageKernel):
    """A kernel that takes the shell which is there already, and each message in the one thread that answers it."""

    @property
    def _supports_kernel_subshells(self) -> bool:
        return bool(self.shell_channel_thread)

    def __init__(self, **given: Any) -> None:
        vars(ipkernel)["sys"] = _Sparse()
        try:
            super().__init__(**given)
        finally:
            vars(ipkernel)["sys"] = sys
        if self.shell is not None:
            self.shell.parent = self.shell.kernel = self


class ForkedApp(IPKernelApp):
    """Starts a kernel in a fork: what was made before it is used, and nothing asks whether the parent is there."""

    made = False
    kernel_class = MadeKernel
    outstream_class = STREAM

    def make(self, argv: Sequence[str]) -> None:
        """Do what needs neither sockets nor threads."""
        super(IPKernelApp, self).initialize([*argv])
        self.init_pdb()
        ZMQInteractiveShell.instance(
            config=self.config, profile_dir=self.profile_dir, user_ns={}, compiler_class=XCachingCompiler
        )
        self.init_shell_once()
        self.made = True

    def init_shell_once(self) -> None:
        """Run what a profile runs at the start, and the first setting of a socket, which looks all settings up."""
        self.shell = ZMQInteractiveShell.instance()
        self.init_extensions()
        self.init_code()
        with zmq.Context() as context, context.socket(zmq.ROUTER) as socket:
            socket.linger = 0

    def initialize(self, argv: Sequence[str] | None = None) -> None:
        """Do the rest; all of it if nothing was made before."""
        if not self.made:
            super().initialize(argv)
            return
        self.init_blackhole()
        self.init_connection_file()
        self.init_sockets()
        # Without a thread of its own for each message of the page, and without a heart that nobody listens to: the
        # server sees by the process itself whether it is there.
        self.shell_channel_thread = _NoThread()
        self.write_connection_file()
        self.init_io()
        self.init_signal()
        ZMQInteractiveShell.instance().init_environment()
        self.init_kernel()
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()

    def init_poller(self) -> None:
        """Start no thread that looks for the parent: see `nursery.end_with`."""

    def log_connection_info(self) -> None:
        """Tell nobody how to connect."""


def make_ready() -> frozenset[int]:
    """Make a kernel but for its sockets, and draw the workbooks that lie there once.

    Returns:
        The code that a page's kernel runs, as `code_run_by` gives it.
    """
    ForkedApp.instance().make(PLAIN)
    # ipywidgets does so by itself where it is imported in a kernel. Without it a page asks for widget after widget.
    ipywidgets.register_comm_target()
    # Kernels find the same settings in their environment.
    settings()
    return draw_once(_become)


def _become(connection_file: str) -> None:
    """Be the kernel of this connection file."""
    app = ForkedApp.instance()
    app.connection_file = connection_file
    app.initialize()
    app.start()


def launch(argv: Sequence[str]) -> None:
    """Start the kernel that was ordered, from what was made if it fits the order."""
    if "numpy" in sys.modules:
        # Python's own chance is made anew in a fork by itself.
        sys.modules["numpy"].random.seed()
    file, others = (
        argv[argv.index("-f") + 1],
        [word for n, word in enumerate(argv) if "-f" not in argv[max(0, n - 1) : n + 1]],
    )
    if sorted(others) != sorted(PLAIN):
        ForkedApp.clear_instance()
        ZMQInteractiveShell.clear_instance()
        ForkedApp.launch_instance(argv=[*argv])
        return
    _become(file)
