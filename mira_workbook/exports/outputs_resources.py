"""Tables of the resource map: every initiative with what follows for it, money by fund, and the sums now and after."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mira_workbook.content.output_args import InitiativesTable, MoneyTable
from mira_workbook.exports.pivot import columns_of, plain
from mira_workbook.exports.sighted import Sighted
from mira_workbook.exports.table import Cell, Column, Table
from mira_workbook.measures import ledger as sums
from mira_workbook.measures.alignment import ALIGNED
from mira_workbook.measures.initiatives import Initiative
from mira_workbook.rules.initiatives import initiatives as read
from mira_workbook.rules.money import currency
from mira_workbook.rules.reading import field_of, team_rows

Figure = tuple[Column, Callable[[Initiative], Cell]]


def _figure(name: str, about: str, unit: str, worked_out: Callable[[Initiative], Cell]) -> Figure:
    return Column(name, about, "number", unit), worked_out


_USD, _FTE, _MIN = "USD/year", "FTE", "min/week"
DECISION = "decision_"
"""What stands before a decision's name where initiatives are counted by it."""
_AFTER = {"usd_year": "after_usd", "fte": "after_fte", "staff_min_week": "after_min_week"}
_FOUND: tuple[Figure, ...] = (
    _figure("align_mean", "M18: mean of how directly it serves the priority.", "0–3", lambda one: one.mean),
    _figure("align_cns", "M08 of the same: how far the ratings are one view.", "", lambda one: one.cns),
    _figure("dk_share", "Share of those who answered who do not know yet.", "", lambda one: one.dk_share),
    _figure("evidence", "What is known of its effect; the mean of several pairs.", "0–3", lambda one: one.evidence),
)
_LEVELS: tuple[Figure, ...] = (
    _figure("after_usd", "Money after the decision; as today without one.", _USD, lambda one: one.after_usd),
    _figure("after_fte", "Full posts after the decision; as today without one.", _FTE, lambda one: one.after_fte),
    _figure("after_min_week", "Minutes after the decision; as today without one.", _MIN, lambda one: one.after_min),
)
_FOLLOWS: tuple[Figure, ...] = (
    _figure("freed_usd", "M21: money that comes free, max(0, now - after).", _USD, lambda one: one.freed_usd),
    _figure("freed_fte", "M21: full posts that come free.", _FTE, lambda one: one.freed_fte),
    _figure("reduced_min", "M21: minutes that end, max(0, now - after).", _MIN, lambda one: one.reduced_min),
    _figure("usable_min", "M21: those of them that can be used, where people stay.", _MIN, lambda one: one.usable_min),
    _figure("need_usd", "M21: money to be found: all of it where it ends, else more.", _USD, lambda one: one.need_usd),
    _figure("need_min", "M21: minutes needed on top, max(0, after - now).", _MIN, lambda one: one.need_min),
)


def after_of(column: str) -> str:
    """The column that holds a level after the decisions, by that of today."""
    return _AFTER[column]


_ENDS = Column("ends", "Whether its money ends by the day the team looks at.", "flag")
_ID = Column("initiative_id", "The initiative's id.")


def initiatives(seen: Sighted, args: InitiativesTable) -> Table:
    """One row for each initiative: the list, what was found, what was decided, what it frees and needs."""
    rows = read(seen.snapshot, args.model_dump())
    listed, staged, decided = (_Said(seen, name) for name in (args.inventory, args.stage, args.decide))
    levels = {column.name for column, _ in _LEVELS}
    # Levels are told as they count: 0 where something is released, as today where nothing is decided.
    chosen = [column for column in decided.columns if column.key not in levels]
    lead = (_ID, *columns_of(listed.columns), _ENDS, *(column for column, _ in _FOUND))
    after = (*(column for column, _ in _LEVELS), *(column for column, _ in _FOLLOWS))
    told = columns_of([*staged.columns, *chosen], (*lead, *after))
    lines = [
        (
            one.id,
            *listed.cells(one.id, listed.columns),
            one.ends,
            *(worked_out(one) for _, worked_out in _FOUND),
            *staged.cells(one.id, staged.columns),
            *decided.cells(one.id, chosen),
            *(worked_out(one) for _, worked_out in (*_LEVELS, *_FOLLOWS)),
        )
        for one in rows
    ]
    return Table("initiatives", (*lead, *told, *after), tuple(lines))


class _Said:
    """A team table by row: what stands in it, blank where nobody filled it in."""

    def __init__(self, seen: Sighted, name: str) -> None:
        self.columns: tuple[Any, ...] = tuple(field_of(seen.snapshot.workbook, name).columns)
        self._rows: Mapping[str, Mapping[str, Any]] = {
            row["row_id"]: row["cells"] for row in team_rows(seen.snapshot, name)
        }

    def cells(self, row_id: str, columns: Any) -> Iterator[Cell]:
        """The row's cells under these columns."""
        given = self._rows.get(row_id, {})
        return (plain(given.get(column.key)) for column in columns)


def funds(seen: Sighted, args: MoneyTable) -> Table:
    """One row for each fund that pays for something: today's money, its share, and what of it ends by the day."""
    rows = read(seen.snapshot, args.model_dump())
    money = sums.totals(rows).usd
    columns = (
        Column("fund", "The fund."),
        Column("usd", "Today's money.", "number", _USD),
        Column("share", "The same of all money on the list.", "number"),
        Column("ending_by_cliff", "What of it ends by the day the team looks at.", "number", _USD),
        Column("after_usd", "Money after the decisions; as today without one.", "number", _USD),
    )
    lines = [
        (
            fund,
            usd,
            usd / money if money else None,
            sum(one.usd for one in rows if one.fund == fund and one.ends),
            sum(one.after_usd for one in rows if one.fund == fund),
        )
        for fund, usd in sums.by_fund(rows).items()
    ]
    return Table("funds", columns, tuple(lines))


def totals(seen: Sighted, args: MoneyTable) -> Table:
    """One row for each sum: today, and with the levels decided on; nothing after while nothing is decided."""
    columns = (
        Column("metric", "What is added up; those that start with a decision count initiatives."),
        Column("now", "Today.", "number"),
        Column("after", "With the levels decided on, or what follows from them.", "number"),
        Column("unit", "The unit of both."),
    )
    rows = read(seen.snapshot, args.model_dump())
    decided = any(one.decision for one in rows)
    # Columns keep the unit that the list asks in; a row can say what the session counts in.
    own = {_USD: f"{currency(seen.snapshot)}/year"}
    told = _sums(seen, args, rows)
    lines = [(name, now, after if decided else None, own.get(unit, unit)) for name, now, after, unit in told]
    return Table("totals", columns, tuple(lines) if rows else ())


def aligned_floor(seen: Sighted) -> float:
    """The mean rating from which something serves the priority, as the workbook sets it."""
    return float(seen.snapshot.workbook.settings.get("m18_aligned", ALIGNED))


Sum = tuple[str, Cell, Cell, str]


def _sums(seen: Sighted, args: MoneyTable, rows: sums.Rows) -> Iterator[Sum]:
    floor = aligned_floor(seen)
    now, after = sums.totals(rows), sums.totals(rows, after=True)
    for name, unit in (("usd", _USD), ("fte", _FTE), ("staff_min_week", _MIN)):
        yield name, getattr(now, name), getattr(after, name), unit
    yield "initiatives", now.n, after.n, "initiatives"
    for weighted, word in ((False, "aligned"), (True, "weighted")):
        today, later = (sums.aligned_share(rows, floor, after=then, weighted=weighted) for then in (False, True))
        for part in ("usd", "fte", "min"):
            yield f"{word}_share_{part}", getattr(today, part), getattr(later, part), "share"
    yield from _ending(rows, floor)
    yield from _follows(rows)
    option = field_of(seen.snapshot.workbook, f"{args.decide}.decision")
    kinds = [one.id for one in seen.labels.options(option, "")]
    yield from ((f"{DECISION}{kind}", None, n, "initiatives") for kind, n in sums.decisions(rows, kinds).items())


def _ending(rows: sums.Rows, floor: float) -> Iterator[Sum]:
    found = sums.ending(rows, floor)
    if found is None:
        return
    yield "ending_usd", found.total, None, _USD
    yield "ending_share", found.share, None, "share"
    yield "aligned_usd", found.aligned_total, None, _USD
    yield "aligned_ending_usd", found.aligned, None, _USD
    yield "aligned_ending_share", found.aligned_share, None, "share"


def _follows(rows: sums.Rows) -> Iterator[Sum]:
    money, time = sums.ledger(rows), sums.minutes(rows)
    for name, value in (("freed", money.freed), ("flexible", money.flexible), ("need", money.need), ("gap", money.gap)):
        yield f"{name}_usd", None, value, _USD
    yield "freed_fte", None, money.freed_fte, _FTE
    for name, value in (("reduced", time.reduced), ("usable", time.usable), ("need", time.needed)):
        yield f"{name}_min", None, value, _MIN
