"""Text as people type it, made comparable and safe to keep."""

import re
import unicodedata
from datetime import date, datetime

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
_PUNCTUATION = re.compile(r"[^\w\s]", re.UNICODE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def clean(raw: str, *, lines: bool = False) -> str:
    """Bring typed text to its kept form: NFC, trimmed, no control characters.

    Args:
        raw: what was typed or pasted.
        lines: keep line breaks; else they become spaces.
    """
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", raw))
    if not lines:
        text = text.replace("\n", " ")
    text = text.replace("\t", " ")
    # Format characters (Cf) carry emoji and several scripts; only bidi overrides, which can hide text, are taken out.
    kept = "".join(
        c
        for c in text
        if c == "\n" or not (unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202a\u202b\u202c\u202d\u202e")
    )
    if not lines:
        kept = _SPACES.sub(" ", kept)
    return kept.strip()


def fold(text: str) -> str:
    """Make two wordings comparable: case folded, punctuation and spare spaces removed (rule of message E11)."""
    return " ".join(_PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text)).casefold().split())


def slug(text: str) -> str:
    """Spell a name for files and addresses: ASCII letters, digits and dashes; `team` if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-") or "team"


def formula_safe(text: str) -> str:
    """Keep a spreadsheet from reading text as a formula: a quote before ``= + - @``, tab and CR (spec of exports)."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def say_date(day: date) -> str:
    """Spell a date as people read it: “May 30, 2025”."""
    return f"{day:%B} {day.day}, {day.year}"


def say_time(moment: datetime) -> str:
    """Spell a local time as people read it: “3:42”."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}"


def join_words(words: list[str]) -> str:
    """Join words for a sentence: “A”, “A and B”, “A, B and C”."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
