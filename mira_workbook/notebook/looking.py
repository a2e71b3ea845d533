"""Looking at the store from time to time, as long as the page gives a sign: the one loop of members' pages and boards.

The cheapest question comes first: whether anybody has written at all. Where nobody has, a page that lies idle asks
nothing else. A page that is gone says nothing any more, and then nothing is asked, so that its kernel can be culled.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from threading import RLock

from mira_workbook.errors import MiraError

log = logging.getLogger(__name__)

POLL_S = 0.5
"""Seconds between looks, give or take a fifth.

A look at which nothing was written costs some microseconds; what people wait for each other is mostly this.
"""
QUIET_S = 25
"""Seconds without a sign of the page after which looking stops. A page that is seen gives one every five seconds."""


class Looking:
    """Looks for one page. Looks run on the loop of the cells; signs may come in any thread.

    Args:
        look: brings the page up to date; told whether anybody wrote since the last look that ended well.
        changed: whether anybody has written since it was asked last.
        lock: held while the page is worked on. Who holds it in another thread brings the page up to date itself.
    """

    def __init__(self, look: Callable[[bool], None], changed: Callable[[], bool], lock: RLock) -> None:
        self._look, self._changed, self._lock = look, changed, lock
        self._written = True
        self._heard = time.monotonic()
        self._loop = _running_loop()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether it looks at this moment."""
        return self._task is not None and not self._task.done()

    def heard(self) -> None:
        """The page gave a sign: look on, for a while."""
        self._heard = time.monotonic()
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._go_on, self._loop)

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if not self.is_on:
            self._task = loop.create_task(self._run())

    async def _run(self) -> None:
        while time.monotonic() - self._heard < QUIET_S:
            await asyncio.sleep(POLL_S * random.uniform(0.8, 1.2))  # noqa: S311 - spreads load, keeps no secret
            if self._lock.acquire(blocking=False):
                try:
                    self._once()
                except MiraError as error:
                    log.warning("The store did not answer: %s", error)
                finally:
                    self._lock.release()

    def _once(self) -> None:
        # Kept until a look has ended well: what was written is told only once.
        self._written = self._changed() or self._written
        self._look(self._written)
        self._written = False


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
