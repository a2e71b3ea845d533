"""Files as a reader sees them: every kind of file taken apart into plain JSON, its rows as lists of words.

A format that is registered later needs a line in `READERS` only where its bytes are not words as they stand; a ZIP of
any kind is unpacked without one. Tests ask of every file that a word they know stands in it: none is read blindly.
"""

import csv
import html
import io
import json
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Reader = Callable[[bytes], Any]


def read(name: str, body: bytes) -> Any:
    """What stands in a file, as nested lists and mappings of words."""
    suffix = Path(name).suffix.lower()
    if suffix in READERS:
        return READERS[suffix](body)
    return _zipped(body) if zipfile.is_zipfile(io.BytesIO(body)) else _lines(body)


def _lines(body: bytes) -> Any:
    return [[line] for line in body.decode("utf-8", "replace").splitlines()]


def _csv(body: bytes) -> Any:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def _marked_up(body: bytes) -> Any:
    """HTML and XML: a line for each block, so that words of one row are read together."""
    text = body.decode("utf-8", "replace")
    apart = re.sub(r"</(tr|row|p|w:p|w:tr|li|h\d|td|div|si)>", "\n", text)
    return [[html.unescape(re.sub(r"<[^>]*>", " ", line))] for line in apart.splitlines() if line.strip()]


def _zipped(body: bytes) -> Any:
    """Each part on its own, also parts that are ZIPs; words of XML by paragraph and row."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {name: read(name, packed.read(name)) for name in packed.namelist()}


def _sheets(body: bytes) -> Any:
    """A spreadsheet row by row, and its parts, since comments and properties stand in no row."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a format is registered

    book = load_workbook(io.BytesIO(body))
    rows = [[str(cell) for cell in row if cell is not None] for sheet in book for row in sheet.values]
    return {"rows": rows, "parts": _zipped(body)}


def _parquet(body: bytes) -> Any:
    from pyarrow import parquet  # noqa: PLC0415 - only where a format is registered

    found = parquet.read_table(io.BytesIO(body))
    about = {str(key): str(value) for key, value in (found.schema.metadata or {}).items()}
    return {"rows": [[str(cell) for cell in row.values()] for row in found.to_pylist()], "about": about}


def _statistics(suffix: str) -> Reader:
    def reader(body: bytes) -> Any:
        import pyreadstat  # noqa: PLC0415 - only where a format is registered

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"file{suffix}"
            path.write_bytes(body)
            rows, about = getattr(pyreadstat, f"read_{suffix[1:]}")(str(path))
        told = {
            "labels": about.column_names_to_labels,
            "values": {key: {str(n): word for n, word in some.items()} for key, some in about.value_labels.items()},
            "notes": list(about.notes or ()),
        }
        return {"rows": [[str(cell) for cell in row] for row in rows.to_numpy().tolist()], "about": told}

    return reader


def _pdf(body: bytes) -> Any:
    """The words on its pages, what it says of itself, and the texts of its pictures; what is packed says nothing."""

    def told(*command: str) -> Any:
        return _lines(subprocess.run(command, input=body, capture_output=True, check=True).stdout)

    pages = told("pdftotext", "-layout", "-", "-")
    return {"pages": pages, "about": told("pdfinfo", "-"), "tags": told("pdfinfo", "-struct-text", "-")}


READERS: dict[str, Reader] = {
    ".csv": _csv,
    ".json": json.loads,
    ".html": _marked_up,
    ".xml": _marked_up,
    ".rels": _marked_up,
    ".xlsx": _sheets,
    ".parquet": _parquet,
    ".sav": _statistics(".sav"),
    ".dta": _statistics(".dta"),
    ".pdf": _pdf,
}
"""Suffix to what reads it; all others are read as lines of words, or unpacked."""
