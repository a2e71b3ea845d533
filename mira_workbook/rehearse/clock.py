"""A clock that runs ahead: an hour's meeting passes in a minute, for the store and everybody in the rehearsal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Number(Protocol):
    """A number that processes share, as `multiprocessing.Value("d")` gives."""

    value: float


@dataclass(slots=True)
class Alone:
    """The same for one process."""

    value: float = 0.0


def real() -> datetime:
    """This machine's time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A clock that runs on by itself and can be moved on, in every process that shares its number.

    Attributes:
        seconds: how far it is ahead of this machine's time.
    """

    seconds: Number

    @classmethod
    def of(cls, clock: Callable[[], datetime], seconds: Number) -> "Ahead":
        """One that shows what another clock shows now."""
        seconds.value = (clock() - real()).total_seconds()
        return cls(seconds)

    def __call__(self) -> datetime:
        """The time on it."""
        return real() + timedelta(seconds=self.seconds.value)

    def pass_by(self, seconds: float) -> None:
        """Let time go by without waiting for it. One process alone moves the clock."""
        self.seconds.value += seconds
