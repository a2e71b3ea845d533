"""Numbers as they arrive: typed text or JSON numbers, brought to exact decimals."""

import math
from decimal import Decimal
from typing import Any

from mira_workbook.content.answers.base import Asked, Problem
from mira_workbook.text import parse_number

_LARGEST = 10**18
"""Beyond any minutes, money or people; a number so large is noise."""


def read_number(asked: Asked, raw: Any) -> tuple[Decimal | None, Problem | None]:
    """Read a number; (None, None) if nothing was typed, (None, problem) if it is not one (E04) or no page sent it."""
    if isinstance(raw, str):
        if not raw.strip():
            return None, None
        number = parse_number(raw)
        return (None, asked.problem("E04")) if number is None or abs(number) > _LARGEST else (number, None)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None, asked.problem("E00")
    if not math.isfinite(raw) if isinstance(raw, float) else abs(raw) > _LARGEST:
        return None, asked.problem("E04")
    number = Decimal(repr(raw))
    return (None, asked.problem("E04")) if abs(number) > _LARGEST else (number, None)


def canonical(number: Decimal, *, whole: bool) -> int | float:
    """The JSON form: int where the grid is whole, else float; never minus zero."""
    return int(number) if whole else float(number) + 0.0
