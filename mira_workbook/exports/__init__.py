"""What leaves the product: files that open anywhere, made from what sight gives their reader.

An export reads sessions one after another, passes each through sight, and writes what comes of it at once: whatever a
store holds, one session is in memory at a time.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mira_workbook.catalogue import say
from mira_workbook.errors import MiraError
from mira_workbook.exports import (
    csv,
    dta,
    handout,
    json,
    pack,
    parquet,
    report_docx,
    report_html,
    report_pdf,
    sav,
    xlsx,
)
from mira_workbook.exports.about import About, about_many, about_of
from mira_workbook.exports.extras import is_there
from mira_workbook.exports.json_writing import Writer as JsonWriter
from mira_workbook.exports.pieces import Document
from mira_workbook.exports.report import one_page, report
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.source import Source
from mira_workbook.exports.staging import staging
from mira_workbook.exports.table import Table
from mira_workbook.exports.tables import Tables
from mira_workbook.exports.writing import Writer
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer

Files = Mapping[str, bytes]
"""File name to its bytes."""

COACH = Viewer("coach")


@dataclass(frozen=True, slots=True)
class Export:
    """A format.

    Attributes:
        name: as the command line and addresses spell it.
        suffix: of its files.
        media_type: of its files.
        make: sessions, as a file for the viewer may hold them, to files in a folder; gives the lines written.
        of_all: whether one call may write sessions of several meetings.
        needs: libraries without which it is not there.
    """

    name: str
    suffix: str
    media_type: str
    make: Callable[[Source, Viewer, Path], int]
    of_all: bool = True
    needs: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether all that it needs is installed."""
        return is_there(*self.needs)

    def write_into(self, source: Source, viewer: Viewer, folder: Path) -> int:
        """Write sessions for a viewer into a folder; gives the lines written."""
        return self.make(source.seen_by(viewer), viewer, folder)

    def write(self, snapshots: Sequence[Snapshot], viewer: Viewer) -> Files:
        """Write the sessions of one meeting into memory.

        Raises:
            ValueError: there is none, or they are of different meetings; a fault of the program.
        """
        if len({snapshot.meeting.code for snapshot in snapshots}) != 1:
            raise ValueError("A file holds the sessions of one meeting.")
        with TemporaryDirectory() as folder:
            self.write_into(Source.of(snapshots), viewer, Path(folder))
            return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def _tables(
    open_: Callable[[Path, About], Writer], source: Source, viewer: Viewer, folder: Path, *, with_wide: bool = False
) -> int:
    """Give the tables of each session to a format's writer, piece by piece."""
    several = len({sitting.meeting.id for sitting in source.sittings}) > 1
    writer = open_(folder, about_many(source) if several else about_of(source))
    made, lines = Tables(viewer, with_wide=with_wide, several=several), 0
    for snapshot in source:
        lines += _add(writer, made.of(snapshot))
        # Else this one would stay in memory while the next is read.
        del snapshot
    lines += _add(writer, iter((made.codebook(),)))
    writer.close()
    return lines


def _add(writer: Writer, pieces: Iterator[Table]) -> int:
    lines = 0
    for piece in pieces:
        writer.add(piece)
        lines += len(piece.rows)
    return lines


def _json(source: Source, viewer: Viewer, folder: Path) -> int:
    """A file for each meeting."""
    lines = 0
    for meeting in source.meetings():
        writer = JsonWriter(folder / f"{about_of(meeting).stem}.json", meeting, viewer)
        for snapshot in meeting:
            lines += writer.add(snapshot)
            del snapshot
        writer.close()
    return lines


def _whose(snapshot: Snapshot) -> str:
    """Team and meeting in a file's name, so that visits of one team can lie in one folder."""
    return f"{snapshot.team.slug}-{snapshot.meeting.code}"


def _handout(source: Source, viewer: Viewer, folder: Path) -> int:
    """A page for each team."""
    for snapshot in source:
        page = handout.write(sighted(snapshot, viewer))
        (folder / f"handout-{_whose(snapshot)}.html").write_bytes(page)
        del snapshot
    return len(source)


_SPELLED = {"html": report_html, "pdf": report_pdf, "docx": report_docx}
"""Ending of a document's file to what spells it."""


def _documents(
    make: Callable[[Snapshot, Viewer], Document], name: str, source: Source, viewer: Viewer, folder: Path
) -> int:
    """A document for each team; `name` is that of its file, before the team's."""
    called, _, kind = name.rpartition(".")
    for snapshot in source:
        body = _SPELLED[kind].write(make(snapshot, viewer))
        (folder / f"{called}-{_whose(snapshot)}.{kind}").write_bytes(body)
        del snapshot
    return len(source)


def _document(name: str, make: Callable[[Snapshot, Viewer], Document], file: str) -> Export:
    _, _, kind = file.rpartition(".")
    way = _SPELLED[kind]
    return Export(name, f".{kind}", way.MEDIA_TYPE, partial(_documents, make, file), of_all=False, needs=way.NEEDS)


def _pack(source: Source, viewer: Viewer, folder: Path) -> int:
    """Every format in one ZIP; the sessions are read once for each way of reading them."""
    ways = 3

    def part(n: int) -> Source:
        return replace(source, told=lambda done: source.told((n + done) / ways))

    def begin(place: Path, about: About) -> Writer:
        packed = pack.open_(place, about)
        _json(part(0), viewer, packed.beside)
        if len(source.meetings()) == 1:
            _handout(part(1), viewer, packed.beside)
        return packed

    return _tables(begin, part(2), viewer, folder, with_wide=True)


EXPORTS: Mapping[str, Export] = {
    "csv": Export("csv", ".csv", csv.MEDIA_TYPE, partial(_tables, csv.open_)),
    "xlsx": Export("xlsx", ".xlsx", xlsx.MEDIA_TYPE, partial(_tables, xlsx.open_, with_wide=True)),
    "json": Export("json", ".json", json.MEDIA_TYPE, _json),
    "parquet": Export(
        "parquet",
        ".parquet",
        parquet.MEDIA_TYPE,
        partial(_tables, parquet.open_, with_wide=True),
        needs=parquet.NEEDS,
    ),
    "sav": Export("sav", ".sav", sav.MEDIA_TYPE, partial(_tables, sav.open_, with_wide=True), needs=sav.NEEDS),
    "dta": Export("dta", ".dta", dta.MEDIA_TYPE, partial(_tables, dta.open_, with_wide=True), needs=dta.NEEDS),
    "zip": Export("zip", ".zip", pack.MEDIA_TYPE, _pack),
    "handout": Export("handout", ".html", handout.MEDIA_TYPE, _handout, of_all=False),
    "handout-pdf": _document("handout-pdf", one_page, "handout.pdf"),
    "handout-docx": _document("handout-docx", one_page, "handout.docx"),
    "html": _document("html", report, "report.html"),
    "pdf": _document("pdf", report, "report.pdf"),
    "docx": _document("docx", report, "report.docx"),
}
"""Name of a format to what writes it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an export has left behind.

    Attributes:
        paths: its files, by name.
        lines: of all of them together, for the log of what was taken out.
    """

    paths: tuple[Path, ...]
    lines: int


def export(name: str, source: Source, viewer: Viewer, target: Path) -> Taken:
    """Write a format into a folder: all its files come to stand there at the end, or none.

    Raises:
        MiraError: the format is for one meeting, and there are several; or there is nothing to write.
    """
    chosen = EXPORTS[name]
    if not len(source):
        raise MiraError(say("export_nothing"))
    if not chosen.of_all and len(source.meetings()) > 1:
        raise MiraError(say("export_one_meeting", format=name))
    with staging(target) as folder:
        lines = chosen.write_into(source, viewer, folder)
        names = sorted(path.name for path in folder.iterdir())
    return Taken(tuple(target / one for one in names), lines)


@dataclass(frozen=True, slots=True)
class Download:
    """One file to send: a format's only file, or all its files as one ZIP."""

    path: Path
    media_type: str
    lines: int


def download(name: str, source: Source, viewer: Viewer, folder: Path) -> Download:
    """Write a format's file of one meeting for a browser, which takes one file at a time."""
    chosen = EXPORTS[name]
    with TemporaryDirectory(dir=folder) as made:
        lines = chosen.write_into(source, viewer, Path(made))
        paths = sorted(Path(made).iterdir())
        if len(paths) == 1:
            return Download(paths[0].replace(folder / paths[0].name), chosen.media_type, lines)
        packed = Path(made) / f"{about_of(source).stem}-{name}.zip"
        zip_together(packed, paths)
        return Download(packed.replace(folder / packed.name), "application/zip", lines)


def zip_together(packed: Path, paths: Sequence[Path]) -> None:
    """Pack files into a ZIP that holds no time and no machine: the same files give the same bytes."""
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in paths:
            entry = zipfile.ZipInfo(path.name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as given, bundle.open(entry, "w") as inside:
                shutil.copyfileobj(given, inside)


OF_ARCHIVES = ("csv", "json")
"""Formats that an imported archive gives."""


def again(archive: json.Bundle, name: str) -> Files:
    """Export an imported archive once more; the same bytes as the first export.

    Args:
        archive: what `json.read` gave.
        name: `csv` or `json`.

    Raises:
        KeyError: archives have no such format.
    """
    meeting = archive.meeting
    if name == "json":
        return {f"{meeting.workbook}-{meeting.code}.json": json.write(archive).encode()}
    if name == "csv":
        return {f"{table.name}.csv": csv.write(table) for table in json.tables_of(archive)}
    raise KeyError(name)
