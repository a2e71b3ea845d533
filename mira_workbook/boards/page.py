"""What a board's page is made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from mira_workbook.boards.doors import Links
from mira_workbook.boards.watched import Watched, Where


@dataclass(frozen=True, slots=True)
class Page:
    """What a board's page is made from.

    Attributes:
        team: the team it looks at.
        teams: all teams of the meeting.
        where: what this page looks at.
        links: the meeting's addresses.
        noted: the facilitators' notes on the team.
    """

    team: Watched
    teams: Sequence[Watched]
    where: Where
    links: Links
    noted: str = ""
