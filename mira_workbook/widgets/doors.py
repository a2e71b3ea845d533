"""What a desk needs of the world: a page is given these doors and never knows the store behind them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from mira_workbook.records import Act, Entry, Measure, Saved, Snapshot, Typing
from mira_workbook.rules.moves import Judge
from mira_workbook.widgets.choices import Knocking, Shown


class Doors(Protocol):
    """What a desk needs of the world: the store's doors for one seat, the clock, and pictures.

    Attributes:
        member: the key of the person whose page this is, or FACIL at a table screen of the one who leads.
        entered_by: who writes for that person, a member's key or FACIL; "" where they write themselves.
        pages: address below which our server answers, "" where there is none.
    """

    member: str
    entered_by: str
    pages: str

    def for_member(self, key: str) -> "Doors":
        """The same seat's doors to write for a person without a device."""
        ...

    def now(self) -> datetime:
        """The time, aware."""
        ...

    def snapshot(self) -> Snapshot:
        """The session as it stands."""
        ...

    def as_read(self) -> AbstractContextManager[None]:
        """Let what was read last stand inside, unless the session's stage or roster has moved: for who writes alone."""
        ...

    def drafts(self) -> Mapping[tuple[str, int, str], Any]:
        """Text on its way by step, round and field: one's own, else the pair's, else the team's."""
        ...

    def typing(self) -> Sequence[Typing]:
        """Who else of this person's pair types in its records just now, and in which field; the latest last."""
        ...

    def before(self) -> Mapping[tuple[str, int, str], Any]:
        """Text on its way in pairs that this person has left, by step, round and field, as it was then."""
        ...

    def record(self, entry: Entry) -> Saved:
        """Save checked answers."""
        ...

    def own_authors(self) -> Mapping[tuple[str, int], str]:
        """Step and round to the author under which this member's anonymous answers stand, until they are sealed."""
        ...

    def draft(self, place: tuple[str, int, str], value: Any, *, author: str = "") -> datetime:
        """Keep text on its way: one's own, the team's (TEAM), or the pair's (PAIR1 …)."""
        ...

    def guess_ok(self, *, ok: bool) -> None:
        """Note whether this member knows that an answer may be guessed in a small team."""
        ...

    def seal(self, step: str, round_: int) -> None:
        """Cut anonymous answers off from their authors, for good."""
        ...

    def act(self, judge: Judge) -> Sequence[Act]:
        """Move the stage."""
        ...

    def type_in(self, typed: Mapping[str, str]) -> None:
        """Give by hand what the session builds on and no workbook has handed on."""
        ...

    def look_again(self, key: str, version: int) -> None:
        """Let the session build on a newer version from now on."""
        ...

    def beat(self, state: str) -> None:
        """Say that this person is here."""
        ...

    def pictures(self, snapshot: Snapshot, step: str) -> Sequence[Shown]:
        """The pictures of a step on show."""
        ...

    def numbers(self, snapshot: Snapshot, step: str) -> Sequence[Measure]:
        """The measures of a step on show, as this member may see them."""
        ...

    def knocking(self) -> Sequence[Knocking]:
        """People at the door."""
        ...

    def admit(self, knock: int) -> None:
        """Let somebody in."""
        ...

    def own_link(self) -> str:
        """A personal return link, "" where pages have no address."""
        ...

    def answers_page(self) -> str:
        """The page with one's own answers to keep, "" where pages have no address."""
        ...

    def way_out(self) -> str:
        """The page on which a browser gives its seat up, "" where pages have no address."""
        ...
