"""What files for SPSS and Stata have in common: rows wait until all are there, then a table is written whole."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path
from typing import Any

from mira_workbook.catalogue import say
from mira_workbook.exports.about import About
from mira_workbook.exports.extras import extra
from mira_workbook.exports.spilled import Spilled
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Cell, Table
from mira_workbook.exports.variables import Dialect, Variable, cut, number_of, variables

NEEDS = ("pyreadstat", "pandas")
MOST_ROWS = 150_000
"""Rows of a file: the library writes it out of memory. More go on in a further file, `_2`."""

Save = Callable[[Any, Any, Path, "Frame"], None]
"""Write a data frame to a file, by the library and what is known of it."""


class Frame:
    """The variables of a file, each with its values so far: numbers packed, words shared."""

    def __init__(self, columns: Sequence[Variable], dialect: Dialect, title: str) -> None:
        self.variables, self.title, self._dialect = tuple(columns), title, dialect
        self.clear()

    def clear(self) -> None:
        """Begin anew, for the next file."""
        self.rows = 0
        self._texts: dict[str, str] = {}
        self._words: list[list[str]] = [[] for _ in self.variables]
        self._numbers = [array("d") for _ in self.variables]
        self.why: list[dict[int, str]] = [{} for _ in self.variables]
        """Row to the name of its state, for missing values of each variable."""

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Put rows below those that are there."""
        for place, variable in enumerate(self.variables):
            if variable.is_text:
                self._words[place].extend(self._word(row[place]) for row in rows)
            else:
                self._count(place, variable, rows)
        self.rows += len(rows)

    def _word(self, cell: Cell) -> str:
        if cell is None:
            return ""
        text = str(cell)
        if text not in self._texts:
            self._texts[text] = cut(text, self._dialect.text_bytes)
        return self._texts[text]

    def _count(self, place: int, variable: Variable, rows: Sequence[Sequence[Cell]]) -> None:
        values, why = self._numbers[place], self.why[place]
        for at, row in enumerate(rows, start=self.rows):
            state = row[variable.state] if variable.state is not None else None
            value = number_of(variable, row[place], state, self._dialect)
            if isinstance(value, str):
                why[at] = value
            values.append(value if isinstance(value, float) else nan)

    def frame(self, pandas: Any, missing: Callable[[Variable, str], Any]) -> Any:
        """A data frame of all values; `missing` gives what stands for a missing one."""
        return pandas.DataFrame(
            {
                variable.name: self._series(pandas, place, variable, missing)
                for place, variable in enumerate(self.variables)
            }
        )

    def _series(self, pandas: Any, place: int, variable: Variable, missing: Callable[[Variable, str], Any]) -> Any:
        if variable.is_text:
            return pandas.Series(self._words[place], dtype=object)
        coded = {at: missing(variable, state) for at, state in self.why[place].items()}
        # The library takes letters for missing values only in a column of objects.
        mixed = variable.has_codes_for_missing and isinstance(missing(variable, "dk"), str)
        series = pandas.Series(self._numbers[place], dtype=object if mixed else float)
        for at, code in coded.items():
            series.iloc[at] = code
        return series

    def formats(self) -> dict[str, str]:
        """How numbers are shown."""
        shown = self._dialect.shown
        return {one.name: shown[one.shape] for one in self.variables if one.shape in shown}

    def labels(self) -> dict[str, str]:
        """What each variable is."""
        return {one.name: one.label for one in self.variables}


class Writer:
    """Files of one program, one a table, in parts where a table is long; one table is in memory at a time."""

    def __init__(self, folder: Path, about: About, dialect: Dialect, suffix: str, save: Save) -> None:
        what = say("extra_stats")
        self._library, self._pandas = (extra(module, "stats", what) for module in NEEDS)
        self._folder, self._about, self._staged, self._dialect = folder, about, Staged(folder), dialect
        self._suffix, self._save = suffix, save
        self._waiting: dict[str, tuple[Table, Spilled]] = {}

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one."""
        if table.name not in self._waiting:
            spilled = Spilled(self._folder / f".{table.name}{self._suffix}.rows")
            self._waiting[table.name] = replace(table, rows=()), spilled
        self._waiting[table.name][1].add(table.rows)

    def close(self) -> None:
        """Finish the files."""
        for table, spilled in self._waiting.values():
            self._finish(table, spilled)
        self._staged.land()

    def _finish(self, table: Table, spilled: Spilled) -> None:
        title = f"{self._about.title} · {table.name}"
        frame, part = Frame(variables(table.columns, self._dialect), self._dialect, title), 1
        for rows in spilled.pieces():
            while frame.rows + len(rows) > MOST_ROWS:
                room = MOST_ROWS - frame.rows
                frame.add(rows[:room])
                del rows[:room]
                self._write(table.name, part, frame)
                part += 1
            frame.add(rows)
        if frame.rows or part == 1:
            self._write(table.name, part, frame)

    def _write(self, name: str, part: int, frame: Frame) -> None:
        path = self._staged.path(f"{name}{f'_{part}' if part > 1 else ''}{self._suffix}")
        self._save(self._library, self._pandas, path, frame)
        frame.clear()


def stamped(path: Path, at: int, told: Mapping[int, bytes]) -> None:
    """Overwrite the moment of writing in a file's head, so that the same answers give the same file."""
    with path.open("r+b") as file:
        for place, text in told.items():
            file.seek(at + place)
            file.write(text)
