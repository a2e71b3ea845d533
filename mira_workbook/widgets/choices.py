"""What lives with a member's page and not in the store: what this person looks at, and what stands around it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Screen = Literal["", "today", "answers", "link", "missing", "scribe", "changed", "needs"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the page: where it is ("" where the table is the picture), its name, its words, its table."""

    src: str
    title: str
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Knocking:
    """Somebody who wants in on a second device."""

    id: int
    name: str


@dataclass(slots=True)
class Choices:
    """What this person has chosen to look at; lives with the page, not in the store.

    Attributes:
        screen: a screen beside the steps.
        changing: (step, round) whose answer is being changed; `sending_late` after the results, `answering` after all.
        visit: an earlier step on this page, to send what was not sent.
        adding: a step that has a field open for days after the end, on this page to fill that.
        followed: the latest call of everybody to one step that this page has followed.
        welcomed: whether somebody who came late has gone on to the open step.
        note: a line to this person.
        link: a link to keep.
    """

    screen: Screen = ""
    changing: set[tuple[str, int]] = field(default_factory=set)
    sending_late: set[tuple[str, int]] = field(default_factory=set)
    answering: set[tuple[str, int]] = field(default_factory=set)
    visit: str = ""
    adding: str = ""
    followed: datetime | None = None
    welcomed: bool = False
    note: str = ""
    link: str = ""

    def bring_back(self, step: str, round_: int) -> None:
        """Bring an earlier step back onto the page, to send what was not sent."""
        self.sending_late.add((step, round_))
        self.answering.add((step, round_))
        self.visit, self.screen = step, ""
