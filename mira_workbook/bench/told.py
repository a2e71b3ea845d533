"""What the live bench found, as a table that a README can take."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mira_workbook.bench.live import Measured, at

TIMED = {
    "on_board": "an answer is sent, and counted on the board",
    "on_page": "the board moves all teams, and a member’s page shows it",
    "taken": "an answer is sent, and acknowledged",
    "bare": "at best here: a bare commit, and a bare process that looks as often",
    "commit": "a bare commit",
}
SHARES = {
    "kernel_idle": "CPU of an idle member’s kernel, of one core",
    "server_idle": "CPU of the server for it, of one core",
    "board_idle": "CPU of the board’s kernel while nothing happens, of one core",
    "kernel_gone": "CPU of a kernel whose page is gone, of one core",
}
UNTIL = {
    "silent": "a phone falls silent, and the board shows no connection",
    "closed": "a page is closed, and the board shows no connection",
}


def rows(found: Measured) -> Iterator[str]:
    """The lines of the table."""
    yield "| | half of all | 95 of 100 | the slowest |"
    yield "|---|---|---|---|"
    for name, words in TIMED.items():
        times: Sequence[float] = getattr(found, name)
        cells = " | ".join(_time(at(times, share)) for share in (0.5, 0.95, 1.0))
        yield f"| {words} ({len(times)}) | {cells} |"
    for name, words in SHARES.items():
        yield f"| {words} | {100 * getattr(found, name):.2f} % | | |"
    for name, words in UNTIL.items():
        yield f"| {words} | {getattr(found, name):.1f} s | | |"
    yield f"| answers and moves that never showed | {found.missed} | | |"


def as_json(found: Measured) -> Mapping[str, Any]:
    """The same for a program; times in seconds, CPU as a share of one core."""
    timed = {
        name: {"n": len(getattr(found, name))} | {f"p{p}": at(getattr(found, name), p / 100) for p in (50, 95, 100)}
        for name in TIMED
    }
    return timed | {name: getattr(found, name) for name in (*SHARES, *UNTIL, "missed")}


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{1000 * seconds:.1f} ms"  # noqa: PLR2004 - a tenth of a second
