"""Kernels that are ready before anybody asks: started when nobody waits, handed out in the second when a room comes.

They are all alike and belong to no workbook. What a visit is told reaches its kernel only when it is handed out, and
each is handed out once, so nothing of one visitor can be left in it for the next.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tornado.web import HTTPError

log = logging.getLogger(__name__)
CALM_S = 1.0
"""Seconds after the last visit before a kernel is started ahead: a room that comes in needs the whole machine."""
LONGEST_CALM_S = 5.0
"""Seconds after which one is started all the same, if visits never cease."""
GENTLE = 4
"""How many times as long as a kernel took to start the next one is waited for while pages are open: people write."""
TRY_AGAIN_S = 5.0
ALIVE_S = 1.0
"""Seconds of silence after which the server looks whether a kernel that should answer is still there."""


class KernelGone(HTTPError):  # noqa: N818 - says what is the case
    """A kernel ended before it answered."""

    def __init__(self) -> None:
        super().__init__(500, "A kernel ended before it answered.")


class Wire:
    """The server's own wire to a kernel: requests on its shell channel, each with its reply.

    jupyter_client's own client listens on all channels and waits for a fifth of a second until they have fallen silent.
    """

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._stream = kernel.connect_shell()
        self._stream.on_recv(self._heard)

    async def ask(self, kind: str, **content: Any) -> dict[str, Any]:
        """Send a request and wait for its reply.

        Raises:
            KernelGone: the kernel ended.
        """
        message = self._kernel.session.send(self._stream, kind, content)
        waiting = self._waiting[message["header"]["msg_id"]] = asyncio.get_running_loop().create_future()
        while not waiting.done():
            await asyncio.wait({waiting}, timeout=ALIVE_S)
            if not waiting.done() and not await self._kernel.is_alive():
                raise KernelGone
        reply: dict[str, Any] = waiting.result()
        return reply

    def close(self) -> None:
        """Hang up."""
        if not self._stream.closed():
            self._stream.close()

    def _heard(self, frames: list[Any]) -> None:
        session = self._kernel.session
        _, parts = session.feed_identities(frames)
        reply = session.deserialize(parts)
        waiting = self._waiting.pop(reply["parent_header"].get("msg_id", ""), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(reply["content"])


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A kernel that has answered, and the wire to it."""

    kernel_id: str
    wire: Wire


@dataclass(slots=True)
class Stock:
    """So many kernels kept ready.

    Attributes:
        size: how many.
        start: starts one and waits until it answers.
        may_start: whether there is room for one more, and what forks them is there.
        is_calm: whether nobody waits for a page.
        is_used: whether pages are open.
    """

    size: int
    start: Callable[[], Awaitable[Ready]]
    may_start: Callable[[], bool] = lambda: True
    is_calm: Callable[[], bool] = lambda: True
    is_used: Callable[[], bool] = lambda: False
    _there: deque[Ready] = field(default_factory=deque)
    _taken: asyncio.Event = field(default_factory=asyncio.Event)
    _last: float = 0.0
    _task: "asyncio.Task[None] | None" = None

    def __len__(self) -> int:
        return len(self._there)

    def __contains__(self, kernel_id: object) -> bool:
        return any(one.kernel_id == kernel_id for one in self._there)

    def take(self) -> Ready | None:
        """Hand one out; None if there is none."""
        self._last = time.monotonic()
        self._taken.set()
        return self._there.popleft() if self._there else None

    def forget(self, kernel_id: str) -> None:
        """One has ended by itself."""
        for one in [one for one in self._there if one.kernel_id == kernel_id]:
            self._there.remove(one)
            one.wire.close()
            self._taken.set()

    def open(self) -> None:
        """Begin to keep them; on the loop."""
        if self.size and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._keep())

    def close(self) -> None:
        """Start no more."""
        if self._task is not None:
            self._task.cancel()
        for one in self._there:
            one.wire.close()
        self._there.clear()

    async def _keep(self) -> None:
        while True:
            self._taken.clear()
            if len(self._there) >= self.size:
                await self._taken.wait()
            await self._calm()
            begun = time.monotonic()
            try:
                self._there.append(await self.start())
            except Exception:
                # Pages come all the same, each with a kernel started for it.
                log.exception("A kernel could not be started ahead.")
                await asyncio.sleep(TRY_AGAIN_S)
            if self.is_used():
                await asyncio.sleep(GENTLE * (time.monotonic() - begun))

    async def _calm(self) -> None:
        begun = time.monotonic()
        while not self.may_start() or not self._is_calm_since(begun):  # noqa: ASYNC110 - waits for time to pass
            await asyncio.sleep(0.1)

    def _is_calm_since(self, begun: float) -> bool:
        now = time.monotonic()
        return (self.is_calm() and now - self._last > CALM_S) or now - begun > LONGEST_CALM_S
