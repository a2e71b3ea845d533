"""Tables of a Word file: columns as wide as what stands in them needs, a head that every page repeats."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from mira_workbook.exports.pieces import Grid
from mira_workbook.exports.printable import printable
from mira_workbook.exports.word_styles import CELL, TABLE, TONES

WIDTH = Cm(17.8)
"""Of a table: what both Letter and A4 hold between their margins."""
_LETTERS = 100
"""Letters that a line of this width holds."""
_WIDEST = 80
_LONGEST_WORD = 16
_AIR = 1.1
_HEAD, _FOOT, _NO_BANDS = 0x20, 0x40, 0x600
"""Bits with which Word says which rows of a style are in force."""


def add_table(made: Any, piece: Grid) -> None:
    """Add a table, and a little room after it."""
    columns = len(piece.rows[0])
    foot = ((*("",) * (columns - len(piece.foot)), *piece.foot) if len(piece.foot) > 1 else piece.foot) or ()
    lines = [line for line in (piece.head, *piece.rows, foot) if line]
    table = made.add_table(len(lines), columns, style=TABLE)
    _look(table, piece)
    widths = [int(WIDTH * share) for share in shares(lines, piece.whole)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, line in zip(table.rows, lines, strict=True):
        _set(row, "w:cantSplit")
        _fill(row.cells, line, widths, piece.numbers)
    if piece.head:
        _set(table.rows[0], "w:tblHeader")
    if len(piece.foot) == 1:
        table.rows[-1].cells[0].merge(table.rows[-1].cells[-1])
    room = made.add_paragraph(style=TONES["small"]).paragraph_format
    room.space_after, room.line_spacing = 0, Pt(5)


def _fill(cells: Sequence[Any], line: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> None:
    for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = CELL
        paragraph.add_run(printable(line[n]) if n < len(line) else "")
        if n in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def shares(lines: Sequence[Sequence[str]], whole: Sequence[int] = ()) -> list[float]:
    """How much of a line each column takes: what its longest word needs, and of the rest what its texts ask for.

    Args:
        lines: head, rows and foot.
        whole: columns whose cells are never broken.

    Shape: one for each column; together 1.
    """
    columns = [[line[n] for line in lines if n < len(line)] for n in range(max(map(len, lines)))]
    words = [[[cell] if n in whole else cell.split() for cell in column] for n, column in enumerate(columns)]
    least = [min(_LONGEST_WORD, max(map(_longest, column))) * _AIR + 3 for column in words]
    asked = [min(_WIDEST, max(_longest(cell.split("\n")) for cell in column)) for column in columns]
    more = [max(0, wish - need) for wish, need in zip(asked, least, strict=True)]
    rest = max(0, _LETTERS - sum(least))
    each = [rest * wish / sum(more) if sum(more) else rest / len(more) for wish in more]
    found = [need + extra for need, extra in zip(least, each, strict=True)]
    return [one / sum(found) for one in found]


def _longest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=0)


def _look(table: Any, piece: Grid) -> None:
    """Which rows are its head and foot, and what it is called for those who cannot see where it stands."""
    about = table._tbl.tblPr  # noqa: SLF001 - python-docx has no other way to these
    look = about.find(qn("w:tblLook"))
    look.attrib.clear()
    bits = _NO_BANDS | (_HEAD if piece.head else 0) | (_FOOT if piece.foot else 0)
    look.set(qn("w:val"), f"{bits:04X}")
    rows = {"firstRow": bool(piece.head), "lastRow": bool(piece.foot), "firstColumn": False, "lastColumn": False}
    for name, value in {**rows, "noHBand": True, "noVBand": True}.items():
        look.set(qn(f"w:{name}"), str(int(value)))
    if piece.caption:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), printable(piece.caption))
        about.append(caption)


def _set(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no other way to these
