"""Sessions whose reports are looked at: the demo team's, odd ones, and one in which people typed all they can."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from export_cases import acts, answer, demo, session, small, table
from lacking import leave_out
from played_cases import played

from mira_workbook.exports.pieces import Beside, Document, Facts, Figure, Grid, Heading, Lines, Piece, Words
from mira_workbook.records import Snapshot

THREE = ("priority_setting", "root_cause_coaching", "resource_mapping")

HOSTILE = {
    "formula": '=HYPERLINK("http://x.example","y")',
    "html": '</style></p><script>alert(1)</script><img src="http://x.example/y">{{ 7 * 7 }}',
    "css": "} @import url(http://x.example/z.css); p { background: url(http://x.example/b.png)",
    "bidi": "left \u202eturned\u202c and \u2067kept\u2069 apart",
    "control": "be\x00fore\x07 af\ufffeter \udc00half",
    "letters": "Élèves 👩🏽\u200d🏫 你好 שלום",
    "long": "x" * 2000,
    "words": ("word " * 400).strip(),
    "field": "PAGE \\* MERGEFORMAT & < > ]]>",
}
"""What people type, and no file may stumble over."""


def of(slug: str) -> Snapshot:
    """The demo team's session of a workbook."""
    return demo() if slug == "priority_setting" else played(slug)


def only(snapshot: Snapshot, *keys: str) -> Snapshot:
    """The same session with some of its people."""
    members = tuple(member for member in snapshot.members if member.key in keys)
    kept = tuple(r for r in snapshot.responses if r.author_kind != "member" or r.author in keys)
    return replace(snapshot, members=members, responses=kept)


def blank(snapshot: Snapshot) -> Snapshot:
    """The same session in which nobody said anything."""
    return replace(snapshot, responses=())


def hidden(snapshot: Snapshot) -> Snapshot:
    """The same session before anything was shown."""
    return replace(snapshot, acts=tuple(act for act in snapshot.acts if act.kind not in {"reveal", "end"}))


def lobby() -> Snapshot:
    """A session that has not begun."""
    return session(small(), (), ())


def hostile() -> Snapshot:
    """A session in which every text is odd: the team's name, people's, the team's list and everybody's words."""
    texts = list(HOSTILE.values())
    rows = [{"": f"C{n}", "label": text, "sources": []} for n, text in enumerate(texts, 1)]
    told = [answer("own", "words", key, text) for key, text in zip(("M1", "M2", "M3"), texts, strict=False)]
    played_ = session(
        small(),
        acts(("open", "own"), ("reveal", "own"), ("open", "list"), ("done", "list"), ("end", "")),
        [*told, answer("list", "ideas", "TEAM", table(*rows))],
    )
    named = tuple(replace(m, role=text) for m, text in zip(played_.members, texts, strict=False))
    return replace(played_, team=replace(played_.team, name=HOSTILE["html"] + HOSTILE["css"]), members=named)


def texts_of(document: Document) -> list[str]:
    """Every text of a document, in order."""
    return list(_texts((*document.first, *document.rest)))


def _texts(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Heading(text) | Words(text):
                yield text
            case Facts(pairs):
                yield from (text for pair in pairs for text in pair)
            case Lines(texts):
                yield from texts
            case Grid():
                yield from _cells(piece)
            case Figure(title, alt, _, grid):
                yield from (title, alt, *_cells(grid))
            case Beside(columns):
                yield from _texts([one for column in columns for one in column])


def _cells(grid: Grid) -> Iterator[str]:
    for line in (grid.head, *grid.rows, grid.foot):
        yield from line


def figures(document: Document) -> list[Figure]:
    """Every picture of a document."""
    return [piece for piece in document.rest if isinstance(piece, Figure)]


def section(document: Document, title: str) -> list[Piece]:
    """The pieces under a heading of the second level."""
    found: list[Piece] = []
    under = False
    for piece in document.rest:
        if isinstance(piece, Heading) and piece.level == 2:
            under = piece.text == title
        elif under:
            found.append(piece)
    return found


def pdf_text(body: bytes, folder: Path, *options: str) -> str:
    """The words of a PDF in reading order; spaces and line breaks are told as one space."""
    if shutil.which("pdftotext") is None:
        leave_out("pdftotext", "Debian: apt install poppler-utils")
    path = folder / "read.pdf"
    path.write_bytes(body)
    made = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", made.stdout)
