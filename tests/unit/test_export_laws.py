"""Laws of the formats: whatever text stands in a cell comes back from every file as the format may hold it."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest
from format_cases import into, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from mira_workbook.exports import dta, parquet, sav, sheet, xlsx
from mira_workbook.exports.variables import cut

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
Read = Callable[[Path], list[str]]


def excel(folder: Path) -> list[str]:
    page = openpyxl.load_workbook(folder / "priority_setting-K7M4QX.xlsx")["t"]
    return [unescape(row[0]) for row in page.iter_rows(min_row=2, values_only=True)]


def arrow(folder: Path) -> list[str]:
    return list(pq.read_table(folder / "t.parquet").column(0).to_pylist())


def spss(folder: Path) -> list[str]:
    return list(pyreadstat.read_sav(str(folder / "t.sav"))[0]["text"])


def stata(folder: Path) -> list[str]:
    return list(pyreadstat.read_dta(str(folder / "t.dta"))[0]["text"])


def padded(text: str) -> str:
    """As a program holds it that fills texts up with spaces."""
    return cut(text, 32_767).rstrip(" ")


@pytest.mark.parametrize(
    ("name", "read", "held"),
    [
        ("xlsx", excel, sheet.plain),
        ("parquet", arrow, str),
        ("sav", spss, padded),
        ("dta", stata, padded),
    ],
)
@settings(max_examples=15, deadline=None)
@given(words=st.lists(TEXT, min_size=5, max_size=30))
def test_any_text_comes_back(name: str, read: Read, held: Callable[[str], str], words: list[str]) -> None:
    open_ = {"xlsx": xlsx.open_, "parquet": parquet.open_, "sav": sav.open_, "dta": dta.open_}[name]
    with tempfile.TemporaryDirectory() as folder:
        found = read(into(Path(folder), open_, [texts(words)]))  # type: ignore[arg-type] # each is an opener

    tidy: Callable[[str], str] = padded if name in {"sav", "dta"} else str
    assert [tidy(one) for one in found] == [held(one) for one in words]
