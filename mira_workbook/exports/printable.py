"""Text as documents can hold it: what people wrote, without marks that break a page, a file or a line's direction."""

import re

# Controls but the line break, halves of characters, marks that turn a line around, and numbers that are no character.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)


def printable(text: str) -> str:
    """Leave out what XML cannot hold and what would turn the words around it; tabs become spaces."""
    return _UNPRINTABLE.sub("", text.replace("\t", " "))
