"""One block of the hand-out, as data."""

from dataclasses import dataclass
from typing import Literal

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Attributes:
        kind: `sentence` large with facts under it; `facts` name and text; `lines`; `table`, beside its neighbour;
            `wide`, a table as wide as the page; `line` at the foot.
        title: its heading, "" for none.
        text: the sentence or line.
        facts: (name, text).
        lines: one text each.
        head, rows, foot: of a table.
        numbers: its columns that hold numbers, counted from 0; `whole` those whose cells are never broken.
    """

    kind: Literal["sentence", "facts", "lines", "table", "wide", "line"]
    title: str = ""
    text: str = ""
    facts: Pairs = ()
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    foot: tuple[str, ...] = ()
    numbers: tuple[int, ...] = (2,)
    whole: tuple[int, ...] = ()
