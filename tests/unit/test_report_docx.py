"""Reports for Word, read back by python-docx: real headings, tables and pictures with their words."""

import io
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from export_cases import demo
from report_cases import HOSTILE, THREE, blank, figures, hidden, hostile, lobby, of, texts_of

from mira_workbook.errors import MissingExtra
from mira_workbook.exports import COACH, report_docx
from mira_workbook.exports.pieces import Grid, Heading
from mira_workbook.exports.printable import printable
from mira_workbook.exports.report import one_page, report
from mira_workbook.exports.word_tables import shares
from mira_workbook.records import Snapshot


def read(body: bytes) -> Any:
    return docx.Document(io.BytesIO(body))


@pytest.fixture(scope="module")
def bodies() -> dict[str, bytes]:
    return {slug: report_docx.write(report(of(slug), COACH)) for slug in THREE}


@pytest.mark.parametrize("slug", THREE)
def test_headings_are_words_own(bodies: dict[str, bytes], slug: str) -> None:
    made = read(bodies[slug])
    told = report(of(slug), COACH)
    found = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading 1")]

    assert made.paragraphs[0].style.name == "Title"
    assert made.paragraphs[0].text.startswith("Tupelo Branch Elementary · May ")
    assert found == [
        ("Heading 1", piece.text) for piece in told.rest if isinstance(piece, Heading) and piece.level == 2
    ]
    steps = [piece.text for piece in told.rest if isinstance(piece, Heading) and piece.level == 3]
    assert [p.text for p in made.paragraphs if p.style.name == "Heading 2"][-len(steps) :] == steps


@pytest.mark.parametrize("slug", THREE)
def test_tables_repeat_their_head_and_keep_their_cells(bodies: dict[str, bytes], slug: str) -> None:
    made = read(bodies[slug])
    grids = [piece for piece in report(of(slug), COACH).rest if isinstance(piece, Grid)]
    wanted = [[list(line) for line in (one.head, *one.rows) if line] for one in grids]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]

    assert [one for one in wanted if one not in tables] == []
    heads = [table for table in made.tables if table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) > len(grids) / 2
    assert {table.style.name for table in made.tables} == {"Mira Table"}


@pytest.mark.parametrize("slug", THREE)
def test_pictures_have_their_words(bodies: dict[str, bytes], slug: str) -> None:
    drawn = [one for one in figures(report(of(slug), COACH)) if one.picture]
    found = [shape._inline.docPr.get("descr") for shape in read(bodies[slug]).inline_shapes]

    assert found == [one.alt for one in drawn]


def test_pages_are_numbered_by_word_and_the_file_bears_the_day_of_the_meeting(bodies: dict[str, bytes]) -> None:
    made = read(bodies["priority_setting"])
    foot = made.sections[0].footer.paragraphs[0]
    about = made.core_properties

    assert foot.text == "Tupelo Branch Elementary · One Priority ·  of "
    assert [f.get(qn("w:instr")) for f in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert (about.title, about.language) == ("One Priority · Tupelo Branch Elementary", "en-US")
    assert str(about.created)[:19] == str(about.modified)[:19] == "2024-05-14 19:00:05"
    assert isinstance(about.created, datetime)


@pytest.mark.parametrize(
    ("slug", "letters"), [("priority_setting", 9.5), ("root_cause_coaching", 10), ("resource_mapping", 8.5)]
)
def test_a_hand_out_that_would_run_over_its_page_is_set_smaller(slug: str, letters: float) -> None:
    page = one_page(of(slug), COACH)

    assert read(report_docx.write(page)).styles["Normal"].font.size.pt == letters
    assert read(report_docx.write(report(of(slug), COACH))).styles["Normal"].font.size.pt == 10


def test_what_fits_no_page_in_letters_that_can_be_read_keeps_the_usual_ones() -> None:
    page = one_page(of("resource_mapping"), COACH)
    twice = replace(page, first=(*page.first, *page.first))

    assert read(report_docx.write(twice)).styles["Normal"].font.size.pt == 10


def test_the_same_session_gives_the_same_file(bodies: dict[str, bytes]) -> None:
    assert report_docx.write(report(of("priority_setting"), COACH)) == bodies["priority_setting"]


def test_what_people_typed_is_text_and_never_a_field_or_markup() -> None:
    body = report_docx.write(report(hostile(), COACH))
    made = read(body)
    told = "\n".join(
        [*(p.text for p in made.paragraphs), *(c.text for t in made.tables for r in t.rows for c in r.cells)]
    )

    for name, text in HOSTILE.items():
        assert printable(text).strip() in told, name
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        assert packed.testzip() is None
        links = [packed.read(name) for name in packed.namelist() if name.endswith(".rels")]
    assert not [one for one in links if b'TargetMode="External"' in one]


@pytest.mark.parametrize("now", [lobby(), blank(demo()), hidden(of("resource_mapping"))])
def test_odd_sessions_have_a_file(now: Snapshot) -> None:
    told = [p.text for p in read(report_docx.write(report(now, COACH))).paragraphs]

    assert "About this session" in told


def test_a_hand_out_has_all_that_its_page_has() -> None:
    made = read(report_docx.write(one_page(demo(), COACH)))
    told = "\n".join(
        [*(p.text for p in made.paragraphs), *(c.text for t in made.tables for r in t.rows for c in r.cells)]
    )

    assert [text for text in texts_of(one_page(demo(), COACH)) if text not in told] == []


def test_columns_are_as_wide_as_their_texts_need() -> None:
    name, text, number = shares([("Who", "What it is", "min"), ("Dana", "A long text of many words " * 3, "1,155")])

    assert name + text + number == pytest.approx(1)
    assert text > 0.7
    assert name == pytest.approx(number, abs=0.03)


def test_a_day_that_is_never_broken_has_room_for_all_of_it() -> None:
    lines = [("About", "Last day"), ("word " * 60, "Sep 30, 2024")]

    assert shares(lines, (1,))[1] > shares(lines)[1]


def test_without_python_docx_the_sentence_names_its_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("mira_workbook.exports.word")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(MissingExtra, match=r"^Word files need one more part: pip install 'mira-workbook\[word\]'$"):
        report_docx.write(one_page(demo(), COACH))
