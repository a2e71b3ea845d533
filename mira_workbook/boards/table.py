"""The head above a table's form: there the facilitator writes for a team, or for somebody without a device."""

from mira_workbook.boards.head import head, lines
from mira_workbook.boards.page import Page
from mira_workbook.boards.parts import EMPTY, button
from mira_workbook.catalogue import say
from mira_workbook.widgets.controls import Doc


def table(page: Page) -> Doc:
    """The head of a table; the form stands below it."""
    href = f"{page.links.board}&team={page.team.slug}" if page.links.board else ""
    back = button("run", say("back_to_board"), main=True, href=href)
    above = head(page.team, page.links, page.teams, page.where)
    return {
        **EMPTY,
        "key": f"table:{page.team.slug}",
        "now": page.team.now.isoformat(),
        "head": {**above, "buttons": [back]},
        "lines": lines(page.team, page.where),
    }
