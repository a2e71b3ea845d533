"""What the bench of exports found, as a table that a README can take."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from mira_workbook.bench.export import CSV_TIMES, MEMORY_MB, XLSX_TIMES, Measured, Run


def rows(found: Measured) -> Iterator[str]:
    """The lines of the table."""
    yield "| | bare | ours | times | at most | memory |"
    yield "|---|---|---|---|---|---|"
    yield _line("CSV", found.bare_csv, found.csv, (found.csv_times, CSV_TIMES))
    yield _line("Excel", found.bare_xlsx, found.xlsx, (found.xlsx_times, XLSX_TIMES))


def _line(name: str, bare: Run, ours: Run, times: tuple[float, float]) -> str:
    told = [f"{run.seconds:,.1f} s, {run.rows:,} rows" for run in (bare, ours)]
    memory = f"{ours.megabytes:.0f} MB of {MEMORY_MB}"
    return f"| {name} | {told[0]} | {told[1]} | {times[0]:.2f} | {times[1]:g} | {memory} |"


def as_json(found: Measured) -> Mapping[str, Any]:
    """The same for a program; times in seconds, memory in megabytes."""
    ratios = {"csv_times": found.csv_times, "xlsx_times": found.xlsx_times, "peak_mb": found.peak_mb}
    targets = {"csv_times": CSV_TIMES, "xlsx_times": XLSX_TIMES, "peak_mb": MEMORY_MB}
    return asdict(found) | ratios | {"targets": targets, "is_well": found.is_well}
