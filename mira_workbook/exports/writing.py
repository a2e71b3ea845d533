"""What every file format of tables has in common: it takes tables piece by piece and then stands whole."""

from typing import Protocol

from mira_workbook.exports.table import Table


class Writer(Protocol):
    """One format being written into a folder.

    A table may come in several pieces with the same name and columns; pieces follow each other in the file. Until
    `close` nothing stands under its final name, so that an export that is cut short leaves no half file.
    """

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one."""

    def close(self) -> None:
        """Finish the files."""
