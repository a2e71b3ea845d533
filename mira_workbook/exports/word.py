"""What spells a document for Word: real headings, styles and tables, pictures with their words."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from mira_workbook.catalogue import say
from mira_workbook.exports.pieces import Beside, Document, Facts, Figure, Grid, Heading, Lines, Piece, Words
from mira_workbook.exports.printable import printable
from mira_workbook.exports.report_steps import DOTS, PAPER
from mira_workbook.exports.word_fit import scale
from mira_workbook.exports.word_styles import FACTS, TONES, add_styles
from mira_workbook.exports.word_tables import WIDTH, add_table

_SHEETS = {True: (Cm(21.59), Cm(27.94)), False: (Cm(21.0), Cm(29.7))}
"""Width and height of Letter and of A4."""
_MARGIN, _HEAD = Cm(1.5), Cm(0.8)
_PICTURE = Cm(14)
_FIELDS = {"\x01": "PAGE", "\x02": "NUMPAGES"}


def spell(document: Document) -> bytes:
    """Spell a document; the same document gives the same bytes."""
    made = docx.Document()
    add_styles(made, scale(document))
    _sheet(made, document)
    _about(made, document)
    made.add_paragraph(printable(f"{document.team} · {document.day}"), style="Title")
    made.add_paragraph(printable(document.workbook), style=TONES["small"])
    for piece in document.first:
        _add(made, _smaller(piece))
    before = len(made.paragraphs)
    for piece in document.rest:
        _add(made, piece)
    if document.rest:
        made.paragraphs[before].paragraph_format.page_break_before = True
    return _packed(made)


def _smaller(piece: Piece) -> Piece:
    """A piece of the first page, whose headings are those of a page and not of a part."""
    if isinstance(piece, Beside):
        return Beside(tuple(tuple(map(_smaller, column)) for column in piece.columns))
    return Heading(piece.text, 3) if isinstance(piece, Heading) else piece


def _add(made: Any, piece: Piece) -> None:
    _WAYS[type(piece)](made, piece)


def _heading(made: Any, piece: Heading) -> None:
    made.add_paragraph(printable(piece.text), style=f"Heading {piece.level - 1}")


def _words(made: Any, piece: Words) -> None:
    made.add_paragraph(printable(piece.text), style=TONES[piece.tone])


def _facts(made: Any, piece: Facts) -> None:
    for name, text in piece.pairs:
        line = made.add_paragraph(style=FACTS)
        line.add_run(printable(name)).bold = True
        line.add_run("\t" + printable(text))


def _lines(made: Any, piece: Lines) -> None:
    for text in piece.texts:
        made.add_paragraph(printable(text), style="List Bullet")


def _beside(made: Any, piece: Beside) -> None:
    """Columns stand under each other: a table around tables is hard to edit, and harder to hear."""
    for column in piece.columns:
        for one in column:
            _add(made, one)


def _figure(made: Any, piece: Figure) -> None:
    made.add_paragraph(printable(piece.title), style="Heading 3")
    body = piece.picture.png(PAPER, DOTS) if piece.picture else b""
    if body:
        line = made.add_paragraph()
        line.paragraph_format.keep_with_next = True
        drawn = line.add_run().add_picture(io.BytesIO(body), width=_PICTURE)._inline.docPr  # noqa: SLF001 - no other way to its words
        drawn.set("descr", printable(piece.alt))
        drawn.set("title", printable(piece.title))
    add_table(made, piece.grid)


_WAYS: Mapping[type, Callable[[Any, Any], None]] = {
    Heading: _heading,
    Words: _words,
    Facts: _facts,
    Lines: _lines,
    Grid: add_table,
    Figure: _figure,
    Beside: _beside,
}


# ------------------------------------------------------------------------------------------------- around the pieces


def _sheet(made: Any, document: Document) -> None:
    """The paper, and at its foot whose page it is, and which."""
    section = made.sections[0]
    section.page_width, section.page_height = _SHEETS[document.letter]
    section.top_margin = section.bottom_margin = _MARGIN
    section.left_margin = section.right_margin = (section.page_width - WIDTH) // 2
    section.header_distance = section.footer_distance = _HEAD
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(printable(f"{document.team} · {document.workbook} · "))
    page, pages = _FIELDS
    for part in re.split(f"([{page}{pages}])", say("report_page", page=page, pages=pages)):
        _field(foot, _FIELDS[part]) if part in _FIELDS else foot.add_run(part)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    field.append(run._r)  # noqa: SLF001 - python-docx has no fields
    paragraph._p.append(field)  # noqa: SLF001 - the same


def _about(made: Any, document: Document) -> None:
    """What the file says of itself: the day of the meeting, and no other."""
    about, at = made.core_properties, document.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about.title, about.subject = printable(document.title)[:255], printable(document.workbook)[:255]
    about.author, about.language = printable(document.team)[:255], "en-US"
    about.comments = about.last_modified_by = about.keywords = ""
    about.created = about.modified = at
    about.last_printed, about.revision = at, 1


def _packed(made: Any) -> bytes:
    """The file without the time at which it was written."""
    held, out = io.BytesIO(), io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as found, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in found.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            packed.writestr(entry, found.read(name))
    return out.getvalue()
