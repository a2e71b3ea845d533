"""What leaves the product: files that open anywhere, made from what sight gives their reader."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mira_workbook.exports import csv, handout, json
from mira_workbook.exports.sighted import sighted
from mira_workbook.exports.tables import one_meeting, tables
from mira_workbook.records import Snapshot
from mira_workbook.rules.sight import Viewer, in_a_file

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
        make: sessions of one meeting, as a file for the viewer may hold them, to files.
    """

    name: str
    suffix: str
    media_type: str
    make: Callable[[Sequence[Snapshot], Viewer], Files]

    def write(self, snapshots: Sequence[Snapshot], viewer: Viewer) -> Files:
        """Write sessions of one meeting for a viewer.

        Raises:
            ValueError: they are of different meetings; a fault of the program.
        """
        return self.make([in_a_file(snapshot, viewer) for snapshot in snapshots], viewer)


def _csv(snapshots: Sequence[Snapshot], viewer: Viewer) -> Files:
    return {f"{table.name}.csv": csv.write(table) for table in tables(snapshots, viewer)}


def _json(snapshots: Sequence[Snapshot], viewer: Viewer) -> Files:
    first = one_meeting(snapshots)[0]
    text = json.write(json.bundle(snapshots, viewer))
    return {f"{first.workbook.slug}-{first.meeting.code}.json": text.encode()}


def _handout(snapshots: Sequence[Snapshot], viewer: Viewer) -> Files:
    return {f"handout-{one.team.slug}.html": handout.write(sighted(one, viewer)) for one in one_meeting(snapshots)}


EXPORTS: Mapping[str, Export] = {
    "csv": Export("csv", ".csv", csv.MEDIA_TYPE, _csv),
    "json": Export("json", ".json", json.MEDIA_TYPE, _json),
    "handout": Export("handout", ".html", handout.MEDIA_TYPE, _handout),
}
"""Name of a format to what writes it."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file to send: a format's only file, or all its files as one ZIP."""

    name: str
    media_type: str
    body: bytes
    lines: int
    """Lines of all files in it, for the log of what was taken out."""


def download(export: Export, snapshots: Sequence[Snapshot], viewer: Viewer) -> Download:
    """Write a format whole, in memory: a file that is cut short stays nowhere."""
    files, first = export.write(snapshots, viewer), snapshots[0]
    if len(files) == 1:
        ((name, body),) = files.items()
        return Download(name, export.media_type, body, lines(files))
    name = f"{first.workbook.slug}-{first.meeting.code}-{export.name}.zip"
    return Download(name, "application/zip", zipped(files), lines(files))


def lines(files: Files) -> int:
    """Count the lines of files."""
    return sum(body.count(b"\n") for body in files.values())


def zipped(files: Files) -> bytes:
    """Pack files into a ZIP that holds no time and no machine: the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            bundle.writestr(entry, body)
    return packed.getvalue()


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
