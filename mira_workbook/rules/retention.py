"""How long meetings are kept: which are due to be forgotten, and when one will be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar


class Resting(Protocol):
    """Something that has a last sign of life."""

    @property
    def since(self) -> datetime:
        """When anything was last done in it."""
        ...


One = TypeVar("One", bound=Resting)


def goes_at(since: datetime, keep_days: int) -> datetime | None:
    """When a meeting is forgotten that has been at rest since then; None where everything is kept.

    Args:
        since: its end, or the last sign of life of one that was left open.
        keep_days: days it is kept after that; 0 keeps everything.
    """
    return since + timedelta(days=keep_days) if keep_days > 0 else None


def due(found: Iterable[One], now: datetime, keep_days: int) -> list[One]:
    """What has rested for longer than it is kept, in the order given."""
    return [one for one in found if (at := goes_at(one.since, keep_days)) is not None and at <= now]
