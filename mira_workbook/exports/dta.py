"""Tables as Stata files: variable labels, value labels, and extended missing values that say why a value is missing."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from mira_workbook.exports.about import About
from mira_workbook.exports.stats import NEEDS, Frame, Writer, stamped
from mira_workbook.exports.variables import MISSING, Dialect, Variable, cut, reason

__all__ = ["MEDIA_TYPE", "NEEDS", "open_"]

MEDIA_TYPE = "application/x-stata-dta"
LETTERS = {"dk": "d", "skipped": "s", "withdrawn": "w", "draft": "u", "blank": "b"}
"""Why a value is missing, and the letter of its missing value: `.d`."""
_VERSION = 14
"""Stata 14 and later read it; the first with Unicode."""
_TITLE_BYTES = 80
_STAMP = b"<timestamp>\x11"
_RESERVED = frozenset(
    {
        *("_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip"),
        *("byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with"),
    }
)

DIALECT = Dialect(
    name_bytes=32,
    label_bytes=80,
    value_bytes=32_000,
    text_bytes=2_000_000,
    reserved=_RESERVED,
    first_day=datetime(1960, 1, 1),  # noqa: DTZ001 - the first day of the calendar
    day=1,
    second=1000,
    shown={"day": "%td", "moment": "%tc"},
)


def open_(folder: Path, about: About) -> Writer:
    """Begin Stata files in a folder.

    Raises:
        MissingExtra: the library for them is not installed.
    """
    return Writer(folder, about, DIALECT, ".dta", partial(_save, about.at))


def _save(at: datetime, library: Any, pandas: Any, path: Path, frame: Frame) -> None:
    telling = [one.name for one in frame.variables if one.has_codes_for_missing]
    library.write_dta(
        frame.frame(pandas, _letter),
        path,
        file_label=cut(frame.title, _TITLE_BYTES),
        column_labels=frame.labels(),
        version=_VERSION,
        variable_value_labels={one.name: labels for one in frame.variables if (labels := _labels(one))},
        missing_user_values={name: sorted(LETTERS.values()) for name in telling},
        variable_format=frame.formats(),
    )
    with path.open("rb") as file:
        place = file.read(1024).index(_STAMP) + len(_STAMP)
    stamped(path, place, {0: f"{at:%d %b %Y %H:%M}".encode()})


def _letter(_variable: Variable, state: str) -> str:
    return LETTERS[state]


def _labels(variable: Variable) -> dict[float | str, str]:
    found: dict[float | str, str] = dict(variable.labels.items())
    if variable.has_codes_for_missing:
        found |= {LETTERS[state]: reason(state) for state in MISSING}
    return found
