"""Tables as SPSS files: variable labels, value labels, and codes that SPSS counts as missing, each saying why."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mira_workbook.exports.about import About
from mira_workbook.exports.stats import NEEDS, Frame, Writer, stamped
from mira_workbook.exports.variables import MISSING, Dialect, Variable, cut, reason

__all__ = ["MEDIA_TYPE", "NEEDS", "open_"]

MEDIA_TYPE = "application/x-spss-sav"
_RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
_TITLE_BYTES = 64
_DATE_AT, _DATE, _TIME = 92, 0, 9
"""Where the head of a file says when it was written: the day, then the time."""

DIALECT = Dialect(
    name_bytes=64,
    label_bytes=256,
    value_bytes=120,
    text_bytes=32_767,
    reserved=_RESERVED,
    first_day=datetime(1582, 10, 14),  # noqa: DTZ001 - the first day of the calendar, before zones
    day=86_400,
    second=1,
    shown={"day": "DATE11", "moment": "DATETIME20", "code": "F8.0", "whole": "F12.0", "number": "F14.4"},
)


def open_(folder: Path, about: About) -> Writer:
    """Begin SPSS files in a folder.

    Raises:
        MissingExtra: the library for them is not installed.
    """
    return Writer(folder, about, DIALECT, ".sav", partial(_save, about.at))


def _save(at: datetime, library: Any, pandas: Any, path: Path, frame: Frame) -> None:
    telling = [one for one in frame.variables if one.has_codes_for_missing]
    library.write_sav(
        frame.frame(pandas, _code),
        path,
        file_label=cut(frame.title, _TITLE_BYTES),
        column_labels=frame.labels(),
        variable_value_labels={one.name: labels for one in frame.variables if (labels := _labels(one))},
        missing_ranges={one.name: [_range(one)] for one in telling},
        variable_format=frame.formats(),
        variable_measure={one.name: _measure(one) for one in frame.variables},
    )
    stamped(path, _DATE_AT, {_DATE: f"{at:%d %b %y}".encode(), _TIME: f"{at:%H:%M:%S}".encode()})


def _code(variable: Variable, state: str) -> float:
    return variable.base + MISSING[state]


def _range(variable: Variable) -> dict[str, float]:
    codes = [_code(variable, state) for state in MISSING]
    return {"lo": min(codes), "hi": max(codes)}


def _labels(variable: Variable) -> dict[float, str]:
    why = {_code(variable, state): reason(state) for state in MISSING} if variable.has_codes_for_missing else {}
    return {**variable.labels, **why}


def _measure(variable: Variable) -> str:
    if variable.is_text or variable.codes or variable.column.kind == "flag":
        return "nominal"
    return "ordinal" if variable.column.options else "scale"
