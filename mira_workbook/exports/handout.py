"""The one-page hand-out: a page of its own without scripts or links, to be printed on Letter or A4."""

from itertools import groupby
from pathlib import Path

from mira_workbook.catalogue import say
from mira_workbook.exports.blocks import blocks
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.templates import PAGES
from mira_workbook.rules.context import today
from mira_workbook.text import say_date

MEDIA_TYPE = "text/html; charset=utf-8"
_HERE = Path(__file__).parent
TOKENS = _HERE.parent / "serve" / "template" / "voila" / "templates" / "mira" / "static" / "tokens.css"
"""The colours of every page; without the file the hand-out takes those of the browser."""


def write(seen: Sighted) -> bytes:
    """Draw a session's hand-out as its reader may see it. Everything people wrote is escaped."""
    made, meeting = blocks(seen), seen.snapshot.meeting
    page = PAGES.get_template("handout.html.j2").render(
        team=seen.snapshot.team.name,
        day=say_date(today(meeting, meeting.opened_at)),
        workbook=seen.snapshot.workbook.title,
        tokens=TOKENS.read_text(encoding="utf-8") if TOKENS.exists() else "",
        # Neighbours that are tables stand side by side.
        groups=[(kind, list(group)) for kind, group in groupby(made, key=lambda block: block.kind)],
        empty=say("handout_empty"),
    )
    return page.encode("utf-8", errors="replace")
