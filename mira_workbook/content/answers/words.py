"""Words: one line (`text`) and several (`long`)."""

from typing import Any, Literal

from pydantic import Field

from mira_workbook import text
from mira_workbook.content import cares
from mira_workbook.content.answers.base import Asked, Checked, Context, Lists, Placed, Problem

_LONGEST = 100_000
"""Characters beyond which nothing was typed by a person; such text is not even cleaned."""


_SAID_AS = {"two_aims": "W_two_aims", "lack_of": "W01"}
"""Second looks whose sentence has another name."""


def read_words(asked: "Text | Long", raw: Any, context: Context) -> Checked:
    """Clean what was typed, count it, and look at it a second time."""
    if not isinstance(raw, str):
        return asked.misshapen()
    if len(raw) > _LONGEST:
        return Checked(None, (asked.problem("E03", max=asked.max_chars, n=len(raw)),))
    kept = text.clean(raw, lines=isinstance(asked, Long))
    if text.is_invisible(kept):
        return Checked()
    problems = _lengths(asked, kept, context) or _second_looks(asked, kept, context)
    return Checked(kept, tuple(problems))


def _lengths(asked: "Text | Long", kept: str, context: Context) -> list[Problem]:
    n, words = len(kept), len(kept.split())
    if n > asked.max_chars:
        return [asked.problem("E03", max=asked.max_chars, n=n)]
    if n < asked.min_chars and not context.draft:
        return [asked.problem("E02", min=asked.min_chars, n=n)]
    if isinstance(asked, Text) and asked.max_words and words > asked.max_words:
        return [asked.problem("E03_word" if asked.max_words == 1 else "E03_words", max=asked.max_words, n=words)]
    return []


def _second_looks(asked: "Text | Long", kept: str, context: Context) -> list[Problem]:
    if context.draft:
        return []
    found = {
        "W01": cares.looks_like_solution(kept),
        "W02": cares.blames(kept, context.names),
        "two_aims": cares.joins_two_aims(kept),
        "lack_of": cares.misses_solution(kept),
    }
    keys = dict.fromkeys(_SAID_AS.get(care, care) for care in asked.cares if found.get(care))
    return [asked.problem(key) for key in [*keys] + ["W_student"] * cares.points_to_student(kept)]


class Text(Asked):
    """One line of text, a string, NFC and trimmed."""

    type: Literal["text"]
    min_chars: int = Field(0, ge=0, le=2000)
    max_chars: int = Field(200, ge=1, le=2000)
    max_words: int | None = Field(None, ge=1)
    starters: tuple[str, ...] = Field(
        (), description="wordings to start from; a tap fills the field, which can then be changed"
    )

    def read(self, raw: Any, context: Context) -> Checked:
        """Read typed text: NFC, trimmed, control characters removed, counted after that."""
        return read_words(self, raw, context)

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - words need no list
        """Spell the text on one line."""
        return " ".join(str(value or "").split())


class Long(Asked):
    r"""Several lines of text, a string with inner ``\n`` kept."""

    type: Literal["long"]
    min_chars: int = Field(0, ge=0, le=2000)
    max_chars: int = Field(400, ge=1, le=2000)

    def read(self, raw: Any, context: Context) -> Checked:
        """Read typed text: NFC, trimmed, control characters removed, counted after that."""
        return read_words(self, raw, context)

    def show(self, value: Any, lists: Lists) -> str:  # noqa: ARG002 - words need no list
        """Spell the text on one line."""
        return " ".join(str(value or "").split())


class TextField(Text, Placed):
    """One line of text as a step's field."""


class LongField(Long, Placed):
    """Several lines of text as a step's field."""
