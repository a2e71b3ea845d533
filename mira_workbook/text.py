"""Text as people type it, made comparable and safe to keep."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\u0085\v\f]")
_PUNCTUATION = re.compile(r"[^\w\s]", re.UNICODE)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:[, '][0-9]{3})+)?(?:\.[0-9]+|\.)?")
_CURRENCY = re.compile(r"^([-+]?)\s*[$€£¥]\s*|\s*[$€£¥]$")
_LONGEST_NUMBER = 40
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
    # What was taken out may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", kept).strip()


def is_invisible(text: str) -> bool:
    """Whether nothing of a text can be seen: only spaces and format characters such as zero-width space."""
    return all(c.isspace() or unicodedata.category(c) == "Cf" for c in text)


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


def say_short_date(iso: str) -> str:
    """Spell an ISO date for a narrow column: “Sep 30, 2024”; a draft's raw text as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day:%b} {day.day}, {day.year}"


def say_time(moment: datetime) -> str:
    """Spell a local time as people read it: “3:42”."""
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}"


def join_words(words: list[str]) -> str:
    """Join words for a sentence: “A”, “A and B”, “A, B and C”."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no joining
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def join_labels(labels: list[str]) -> str:
    """List labels after a colon: “A, B, C”; with semicolons where a label holds a comma itself."""
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def parse_number(raw: str) -> Decimal | None:
    """Read a number as people type it: “1,250”, “$1,250”, “46.2”, “1 250”, full-width digits; None if it is none.

    Words, exponents, percent signs and decimal commas are not read: “46,2” could be a slip of “462”.
    """
    if len(raw) > _LONGEST_NUMBER:
        return None
    plain = unicodedata.normalize("NFKC", raw).strip().replace("\u2212", "-").replace("\u2019", "'")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else " " if c.isspace() else c for c in plain)
    bare = _CURRENCY.sub(r"\1", digits)
    if not _NUMBER.fullmatch(bare) or not any(c.isdigit() for c in bare):
        return None
    return Decimal(re.sub(r"[, ']", "", bare))


def say_number(value: float | Decimal) -> str:
    """Spell a number as people read it: “1,250”, “46.2”, without empty decimals."""
    whole = Decimal(str(value))
    text = f"{whole:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def inside_sentence(label: str) -> str:
    """Make a label stand inside a sentence: “Minutes a week?” becomes “minutes a week”, “FTE” stays."""
    bare = label.strip().rstrip("…?:. ")
    return bare if bare[1:2].isupper() or bare[:2] in {"I ", "I'"} else bare[:1].lower() + bare[1:]
