"""A table as a Parquet file: each column in its own type, days and moments as such, labels beside the names."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.exports.about import About
from mira_workbook.exports.extras import extra
from mira_workbook.exports.moments import moment
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Cell, Column, Kind, Table

MEDIA_TYPE = "application/vnd.apache.parquet"
NEEDS = ("pyarrow",)
ROWS_A_GROUP = 65_536
"""Rows that are kept until they are written as one group."""
CELLS_KEPT = 1_500_000
"""Cells that are kept of all tables together; where more come, the table with most of them writes its own early."""


class Writer:
    """Parquet files, one a table, written a group of rows at a time."""

    def __init__(self, folder: Path, about: About) -> None:
        self._arrow = extra("pyarrow", "parquet", say("extra_parquet"))
        self._files = extra("pyarrow.parquet", "parquet", say("extra_parquet"))
        self._about, self._staged = about, Staged(folder)
        self._open: dict[str, _File] = {}

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one."""
        if table.name not in self._open:
            schema = self._schema(table)
            path = self._staged.path(f"{table.name}.parquet")
            file = self._files.ParquetWriter(path, schema, compression="zstd")
            self._open[table.name] = _File(self._arrow, file, schema, table.columns)
        self._open[table.name].add(table.rows)
        if sum(file.cells for file in self._open.values()) > CELLS_KEPT:
            max(self._open.values(), key=lambda file: file.cells).flush()

    def close(self) -> None:
        """Finish the files."""
        for file in self._open.values():
            file.close()
        self._staged.land()

    def _schema(self, table: Table) -> Any:
        told = {"title": self._about.title, "meeting": self._about.code, "table": table.name}
        fields = [self._field(column) for column in table.columns]
        return self._arrow.schema(fields, metadata={key: value.encode() for key, value in told.items()})

    def _field(self, column: Column) -> Any:
        told = {"label": column.about, "unit": column.unit, "state": column.state}
        if column.options:
            told["options"] = json.dumps(dict(column.options), ensure_ascii=False)
        metadata = {key: value.encode("utf-8", errors="replace") for key, value in told.items() if value}
        return self._arrow.field(column.name, self._type(column), metadata=metadata)

    def _type(self, column: Column) -> Any:
        arrow = self._arrow
        if column.kind == "number":
            return arrow.int64() if column.whole else arrow.float64()
        if column.kind == "text" and column.options:
            return arrow.dictionary(arrow.int32(), arrow.string())
        return {
            "text": arrow.string(),
            "flag": arrow.bool_(),
            "day": arrow.date32(),
            "moment": arrow.timestamp("ms", tz="UTC"),
        }[column.kind]


class _File:
    """One file: rows wait until they make a group."""

    def __init__(self, arrow: Any, file: Any, schema: Any, columns: Sequence[Column]) -> None:
        self._arrow, self._file, self._schema = arrow, file, schema
        self._reads = tuple(_whole if column.whole else _READS[column.kind] for column in columns)
        self._waiting: list[tuple[Cell, ...]] = []

    @property
    def cells(self) -> int:
        return len(self._waiting) * len(self._reads)

    def add(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        self._waiting.extend(rows)
        while len(self._waiting) >= ROWS_A_GROUP:
            self._write(self._waiting[:ROWS_A_GROUP])
            del self._waiting[:ROWS_A_GROUP]

    def flush(self) -> None:
        if self._waiting:
            self._write(self._waiting)
        self._waiting = []

    def close(self) -> None:
        self.flush()
        self._file.close()

    def _write(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        arrays = []
        for place, (field, read) in enumerate(zip(self._schema, self._reads, strict=True)):
            arrays.append(self._arrow.array(read([row[place] for row in rows]), type=field.type))
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))


def _texts(cells: Sequence[Cell]) -> list[str | None]:
    # Half an emoji has no UTF-8 spelling.
    return [cell if cell is None or (isinstance(cell, str) and cell.isascii()) else _utf8(str(cell)) for cell in cells]


def _utf8(text: str) -> str:
    return text.encode("utf-8", errors="replace").decode()


def _numbers(cells: Sequence[Cell]) -> list[float | None]:
    return [cell if isinstance(cell, int | float) else None for cell in cells]


def _whole(cells: Sequence[Cell]) -> list[int | None]:
    return [round(cell) if isinstance(cell, int | float) else None for cell in cells]


def _flags(cells: Sequence[Cell]) -> list[bool | None]:
    return [cell if isinstance(cell, bool) else None for cell in cells]


def _days(cells: Sequence[Cell]) -> list[date | None]:
    return [at.date() if (at := moment(cell)) else None for cell in cells]


def _moments(cells: Sequence[Cell]) -> list[datetime | None]:
    known: dict[Cell, datetime | None] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = moment(cell)
    return [known[cell] for cell in cells]


_READS: Mapping[Kind, Callable[[Sequence[Cell]], list[Any]]] = {
    "text": _texts,
    "number": _numbers,
    "flag": _flags,
    "day": _days,
    "moment": _moments,
}
"""What reads the cells of a column of each kind; a cell that is not of it is empty."""


def open_(folder: Path, about: About) -> Writer:
    """Begin Parquet files in a folder.

    Raises:
        MissingExtra: the library for them is not installed.
    """
    return Writer(folder, about)
