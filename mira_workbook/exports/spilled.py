"""Rows that wait in a file until their turn comes, where a format is written table by table out of memory."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from mira_workbook.exports.table import Cell


class Spilled:
    """Rows of one table, in the pieces in which they came."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="ascii", newline="\n")

    def add(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Put rows behind those that are there."""
        if rows:
            self._file.write(json.dumps(rows))
            self._file.write("\n")

    def pieces(self) -> Iterator[list[list[Cell]]]:
        """Give the rows back, once; the file is gone afterwards."""
        self._file.close()
        with self._path.open(encoding="ascii") as lines:
            for line in lines:
                yield json.loads(line)
        self._path.unlink()
