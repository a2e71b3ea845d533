"""Words made to fit a width.

Widths are those of DejaVu Sans, the widest of the fonts a page may fall back to and the one outlines are made with:
what fits here fits in every other font of the page.
"""

import unicodedata

from mira_workbook.text import clean

# Advance widths of the printable ASCII characters of DejaVu Sans in hundredths of the font's size.
_ASCII = (
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64),
    *(64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79),
    *(60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63),
    *(63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
)
_FIRST, _LAST = 0x20, 0x7E
_BOLD = 1.12
_OTHER, _WIDE, _DOTS = 0.66, 1.25, 1.0
_ELLIPSIS = "…"
_PIECE = 3  # letters of a cut word below which it is left out
_JOINERS = "\u200d\ufe0f\ufe0e"
_SKIN = range(0x1F3FB, 0x1F400)


def plain(words: str) -> str:
    """Bring words to one line that XML can hold: no control characters, no non-characters."""
    return "".join(c for c in clean(words) if ord(c) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(c) <= 0xFDEF)  # noqa: PLR2004 - Unicode's own


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Tell how wide words are in pixels, at most."""
    return sum(map(_advance, words)) * size * (_BOLD if bold else 1.0)


def shorten(words: str, size: float, room: float, *, bold: bool = False) -> str:
    """Cut words to a width, with an ellipsis where something is gone; characters that belong together stay so."""
    words = plain(words)
    if width(words, size, bold=bold) <= room:
        return words
    fits = _that_fit(words, size, room - width(_ELLIPSIS, size, bold=bold), bold=bold)
    whole, _, piece = words[:fits].rpartition(" ")
    kept = whole if whole and len(piece) < _PIECE and words[fits] != " " else words[:fits]
    return kept.rstrip(" ,;:.–—-") + _ELLIPSIS


def wrap(words: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """Break words into at most `lines` lines of a width; the last one is shortened if need be."""
    left, done = plain(words).split(), list[str]()
    while left and len(done) < lines - 1:
        line = left.pop(0)
        while left and width(f"{line} {left[0]}", size, bold=bold) <= room:
            line += f" {left.pop(0)}"
        fits = _that_fit(line, size, room, bold=bold)
        if fits < len(line):  # one word, wider than a line: it goes on in the next
            left.insert(0, line[fits:])
        done.append(line[:fits])
    if left:
        done.append(shorten(" ".join(left), size, room, bold=bold))
    return done


def _that_fit(words: str, size: float, room: float, *, bold: bool) -> int:
    """Count the characters that fit a width, one at least, without cutting what belongs together."""
    used, count = 0.0, 0
    for cluster in _clusters(words):
        used += width(cluster, size, bold=bold)
        if used > room and count:
            break
        count += len(cluster)
    return count


def _advance(c: str) -> float:
    code = ord(c)
    if _FIRST <= code <= _LAST:
        return _ASCII[code - _FIRST] / 100
    if unicodedata.category(c) in {"Mn", "Me", "Cf"}:
        return 0.0
    base = ord(unicodedata.normalize("NFD", c)[0])
    if _FIRST <= base <= _LAST:
        return _ASCII[base - _FIRST] / 100
    if c == _ELLIPSIS:
        return _DOTS
    return _WIDE if unicodedata.east_asian_width(c) in "WF" or unicodedata.category(c) == "So" else _OTHER


def _clusters(words: str) -> list[str]:
    """Split into what a reader takes for one character: marks, joiners and skin tones stay with their letter."""
    found: list[str] = []
    for c in words:
        joined = found and (
            unicodedata.combining(c) or c in _JOINERS or ord(c) in _SKIN or found[-1].endswith("\u200d")
        )
        if joined:
            found[-1] += c
        else:
            found.append(c)
    return found
