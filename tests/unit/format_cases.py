"""Tables through every format, for the tests of exports."""

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet
from export_cases import demo

from mira_workbook.exports import COACH, EXPORTS, csv
from mira_workbook.exports.about import About, about
from mira_workbook.exports.outputs import derived
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.exports.tables import tables
from mira_workbook.exports.writing import Writer
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer

GOLDEN = Path(__file__).parents[1] / "golden"

HOSTILE = {
    "formula": '=HYPERLINK("http://x","y")',
    "plus": "+1",
    "minus": "-1+2",
    "at": "@SUM(A1)",
    "tab": "\t=1",
    "return": "\r=1",
    "breaks": 'a,"b"\r\n;\t|\n\nlast',
    "bidi": "\u202eright to left\u2066 \u200f",
    "family": "👩‍👩‍👧‍👦 é e\u0301 ñ 你好 \u200b",
    "html": "</script><img src=x onerror=alert(1)>&amp;",
    "json": '{"a": [1]} \\ \\u0000',
    "rich": "<r><t>bold</t></r>",
    "escaped": "_x0041_ stays",
    "spaces": "  two before and after  ",
    "null": "NULL",
    "na": "NA",
    "number": "007",
    "day": "1-2",
    "long": "x" * 2000,
    "longer": "é" * 40_000,
}
"""What people type, and what a file must bring back."""

BROKEN = {"nul": "be\x00fore", "bell": "a\x07b", "half": "half \ud83d emoji", "no character": "a\ufffeb"}
"""What no answer holds, since typed text is cleaned: it may be changed, and must cost no more than its own cell."""


def whose(*snapshots: Snapshot) -> About:
    """What files of these sessions say of themselves."""
    return about(snapshots or (demo(),))


def into(folder: Path, open_: Callable[[Path, About], Writer], pieces: Iterable[Table], *of: Snapshot) -> Path:
    """Write tables in a format."""
    writer = open_(folder, whose(*of))
    for piece in pieces:
        writer.add(piece)
    writer.close()
    return folder


def everything(*snapshots: Snapshot) -> list[Table]:
    """Every table of sessions, wide ones too."""
    return tables(snapshots, COACH, with_wide=True)


def derived_of(snapshot: Snapshot, viewer: Viewer = COACH) -> dict[str, list[dict[str, Cell]]]:
    """A workbook's own tables by name, without whose they are."""
    slug = snapshot.workbook.slug
    return {
        table.name.removeprefix(f"{slug}_"): [dict(list(row.items())[4:]) for row in table.records()]
        for table in derived(sighted(snapshot, viewer))
    }


def texts(words: Iterable[str]) -> Table:
    """A table of one column."""
    return Table("t", (Column("text", "What was said."),), tuple((word,) for word in words))


def plainly(snapshot: Snapshot, viewer: Viewer = COACH) -> str:
    """All that leaves, unpacked: what the formats hold in their own ways is the rows of these tables."""
    files = [data for name in ("json", "handout") for data in EXPORTS[name].write([snapshot], viewer).values()]
    rows = [csv.write(one) for one in tables([snapshot], viewer, with_wide=True)]
    return b"\n".join([*files, *rows]).decode()


def unpacked(data: bytes) -> bytes:
    """What a file holds, with all that is packed in it laid open."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            return b"\n".join(unpacked(bundle.read(name)) for name in bundle.namelist())
    if data.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()).encode()
    return data


def table(columns: Sequence[Column], *rows: tuple[Cell, ...]) -> Table:
    return Table("t", tuple(columns), rows)


def plain(value: Any) -> str:
    """A value of a library as text, for golden files."""
    return "" if value is None else str(value)


def same_as_golden(name: str, made: str) -> None:
    """Compare with a file that a person has read; `WRITE_GOLDEN=1` writes it anew, to be read again."""
    path = GOLDEN / name
    if os.environ.get("WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as file:
        assert made == file.read()
