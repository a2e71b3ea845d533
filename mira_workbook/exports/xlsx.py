"""All tables as one Excel file: a sheet for each, a first sheet that lists them, and sums that go on counting."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.exports import codebook, ledger_formulas
from mira_workbook.exports.about import About
from mira_workbook.exports.extras import extra
from mira_workbook.exports.sheet import Sheets, plain
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Table
from mira_workbook.text import say_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DICTIONARY = "dictionary"
"""The sheet that says what every name means."""
CONTENTS = "contents"
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_KEPT_BY_EXCEL = "history"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    # Else a number would touch the words beside it.
    "number": {"valign": "top", "align": "right", "indent": 1},
    "flag": {"valign": "top", "align": "left"},
    "day": {"valign": "top", "align": "left", "num_format": "yyyy-mm-dd"},
    "moment": {"valign": "top", "align": "left", "num_format": "yyyy-mm-dd hh:mm"},
    "head": {"bold": True, "valign": "top", "bg_color": "#E2EEF0", "bottom": 1},
    "title": {"bold": True, "font_size": 14},
    "link": {"font_color": "#0F5C6E", "underline": 1},
    "count": {"num_format": "#,##0"},
    "head_count": {"bold": True, "bg_color": "#E2EEF0", "bottom": 1, "align": "right"},
}


class Writer:
    """One Excel file; sheets stand in the order in which their tables first come."""

    def __init__(self, folder: Path, about: About) -> None:
        library = extra("xlsxwriter", "all", say("extra_xlsx"))
        self._about, self._staged = about, Staged(folder)
        self._book = library.Workbook(self._staged.path(f"{about.stem}.xlsx"), {**_OPTIONS, "tmpdir": str(folder)})
        # The moment of writing would make two files of the same answers differ.
        self._book.set_properties({"title": about.title, "created": about.at.replace(tzinfo=None)})
        self._looks = {name: self._book.add_format(dict(look)) for name, look in _LOOKS.items()}
        self._names: set[str] = {_KEPT_BY_EXCEL}
        self._contents = self._sheet(CONTENTS)
        self._sheets: dict[str, Sheets] = {}
        self._held: dict[str, Table] = {}

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one."""
        sheets = self._sheets.get(table.name)
        if sheets is None:
            named = DICTIONARY if table.name == codebook.NAME else table.name
            sheets = Sheets(partial(self._sheet, named), self._looks, table.columns)
            self._sheets[table.name] = sheets
        if ledger_formulas.counts_on(self._about, table.name):
            # Its formulas name rows of other tables, so they are written when all of those are there.
            before = self._held.get(table.name)
            self._held[table.name] = Table(table.name, table.columns, (before.rows if before else ()) + table.rows)
        else:
            sheets.add(table)

    def close(self) -> None:
        """Finish the file."""
        ledger_formulas.write(self._about, self._held, self._sheets)
        for sheets in self._sheets.values():
            sheets.finish()
        self._list()
        self._book.close()
        self._staged.land()

    def _sheet(self, name: str) -> Any:
        """A new sheet under a name that Excel takes and no other sheet has."""
        short = _NOT_IN_NAMES.sub("_", name)
        if len(short) > _LONGEST_NAME:
            short = short.removeprefix(f"{self._about.workbook.slug}_")[:_LONGEST_NAME]
        free, n = short, 1
        while free.lower() in self._names:
            n += 1
            free = f"{short[: _LONGEST_NAME - len(str(n)) - 1]}_{n}"
        self._names.add(free.lower())
        return self._book.add_worksheet(free)

    def _list(self) -> None:
        """Fill the first sheet: whose answers these are, and a link to every table."""
        sheet, at = self._contents, 5
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 10)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, plain(self._about.title), self._looks["title"])
        sheet.write_string(1, 0, say("xlsx_day", day=say_date(self._about.at.date())))
        sheet.write_string(2, 0, say("xlsx_dictionary", sheet=DICTIONARY))
        sheet.write_string(4, 0, say("xlsx_sheet"), self._looks["head"])
        sheet.write_string(4, 1, say("xlsx_rows"), self._looks["head_count"])
        for table, sheets in self._sheets.items():
            for name in sheets.names:
                label = DICTIONARY if table == codebook.NAME else table
                sheet.write_url(at, 0, f"internal:'{name}'!A1", self._looks["link"], label)
                sheet.write_number(at, 1, sheets.rows, self._looks["count"])
                at += 1


def open_(folder: Path, about: About) -> Writer:
    """Begin an Excel file in a folder.

    Raises:
        MissingExtra: the library for it is not installed.
    """
    return Writer(folder, about)
