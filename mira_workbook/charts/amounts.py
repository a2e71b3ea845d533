"""Amounts as pictures say them: money a year, minutes a week, full posts."""

from typing import Literal

from mira_workbook.catalogue import say
from mira_workbook.measures.words import number


def money(amount: float) -> str:
    return f"${number(amount)}"


Unit = Literal["usd", "min"]


def said(amount: float, unit: Unit) -> str:
    """Write an amount with its unit, such as "$184,550" or "1,260 min"."""
    return money(amount) if unit == "usd" else say("chart_minutes", minutes=number(amount))


def known(amount: float | None, unit: Unit) -> str:
    """Write an amount for a table; a dash where nobody wrote one."""
    return say("chart_unknown") if amount is None else said(amount, unit)
