"""A report as one page of HTML: pictures stand in it, nothing is fetched, and it prints on Letter and A4."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from mira_workbook.catalogue import say
from mira_workbook.charts.base import Look
from mira_workbook.charts.read import Read
from mira_workbook.exports.handout import MEDIA_TYPE, TOKENS
from mira_workbook.exports.pieces import Document, headings
from mira_workbook.exports.printable import printable
from mira_workbook.exports.templates import templates
from mira_workbook.tokens import LIGHT, css_values

__all__ = ["MEDIA_TYPE", "NEEDS", "Source", "page", "write"]

NEEDS = ()
"""It needs no other library."""
_HERE = Path(__file__).parent
_STYLE, _SCREENS = _HERE / "report.css", _HERE / "report_screens.css"
_LONGEST_WORD = 28
"""Letters of a word that a column of a table still holds."""
_PHONE = Look("phone")
_ENDLESS, _MAY_BREAK = re.compile(r"\S{24}(?=\S)"), "\u200b"
_LOOKS = (
    ("screen and (max-width: 30rem) and (prefers-color-scheme: dark)", Look("phone", "dark")),
    ("screen and (max-width: 30rem)", _PHONE),
    ("screen and (prefers-color-scheme: dark)", Look("board", "dark")),
    ("", Look("board")),
)
"""Under which conditions which drawing is shown; the last one always, and on paper."""


@dataclass(frozen=True, slots=True)
class Source:
    """One drawing of a picture: when it is shown, "" for always, and its address, which holds all of it."""

    media: str
    address: str


def _printable(value: Any) -> Any:
    """Nothing that people wrote reaches a page with marks that no page can hold."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(value: Any) -> Any:
    """The same for paper: a word longer than a column gets places to break, since to look for them takes long."""
    told = _printable(value)
    if isinstance(told, Markup) or not isinstance(told, str) or told.startswith("data:"):
        return told
    return _ENDLESS.sub(lambda found: f"{found[0]}{_MAY_BREAK}", told)


def _pages(finalize: Callable[[Any], Any]) -> Environment:
    made = templates(finalize=finalize)
    made.filters["kind"] = lambda piece: type(piece).__name__.lower()
    made.filters["is_wide"] = lambda read: not read.is_drawn(_PHONE)
    made.filters["is_long"] = lambda cell: max(map(len, cell.split()), default=0) > _LONGEST_WORD
    return made


_ON_SCREENS, _ON_PAPER = _pages(_printable), _pages(_breakable)


def write(document: Document) -> bytes:
    """Spell a document as HTML for screens and printers. Everything people wrote is escaped."""
    return page(document, _on_screens).encode("utf-8", errors="replace")


def page(document: Document, drawn: Callable[[Read], Iterator[Source]], *, paged: bool = False) -> str:
    """Spell a document.

    Args:
        document: what it says.
        drawn: gives the drawings of a picture, the one that is always shown last.
        paged: whether pages are made of it at once: they then bear their number.
    """
    contents = headings(document.rest)
    numbers = {name: f'<span class="{name}"></span>' for name in ("page", "pages")}
    pages = _ON_PAPER if paged else _ON_SCREENS
    return pages.get_template("report.html.j2").render(
        document=document,
        drawn=drawn,
        paged=paged,
        made=document.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        style=_style(paged=paged),
        contents=contents,
        contents_title=say("report_contents"),
        marks={text: mark for mark, text in contents},
        page_of=say("report_page", **numbers),
    )


def _style(*, paged: bool) -> str:
    """Colours and rules: on paper those of the light theme, on screens all there are."""
    rules = _STYLE.read_text(encoding="utf-8")
    if paged:
        colours = "".join(f"--mira-{name}: {value};" for name, value in css_values(LIGHT).items())
        return f":root {{ {colours} }}\n{rules}"
    tokens = TOKENS.read_text(encoding="utf-8") if TOKENS.exists() else ""
    return "\n".join((tokens, rules, _SCREENS.read_text(encoding="utf-8")))


def _on_screens(read: Read) -> Iterator[Source]:
    for media, look in _LOOKS:
        drawn = read.draw(look)
        if drawn:
            yield Source(media, as_address(drawn, "image/svg+xml"))


def as_address(body: bytes, kind: str) -> str:
    """An address that holds a picture itself."""
    return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"
