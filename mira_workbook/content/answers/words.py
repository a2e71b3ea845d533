"""Words: one line (`text`) and several (`long`)."""

from typing import Literal

from pydantic import Field

from mira_workbook.content.answers.base import Asked, Placed


class Text(Asked):
    """One line of text, a string, NFC and trimmed."""

    type: Literal["text"]
    min_chars: int = Field(0, ge=0, le=2000)
    max_chars: int = Field(200, ge=1, le=2000)
    max_words: int | None = Field(None, ge=1)
    starters: tuple[str, ...] = Field((), description="wordings to start from; a tap fills the field, which can then be changed")


class Long(Asked):
    r"""Several lines of text, a string with inner ``\n`` kept."""

    type: Literal["long"]
    min_chars: int = Field(0, ge=0, le=2000)
    max_chars: int = Field(400, ge=1, le=2000)


class TextField(Text, Placed):
    """One line of text as a step's field."""


class LongField(Long, Placed):
    """Several lines of text as a step's field."""
