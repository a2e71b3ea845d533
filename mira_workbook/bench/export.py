"""How long an export of a large store takes beside the barest programs that write the same, and what memory it needs.

Each is measured in a process of its own, one after another, in one run:

- *bare CSV*: one cursor of Python's `sqlite3` over the columns that the long table joins, with a row for each value
  inside an answer, handed to the writer of Python's `csv` module. It decides nothing, and names everybody.
- *ours*: the whole export, with every session folded and passed through sight, derived tables, measures and codebook.
- *bare XLSX*: a loop over rows and cells that writes with XlsxWriter in constant memory, one method for each type of
  cell. The cells are those of our file; only the loop and its end are timed, not what makes them.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mira_workbook.bench import filled
from mira_workbook.catalogue import say
from mira_workbook.errors import StoreError

RESPONSES = 1_000_000
MEMORY_MB, CSV_TIMES, XLSX_TIMES = 300, 3.0, 1.5
"""What an export may take: megabytes, and times the bare program."""


@dataclass(frozen=True, slots=True)
class Run:
    """One program's run: seconds, its peak of memory in megabytes, and the rows it wrote."""

    seconds: float
    megabytes: float
    rows: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found. `responses` and `sessions` are the store's; `rows` count without the heads of tables."""

    responses: int
    sessions: int
    bare_csv: Run
    csv: Run
    bare_xlsx: Run
    xlsx: Run

    @property
    def csv_times(self) -> float:
        """Our time over the bare one."""
        return self.csv.seconds / self.bare_csv.seconds

    @property
    def xlsx_times(self) -> float:
        """Our time over the bare one."""
        return self.xlsx.seconds / self.bare_xlsx.seconds

    @property
    def peak_mb(self) -> float:
        """The larger of our two peaks."""
        return max(self.csv.megabytes, self.xlsx.megabytes)

    @property
    def is_well(self) -> bool:
        """Whether all of it is within what an export may take."""
        return self.peak_mb < MEMORY_MB and self.csv_times <= CSV_TIMES and self.xlsx_times <= XLSX_TIMES


def run(folder: Path, responses: int = RESPONSES, tell: Callable[[str], None] = lambda _line: None) -> Measured:
    """Fill a store in this folder, and let the four programs write it out.

    Raises:
        StoreError: one of them broke off.
    """
    store = filled.fill(folder / "mira.sqlite", responses)
    tell(say("bench_filled", n=f"{store.responses:,}", sessions=f"{store.sessions:,}"))
    runs = {name: _run(name, folder, tell) for name in ("bare_csv", "csv", "bare_xlsx", "xlsx")}
    return Measured(store.responses, store.sessions, **runs)


def _run(name: str, folder: Path, tell: Callable[[str], None]) -> Run:
    command = [sys.executable, "-m", "mira_workbook.bench.writing", name, str(folder / "mira.sqlite"), str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if ended.returncode:
        raise StoreError(f"{name} broke off: {ended.stderr.strip()[-500:]}")
    found = Run(**json.loads(ended.stdout))
    tell(f"{name}: {found.seconds:.1f} s, {found.megabytes:.0f} MB, {found.rows:,} rows")
    return found
