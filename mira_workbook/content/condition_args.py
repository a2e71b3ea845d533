"""Arguments of conditions on a session: for leaving a step out, and for a second round."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field

from mira_workbook.content.answers.base import Strict
from mira_workbook.content.references import (
    ListName,
    StepName,
    TickName,
)


class TeamSmallerThan(Strict):
    """Fewer people are here than the step needs."""

    n: int = Field(ge=1)


class Agreed(Strict):
    """The team reached the support it set out for in the step `of`."""

    of: StepName


class NothingIn(Strict):
    """A list is empty."""

    list: ListName


class Ticked(Strict):
    """At least one row of a team table is ticked in a column."""

    of: TickName


PREDICATES: Mapping[str, type[Strict]] = MappingProxyType(
    {"team_smaller_than": TeamSmallerThan, "agreed": Agreed, "nothing_in": NothingIn, "ticked": Ticked}
)
"""Conditions for leaving a step out, and for a second round."""
