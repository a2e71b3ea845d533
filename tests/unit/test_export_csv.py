import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from export_cases import demo
from format_cases import HOSTILE, everything, into
from hypothesis import given
from hypothesis import strategies as st

from mira_workbook.exports import csv as files
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.text import formula_safe

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table("t", tuple(Column(f"c{n}", "A column.") for n in range(len(rows[0]))), rows)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_table_is_spelled_with_bom_windows_line_ends_and_line_breaks_kept_in_quotes() -> None:
    data = files.write(table(("one\ntwo", 'say "so"', "a, b"), (None, True, 0.5)))

    assert data == '\ufeffc0,c1,c2\r\n"one\ntwo","say ""so""","a, b"\r\n,TRUE,0.5\r\n'.encode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_text_that_a_spreadsheet_would_run_gets_a_quote(text: str) -> None:
    assert read(files.write(table((text,))))[1] == ["'" + text]


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (-5, "-5"),
        (0, "0"),
        (2.0, "2"),
        (46.2, "46.2"),
        (1e-7, "0.0000001"),
        (1e21, "1000000000000000000000"),
        (100, "100"),
    ],
)
def test_numbers_stand_plain(number: float, spelled: str) -> None:
    assert files.spell(number) == spelled


def test_half_an_emoji_costs_its_own_cell_only() -> None:
    assert read(files.write(table(("a\ud83d", "b"))))[1] == ["a?", "b"]


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_any_text_comes_back_from_a_reader(rows: list[tuple[str, str]]) -> None:
    back = read(files.write(table(*rows)))

    assert [tuple(row) for row in back[1:]] == [tuple(files.spell(cell) for cell in row) for row in rows]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in back for cell in row)


@given(TEXT)
def test_nothing_but_a_quote_in_front_is_changed(text: str) -> None:
    assert files.spell(text).removeprefix("'").endswith(text.removeprefix("'"))


def test_pandas_reads_every_table_of_the_demo_as_it_was_written() -> None:
    for one in everything(demo()):
        found = pd.read_csv(io.BytesIO(files.write(one)), dtype=str, keep_default_na=False, encoding="utf-8-sig")

        assert tuple(found.columns) == one.head
        assert [tuple(row) for row in found.to_numpy()] == [
            tuple(files.spell(cell) for cell in row) for row in one.rows
        ]


def test_pieces_follow_each_other_in_one_file(tmp_path: Path) -> None:
    pieces = [table(("one\ntwo", 1, None)), table(("=1", 0.5, True))]
    into(tmp_path, files.open_, pieces)
    whole = files.write(Table("t", pieces[0].columns, (*pieces[0].rows, *pieces[1].rows)))

    assert (tmp_path / "t.csv").read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_what_people_type_comes_back_and_runs_nothing() -> None:
    found = [row[0] for row in read(files.write(table(*((text,) for text in HOSTILE.values()))))[1:]]

    assert found == [formula_safe(text) for text in HOSTILE.values()]
