"""What a judge of one save is given, and what it says: rules judge, the store asks, and neither imports the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mira_workbook.content.definition import Workbook
from mira_workbook.records import Act, Entry, Meeting, Member, Seat, Session, Snapshot, Team


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a guard sees inside the write transaction: enough to judge one save, light enough to read for each."""

    meeting: Meeting
    session: Session
    team: Team
    members: tuple[Member, ...]
    acts: tuple[Act, ...]
    workbook: Workbook
    now: datetime
    cycle_closed: bool = False
    stands: frozenset[str] = frozenset()
    """Fields of this step and round that the author has submitted and not taken back."""
    stood: Mapping[str, tuple[Any, bool]] = field(default_factory=dict)
    """Of those that stay open for days: field to the value that the author has submitted, and whether it is late."""
    shared: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """Of a table whose rows people take: field to what the save was built on, and what stands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A guard's yes; `late` marks an answer that came after the reveal."""

    late: bool = False


Guard = Callable[[Ledger, Seat, Entry], Verdict]
HandsOn = Callable[[Snapshot], Mapping[str, Any]]
"""What a session hands on as it stands: key to a value that JSON has. A key that is not there hands on nothing."""
