"""A report as a Word file that can be edited; what spells it stands apart, since it needs an extra."""

from mira_workbook.catalogue import say
from mira_workbook.exports.extras import extra
from mira_workbook.exports.pieces import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEEDS = ("docx",)


def write(document: Document) -> bytes:
    """Spell a document for Word.

    Raises:
        MissingExtra: python-docx is not installed.
    """
    word = extra("mira_workbook.exports.word", "word", say("extra_word"))
    spelled: bytes = word.spell(document)
    return spelled
