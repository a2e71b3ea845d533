"""What the join bench found, as a table that a README can take, with the aim of each row."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mira_workbook.bench.join import Cost, Measured
from mira_workbook.bench.live import at


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        name: its key in JSON.
        words: what was measured.
        unit: of both figures.
        stock, ours: the figures; None where there is none.
        aim: what is compared with the limit: `ratio` of ours to stock, `ours` alone, or `least` for a ratio not to fall
            below.
        limit: the aim.
    """

    name: str
    words: str
    unit: str
    stock: float | None
    ours: float | None
    aim: str
    limit: float

    @property
    def ratio(self) -> float | None:
        """Ours as a share of stock."""
        return self.ours / self.stock if self.ours is not None and self.stock else None

    @property
    def holds(self) -> bool | None:
        """Whether the aim is reached; None where it was not measured."""
        found = self.ours if self.aim == "ours" else self.ratio
        if found is None:
            return None
        return found >= self.limit if self.aim == "least" else found <= self.limit


RATIOS = (
    ("burst", "30 pages of one person in one second, until the kernel answers with its widgets, 95 of 100", "s", 0.10),
    ("burst_each", "30 people in the same second, each with a seat, the same", "s", 0.10),
    ("cpu", "server CPU a join", "s", 0.15),
    ("memory", "memory a member (PSS)", "MB", 0.25),
    ("kilobytes", "first load", "KB", 0.08),
    ("first_field", "time to the first field, one member, idle server", "s", 0.22),
)
"""What is held to a share of stock: the figure's name, its words, its unit, the share."""
ALONE = (
    ("requests", "requests of a first load", "", 10),
    ("elsewhere", "other machines that a page asks", "", 0),
    ("again", "repeat load", "KB", 20),
    ("idle", "an idle member’s kernel with the page open, of a core", "%", 0.3),
)
"""What is held to a figure of its own."""


def rows(found: Measured) -> tuple[Row, ...]:
    """All figures."""
    saves = 1000 * at(found.saves, 0.95) if found.saves else None
    return (
        *(
            Row(name, words, unit, _of(found.stock, name), _of(found.ours, name), "ratio", limit)
            for name, words, unit, limit in RATIOS
        ),
        *(
            Row(name, words, unit, _of(found.stock, name), _of(found.ours, name), "ours", limit)
            for name, words, unit, limit in ALONE
        ),
        Row("saves", "60 people type at once: a save is acknowledged, 95 of 100", "ms", None, saves, "ours", 100),
        Row(
            "rate",
            "commits a second: bare SQLite, and the store’s own door",
            "",
            found.bare_rate,
            found.store_rate,
            "least",
            0.5,
        ),
    )


def _of(cost: Cost, name: str) -> float | None:
    """A figure as the table tells it: a share as percent, machines by their number."""
    found = getattr(cost, name)
    if found is None:
        return None
    return float(len(found)) if name == "elsewhere" else 100 * found if name == "idle" else float(found)


def table(found: Measured) -> Iterator[str]:
    """The lines of the table."""
    yield "| What | stock Voila | ours | ours ÷ stock | aim |"
    yield "|---|---|---|---|---|"
    for row in rows(found):
        ratio = "" if row.ratio is None or row.aim == "ours" else f"{row.ratio:.3f}"
        cells = (row.words, _figure(row.stock, row.unit), _figure(row.ours, row.unit), ratio, _aim(row))
        yield f"| {' | '.join(cells)} |"
    if found.no_browser:
        yield f"\nRows without figures need a browser. {found.no_browser}."


def as_json(found: Measured) -> Mapping[str, Any]:
    """The same for a program."""
    each = {row.name: asdict(row) | {"ratio": row.ratio, "holds": row.holds} for row in rows(found)}
    return {"rows": each, "no_browser": found.no_browser}


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    number = f"{value:.2f}" if value < 10 and unit else f"{value:,.0f}"  # noqa: PLR2004 - three digits are enough
    return f"{number} {unit}".strip()


def _aim(row: Row) -> str:
    limit = f"{row.limit:g}"
    if row.aim == "ours":
        return f"at most {limit} {row.unit}".strip()
    return f"{'at least' if row.aim == 'least' else 'at most'} {limit}"
