"""Everything of a meeting as one ZIP: all formats, a description for programs and a codebook for people."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from mira_workbook.exports import codebook, codebook_page, csv, datapackage, dta, parquet, sav, xlsx
from mira_workbook.exports.about import About
from mira_workbook.exports.extras import is_there
from mira_workbook.exports.staged import Staged
from mira_workbook.exports.table import Table
from mira_workbook.exports.writing import Writer

MEDIA_TYPE = "application/zip"
_PACKED_ALREADY = {".xlsx", ".parquet", ".zip", ".docx", ".pdf"}
_LONG = 1 << 31


@dataclass(frozen=True, slots=True)
class Kept:
    """A format in the pack: its folder there, "" for none, the libraries and the extra it needs, what opens it."""

    folder: str
    needs: tuple[str, ...]
    extra: str
    open_: Callable[[Path, About], Writer]


FORMATS: Mapping[str, Kept] = {
    "csv": Kept("csv", (), "", csv.open_),
    "xlsx": Kept("", ("xlsxwriter",), "all", xlsx.open_),
    "parquet": Kept("parquet", parquet.NEEDS, "parquet", parquet.open_),
    "sav": Kept("spss", sav.NEEDS, "stats", sav.open_),
    "dta": Kept("stata", dta.NEEDS, "stats", dta.open_),
}
"""What a pack holds; what is not installed is left out, and the codebook says so."""


class Pack:
    """One ZIP, written at the end from files that lie beside it until then.

    Attributes:
        beside: the folder of those files; what else is put there belongs to the pack too.
    """

    def __init__(self, folder: Path, about: About) -> None:
        self._about, self._staged = about, Staged(folder)
        self.beside = Path(mkdtemp(prefix=".pack-", dir=folder))
        self._left_out = {name: kept.extra for name, kept in FORMATS.items() if not is_there(*kept.needs)}
        self._writers = [self._begin(kept) for name, kept in FORMATS.items() if name not in self._left_out]
        self._tables: dict[str, Table] = {}
        self._rows: dict[str, int] = {}

    def _begin(self, kept: Kept) -> Writer:
        place = self.beside / kept.folder
        place.mkdir(exist_ok=True)
        return kept.open_(place, self._about)

    def add(self, table: Table) -> None:
        """Write the rows of a table, or of a piece of one, in every format."""
        for writer in self._writers:
            writer.add(table)
        before = self._tables.get(table.name, replace(table, rows=()))
        # The codebook is small, and its page is drawn from it; of the others only the columns are kept.
        self._tables[table.name] = replace(before, rows=before.rows + table.rows if table.name == codebook.NAME else ())
        self._rows[table.name] = self._rows.get(table.name, 0) + len(table.rows)

    def close(self) -> None:
        """Finish the pack."""
        for writer in self._writers:
            writer.close()
        (self.beside / datapackage.NAME).write_bytes(datapackage.write(self._about, self._resources()))
        book = self._tables.get(codebook.NAME, Table(codebook.NAME, codebook.COLUMNS))
        page = codebook_page.write(self._about, book, self._rows, self._left_out)
        (self.beside / codebook_page.NAME).write_bytes(page)
        with zipfile.ZipFile(self._staged.path(f"{self._about.stem}.zip"), "w") as bundle:
            for file in sorted(path for path in self.beside.rglob("*") if path.is_file()):
                _put(bundle, file, file.relative_to(self.beside).as_posix())
        shutil.rmtree(self.beside)
        self._staged.land()

    def _resources(self) -> list[datapackage.Resource]:
        folder = FORMATS["csv"].folder
        paths = {name: f"{folder}/{name}.csv" for name in self._tables}
        return [datapackage.Resource(self._tables[name], path, self.beside / path) for name, path in paths.items()]


def _put(bundle: zipfile.ZipFile, file: Path, name: str) -> None:
    """Pack one file without its time and owner: the same files give the same bytes."""
    entry: Any = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    long = file.stat().st_size >= _LONG
    with file.open("rb") as body, bundle.open(entry, "w", force_zip64=long) as packed:
        shutil.copyfileobj(body, packed)


def open_(folder: Path, about: About) -> Pack:
    """Begin a pack in a folder."""
    return Pack(folder, about)
