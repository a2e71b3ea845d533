"""How small a hand-out is set so that Word lays it out on one page: worked out here, since only Word can look."""

from collections.abc import Iterable
from math import ceil, inf

from mira_workbook.exports.pieces import Beside, Document, Facts, Figure, Grid, Heading, Lines, Piece, Words
from mira_workbook.exports.word_tables import shares

SIZES = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Sizes of type that are tried, from the usual one down to what can still be read on paper."""
_PAGE = {True: 710.0, False: 760.0}
"""Points between the margins of Letter and of A4."""
_LETTERS, _BESIDE_A_NAME, _IN_CELLS = 104, 78, 124
"""Letters on a line of text, on one beside the name of a fact, and on a table's, at the usual size."""
_TEXT, _CELL, _LINE, _ROOM = 15.5, 11.0, 13.0, 9.0
"""Points of a line of text with what follows it, of one in a table, of one beside a name, and under a table."""
_HEADING, _TITLE, _SENTENCE = 24.0, 40.0, 22.0
"""Points of a heading with the room above it, of a page's first lines, and of a line of the team's sentence.

Measured on hand-outs that LibreOffice laid out: between a thirtieth too little and an eighth too much.
"""


def scale(document: Document) -> float:
    """Choose the largest size at which a hand-out alone is one page; a report keeps the usual one."""
    if document.rest:
        return SIZES[0]
    page = _PAGE[document.letter]
    return next((size for size in SIZES if _TITLE + _tall(document.first, size) * size <= page), SIZES[0])


def _tall(pieces: Iterable[Piece], size: float) -> float:
    """Points at the usual size of pieces whose lines hold as many letters as at another."""
    return sum(_of(piece, size) for piece in pieces)


def _of(piece: Piece, size: float) -> float:
    match piece:
        case Heading():
            tall = _HEADING
        case Words(text, tone):
            tall = _lines(text, _LETTERS / size) * (_SENTENCE if tone == "sentence" else _TEXT)
        case Facts(pairs):
            tall = sum(_lines(text, _BESIDE_A_NAME / size) * _LINE for _, text in pairs)
        case Lines(texts):
            tall = sum(_lines(text, _LETTERS / size) * _TEXT for text in texts)
        case Grid():
            tall = _of_table(piece, size)
        case Beside(columns):
            tall = sum(_tall(column, size) for column in columns)
        case Figure():
            tall = inf  # no hand-out has one
    return tall


def _of_table(piece: Grid, size: float) -> float:
    rows = [row for row in (piece.head, *piece.rows, piece.foot) if row]
    wide = [share * _IN_CELLS / size for share in shares(rows, piece.whole)]
    tall = (max(_lines(cell, letters) for cell, letters in zip(row, wide, strict=False)) for row in rows)
    return sum(lines * _CELL + 2 for lines in tall) + _ROOM


def _lines(text: str, letters: float) -> int:
    return sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
