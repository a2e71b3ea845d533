"""Choices: one of several, several of many, a rating, a tick."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mira_workbook.content.answers.base import Asked, Option, Placed


def _option(raw: object) -> object:
    """Options stand in the file as `["id", "Label"]` or `["id", "Label", "help"]`."""
    return Option(*raw) if isinstance(raw, list | tuple) and 2 <= len(raw) <= 3 else raw  # noqa: PLR2004


Choices = tuple[Annotated[Option, BeforeValidator(_option)], ...]


class One(Asked):
    """One option, its id; `{"id": "other", "other_text": "…"}` where `other` is allowed (3 to 60 characters)."""

    type: Literal["one"]
    options: Choices = ()
    list: str | None = Field(None, description="name of a list instead of options")
    other: bool = False


class Many(Asked):
    """Several options, their ids in definition order."""

    type: Literal["many"]
    options: Choices = ()
    list: str | None = None
    other: bool = False
    low: int = Field(0, ge=0)
    high: int | None = Field(None, ge=1)


class Rate(Asked):
    """A whole number from low to high, or `{"dk": true}` for “I don't know yet” where `dk` is allowed."""

    type: Literal["rate"]
    low: int
    high: int
    ends: tuple[str, ...] = Field((), description="two words for the ends, or one for every value")
    dk: bool = False


class Yes(Asked):
    """A tick: true or false; `must` = has to be ticked."""

    type: Literal["yes"]
    must: bool = False


class OneField(One, Placed):
    """One option as a step's field."""


class ManyField(Many, Placed):
    """Several options as a step's field."""


class RateField(Rate, Placed):
    """A rating as a step's field."""


class YesField(Yes, Placed):
    """A tick as a step's field."""
