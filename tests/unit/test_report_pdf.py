"""Reports as PDF: words in order, tagged, numbered pages, nothing fetched."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from export_cases import demo
from lacking import leave_out
from report_cases import HOSTILE, THREE, hostile, lobby, of, pdf_text

from mira_workbook.errors import MissingExtra
from mira_workbook.exports import COACH, report_pdf
from mira_workbook.exports.pieces import Grid, Heading
from mira_workbook.exports.report import one_page, report


@pytest.fixture(scope="module", autouse=True)
def _pango() -> None:
    try:
        import weasyprint  # noqa: F401, PLC0415 - needs a library of the machine
    except OSError:
        leave_out("Pango", "Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


@pytest.fixture(scope="module")
def bodies() -> dict[str, bytes]:
    return {slug: report_pdf.write(report(of(slug), COACH)) for slug in THREE}


@pytest.mark.parametrize("slug", THREE)
def test_the_words_stand_in_the_order_of_the_report(bodies: dict[str, bytes], slug: str, tmp_path: Path) -> None:
    words = pdf_text(bodies[slug], tmp_path)
    titles = [piece.text for piece in report(of(slug), COACH).rest if isinstance(piece, Heading) and piece.level < 4]

    at = 0
    for title in titles:
        at = words.index(re.sub(r"\s+", " ", title), at)
    assert f"Tupelo Branch Elementary · {of(slug).workbook.title} · 1 of " in words


@pytest.mark.parametrize("slug", THREE)
def test_pages_are_tagged_and_bear_the_day_of_the_meeting(bodies: dict[str, bytes], slug: str, tmp_path: Path) -> None:
    about = told(bodies[slug], tmp_path)

    assert about["Title"] == f"{of(slug).workbook.title} · Tupelo Branch Elementary"
    assert about["Tagged"] == "yes"
    assert about["CreationDate"] == about["ModDate"] == "2024-05-14T19:00:05Z"
    assert about["Page size"] == "612 x 792 pts (letter)"
    assert 8 <= int(about["Pages"]) <= 20


@pytest.mark.parametrize("slug", THREE)
def test_a_hand_out_is_one_page_of_either_paper(slug: str, tmp_path: Path) -> None:
    letter = told(report_pdf.write(one_page(of(slug), COACH)), tmp_path)
    a4 = told(report_pdf.write(replace(one_page(of(slug), COACH), letter=False)), tmp_path)

    assert (letter["Pages"], letter["Page size"]) == ("1", "612 x 792 pts (letter)")
    assert (a4["Pages"], a4["Page size"]) == ("1", "595.276 x 841.89 pts (A4)")


def test_the_same_session_gives_the_same_file(bodies: dict[str, bytes]) -> None:
    assert report_pdf.write(report(of("priority_setting"), COACH)) == bodies["priority_setting"]


def test_what_people_typed_is_set_as_text_and_fetches_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    words = pdf_text(report_pdf.write(report(hostile(), COACH)), tmp_path, "-raw")
    together = words.replace(" ", "")

    for name in ("formula", "html", "css", "field"):
        assert HOSTILE[name].replace(" ", "") in together, name
    assert "before" in words
    assert together.count("x" * 40) > 0
    assert "x.example" not in caplog.text


def test_a_word_that_no_page_holds_is_broken_and_not_cut(tmp_path: Path) -> None:
    grid = Grid((("q" * 2000, "z" * 2000),), ("One", "Two"))
    body = report_pdf.write(replace(one_page(lobby(), COACH), first=(grid,)))

    words = pdf_text(body, tmp_path)
    assert (words.count("q"), words.count("z")) == (2000, 2000)


def test_without_weasyprint_the_sentence_names_its_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)

    with pytest.raises(MissingExtra, match=r"^PDF files need one more part: pip install 'mira-workbook\[pdf\]'$"):
        report_pdf.write(one_page(demo(), COACH))


def test_without_pango_the_sentence_names_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_args: Any) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(report_pdf, "extra", without)
    with pytest.raises(MissingExtra, match=r"^PDF files need a library: apt install libpango-1\.0-0 "):
        report_pdf.write(one_page(demo(), COACH))


def told(body: bytes, folder: Path) -> dict[str, str]:
    """What a PDF says about itself."""
    if shutil.which("pdfinfo") is None:
        leave_out("pdfinfo", "Debian: apt install poppler-utils")
    path = folder / "about.pdf"
    path.write_bytes(body)
    made = subprocess.run(["pdfinfo", "-isodates", str(path)], capture_output=True, text=True, check=True)
    return {name: value.strip() for name, _, value in (line.partition(":") for line in made.stdout.splitlines())}
