"""Numbers, dates and shares of a total."""

from typing import Literal

from pydantic import Field

from mira_workbook.content.answers.base import Asked, Limit, Placed
from mira_workbook.content.answers.choices import Choices


class Num(Asked):
    """A number on the step grid: int where the step is whole, else float."""

    type: Literal["num"]
    low: Limit
    high: Limit
    step: float = Field(1, gt=0)


class Date(Asked):
    """A day, ISO text such as `2025-05-30`. Limits are ISO days, `today`, or `+6w` / `+18m` from today."""

    type: Literal["date"]
    earliest: str | None = None
    latest: str | None = None


class Alloc(Asked):
    """A total shared out: every item to a whole number, zeros included."""

    type: Literal["alloc"]
    options: Choices = ()
    list: str | None = None
    total: Limit
    exact: bool = True
    slack: float = Field(0, ge=0)


class NumField(Num, Placed):
    """A number as a step's field."""


class DateField(Date, Placed):
    """A day as a step's field."""


class AllocField(Alloc, Placed):
    """A shared-out total as a step's field."""
