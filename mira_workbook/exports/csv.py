"""A table as a CSV file that opens in Excel as well as in R: UTF-8 with BOM, no formulas, line breaks kept."""

import csv
import io
from decimal import Decimal

from mira_workbook.exports.table import Cell, Table
from mira_workbook.text import formula_safe

MEDIA_TYPE = "text/csv; charset=utf-8"


def write(table: Table) -> bytes:
    r"""Spell a table as CSV.

    Lines end with ``\r\n``; a line break inside a text stays ``\n`` within its quotes. Text that a spreadsheet would
    read as a formula gets a quote in front; numbers stand plain, with a decimal point and without exponents.
    """
    page = io.StringIO(newline="")
    lines = csv.writer(page, lineterminator="\r\n")
    lines.writerow(spell(name) for name in table.head)
    lines.writerows([spell(cell) for cell in row] for row in table.rows)
    # Half an emoji has no UTF-8 spelling; it must not cost the team the file.
    return page.getvalue().encode("utf-8-sig", errors="replace")


def spell(cell: Cell) -> str:
    """Spell one cell: "" for nothing, TRUE or FALSE for a flag."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, str):
        return formula_safe(cell)
    plain = f"{Decimal(str(cell)):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
