"""Amounts as pictures say them: money a year, minutes a week."""

from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.measures.words import money, whole
from mira_workbook.rules.money import DOLLARS

__all__ = ["DOLLARS", "Unit", "said"]

Unit = Literal["usd", "min"]


def said(amount: float, unit: Unit, currency: str = DOLLARS) -> str:
    """Write an amount with its unit, such as "$184,550" or "1,260 min"."""
    return money(amount, currency) if unit == "usd" else say("chart_week_minutes", minutes=whole(amount))
