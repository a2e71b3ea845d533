"""Parquet files as pandas and pyarrow read them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from export_cases import demo
from format_cases import BROKEN, HOSTILE, everything, into, table, texts

from mira_workbook.errors import MissingExtra
from mira_workbook.exports import extras, parquet
from mira_workbook.exports.table import Column, Table


def test_every_table_comes_back_with_its_columns_and_rows(tmp_path: Path) -> None:
    made = everything(demo())
    into(tmp_path, parquet.open_, made)

    for one in made:
        found = pq.read_table(tmp_path / f"{one.name}.parquet")
        assert (tuple(found.column_names), found.num_rows) == (one.head, len(one.rows))
        texts_in = [place for place, column in enumerate(one.columns) if column.kind == "text"]
        for place in texts_in:
            assert found.column(place).to_pylist() == [
                None if row[place] is None else str(row[place]) for row in one.rows
            ]


def test_pandas_reads_numbers_ticks_days_moments_and_categories(tmp_path: Path) -> None:
    into(tmp_path, parquet.open_, everything(demo()))
    found = pd.read_parquet(tmp_path / "responses_long.parquet")

    kinds = {name: str(kind) for name, kind in found.dtypes.items()}
    assert kinds["round"] == "int64"
    assert kinds["value_num"] == "float64"
    assert kinds["is_dk"] == "bool"
    assert kinds["status"] == "category"
    assert kinds["submitted_at"] == "datetime64[ms, UTC]"
    assert len(found) == 523
    assert found.loc[found.field == "target", "value_num"].tolist() == [60.3]


def test_cells_are_of_the_type_of_their_column_or_empty(tmp_path: Path) -> None:
    kinds = [
        Column("whole", "", "number", whole=True),
        Column("n", "", "number"),
        Column("yes", "", "flag"),
        Column("day", "", "day"),
        Column("at", "", "moment"),
        Column("pick", "", options=(("a", "Alpha"), ("b", "Beta"))),
    ]
    rows = table(
        kinds,
        (3, 0.5, True, "2025-05-30", "2024-05-14T19:03:00Z", "b"),
        (None, None, None, None, "", None),
        ("x", "y", "z", "soon", "later", "c"),
    )
    into(tmp_path, parquet.open_, [rows])

    assert [tuple(row.values()) for row in pq.read_table(tmp_path / "t.parquet").to_pylist()] == [
        (3, 0.5, True, date(2025, 5, 30), datetime(2024, 5, 14, 19, 3, tzinfo=UTC), "b"),
        (None, None, None, None, None, None),
        (None, None, None, None, None, "c"),
    ]


def test_labels_units_and_options_stand_beside_the_names(tmp_path: Path) -> None:
    into(tmp_path, parquet.open_, everything(demo()))
    schema = pq.read_schema(tmp_path / "wide_consent.parquet")

    assert schema.metadata == {
        b"title": "One Priority · Tupelo Branch Elementary".encode(),
        b"meeting": b"K7M4QX",
        b"table": b"wide_consent",
    }
    told = schema.field("fist").metadata
    assert told[b"label"].decode() == "My hand"
    assert (told[b"unit"].decode(), told[b"state"]) == ("0–5", b"fist_status")
    assert schema.field("fist_status").metadata[b"options"].startswith(b'{"submitted": "answered"')


def test_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 3)
    into(tmp_path, parquet.open_, [texts("ab"), texts("cdefg")])
    found = pq.ParquetFile(tmp_path / "t.parquet")

    assert [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)] == [3, 3, 1]
    assert found.read().column(0).to_pylist() == list("abcdefg")


def test_tables_that_wait_together_are_written_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "CELLS_KEPT", 3)
    other = Table("other", texts("x").columns, (("x",),))
    into(tmp_path, parquet.open_, [texts("ab"), other, texts("cd"), other])

    found = pq.ParquetFile(tmp_path / "t.parquet")
    assert [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)] == [4]
    assert found.read().column(0).to_pylist() == list("abcd")
    assert pq.read_table(tmp_path / "other.parquet").column(0).to_pylist() == ["x", "x"]


def test_what_people_type_comes_back_unchanged(tmp_path: Path) -> None:
    into(tmp_path, parquet.open_, [texts([*HOSTILE.values(), *BROKEN.values()])])
    found = pd.read_parquet(tmp_path / "t.parquet")["text"].tolist()

    assert found == [*HOSTILE.values(), "be\x00fore", "a\x07b", "half ? emoji", "a\ufffeb"]


def test_without_the_library_the_pip_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> None:
        raise ImportError(module)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(MissingExtra) as caught:
        into(tmp_path, parquet.open_, [])

    assert str(caught.value) == "Parquet files need one more part: pip install 'mira-workbook[parquet]'"
