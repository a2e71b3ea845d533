"""What a board needs of the world: it is given these doors and never knows the store behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mira_workbook.charts.base import Size
from mira_workbook.records import Act, Measure, Meeting, Presence, Session, Snapshot
from mira_workbook.rules.moves import Judge


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody at the door of a session: a name that already has a seat, on another device."""

    id: int
    session_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture for a board: where it is on a light and on a dark ground ("" where the table is the picture)."""

    src: str
    dark_src: str
    title: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that a board shows or opens; "" where pages have no address.

    Attributes:
        join: for phones, as it stands on the wall.
        qr: the picture of it.
        code: as people read it.
        board: this notebook's page; `&team=` and `&view=` may follow.
        packet: the printed packet.
        before: where what was asked beforehand can be filled in.
        pages: the start page.
    """

    join: str = ""
    qr: str = ""
    code: str = ""
    board: str = ""
    packet: str = ""
    before: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A link that makes one more device a facilitator's, once, and its picture; "" where pages have no address."""

    link: str = ""
    qr: str = ""


class BoardDoors(Protocol):
    """The store's doors for somebody who leads, or who only looks on."""

    @property
    def leads(self) -> bool:
        """Whether this seat leads; the others only look on."""
        ...

    def now(self) -> datetime:
        """The time, aware."""
        ...

    def meeting(self) -> Meeting:
        """The meeting as it stands."""
        ...

    def sessions(self) -> Sequence[Session]:
        """Its sessions with their revisions, in the order their teams were named; one query."""
        ...

    def snapshot(self, session: Session) -> Snapshot:
        """A session as it stands at its revision; kept until that moves."""
        ...

    def presences(self) -> Sequence[Presence]:
        """Who has come to the meeting, and what their pages last did; one query."""
        ...

    def waiting(self) -> Sequence[Waiting]:
        """Who waits at a door; one query."""
        ...

    def act(self, judge: Judge, session_id: int) -> Sequence[Act]:
        """Move one session's stage."""
        ...

    def act_everywhere(self, judge: Judge) -> int:
        """Move all of them in one transaction; in how many of them anything moved."""
        ...

    def look_again(self, key: str, version: int, session_id: int) -> None:
        """Let a session build on a newer version from now on."""
        ...

    def admit(self, waiting: Waiting) -> None:
        """Let somebody in."""
        ...

    def helped(self, session_id: int, member_id: int) -> None:
        """Note that somebody who asked for help has got it."""
        ...

    def pictures(self, snapshot: Snapshot, step: str, size: Size) -> Sequence[Drawn]:
        """The pictures of a step on show, as a room may see them."""
        ...

    def numbers(self, snapshot: Snapshot, step: str) -> Sequence[Measure]:
        """The measures of a step on show, as a room may see them."""
        ...

    def noted(self, session_id: int) -> str:
        """The facilitators' own notes on a session."""
        ...

    def note(self, session_id: int, text: str) -> None:
        """Keep the facilitators' notes."""
        ...

    def hand(self) -> Handed:
        """Make a link that lets one more device lead."""
        ...

    def links(self) -> Links:
        """The meeting's addresses."""
        ...
