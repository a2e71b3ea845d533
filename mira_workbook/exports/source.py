"""What an export reads: sessions one after another, each only when its turn comes, so that one is held at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Self

from mira_workbook.errors import SessionNotFound
from mira_workbook.records import Sitting, Snapshot


@dataclass(frozen=True, slots=True)
class Source:
    """Sessions to read, as often as wanted.

    Attributes:
        sittings: which they are, in the order of the files.
        read: a session's number to its snapshot.
        told: called before each session is read, with the share that is done, 0 to 1.
    """

    sittings: tuple[Sitting, ...]
    read: Callable[[int], Snapshot]
    told: Callable[[float], None] = field(default=lambda _done: None)

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot]) -> Self:
        """A source of snapshots that are in memory already."""
        known = {one.session.id: one for one in snapshots}
        sittings = [Sitting(one.session, one.meeting, one.team, one.whole or one.workbook) for one in snapshots]
        return cls(tuple(sorted(sittings, key=_place)), known.__getitem__)

    def __len__(self) -> int:
        """How many sessions it has."""
        return len(self.sittings)

    def __iter__(self) -> Iterator[Snapshot]:
        """Read them one after another. One that was forgotten meanwhile is left out."""
        sizes = [1 + one.session.rev for one in self.sittings]
        done, whole = 0, sum(sizes)
        for sitting, size in zip(self.sittings, sizes, strict=True):
            self.told(done / whole)
            try:
                snapshot = self.read(sitting.session.id)
            except SessionNotFound:
                continue
            yield snapshot
            # Else the last one would stay here while the next is read.
            del snapshot
            done += size
        self.told(1.0)

    @property
    def size(self) -> int:
        """About how many answers and acts there are to read."""
        return sum(1 + one.session.rev for one in self.sittings)

    def meetings(self) -> "list[Source]":
        """The same apart: one source for each meeting."""
        each = groupby(self.sittings, key=lambda one: one.meeting.id)
        return [Source(tuple(sittings), self.read, self.told) for _, sittings in each]


def _place(sitting: Sitting) -> tuple[object, ...]:
    meeting, session = sitting.meeting, sitting.session
    return meeting.opened_at, meeting.id, sitting.team.slug, session.occasion, session.id
