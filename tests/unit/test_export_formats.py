"""Every format by its name: what it writes, and several meetings in one set of files."""

import warnings
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from export_cases import acts, answer, session, small
from packages import frictionless
from played_cases import played

from mira_workbook.exports import COACH, EXPORTS, export
from mira_workbook.exports.source import Source
from mira_workbook.records import Snapshot

TABLES = ("csv", "xlsx", "parquet", "sav", "dta", "zip")


def ours() -> Snapshot:
    return session(small(), acts(("open", "own"), ("reveal", "own")), [answer("own", "mood", "M1", 2)])


def theirs() -> Snapshot:
    other = played("resource_mapping")
    return replace(
        other,
        meeting=replace(other.meeting, id=2, code="OTHER2"),
        session=replace(other.session, id=2, meeting_id=2),
    )


def test_these_are_the_formats() -> None:
    papers = ["handout", "handout-pdf", "handout-docx", "html", "pdf", "docx"]
    assert list(EXPORTS) == ["csv", "xlsx", "json", "parquet", "sav", "dta", "zip", *papers]
    assert all(one.is_there for one in EXPORTS.values())


@pytest.mark.parametrize("name", EXPORTS)
def test_every_file_of_a_format_has_its_ending(name: str) -> None:
    made = EXPORTS[name].write([ours()], COACH)

    assert made
    assert {Path(file).suffix for file in made} == {EXPORTS[name].suffix}
    assert all(made.values())


@pytest.mark.parametrize("name", TABLES)
def test_several_meetings_go_into_one_set_of_files(name: str, tmp_path: Path) -> None:
    taken = export(name, Source.of([ours(), theirs()]), COACH, tmp_path)

    assert taken.lines > 700
    assert {path.suffix for path in taken.paths} == {EXPORTS[name].suffix}
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    if name == "xlsx":
        book = openpyxl.load_workbook(taken.paths[0])
        assert {"responses_long", "wide_own", "resource_mapping_totals", "dictionary"} <= set(book.sheetnames)
    if name == "zip":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert frictionless.validate(str(taken.paths[0])).valid
