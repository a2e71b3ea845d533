"""Kernels: how many at once, whose each one is, and what it knows when it starts."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import Dict, Int, default

from mira_workbook.records import Seat
from mira_workbook.serve.activity import WatchedKernels
from mira_workbook.serve.environment import kernel_env
from mira_workbook.serve.forks import forks_are_ready
from mira_workbook.serve.kernel import PLAIN
from mira_workbook.serve.stock import Ready, Stock, Wire

GAVE_UP = 60.0
"""Seconds after which somebody who waited and was not seen again has given up."""
SETTLED = 60.0
"""Seconds a new page has to connect before its kernel may be taken for left."""
SOCKETS_EACH = 16
"""Sockets to one kernel at most: its page's, the server's own, and those that are opened for a moment."""
_NAME = "python3"


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One browser's call for one page, from its seat; `told` is what its kernel is told beyond the request."""

    browser: str
    page: str
    seat: Seat | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Line:
    """Who waits while all places are taken: first come, first served."""

    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, float] = field(default_factory=dict)

    def place(self, browser: str, free: int) -> int:
        """Say a browser's number in line; 0 means it may come in now.

        Args:
            browser: who asks.
            free: places not taken.
        """
        now = self.clock()
        for gone in [b for b, at in self._seen.items() if now - at > GAVE_UP]:
            del self._seen[gone]
        self._seen[browser] = now
        number = list(self._seen).index(browser) + 1 - free
        if number > 0:
            return number
        del self._seen[browser]
        return 0


class OurKernels(KernelSpecManager):
    """The one kernel there is: this Python. What else is installed on the machine is not offered."""

    provisioner: ClassVar[str] = ""
    """Name of what makes its processes; jupyter_client's own if empty."""

    def get_all_specs(self) -> dict[str, Any]:
        """The one kernel, as Voila looks it up."""
        return {_NAME: {"resource_dir": "", "spec": self.get_kernel_spec(_NAME).to_dict()}}

    def find_kernel_specs(self) -> dict[str, str]:
        """Name to folder; ours has none."""
        return {_NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """How the kernel is started.

        Raises:
            NoSuchKernel: another one was asked for.
        """
        if kernel_name != _NAME:
            raise NoSuchKernel(kernel_name)
        argv = [sys.executable, "-m", "mira_workbook.serve.kernel", "-f", "{connection_file}"]
        made_by = {"kernel_provisioner": {"provisioner_name": self.provisioner}} if self.provisioner else {}
        return KernelSpec(argv=argv, display_name="Python 3", language="python", resource_dir="", metadata=made_by)


@cache
def _events() -> Any:
    return ServerKernelManager().event_logger


class QuietKernelManager(ServerKernelManager):
    """A kernel that tells of itself to the log of events which all kernels share.

    Under Voila each would make its own, with the schema read anew, and Python's `logging` would keep it for good.
    """

    @default("event_logger")
    def _shared(self) -> Any:
        return _events()


class CappedKernelManager(WatchedKernels):
    """Starts kernels up to a cap, a few at a time, and remembers which browser each belongs to."""

    cap = Int(220, help="pages open at once").tag(config=True)
    start_slots = Int(4, help="kernels started at the same time").tag(config=True)
    ahead = Int(0, help="kernels kept ready").tag(config=True)
    owners = Dict()
    """Kernel id to the visit it was started for."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("kernel_manager_class", f"{__name__}.{QuietKernelManager.__name__}")
        super().__init__(**given)  # type: ignore[no-untyped-call]
        # ZeroMQ lets a process have a thousand sockets, which a full room needs.
        self.context.max_sockets = SOCKETS_EACH * (self.cap + self.ahead)
        self.coming: set[Visit] = set()
        self.line = Line()
        self._slots = asyncio.Semaphore(self.start_slots)
        self.stock = Stock(
            self.ahead,
            self._start_one,
            may_start=lambda: self.taken + len(self.stock) < self.cap and forks_are_ready(),
            is_calm=lambda: not self.coming,
            is_used=lambda: bool(self.serving),
        )

    @property
    def serving(self) -> int:
        """Kernels that somebody's page hangs on."""
        return len(self.owners)

    @property
    def taken(self) -> int:
        """Kernels that serve, and those promised to a visit that is being answered."""
        return self.serving + len(self.coming)

    def is_owner(self, kernel_id: str, browser: str) -> bool:
        """Whether a kernel was started for this browser."""
        owner = self.owners.get(kernel_id)
        return owner is not None and bool(browser) and owner.browser == browser

    def is_connected(self, kernel_id: str) -> bool:
        """Whether a page hangs on a kernel."""
        return bool(self._kernel_connections.get(kernel_id))

    def is_seen(self, seat: Seat) -> bool:
        """Whether a page of this seat's person is connected, on any of their devices."""
        who = (seat.session_id, seat.member_id)
        seats = ((kernel_id, owner.seat) for kernel_id, owner in self.owners.items() if owner.seat is not None)
        return any((s.session_id, s.member_id) == who and self.is_connected(kernel_id) for kernel_id, s in seats)

    def seats(self) -> tuple[int, ...]:
        """Numbers of the seats that pages were opened from."""
        return tuple({owner.seat.id for owner in list(self.owners.values()) if owner.seat is not None})

    async def end_seats(self, ended: Collection[int]) -> None:
        """End the kernels of seats that were taken away: what they show is not theirs to see any more."""
        for kernel_id, owner in list(self.owners.items()):
            if owner.seat is not None and owner.seat.id in ended and kernel_id in self:
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def start_kernel(self, **wanted: Any) -> str:  # type: ignore[override]
        """Start a kernel, one of few at a time."""
        wanted["env"] = kernel_env(wanted.get("env") or os.environ)
        wanted["extra_arguments"] = [*PLAIN]
        async with self._slots:
            kernel_id: str = await super().start_kernel(**wanted)
        return kernel_id

    async def open(self, visit: Visit) -> Ready:
        """Give a visit a kernel of its own: a ready one if there is one, else one that is started now."""
        ready = self.stock.take() or await self._start_one()
        self.owners[ready.kernel_id] = visit
        self.coming.discard(visit)
        return ready

    async def _start_one(self) -> Ready:
        kernel_id = await self.start_kernel(kernel_name=_NAME, path="")
        wire = Wire(self.get_kernel(kernel_id))
        try:
            await wire.ask("kernel_info_request")
        except BaseException:
            wire.close()
            raise
        return Ready(kernel_id, wire)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that nobody needs any more; a ready one waits for its visit."""
        if kernel_id not in self.stock:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended."""
        self.owners.pop(kernel_id, None)
        self.stock.forget(kernel_id)
        return super().remove_kernel(kernel_id)

    async def end_left(self, browser: str, page: str) -> None:
        """End kernels of earlier visits of this browser to this page that nothing is connected to any more.

        A phone that reloads does not always say goodbye; without this its old kernels would wait to be culled.
        """
        for kernel_id, owner in list(self.owners.items()):
            same = (owner.browser, owner.page) == (browser, page) and time.monotonic() - owner.at > SETTLED
            if same and kernel_id in self and not self.is_connected(kernel_id):
                await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
