"""A report as PDF: the pages of its HTML, tagged, with bookmarks and page numbers."""

from collections.abc import Iterator
from threading import Lock
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.charts.read import Read
from mira_workbook.errors import MissingExtra
from mira_workbook.exports.extras import extra
from mira_workbook.exports.pieces import Document
from mira_workbook.exports.report_html import Source, as_address, page
from mira_workbook.exports.report_steps import DOTS, PAPER

MEDIA_TYPE = "application/pdf"
NEEDS = ("weasyprint",)
_ONE_AT_A_TIME = Lock()  # fonts are looked up in tables of the whole process
_TAGGED = "pdf/ua-1"
_SMALLER = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Sizes of type that a page is tried with, until it is one page."""
_A_LITTLE_OVER = 2


def write(document: Document) -> bytes:
    """Spell a document as PDF. A hand-out alone is set smaller, step by step, where it would run over its page.

    Raises:
        MissingExtra: WeasyPrint, or a library that it draws with, is not on this machine.
    """
    weasyprint = _weasyprint()
    html = page(document, _on_paper, paged=True)
    with _ONE_AT_A_TIME:
        for size in _SMALLER if not document.rest else _SMALLER[:1]:
            made = _rendered(weasyprint, html, size)
            if len(made.pages) != _A_LITTLE_OVER:
                break
        mark = document.at.isoformat().encode()
        body: bytes = made.write_pdf(pdf_variant=_TAGGED, pdf_identifier=mark)
    return body


def _rendered(weasyprint: Any, html: str, size: float) -> Any:
    sheets = [weasyprint.CSS(string=f"html {{ font-size: {9.5 * size}pt !important }}")] if size < 1 else []
    # Pictures stand in their addresses; whatever leads elsewhere is refused.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    return weasyprint.HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets, pdf_variant=_TAGGED)


def _weasyprint() -> Any:
    try:
        return extra("weasyprint", "pdf", say("extra_pdf"))
    except OSError as error:
        # The Python part is here; what it draws letters with is not.
        raise MissingExtra(say("report_needs_pango")) from error


def _on_paper(read: Read) -> Iterator[Source]:
    """A picture as dots: hatched areas of an SVG take WeasyPrint seconds."""
    yield Source("", as_address(read.png(PAPER, DOTS), "image/png"))
