"""What the join bench found, as a table that a README can take, with the aim of each row."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mira_workbook.bench.join import Measured
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


def rows(found: Measured) -> tuple[Row, ...]:
    """All figures."""
    stock, ours = found.stock, found.ours
    saves = 1000 * at(found.saves, 0.95) if found.saves else None
    hosts = None if ours.elsewhere is None else float(len(ours.elsewhere))
    others = None if stock.elsewhere is None else float(len(stock.elsewhere))
    return (
        Row(
            "burst",
            "30 pages of one person in the same second, until the kernel answers with its widgets, 95 of 100",
            "s",
            stock.burst,
            ours.burst,
            "ratio",
            0.10,
        ),
        Row(
            "burst_each",
            "30 people in the same second, each with a seat, the same",
            "s",
            stock.burst_each,
            ours.burst_each,
            "ratio",
            0.10,
        ),
        Row("cpu", "server CPU a join", "s", stock.cpu, ours.cpu, "ratio", 0.15),
        Row("memory", "memory a member (PSS)", "MB", stock.memory, ours.memory, "ratio", 0.25),
        Row("kilobytes", "first load", "KB", stock.kilobytes, ours.kilobytes, "ratio", 0.08),
        Row("requests", "requests of a first load", "", stock.requests, ours.requests, "ours", 10),
        Row("elsewhere", "other machines that a page asks", "", others, hosts, "ours", 0),
        Row("again", "repeat load", "KB", stock.again, ours.again, "ours", 20),
        Row(
            "first_field",
            "time to the first field, one member, idle server",
            "s",
            stock.first_field,
            ours.first_field,
            "ratio",
            0.22,
        ),
        Row(
            "idle",
            "an idle member’s kernel with the page open, of a core",
            "%",
            _percent(stock.idle),
            _percent(ours.idle),
            "ours",
            0.3,
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


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


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
