"""An order, best first."""

from typing import Literal

from mira_workbook.content.answers.base import Asked, Placed
from mira_workbook.content.answers.choices import Choices


class Rank(Asked):
    """Every item of the pinned list, best first."""

    type: Literal["rank"]
    options: Choices = ()
    list: str | None = None


class RankField(Rank, Placed):
    """An order as a step's field."""
