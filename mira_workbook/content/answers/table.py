"""Rows of typed columns: free, fixed, or ordered."""

from typing import Annotated, Literal

from pydantic import Field

from mira_workbook.content.answers.base import Asked, Placed, Use
from mira_workbook.content.answers.choices import Many, One, Rate, Yes
from mira_workbook.content.answers.numbers import Date, Num
from mira_workbook.content.answers.words import Long, Text

Column = Annotated[Text | Long | One | Many | Rate | Num | Date | Yes, Field(discriminator="type")]


class TableField(Asked, Placed):
    """Rows `{"row_id": …, "cells": {column: value}}`.

    Free rows carry ids of their own; with `rows_from` there is one row per item of that list and row_id = item id.
    A blank row is dropped; a half-filled row is a problem (E10).
    """

    type: Literal["table"]
    columns: tuple[Column, ...] = Field(min_length=1)
    min_rows: int = Field(0, ge=0)
    max_rows: int = Field(40, ge=1, le=400)
    rows_from: str | None = None
    ordered: bool = False
    prefix: str = Field("", max_length=4, description="row ids of a team table: this and a number, never used again")
    unique: str | None = Field(None, description="column whose wording may stand only once (E11)")
    row_word: str = Field("row", description="what one row is called on buttons: “Add another task”")
    rows_prefill: Use | None = None
    min_filled: int | None = Field(None, ge=0, description="rows of a fixed table that must be filled; all if not set and required")
