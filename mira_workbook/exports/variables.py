"""Columns as variables of programs for statistics: names and labels within limits, choices as labelled numbers."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from mira_workbook.catalogue import say
from mira_workbook.exports.moments import moment
from mira_workbook.exports.rows import STATES
from mira_workbook.exports.table import Cell, Column

MISSING: Mapping[str, int] = {"dk": -91, "skipped": -92, "withdrawn": -93, "draft": -94, "blank": -95}
"""Why a number is missing, and its code; what was not asked of somebody has none."""
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a program takes.

    Attributes:
        name_bytes, label_bytes, value_bytes, text_bytes: the longest name, label of a variable, label of a value, and
            text; in UTF-8.
        reserved: words that are no names, in small letters.
        first_day: the day from which it counts.
        day, second: its units between two days, and in a second.
        shown: how it shows `day`, `moment`, `code` (also of ticks), `whole` and other numbers (`number`).
    """

    name_bytes: int
    label_bytes: int
    value_bytes: int
    text_bytes: int
    reserved: Collection[str]
    first_day: datetime
    day: float
    second: float
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variable:
    """A column as a variable.

    Attributes:
        name: as the program takes it.
        label: what it is.
        column: where it comes from.
        codes: text of a choice to its number.
        labels: number to what it means.
        base: what is added to the codes of missing values, so that no number of the column is one of them.
        state: place of the column that says why a cell is empty; None where there is none.
    """

    name: str
    label: str
    column: Column
    codes: Mapping[str, int]
    labels: Mapping[float, str]
    base: float
    state: int | None

    @property
    def is_text(self) -> bool:
        """Whether its values are words."""
        return self.column.kind == "text" and not self.codes

    @property
    def shape(self) -> str:
        """What kind of number it holds: day, moment, code, whole or number; "" for words."""
        if self.is_text or self.column.kind in {"day", "moment"}:
            return "" if self.is_text else self.column.kind
        return "code" if self.codes or self.column.kind == "flag" else "whole" if self.column.whole else "number"

    @property
    def has_codes_for_missing(self) -> bool:
        """Whether it tells why a value is missing."""
        return self.state is not None and self.column.kind not in {"day", "moment"} and not self.is_text


def variables(columns: Sequence[Column], dialect: Dialect) -> tuple[Variable, ...]:
    """Make a variable of each column."""
    places = {column.name: place for place, column in enumerate(columns)}
    taken: set[str] = set()
    return tuple(
        Variable(
            _name(column.name, dialect, taken),
            _label(column, dialect.label_bytes),
            column,
            codes := _codes(column),
            _labels(column, codes, dialect),
            min(0.0, column.floor) if column.floor < max(MISSING.values()) + 1 else 0.0,
            places.get(column.state),
        )
        for column in columns
    )


def _label(column: Column, most: int) -> str:
    """What a column is: whole, or as many sentences of it as there is room for."""
    whole = f"{column.about} ({column.unit})" if column.unit else column.about
    kept = cut(whole, most)
    end = kept.rfind(". ")
    return kept[: end + 1] if len(kept) < len(whole) and end > 0 else kept


def _name(wanted: str, dialect: Dialect, taken: set[str]) -> str:
    """A name the program takes and no other variable has, whatever the size of its letters."""
    plain = _NOT_IN_NAMES.sub("_", wanted)
    start = plain if plain[:1].isalpha() else f"v_{plain}"
    start = f"{start}_" if start.lower() in dialect.reserved else start
    name, n = start[: dialect.name_bytes], 1
    while name.lower() in taken:
        n += 1
        name = f"{start[: dialect.name_bytes - len(str(n)) - 1]}_{n}"
    taken.add(name.lower())
    return name


def _codes(column: Column) -> dict[str, int]:
    if column.kind != "text":
        return {}
    return {value: number for number, (value, _) in enumerate(column.options, start=1)}


def _labels(column: Column, codes: Mapping[str, int], dialect: Dialect) -> dict[float, str]:
    if column.kind == "flag":
        return {0.0: say("show_no"), 1.0: say("show_yes")}
    told = {float(codes.get(value, value)): label for value, label in column.options}
    return {number: cut(label, dialect.value_bytes) for number, label in told.items() if label}


def cut(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, between letters; NUL would end it, and half an emoji has no spelling."""
    plain = text.replace("\x00", "\ufffd").encode("utf-8", errors="replace")
    return plain[:most].decode("utf-8", errors="ignore")


def number_of(variable: Variable, cell: Cell, state: Cell, dialect: Dialect) -> float | str | None:
    """A cell as a number; the name of its state where it is missing and the variable tells why, else None."""
    kind = variable.column.kind
    if kind in {"day", "moment"}:
        return _since(cell, dialect, whole_days=kind == "day")
    if isinstance(cell, str):
        return float(variable.codes[cell]) if cell in variable.codes else None
    if cell is not None:
        return float(cell)
    return str(state) if variable.has_codes_for_missing and state in MISSING else None


def _since(cell: Cell, dialect: Dialect, *, whole_days: bool) -> float | None:
    at = moment(cell)
    if at is None:
        return None
    past = at - dialect.first_day.replace(tzinfo=UTC)
    if whole_days:
        return float(past.days * dialect.day)
    return past.total_seconds() * dialect.second


def reason(state: str) -> str:
    """Why a value is missing, in words."""
    return dict(STATES)[state]
