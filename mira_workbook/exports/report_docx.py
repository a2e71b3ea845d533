"""A report as a Word file that can be edited; what spells it stands apart, since it needs an extra."""

from mira_workbook.catalogue import say
from mira_workbook.errors import MissingExtra
from mira_workbook.exports.pieces import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write(document: Document) -> bytes:
    """Spell a document for Word.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    try:
        from mira_workbook.exports import word  # noqa: PLC0415 - needs an extra
    except ImportError as error:
        raise MissingExtra(say("report_needs_word")) from error
    return word.spell(document)
