"""Files of the demo team as a person has read them: each difference is read again before it becomes the new one."""

from pathlib import Path

import openpyxl
import pytest
from format_cases import everything, into, same_as_golden
from report_cases import THREE, of, texts_of

from mira_workbook.exports import COACH, EXPORTS, csv, xlsx
from mira_workbook.exports.report import report

each = pytest.mark.parametrize("slug", THREE)


@each
def test_tables_of_a_workbook_are_the_ones_that_were_read(slug: str) -> None:
    made = [one for one in everything(of(slug)) if one.name.startswith(slug) or one.name == "measures"]

    bodies = (f"[{one.name}]\r\n{csv.write(one).decode('utf-8-sig')}\r\n" for one in made)
    same_as_golden(f"{slug}_tables.csv", "".join(bodies))


@each
def test_the_long_table_begins_as_it_was_read(slug: str) -> None:
    (long,) = (one for one in everything(of(slug)) if one.name == "responses_long")
    body = csv.write(long).decode("utf-8-sig").splitlines(keepends=True)

    same_as_golden(f"{slug}_long.csv", "".join(body[:60]))


@each
def test_a_report_reads_as_it_was_read(slug: str) -> None:
    same_as_golden(f"{slug}_report.txt", "\n".join(texts_of(report(of(slug), COACH))) + "\n")


@each
def test_a_hand_out_is_the_page_that_was_read(slug: str) -> None:
    (page,) = EXPORTS["handout"].write([of(slug)], COACH).values()

    same_as_golden(f"{slug}_handout.html", page.decode()[page.decode().index("<body") :])


@each
def test_sheets_are_laid_out_as_they_were_looked_at(slug: str, tmp_path: Path) -> None:
    (path,) = into(tmp_path, xlsx.open_, everything(of(slug)), of(slug)).iterdir()
    lines = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        wide = " ".join(f"{one.width:g}" for _, one in sorted(sheet.column_dimensions.items()))
        lines.append(f"{sheet.title}\t{sheet.dimensions}\t{sheet.freeze_panes}\t{sheet.auto_filter.ref}\t{wide}\n")

    same_as_golden(f"{slug}_sheets.txt", "".join(lines))
