"""How often something may go wrong: a bucket that empties with each wrong try and fills again with time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Bucket:
    """Tries that are left. Right tries cost nothing: a whole school sits behind one address.

    Attributes:
        size: wrong tries in a row until it is empty.
        seconds: how long an empty bucket takes to be full again.
        clock: seconds that only grow.
    """

    size: float
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _seen: float = field(init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def __post_init__(self) -> None:
        self._left, self._seen = self.size, self.clock()

    def spend(self) -> None:
        """Note a wrong try."""
        with self._lock:
            self._left = max(0.0, self._filled() - 1)

    @property
    def empty(self) -> bool:
        """Whether no further try is taken now."""
        with self._lock:
            self._left = self._filled()
            return self._left < 1

    def _filled(self) -> float:
        now = self.clock()
        gained, self._seen = (now - self._seen) * self.size / self.seconds, now
        return min(self.size, self._left + gained)
