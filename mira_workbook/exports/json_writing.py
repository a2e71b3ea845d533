"""A meeting's JSON file written session by session, so that only one session is held at a time."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from mira_workbook.exports import json as json_parts
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.source import Source
from mira_workbook.exports.table import Cell, Table
from mira_workbook.exports.tables import Tables
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer

_AS_WRITTEN: Mapping[str, Any] = MappingProxyType({"encoding": "utf-8", "newline": "\n"})


@dataclass(slots=True)
class _Waiting:
    """A table whose rows wait in a file until all sessions are through."""

    table: Table
    path: Path
    rows: IO[str]
    count: int = 0


class Writer:
    """A meeting's file, written session by session: the same bytes as `json.write` gives of its bundle.

    Tables stand behind the sessions, so that their rows wait in files of their own until all sessions are through.
    """

    def __init__(self, path: Path, source: Source, viewer: Viewer) -> None:
        first = source.sittings[0]
        self._path, self._viewer = path, viewer
        self._tables = Tables(viewer)
        self._waiting: dict[str, _Waiting] = {}
        self._page = path.open("w", **_AS_WRITTEN)
        books = list({id(sitting.workbook): sitting.workbook for sitting in source.sittings}.values())
        head = {
            "definition": json_parts.definition_of(books),
            "format": json_parts.FORMAT,
            "meeting": json_parts.dumped(json_parts.meeting_part(first)),
        }
        self._page.write(json_parts.spelled(head)[: -len("\n}")])
        self._lead = ',\n "sessions": [\n  '

    def add(self, snapshot: Snapshot) -> int:
        """Write one session, and put the rows of its tables aside; gives how many these are."""
        seen = sighted(snapshot, self._viewer)
        self._page.write(self._lead + json_parts.spelled(json_parts.dumped(json_parts.session_part(seen, snapshot)), 2))
        self._lead = ",\n  "
        lines = 0
        for table in self._tables.of(snapshot, seen):
            self._wait(table)
            lines += len(table.rows)
        return lines

    def _wait(self, table: Table) -> None:
        if table.name not in self._waiting:
            path = self._path.with_name(f".{table.name}.rows")
            self._waiting[table.name] = _Waiting(replace(table, rows=()), path, path.open("w", **_AS_WRITTEN))
        waiting = self._waiting[table.name]
        for row in table.rows:
            waiting.rows.write((",\n    " if waiting.count else "") + _line(row))
            waiting.count += 1

    def close(self) -> None:
        """Finish the file."""
        self._wait(self._tables.codebook())
        self._page.write('\n ],\n "tables": [\n  ')
        for n, waiting in enumerate(self._waiting.values()):
            waiting.rows.close()
            self._page.write(",\n  " if n else "")
            self._append(waiting)
            waiting.path.unlink()
        self._page.write("\n ]\n}\n")
        self._page.close()

    def _append(self, waiting: _Waiting) -> None:
        """Write a table, whose rows wait in a file."""
        whole = json_parts.spelled(json_parts.dumped(json_parts.table_part(waiting.table)), 2)
        if not waiting.count:
            self._page.write(whole)
            return
        self._page.write(whole.removesuffix("[]\n  }") + "[\n    ")
        with waiting.path.open(**_AS_WRITTEN) as rows:
            shutil.copyfileobj(rows, self._page)
        self._page.write("\n   ]\n  }")


def _line(row: tuple[Cell, ...]) -> str:
    """Spell a row as `json.spelled` would at its depth; cells are plain, which the fast encoder can do."""
    inner = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",\n     ", ": "))[1:-1]
    return f"[\n     {inner}\n    ]"
