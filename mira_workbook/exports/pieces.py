"""A document as data: what a hand-out or a report says, before it is spelled as HTML, PDF or Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mira_workbook.charts.read import Read

Level = Literal[2, 3, 4]
Tone = Literal["plain", "sentence", "said", "asked", "small"]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the title of the document is level 1."""

    text: str
    level: Level = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph.

    Attributes:
        text: its words; line breaks stay.
        tone: `sentence` is the team's own, large; `said` what a number says; `asked` what the room was asked;
            `small` what is told beside.
    """

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, each with its text."""

    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Lines:
    """A list without an order."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of a row says what the row is about.

    Attributes:
        rows: cells as texts.
        head: names of the columns, () for none.
        foot: the last line, of one cell across or of as many as there are columns.
        numbers: columns that hold numbers, counted from 0; `whole` those whose cells are never broken.
        caption: what it is called for those who cannot see where it stands.
        small: whether it stands under a picture of the same.
    """

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    caption: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words and the same as a table; it is drawn when the document is spelled."""

    title: str
    alt: str
    picture: Read | None
    grid: Grid


@dataclass(frozen=True, slots=True)
class Beside:
    """Columns that stand beside each other where there is room."""

    columns: tuple[tuple["Piece", ...], ...]


Piece = Heading | Words | Facts | Lines | Grid | Figure | Beside


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        team, workbook, day: its title is made of these.
        at: the moment of the meeting: the only one that its files bear.
        first: the first page, for the wall or the fridge.
        rest: what follows on the pages after it; () for the first page alone.
        letter: whether its paper is Letter; else A4.
    """

    team: str
    workbook: str
    day: str
    at: datetime
    first: tuple[Piece, ...]
    rest: tuple[Piece, ...] = ()
    letter: bool = False

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"{self.workbook} · {self.team}"


def headings(pieces: Sequence[Piece], level: Level = 2) -> list[tuple[str, str]]:
    """(mark, text) of every heading of a level, for a table of contents; marks are counted."""
    found = [piece.text for piece in pieces if isinstance(piece, Heading) and piece.level == level]
    return [(f"part-{n}", text) for n, text in enumerate(found, 1)]
